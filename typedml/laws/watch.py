"""What a call does beside returning: which clock, file, address or variable it reads, how long it sleeps.

Python tells most of it by itself: audit events (https://docs.python.org/3/library/audit_events.html) of files
and sockets, and a profile of the functions called. Code that is not Python's tells nothing.
"""

from __future__ import annotations

import os
import random
import sys
import sysconfig
import time
from collections.abc import Callable
from functools import cache
from types import FrameType
from typing import Any, TypeVar, final

import numpy as np

from typedml.laws.clock import is_clock

T = TypeVar("T")
# What an operating system is read for by libraries, and not by a feature.
SYSTEM_FILES = ("/proc/", "/sys/", "/dev/", "/etc/", "/usr/share/zoneinfo", "<")
CODE = (".py", ".pyc", ".so", ".pyd")
ENTROPY = ("urandom", "getrandom")


@final
class Watched:
    """What one call was seen to do."""

    def __init__(self) -> None:
        self.clocks: dict[str, None] = {}
        self.scopes: dict[int, dict[str, Any]] = {}
        self.entropy = False
        self.slept = 0.0
        self.files: dict[str, None] = {}
        self.addresses: dict[str, None] = {}
        self.programs: dict[str, None] = {}
        self.variables: dict[str, None] = {}
        self.seconds = 0.0
        self.draws = False

    def audited(self, event: str, given: tuple[Any, ...]) -> None:
        """Note an audit event."""
        if event == "open" and isinstance(given[0], (str, bytes, os.PathLike)):
            path = os.fsdecode(given[0])
            if not path.endswith(CODE) and not path.startswith((*SYSTEM_FILES, *library_folders())):
                self.files[path] = None
        elif event in ("socket.connect", "socket.getaddrinfo"):
            address = given[1] if event == "socket.connect" else given[0]
            self.addresses[str(address[0] if isinstance(address, tuple) else address)] = None
        elif event in ("subprocess.Popen", "os.system"):
            self.programs[str(given[0])] = None

    def profiled(self, frame: FrameType, event: str, called: object) -> None:
        """Note a call of a function that is not written in Python."""
        if called is time.sleep:
            # Its audit event is of Python 3.13.
            self.slept += time.monotonic() * (-1 if event == "c_call" else 1)
        if event != "c_call":
            return
        if getattr(called, "__name__", "") in ENTROPY:
            self.entropy = True
        told = is_clock(called)
        if told is not None and not frame.f_code.co_filename.startswith(library_folders()):
            self.clocks[told] = None
            self.scopes[id(frame.f_globals)] = frame.f_globals


@cache
def library_folders() -> tuple[str, ...]:
    """Where Python and installed libraries lie: what they read is not what a feature reads."""
    paths = sysconfig.get_paths()
    kept = (paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    # The archive of the standard library, which an import looks for whether there is one or not.
    archives = (path for path in sys.path if path.startswith(sys.base_prefix) and path.endswith(".zip"))
    return (*dict.fromkeys((*kept, *archives)), "<frozen")


class _Audit:
    """The one audit hook, which Python never removes: it does nothing while nothing is watched."""

    installed = False
    watched: Watched | None = None


def _hook(event: str, given: tuple[Any, ...]) -> None:
    if _Audit.watched is not None:
        _Audit.watched.audited(event, given)


def watch(call: Callable[[], T]) -> tuple[T, Watched]:
    """Call a function, and tell what it did."""
    if not _Audit.installed:
        sys.addaudithook(_hook)
        _Audit.installed = True
    watched, profile = Watched(), sys.getprofile()
    data, states = os.environ._data, (random.getstate(), _numpy_state())  # type: ignore[attr-defined]
    os.environ._data = _Variables(data, watched)  # type: ignore[attr-defined]
    _Audit.watched, started = watched, time.monotonic()
    # A profiler that runs already is left alone: then no clock is seen.
    if profile is None:
        sys.setprofile(watched.profiled)
    try:
        value = call()
    finally:
        if profile is None:
            sys.setprofile(None)
        watched.seconds = time.monotonic() - started
        _Audit.watched = None
        kept = os.environ._data  # type: ignore[attr-defined]
        data.clear()
        data.update(kept)
        os.environ._data = data  # type: ignore[attr-defined]
        watched.draws = states != (random.getstate(), _numpy_state())
    return value, watched


def _numpy_state() -> tuple[bytes, int]:
    state = np.random.get_state()
    return bytes(state[1]), int(state[2])  # type: ignore[index]


@final
class _Variables(dict[Any, Any]):
    """The environment, which notes the variables that are read outside of libraries."""

    def __init__(self, values: dict[Any, Any], watched: Watched) -> None:
        super().__init__(values)
        self.watched = watched

    def __getitem__(self, key: Any) -> Any:
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename in (os.__file__, "<frozen os>", *_MAPPINGS):
            frame = frame.f_back
        if frame is not None and not frame.f_code.co_filename.startswith(library_folders()):
            self.watched.variables[os.fsdecode(key)] = None
        return super().__getitem__(key)


_MAPPINGS = ("<frozen _collections_abc>",)
