"""Judge tables of mutants and print the matrix.

python -m tests.laws.mutants                          # the flights, seen while laws were written
python -m tests.laws.mutants blind_flights blind_energy --verdicts FOLDER --page docs/mutants.md
"""

from __future__ import annotations

import os
from pathlib import Path

import click

from tests.laws.mutants import matrix
from tests.laws.mutants.mutant import SEEN, TABLES, read
from tests.laws.mutants.page import fill


@click.command()
@click.argument("names", type=click.Choice(list(TABLES)), nargs=-1)
@click.option("--tables", default=8, help="Generated tables a law.")
@click.option("--seed", default=0)
@click.option("--jobs", "-j", default=os.cpu_count() or 1, help="Processes.")
@click.option(
    "--verdicts", type=click.Path(path_type=Path, file_okay=False), help="Where to write each reason."
)
@click.option("--page", type=click.Path(path_type=Path), help="Fill the tables of this page.")
def main(
    names: tuple[str, ...], tables: int, seed: int, jobs: int, verdicts: Path | None, page: Path | None
) -> None:
    """Judge the mutants of some tables by mypy, at the boundary and by the laws."""
    for name in names or (SEEN,):
        found = matrix.judged(read(name), tables=tables, seed=seed, jobs=jobs)
        if verdicts is not None:
            verdicts.mkdir(parents=True, exist_ok=True)
            matrix.write(found, verdicts / f"{name}.jsonl")
        if page is not None:
            page.write_text(fill(page.read_text(encoding="utf-8"), name, found), encoding="utf-8")
        for part in (matrix.by_layer, matrix.by_law, matrix.survivors):
            click.echo(f"{name}\n\n{part(found)}\n")


if __name__ == "__main__":
    main()
