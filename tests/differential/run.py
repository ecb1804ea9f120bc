"""The campaign: `python -m tests.differential.run --programs 100000 --seed 1`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from itertools import product
from pathlib import Path
from typing import Final

import attrs

from tests.differential import oracle_units
from tests.differential.checker import Finding, check
from tests.differential.explained import explain
from tests.differential.expressions import Node
from tests.differential.generate import BINARY, IN_PLACE, Program, generate
from tests.differential.verdicts import Difference, differences

BATCH: Final = 10_000
SORTS: Final = ("vector", "torsor", "opaque", "number", "plain")
DECLARED: Final = ("vector", "torsor", "opaque")

Row = tuple[str, str, str]


def rows() -> set[Row]:
    """Return operator x sort x sort, but for rows of which no side has a meaning."""
    pairs = {(a, b) for a, b in product(SORTS, SORTS) if a in DECLARED or b in DECLARED}
    signs = [*BINARY, "min", "max", "if"]
    found = {(sign, *pair) for sign in signs for pair in pairs}
    return found | {(f"{sign}=", a, b) for sign in IN_PLACE for a in DECLARED for b in SORTS}


ROWS: Final = frozenset(rows())


def row(node: Node) -> Row | None:
    """Return the row that a node is of."""
    if len(node.parts) < 2:
        return None
    return (node.op, node.parts[-2].sort, node.parts[-1].sort)


@attrs.define
class Tally:
    """What a campaign found."""

    programs: int = 0
    wrong: int = 0
    reported: int = 0
    hit: set[Row] = attrs.field(factory=set)
    depth: int = 0
    explained: Counter[str] = attrs.field(factory=Counter)
    differing: int = 0
    differences: int = 0
    of_units: int = 0
    undecided: list[Program] = attrs.field(factory=list)
    unexplained: list[Difference] = attrs.field(factory=list)

    def add(self, program: Program, said: list[Finding]) -> None:
        """Compare the two verdicts on a program."""
        self.programs += 1
        self.wrong += bool(program.faults)
        self.reported += bool(said)
        for node in program.nodes:
            found = row(node)
            if found in ROWS:
                self.hit.add(found)
        self.hit |= {s.operator for s in program.statements if s.operator in ROWS}
        if oracle_units.concerns(program):
            self.of_units += 1
            if oracle_units.is_wrong(program) != bool(program.faults):
                self.undecided.append(program)
        self.depth = max(self.depth, *(s.node.depth for s in program.statements))
        self.differing += bool(program.faults) != bool(said)
        for difference in differences(program, said):
            self.differences += 1
            reason = explain(difference)
            if reason is None:
                self.unexplained.append(difference)
            else:
                self.explained[reason] += 1

    @property
    def share_wrong(self) -> float:
        return self.wrong / self.programs

    @property
    def share_hit(self) -> float:
        return len(self.hit) / len(ROWS)

    def text(self) -> str:
        """Return the report."""
        lines = [
            f"{self.programs} programs, depth up to {self.depth}",
            f"wrong {self.share_wrong:.1%}, reported by mypy {self.reported / self.programs:.1%}",
            f"rows of operator x sort x sort hit: {len(self.hit)} of {len(ROWS)}, {self.share_hit:.1%}",
            f"of units alone, so judged by Pint too: {self.of_units}, otherwise: {len(self.undecided)}",
            f"programs with another verdict: {self.differing}",
            f"expressions with another verdict: {self.differences}, unexplained: {len(self.unexplained)}",
            *(f"  {count:6}  {reason}" for reason, count in self.explained.most_common()),
        ]
        return "\n".join(lines)


def campaign(programs: int, seed: int, *, batch: int = BATCH) -> Tally:
    """Generate programs, judge them twice, and compare."""
    tally = Tally()
    for start in range(0, programs, batch):
        numbers = range(start, min(start + batch, programs))
        judge([generate(seed * 1_000_000 + number) for number in numbers], tally)
    return tally


def judge(programs: list[Program], tally: Tally) -> Tally:
    """Have mypy check programs, and compare its verdicts with the oracle's."""
    with tempfile.TemporaryDirectory() as folder:
        said = check({program.seed: program.text for program in programs}, Path(folder))
    for program in programs:
        tally.add(program, said.get(program.seed, []))
    return tally


def main(arguments: list[str]) -> int:
    """Run a campaign and print what it found; fail if something has no explanation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=10, help="how many unexplained programs to print")
    options = parser.parse_args(arguments)
    start = time.process_time()
    tally = campaign(options.programs, options.seed)
    print(tally.text())
    print(f"{time.process_time() - start:.0f} s of CPU")
    for difference in tally.unexplained[: options.show]:
        print(f"\n{difference.program.text}\n  # {difference}")
    for program in tally.undecided[: options.show]:
        print(f"\n{program.text}\n  # the oracle: {program.faults}, and Pint says otherwise")
    return 1 if tally.unexplained or tally.undecided else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
