"""A limit to what one call may take, and interrupts that are the user's own and not the feature's."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

CALL_SECONDS = 10.0
# Code that swallows the first alarm gets another one.
AGAIN_SECONDS = 1.0


class NoAnswer(BaseException):
    """A call took longer than it may; no `except Exception` of a feature catches it."""

    def __str__(self) -> str:
        return f"no answer within {CALL_SECONDS:g} s"


class _State:
    armed = False
    interrupted = False


@contextlib.contextmanager
def watched_signals() -> Iterator[None]:
    """Let `limited` end calls, and tell interrupts of the user from those that a feature raises.

    Signals reach the main thread only, and an alarm that is another's is left alone: there is no limit then.
    """
    if _State.armed or threading.current_thread() is not threading.main_thread():
        yield
        return
    interrupt = signal.getsignal(signal.SIGINT)
    owned = hasattr(signal, "setitimer") and signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
    _State.interrupted = False
    if interrupt is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    if owned:
        signal.signal(signal.SIGALRM, _alarm)
        _State.armed = True
    try:
        yield
    finally:
        if owned:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            _State.armed = False
        if interrupt is signal.default_int_handler:
            signal.signal(signal.SIGINT, interrupt)


@contextlib.contextmanager
def limited() -> Iterator[None]:
    """End what takes longer than `CALL_SECONDS` with `NoAnswer`."""
    if not _State.armed:
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, CALL_SECONDS, AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)


def is_users(error: BaseException) -> bool:
    """True for an interrupt that came from the keyboard."""
    return isinstance(error, KeyboardInterrupt) and _State.interrupted


def _alarm(number: int, frame: FrameType | None) -> None:
    raise NoAnswer


def _interrupt(number: int, frame: FrameType | None) -> None:
    _State.interrupted = True
    raise KeyboardInterrupt
