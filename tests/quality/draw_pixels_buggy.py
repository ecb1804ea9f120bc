"""Drawings of digits, scaled to [0, 1] on their way into a model."""

from dataclasses import dataclass

from typedml import UNIT_INTERVAL, Pixel255, UnitInterval


@dataclass
class Drawing:
    pixels: list[Pixel255]


def scale(pixel: Pixel255) -> UnitInterval:
    return UNIT_INTERVAL(pixel / 255)


def load(drawing: Drawing) -> list[UnitInterval]:
    return [scale(pixel) for pixel in drawing.pixels]


def brightness(batch: list[UnitInterval]) -> UnitInterval:
    return sum(batch) / len(batch)


def predict(drawing: Drawing) -> float:
    batch = load(drawing)
    return brightness([scale(pixel) for pixel in batch])  # the bug


def main() -> float:
    return predict(Drawing([0, 51, 255, 204]))
