"""What laws cost: CPU a feature at the default number of tables, on every carrier, and law by law."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks import Row, Unavailable
from benchmarks.measure import side_by_side

if TYPE_CHECKING:
    from typedml.laws.case import Case
    from typedml.laws.feature import Feature

BUDGET = 0.25
SHRINKING = 5.0
# Two cores do 200 features in a minute: so much of CPU may one take.
MINUTE = 2 * 60 / 200
ROUNDS = 2
DEAREST = 8

Function = Callable[..., Any]


def rows() -> list[Row]:
    """Measure right features, which run every law to the end, and wrong ones, which are shrunk and shown."""
    try:
        from tests.laws.gathered import right_features, wrong_features
    except ImportError as missing:
        raise Unavailable(str(missing)) from missing
    features = right_features()
    right, wrong = cost(features), cost([feature for feature, _, _ in wrong_features()])
    dearest = max(right, key=lambda name: right[name])
    slowest = max(wrong, key=lambda name: wrong[name])
    return [
        _row("laws: a right feature, mean", mean(right), BUDGET, f"{len(right)} features"),
        _row("laws: a right feature, dearest", right[dearest], MINUTE, dearest),
        _row("laws: a wrong feature, mean, shrunk and shown", mean(wrong), BUDGET, f"{len(wrong)} features"),
        _row("laws: a wrong feature, dearest", wrong[slowest], SHRINKING, slowest),
        *by_law(features),
    ]


def _row(what: str, seconds: float, budget: float | None, note: str) -> Row:
    return Row(what=what, measured=seconds, unit="s", budget=budget, note=note)


def cost(features: Iterable[Function]) -> dict[str, float]:
    """Return the CPU seconds of `check_laws` for each feature, by name."""
    from typedml.laws import check_laws

    runs = {f"{f.__module__}:{f.__name__}": (lambda f=f: check_laws(f)) for f in features}
    return side_by_side(runs, rounds=ROUNDS)


def mean(costs: dict[str, float]) -> float:
    """Return the mean of the costs."""
    return sum(costs.values()) / len(costs)


@dataclass
class Shares:
    """What each law took: CPU seconds, calls of features, features that it was asked of, tables."""

    cpu: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    features: Counter[str] = field(default_factory=Counter)
    tables: Counter[str] = field(default_factory=Counter)


def by_law(features: Sequence[Function]) -> Iterator[Row]:
    """Measure the dearest laws, each on the same features, as a mean over all of them."""
    from typedml.laws import check_laws

    with shares() as found:
        for feature in features:
            check_laws(feature)
    for law, seconds in found.cpu.most_common(DEAREST):
        asked = f"asked of {found.features[law]}, {found.calls[law] / found.tables[law]:.1f} calls a table"
        measured = 1000 * seconds / len(features)
        yield Row(what=f"laws: {law}, mean of all", measured=measured, unit="ms", note=asked)


@contextmanager
def shares() -> Iterator[Shares]:
    """Measure every law that is tried meanwhile."""
    from typedml.laws.trial import Trial

    found, take = Shares(), Trial.take

    def timed(trial: Trial, feature: Feature, cases: Sequence[Case]) -> None:
        name, calls, started = trial.law.name, feature.calls, time.process_time()
        found.features[name] += not trial.reached
        take(trial, feature, cases)
        found.cpu[name] += time.process_time() - started  # type: ignore[assignment]
        found.calls[name] += feature.calls - calls
        found.tables[name] += 1

    Trial.take = timed  # type: ignore[assignment,method-assign]
    try:
        yield found
    finally:
        Trial.take = take  # type: ignore[method-assign]


def main() -> None:
    """Print the cost of every feature, the dearest first."""
    from tests.laws.gathered import right_features, wrong_features

    costs = cost([*right_features(), *(feature for feature, _, _ in wrong_features())])
    for name, seconds in sorted(costs.items(), key=lambda item: -item[1]):
        print(f"{seconds:7.3f} s   {name}")
    print(f"{mean(costs):7.3f} s   mean of {len(costs)}")


if __name__ == "__main__":
    main()
