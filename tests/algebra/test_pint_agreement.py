"""Every unit that Pint defines means the same here: `python -m tools.pint_agreement` prints the figures."""

from decimal import localcontext

import pytest

from tests.algebra.pint_release import same_pint
from tools import pint_agreement
from typedml.algebra.lexicon import Entry
from typedml.algebra.registry import Registry


@pytest.fixture(scope="module")
def pint() -> pint_agreement.Pint:
    return pint_agreement.Pint()


@same_pint
def test_no_unit_of_pint_disagrees_in_dimension_scale_or_zero_point() -> None:
    agreement = pint_agreement.compare()
    assert agreement.disagreements == []
    assert agreement.skipped == ["electron_g_factor", "g_e"]
    assert agreement.compared > 1000
    counted = ("exact", "exact but for pi", "with roots", "levels")
    assert sum(agreement.counts[name] for name in counted) == agreement.compared


@pytest.mark.parametrize(
    ("name", "row", "fault"),
    [
        ("mile", "2**3*m", "scale"),
        ("mile", "2**4*3**2*5**-3*11*127*s", "dimension"),
        ("degC", "K @ 273", "origin"),
        ("planck_length", "m", "scale"),
        ("dBm", "2*dB @ re 1 mW", "ratio"),
        ("rad", "2*rad", "scale"),
        ("deg", "rad", "scale"),
    ],
)
def test_a_disagreement_would_be_noticed(pint: pint_agreement.Pint, name: str, row: str, fault: str) -> None:
    with localcontext() as context:
        context.prec = pint_agreement.DIGITS
        counts = pint_agreement.Agreement().counts
        assert fault in pint_agreement._compare(name, Entry.decode(row), pint, counts)
        right = Registry()._lexicon.find(name)
        assert right is not None
        assert pint_agreement._compare(name, right, pint, counts) == ""


@same_pint
def test_prefixes_and_plurals_are_taken_apart_as_pint_does() -> None:
    count, differences = pint_agreement.resolution_differences(1500)
    assert count == 1500
    assert differences == []


def test_the_figures_are_printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    agreement = pint_agreement.Agreement(disagreements=["mile: scale"], skipped=["g_e"])
    agreement.counts.update({"compared": 7, "exact": 5})
    monkeypatch.setattr(pint_agreement, "compare", lambda: agreement)
    monkeypatch.setattr(pint_agreement, "resolution_differences", lambda _: (10, []))
    assert pint_agreement.main() == 1
    printed = capsys.readouterr().out
    assert "7 compared" in printed
    assert "1 disagreements\nmile: scale" in printed
    agreement.disagreements.clear()
    assert pint_agreement.main() == 0
