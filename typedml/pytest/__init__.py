"""The pytest plugin: a test for every law of every feature of the modules that a project names.

    [tool.pytest.ini_options]
    typedml_laws = "pipeline.features pipeline.joins"

`pytest --typedml-laws=thorough` tries each law, those of `laws_of` too, on 100 tables instead of 8. What is
heavy is loaded when a test needs it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

import pytest
from _pytest._code.code import ReprFileLocation

from typedml.pytest.collected import INI, LawItem, LawsOfModule, place_of
from typedml.pytest.summary import EXAMPLE, LAW, WORDS, Counterexample, summary

if TYPE_CHECKING:
    from typedml.laws.parametrize import LawTest

OPTION = "--typedml-laws"
VARIABLE = "TYPEDML_LAWS"
EFFORTS = ("quick", "thorough")
NOT_SET = object()
_BEFORE = pytest.StashKey[str | None]()
_IS_FIRST = pytest.StashKey[bool]()
_LAWS_RUN = pytest.StashKey[frozenset[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option and the names of modules."""
    group = parser.getgroup("typedml")
    group.addoption(
        OPTION,
        choices=EFFORTS,
        default=None,
        help="how much laws try: 8 tables each (quick) or 100 (thorough)",
    )
    parser.addini(INI, "modules whose features are tested against their laws", type="args", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Hand the effort to the laws, which may run in other processes.

    Raises: pytest.UsageError if the environment names no effort.
    """
    asked = config.getoption(OPTION)
    if asked:
        config.stash[_BEFORE] = os.environ.get(VARIABLE)
        os.environ[VARIABLE] = asked
    elif os.environ.get(VARIABLE, EFFORTS[0]) not in EFFORTS:
        fact = f"{VARIABLE}={os.environ[VARIABLE]} is no effort."
        raise pytest.UsageError(f"{fact}\nHint: it is {' or '.join(EFFORTS)}.")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave the environment as it was."""
    before = config.stash.get(_BEFORE, NOT_SET)
    if before is None:
        os.environ.pop(VARIABLE, None)
    elif isinstance(before, str):
        os.environ[VARIABLE] = before


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add the tests of the modules, unless other tests were asked for by name."""
    named = config.args_source is pytest.Config.ArgsSource.ARGS
    if named and config.getoption(OPTION) is None:
        return
    for module in dict.fromkeys(config.getini(INI)):
        items.extend(LawsOfModule.from_parent(session, name=module, nodeid=module).collect())


def pytest_collection_finish(session: pytest.Session) -> None:
    """Note the first and the last test of each feature, which tell what is to be told once."""
    tests: dict[object, list[pytest.Item]] = {}
    for item in session.items:
        pair = _law_of(item)
        if pair is not None:
            law, feature = pair
            tests.setdefault((id(feature), law.tables, law.seed, id(law.data)), []).append(item)
    for items in tests.values():
        items[0].stash[_IS_FIRST] = True
        items[-1].stash[_LAWS_RUN] = frozenset(str(pair[0]) for pair in map(_law_of, items) if pair)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """After the first test of a feature note which words its laws want, after its last whether an example is.

    That is not known where only some of its laws are run.
    """
    try:
        yield
    except pytest.skip.Exception:
        _note(item)
        raise
    _note(item)


def _note(item: pytest.Item) -> None:
    pair = _law_of(item)
    if pair is None:
        return
    from typedml.laws.parametrize import laws_asked_of
    from typedml.laws.telling import example_wanted, name_of, not_asked

    law, feature = pair
    if item.stash.get(_IS_FIRST, False):
        item.user_properties.append((WORDS, (name_of(feature), not_asked(feature))))
    if item.stash.get(_LAWS_RUN, frozenset()) >= set(laws_asked_of(feature)):
        item.user_properties.append((EXAMPLE, example_wanted(feature, law)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show a broken law as its counterexample, a skip at its feature; remember which law a test was of."""
    report = yield
    pair = _law_of(item)
    if pair is None:
        return report
    law, feature = pair
    if LAW not in dict(item.user_properties):
        item.user_properties.append((LAW, str(law)))
        report.user_properties = list(item.user_properties)
    # By name: the plugin must not import the laws for tests that are of none.
    if call.excinfo is not None and call.excinfo.typename == "LawBroken":
        message = str(call.excinfo.value)
        path, line, _ = item.reportinfo()
        place = ReprFileLocation(str(path), (line or 0) + 1, message.splitlines()[0])
        report.longrepr = Counterexample(message, place)
    if report.skipped and isinstance(report.longrepr, tuple):
        path, line = place_of(feature, item.path)
        report.longrepr = (str(path), (line or 0) + 1, report.longrepr[2])
    return report


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say how many laws held, which features want a worked example, and which words laws want."""
    is_long = config.get_verbosity() > 0 or terminalreporter.hasopt("skipped")
    lines = list(summary(terminalreporter.stats, is_long=is_long))
    if lines:
        terminalreporter.section("laws", sep="-")
    for line in lines:
        terminalreporter.line(line)


def _law_of(item: pytest.Item) -> tuple[LawTest, Callable[..., Any]] | None:
    """The law and the feature of a test; None for a test of something else."""
    if isinstance(item, LawItem):
        return item.law, item.feature
    given = list(getattr(getattr(item, "callspec", None), "params", {}).values())
    law = next((value for value in given if type(value).__name__ == "LawTest"), None)
    # `laws_of` gives a law and its feature, in this order.
    feature = next(iter(given[given.index(law) + 1 :]), None) if law is not None else None
    return (law, feature) if law is not None and callable(feature) else None
