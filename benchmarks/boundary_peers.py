"""Boundaries beside other libraries that validate tables, and beside the same rules by hand.

Every contestant is first shown a clean table, which it must accept, and each planted failure, which it must
find; what it misses stands in its note. Then all contestants of one kind of frame take turns: on a clean
table, on one with 0.01 % of bad rows, and on ten rows. `typedml` and `pandera` say which rows are bad, the
others whether the table keeps its rules.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import Any

from benchmarks import Row
from benchmarks.flights import FRAMES, PLANTED, columns, planted
from benchmarks.measure import Times, timed_side_by_side
from benchmarks.peers import PEERS, Keeps, Peer, quietly

ROWS, QUICK_ROWS = 1_000_000, 100_000
SLOW_ROUNDS = 2


def rows() -> list[Row]:
    """Measure all that are installed."""
    return list(_rows(ROWS, rounds=5))


def quick_rows() -> list[Row]:
    """The same with a tenth of the rows and fewer rounds."""
    return list(_rows(QUICK_ROWS, rounds=2))


def _rows(size: int, rounds: int) -> Iterator[Row]:
    sizes = {f"{size:,} x 8": (size, False), "0.01 % bad": (size, True), "10 x 8": (10, False)}
    for kind, peers in groupby(PEERS, key=lambda peer: peer.frame):
        known = {peer: made for peer in peers if (made := _made(peer)) is not None}
        notes = {peer: _note(peer, keeps) for peer, keeps in known.items()}
        for what, (number, bad) in sizes.items():
            frame = FRAMES[kind](columns(number, bad=bad))
            times = _times(known, frame, rounds, calls=20 if number == 10 else 1)
            yield from (_row(f"{what}, {kind}", peer, times, notes[peer]) for peer in known)


def _made(peer: Peer) -> Keeps | None:
    try:
        keeps = peer.make()
        accepted = quietly(keeps, FRAMES[peer.frame](columns(1000)))
    except (ImportError, TypeError) as error:
        print(f"{peer.name}, {peer.frame}: not measured, {error}", file=sys.stderr)
        return None
    assert accepted, f"{peer.name} refuses a clean table of {peer.frame}"
    return keeps


def _note(peer: Peer, keeps: Keeps) -> str:
    missed = [name for name in PLANTED if quietly(keeps, FRAMES[peer.frame](planted(name)))]
    return f"misses {', '.join(missed)}" if missed else "finds all planted failures"


def _times(known: Mapping[Peer, Keeps], frame: Any, rounds: int, calls: int) -> dict[Peer, Times]:
    times: dict[Peer, Times] = {}
    for slow in (False, True):
        contestants: dict[str, Callable[[], object]] = {
            peer.name: partial(quietly, keeps, frame) for peer, keeps in known.items() if peer.slow is slow
        }
        if contestants:
            least = min(SLOW_ROUNDS, rounds) if slow else rounds
            measured = timed_side_by_side(contestants, rounds=least, calls=calls)
            times |= {peer: measured[peer.name] for peer in known if peer.name in measured}
    return times


def _row(what: str, peer: Peer, times: Mapping[Peer, Times], note: str) -> Row:
    ours = next((each for other, each in times.items() if other.name == "typedml"), None)
    least, median, greatest = times[peer].spread
    return Row(
        what=f"{what}, {peer.name}",
        measured=least * 1e3,
        unit="ms CPU",
        spread=(median * 1e3, greatest * 1e3),
        wall=min(times[peer].wall) * 1e3,
        beside="" if ours is None or peer.name == "typedml" else "typedml",
        reference=None if ours is None or peer.name == "typedml" else ours.least * 1e3,
        note=note,
    )
