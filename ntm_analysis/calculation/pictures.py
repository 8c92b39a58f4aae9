"""The report's charts as Matplotlib figures, to be changed."""

from __future__ import annotations

import io

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ntm_analysis.charts import overview_rows, worth_drawing
from ntm_analysis.charts.canvas import Canvas
from ntm_analysis.charts.margin import draw_margin, margin_alt
from ntm_analysis.charts.overview import draw_overview, overview_alt
from ntm_analysis.language import say, translate
from ntm_analysis.narrative import Report
from ntm_analysis.problems import DataErrors, Problem


class ShownFigure(Figure):
    """A figure that Jupyter shows by itself, without pyplot and what that keeps.

    Attributes
    ----------
    alt : str
        What it shows, for those who cannot see it; yours to change with the figure.
    """

    alt: str = ""

    def _repr_png_(self) -> bytes:
        buffer = io.BytesIO()
        FigureCanvasAgg(self).print_png(buffer)  # type: ignore[no-untyped-call]
        return buffer.getvalue()

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, bytes], dict[str, dict[str, str]]]:
        return {"image/png": self._repr_png_()}, {"image/png": {"alt": self.alt}}


def criterion_figure(report: Report, number: int) -> tuple[ShownFigure, Axes]:
    """Draw a criterion's results against their thresholds.

    Parameters
    ----------
    report : Report
    number : int
        The criterion's: 9.

    Returns
    -------
    fig, ax : Figure, Axes
        `fig` as the last line of a cell shows it. One unit of the axes is one point (1/72 inch)
        from the upper left corner; every text, bar and mark is one of `ax.texts` and `ax.patches`.

    Raises
    ------
    DataErrors
        If there is no such criterion. Where it has nothing to draw, the figure says so.

    Examples
    --------
    >>> report = Report.load("liem-can", 2024, lang="en")
    >>> fig, ax = criterion_figure(report, 11)
    >>> _ = fig.suptitle("Poverty, 2024", y=1.05)
    >>> any("Poverty" in text.get_text() or "poverty" in text.get_text() for text in ax.texts)
    True
    """
    if number not in report.criteria:
        known = ", ".join(map(str, report.criteria))
        message = say("calculation.no_criterion", number=number)
        wanted = say("calculation.no_criterion_wanted", numbers=known)
        raise DataErrors([Problem(say("case.given"), message, wanted)])
    rows = [row for row in report.chart_rows if row.criterion == number and row.quantitative]
    if not worth_drawing(rows):
        return _sentence(translate("calculation.no_chart", report.lang, number=number))
    figure, canvas = _empty()
    figure.alt = margin_alt(rows, report.lang)
    _, height = draw_margin(rows, report.lang, canvas)
    return figure, canvas.settle(height)


def margins_figure(report: Report, most: int | None = None) -> tuple[ShownFigure, Axes]:
    """Draw the relative margins of quantitative indicators, the smallest on top.

    Parameters
    ----------
    report : Report
    most : int, optional
        How many; all by default.

    Returns
    -------
    fig, ax : Figure, Axes
        As `criterion_figure` returns them; where no indicator has a margin, a sentence says so.

    Examples
    --------
    >>> report = Report.load("liem-can", 2024, lang="en")
    >>> fig, ax = margins_figure(report)
    >>> len(ax.texts) > 20
    True
    """
    rows = overview_rows(report.chart_rows)[:most]
    if not rows:
        return _sentence(translate("calculation.no_margins", report.lang))
    figure, canvas = _empty()
    figure.alt = overview_alt(rows, report.lang)
    _, height = draw_overview(rows, report.lang, canvas)
    return figure, canvas.settle(height)


def _empty() -> tuple[ShownFigure, Canvas]:
    figure = ShownFigure(facecolor="white", dpi=110)
    return figure, Canvas(figure=figure)


def _sentence(text: str) -> tuple[ShownFigure, Axes]:
    figure, canvas = _empty()
    figure.alt = text
    canvas.text(0.0, 12.0, text)
    return figure, canvas.settle(20.0)
