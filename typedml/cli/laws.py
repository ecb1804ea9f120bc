"""`typedml laws module[:function]`: the features of a module against the laws that their signatures imply."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from typedml.cli.console import console
from typedml.cli.failure import Failure
from typedml.cli.outputs import emit, output_option
from typedml.cli.reference import load, load_module

if TYPE_CHECKING:
    from typedml.laws.report import LawReport

STYLES = {
    r"(?m)^(Hint|Diagnosis|Repeat):": "cyan",
    r"(?m)^(held|not checked|note)\b.*": "dim",
    "<--": "red",
}


@click.command()
@click.argument("reference", metavar="MODULE[:FUNCTION]")
@click.option(
    "--tables", type=click.IntRange(min=1), default=8, show_default=True, help="Tables drawn for each law."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed draws other tables.")
@output_option()
def laws(reference: str, tables: int, seed: int, output: str) -> None:
    """Test the functions marked @feature in a module, or one function, against their laws.

    Exit status 1 if a law is refuted; the counterexample is printed.
    """
    from typedml.laws import check_laws

    functions = _functions(reference)
    reports = [check_laws(function, tables=tables, seed=seed) for function in functions]
    if output == "text":
        for report in reports:
            console().print(_shown(report), soft_wrap=True)
    else:
        _emit(reports, functions, output)
    _require_some_law(reports)
    click.get_current_context().exit(0 if all(report.ok for report in reports) else 1)


def _emit(reports: Sequence[LawReport], functions: Sequence[Callable[..., Any]], output: str) -> None:
    from typedml.cli.places import place_of
    from typedml.laws.findings import findings

    pairs = zip(reports, functions, strict=True)
    emit([findings(report, place_of(function)) for report, function in pairs], output, listed=True)


def _require_some_law(reports: Sequence[LawReport]) -> None:
    """Refuse to call a function fine of which no law could be tried."""
    untried = [report.feature for report in reports if report.ok and not report.checked]
    if untried:
        hint = "declare what its arguments and its result mean, and of what type they are"
        raise Failure(f"no law could be checked on {', '.join(untried)}", hint)


def _functions(reference: str) -> list[Callable[..., Any]]:
    if ":" in reference:
        found = load(reference)
        if not callable(found) or isinstance(found, type):
            raise Failure(
                f'"{reference}" is not a function', "laws are about functions: name one, or its module"
            )
        return [found]
    features = list(_features(load_module(reference)))
    if not features:
        hint = "mark functions with @feature, or name one: module:function"
        raise Failure(f'module "{reference}" has no features', hint)
    return features


def _features(module: ModuleType) -> list[Callable[..., Any]]:
    """Return the functions that the module itself marks as features, in the order of the source."""
    from typedml.declare.markings import marking_of

    own = [
        v for v in vars(module).values() if callable(v) and getattr(v, "__module__", None) == module.__name__
    ]
    return [function for function in own if marking_of(function).options is not None]


def _shown(report: LawReport) -> Text:
    """Return the report with what a reader looks for made visible."""
    mark = ("✓ ", "green") if report.ok else ("✗ ", "red")
    text = Text.assemble(mark, str(report))
    text.highlight_regex(r"^. (\S+):", "bold")
    for pattern, style in STYLES.items():
        text.highlight_regex(pattern, style)
    return text
