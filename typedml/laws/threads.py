"""One thread for linear algebra: on tables of twelve rows, waking the others costs more than the work."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from importlib import import_module, util


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """Hold BLAS and OpenMP to one thread, where `threadpoolctl` is installed to do so."""
    if util.find_spec("threadpoolctl") is None:
        yield
        return
    with import_module("threadpoolctl").threadpool_limits(limits=1):
        yield
