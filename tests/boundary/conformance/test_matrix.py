"""Every rule on every engine in every cell: the counts and rows of the oracle, or a told reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.boundary.conformance.cells import CELLS, table_of
from tests.boundary.conformance.engines import ENGINES, MAIN, Engine
from tests.boundary.conformance.matrix import DIFFERS, ask, ask_together, rows_of
from tests.boundary.conformance.oracle import judge
from tests.boundary.conformance.rows import RuleRow
from tests.boundary.conformance.rules import RULES


def of_each(engines: Mapping[str, Engine]) -> list[Any]:
    return [
        pytest.param(engine, marks=(*engine.marks, *(() if name in MAIN else (pytest.mark.slow,))), id=name)
        for name, engine in engines.items()
    ]


FAST = {name: engine for name, engine in ENGINES.items() if not engine.wide}
WIDE = {name: engine for name, engine in ENGINES.items() if engine.wide}


@pytest.mark.parametrize("row", RULES.values(), ids=RULES)
def test_the_rows_of_a_rule_are_what_they_are_said_to_be(row: RuleRow) -> None:
    failing = {
        cell: judge(row.spec, rows_of(table_of(row, cells))).counts[row.target]
        for cell in ("none", "some", "all", "empty")
        if (cells := CELLS[cell](row)) is not None
    }
    assert failing["none"] == 0
    assert failing["empty"] == (1 if row.target[1] == "rows" else 0)
    if row.bad:
        assert failing["some"] > 0
        assert failing["all"] == (0 if row.target[1] in ("increasing", "decreasing") else 6)


@pytest.mark.parametrize("engine", of_each(FAST))
@pytest.mark.parametrize("row", RULES.values(), ids=RULES)
def test_a_rule_counts_the_same_on_every_engine(engine: Engine, row: RuleRow) -> None:
    asked = list(ask(engine, row)) if row.name not in engine.lacks else []
    assert [each for each in asked if each.outcome == DIFFERS] == []


@pytest.mark.parametrize("engine", of_each(WIDE))
@pytest.mark.parametrize("cell", CELLS)
def test_rules_count_the_same_together(engine: Engine, cell: str) -> None:
    asked = list(ask_together(engine, engine.asks(RULES.values()), cell))
    assert asked
    assert [each for each in asked if each.outcome == DIFFERS] == []


@pytest.mark.parametrize("engine", of_each(WIDE))
@pytest.mark.parametrize("row", [row for row in RULES.values() if row.alone], ids=lambda row: row.name)
def test_a_rule_of_the_table_counts_the_same_on_every_engine(engine: Engine, row: RuleRow) -> None:
    asked = list(ask(engine, row))
    assert asked
    assert [each for each in asked if each.outcome == DIFFERS] == []
