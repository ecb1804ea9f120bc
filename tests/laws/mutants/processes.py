"""Work on many things in several processes, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def spread(function: Callable[[T], R], things: Iterable[T], jobs: int) -> list[R]:
    """What a function that can be pickled gives for each thing."""
    if jobs == 1:
        return [function(thing) for thing in things]
    # Fresh processes: a forked one can wait for ever for the threads of polars, which it does not have.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as processes:
        return list(processes.map(function, things))
