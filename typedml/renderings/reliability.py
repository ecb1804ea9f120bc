"""A reliability diagram as SVG: how often what was given a probability came true, and what chance allows.

The bars of the bands are what a calibrated model stays within; a point outside of its band is red and a
diamond, so that it is seen without colours as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

import attrs

from typedml.renderings.tags import Markup, tag

SIZE, LEFT, TOP, RIGHT, STRIP, BOTTOM = 320, 56, 46, 18, 54, 46
WIDTH = LEFT + SIZE + RIGHT
HEIGHT = TOP + SIZE + STRIP + BOTTOM
LEAST_WIDTH = 6.0
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
# The picture stands alone as a file; in a page of reports the colours are those of the page.
STYLE = """
.reliability { --paper: var(--card, #ffffff); --text: var(--ink, #1b2330); --soft: var(--dim, #5b6675);
  --rule: var(--line, #dde2e9); --within: var(--bar, #4a78b5); --outside: var(--bad, #c22f2a);
  font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
.reliability .paper { fill: var(--paper); }
.reliability text { fill: var(--soft); }
.reliability .title { fill: var(--text); font-size: 14px; font-weight: 600; }
.reliability .verdict { fill: var(--text); }
.reliability .grid { stroke: var(--rule); stroke-width: 1; }
.reliability .ideal { stroke: var(--soft); stroke-width: 1.25; stroke-dasharray: 5 4; }
.reliability .band { fill: var(--within); fill-opacity: 0.2; }
.reliability .path { fill: none; stroke: var(--within); stroke-width: 1.5; stroke-opacity: 0.6; }
.reliability .point { fill: var(--within); stroke: var(--paper); stroke-width: 1.25; }
.reliability .far { fill: var(--outside); stroke: var(--paper); stroke-width: 1.25; }
.reliability .count { fill: var(--within); fill-opacity: 0.45; }
"""


@final
@attrs.frozen
class ReliabilityBin:
    """Rows of similar probability: how many, their mean probability, how often they came true.

    `least` and `most` are the share that came true at least, and at most, where the model is calibrated.
    """

    low: float
    high: float
    rows: int
    predicted: float
    observed: float
    least: float
    most: float

    @property
    def holds(self) -> bool:
        """True where what came true is within what chance allows."""
        return self.least <= self.observed <= self.most


def reliability_diagram(bins: tuple[ReliabilityBin, ...], *, title: str, verdict: str) -> Markup:
    """The diagram of some bins, with its title and what it shows in words."""
    drawn = (*_frame(), *_bands(bins), *_points(bins), *_counts(bins), *_words(title, verdict))
    return tag(
        "svg",
        tag("title", f"{title}: {verdict}"),
        tag("style", Markup(STYLE)),
        tag("rect", width=WIDTH, height=HEIGHT, class_="paper"),
        *drawn,
        class_="reliability",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        width=WIDTH,
        height=HEIGHT,
        role="img",
        aria_label=f"{title}: {verdict}",
    )


def _x(share: float) -> float:
    return round(LEFT + SIZE * share, 2)


def _y(share: float) -> float:
    return round(TOP + SIZE * (1 - share), 2)


def _frame() -> Iterator[Markup]:
    """The grid with its numbers, and the line on which a model is right."""
    for at in TICKS:
        yield tag("line", x1=_x(at), x2=_x(at), y1=_y(0), y2=_y(1), class_="grid")
        yield tag("line", x1=_x(0), x2=_x(1), y1=_y(at), y2=_y(at), class_="grid")
        yield tag("text", f"{at:.0%}", x=LEFT - 8, y=_y(at) + 4, text_anchor="end")
        yield tag("text", f"{at:.0%}", x=_x(at), y=TOP + SIZE + STRIP + 16, text_anchor="middle")
    yield tag("line", x1=_x(0), y1=_y(0), x2=_x(1), y2=_y(1), class_="ideal")


def _bands(bins: tuple[ReliabilityBin, ...]) -> Iterator[Markup]:
    for each in bins:
        left, right = _sides(each)
        height = max(2.0, _y(each.least) - _y(each.most))
        yield tag(
            "rect", x=left, y=_y(each.most), width=round(right - left, 2), height=height, rx=2, class_="band"
        )


def _sides(each: ReliabilityBin) -> tuple[float, float]:
    """A bin from its lowest to its highest probability, wide enough to be seen."""
    left, right = _x(each.low), _x(each.high)
    if right - left >= LEAST_WIDTH:
        return left, right
    middle = min(max(_x(each.predicted), LEFT + LEAST_WIDTH / 2), LEFT + SIZE - LEAST_WIDTH / 2)
    return middle - LEAST_WIDTH / 2, middle + LEAST_WIDTH / 2


def _points(bins: tuple[ReliabilityBin, ...]) -> Iterator[Markup]:
    places = [(_x(each.predicted), _y(each.observed), each) for each in bins]
    line = " ".join(f"{'M' if place == 0 else 'L'}{x},{y}" for place, (x, y, _) in enumerate(places))
    if len(places) > 1:
        yield tag("path", d=line, class_="path")
    for x, y, each in places:
        said = f"{each.rows} rows: {each.predicted:.1%} expected, {each.observed:.1%} came true"
        if each.holds:
            yield tag("circle", tag("title", said), cx=x, cy=y, r=4.5, class_="point")
        else:
            corners = f"{x},{y - 7} {x + 7},{y} {x},{y + 7} {x - 7},{y}"
            yield tag("polygon", tag("title", said), points=corners, class_="far")


def _counts(bins: tuple[ReliabilityBin, ...]) -> Iterator[Markup]:
    """How many rows lie at which probabilities, as areas below the diagram."""
    widths = [max(each.high - each.low, 1e-3) for each in bins]
    densest = max((each.rows / width for each, width in zip(bins, widths, strict=True)), default=1.0)
    floor = TOP + SIZE + STRIP
    for each, width in zip(bins, widths, strict=True):
        left, right = _sides(each)
        height = max(1.5, (STRIP - 12) * (each.rows / width / densest) ** 0.5)
        yield tag(
            "rect",
            x=left,
            y=round(floor - height, 2),
            width=round(right - left, 2),
            height=round(height, 2),
            class_="count",
        )
    yield tag("line", x1=_x(0), x2=_x(1), y1=floor, y2=floor, class_="grid")


def _words(title: str, verdict: str) -> Iterator[Markup]:
    yield tag("text", title, x=LEFT, y=19, class_="title")
    yield tag("text", verdict, x=LEFT, y=36, class_="verdict")
    middle = LEFT + SIZE / 2
    yield tag("text", "probability that was given", x=middle, y=HEIGHT - 10, text_anchor="middle")
    side = TOP + SIZE / 2
    turned = f"rotate(-90 14 {side})"
    yield tag("text", "share that came true", x=14, y=side, text_anchor="middle", transform=turned)
