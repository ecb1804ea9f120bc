"""`typedml laws module[:function]`: the features of a module against the laws that their signatures imply."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click
from rich.padding import Padding
from rich.text import Text

from typedml.cli.console import console, table
from typedml.cli.failure import Failure, as_failure, escaped
from typedml.cli.outputs import emit, output_option
from typedml.cli.reference import load, load_module

if TYPE_CHECKING:
    from rich.console import RenderableType

    from typedml.laws.report import LawReport
    from typedml.renderings import Findings


@click.command()
@click.argument("references", nargs=-1, metavar="MODULE[:FUNCTION]...")
@click.option("--law", "named", multiple=True, metavar="NAME", help="Only this law; may be given again.")
@click.option("--tables", type=click.IntRange(min=1), help="Tables drawn for each law.  [default: 8]")
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Another seed draws other tables.",
)
@click.option("--thorough", is_flag=True, help="For a night: 100 tables a law, and a search.")
@click.option("--budget", type=float, help="Seconds for the laws of one feature.  [default: 60, or none]")
@click.option("--list", "listing", is_flag=True, help="List the laws, and what each wants declared.")
@output_option()
def laws(
    references: tuple[str, ...],
    named: tuple[str, ...],
    tables: int | None,
    seed: int,
    thorough: bool,
    budget: float | None,
    listing: bool,
    output: str,
) -> None:
    """Test the functions marked @feature in modules, or single functions, against their laws.

    Exit status 1 if a law is refuted; the counterexample is printed. 2 if a feature cannot be read.
    """
    if listing:
        _list(output)
        return
    if not references:
        raise Failure("there is nothing to test", "typedml laws MODULE[:FUNCTION], or --list")
    if budget is not None and not budget > 0:
        raise Failure(f"--budget {budget:g} is no time", "give seconds, more than none: --budget 5")
    from typedml.laws import check_laws
    from typedml.laws.effort import EFFORTS

    effort = EFFORTS["thorough" if thorough else "quick"]
    reports: list[LawReport] = []
    judged: list[Callable[..., Any]] = []
    failures: list[Failure] = []
    for function in [function for reference in references for function in _functions(reference)]:
        # What cannot be read of one feature is no reason to say nothing of the others.
        try:
            with as_failure():
                report = check_laws(
                    function,
                    tables=tables or effort.tables,
                    seed=seed,
                    budget=budget or effort.budget,
                    only=named or None,
                    search=effort.search,
                )
        except Failure as unread:
            failures.append(unread)
        else:
            reports.append(report)
            judged.append(function)
    if reports:
        _show(reports, judged, output)
    for failure in failures:
        failure.show()
    _require_some_law(reports, named)
    if failures:
        click.get_current_context().exit(Failure.exit_code)
    click.get_current_context().exit(0 if all(report.ok for report in reports) else 1)


def _show(reports: Sequence[LawReport], functions: Sequence[Callable[..., Any]], output: str) -> None:
    from typedml.cli.places import place_of
    from typedml.laws.findings import findings

    pairs = zip(reports, functions, strict=True)
    found = [findings(report, place_of(function)) for report, function in pairs]
    if output != "text":
        emit(found, output, listed=True)
    elif len(found) == 1:
        emit(found, output)
        _say_what_held(reports[0])
    else:
        _show_many(reports, found)


def _say_what_held(report: LawReport) -> None:
    held = ", ".join(f"{each.law} ({each.tables})" for each in report.held)
    if held:
        console().print(Text(f"\nHeld, with the number of tables: {held}", style="dim"), soft_wrap=True)


def _show_many(reports: Sequence[LawReport], found: Sequence[Findings]) -> None:
    """The features with something to tell one after the other, then all of them in a table."""
    import attrs

    told = [attrs.evolve(run, skipped=run.blocked) for run in found if run.findings or run.notes]
    emit(told, "text")
    out = console()
    if told:
        out.print()
    out.print(_summary(reports))
    out.print(_said(reports))
    out.print(
        Text(
            "typedml laws MODULE:FUNCTION tells which laws were not checked, and for want of what",
            style="dim",
        ),
        soft_wrap=True,
    )


def _said(reports: Sequence[LawReport]) -> Text:
    broken = sum(bool(report.failures) for report in reports)
    if broken:
        return Text(f"\n{broken} of {len(reports)} features break a law", style="bold red")
    held = sum(report.ok for report in reports)
    of = "" if held == len(reports) else f" of {len(reports)}"
    return Text(f"\n{held}{of} features hold", style="bold green" if not of else "bold red")


def _summary(reports: Sequence[LawReport]) -> RenderableType:
    rows: list[tuple[str | Text, ...]] = [
        tuple(
            Text(head, style="dim")
            for head in ("", "feature", "held", "cut", "not checked", "determined", "broken")
        )
    ]
    for report in reports:
        mark = Text("✓", style="green") if report.ok else Text("✗", style="red")
        rows.append(
            (
                mark,
                escaped(report.feature),
                f"{len(report.held):>4}",
                f"{len(report.unreached) or '':>3}",
                f"{len(report.skipped):>11}",
                _determined(report),
                Text(", ".join(failure.law for failure in report.failures), style="red"),
            )
        )
    return table(rows)


def _determined(report: LawReport) -> Text:
    if report.undetermined:
        return Text("needs an example", style="yellow")
    return Text("yes" if report.determinacy else "")


def _list(output: str) -> None:
    """Print the catalogue: each law, what it says, and the words that it wants of a declaration."""
    from typedml.laws.catalogue import CATALOGUE

    if output == "json":
        from typedml.renderings.json import dumped

        told = [{"law": law.name, "statement": law.statement, "needs": list(law.needs)} for law in CATALOGUE]
        click.echo(dumped(told), nl=False)
        return
    if output != "text":
        raise Failure(f"--list has no {output} output", "--output text, or json")
    out = console()
    for law in CATALOGUE:
        wants = f"  (wants {', '.join(law.needs)})" if law.needs else ""
        out.print(Text.assemble((law.name, "bold cyan"), (wants, "dim")), soft_wrap=True)
        out.print(Padding(Text(law.statement), (0, 0, 0, 2)))


def _require_some_law(reports: Sequence[LawReport], named: Sequence[str]) -> None:
    """Refuse to call a function fine of which no law could be tried."""
    untried = [report for report in reports if report.unchecked]
    if not untried:
        return
    first, names = untried[0], ", ".join(report.feature for report in untried)
    if first.unreached:
        hint = "give more seconds, --budget 60, or fewer tables, --tables 2"
        raise Failure(f"{names} cannot be judged, for {first.unchecked}", hint)
    if named:
        told = "; ".join(map(str, first.skipped))
        raise Failure(
            f"{names} cannot be judged: {told}",
            "without --law, every law that its declaration implies is tried",
        )
    hint = "declare what its arguments and its result mean, and of what type they are"
    raise Failure(f"no law could be checked on {names}", hint)


def _loaded(reference: str) -> object:
    """What a reference names; where it names nothing, the features that there are."""
    from typedml.laws.modules import features_of

    try:
        return load(reference)
    except Failure as error:
        if error.hint and error.hint.startswith("it defines"):
            names = [each.__name__ for each in features_of(load_module(reference.partition(":")[0]))]
            error.hint = f"its features are {', '.join(names)}" if names else error.hint
        raise


def _functions(reference: str) -> Iterator[Callable[..., Any]]:
    if ":" in reference:
        found = _loaded(reference)
        if not callable(found) or isinstance(found, type):
            raise Failure(
                f'"{reference}" is not a function', "laws are about functions: name one, or its module"
            )
        yield found
        return
    from typedml.laws.modules import features_of

    features = features_of(load_module(reference))
    if not features:
        hint = "mark functions with @feature, or name one: module:function"
        raise Failure(f'module "{reference}" has no features', hint)
    yield from features
