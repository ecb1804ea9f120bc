"""What laws cost: CPU a feature at the default number of tables, on every carrier."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from benchmarks import Row, Unavailable
from benchmarks.measure import side_by_side

BUDGET = 0.25
ROUNDS = 3


def rows() -> list[Row]:
    """Measure right features, which run every law to the end, and wrong ones, which are shrunk and shown."""
    try:
        from tests.laws.right_features import RIGHT
        from tests.laws.wrong_features import WRONG
    except ImportError as missing:
        raise Unavailable(str(missing)) from missing
    right = cost(RIGHT)
    wrong = cost([feature for feature, _, _ in WRONG])
    dearest = max(right, key=lambda name: right[name])
    slowest = max(wrong, key=lambda name: wrong[name])
    return [
        Row(
            what="laws: a right feature, mean",
            measured=mean(right),
            unit="s",
            budget=BUDGET,
            note=f"{len(right)} features",
        ),
        Row(
            what="laws: a right feature, dearest",
            measured=right[dearest],
            unit="s",
            budget=BUDGET,
            note=dearest,
        ),
        Row(
            what="laws: a wrong feature, mean",
            measured=mean(wrong),
            unit="s",
            budget=BUDGET,
            note=f"{len(wrong)} features",
        ),
        Row(
            what="laws: a wrong feature, dearest",
            measured=wrong[slowest],
            unit="s",
            note=f"{slowest}, shrinking included",
        ),
    ]


def cost(features: Iterable[Callable[..., Any]]) -> dict[str, float]:
    """Return the CPU seconds of `check_laws` for each feature, by name."""
    from typedml.laws import check_laws

    runs = {feature.__name__: (lambda f=feature: check_laws(f)) for feature in features}
    return side_by_side(runs, rounds=ROUNDS)


def mean(costs: dict[str, float]) -> float:
    """Return the mean of the costs."""
    return sum(costs.values()) / len(costs)


def main() -> None:
    """Print the cost of every feature, the dearest first."""
    from tests.laws.right_features import RIGHT
    from tests.laws.wrong_features import WRONG

    costs = cost([*RIGHT, *(feature for feature, _, _ in WRONG)])
    for name, seconds in sorted(costs.items(), key=lambda item: -item[1]):
        print(f"{seconds:7.3f} s   {name}")
    print(f"{mean(costs):7.3f} s   mean of {len(costs)}")


if __name__ == "__main__":
    main()
