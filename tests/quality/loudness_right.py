"""The loudness of frames of audio, in decibel below full scale."""

import math
from dataclasses import dataclass
from typing import Annotated

from typedml import DECIBEL, Decibel, Kind

AMPLITUDE = Kind("Amplitude", range=(0.0, 1.0))
POWER = Kind("Power", range=(0.0, 1.0))
Amplitude = Annotated[float, AMPLITUDE]
Power = Annotated[float, POWER]

FLOOR: Amplitude = 1e-10


@dataclass
class Frame:
    samples: list[float]

    def rms(self) -> Amplitude:
        return AMPLITUDE(math.sqrt(sum(s * s for s in self.samples) / len(self.samples)))

    def power(self) -> Power:
        return POWER(sum(s * s for s in self.samples) / len(self.samples))


def amplitude_to_db(amplitude: Amplitude) -> Decibel:
    return DECIBEL(20 * math.log10(max(amplitude, FLOOR)))


def loudness(frame: Frame) -> Decibel:
    return amplitude_to_db(frame.rms())


def main() -> float:
    return loudness(Frame([0.1, -0.1, 0.1, -0.1]))
