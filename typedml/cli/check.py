"""`typedml check SRC`: mypy with the plugin, with nothing to configure.

The project's own mypy configuration is kept; only `plugins` gains `typedml.mypy`, in a copy. Options that are
not ours go to mypy as they are, and mypy's exit status is ours: 0 fine, 1 findings, 2 it could not run. With
a baseline, only findings that are not in it are told and fail.
"""

from collections.abc import Sequence
from pathlib import Path

import click

from typedml.cli import baseline as baselines
from typedml.cli.console import console
from typedml.cli.failure import Failure
from typedml.cli.findings import Finding, as_findings, as_rows, counted, files, read
from typedml.cli.mypy_config import find
from typedml.cli.mypy_run import run_mypy
from typedml.cli.outputs import emit, output_option

SHOWN_STALE = 5
# The forms that mypy has itself; programs that read its rows go on reading them.
OF_MYPY = ("text", "json")


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--config-file", metavar="FILE", help="The mypy configuration; found as mypy finds it.")
@click.option(
    "--baseline", metavar="FILE", help=f"Findings of old code; {baselines.DEFAULT}, if there is one."
)
@click.option("--write-baseline", is_flag=True, help="Write the baseline: what is found now is old.")
@click.option("--no-baseline", is_flag=True, help="Tell all findings, known ones too.")
@click.option("--coverage", is_flag=True, help="List what has no meaning yet, by file, instead of findings.")
@output_option("-O")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="SRC... [MYPY OPTIONS]")
def check(
    arguments: tuple[str, ...],
    config_file: str | None,
    baseline: str | None,
    write_baseline: bool,
    no_baseline: bool,
    coverage: bool,
    output: str,
) -> None:
    """Run mypy with the plugin on files, folders or (with -p) packages.

    Without SRC, mypy checks what its configuration names as `files`. Any other option is mypy's.
    """
    path = Path(baseline or baselines.DEFAULT)
    if (write_baseline or baseline) and (no_baseline or coverage):
        raise Failure("a baseline goes neither with --no-baseline nor with --coverage", "drop one of the two")
    if coverage:
        if output not in OF_MYPY:
            raise Failure(f"--coverage has no {output} output", "--output text, or json")
        from typedml.cli.coverage import report

        status = report(arguments, config_file, as_json=output == "json")
    elif write_baseline:
        status = _write(path, arguments, config_file)
    elif not no_baseline and (baseline or path.exists()):
        status = _compare(path, arguments, config_file, output)
    elif output not in OF_MYPY:
        found, status = _found(arguments, config_file, others_are_errors=True)
        _render(found, arguments, status, output)
    else:
        chosen = ["--output=json"] if output == "json" else []
        status = run_mypy([*arguments, *chosen], config_file=config_file).returncode
    click.get_current_context().exit(status)


def _write(path: Path, arguments: Sequence[str], config_file: str | None) -> int:
    found, status = _found(arguments, config_file)
    if status > 1:
        _tell(found, columns=False)
        raise Failure("mypy could not check everything, so no baseline is written", "mend what it says above")
    baseline = baselines.taken(found, path.parent, arguments)
    baseline.write(path)
    number = baseline.known.total()
    among = f" in {counted(files(f for f in found if f.is_error), 'file')}" if number else ""
    console().print(f"Wrote {path}: {counted(number, 'finding')}{among}", soft_wrap=True)
    return 0


def _compare(path: Path, arguments: Sequence[str], config_file: str | None, output: str) -> int:
    baseline = baselines.read(path)
    found, status = _found(arguments, config_file, others_are_errors=output not in OF_MYPY)
    new = found if status > 1 else baseline.new(found, path.parent)
    errors = [finding for finding in new if finding.is_error]
    if output == "json":
        click.echo(as_rows(new), nl=False)
    elif output != "text":
        _render(new, arguments, status, output)
    else:
        _tell(new, columns=_shows_columns(arguments, config_file))
    if status > 1:
        return status
    stale = baseline.stale(found, path.parent, arguments)
    _tell_stale(stale.total(), sorted(stale), path)
    if output == "text" and "--no-error-summary" not in arguments:
        _summarise(errors, baseline.known.total() - stale.total())
    return 1 if errors else 0


def _render(found: Sequence[Finding], arguments: Sequence[str], status: int, output: str) -> None:
    """Print findings in one of the forms that are not mypy's own."""
    sources = [each for each in arguments if not each.startswith("-")]
    emit([as_findings(found, " ".join(sources) or "mypy", complete=status <= 1)], output)


def _found(
    arguments: Sequence[str], config_file: str | None, *, others_are_errors: bool = False
) -> tuple[list[Finding], int]:
    """Run mypy for machines, pass on what is no finding, and return the findings with mypy's status."""
    done = run_mypy([*arguments, "--output=json"], config_file=config_file, capture=True)
    found, others = read(done.stdout)
    for row in others:
        click.echo(row, err=others_are_errors)
    click.echo(done.stderr, err=True, nl=False)
    return found, done.returncode


def _shows_columns(arguments: Sequence[str], config_file: str | None) -> bool:
    said = find(config_file).sections.get("mypy", {}).get("show_column_numbers", "")
    return "--show-column-numbers" in arguments or str(said).lower() in ("true", "1", "yes", "on")


def _tell(found: Sequence[Finding], *, columns: bool) -> None:
    out = console()
    for finding in found:
        for line in finding.shown(columns):
            out.print(line, soft_wrap=True)


def _tell_stale(number: int, stale: Sequence[baselines.Known], path: Path) -> None:
    """Say on standard error which entries of the baseline are not found any more."""
    if not number:
        return
    click.echo(f"{path}: note: {counted(number, 'finding')} of the baseline no longer there:", err=True)
    for known in stale[:SHOWN_STALE]:
        click.echo(f"  {known.file}: {known.message}  [{known.code}]", err=True)
    if len(stale) > SHOWN_STALE:
        click.echo(f"  and {len(stale) - SHOWN_STALE} more", err=True)
    click.echo("Hint: typedml check --write-baseline writes it without them", err=True)


def _summarise(errors: Sequence[Finding], known: int) -> None:
    rest = f"{counted(known, 'known finding')} in the baseline"
    if errors:
        said = f"[bold red]Found {counted(len(errors), 'new error')} in {counted(files(errors), 'file')}[/]"
    else:
        said = "[bold green]Success: no new issues found[/]"
    console().print(f"{said} ({rest})", soft_wrap=True)
