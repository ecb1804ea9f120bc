"""`typedml explain` of kinds: what operators, statistics and edges do with them, as the algebra answers."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from typedml.algebra.catalogue import KINDS
from typedml.algebra.meaning import Meaning
from typedml.cli.commands import main
from typedml.cli.explain_examples import operations, statistics
from typedml.cli.explain_reading import meaning_named, symbol


def explain(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["explain", *arguments], env={"COLUMNS": "200"})


def group(output: str, section: str, meaning: str) -> str:
    """What is listed in a section beside a meaning."""
    lines = output.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"  {section} "))
    for number, line in enumerate(lines[start:]):
        if number and not line.startswith("     "):
            break
        words = line.removeprefix(f"  {section}").strip()
        if words.startswith(f"{meaning}  "):
            return words.removeprefix(meaning).strip()
    return ""


@pytest.mark.parametrize(
    ("kind", "section", "meaning", "listed"),
    [
        ("Probability", "operators", "Probability", "p * q, p ** 2, 1 - p, p / 2, (p + q) / 2"),
        ("Probability", "operators", "a number", "p + q, p - q, p / q, -p, 2 * p, p + 1"),
        ("Probability", "statistics", "Probability", "mean, median, quantile, min, max"),
        ("Probability", "leads to", "Logit", "logit(p) rising: thresholds follow"),
        ("Probability", "comes from", "Logit", "expit(z) rising: thresholds follow"),
        ("Probability", "r: Proportion", "Proportion", "p * r"),
        ("Celsius", "operators", "delta_degC", "t - u"),
        ("Celsius", "statistics", "Celsius", "mean, median, quantile, min, max"),
        ("Celsius", "statistics", "refused", "sum points do not add"),
        ("Bearing", "operators", "Bearing", "b % 360, b + d, b - d"),
        ("Bearing", "statistics", "Bearing", "circmean"),
        ("Score", "statistics", "Score", "median, quantile, min, max"),
        ("Pixel255", "leads to", "UnitInterval", "p / 255 a formula"),
        ("Threshold[Probability]", "statistics", "Threshold[Probability]", "min, max"),
        ("float[Count, click]", "operators", "click**2", "n * m, n ** 2"),
    ],
)
def test_what_a_kind_does_is_listed_by_what_it_gives(
    kind: str, section: str, meaning: str, listed: str
) -> None:
    assert " ".join(group(explain(kind).output, section, meaning).split()) == listed


def test_only_cyclic_kinds_speak_of_circular_means() -> None:
    assert "circmean" not in explain("Probability").output
    assert "circmean" in explain("HourOfDay").output


def test_a_point_says_what_its_differences_are() -> None:
    assert "differences  delta_degC, called d below" in explain("Celsius").output
    assert "called d below" not in explain("ClockHHMM").output


@pytest.mark.parametrize("same", ["float[Probability]", "typedml:PROBABILITY", "typedml:Probability"])
def test_a_kind_may_be_named_as_a_type_or_in_a_module(same: str) -> None:
    assert explain(same).output == explain("Probability").output


def test_a_threshold_says_of_what_it_is_one() -> None:
    shown = explain("Threshold[Probability]").output
    assert "compares with values of Probability" in shown
    assert "THRESHOLD(x)" in shown


def test_a_kind_of_a_module_has_the_same_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.path", [str(tmp_path)])
    (tmp_path / "kinds_of_risk.py").write_text(
        "from typedml import Kind, PROBABILITY, Unit\n"
        "RISK = Kind('ExplainedRisk', parent=PROBABILITY, range=(0, 0.5))\nKM = Unit('km')\n"
    )
    shown = explain("kinds_of_risk:RISK").output
    assert "[0, 0.5]" in shown
    assert "ExplainedRisk < Probability < Proportion" in shown
    assert group(shown, "operators", "ExplainedRisk").startswith("p * q")
    assert "1 km = 1000 m" in explain("kinds_of_risk:KM").output
    refused = explain("kinds_of_risk:RIKS")
    assert refused.exit_code == 2
    assert 'did you mean "RISK"?' in refused.stderr


@pytest.mark.parametrize("name", KINDS)
def test_names_of_values_are_different_for_every_kind(name: str) -> None:
    texts = [each.asked for each in operations(Meaning(KINDS[name]))]
    first, second = texts[0].split(" + ")
    assert first != second
    assert {first, second}.isdisjoint({"e", "l", "o"})
    assert len(statistics(Meaning(KINDS[name]))) == 11


def test_names_never_run_out() -> None:
    taken: set[str] = set()
    for text in ("Threshold[Probability]", "km", "Count"):
        for _ in range(60):
            taken.add(symbol(meaning_named(text), taken))
    assert len(taken) == 180
