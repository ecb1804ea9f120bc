"""`typedml validate FILE --schema module:Class`: data files against a schema."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from typedml.cli.outputs import emit, output_option
from typedml.cli.reference import load

ANNOTATING = ("github", "sarif")


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE|FOLDER|PATTERN...")
@click.option(
    "--schema", "reference", required=True, metavar="MODULE:CLASS", help="The schema, such as flights:Flight."
)
@click.option(
    "--references",
    "others",
    multiple=True,
    metavar="MODULE:CLASS=FILE",
    help="A table that the schema refers to, such as flights:Airport=airports.csv; may be repeated.",
)
@output_option()
@click.option(
    "--rows", type=click.IntRange(min=0), default=5, show_default=True, help="Failing rows shown per rule."
)
@click.option("--redact", is_flag=True, help="Show no value of the data: only columns, rules and counts.")
@click.option("--good", type=click.Path(dir_okay=False), help="Write the rows that keep every rule here.")
@click.option("--bad", type=click.Path(dir_okay=False), help="Write the other rows here, with their reasons.")
def validate(
    files: tuple[str, ...],
    reference: str,
    others: tuple[str, ...],
    output: str,
    rows: int,
    redact: bool,
    good: str | None,
    bad: str | None,
) -> None:
    """Check Parquet, CSV, JSON and Arrow files against a schema: one, a folder or a pattern of them.

    All of them are one table, read in batches, so they may be larger than memory.

    With --good and --bad each row is written to one of two Parquet files; the bad ones with their reasons.

    Exit status 0: it keeps every rule; 1: it does not, or a file of several cannot be read; 2: nothing can be
    read, or the schema not be found.
    """
    from typedml.boundary.batches.checking import check_files, split_files
    from typedml.boundary.checking import plan_of
    from typedml.boundary.findings import findings
    from typedml.cli.places import places_of

    if (good is None) is not (bad is None):
        raise click.UsageError("--good and --bad go together: every row is written to one of the two files.")
    schema = load(reference)
    plan = plan_of(schema)
    tables = dict(map(_other_table, others))
    with _withholding(redact):
        if good is not None and bad is not None:
            report = split_files(
                schema, list(files), good=good, bad=bad, rows=rows, references=tables, progress=True
            )
        else:
            profile = output == "html"
            report = check_files(
                schema, list(files), rows=rows, references=tables, progress=True, profile=profile
            )
    told = report.redacted() if redact else report
    columns = {field.name: field.column for field in plan.schema.fields}
    # Annotations stand in the source, where a pull request shows them; people read of the data.
    places = places_of(schema, columns) if output in ANNOTATING else {}
    emit([findings(told, " ".join(files), places)], output)
    click.get_current_context().exit(0 if report.ok else 1)


@contextmanager
def _withholding(redact: bool) -> Iterator[None]:
    """Where values are to be withheld, say what went wrong without what may quote the data."""
    from typedml.boundary.files import FileError
    from typedml.boundary.report import BoundaryError

    try:
        yield
    except FileError as error:
        raise (error.redacted() if redact else error) from None
    except BoundaryError as error:
        raise (BoundaryError(error.report.redacted()) if redact else error) from None


def _other_table(said: str) -> tuple[object, str]:
    """The schema and the file of a table that is referred to."""
    name, equals, file = said.partition("=")
    if not (name and equals and file):
        raise click.BadParameter(
            f'"{said}" does not name a schema and a file.\nHint: --references flights:Airport=airports.csv'
        )
    return load(name), file
