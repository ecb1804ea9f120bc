"""Meanings are checked beside the plugins of pydantic and pandera, in whatever order they are named."""

from __future__ import annotations

from typing import Final

import pytest

from tests.mypy.conftest import Mypy

OURS: Final = "typedml.mypy"
MODELS: Final = """\
from typing import Annotated
from pydantic import BaseModel
from typedml import Unit

Km = Annotated[float, Unit("km")]
Hour = Annotated[float, Unit("hour")]

class Leg(BaseModel):
    length: Km
    time: Hour

def use(d: Km, t: Hour, leg: Leg) -> Hour:
    Leg(length=d, time=t)
    Leg(length=t, time=t)
    leg.length + leg.time
    leg.length = t
    Leg(length=d)
    return leg.length
"""
PLAIN: Final = """\
from pydantic import BaseModel
import pandera.pandas as pa
from pandera.typing import DataFrame, Series

class Row(BaseModel):
    a: float
    b: int = "x"

class Frame(pa.DataFrameModel):
    a: Series[float]

def use(frame: DataFrame[Frame], row: Row) -> int:
    Row(a="x")
    row.c
    reveal_type(row.a)
    reveal_type(frame)
    return frame
"""
INIT_TYPED: Final = "[pydantic-mypy]\ninit_typed = True\n"


def configured(mypy: Mypy, plugins: str) -> None:
    (mypy.folder / "mypy.ini").write_text(f"[mypy]\nplugins = {plugins}\n{INIT_TYPED}", encoding="utf-8")


@pytest.mark.parametrize("plugins", [f"{OURS}, pydantic.mypy", f"pydantic.mypy, {OURS}"])
def test_models_of_pydantic_are_checked_in_both_orders(plugins: str, mypy: Mypy) -> None:
    mypy.write(models=MODELS)
    configured(mypy, plugins)
    said = mypy.run("models.py").said["models.py"]
    codes = {line: [t.rpartition("[")[2] for t in texts if t[0] == "E"] for line, texts in said.items()}
    assert codes == {
        14: ["typedml-unit]"],
        15: ["typedml-unit]"],
        16: ["typedml-unit]"],
        17: ["call-arg]"],
        18: ["typedml-unit]"],
    }


@pytest.mark.slow
@pytest.mark.parametrize("other", ["pydantic.mypy", "pandera.mypy"])
def test_ordinary_models_get_what_the_other_plugin_says_alone(other: str, mypy: Mypy) -> None:
    mypy.write(plain=PLAIN)
    said = []
    for plugins in (other, f"{other}, {OURS}", f"{OURS}, {other}"):
        configured(mypy, plugins)
        said.append(mypy.run("plain.py").output)
    assert "[" in said[0]
    assert "INTERNAL ERROR" not in said[0]
    assert said[0] == said[1] == said[2]
