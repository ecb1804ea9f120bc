"""Recordings from two importers, laid on one time line."""

from dataclasses import dataclass
from typing import Annotated, TypedDict

from typedml import EPOCH_MILLIS, EPOCH_SECONDS, EpochMillis, EpochSeconds, Unit, convert

Seconds = Annotated[float, Unit("second")]


class Clip(TypedDict):
    camera: str
    start_timestamp: EpochMillis


@dataclass
class Recording:
    camera: str
    start: EpochSeconds


def from_archive(camera: str, start: EpochSeconds) -> Recording:
    return Recording(camera, start)


def from_upload(clip: Clip) -> Recording:
    return Recording(clip["camera"], convert(clip["start_timestamp"], "millisecond", "second"))


def offset(first: Recording, second: Recording) -> Seconds:
    return second.start - first.start


def main() -> float:
    archived = from_archive("front", EPOCH_SECONDS(1_700_000_000.0))
    uploaded = from_upload({"camera": "rear", "start_timestamp": EPOCH_MILLIS(1_700_000_002_500)})
    return offset(archived, uploaded)
