"""Bugs that take more than one expression, as functions: `wrong` as it was, and `mended`.

Each declares what the bug mixed up: what a platform gives, which class a chance is of, what a step is of.
"""

from __future__ import annotations

from typing import Final

LEFT: Final[dict[str, str]] = {
    **dict.fromkeys(
        ("lka_market_direction", "lka_smc_fvg", "lka_freqtrade_shift"),
        "frames: a column that is shifted back knows what comes later",
    ),
    "lpr_wavenet_mixture_sum": "axes: a sum of log-probabilities is a joint one, and over components none",
}
"""By identifier: what neither a unit nor a kind tells apart, with what would."""

PROGRAMS: Final[dict[str, tuple[str, str]]] = {
    "epo_naarad_string_times_1000": (
        """
def wrong(ts: str) -> Annotated[float, EPOCH_MILLIS]:
    return ts * 1000
""",
        """
def mended(ts: str) -> Annotated[float, EPOCH_MILLIS]:
    return convert(EPOCH_SECONDS(float(ts)), "s", "ms")
""",
    ),
    "lka_autoresearch_samebar": (
        """
SIGNAL_AT_CLOSE = Kind("SignalAtClose", range=(-1, 1))
POSITION_OVER_BAR = Kind("PositionOverBar", range=(-1, 1))
def earned(
    position: Annotated[float, POSITION_OVER_BAR], change: Annotated[float, SIMPLE_RETURN]
) -> Annotated[float, SIMPLE_RETURN]:
    return SIMPLE_RETURN(position * change)
def wrong(signal: Annotated[float, SIGNAL_AT_CLOSE], change: Annotated[float, SIMPLE_RETURN]) -> None:
    earned(signal, change)
""",
        """
def held_from(signal: Annotated[float, SIGNAL_AT_CLOSE]) -> Annotated[float, POSITION_OVER_BAR]:
    return POSITION_OVER_BAR(raw(signal))
def mended(before: Annotated[float, SIGNAL_AT_CLOSE], change: Annotated[float, SIMPLE_RETURN]) -> None:
    earned(held_from(before), change)
""",
    ),
    "lka_pandasta_active": (
        """
def wrong(
    signals: list[Annotated[float, SIGNAL_AT_CLOSE]], changes: list[Annotated[float, SIMPLE_RETURN]]
) -> None:
    [earned(signal, change) for signal, change in zip(signals, changes)]
""",
        """
def mended(
    signals: list[Annotated[float, SIGNAL_AT_CLOSE]], changes: list[Annotated[float, SIMPLE_RETURN]]
) -> None:
    [earned(held_from(before), change) for before, change in zip(signals, changes[1:])]
""",
    ),
    "mem_pyperf_maxrss": (
        """
import sys
if sys.platform == "darwin":
    def largest() -> Annotated[float, Unit("byte")]: raise NotImplementedError
else:
    def largest() -> Annotated[float, Unit("kibibyte")]: raise NotImplementedError
def wrong() -> Annotated[float, Unit("byte")]:
    return largest() * 1024
""",
        """
def mended() -> Annotated[float, Unit("byte")]:
    if sys.platform == "darwin":
        return largest()
    else:
        return convert(largest(), "kibibyte", "byte")
""",
    ),
    "mem_scrapy_macos": (
        """
def wrong(limit: Annotated[float, Unit("byte")]) -> bool:
    return largest() > limit
""",
        """
def mended(limit: Annotated[float, Unit("byte")]) -> bool:
    return convert(largest(), "kibibyte", "byte") > limit
""",
    ),
    "lrs_vortex_step": (
        """
class Scheduler:
    def step(self, done: Annotated[int, COUNT, Unit("epoch")]) -> None: ...
def wrong(scheduler: Scheduler, batches: Annotated[int, COUNT, Unit("batch")]) -> None:
    scheduler.step(batches)
""",
        """
def mended(scheduler: Scheduler, epochs: Annotated[int, COUNT, Unit("epoch")]) -> None:
    scheduler.step(epochs)
""",
    ),
    "lpr_acer_kl_direction": (
        """
CURRENT = Kind("CurrentPolicy", parent=PROBABILITY)
SHARED = Kind("SharedPolicy", parent=PROBABILITY)
def divergence(p: Annotated[float, SHARED], q: Annotated[float, CURRENT]) -> float:
    return p * (math.log(p) - math.log(q))
def wrong(shared: Annotated[float, SHARED], current: Annotated[float, CURRENT]) -> None:
    divergence(current, shared)
""",
        """
def mended(shared: Annotated[float, SHARED], current: Annotated[float, CURRENT]) -> None:
    divergence(shared, current)
""",
    ),
    "nrm_sadnet_psnr": (
        """
QUANTISED = Kind("Quantised", parent=PIXEL255, integral=True)
def noise(image: Annotated[float, QUANTISED], clean: Annotated[float, QUANTISED]) -> float:
    return (image - clean) ** 2
def wrong(image: Annotated[float, UNIT_INTERVAL], clean: Annotated[float, UNIT_INTERVAL]) -> None:
    noise(image, clean)
""",
        """
def mended(image: Annotated[float, UNIT_INTERVAL], clean: Annotated[float, QUANTISED]) -> None:
    noise(QUANTISED(round(255 * image)), clean)
""",
    ),
    "scr_hh_proba_col0": (
        """
OF_NEGATIVE = Kind("ChanceOfNegative", parent=PROBABILITY)
OF_POSITIVE = Kind("ChanceOfPositive", parent=PROBABILITY)
def predict(x: float) -> tuple[Annotated[float, OF_NEGATIVE], Annotated[float, OF_POSITIVE]]:
    raise NotImplementedError
def log_loss(y: Annotated[int, BINARY], p: Annotated[float, OF_POSITIVE]) -> float:
    return -y * math.log(p) - (1 - y) * math.log(1 - p)
def wrong(x: float, y: Annotated[int, BINARY]) -> None:
    log_loss(y, predict(x)[0])
""",
        """
def mended(x: float, y: Annotated[int, BINARY]) -> None:
    log_loss(y, predict(x)[1])
""",
    ),
    "scr_sklearn_poslabel": (
        """
def positive_first(x: float) -> tuple[Annotated[float, OF_POSITIVE], Annotated[float, OF_NEGATIVE]]:
    raise NotImplementedError
def wrong(x: float, y: Annotated[int, BINARY]) -> None:
    log_loss(y, positive_first(x)[1])
""",
        """
def mended(x: float, y: Annotated[int, BINARY]) -> None:
    log_loss(y, positive_first(x)[0])
""",
    ),
}
"""By identifier: later programs use what earlier ones declare."""
