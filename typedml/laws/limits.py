"""A limit to what one call may take, and interrupts that are the user's own and not the feature's."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Iterator
from types import FrameType

CALL_SECONDS = 10.0
# Code that swallows the first alarm gets another one.
AGAIN_SECONDS = 1.0
# Of a busy machine a process may get less than this share: its call has hardly begun, and gets one more term.
IDLE_SHARE = 0.1


class NoAnswer(BaseException):
    """A call took longer than it may; no `except Exception` of a feature catches it."""

    def __str__(self) -> str:
        return f"no answer within {CALL_SECONDS:g} s"


class _State:
    armed = False
    interrupted = False
    # The processor time at which the call began that is limited now; None where there is none.
    began: float | None = None
    waited = False


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
            _disarm()
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
    _State.began, _State.waited = time.process_time(), False
    signal.setitimer(signal.ITIMER_REAL, CALL_SECONDS, AGAIN_SECONDS)
    try:
        try:
            yield
        finally:
            _disarm()
    except NoAnswer:
        # The alarm may have come just before the timer was stopped.
        _disarm()
        raise


def is_users(error: BaseException) -> bool:
    """True for an interrupt that came from the keyboard."""
    return isinstance(error, KeyboardInterrupt) and _State.interrupted


def _disarm() -> None:
    _State.began = None
    signal.setitimer(signal.ITIMER_REAL, 0.0)


def _alarm(number: int, frame: FrameType | None) -> None:
    if _State.began is None:
        return
    is_idle = time.process_time() - _State.began < IDLE_SHARE * CALL_SECONDS
    if is_idle and not _State.waited:
        _State.waited = True
        signal.setitimer(signal.ITIMER_REAL, CALL_SECONDS, AGAIN_SECONDS)
        return
    raise NoAnswer


def _interrupt(number: int, frame: FrameType | None) -> None:
    _State.interrupted = True
    raise KeyboardInterrupt
