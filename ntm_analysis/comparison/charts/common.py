"""What the charts over many communes share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from matplotlib.path import Path

from ntm_analysis.charts.canvas import Canvas
from ntm_analysis.charts.style import INK, text_width

SIZE: Final = 10.0
REACH: Final = 215.0
"""Points from the left that a phone shows of a chart at first: what explains it stands there."""
INDENT: Final = 31.0
"""Where names stand behind codes."""
FAKE: Final = "°"
"""Stands with the number or name of what is made up."""
_MOVE, _LINE, _CLOSE = int(Path.MOVETO), int(Path.LINETO), int(Path.CLOSEPOLY)


def shortened(text: str, width: float, size: float = SIZE) -> str:
    """Return text cut to a width in points, with an ellipsis."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def indicator_label(
    canvas: Canvas, y: float, code: str, name: str, width: float, size: float = SIZE
) -> float:
    """Write an indicator's code and short name on one line; return where it ends."""
    canvas.text(0, y, code, size=size, bold=True)
    return INDENT + canvas.text(INDENT, y, shortened(name, width - INDENT, size), size=size)


def closed(shapes: Sequence[Sequence[tuple[float, float]]]) -> Path:
    """Return polygons as one path: many single elements would make a heavy picture."""
    vertices: list[tuple[float, float]] = []
    codes: list[int] = []
    for shape in shapes:
        vertices += [(round(x, 2), round(y, 2)) for x, y in (*shape, shape[0])]
        codes += [_MOVE, *[_LINE] * (len(shape) - 1), _CLOSE]
    return Path(vertices, codes)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour such as `#2171B5` (WCAG 2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ink_on(colour: str) -> str:
    """Return the text colour that reads better on a ground."""
    white = "#FFFFFF"
    return INK if contrast(INK, colour) >= contrast(white, colour) else white


_FAMILY = re.compile(r"font-family: ([^;\"]+); ")
_EMPTY_TURN = re.compile(r' transform="rotate\(-0 [^)]*\)"')
_TEXT_GROUP = re.compile(r'<g id="text_\d+">\s*(<text.*?</text>)\s*</g>', re.DOTALL)


def compact(svg: str) -> str:
    """Return a picture of many small texts without what each of them repeats."""
    family = _FAMILY.search(svg)
    if family is None:
        return svg
    svg = _TEXT_GROUP.sub(r"\1", _EMPTY_TURN.sub("", _FAMILY.sub("", svg)))
    return svg.replace("<svg ", f'<svg style="font-family: {family[1]}" ', 1)
