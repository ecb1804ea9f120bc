"""Profiles: what each column of a frame looks like, made only when they are asked for.

    report = Flight.check(frame, profile=True)
    report.profile[0].histogram.counts

A frame is asked a few questions, each answered by numbers, whatever its size: the extremes of its columns,
counts between edges, the most frequent texts. `profiling.narwhals` asks the user's own engine,
`profiling.lists` goes through Python values where that library does not know the frame or the column.
"""

from __future__ import annotations

from typedml.boundary.profiling.columns import profile

__all__ = ["profile"]
