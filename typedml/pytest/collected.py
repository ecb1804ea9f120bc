"""The tests of the modules that a project names: one for each law of each feature."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from typedml.laws.parametrize import LawTest

INI = "typedml_laws"


class LawsOfModule(pytest.Collector):
    """The laws of the features of one module."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield a test for each law that each feature can be asked; one that fails for what is unreadable."""
        from typedml.laws.modules import features_of

        try:
            module = _loaded(self.name)
            features = features_of(module)
        # Whatever a module does when it is imported, the others are tested.
        except (Exception, SystemExit) as error:  # noqa: BLE001
            yield self._unread("import", f"{INI}: {self.name} cannot be imported: {_said(error)}")
            return
        self.path = Path(getattr(module, "__file__", None) or self.path)
        if not features:
            fact = f"{INI}: {self.name} has no features."
            yield self._unread("features", f"{fact}\nHint: mark its functions with @feature.")
        yield from self._tests(features)

    def _tests(self, features: list[Callable[..., Any]]) -> Iterator[pytest.Item]:
        from typedml.laws.parametrize import LawTest, laws_asked_of, names_of

        laws: dict[Callable[..., Any], list[str]] = {}
        for feature in features:
            try:
                laws[feature] = laws_asked_of(feature)
            except Exception as error:  # noqa: BLE001  # it is told as a test of the feature
                yield self._unread(getattr(feature, "__name__", "feature"), _said(error))
        for feature, name in zip(laws, names_of(list(laws)), strict=True):
            for law in laws[feature]:
                yield LawItem.from_parent(self, name=f"{name}-{law}", feature=feature, law=LawTest(law))

    def _unread(self, name: str, message: str) -> pytest.Item:
        return Unread.from_parent(self, name=name, message=message)


class Unread(pytest.Item):
    """A module or feature that cannot be read: it fails, and the others are tested."""

    def __init__(self, *, message: str, **given: Any) -> None:
        super().__init__(**given)
        self.message = message

    def runtest(self) -> None:
        """Fail with the reason."""
        pytest.fail(self.message, pytrace=False)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where it stands, as far as it is known."""
        return self.path, None, self.name


class LawItem(pytest.Item):
    """One law of one feature."""

    def __init__(self, *, feature: Callable[..., Any], law: LawTest, **given: Any) -> None:
        super().__init__(**given)
        self.feature = feature
        self.law = law

    def runtest(self) -> None:
        """Try the law."""
        self.law(self.feature)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the feature stands."""
        return *place_of(self.feature, self.path), self.name


def place_of(feature: Callable[..., Any], path: Path) -> tuple[Path, int | None]:
    """The file and line of a feature; the file alone where its code is of another one."""
    code = getattr(feature, "__code__", None)
    if code is None or not Path(code.co_filename).is_file():
        return path, None
    return Path(code.co_filename), code.co_firstlineno - 1


def _said(error: BaseException) -> str:
    """An error of a module, with the line of it that raised it, and with a hint."""
    if getattr(error, "hint", None):
        return str(error)
    if isinstance(error, ModuleNotFoundError):
        return f"{error}\nHint: name it as it is imported in the folder of this run: pipeline.features."
    from typedml.laws.causes import place_of_error, said_by

    place = place_of_error(error)
    return f"{type(error).__name__}: {said_by(error)}" + (f" ({place})" if place else "")


def _loaded(module: str) -> ModuleType:
    """A module, found as Python finds it in the current folder."""
    if "" not in sys.path and str(Path.cwd()) not in sys.path:
        sys.path.insert(0, str(Path.cwd()))
    return importlib.import_module(module)
