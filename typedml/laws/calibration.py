"""Whether a declared probability is one: of what is given 30 %, about 30 % must come true.

    A. P. Dawid, The well-calibrated Bayesian, JASA 1982; J. Bröcker and L. A. Smith, Increasing the
    reliability of reliability diagrams, Weather and Forecasting 2007.

If a model is calibrated and its rows are independent, then how many rows of a bin come true is the sum of
draws with known probabilities, whose distribution (Poisson's binomial) is computed exactly, not approximated.
Every bin gets an equal share of the false alarms, so that all of them together hold for a calibrated model
with the probability that is stated, or a greater one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, final

import attrs
import numpy as np
from numpy.typing import NDArray

from typedml.errors import DeclarationError
from typedml.laws.scored import scored
from typedml.renderings.reliability import ReliabilityBin, reliability_diagram
from typedml.renderings.tags import Markup

Floats = NDArray[np.float64]
# A bin of fewer rows could hardly be seen to be wrong.
ROWS_OF_A_BIN = 20
FEW = 64


@final
@attrs.frozen
class Calibration:
    """What calibration says of probabilities and what came true.

    `error` is the expected calibration error, the mean gap between both over the bins; `chance` is what it
    would be on average for a calibrated model. `false_alarm` is the probability, at most, with which a
    calibrated model is refuted. `left_out` counts rows without a label or a probability.
    """

    name: str
    bins: tuple[ReliabilityBin, ...]
    rows: int
    error: float
    chance: float
    false_alarm: float
    left_out: int = 0

    @property
    def ok(self) -> bool:
        """True where every bin is within what chance allows a calibrated model."""
        return all(each.holds for each in self.bins)

    def __bool__(self) -> bool:
        return self.ok

    @property
    def diagnosis(self) -> str:
        """What kind of wrong it is, where the bins outside agree on one."""
        wrong = [each for each in self.bins if not each.holds]
        if not wrong:
            return ""
        middle = sum(each.predicted * each.rows for each in self.bins) / max(1, self.rows)
        above = {each.observed > each.predicted for each in wrong}
        inward = {(each.observed > each.predicted) == (each.predicted < middle) for each in wrong}
        if len(inward) == 1 and len(above) == 2:
            return "it is overconfident" if inward == {True} else "it is not confident enough"
        if len(above) == 1:
            return "its probabilities are too low" if above == {True} else "its probabilities are too high"
        return "its probabilities are neither too high nor too low throughout"

    @property
    def verdict(self) -> str:
        """One sentence."""
        wrong = sum(not each.holds for each in self.bins)
        bins = f"{len(self.bins)} bins" if len(self.bins) != 1 else "the one bin"
        if self.ok:
            return f"calibrated, as far as {self.rows:,} rows in {bins} can tell"
        return f"not calibrated in {wrong} of {bins}: {self.diagnosis}"

    @property
    def svg(self) -> Markup:
        """The reliability diagram, a file of its own or a part of a page."""
        return reliability_diagram(self.bins, title=self.name, verdict=self.verdict)

    def __str__(self) -> str:
        head = f"{self.name}: {self.verdict}."
        error = f"expected calibration error {self.error:.4f}; chance alone gives {self.chance:.4f}."
        alarm = f"A calibrated model is refuted with a probability of at most {self.false_alarm:g},"
        lines = [head, error, f"{alarm} if its rows are independent.", "", *_table(self.bins)]
        if self.left_out:
            lines.append(f"{self.left_out:,} rows without a label or a probability were left out.")
        if not self.ok:
            lines.append("Hint: recalibrate it on rows that it was not fitted on: CalibratedClassifierCV.")
        return "\n".join(lines)


def calibration(
    f: Callable[..., Any],
    frame: Any,
    *,
    label: str | None = None,
    bins: int = 10,
    false_alarm: float = 0.01,
    **others: Any,
) -> Calibration:
    """Compare the probabilities that a feature gives the rows of a frame with what their labels say.

    `frame` is what the feature scores, with the label, which `label=` names unless `@feature` does; other
    arguments, such as the training rows, are given by name. Score rows that it was not fitted on: of the rows
    that it knows, every model seems sure.

    Raises: DeclarationError where the result is no declared probability, the label is none of true and
    false, or no row has both.
    """
    name, probabilities, came_true = scored(f, frame, label, others)
    return reliability(probabilities, came_true, name=name, bins=bins, false_alarm=false_alarm)


def reliability(
    probabilities: Any, came_true: Any, *, name: str = "model", bins: int = 10, false_alarm: float = 0.01
) -> Calibration:
    """Compare probabilities with what came true (0 or 1), bin by bin of as many rows each.

    Raises: DeclarationError for probabilities outside of [0, 1], or options that make no sense.
    """
    given, labels = np.asarray(probabilities, dtype=np.float64), np.asarray(came_true, dtype=np.float64)
    if given.shape != labels.shape or given.ndim != 1:
        fact = f"There are {given.shape} probabilities and {labels.shape} labels."
        raise DeclarationError(fact, "Give one probability and one label for each row.")
    known = ~(np.isnan(given) | np.isnan(labels))
    given, labels = given[known], labels[known]
    _refuse(name, given, labels, bins, false_alarm)
    parts = _parts(given, bins)
    share = false_alarm / (2 * len(parts))
    found = [_bin(given[rows], labels[rows], share) for rows in parts]
    weights = [each.rows / len(given) for each, _ in found]
    gaps = (w * abs(b.observed - b.predicted) for w, (b, _) in zip(weights, found, strict=True))
    return Calibration(
        name=name,
        bins=tuple(each for each, _ in found),
        rows=len(given),
        error=float(sum(gaps)),
        chance=float(sum(w * by_chance for w, (_, by_chance) in zip(weights, found, strict=True))),
        false_alarm=false_alarm,
        left_out=int((~known).sum()),
    )


def _refuse(name: str, given: Floats, labels: Floats, bins: int, false_alarm: float) -> None:
    if not len(given):
        raise DeclarationError(f"No row has both a probability of {name} and a label.", "Give labelled rows.")
    if given.min() < 0 or given.max() > 1:
        worst = given[(given < 0) | (given > 1)][0]
        fact = f"{name} gives {worst:g}, which is no probability."
        raise DeclarationError(fact, "A probability lies in [0, 1]: divide percentages by 100.")
    if not np.isin(labels, (0.0, 1.0)).all():
        other = labels[~np.isin(labels, (0.0, 1.0))][0]
        raise DeclarationError(f"A label is {other:g}, neither 0 nor 1.", "Give what came true as a bool.")
    if bins < 1 or not 0 < false_alarm < 1:
        fact = f"bins={bins} and false_alarm={false_alarm} make no test."
        raise DeclarationError(fact, "Give at least one bin, and a false_alarm such as 0.01.")


def _parts(given: Floats, bins: int) -> list[NDArray[np.intp]]:
    """The rows of each bin: as many each as ties allow, chosen without a look at what came true."""
    number = max(1, min(bins, len(given) // ROWS_OF_A_BIN))
    edges = np.unique(np.quantile(given, np.linspace(0, 1, number + 1)[1:-1]))
    places = np.searchsorted(edges, given, side="left")
    return [np.flatnonzero(places == place) for place in np.unique(places)]


def _bin(given: Floats, labels: Floats, share: float) -> tuple[ReliabilityBin, float]:
    """A bin, and the gap that chance alone gives it on average."""
    rows, mean = len(given), float(given.mean())
    chances = sum_of_draws(given)
    below = np.cumsum(chances)
    least = int(np.searchsorted(below, share, side="right"))
    most = rows - int(np.searchsorted(np.cumsum(chances[::-1]), share, side="right"))
    made = ReliabilityBin(
        low=float(given.min()),
        high=float(given.max()),
        rows=rows,
        predicted=mean,
        observed=float(labels.mean()),
        least=least / rows,
        most=most / rows,
    )
    return made, float(chances @ np.abs(np.arange(rows + 1) / rows - mean))


def sum_of_draws(chances: Floats) -> Floats:
    """The probability of each number of successes among independent draws (Poisson's binomial)."""
    if len(chances) <= FEW:
        found = np.ones(1)
        for chance in chances:
            found = np.convolve(found, (1 - chance, chance))
        return found
    half = len(chances) // 2
    left, right = sum_of_draws(chances[:half]), sum_of_draws(chances[half:])
    size = len(left) + len(right) - 1
    product = np.fft.irfft(np.fft.rfft(left, size) * np.fft.rfft(right, size), size)
    return np.clip(product, 0.0, 1.0)


def _table(bins: tuple[ReliabilityBin, ...]) -> list[str]:
    lines = ["  probability     rows   expected   came true   chance allows"]
    for each in bins:
        band = f"{each.least:.1%} - {each.most:.1%}"
        mark = "" if each.holds else " <--"
        span = f"{each.low:.3f} - {each.high:.3f}"
        lines.append(
            f"  {span}  {each.rows:6,}   {each.predicted:8.1%}   {each.observed:9.1%}   {band}{mark}"
        )
    return lines
