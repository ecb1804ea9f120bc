"""The pytest plugin: a test for every law of every feature of the modules that a project names.

    [tool.pytest.ini_options]
    typedml_laws = "pipeline.features pipeline.joins"

`pytest --typedml-laws=thorough` tries each law, those of `laws_of` too, on 100 tables instead of 8. What is
heavy is loaded when a test needs it.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from _pytest._code.code import ReprFileLocation, TerminalRepr
from _pytest._io import TerminalWriter

if TYPE_CHECKING:
    from typedml.laws.parametrize import LawTest

OPTION = "--typedml-laws"
INI = "typedml_laws"
VARIABLE = "TYPEDML_LAWS"
LAW = "typedml law"
VERDICTS = (("passed", "held"), ("failed", "broken"), ("skipped", "not checked"))
NOT_SET = object()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option and the names of modules."""
    group = parser.getgroup("typedml")
    group.addoption(
        OPTION,
        choices=("quick", "thorough"),
        default=None,
        help="how much laws try: 8 tables each (quick) or 100 (thorough)",
    )
    parser.addini(INI, "modules whose features are tested against their laws", type="args", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Hand the effort to the laws, which may run in other processes."""
    asked = config.getoption(OPTION)
    if asked:
        config.stash[_BEFORE] = os.environ.get(VARIABLE)
        os.environ[VARIABLE] = asked


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave the environment as it was."""
    before = config.stash.get(_BEFORE, NOT_SET)
    if before is None:
        os.environ.pop(VARIABLE, None)
    elif isinstance(before, str):
        os.environ[VARIABLE] = before


_BEFORE = pytest.StashKey[str | None]()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add the tests of the modules, unless other tests were asked for by name.

    Raises: pytest.UsageError if a module cannot be imported or read.
    """
    named = config.args_source is pytest.Config.ArgsSource.ARGS
    if named and config.getoption(OPTION) is None:
        return
    for module in dict.fromkeys(config.getini(INI)):
        items.extend(_tests(session, module))


class LawsOfModule(pytest.Collector):
    """The laws of the features of one module."""

    def __init__(self, *, path: Path, **given: Any) -> None:
        super().__init__(**given)
        self.path = path

    def collect(self) -> Iterator[LawItem]:
        """Yield a test for each law of each feature."""
        from typedml.laws.modules import features_of
        from typedml.laws.parametrize import names_of

        features = features_of(_loaded(self.name))
        for feature, name in zip(features, names_of(features), strict=True):
            yield from self._laws(feature, name)

    def _laws(self, feature: Callable[..., Any], name: str) -> Iterator[LawItem]:
        from typedml.laws.catalogue import applicable
        from typedml.laws.check import declaration_of
        from typedml.laws.parametrize import LawTest
        from typedml.laws.report import Skipped

        for law, wanting in applicable(declaration_of(feature)).items():
            item = LawItem.from_parent(self, name=f"{name}-{law}", feature=feature, law=LawTest(law))
            if wanting is not None:
                item.add_marker(pytest.mark.skip(reason=str(Skipped(law, wanting))))
            yield item


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
        code = getattr(self.feature, "__code__", None)
        line = None if code is None else code.co_firstlineno - 1
        return self.path, line, self.name


class Counterexample(TerminalRepr):
    """A broken law as pytest prints it: the counterexample, and nothing of how it was found."""

    def __init__(self, message: str, place: ReprFileLocation) -> None:
        self.message = message
        self.reprcrash = place

    def toterminal(self, tw: TerminalWriter) -> None:
        """Print it, the marks in red."""
        for line in self.message.splitlines():
            before, mark, after = line.partition("<--")
            tw.write(before)
            tw.write(mark, red=True, bold=True)
            tw.line(after)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show a broken law as its counterexample, and remember which law a test was of."""
    report = yield
    law = _law_of(item)
    if law is not None and LAW not in dict(item.user_properties):
        item.user_properties.append((LAW, str(law)))
        report.user_properties = list(item.user_properties)
    # By name: the plugin must not import the laws for tests that are of none.
    if call.excinfo is not None and call.excinfo.typename == "LawBroken":
        message = str(call.excinfo.value)
        path, line, _ = item.reportinfo()
        place = ReprFileLocation(str(path), (line or 0) + 1, message.splitlines()[0])
        report.longrepr = Counterexample(message, place)
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many laws held, and name those that did not."""
    counts = Counter[str]()
    for outcome, word in VERDICTS:
        for report in terminalreporter.stats.get(outcome, ()):
            counts[word] += LAW in dict(getattr(report, "user_properties", ()))
    if counts.total():
        terminalreporter.section("laws", sep="-")
        terminalreporter.line(", ".join(f"{counts[word]:,} {word}" for _, word in VERDICTS if counts[word]))


def _law_of(item: pytest.Item) -> object:
    if isinstance(item, LawItem):
        return item.law
    given = getattr(getattr(item, "callspec", None), "params", {}).values()
    return next((value for value in given if type(value).__name__ == "LawTest"), None)


def _tests(session: pytest.Session, module: str) -> list[LawItem]:
    path = Path(getattr(_loaded(module), "__file__", None) or session.path)
    collector = LawsOfModule.from_parent(session, name=module, nodeid=module, path=path)
    try:
        return list(collector.collect())
    except Exception as error:
        raise pytest.UsageError(f"{INI}: {module}: {error}") from error


def _loaded(module: str) -> ModuleType:
    """A module, found as Python finds it in the current folder."""
    if "" not in sys.path and str(Path.cwd()) not in sys.path:
        sys.path.insert(0, str(Path.cwd()))
    try:
        return importlib.import_module(module)
    except Exception as error:
        raise pytest.UsageError(f"{INI}: {module} cannot be imported: {error!r}") from error
