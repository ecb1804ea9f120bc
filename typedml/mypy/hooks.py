"""The plugin: tables of which hook answers for which name, and nothing else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from mypy.nodes import Import, ImportAll, ImportFrom, MypyFile
from mypy.plugin import Plugin

from typedml.declare.markers import Cut, Kind, Marker, Role, Unit, UnitVar
from typedml.mypy import annotated, calls, constants, library, operators, polymorphism
from typedml.mypy.evaluation import CONSTRUCTORS
from typedml.mypy.guard import choosing, guarded, internal
from typedml.mypy.reports import ERROR_CODES
from typedml.mypy.session import Session
from typedml.mypy.settings import Settings, read_settings
from typedml.mypy.watcher import MeaningWatcher

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy.errors import Errors
    from mypy.options import Options
    from mypy.plugin import (
        AnalyzeTypeContext,
        DynamicClassDefContext,
        FunctionContext,
        FunctionSigContext,
        MethodContext,
        MethodSigContext,
        ReportConfigContext,
    )
    from mypy.types import FunctionLike, Type

# Priority of an import that is needed to check a module, but does not order it.
IMPORTANCE = 10
CARRIERS = "typedml.declare.carriers"
MARKED = frozenset(f"{c.__module__}.{c.__name__}.__call__" for c in (Marker, Unit, UnitVar, Kind, Cut, Role))
OPERATIONS = frozenset(
    f"typedml.declare.markers.Unit.{m}" for m in ("__mul__", "__truediv__", "__rtruediv__", "__pow__")
)


class TypedmlPlugin(Plugin):
    """Checks units and kinds wherever a declaration gives them."""

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self.settings: Settings = read_settings(options)
        self._watcher: MeaningWatcher | None = None
        self._plain = False
        self._checker: Any = None
        # What went wrong while a hook was chosen, until there is a place to report it at.
        self.failed: Exception | None = None

    # What mypy asks for

    def set_modules(self, modules: dict[str, MypyFile]) -> None:
        super().set_modules(modules)
        self.settings.raise_problem()

    def report_config_data(self, ctx: ReportConfigContext) -> Any:
        return self.settings.digest

    def get_additional_deps(self, file: MypyFile) -> list[tuple[int, str, int]]:
        if file.fullname == CARRIERS or not _imports_us(file):
            return []
        return [(IMPORTANCE, CARRIERS, -1)]

    @choosing
    def get_type_analyze_hook(self, fullname: str) -> Callable[[AnalyzeTypeContext], Type] | None:
        if self._plain:
            self._plain = False
            return None
        if not self.in_play:
            return None
        if annotated.concerns(fullname, self.lookup_fully_qualified):
            return guarded(partial(self._analyze, fullname), self._as_is)
        return None if self.is_listening else self._as_is

    def get_dynamic_class_hook(self, fullname: str) -> Callable[[DynamicClassDefContext], None] | None:
        return guarded(constants.define, lambda ctx: None) if fullname in CONSTRUCTORS else None

    @choosing
    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        if fullname in calls.FUNCTIONS and self.in_play:
            return self._checked(calls.function, fullname)
        known = library.find(fullname, self.settings.stubs) if self.in_play else None
        if known is not None:
            return self._checked(lambda ctx, _, session: library.call(ctx, known, session), fullname)
        return None if self.is_listening or not self.in_play else self._default

    @choosing
    def get_method_hook(self, fullname: str) -> Callable[[MethodContext], Type] | None:
        if not self.in_play:
            return None
        name = fullname.rpartition(".")[2]
        if fullname in operators.METHODS:
            return self._checked(operators.binary, name)
        if fullname in operators.ALONE_METHODS:
            return self._checked(operators.alone, name)
        if fullname in OPERATIONS:
            return self._checked(constants.combine, name)
        if fullname in MARKED:
            return self._checked(calls.marker, name)
        return None if self.is_listening else self._default

    @choosing
    def get_method_signature_hook(self, fullname: str) -> Callable[[MethodSigContext], FunctionLike] | None:
        if fullname in MARKED and self.in_play:
            return guarded(calls.open_marker, lambda ctx: ctx.default_signature)
        return self._specialized(fullname)

    @choosing
    def get_function_signature_hook(
        self, fullname: str
    ) -> Callable[[FunctionSigContext], FunctionLike] | None:
        return self._specialized(fullname)

    # How it is answered

    @property
    def in_play(self) -> bool:
        """Whether this build imports typedml at all; where it does not, no hook of ours is called."""
        return CARRIERS in (self._modules or ())

    @property
    def is_listening(self) -> bool:
        """Whether errors pass by our watcher."""
        return self._watcher is not None and self._watcher.is_listening

    def _specialized(self, fullname: str) -> Callable[[Any], FunctionLike] | None:
        if not self.in_play or not polymorphism.is_polymorphic(fullname, self.lookup_fully_qualified):
            return None
        return guarded(
            lambda ctx: polymorphism.specialize(ctx, self.lookup_fully_qualified),
            lambda ctx: ctx.default_signature,
        )

    def _checked(self, hook: Callable[[Any, str, Session], Type], name: str) -> Callable[[Any], Type]:
        def answer(ctx: Any) -> Type:
            self._listen(ctx.api.msg.errors)
            self._checker = ctx.api
            return hook(ctx, name, self.session(ctx.api.tree, ctx.api))

        return guarded(answer, lambda ctx: ctx.default_return_type)

    def _default(self, ctx: Any) -> Type:
        self._listen(ctx.api.msg.errors)
        default: Type = ctx.default_return_type
        return default

    def _analyze(self, fullname: str, ctx: AnalyzeTypeContext) -> Type:
        self._listen(ctx.api.api.errors)  # type: ignore[attr-defined]
        return annotated.analyze(ctx, fullname, self.lookup_fully_qualified, partial(self._as_is, ctx))

    def _as_is(self, ctx: AnalyzeTypeContext) -> Type:
        """Analyse a name as mypy does without us."""
        api: Any = ctx.api
        self._listen(api.api.errors)
        self._plain = True
        found: Type = api.visit_unbound_type_nonoptional(ctx.type, False)
        return found

    def _listen(self, errors: Errors) -> None:
        if self.failed is not None:
            fact, self.failed = internal(self.failed), None
            errors.report(1, 0, fact, ERROR_CODES["typedml-internal"])
        if not self.is_listening or self._watcher is None or self._watcher.errors is not errors:
            self._watcher = MeaningWatcher(errors, self._session_of)
            self._watcher.listen()

    def _session_of(self, module: str) -> Session | None:
        tree = (self._modules or {}).get(module)
        if tree is None:
            return None
        checker = self._checker if self._checker is not None and self._checker.tree is tree else None
        return self.session(tree, checker)

    def session(self, tree: MypyFile, checker: Any) -> Session:
        """What hooks share while one module is checked."""
        level = self.settings.level_of(tree.fullname)
        return Session(tree, level, self.lookup_fully_qualified, checker)


def _imports_us(file: MypyFile) -> bool:
    names: list[str] = []
    for statement in file.imports:
        if isinstance(statement, Import):
            names += [name for name, _ in statement.ids]
        elif isinstance(statement, ImportFrom | ImportAll):
            names.append(statement.id)
    return any(name == "typedml" or name.startswith("typedml.") for name in names)
