"""A small drawing of measured figures, both axes logarithmic, as SVG that stands in a page."""

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

Points = Sequence[tuple[float, float]]

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 360, 70, 180, 36, 44
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")


def write_log_log(path: Path, title: str, axes: tuple[str, str], series: Mapping[str, Points]) -> None:
    """Write a drawing of named series of points; `axes` are what x and y are, with their units."""
    path.write_text("\n".join(_lines(title, axes, series)) + "\n", encoding="utf-8")


def _lines(title: str, axes: tuple[str, str], series: Mapping[str, Points]) -> Iterator[str]:
    x_axis, y_axis = _Axis(_all(series, 0), LEFT, WIDTH - RIGHT), _Axis(_all(series, 1), HEIGHT - BOTTOM, TOP)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="12" role="img"><title>{escape(title)}</title>'
    )
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
    yield f'<text x="{LEFT}" y="20" font-size="14">{escape(title)}</text>'
    for value, at in x_axis.ticks():
        yield f'<path d="M{at:.0f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>'
        yield f'<text x="{at:.0f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{_shown(value)}</text>'
    for value, at in y_axis.ticks():
        yield f'<path d="M{LEFT} {at:.0f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 6}" y="{at + 4:.0f}" text-anchor="end">{_shown(value)}</text>'
    centre, middle = (LEFT + WIDTH - RIGHT) // 2, HEIGHT // 2
    yield f'<text x="{centre}" y="{HEIGHT - 8}" text-anchor="middle">{escape(axes[0])}</text>'
    turned = f'transform="rotate(-90 14 {middle})" text-anchor="middle"'
    yield f'<text x="14" y="{middle}" {turned}>{escape(axes[1])}</text>'
    for number, (name, points) in enumerate(series.items()):
        yield from _series(name, points, number, x_axis, y_axis)
    yield "</svg>"


def _series(name: str, points: Points, number: int, x_axis: "_Axis", y_axis: "_Axis") -> Iterator[str]:
    colour, label = COLOURS[number % len(COLOURS)], TOP + 14 + 20 * number
    places = [(x_axis.at(x), y_axis.at(y)) for x, y in points]
    line = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    yield f'<path d="M{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
    dots = "".join(f"M{x - 3:.1f} {y:.1f}a3 3 0 1 0 6 0a3 3 0 1 0-6 0" for x, y in places)
    yield f'<path d="{dots}" fill="{colour}"/>'
    yield f'<path d="M{WIDTH - RIGHT + 12} {label - 4}h18" stroke="{colour}" stroke-width="2"/>'
    yield f'<text x="{WIDTH - RIGHT + 36}" y="{label}">{escape(name)}</text>'


class _Axis:
    """Where values of a logarithmic axis stand in the drawing."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self.low, self.high = math.log10(min(values)), math.log10(max(values))
        self.start, self.end = start, end

    def at(self, value: float) -> float:
        share = (math.log10(value) - self.low) / ((self.high - self.low) or 1.0)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> Iterator[tuple[float, float]]:
        steps = (1,) if self.high - self.low > 2 else (1, 2, 5)
        for power in range(math.floor(self.low), math.ceil(self.high) + 1):
            for value in (step * 10.0**power for step in steps):
                if self.low - 1e-9 <= math.log10(value) <= self.high + 1e-9:
                    yield value, self.at(value)


def _all(series: Mapping[str, Points], axis: int) -> list[float]:
    return [point[axis] for points in series.values() for point in points]


def _shown(value: float) -> str:
    for unit, size in (("M", 1e6), ("k", 1e3)):
        if value >= size:
            return f"{value / size:g}{unit}"
    return f"{value:g}"
