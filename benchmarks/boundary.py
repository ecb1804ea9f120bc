"""Boundaries against the same rules written by hand for one library, and the cost of a small frame.

The tables are those of `benchmarks.flights`, a million rows of eight columns: clean, and with 0.01 % of bad
rows, which are located. Before anything is timed, both sides are seen to find each planted failure.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from benchmarks import Row, Unavailable, by_hand
from benchmarks.flights import FRAMES, PLANTED, Flight, columns, is_taken, planted
from benchmarks.measure import Times, environment, timed_side_by_side

ROWS, QUICK_ROWS = 1_000_000, 100_000
BUDGETS = {
    "polars": 1.05,
    "pyarrow": 1.05,
    "pandas, Arrow strings": 1.05,
    "pandas, object strings": 0.65,
}
BY_HAND: dict[str, Callable[[Any], bool]] = {
    "polars": by_hand.polars,
    "pyarrow": lambda table: by_hand.polars(_through_polars(table)),
    "pandas, Arrow strings": by_hand.pandas,
    "pandas, object strings": by_hand.pandas,
}
SMALL_BUDGETS = {
    "polars": 300.0,
    "pandas, Arrow strings": 300.0,
    "pandas, object strings": 300.0,
    "rows": 300.0,
}


def rows() -> list[Row]:
    """Measure every kind of frame, clean and with rows to be found, and small frames."""
    return _rows(ROWS, rounds=9)


def quick_rows() -> list[Row]:
    """The same with a tenth of the rows and a third of the rounds."""
    return _rows(QUICK_ROWS, rounds=3)


def _rows(size: int, rounds: int) -> list[Row]:
    try:
        import pandas  # noqa: F401
        import polars  # noqa: F401
        import pyarrow  # noqa: F401
    except ImportError as missing:
        raise Unavailable(str(missing)) from missing
    kinds = [kind for kind in BUDGETS if is_taken(kind)]
    for kind in kinds:
        _show_that_both_find_failures(kind)
    clean, broken = columns(size), columns(size, bad=True)
    made = [row for kind in kinds for row in _large(kind, clean, broken, rounds)]
    return [*made, *_alone(size, rounds), *_small(rounds)]


def _show_that_both_find_failures(kind: str) -> None:
    clean = FRAMES[kind](columns(1000))
    assert (Flight.check(clean).ok, BY_HAND[kind](clean)) == (True, True), kind
    for failure in PLANTED:
        frame = FRAMES[kind](planted(failure))
        assert (Flight.check(frame).ok, BY_HAND[kind](frame)) == (False, False), (kind, failure)


def _large(kind: str, clean: Mapping[str, Any], broken: Mapping[str, Any], rounds: int) -> list[Row]:
    frame, bad = FRAMES[kind](clean), FRAMES[kind](broken)
    contestants: dict[str, Callable[[], object]] = {
        "ours": partial(Flight.check, frame),
        "hand": partial(BY_HAND[kind], frame),
        "located": partial(Flight.check, bad),
    }
    times = timed_side_by_side(contestants, rounds=rounds)
    size = f"{len(clean['hour']):,} x {len(clean)}"
    return [
        _row(f"{size}, {kind}", times["ours"], 1e3, "by hand", times["hand"], BUDGETS[kind]),
        _row(f"{size}, {kind}, 0.01 % bad, located", times["located"], 1e3, "clean", times["ours"], 3.0),
    ]


# In a process of its own, for what helps pandas where another library is loaded does not help it alone.
_ALONE = """
import json, sys
from benchmarks import by_hand
from benchmarks.flights import FRAMES, Flight, columns
from benchmarks.measure import timed_side_by_side

kind, size, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
frame = FRAMES[kind](columns(size))
contestants = {"ours": lambda: Flight.check(frame), "hand": lambda: by_hand.pandas(frame)}
times = timed_side_by_side(contestants, rounds=rounds)
assert "polars" not in sys.modules
print(json.dumps({name: [each.cpu, each.wall] for name, each in times.items()}))
"""


def _alone(size: int, rounds: int) -> list[Row]:
    return [_row_alone(kind, size, rounds) for kind in BUDGETS if kind.startswith("pandas")]


def _row_alone(kind: str, size: int, rounds: int) -> Row:
    argv = [sys.executable, "-c", _ALONE, kind, str(size), str(rounds)]
    done = subprocess.run(argv, env=environment(), capture_output=True, text=True, check=True)
    times = {name: Times(*each) for name, each in json.loads(done.stdout).items()}
    what = f"{size:,} x 8, {kind}, without polars"
    return _row(what, times["ours"], 1e3, "by hand", times["hand"], BUDGETS[kind])


def _small(rounds: int) -> list[Row]:
    import polars as pl

    table = columns(10)
    kinds = [kind for kind in FRAMES if kind in (*BUDGETS, "rows") and is_taken(kind)]
    frames = {**{kind: FRAMES[kind](table) for kind in kinds}, "polars, lazy": pl.LazyFrame(table)}
    contestants: dict[str, Callable[[], object]] = {
        kind: partial(Flight.validate, frame) for kind, frame in frames.items()
    }
    contestants["hand"] = partial(by_hand.polars, frames["polars"])
    times = timed_side_by_side(contestants, rounds=rounds, calls=200)
    return [_small_row(kind, times) for kind in frames]


def _small_row(kind: str, times: Mapping[str, Times]) -> Row:
    least, median, greatest = times[kind].spread
    return Row(
        what=f"10 x 8, a call, {kind}",
        measured=least * 1e6,
        unit="us CPU",
        spread=(median * 1e6, greatest * 1e6),
        wall=min(times[kind].wall) * 1e6,
        budget=SMALL_BUDGETS.get(kind),
        note=f"polars by hand: {times['hand'].least * 1e6:.0f} us" if kind == "polars" else "",
    )


def _row(what: str, ours: Times, scale: float, beside: str, reference: Times, budget: float) -> Row:
    least, median, greatest = ours.spread
    return Row(
        what=what,
        measured=least * scale,
        unit="ms CPU",
        spread=(median * scale, greatest * scale),
        wall=min(ours.wall) * scale,
        beside=beside,
        reference=reference.least * scale,
        budget=budget,
    )


def _through_polars(table: Any) -> Any:
    import polars as pl

    return pl.from_arrow(table)
