"""Similarities of unit vectors from a library that returns squared distances."""

import math
from dataclasses import dataclass
from typing import Annotated

from typedml import DISTANCE, SIMILARITY, Distance, Kind, Similarity

SQUARED_DISTANCE = Kind("SquaredDistance", range=(0.0, float("inf")))
SquaredDistance = Annotated[float, SQUARED_DISTANCE]


@dataclass
class Index:
    rows: list[tuple[float, float]]

    def search(self, query: tuple[float, float]) -> list[SquaredDistance]:
        return [SQUARED_DISTANCE((query[0] - x) ** 2 + (query[1] - y) ** 2) for x, y in self.rows]


def similarity(distance: Distance) -> Similarity:
    return SIMILARITY(1 - distance / math.sqrt(2))


def similarities(index: Index, query: tuple[float, float]) -> list[Similarity]:
    return [similarity(DISTANCE(math.sqrt(found))) for found in index.search(query)]


def main() -> float:
    return max(similarities(Index([(0.8, 0.6), (0.0, 1.0)]), (1.0, 0.0)))
