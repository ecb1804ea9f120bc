"""The plugin as mypy sees it: light where a build never imports typedml, and thin where it does.

Everything that knows about meanings is loaded with `typedml.mypy.answers`, once the carriers are among the
modules of the build.
"""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mypy.nodes import Import, ImportAll, ImportFrom, MypyFile
from mypy.plugin import Plugin

from typedml.mypy.reports import ERROR_CODES
from typedml.mypy.settings import COVERAGE, Settings, read_settings
from typedml.mypy.versions import configure, running

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy.options import Options
    from mypy.plugin import (
        AnalyzeTypeContext,
        AttributeContext,
        DynamicClassDefContext,
        FunctionContext,
        FunctionSigContext,
        MethodContext,
        MethodSigContext,
        ReportConfigContext,
    )
    from mypy.types import FunctionLike, Type

    from typedml.mypy.answers import Answers

# Priority of an import that is needed to check a module, but does not order it.
IMPORTANCE = 10
CARRIERS = "typedml.declare.carriers"
# What carries the meanings of other libraries' classes, where a file imports them.
FOREIGN = {"numpy": "typedml.declare.numpy_carriers", "pandas": "typedml.declare.pandas_carriers"}

assert ERROR_CODES, "mypy knows an error code from when it is made, and reads names of codes early"


class TypedmlPlugin(Plugin):
    """Checks units and kinds wherever a declaration gives them."""

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self.settings: Settings = read_settings(options)
        self._loaded: dict[str, MypyFile] = {}
        configure(self.settings.digest)

    @property
    def in_play(self) -> bool:
        """Whether this build imports typedml at all; where it does not, no hook of ours is called."""
        return CARRIERS in self._loaded

    @cached_property
    def answers(self) -> Answers:
        """What answers mypy in a build that uses typedml."""
        from typedml.mypy.answers import Answers
        from typedml.mypy.others import Others

        modules = lambda: self._loaded  # noqa: E731 - they change with each build of the daemon
        return Answers(self.settings, self.lookup_fully_qualified, modules, Others(self))

    def set_modules(self, modules: dict[str, MypyFile]) -> None:
        super().set_modules(modules)
        self._loaded = modules
        self.settings.raise_problem()

    def report_config_data(self, ctx: ReportConfigContext) -> Any:
        # mypy keeps this beside each module; what it keeps of plugins as a whole, the next run replaces, and
        # that may leave modules out which an older release has checked.
        return f"{running()} {self.settings.digest}"

    def get_additional_deps(self, file: MypyFile) -> list[tuple[int, str, int]]:
        names = _imported(file)
        # Where coverage is counted, a module that declares nothing yet is looked at too.
        concerned = "typedml" in names or (COVERAGE in os.environ and not file.is_stub)
        if file.fullname in (CARRIERS, *FOREIGN.values()) or not concerned:
            return []
        found = [CARRIERS, *(stub for library, stub in FOREIGN.items() if library in names)]
        return [(IMPORTANCE, stub, -1) for stub in found]

    def get_additional_indirect_deps(self, file: MypyFile) -> set[str]:
        if self.in_play:
            self.answers.finish(file, self.options)
        return set()

    def get_type_analyze_hook(self, fullname: str) -> Callable[[AnalyzeTypeContext], Type] | None:
        return self.answers.annotation(fullname) if self.in_play else None

    def get_dynamic_class_hook(self, fullname: str) -> Callable[[DynamicClassDefContext], None] | None:
        return self.answers.assignment(fullname) if self.in_play else None

    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        return self.answers.function(fullname) if self.in_play else None

    def get_method_hook(self, fullname: str) -> Callable[[MethodContext], Type] | None:
        return self.answers.method(fullname) if self.in_play else None

    def get_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        return self.answers.attribute(fullname) if self.in_play else None

    def get_function_signature_hook(
        self, fullname: str
    ) -> Callable[[FunctionSigContext], FunctionLike] | None:
        return self.answers.signature(fullname) if self.in_play else None

    def get_method_signature_hook(self, fullname: str) -> Callable[[MethodSigContext], FunctionLike] | None:
        return self.answers.method_signature(fullname) if self.in_play else None


def _imported(file: MypyFile) -> set[str]:
    """Return the top packages that a file imports from."""
    names: list[str] = []
    for statement in file.imports:
        if isinstance(statement, Import):
            names += [name for name, _ in statement.ids]
        elif isinstance(statement, ImportFrom | ImportAll):
            names.append(statement.id)
    return {name.partition(".")[0] for name in names}
