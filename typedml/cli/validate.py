"""`typedml validate FILE --schema module:Class`: data files against a schema."""

import click

from typedml.cli.outputs import emit, output_option
from typedml.cli.reference import load


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE|FOLDER|PATTERN...")
@click.option(
    "--schema", "reference", required=True, metavar="MODULE:CLASS", help="The schema, such as flights:Flight."
)
@output_option()
@click.option(
    "--rows", type=click.IntRange(min=0), default=5, show_default=True, help="Failing rows shown per rule."
)
@click.option("--redact", is_flag=True, help="Show no value of the data: only columns, rules and counts.")
def validate(files: tuple[str, ...], reference: str, output: str, rows: int, redact: bool) -> None:
    """Check Parquet, CSV, JSON and Arrow files against a schema: one, a folder or a pattern of them.

    All of them are one table, read in batches, so they may be larger than memory.

    Exit status 0: it keeps every rule; 1: it does not, or a file of several cannot be read; 2: nothing can be
    read, or the schema not be found.
    """
    from typedml.boundary.batches.checking import check_files
    from typedml.boundary.checking import plan_of
    from typedml.boundary.findings import findings

    schema = load(reference)
    plan_of(schema)
    report = check_files(schema, list(files), rows=rows, progress=True, profile=output == "html")
    told = report.redacted() if redact else report
    emit([findings(told, " ".join(files))], output)
    click.get_current_context().exit(0 if report.ok else 1)
