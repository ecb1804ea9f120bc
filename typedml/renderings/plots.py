"""Pictures of one column as SVG: how its values are spread, what is missing, where it fails.

What the declaration refuses is red and hatched, so that it is seen without colours as well. Every picture has
a sentence that says what it shows.
"""

from __future__ import annotations

from collections.abc import Iterator

from typedml.renderings.finding import counted
from typedml.renderings.profile import ColumnProfile, Histogram
from typedml.renderings.tags import Markup, tag
from typedml.renderings.ticks import ticks, value_text

WIDTH, HEIGHT = 460, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 4, 4, 14, 36
_EDGE = 30  # what is kept at a side for the values that lie far away
_LEAST = 3.0  # the height of a bar that holds anything: one value among a million is to be seen
_BASE = HEIGHT - _BOTTOM

# One for the whole page; each picture refers to it.
HATCH = tag(
    "svg",
    tag(
        "defs",
        tag(
            "pattern",
            tag("rect", width=5, height=5, class_="refused"),
            tag("path", d="M-1,1 l2,-2 M0,5 l5,-5 M4,6 l2,-2", class_="stripe"),
            id="hatch",
            width=5,
            height=5,
            patternUnits="userSpaceOnUse",
        ),
    ),
    class_="unseen",
    width=0,
    height=0,
    aria_hidden="true",
)


def plot(column: ColumnProfile) -> Markup:
    """The histogram of a column with its axis, the declared range below it."""
    histogram = column.histogram
    if histogram is None:
        return Markup("")
    axis = _Axis(column, histogram)
    drawn = (*axis.band(), *_bars(histogram, axis), *_far(histogram, axis), *axis.line())
    said = sentence(column)
    return tag(
        "svg",
        tag("title", said),
        *drawn,
        class_="plot",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=said,
    )


class _Axis:
    """Where numbers lie on the picture."""

    def __init__(self, column: ColumnProfile, histogram: Histogram) -> None:
        self.histogram = histogram
        self.low, self.high = histogram.edges[0], histogram.edges[-1]
        self.left = _LEFT + (_EDGE if histogram.below[0] else 0)
        self.right = WIDTH - _RIGHT - (_EDGE if histogram.above[0] else 0)
        # A bound close by is shown, too: then it is seen how much room there is.
        reach = (self.high - self.low) * 0.35
        self.declared = (column.low, column.high)
        if column.low is not None and not histogram.below[0] and self.low - reach <= column.low < self.low:
            self.low = column.low
        top = None if column.high is None else column.high + (1 if histogram.whole else 0)
        if top is not None and not histogram.above[0] and self.high < top <= self.high + reach:
            self.high = top

    def x(self, number: float) -> float:
        share = (number - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(self.left + min(1.0, max(0.0, share)) * (self.right - self.left), 2)

    def line(self) -> Iterator[Markup]:
        yield tag("line", x1=self.left, x2=self.right, y1=_BASE, y2=_BASE, class_="axis")
        for at, said in ticks(self.histogram, self.low, self.high):
            x = self.x(at)
            anchor = "start" if x < self.left + 18 else "end" if x > self.right - 18 else "middle"
            yield tag("line", x1=x, x2=x, y1=_BASE, y2=_BASE + 4, class_="axis")
            yield tag("text", said, x=x, y=_BASE + 16, text_anchor=anchor, class_="tick")

    def band(self) -> Iterator[Markup]:
        """The declared range as a bar under the axis, and what lies outside of it shaded."""
        low, high = self.declared
        if low is None and high is None:
            return
        top = None if high is None else high + (1 if self.histogram.whole else 0)
        x1 = self.left if low is None else self.x(low)
        x2 = self.right if top is None else self.x(top)
        for start, end in ((self.left, x1), (x2, self.right)):
            if end - start > 0.5:
                yield tag(
                    "rect",
                    x=start,
                    y=_TOP,
                    width=round(end - start, 2),
                    height=_BASE - _TOP,
                    class_="outside",
                )
        y = _BASE + 25
        if x2 > x1:
            yield tag("rect", x=x1, y=y, width=round(x2 - x1, 2), height=4, rx=2, class_="inside")
        for bound, x in ((low, x1), (top, x2)):
            if bound is not None and self.low <= bound <= self.high:
                yield tag("line", x1=x, x2=x, y1=_TOP, y2=y + 4, class_="bound")


def _bars(histogram: Histogram, axis: _Axis) -> Iterator[Markup]:
    most = max((*histogram.counts, 1))
    edges = histogram.edges
    for at, (count, refused) in enumerate(zip(histogram.counts, histogram.refused, strict=True)):
        if not count:
            continue
        x1, x2 = axis.x(edges[at]), axis.x(edges[at + 1])
        gap = 1.0 if x2 - x1 > 4 else 0.0
        yield from _column(x1, max(0.75, x2 - x1 - gap), count / most, refused / most)


def _column(x: float, width: float, share: float, refused: float) -> Iterator[Markup]:
    """A bar, what is refused of it on top."""
    room = _BASE - _TOP
    height = max(_LEAST, share * room)
    red = min(height, max(_LEAST, refused * room)) if refused else 0.0
    if height > red:
        yield _rect(x, _BASE - height + red, width, height - red, "bar")
    if red:
        yield _rect(x, _BASE - height, width, red, "refused hatched")


def _rect(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    sizes = {"x": round(x, 2), "y": round(y, 2), "width": round(width, 2), "height": round(height, 2)}
    return tag("rect", **sizes, class_=kind)


def _far(histogram: Histogram, axis: _Axis) -> Iterator[Markup]:
    """What lies outside of the edges: a small bar at the side, with its number."""
    most = max((*histogram.counts, 1))
    sides = ((histogram.below, _LEFT, "start", "◂ {}"), (histogram.above, WIDTH - _RIGHT - 12, "end", "{} ▸"))
    for (count, refused), x, anchor, words in sides:
        if count:
            yield from _column(x, 12, min(1.0, count / most), min(1.0, refused / most))
            place = x if anchor == "start" else x + 12
            yield tag(
                "text",
                words.format(f"{count:,}"),
                x=place,
                y=_BASE + 16,
                text_anchor=anchor,
                class_="tick far",
            )


def spark(column: ColumnProfile) -> Markup:
    """The histogram in the height of a line."""
    histogram = column.histogram
    if histogram is None:
        return Markup("")
    sides = [(n, r) for n, r in (histogram.below,) if n], [(n, r) for n, r in (histogram.above,) if n]
    bars = [*sides[0], *zip(histogram.counts, histogram.refused, strict=True), *sides[1]]
    most, width = max(*(count for count, _ in bars), 1), 120 / len(bars)
    drawn = []
    for at, (count, refused) in enumerate(bars):
        height = max(1.5, 20 * count / most) if count else 0.0
        if height:
            kind = "refused" if refused else "bar"
            drawn.append(_rect(at * width, 22 - height, max(0.6, width - 0.6), height, kind))
    return tag(
        "svg",
        *drawn,
        class_="spark",
        viewBox="0 0 120 22",
        preserveAspectRatio="xMinYMid",
        aria_hidden="true",
    )


def share_bar(part: int, whole: int, kind: str) -> Markup:
    """A share of a whole as a bar; what is there at all is seen."""
    width = 100 * part / whole if whole else 0.0
    width = max(0.8, width) if part else 0.0
    filled = tag("rect", width=round(width, 2), height=6, rx=1, class_=kind)
    back = tag("rect", width=100, height=6, rx=1, class_="track")
    return tag(
        "svg",
        back,
        filled if part else None,
        class_="share",
        viewBox="0 0 100 6",
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def strip(column: ColumnProfile) -> Markup:
    """Where in the frame rows fail: a cell for each stretch of it, the fuller the darker."""
    cells, number = [], len(column.failing)
    per = max(1.0, column.rows / max(1, number))
    for at, failing in enumerate(column.failing):
        if failing:
            shade = round(0.35 + 0.65 * min(1.0, failing / per) ** 0.5, 3)
            cells.append(tag("rect", x=at, y=0, width=0.92, height=10, fill_opacity=shade, class_="refused"))
    places = sum(1 for failing in column.failing if failing)
    said = f"failing rows lie in {places} of {number} stretches of the frame"
    back = tag("rect", x=0, y=0, width=number, height=10, class_="track")
    return tag(
        "svg",
        tag("title", said),
        back,
        *cells,
        class_="strip",
        viewBox=f"0 0 {number} 10",
        preserveAspectRatio="none",
        role="img",
        aria_label=said,
    )


def sentence(column: ColumnProfile) -> str:
    """What the histogram of a column shows, in words."""
    histogram = column.histogram
    if histogram is None:
        return ""
    total = sum(histogram.counts) + histogram.below[0] + histogram.above[0]
    refused = sum(histogram.refused) + histogram.below[1] + histogram.above[1]
    least, greatest = (value_text(histogram, each) for each in (histogram.least, histogram.greatest))
    what = "lengths of texts" if histogram.scale == "lengths" else "values"
    told = (
        f"{counted(total, 'value') if what == 'values' else f'{total:,} {what}'} from {least} to {greatest}"
    )
    return f"{told}, {refused:,} outside of what is declared" if refused else told
