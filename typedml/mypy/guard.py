"""Keeps mypy running when a hook of ours fails: the failure is reported as `typedml-internal`."""

from __future__ import annotations

import traceback
from functools import wraps
from typing import TYPE_CHECKING, Any

from typedml.errors import TypedmlError
from typedml.mypy.reports import fail

if TYPE_CHECKING:
    from collections.abc import Callable


def guarded(hook: Callable[[Any], Any], default: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return `hook`, which answers as mypy would by itself where it fails."""

    def call(ctx: Any) -> Any:
        try:
            return hook(ctx)
        except Exception as error:  # noqa: BLE001 - an exception here would end the whole run of mypy
            report(ctx.api, ctx.context if hasattr(ctx, "context") else ctx.call, error)
            return default(ctx)

    return call


def report(api: Any, context: Any, error: Exception) -> None:
    """Report a failure of ours where it happened."""
    hint = "please report this line; `# type: ignore[typedml-internal]` silences it"
    fail(api, "typedml-internal", internal(error), hint, context)


def internal(error: Exception) -> str:
    """Return what to say of a failure of ours, or of a user's file that could not be read."""
    if isinstance(error, TypedmlError):
        return error.fact
    frame = traceback.extract_tb(error.__traceback__)[-1]
    file = frame.filename.replace("\\", "/").rpartition("typedml")[2].lstrip("/")
    place = f"{file}:{frame.lineno}"
    return f"typedml failed here ({type(error).__name__}: {error}; at {place}) and left this unchecked"


def choosing(choose: Callable[..., Any]) -> Callable[..., Any]:
    """Make a failure to choose a hook the choice of none, and have it reported."""

    @wraps(choose)
    def call(answers: Any, *asked: Any) -> Any:
        try:
            return choose(answers, *asked)
        except Exception as error:  # noqa: BLE001 - an exception here would end the whole run of mypy
            answers.confess(error)
            return None

    return call
