"""Every rule on DuckDB, Dask and PySpark: the counts of the oracle, or a told reason."""

from __future__ import annotations

from typing import Any

import pytest

from tests.boundary.conformance.cells import CELLS
from tests.boundary.conformance.engines import Engine
from tests.boundary.conformance.lazy import IN_ORDER, LAZY, PYTHON_ALONE, spark_frame, unsigned
from tests.boundary.conformance.matrix import DIFFERS, ask_together
from tests.boundary.conformance.rules import RULES


@pytest.mark.slow
@pytest.mark.parametrize("engine", LAZY, ids=lambda each: each.name)
@pytest.mark.parametrize("cell", CELLS)
def test_rules_count_the_same_where_rows_have_no_order(engine: Engine, cell: str) -> None:
    asked = list(ask_together(engine, list(RULES.values()), cell))
    assert asked
    assert [each for each in asked if each.outcome == DIFFERS] == []


@pytest.mark.spark
@pytest.mark.parametrize("cell", CELLS)
def test_rules_count_the_same_on_pyspark(spark: Any, cell: str) -> None:
    engine = Engine(
        "pyspark",
        spark_frame(spark),
        cannot=IN_ORDER | PYTHON_ALONE,
        unheld=unsigned,
        paths=("native",),
        wide=True,
    )
    asked = list(ask_together(engine, list(RULES.values()), cell))
    assert asked
    assert [each for each in asked if each.outcome == DIFFERS] == []
