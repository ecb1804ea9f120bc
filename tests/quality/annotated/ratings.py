"""Ratings of players, by Elo and by Glicko: a rating is a point, differences of ratings are what counts."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Final

from typedml import PROBABILITY, PROPORTION, Count, Identifier, Kind, Probability, Proportion, raw

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

POINTS = Kind("RatingDifference")
RATING = Kind("Rating", sort="torsor", delta=POINTS)
Rating = Annotated[float, RATING]
Points = Annotated[float, POINTS]

SPREAD: Final[Points] = 400.0
START: Final[Rating] = 1500.0
MOST_DOUBT: Final[Points] = 350.0
Q: Final = math.log(10) / 400
K_FACTOR: Final[Points] = 32.0


@dataclass(frozen=True)
class Player:
    """Somebody who plays, with a rating and how much it is to be doubted."""

    name: Identifier
    rating: Rating = START
    deviation: Points = MOST_DOUBT
    games: Count = 0


@dataclass(frozen=True)
class Game:
    """What became of one game: 1 for a win of white, 0.5 for a draw."""

    white: Identifier
    black: Identifier
    score: Proportion

    def of_black(self) -> Proportion:
        return 1 - self.score


def expected(mine: Rating, theirs: Rating) -> Probability:
    return PROBABILITY(1 / (1 + 10 ** ((theirs - mine) / SPREAD)))


def updated(player: Player, other: Player, score: Proportion, k: Points = K_FACTOR) -> Player:
    rating = player.rating + k * (score - expected(player.rating, other.rating))
    return replace(player, rating=rating, games=player.games + 1)


def performance(opponents: Sequence[Rating], score: Proportion) -> Rating:
    """The rating that would have expected such a score, within one spread."""
    mean = sum(r - START for r in opponents) / len(opponents)
    return START + mean + SPREAD * (2 * score - 1)


def g(deviation: Points) -> Proportion:
    """How much a game says, if the other's rating is to be doubted."""
    return PROPORTION(1 / math.sqrt(1 + 3 * (Q * raw(deviation) / math.pi) ** 2))


def glicko_expected(player: Player, other: Player) -> Probability:
    exponent = -g(other.deviation) * (player.rating - other.rating) / SPREAD
    return PROBABILITY(1 / (1 + 10**exponent))


def glicko(player: Player, results: Iterable[tuple[Player, Proportion]]) -> Player:
    information, change = 0.0, 0.0
    n = 0
    for other, score in results:
        e = glicko_expected(player, other)
        information += Q**2 * g(other.deviation) ** 2 * e * (1 - e)
        change += g(other.deviation) * (score - e)
        n += 1
    precision = 1 / raw(player.deviation) ** 2 + information
    return Player(
        player.name,
        player.rating + POINTS(Q / precision * change),
        POINTS(math.sqrt(1 / precision)),
        player.games + n,
    )


def season(players: Mapping[Identifier, Player], games: Iterable[Game]) -> dict[Identifier, Player]:
    table = dict(players)
    for game in games:
        white, black = table[game.white], table[game.black]
        table[game.white] = updated(white, black, game.score)
        table[game.black] = updated(black, white, game.of_black())
    return table


def ranking(players: Iterable[Player]) -> list[Identifier]:
    ordered = sorted(players, key=lambda player: player.rating, reverse=True)
    return [player.name for player in ordered]


def wins(games: Iterable[Game]) -> dict[Identifier, float]:
    found: dict[Identifier, float] = defaultdict(float)
    for game in games:
        found[game.white] += game.score
        found[game.black] += game.of_black()
    return dict(found)


def gap(players: Sequence[Player]) -> Points:
    ratings = [player.rating for player in players]
    return max(ratings) - min(ratings)
