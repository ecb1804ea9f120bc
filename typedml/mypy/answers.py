"""Which hook answers for which name: tables, and what all answers have in common."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from typedml.declare.markers import Cut, Kind, Marker, Role, Unit, UnitVar
from typedml.mypy import (
    annotated,
    begun,
    calls,
    carrier,
    constants,
    fallbacks,
    instant_methods,
    library,
    membership,
    opened,
    operators,
    recalled,
    stubs,
    unary,
)
from typedml.mypy.finished import is_own
from typedml.mypy.guard import choosing, guarded
from typedml.mypy.names import CONSTRUCTORS
from typedml.mypy.others import ATTRIBUTE, FUNCTION, FUNCTION_SIGNATURE, METHOD, METHOD_SIGNATURE
from typedml.mypy.polymorphism import CLOSED
from typedml.mypy.presence import Presence
from typedml.mypy.session import Session
from typedml.mypy.variable_hooks import VariableHooks

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy.nodes import MypyFile
    from mypy.plugin import AnalyzeTypeContext
    from mypy.types import Type

    from typedml.mypy.carrier import Lookup
    from typedml.mypy.others import Others, Question
    from typedml.mypy.settings import Settings

    Hook = Callable[[Any], Any] | None

MARKERS: Final = (Marker, Unit, UnitVar, Kind, Cut, Role)
MARKED: Final = frozenset(f"{c.__module__}.{c.__name__}.__call__" for c in MARKERS)
COMBINED: Final = frozenset(
    f"{Unit.__module__}.Unit.{name}" for name in ("__mul__", "__truediv__", "__rtruediv__", "__pow__")
)
METHODS: Final = {
    **dict.fromkeys(operators.METHODS, operators.binary),
    **dict.fromkeys(unary.METHODS, unary.alone),
    **dict.fromkeys(COMBINED, constants.combine),
    **dict.fromkeys(MARKED, calls.marker),
    **dict.fromkeys(fallbacks.WITH_DEFAULT, fallbacks.with_default),
    **instant_methods.METHODS,
    **dict.fromkeys(membership.METHODS, membership.contains),
    **dict.fromkeys(begun.METHODS, begun.stored),
}


class Answers:
    """The hooks of one build that uses typedml."""

    def __init__(
        self, settings: Settings, lookup: Lookup, modules: Callable[[], dict[str, MypyFile]], others: Others
    ) -> None:
        self.settings, self.lookup, self._others = settings, lookup, others
        self._present = Presence(settings, lookup, modules)
        self.finish, self.confess = self._present.finish, self._present.confess
        self._plain = False
        # mypy asks for each name many times over: what answers is made once.
        self._methods = {
            name: others.first(METHOD, name, self._checked(hook, name.rpartition(".")[2]))
            for name, hook in METHODS.items()
        }
        self._methods |= {
            name: others.first(METHOD, name, self._checked(operators.binary, method))
            for name, method in operators.OF_UNIONS.items()
        }
        self._attributes = {
            name: others.first(
                ATTRIBUTE, name, self._checked(instant_methods.attribute, name, _given_attribute)
            )
            for name in instant_methods.ATTRIBUTES
        }
        self._functions: dict[str, Hook] = {}
        # Of names whose meaning cannot change: whether they concern annotations in a file that declares any.
        self._concerning: dict[str, bool] = {}
        self._annotations: dict[str, Callable[[AnalyzeTypeContext], Type]] = {}
        opening = guarded(calls.open_first, _given_signature)
        self._signatures: dict[Question, dict[str, Hook]] = {
            each: {name: others.first(each, name, opening) for name in (*calls.OPENED, *MARKED)}
            for each in (FUNCTION_SIGNATURE, METHOD_SIGNATURE)
        }
        self._variables = VariableHooks(lookup, self._checked)
        for module in (calls, carrier, opened, operators, recalled):
            module.forget()

    def annotation(self, fullname: str) -> Hook:
        """What answers for a name in an annotation."""
        known = self._concerning.get(fullname)
        if (
            known is not None
            and not self._plain
            and self._present.is_listening
            and not (known and self._present.declares())
        ):
            return None
        found: Hook = self._annotation(fullname)
        return found

    @choosing
    def _annotation(self, fullname: str) -> Hook:
        if self._plain:
            self._plain = False
            return None
        if annotated.concerns(fullname, self.lookup, self._present.declares()):
            return self._analysis(fullname)
        named = self._variables.annotation(fullname, self._analysis)
        top = fullname.partition(".")[0]
        # A user may have a module of such a name.
        if named is None and top in sys.stdlib_module_names and not is_own(self._present.modules().get(top)):
            self._concerning[fullname] = annotated.concerns(fullname, self.lookup, declares=True)
        return named or (None if self._present.is_listening else self._as_is)

    def _analysis(self, fullname: str) -> Callable[[AnalyzeTypeContext], Type]:
        if fullname not in self._annotations:
            self._annotations[fullname] = guarded(partial(self._analyze, fullname), self._as_is)
        return self._annotations[fullname]

    def assignment(self, fullname: str) -> Hook:
        """What answers for an assignment whose value is a call of this name."""
        return guarded(constants.define, lambda ctx: None) if fullname in CONSTRUCTORS else None

    @choosing
    def function(self, fullname: str) -> Hook:
        """What tells the type of a call."""
        if fullname not in self._functions:
            found = self._function(fullname)
            self._functions[fullname] = found and self._others.first(FUNCTION, fullname, found)
        hook = self._functions[fullname]
        if hook is None and not fullname.startswith(CLOSED):
            hook = self._variables.function(fullname)
        return self._hearing(FUNCTION, fullname) if hook is None and not self._present.is_listening else hook

    def _function(self, fullname: str) -> Hook:
        if fullname in calls.FUNCTIONS:
            return self._checked(calls.function, fullname)
        known = stubs.find(fullname, self.settings.stubs)
        return self._of_library(known, fullname) if known else None

    def _of_library(self, known: stubs.Overloads, fullname: str) -> Callable[[Any], Any]:
        return self._checked(
            lambda ctx, _, session: library.call(ctx, known, session), fullname, opened.given
        )

    def method(self, fullname: str) -> Hook:
        """What tells the type of a method's call, operators included."""
        hook = self._methods.get(fullname)
        return self._method(fullname) if hook is None else hook

    @choosing
    def _method(self, fullname: str) -> Hook:
        hook = self._variables.method(fullname)
        if hook is None and fullname.rpartition(".")[2] in stubs.methods(self.settings.stubs):
            known = library.method(fullname, self.lookup, self.settings.stubs)
            if known:
                return self._others.first(METHOD, fullname, self._of_library(known, fullname))
        return self._hearing(METHOD, fullname) if hook is None and not self._present.is_listening else hook

    @choosing
    def attribute(self, fullname: str) -> Hook:
        """What tells the type of an attribute: of an instant's, or one of any unit."""
        self._present.meet()
        hook = self._attributes.get(fullname)
        return self._variables.attribute(fullname) if hook is None else hook

    def signature(self, fullname: str) -> Hook:
        """What tells the signature of a call of a function before its arguments are checked."""
        return self._signature_of(FUNCTION_SIGNATURE, fullname)

    def method_signature(self, fullname: str) -> Hook:
        """What tells the signature of a call of a method before its arguments are checked."""
        return self._signature_of(METHOD_SIGNATURE, fullname)

    def _signature_of(self, question: Question, fullname: str) -> Hook:
        self._present.meet()
        if self._present.watcher is not None:
            self._present.watcher.expect(fullname)
        known = self._signatures[question]
        return known[fullname] if fullname in known else self._signed(question, fullname)

    @choosing
    def _signed(self, question: Question, fullname: str) -> Hook:
        solving = self._variables.signature(fullname)
        known = stubs.find(fullname, self.settings.stubs)
        hook = self._opening(known, solving) if known else solving
        hook = None if hook is None else self._others.first(question, fullname, hook)
        if fullname.startswith(CLOSED) or (known and solving is None):
            self._signatures[question][fullname] = hook
        return hook

    def _opening(self, known: stubs.Overloads, solving: Hook) -> Callable[[Any], Any]:
        opening = guarded(
            partial(opened.open_signature, overloads=known, lookup=self.lookup), _given_signature
        )
        if solving is None:
            return opening
        # Functions that are passed are solved for first: `map(square, distances)`.
        return lambda ctx: opening(
            ctx._replace(default_signature=solving(ctx)) if opened.is_given_functions(ctx) else ctx
        )

    def _checked(
        self,
        hook: Callable[[Any, str, Session], Type],
        name: str,
        default: Callable[[Any], Type] = lambda ctx: ctx.default_return_type,
    ) -> Callable[[Any], Any]:
        return guarded(lambda ctx: hook(ctx, name, self._present.entered(ctx.api)), default)

    def _hearing(self, question: Question, fullname: str) -> Hook:
        return self._others.first(question, fullname, self._default)

    def _default(self, ctx: Any) -> Type:
        self._present.listen(ctx.api.msg.errors)
        default: Type = ctx.default_return_type
        return default

    def _analyze(self, fullname: str, ctx: AnalyzeTypeContext) -> Type:
        if not hasattr(_analyser(ctx), "cur_mod_node"):
            return self._as_is(ctx)  # `Annotated[float, KM]` as a value, which the checker reads as a type
        return annotated.analyze(ctx, fullname, self.lookup, partial(self._as_is, ctx))

    def _as_is(self, ctx: AnalyzeTypeContext) -> Type:
        """Analyse a name as mypy does without us."""
        errors = getattr(_analyser(ctx), "errors", None)
        if errors is not None:
            self._present.listen(errors)
        self._plain = True
        api: Any = ctx.api
        found: Type = api.visit_unbound_type_nonoptional(ctx.type, False)
        return found


def _given_attribute(ctx: Any) -> Any:
    return ctx.default_attr_type


def _given_signature(ctx: Any) -> Any:
    return ctx.default_signature


def _analyser(ctx: AnalyzeTypeContext) -> Any:
    return getattr(ctx.api, "api", None)
