"""A sheet to draw on, measured in points from the upper left corner."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch, Polygon, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, IdentityTransform, TransformedPath

from ntm_analysis.charts.style import (
    FLIP_COLOUR,
    INK,
    LABEL,
    LINE,
    MUTED,
    SMALL,
    VERDICT_STYLES,
    WIDTH,
    font,
    new_figure,
    text_width,
    to_svg,
)

Align = Literal["left", "center", "right"]
_FRONT: Final = 10.0
_NO_CLIP: Final = TransformedPath(Path([(0.0, 0.0)]), IdentityTransform())
"""Stands where Matplotlib would make a clipping path for every mark; nothing here is clipped."""


class _Line(Text):
    """One line of text for SVG: where it starts is known, so that it need not be measured."""

    def draw(self, renderer: Any) -> None:
        """Draw it as `Text` does, without the layout."""
        renderer.open_group("text", self.get_gid())
        x, y = self.get_transform().transform(self.get_unitless_position())
        gc = renderer.new_gc()
        gc.set_foreground(self.get_color())
        prop = self.get_fontproperties()
        height = renderer.get_canvas_width_height()[1]
        renderer.draw_text(gc, x, height - y, self.get_text(), prop, 0.0, False, self)
        gc.restore()
        renderer.close_group("text")
        self.stale = False


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A line of the key: `mark` is a verdict, or a word of the chart's own."""

    mark: str
    text: str


class Canvas:
    """A figure of fixed width whose height is settled when all is drawn.

    One data unit is one point, y grows downwards.

    Parameters
    ----------
    width : float
    figure : Figure, optional
        One of Matplotlib's to draw on, for any way of showing it; by default one for SVG alone.
    """

    def __init__(self, width: float = WIDTH, figure: Figure | None = None) -> None:
        self.width = width
        self._line: type[Text] = _Line if figure is None else Text
        self.figure: Figure = figure or new_figure()
        # Axes cost half of a small picture; one that nobody changes does without.
        self._points = Affine2D()
        self._paper = self._points + self.figure.dpi_scale_trans
        self._axes: Axes | None = None
        if figure is None:
            FigureCanvasSVG(self.figure)
        else:
            self._axes = self.figure.add_axes((0.0, 0.0, 1.0, 1.0))
            self._axes.set_axis_off()

    def settle(self, height: float) -> Axes:
        """Set the height and return what is drawn on; for a figure that was given."""
        assert self._axes is not None
        self.figure.set_size_inches(self.width / 72, height / 72)
        self._axes.set_xlim(0, self.width)
        self._axes.set_ylim(height, 0)
        return self._axes

    def finish(self, height: float) -> str:
        """Set the height and return the picture as SVG."""
        self.figure.set_size_inches(self.width / 72, height / 72)
        self._points.scale(1 / 72, -1 / 72).translate(0.0, height / 72)
        return to_svg(self.figure)

    def _draw(self, artist: Artist) -> None:
        """Put a mark on the axes; without them on the figure, in points."""
        if self._axes is not None:
            self._axes.add_artist(artist)
            return
        artist.set_transform(self._paper)
        self.figure.add_artist(artist)

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        *,
        size: float = LABEL,
        align: Align = "left",
        bold: bool = False,
        colour: str = INK,
    ) -> float:
        """Write one line; return its width in points."""
        if not text:
            return 0.0
        line = self._line(
            x,
            baseline,
            text,
            fontproperties=font(size, bold),
            ha=align,
            va="baseline",
            color=colour,
            clip_on=False,
            zorder=_FRONT,
            parse_math=False,
        )
        line.set_clip_path(_NO_CLIP)
        self._draw(line)
        if self._line is Text:
            line.set_clip_path(None)
        return text_width(text, size, bold)

    def lines(
        self, x: float, baseline: float, lines: Iterable[str], *, size: float = LABEL, **style: Any
    ) -> float:
        """Write lines below one another; return the baseline that would come next."""
        for line in lines:
            self.text(x, baseline, line, size=size, **style)
            baseline += size * LINE
        return baseline

    def rect(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        colour: str,
        *,
        edge: str = "none",
        width: float = 0.0,
        order: float = 1.0,
    ) -> None:
        """Fill a rectangle between two corners."""
        corner = (min(x0, x1), min(y0, y1))
        self._add(
            Rectangle(corner, abs(x1 - x0), abs(y1 - y0), facecolor=colour, edgecolor=edge,
                      linewidth=width, zorder=order)
        )  # fmt: skip

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        width: float = 1.0,
        order: float = 2.0,
    ) -> None:
        """Draw a broken line through points."""
        self._add(
            PathPatch(Path(list(points)), facecolor="none", edgecolor=colour, linewidth=width,
                      capstyle="butt", joinstyle="miter", zorder=order)
        )  # fmt: skip

    def polygon(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        edge: str = "none",
        width: float = 0.0,
        order: float = 3.0,
    ) -> None:
        """Fill a polygon."""
        self._add(
            Polygon(list(points), closed=True, facecolor=colour, edgecolor=edge,
                    linewidth=width, zorder=order)
        )  # fmt: skip

    def shape(
        self, path: Path, colour: str, edge: str = "none", width: float = 0.0, order: float = 2.0
    ) -> None:
        """Fill a path, of however many closed parts, as one element of the picture."""
        self._add(PathPatch(path, facecolor=colour, edgecolor=edge, linewidth=width, zorder=order))

    def dots(self, points: Sequence[tuple[float, float]], colour: str, size: float) -> None:
        """Draw round dots, of however many, as one element of the picture."""
        # A line that is all but without length, with round ends: far shorter than circles.
        vertices = [(x + step, y) for x, y in points for step in (0.0, 0.01)]
        codes = [Path.MOVETO, Path.LINETO] * len(points)
        self._add(
            PathPatch(Path(vertices, codes), facecolor="none", edgecolor=colour, linewidth=size,
                      capstyle="round", zorder=3.0)
        )  # fmt: skip

    def arrow(self, x0: float, x1: float, y: float, colour: str = MUTED, head: float = 3.0) -> None:
        """Draw a horizontal arrow from x0 to x1."""
        back = math.copysign(head * 1.4, x1 - x0)
        self.line([(x0, y), (x1 - back, y)], colour, 1.2)
        self.polygon([(x1, y), (x1 - back, y - head), (x1 - back, y + head)], colour)

    def verdict(
        self, x: float, y: float, verdict: str, size: float = 9.0, order: float = 5.0
    ) -> None:
        """Draw the mark of a verdict around a point; `size` is its width in points."""
        style, r = VERDICT_STYLES[verdict], size / 2
        if style.shape == "circle":
            self._add(Circle((x, y), r, facecolor=style.colour, edgecolor="white",
                             linewidth=0.8, zorder=order))  # fmt: skip
        elif style.shape == "ring":
            self._add(Circle((x, y), r * 0.82, facecolor="white", edgecolor=style.colour,
                             linewidth=1.6, zorder=order))  # fmt: skip
        elif style.shape == "triangle":
            points = [(x, y - r * 1.05), (x + r * 1.1, y + r * 0.85), (x - r * 1.1, y + r * 0.85)]
            self.polygon(points, style.colour, "white", 0.6, order)
        elif style.shape == "cross":
            arm, reach = r * 0.42, r * 1.08
            corners = []
            for quarter in range(4):
                turn = math.radians(45 + 90 * quarter)
                along, across = (math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))
                for far, side in ((arm, -arm), (reach, -arm), (reach, arm)):
                    corners.append((x + far * along[0] + side * across[0],
                                    y + far * along[1] + side * across[1]))  # fmt: skip
            self.polygon(corners, style.colour, "white", 0.6, order)
        elif style.shape == "diamond":
            reach = r * 1.2
            points = [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]
            self.polygon(points, style.colour, INK, 0.6, order)
        elif style.shape == "square":
            inset = r * 0.86
            self.rect(x - inset, y - inset, x + inset, y + inset, "white",
                      edge=style.colour, width=1.6, order=order)  # fmt: skip
        else:
            self.rect(x - r, y - r * 0.36, x + r, y + r * 0.36, style.colour, order=order)

    def flip(self, x: float, y: float, size: float = 8.0) -> None:
        """Draw the mark of a verdict that another figure of the papers would turn."""
        r = size / 2
        for way in (-1, 1):
            points = [(x + way * 0.6, y - r), (x + way * 0.6, y + r), (x + way * (r + 0.6), y)]
            self.polygon(points, FLIP_COLOUR, INK, 0.5, 5.0)

    def legend(
        self,
        top: float,
        entries: Sequence[LegendEntry],
        draw: Any,
        size: float = SMALL,
        width: float | None = None,
    ) -> float:
        """Write the key in as many lines as it needs; return its lower edge.

        `draw(mark, x, y)` draws a mark around a point 7 points right of its left edge. `width` is
        that of the canvas where none is given.
        """
        room = self.width if width is None else width
        x, y, step = 0.0, top + size, size * LINE + 3
        for entry in entries:
            wide = 18 + text_width(entry.text, size)
            if x and x + wide > room:
                x, y = 0.0, y + step
            draw(entry.mark, x + 7, y - size * 0.34)
            self.text(x + 18, y, entry.text, size=size, colour=INK)
            x += wide + 16
        return y + size * 0.35

    def _add(self, patch: Any) -> None:
        patch.set_clip_on(False)
        patch.set_clip_path(_NO_CLIP)
        self._draw(patch)
        patch.set_clip_path(None)
