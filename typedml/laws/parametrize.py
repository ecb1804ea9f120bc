"""Laws as pytest parameters: one test for each law of each feature.

@pytest.mark.parametrize(("law", "feature"), laws_of(ground_speed, lateness))
def test_features_keep_their_laws(law, feature):
    law(feature)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, final

import attrs

from typedml.laws.asked import refuse_odd
from typedml.laws.catalogue import applicable, law_named
from typedml.laws.check import declaration_of, run_of
from typedml.laws.effort import effort
from typedml.laws.report import LawReport
from typedml.laws.run import Run

# The features of whose runs more laws may be asked: tests of one feature follow one another.
REMEMBERED = 4


class LawBroken(AssertionError):
    """A feature breaks a law; the message shows the counterexample."""


@final
@attrs.frozen
class LawTest:
    """A law to be tried on features: called with one, it raises `LawBroken` where the law does not hold.

    Without a number of `tables` it tries as many as pytest was asked for.
    """

    law: str
    tables: int | None = None
    seed: int = 0
    data: object = attrs.field(default=None, repr=False, eq=False)

    def __call__(self, feature: Callable[..., Any]) -> None:
        """Try the law on a feature; the test is skipped where the law could not be judged.

        Raises: LawBroken with the counterexample.
        """
        __tracebackhide__ = True
        report = self.report(feature)
        for failure in report.failures:
            raise LawBroken(failure.message)
        if not report.checked:
            import pytest

            pytest.skip(reason_of(report))

    def report(self, feature: Callable[..., Any]) -> LawReport:
        """What this law says of a feature."""
        run = _run(feature, self)
        return run if isinstance(run, LawReport) else run.told(law_named(self.law))

    def whole(self, feature: Callable[..., Any]) -> LawReport:
        """What all laws say of a feature, and whether it is determined; none is tried twice for it."""
        run = _run(feature, self)
        if isinstance(run, LawReport):
            return run
        return run.whole([law_named(law) for law in laws_asked_of(feature)])

    def __str__(self) -> str:
        return self.law


def laws_asked_of(feature: Callable[..., Any]) -> list[str]:
    """The names of the laws that follow from the declaration of a feature."""
    return [law for law, wanting in applicable(declaration_of(feature)).items() if wanting is None]


def reason_of(report: LawReport) -> str:
    """Why a law was not judged."""
    return "; ".join(map(str, (*report.skipped, *report.unreached)))


def laws_of(
    *features: Callable[..., Any], tables: int | None = None, seed: int = 0, data: object = None
) -> list[Any]:
    """Return a `pytest.param(law, feature)` for each law that follows from each feature's declaration.

    The id of a test is the name of the feature, a hyphen and the law. `tables` and `data` are those of
    `check_laws`; without `tables`, laws run on 8, or on 100 with `pytest --typedml-laws=thorough`.

    Raises: DeclarationError if a signature cannot be read, or there is no such number of tables or seed.
    """
    import pytest

    refuse_odd("laws_of", tables=1 if tables is None else tables, seed=seed)
    return [
        pytest.param(LawTest(law, tables, seed, data), feature, id=f"{name}-{law}")
        for feature, name in zip(features, names_of(features), strict=True)
        for law in laws_asked_of(feature)
    ]


def names_of(features: Sequence[Callable[..., Any]]) -> Iterator[str]:
    """A name for each feature: its own, that with its module where two are alike, or else numbered."""
    own = [declaration_of(feature).name for feature in features]
    full = [
        f"{getattr(feature, '__module__', '')}.{name}" for feature, name in zip(features, own, strict=True)
    ]
    alike, alike_full, seen = Counter(own), Counter(full), Counter[str]()
    for name, long in zip(own, full, strict=True):
        seen[long] += 1
        if alike[name] == 1:
            yield name
        else:
            yield long if alike_full[long] == 1 else f"{long}.{seen[long]}"


_RUNS: dict[tuple[object, ...], Run | LawReport] = {}


def _run(feature: Callable[..., Any], test: LawTest) -> Run | LawReport:
    """The feature on its tables, which its tests share, so that none is called twice for the same."""
    asked = effort()
    tables = test.tables or asked.tables
    # The data is kept with its run, so that its identity is not given to another.
    key = (feature, tables, test.seed, id(test.data))
    if key not in _RUNS:
        while len(_RUNS) >= REMEMBERED:
            del _RUNS[next(iter(_RUNS))]
        declared = declaration_of(feature)
        wanted = attrs.evolve(asked, tables=tables)
        _RUNS[key] = run_of(declared, feature, wanted, seed=test.seed, data=test.data)
    return _RUNS[key]
