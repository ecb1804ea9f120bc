"""`typedml validate FILE --schema module:Class`: a data file against a schema."""

from pathlib import Path

import click

from typedml.cli.outputs import emit, output_option
from typedml.cli.reference import load


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--schema", "reference", required=True, metavar="MODULE:CLASS", help="The schema, such as flights:Flight."
)
@output_option()
@click.option(
    "--rows", type=click.IntRange(min=0), default=5, show_default=True, help="Failing rows shown per rule."
)
@click.option("--redact", is_flag=True, help="Show no value of the data: only columns, rules and counts.")
def validate(file: Path, reference: str, output: str, rows: int, redact: bool) -> None:
    """Check a Parquet, CSV or JSON file against a schema.

    Exit status 0: it keeps every rule; 1: it does not; 2: it cannot be read, or the schema not be found.
    """
    from typedml.boundary.checking import check, plan_of
    from typedml.boundary.files import read_frame
    from typedml.boundary.findings import findings

    schema = load(reference)
    plan_of(schema)
    report = check(schema, read_frame(file, schema), rows=rows)
    told = report.redacted() if redact else report
    emit([findings(told, str(file))], output)
    click.get_current_context().exit(0 if report.ok else 1)
