"""`typedml validate FILE --schema module:Class`: a data file against a schema."""

import json
from pathlib import Path

import click

from typedml.cli.console import console
from typedml.cli.reference import load


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--schema", "reference", required=True, metavar="MODULE:CLASS", help="The schema, such as flights:Flight."
)
@click.option("--output", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--rows", type=click.IntRange(min=0), default=5, show_default=True, help="Failing rows shown per rule."
)
def validate(file: Path, reference: str, output: str, rows: int) -> None:
    """Check a Parquet, CSV or JSON file against a schema.

    Exit status 0: it keeps every rule; 1: it does not; 2: it cannot be read, or the schema not be found.
    """
    from typedml.boundary.checking import check, plan_of
    from typedml.boundary.files import read_frame
    from typedml.boundary.terminal import show

    schema = load(reference)
    plan_of(schema)
    report = check(schema, read_frame(file, schema), rows=rows)
    if output == "json":
        click.echo(json.dumps({"file": str(file), **report.to_dict()}, indent=2, ensure_ascii=False))
    else:
        show(report, console())
    click.get_current_context().exit(0 if report.ok else 1)
