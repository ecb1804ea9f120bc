# mypy: warn-return-any
"""Ranges with a free end; messages of mypy's own that name a declared type."""

import json
from typing import Annotated, Any

from typedml import Kind, Unit

Km = Annotated[float, Unit("km")]
HEIGHT_ABOVE = Kind("HeightAbove", unit="km", range=(0.0, float("inf")))
Height = Annotated[float, HEIGHT_ABOVE]
Depth = Annotated[float, Kind("DepthBelow", unit="km", range=(-float("inf"), 0))]


def read(text: str) -> Km:
    return json.loads(text)  # E: Returning Any from function declared to return "float[km]" [no-any-return]


def double(height: Height, depth: Depth) -> None:
    reveal_type(2 * height)  # R: float[HeightAbove]
    reveal_type(depth / 2)  # R: float[DepthBelow]
    reveal_type(-depth)  # R: float[km]
    h: Height = -1.0  # E: Incompatible types in assignment (expression has type "float", variable has type "float[HeightAbove]") [typedml-value]


def keyed(distance: Km, above: Km) -> None:
    a: dict[Km, int] = {"a": 1}  # E: Dict entry 0 has incompatible type "str": "int"; expected "float[km]": "int" [typedml-unit]
    b: dict[Km, int] = {distance: 1}
    c: dict[Km, Height] = {distance: above}  # E: Dict entry 0 has incompatible type "float[km]": "float[km]"; expected "float[km]": "float[HeightAbove]" [typedml-kind]
