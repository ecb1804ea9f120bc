"""Which hooks answer where unit variables may pass: for functions with a name, and for what has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from typedml.mypy import partials, unnamed
from typedml.mypy.alternatives import unmixed
from typedml.mypy.equations import PARTIAL
from typedml.mypy.guard import guarded
from typedml.mypy.narrowed import attribute, may_be_missing
from typedml.mypy.owners import seen
from typedml.mypy.polymorphism import MIXING, POLYMORPHIC, SHARING, TRIES, Interest, specialize
from typedml.mypy.shared import apart
from typedml.mypy.solving import named
from typedml.mypy.tried import fitted
from typedml.mypy.variables import mentions

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy.plugin import AnalyzeTypeContext
    from mypy.types import CallableType, Type

    from typedml.algebra.strictness import Level
    from typedml.mypy.carrier import Lookup

    Hook = Callable[[Any], Any]
    Checked = Callable[..., Hook]

CALLABLES: Final = frozenset({"typing.Callable", "collections.abc.Callable"})
CALLED: Final = f"{PARTIAL}.__call__"


class VariableHooks:
    """The hooks of one build; `checked` makes one of what is told the name and the session."""

    def __init__(self, lookup: Lookup, checked: Checked) -> None:
        self._checked = checked
        self._interest = Interest(lookup)
        self._specialized = guarded(lambda ctx: _specialized(ctx, lookup), _as_given)
        self._by_interest = {
            TRIES: checked(lambda ctx, _, session: fitted(ctx, lookup, session.level), "", _as_given),
            SHARING: guarded(apart, _as_given),
            MIXING: checked(
                lambda ctx, _, session: _beside_written(ctx, lookup, session.level), "", _as_given
            ),
        }
        cached = checked(lambda ctx, _, session: partials.cached(ctx, session), partials.CACHED)
        self._cached = guarded(cached, _as_given)
        self._made = checked(lambda ctx, _, session: partials.made(ctx, session), PARTIAL)
        self._called = checked(lambda ctx, _, session: partials.called(ctx, session), CALLED)
        self._seen = guarded(lambda ctx: seen(ctx, lookup), lambda ctx: ctx.default_attr_type)
        self._narrowed = checked(attribute, "", lambda ctx: ctx.default_attr_type)
        self._unnamed: dict[str, Hook] = {}

    def signature(self, fullname: str) -> Hook | None:
        """What tells the signature of a call."""
        if fullname == partials.CACHED:
            return self._cached
        interest = self._interest.of(fullname)
        if interest in self._by_interest:
            return self._by_interest[interest]
        return self._specialized if interest else None

    def function(self, fullname: str) -> Hook | None:
        """What tells the type of a call whose signature nobody was asked for."""
        if fullname == PARTIAL:
            return self._made
        if self._interest.of(fullname) != POLYMORPHIC:
            return None
        if fullname not in self._unnamed:
            self._unnamed[fullname] = self._checked(unnamed.result, fullname)
        return self._unnamed[fullname]

    def method(self, fullname: str) -> Hook | None:
        """What tells the type of a method's call."""
        return self._called if fullname == CALLED else None

    def attribute(self, fullname: str) -> Hook | None:
        """What tells the type of an attribute."""
        declared = self._interest.declared(fullname) if "." in fullname else None
        if declared is None:
            return None
        if mentions(declared):
            return self._seen
        return self._narrowed if may_be_missing(declared) else None

    def annotation(
        self, fullname: str, analysis: Callable[[str], Callable[[AnalyzeTypeContext], Type]]
    ) -> Hook | None:
        """What answers for a function type: it gets a name, by which mypy asks about its calls."""
        if fullname not in CALLABLES:
            return None
        plain = analysis(fullname)
        return lambda ctx: named(plain(ctx))


def _specialized(ctx: Any, lookup: Lookup) -> CallableType:
    # What takes a function may have parameters that share a type, too: `first(distances, 0.0, key=nearest)`.
    shared = apart(ctx)
    return specialize(
        ctx if shared is ctx.default_signature else ctx._replace(default_signature=shared), lookup
    )


def _as_given(ctx: Any) -> Any:
    return ctx.default_signature


def _beside_written(ctx: Any, lookup: Lookup, level: Level) -> CallableType:
    """Return a signature that takes written numbers for what they stand beside: `[0.0] + legs + [0.0]`."""
    for change in (lambda ctx: fitted(ctx, lookup, level), apart, unmixed):
        ctx = ctx._replace(default_signature=change(ctx))
    found: CallableType = ctx.default_signature
    return found
