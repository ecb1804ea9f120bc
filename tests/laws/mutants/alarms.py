"""Alarms on right code: what laws say of the features of the examples as they stand.

python -m tests.laws.mutants.alarms --tables 8 --tables 100 --tables 1000
"""

from __future__ import annotations

import os
import time
from typing import NamedTuple

import click

from tests.laws.mutants.examples import ENERGY, FLIGHTS
from tests.laws.mutants.processes import spread
from typedml.laws import check_laws

EXAMPLES = {example.name: example for example in (FLIGHTS, ENERGY)}
HEAD = (
    "example",
    "tables a law",
    "features",
    "laws tried",
    "not tried",
    "not to the end",
    "alarms",
    "CPU seconds",
)


class Trial(NamedTuple):
    """One feature of an example at a number of tables."""

    example: str
    place: str
    tables: int
    seed: int


class Tried(NamedTuple):
    """How many laws were tried, could not be, were not tried to the end; what they say; seconds of CPU."""

    laws: int
    untried: int
    unreached: int
    alarms: tuple[str, ...]
    seconds: float


def tried(trial: Trial) -> Tried:
    """The laws of one feature."""
    feature = dict(EXAMPLES[trial.example].features())[trial.place]
    started = time.process_time()
    report = check_laws(feature, tables=trial.tables, seed=trial.seed)
    seconds = time.process_time() - started
    said = (f"{trial.place}, {trial.tables} tables: {failure.message}" for failure in report.failures)
    return Tried(len(report.checked), len(report.skipped), len(report.unreached), tuple(said), seconds)


@click.command()
@click.argument("names", type=click.Choice(list(EXAMPLES)), nargs=-1)
@click.option("--tables", multiple=True, type=int, default=[8])
@click.option("--seed", default=0)
@click.option("--jobs", "-j", default=os.cpu_count() or 1, help="Processes.")
def main(names: tuple[str, ...], tables: tuple[int, ...], seed: int, jobs: int) -> None:
    """Print a Markdown table: how often laws were tried at each number of tables, and their alarms."""
    click.echo(_row(*HEAD))
    click.echo(_row(*["---"] * len(HEAD)))
    alarms: list[str] = []
    for number in tables:
        for name in names or EXAMPLES:
            trials = [Trial(name, place, number, seed) for place, _ in EXAMPLES[name].features()]
            found = spread(tried, trials, jobs)
            laws, untried = sum(each.laws for each in found), sum(each.untried for each in found)
            unreached = sum(each.unreached for each in found)
            said = [alarm for each in found for alarm in each.alarms]
            seconds = sum(each.seconds for each in found)
            click.echo(_row(name, number, len(found), laws, untried, unreached, len(said), f"{seconds:.0f}"))
            alarms += said
    for alarm in alarms:
        click.echo(f"\n{alarm}")


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


if __name__ == "__main__":
    main()
