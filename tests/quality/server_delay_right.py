"""The main loop of a server and the delay between its rounds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from typedml import Count, Unit

Seconds = Annotated[float, Unit("second")]


@dataclass
class Settings:
    main_loop_delay: Seconds = 0.001
    rounds: Count = 5


def main_loop(settings: Settings, sleep: Callable[[Seconds], None]) -> None:
    for _ in range(settings.rounds):
        sleep(settings.main_loop_delay)


def main() -> float:
    slept: list[Seconds] = []
    main_loop(Settings(), slept.append)
    return sum(slept)
