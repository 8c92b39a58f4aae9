"""How all charts look: colours, shapes, sizes, fonts, and the way to SVG."""

from __future__ import annotations

import html
import io
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font, Kerning, LoadFlags

from ntm_analysis.marks import MARKS

VERDICT_STYLES: Final = MARKS
VERDICT_TINTS: Final = {
    "met": "#E3F3ED",
    "unproven": "#FFFFFF",
    "disputed": "#F4E1EC",
    "not_met": "#F6CDB3",
    "pending": "#FBE5B8",
    "no_data": "#E9E9E9",
    "not_applicable": "#DDEFFA",
}
"""Grounds on which the marks of verdicts stand out."""
FLIP_COLOUR: Final = "#CC79A7"
INK: Final = "#1A1A1A"
MUTED: Final = "#555555"
TRACK: Final = "#E4E4E4"
GOOD_SIDE: Final = "#CBE8DE"
RULE: Final = "#BBBBBB"

WIDTH: Final = 397.0
"""Points: 140 mm. At 360 px (some 330 px of page) 11 pt are still 9 px."""
LABEL: Final = 11.0
SMALL: Final = 10.0
LINE: Final = 1.25

_FAMILY = "Liberation Sans"
_FONT_STACK = "'Liberation Sans', Arial, Helvetica, sans-serif"
_FILES = {False: "LiberationSans-Regular.ttf", True: "LiberationSans-Bold.ttf"}
_RC: Final[Any] = {
    "font.family": [_FAMILY],
    "svg.fonttype": "none",
    "svg.hashsalt": "ntm_analysis",
    "svg.id": None,
    "text.usetex": False,
    "text.parse_math": False,
    "axes.unicode_minus": True,
    "path.simplify": False,
    "path.sketch": None,
    "path.effects": [],
}
_TEXT: Final = re.compile(
    r'<text(?P<rest> style="(?P<style>[^"]*)"[^>]*>(?P<words>[^<]*)</text>)', re.DOTALL
)
_SIZE: Final = re.compile(r"([\d.]+)px")
_lock = threading.RLock()


def font_path(bold: bool) -> Path:
    """Return our font file."""
    return Path(str(resources.files("ntm_analysis").joinpath("fonts", _FILES[bold])))


@cache
def font(size: float, bold: bool) -> font_manager.FontProperties:
    """Return our font for Matplotlib.

    By its file, never by its name: a system may have an old Liberation Sans that lacks
    Vietnamese letters.
    """
    return font_manager.FontProperties(
        family=[_FAMILY],
        fname=str(font_path(bold)),
        size=size,
        weight="bold" if bold else "normal",
    )


@cache
def _font(bold: bool) -> FT2Font:
    # From memory: processes forked from one that has the file open would share its position,
    # and read each other's pieces.
    return FT2Font(io.BytesIO(font_path(bold).read_bytes()))


@contextmanager
def _any_letter() -> Iterator[None]:
    """Let letters pass that our font lacks: a chart is text, for which readers have other fonts.

    Matplotlib would warn in the notebook. Where a PDF shows boxes for them, its maker says so.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph \d+ .* missing from font")
        yield


@cache
def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of one line of text in points, at a size in points."""
    with _lock:
        face = _font(bold)
        face.set_size(100.0, 72)
        with _any_letter():
            face.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
        width: float = face.get_width_height()[0] / 64
    return width * size / 100.0


@cache
def _advance(text: str, bold: bool) -> float:
    """Return how far a line of text of size 1 takes the pen, as SVG measures text."""
    with _lock:
        face = _font(bold)
        face.set_size(100.0, 72)
        # By glyph: a letter that the font lacks has number 0, whose box is as wide as any letter.
        glyphs = [face.get_char_index(ord(letter)) for letter in text]
        steps = [face.load_glyph(glyph, flags=LoadFlags.NO_HINTING) for glyph in glyphs]
        closer = [face.get_kerning(*pair, Kerning.UNFITTED) for pair in pairwise(glyphs)]
    return (sum(step.linearHoriAdvance for step in steps) / 65536 + sum(closer) / 64) / 100.0


def wrap(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """Return text in lines no wider than `width` points; a longer word is cut.

    Parameters
    ----------
    text : str
    width : float
        Points, first to last ink.
    size : float
        Of the font, in points.
    bold : bool
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        for piece in _pieces(word, width, size, bold):
            longer = f"{line} {piece}" if line else piece
            if line and text_width(longer, size, bold) > width:
                lines.append(line)
                line = piece
            else:
                line = longer
    return [*lines, line] if line else lines


def _pieces(word: str, width: float, size: float, bold: bool) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter, size, bold) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def new_figure() -> Figure:
    """Return an empty figure with our fonts; its size is set when all is drawn."""
    with _lock, mpl.rc_context(_RC):
        return Figure(facecolor="white")


def to_svg(figure: Figure) -> str:
    """Return a figure as SVG: text as text, the same bytes each time."""
    buffer = io.BytesIO()
    with _lock, mpl.rc_context(_RC), _any_letter():
        figure.savefig(
            buffer, format="svg", facecolor="white", metadata={"Date": None, "Creator": None}
        )
    svg = buffer.getvalue().decode("utf-8")
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"\s*<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = _TEXT.sub(_of_fixed_length, svg)
    return re.sub(r"'Liberation Sans'(?:, [^;\"]*)?", _FONT_STACK, svg)


def _of_fixed_length(match: re.Match[str]) -> str:
    """Return a text that takes the room measured for it, also in another font than ours."""
    style, words = match["style"], html.unescape(match["words"])
    found = _SIZE.search(style)
    if not found or not words.strip():
        return match[0]
    length = _advance(words, "font-weight: 700" in style) * float(found[1])
    return f'<text textLength="{length:.2f}" lengthAdjust="spacingAndGlyphs"{match["rest"]}'
