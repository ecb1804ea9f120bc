"""Conversion functions between RGB and other colour systems, with their meanings.

From CPython 3.11.7, Lib/colorsys.py. Copyright (c) 2001-2023 Python Software Foundation;
All Rights Reserved. Under the PSF License Version 2, see LICENSE.python.txt. Changed: annotated, and
where a result is known to lie in its range for reasons that no single operator shows, it is marked.
"""

from __future__ import annotations

from typing import Annotated

from typedml import UNIT_INTERVAL, Kind, Proportion, Unit

CHANNEL = Kind("Channel", parent=UNIT_INTERVAL)
LIGHTNESS = Kind("Lightness", parent=UNIT_INTERVAL)
SATURATION = Kind("Saturation", parent=UNIT_INTERVAL)
HUE = Kind("Hue", parent=UNIT_INTERVAL)
Channel = Annotated[float, CHANNEL]
Lightness = Annotated[float, LIGHTNESS]
Saturation = Annotated[float, SATURATION]
Hue = Annotated[float, HUE]
Chrominance = Annotated[float, Unit("1")]
RGB = tuple[Channel, Channel, Channel]

ONE_THIRD = 1.0 / 3.0
ONE_SIXTH = 1.0 / 6.0
TWO_THIRD = 2.0 / 3.0


def rgb_to_yiq(r: Channel, g: Channel, b: Channel) -> tuple[Channel, Chrominance, Chrominance]:
    y = 0.30 * r + 0.59 * g + 0.11 * b
    i = 0.74 * (r - y) - 0.27 * (b - y)
    q = 0.48 * (r - y) + 0.41 * (b - y)
    return (y, i, q)


def yiq_to_rgb(y: Channel, i: Chrominance, q: Chrominance) -> RGB:
    r = y + 0.9468822170900693 * i + 0.6235565819861433 * q
    g = y - 0.27478764629897834 * i - 0.6356910791873801 * q
    b = y - 1.1085450346420322 * i + 1.7090069284064666 * q
    if r < 0.0:
        r = 0.0
    if g < 0.0:
        g = 0.0
    if b < 0.0:
        b = 0.0
    if r > 1.0:
        r = 1.0
    if g > 1.0:
        g = 1.0
    if b > 1.0:
        b = 1.0
    return (CHANNEL(r), CHANNEL(g), CHANNEL(b))


def _hue(r: Channel, g: Channel, b: Channel) -> Hue:
    maxc = max(r, g, b)
    minc = min(r, g, b)
    rangec = maxc - minc
    rc = (maxc - r) / rangec
    gc = (maxc - g) / rangec
    bc = (maxc - b) / rangec
    if r == maxc:
        h = bc - gc
    elif g == maxc:
        h = 2.0 + rc - bc
    else:
        h = 4.0 + gc - rc
    return HUE((h / 6.0) % 1.0)


def rgb_to_hls(r: Channel, g: Channel, b: Channel) -> tuple[Hue, Lightness, Saturation]:
    maxc = max(r, g, b)
    minc = min(r, g, b)
    sumc = maxc + minc
    rangec = maxc - minc
    l = LIGHTNESS(sumc / 2.0)  # noqa: E741
    if minc == maxc:
        return 0.0, l, 0.0
    s = rangec / sumc if l <= 0.5 else rangec / (2.0 - sumc)
    return _hue(r, g, b), l, SATURATION(s)


def hls_to_rgb(h: Hue, l: Lightness, s: Saturation) -> RGB:  # noqa: E741
    if s == 0.0:
        return CHANNEL(l), CHANNEL(l), CHANNEL(l)
    m2 = l * (1.0 + s) if l <= 0.5 else l + s - l * s
    m1 = 2.0 * l - m2
    return (
        CHANNEL(_v(m1, m2, h + ONE_THIRD)),
        CHANNEL(_v(m1, m2, h)),
        CHANNEL(_v(m1, m2, h - ONE_THIRD)),
    )


def _v(m1: float, m2: float, hue: float) -> float:
    hue = hue % 1.0
    if hue < ONE_SIXTH:
        return m1 + (m2 - m1) * hue * 6.0
    if hue < 0.5:
        return m2
    if hue < TWO_THIRD:
        return m1 + (m2 - m1) * (TWO_THIRD - hue) * 6.0
    return m1


def rgb_to_hsv(r: Channel, g: Channel, b: Channel) -> tuple[Hue, Saturation, Channel]:
    maxc = max(r, g, b)
    minc = min(r, g, b)
    v = maxc
    if minc == maxc:
        return 0.0, 0.0, v
    s = (maxc - minc) / maxc
    return _hue(r, g, b), SATURATION(s), v


def hsv_to_rgb(h: Hue, s: Saturation, v: Channel) -> RGB:
    if s == 0.0:
        return v, v, v
    i = int(h * 6.0)
    f = UNIT_INTERVAL((h * 6.0) - i)
    p = CHANNEL(v * (1.0 - s))
    q = CHANNEL(v * (1.0 - s * f))
    t = CHANNEL(v * (1.0 - s * (1.0 - f)))
    sectors: list[RGB] = [(v, t, p), (q, v, p), (p, v, t), (p, q, v), (t, p, v), (v, p, q)]
    return sectors[i % 6]


def faded(colour: RGB, share: Proportion) -> RGB:
    """A colour with less saturation, by way of HSV."""
    h, s, v = rgb_to_hsv(*colour)
    return hsv_to_rgb(h, s * share, v)
