"""One thread for linear algebra: on tables of twelve rows, waking the others costs more than the work."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module, util
from typing import Any


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """Hold BLAS and OpenMP to one thread, where `threadpoolctl` is installed to do so."""
    if util.find_spec("threadpoolctl") is None:
        yield
        return
    with _libraries(len(sys.modules)).limit(limits=1):
        yield


# Libraries come with modules: to look for them again and again takes longer than some features.
@lru_cache(maxsize=1)
def _libraries(modules: int) -> Any:
    """The libraries that have threads, as far as so many modules have loaded them."""
    return import_module("threadpoolctl").ThreadpoolController()
