"""Notes as the service sends them, and the day on which each was written."""

from dataclasses import dataclass
from datetime import UTC, datetime

from typedml import EPOCH_MILLIS, EpochMillis, EpochSeconds, convert, raw


@dataclass
class Note:
    title: str
    created: EpochMillis


def year_of(moment: EpochSeconds) -> int:
    return datetime.fromtimestamp(raw(moment), tz=UTC).year


def written_in(note: Note) -> int:
    created = convert(note.created, "millisecond", "second")
    return year_of(created / 1000)  # the bug


def index(notes: list[Note]) -> dict[str, int]:
    return {note.title: written_in(note) for note in notes}


def main() -> float:
    return index([Note("shopping", EPOCH_MILLIS(1_400_000_000_000))])["shopping"]
