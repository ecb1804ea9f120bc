"""Alarms on right code: what laws say of the features of the example as they stand.

python -m tests.laws.mutants.alarms --tables 8 --tables 100 --tables 1000
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import click

from tests.laws.mutants.mutant import FLIGHTS
from typedml.laws import check_laws

MODULES = ("features", "frames", "frames_polars", "windows", "joins", "arrays", "learned")


def right_features() -> Iterator[tuple[str, Callable[..., Any]]]:
    """The features of the example, each by its module and name."""
    sys.path.insert(0, str(FLIGHTS))
    for module in map(import_module, MODULES):
        for feature in module.FEATURES:
            yield f"{module.__name__}.{feature.__name__}", feature


@click.command()
@click.option("--tables", multiple=True, type=int, default=[8])
@click.option("--seed", default=0)
def main(tables: tuple[int, ...], seed: int) -> None:
    """Print a Markdown table: how often laws were tried at each number of tables, and their alarms."""
    click.echo("| tables a law | features | laws tried | not tried | alarms | CPU seconds |")
    click.echo("|---|---|---|---|---|---|")
    said = []
    for number in tables:
        started, tried, untried, alarms = time.process_time(), 0, 0, 0
        features = list(right_features())
        for name, feature in features:
            report = check_laws(feature, tables=number, seed=seed)
            tried, untried = tried + len(report.checked), untried + len(report.skipped)
            alarms += len(report.failures)
            said += [f"{name}, {number} tables: {failure.message}" for failure in report.failures]
        spent = time.process_time() - started
        click.echo(f"| {number} | {len(features)} | {tried} | {untried} | {alarms} | {spent:.0f} |")
    for message in said:
        click.echo(f"\n{message}")


if __name__ == "__main__":
    main()
