"""Judge a table of mutants and print the matrix.

python -m tests.laws.mutants                          # the first half
python -m tests.laws.mutants TABLE.jsonl --verdicts verdicts.jsonl --page docs/mutants.md
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tests.laws.mutants import matrix
from tests.laws.mutants.mutant import FIRST, FLIGHTS, read
from tests.laws.mutants.page import fill


@click.command()
@click.argument("table", type=click.Path(path_type=Path, exists=True), default=FIRST)
@click.option("--tables", default=8, help="Generated tables a law.")
@click.option("--seed", default=0)
@click.option("--verdicts", type=click.Path(path_type=Path), help="Write what each layer says as JSON lines.")
@click.option("--page", type=click.Path(path_type=Path), help="Fill the tables of this page.")
def main(table: Path, tables: int, seed: int, verdicts: Path | None, page: Path | None) -> None:
    """Judge the mutants of TABLE by mypy, at the boundary and by the laws."""
    sys.path.insert(0, str(FLIGHTS))
    found = matrix.judged(read(table), tables=tables, seed=seed)
    if verdicts is not None:
        matrix.write(found, verdicts)
    if page is not None:
        page.write_text(fill(page.read_text(encoding="utf-8"), table.stem, found), encoding="utf-8")
    for part in (matrix.by_layer, matrix.by_law, matrix.survivors):
        click.echo(part(found) + "\n")


if __name__ == "__main__":
    main()
