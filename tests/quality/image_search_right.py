"""A search for reposts: the index knows rows of its own, posts are another table."""

from dataclasses import dataclass
from typing import Annotated

from typedml import IDENTIFIER, Kind

POST_ID = Kind("PostId", parent=IDENTIFIER)
ROW_ID = Kind("RowId", parent=IDENTIFIER)
PostId = Annotated[int, POST_ID]
RowId = Annotated[int, ROW_ID]


@dataclass
class Row:
    id: RowId
    post: PostId


@dataclass
class Tables:
    rows: dict[RowId, Row]
    upvotes: dict[PostId, int]

    def votes(self, post: PostId) -> int:
        return self.upvotes[post]


def best(tables: Tables, found: list[RowId]) -> int:
    return max(tables.votes(tables.rows[row].post) for row in found)


def main() -> float:
    rows = {ROW_ID(1): Row(ROW_ID(1), POST_ID(3)), ROW_ID(2): Row(ROW_ID(2), POST_ID(4))}
    upvotes = {POST_ID(1): 7, POST_ID(2): 11, POST_ID(3): 120, POST_ID(4): 35}
    return best(Tables(rows, upvotes), [ROW_ID(1), ROW_ID(2)])
