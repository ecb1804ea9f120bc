"""The matrix as a table: `python -m tests.boundary.conformance [ENGINE ...]`.

For each engine and cell: how many rules agree with the oracle, on each way that the engine has; then what an
engine cannot do or its library cannot hold, and every difference.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from tests.boundary.conformance.cells import CELLS
from tests.boundary.conformance.engines import ENGINES, Engine
from tests.boundary.conformance.matrix import AGREES, CANNOT, DIFFERS, UNHELD, Asked, ask, ask_together
from tests.boundary.conformance.rules import RULES


def main(names: Sequence[str]) -> int:
    """Print the matrix of the engines that are named, or of all; 1 where a cell differs."""
    width = max(len(name) for name in ENGINES)
    print(" " * width, *(f"{cell:>10}" for cell in CELLS), f"{'in all':>8}")
    asked = []
    for name in names or ENGINES:
        of_engine = asked_of(ENGINES[name])
        agreeing = Counter(each.cell for each in of_engine if each.outcome == AGREES)
        print(
            f"{name:<{width}}",
            *(f"{agreeing[cell]:>10}" for cell in CELLS),
            f"{agreeing.total():>8}",
            flush=True,
        )
        asked += of_engine
    for outcome in (CANNOT, UNHELD, DIFFERS):
        _print_apart(outcome, [each for each in asked if each.outcome == outcome])
    print(f"{len(RULES)} rules, {len(asked):,} cells, of which {Counter(each.outcome for each in asked)}")
    return int(any(each.outcome == DIFFERS for each in asked))


def asked_of(engine: Engine) -> list[Asked]:
    """Every cell of an engine."""
    if engine.wide:
        alone = [each for row in engine.asks(RULES.values()) if row.alone for each in ask(engine, row)]
        return alone + [
            each for cell in CELLS for each in ask_together(engine, engine.asks(RULES.values()), cell)
        ]
    return [each for row in engine.asks(RULES.values()) for each in ask(engine, row)]


def _print_apart(outcome: str, asked: Sequence[Asked]) -> None:
    for (engine, detail), times in Counter((each.engine, each.detail) for each in asked).items():
        rules = dict.fromkeys(each.rule for each in asked if (each.engine, each.detail) == (engine, detail))
        print(f"{outcome}: {engine} in {times} cells: {detail} ({', '.join(rules)})")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
