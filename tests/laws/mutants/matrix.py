"""The kill matrix: which mutant is refused by which layer, and by which law, with its reason."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import final

import attrs

from tests.laws.mutants.layers import (
    said_by_laws,
    said_by_mypy,
    said_by_the_boundary,
    said_by_the_proposed_example,
)
from tests.laws.mutants.mutant import Mutant
from tests.laws.mutants.processes import spread

LAYERS = ("mypy", "boundary", "laws")
HEAD = (
    "family",
    "mutants",
    *LAYERS,
    "laws without examples",
    "laws alone",
    "any",
    "any, proposed example pasted",
)
WORKED_EXAMPLES = "anchor"
PASTED = "The report asks for a worked example; the one that it proposes refutes it."


@final
@attrs.frozen
class Verdict:
    """What the layers say of a mutant: an empty text, and no law, where they say nothing.

    `proposed` is what the worked example says that is proposed for the right feature, if one is asked for.
    """

    mutant: Mutant
    mypy: str = ""
    boundary: str = ""
    laws: dict[str, str] = attrs.field(factory=dict)
    proposed: str = ""

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers that refuse it."""
        said = (self.mypy, self.boundary, self.laws)
        return tuple(layer for layer, words in zip(LAYERS, said, strict=True) if words)

    @property
    def is_refuted_unaided(self) -> bool:
        """True where a law refutes it that follows from the declaration, and not a worked example alone."""
        return any(law != WORKED_EXAMPLES for law in self.laws)

    @property
    def survives(self) -> bool:
        """True where no layer refuses it."""
        return not self.layers


def judged(mutants: Sequence[Mutant], *, tables: int = 8, seed: int = 0, jobs: int = 1) -> list[Verdict]:
    """The verdict on each mutant of one example: mypy in one run over all of them, the others one by one."""
    by_mypy = said_by_mypy(mutants)
    verdicts = spread(partial(_run, tables=tables, seed=seed), mutants, jobs)
    return [attrs.evolve(v, mypy=by_mypy.get(v.mutant.name, "")) for v in verdicts]


def _run(mutant: Mutant, *, tables: int, seed: int) -> Verdict:
    """What is said of a mutant that is run."""
    boundary, laws = said_by_the_boundary(mutant), said_by_laws(mutant, tables=tables, seed=seed)
    return Verdict(mutant, "", boundary, laws, said_by_the_proposed_example(mutant))


def write(verdicts: Sequence[Verdict], path: Path) -> None:
    """Write verdicts as JSON lines, one for each mutant, so that reasons can be read and compared."""
    said = [attrs.asdict(v, filter=lambda field, _: field.name != "mutant") for v in verdicts]
    rows = ({"name": v.mutant.name, **words} for v, words in zip(verdicts, said, strict=True))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def by_layer(verdicts: Sequence[Verdict]) -> str:
    """How many mutants of each family each layer refuses, as a Markdown table."""
    lines = [_row(*HEAD), _row(*["---"] * len(HEAD))]
    for family in (*sorted({v.mutant.family for v in verdicts}), "all"):
        of = [v for v in verdicts if family in (v.mutant.family, "all")]
        by_mypy, at_boundary, by_laws = (sum(layer in v.layers for v in of) for layer in LAYERS)
        unaided = sum(v.is_refuted_unaided for v in of)
        alone = sum(v.layers == ("laws",) for v in of)
        refused = sum(not v.survives for v in of)
        pasted = sum(bool(v.proposed) or not v.survives for v in of)
        lines.append(_row(family, len(of), by_mypy, at_boundary, by_laws, unaided, alone, refused, pasted))
    return "\n".join(lines)


def by_law(verdicts: Sequence[Verdict]) -> str:
    """How many mutants each law refutes, and how many no other law does, as a Markdown table."""
    found = Counter(law for v in verdicts for law in v.laws)
    alone = Counter(next(iter(v.laws)) for v in verdicts if len(v.laws) == 1)
    lines = ["| law | refutes | alone |", "|---|---|---|"]
    return "\n".join([*lines, *(_row(law, count, alone[law]) for law, count in found.most_common())])


def survivors(verdicts: Sequence[Verdict]) -> str:
    """The mutants that nothing refuses, each with the reason, as a Markdown table."""
    lines = ["| feature | mistake | code | why nothing refuses it |", "|---|---|---|---|"]
    for verdict in verdicts:
        mutant = verdict.mutant
        if verdict.survives:
            why = mutant.why or (PASTED if verdict.proposed else "not explained")
            lines.append(_row(mutant.place, mutant.family, _code(mutant), why))
    return "\n".join(lines)


def each(verdicts: Sequence[Verdict]) -> str:
    """Every mutant with what each layer says of it, as a Markdown table."""
    lines = ["| | feature | mistake | mypy | boundary | laws |", "|---|---|---|---|---|---|"]
    for verdict in verdicts:
        mutant = verdict.mutant
        code = verdict.mypy.partition(":")[0]
        said = "yes" if verdict.boundary else ""
        lines.append(_row(mutant.name, mutant.place, mutant.family, code, said, ", ".join(verdict.laws)))
    return "\n".join(lines)


def _code(mutant: Mutant) -> str:
    return f"`{' '.join(mutant.new.split())}`".replace("|", "\\|")


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"
