"""The engines have one shape, load nothing on their own, and need no library that only makes them fast."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import typedml.boundary.engines as engines
from tests.boundary.tables import column, field, only_native, operation, schema
from typedml.boundary import check

FOLDER = Path(str(engines.__file__)).parent
NAMES = [
    "takes",
    "survey",
    "lists",
    "values",
    "count",
    "hold",
    "locate",
    "fetch",
    "divide",
    "size",
    "pick",
    "distinct",
]
FLIGHT = schema(
    field("s", str, unique=True, pattern="[a-z]", nullable=True),
    field("t", str, isin=("a", "b"), ge="a"),
    checks={"same": operation("==", column("s", str), column("t", str))},
)
TABLE: dict[str, Any] = {"s": ["a", "a", "B", None, "c"], "t": ["a", "b", "b", None, "a"]}
COUNTS = {("s", "pattern"): 1, ("s", "unique"): 2, ("t", "null"): 1, (None, "same"): 3}


@pytest.mark.parametrize("engine", ["pandas", "polars", "pyarrow", "numpy", "rows", "dask", "narwhals"])
def test_an_engine_has_the_functions_of_all_engines_in_their_order(engine: str) -> None:
    tree = ast.parse((FOLDER / f"{engine}.py").read_text(encoding="utf-8"))
    functions = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert [name for name in functions if not name.startswith("_")] == NAMES
    assert all(f"`{name}(" in str(engines.__doc__) for name in NAMES)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_the_boundary_loads_only_the_library_of_the_frame(library: str) -> None:
    other = {"pandas": "polars", "polars": "pandas"}[library]
    code = f"""
import sys
import typedml.boundary
from typedml import FeatureSchema
assert not {{"numpy", "pandas", "polars", "pyarrow", "rich", "narwhals"}} & set(sys.modules), sys.modules
class Row(FeatureSchema):
    x: float
import {library}
for rows in (1, 1000):
    assert Row.check({library}.DataFrame({{"x": [1.0] * rows}})).ok
assert "{other}" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("absent", [(), ("polars", "pyarrow")])
@pytest.mark.parametrize("kind", [object, "str", "string[python]"])
def test_pandas_text_is_judged_alike_with_and_without_faster_libraries(
    monkeypatch: pytest.MonkeyPatch, kind: Any, absent: tuple[str, ...]
) -> None:
    frame = pd.DataFrame({name: pd.Series(cells, dtype=kind) for name, cells in TABLE.items()})
    for name in absent:
        if not (name == "pyarrow" and kind == "str"):
            monkeypatch.delitem(sys.modules, name)
    with only_native():
        counts = check(FLIGHT, frame).counts
    assert {key: count for key, count in counts.items() if count} == COUNTS


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view()])
def test_pandas_text_of_every_arrow_type_is_judged_alike(kind: pa.DataType) -> None:
    frame = pd.DataFrame(TABLE, dtype=pd.ArrowDtype(kind))
    with only_native():
        counts = check(FLIGHT, frame).counts
    assert {key: count for key, count in counts.items() if count} == COUNTS


def test_polars_text_is_judged_alike() -> None:
    with only_native():
        counts = check(FLIGHT, pl.DataFrame(TABLE)).counts
    assert {key: count for key, count in counts.items() if count} == COUNTS


def test_integers_beyond_64_bits_are_judged_in_python() -> None:
    frame = pd.DataFrame({"n": pd.Series([2**70, 1, None], dtype=object)})
    declared = schema(field("n", int, nullable=True, le=5), checks={"r": operation("<", column("n", int), 2)})
    with only_native():
        counts = check(declared, frame).counts
    assert (counts["n", "le"], counts[None, "r"]) == (1, 1)
