"""What was measured: a table with what is wanted of it, and a chart of time against communes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from rich.console import Console
from rich.table import Table

from bench.results import FILE, recorded

CHART = FILE.with_name("bench.svg")


@dataclass(frozen=True)
class Row:
    """One measure, and what is wanted of it."""

    key: str
    what: str
    wanted: str = ""
    good: Callable[[float], bool] | None = None


ROWS = (
    Row("papermill_ratio", "papermill as it comes ÷ ours, a notebook", "≥ 4 (aim 6)",
        lambda value: value >= 4),
    Row("floor_ratio", "ours ÷ a plain function in a warm process", "≤ 1.3",
        lambda value: value <= 1.3),
    Row("assessment_10000_verdicts_s", "CPU s: values, margins, verdicts of 10,000 communes",
        "< 0.5", lambda value: value < 0.5),
    Row("assessment_10000_s", "CPU s: the same with headroom and stability", "< 5",
        lambda value: value < 5),
    Row("assessment_peak_mib", "MiB at most meanwhile", "≤ 1,024", lambda value: value <= 1024),
    Row("unchanged_1000_s", "s: ntm run, 1,000 communes, nothing changed", "≤ 3",
        lambda value: value <= 3),
    Row("builtin_vs_quarto", "Quarto ÷ built-in, HTML and PDF of 30 communes", "≥ 5",
        lambda value: value >= 5),
    Row("book_30_s", "s: that book by the built-in renderer"),
    Row("book_30_quarto_s", "s: that book by Quarto"),
    Row("book_30_unchanged_s", "s: that book again, nothing changed"),
    Row("book_30_one_changed_s", "s: that book again, one figure changed"),
    Row("shelf_30_s", "s: the 30 communes as a book a district"),
    Row("shelf_30_unchanged_s", "s: these again, nothing changed"),
    Row("shelf_30_one_changed_s", "s: these again, one figure changed"),
    Row("start_help_ratio", "CPU of ntm --help ÷ python -c pass"),
    Row("start_check_ratio", "CPU of ntm check, one commune ÷ python -c pass"),
    Row("start_results_ratio", "CPU of ntm results, one commune ÷ python -c pass"),
    Row("web_kb", "KB: first view of a report, compressed", "≤ 300", lambda value: value <= 300),
    Row("web_kb_ratio", "÷ a bare page of the same text"),
    Row("web_requests", "requests of it", "≤ 12", lambda value: value <= 12),
    Row("web_shift", "layout shift", "< 0.05", lambda value: value < 0.05),
    Row("web_paint_s", "s: first paint on a slow phone", "≤ 1", lambda value: value <= 1),
    Row("web_paint_ratio", "÷ a bare page of the same text"),
    Row("web_hit_s", "s: first hit of the search there", "≤ 3", lambda value: value <= 3),
    Row("web_home_kb", "KB: first view of the book's first page"),
    Row("web_home_paint_s", "s: its first contentful paint there"),
)  # fmt: skip
LINES = (
    ("run_s_by_communes", "notebooks (2 processes)", "o", "#0072B2"),
    ("book_s_by_communes", "book, HTML and PDF", "s", "#D55E00"),
    ("assessment_s_by_communes", "assessment with headroom and stability", "^", "#009E73"),
    ("verdicts_s_by_communes", "values, margins, verdicts", "D", "#7F7F7F"),
)


def table(known: dict[str, Any]) -> Table:
    """Return the table of what was measured."""
    shown = Table("measure", "what", "value", "wanted", "", title="reports/bench.json")
    for row in ROWS:
        value = known.get(row.key)
        met = "" if value is None or row.good is None else "yes" if row.good(value) else "NO"
        said = "not measured" if value is None else f"{value:g}"
        shown.add_row(row.key, row.what, said, row.wanted, met)
    return shown


def chart(known: dict[str, Any]) -> Figure:
    """Return the chart of seconds against communes, both in powers of ten."""
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "ntm", "font.size": 9}):
        figure = Figure(figsize=(7, 4.2), layout="constrained")
        axes = figure.add_subplot()
        for key, label, marker, colour in LINES:
            points = sorted((int(size), took) for size, took in known.get(key, {}).items())
            axes.loglog(*zip(*points, strict=True), marker=marker, color=colour, label=label)
        axes.set(xlabel="communes", ylabel="seconds")
        axes.grid(visible=True, which="major", color="#DDDDDD", linewidth=0.6)
        axes.legend(frameon=False)
        figure.savefig(CHART, metadata={"Date": None})
    return figure


def main() -> None:
    """Print the table and draw the chart."""
    known = recorded()
    Console(width=120).print(table(known))
    chart(known)
    print(f"{FILE.parent.name}/{CHART.name}")


if __name__ == "__main__":
    main()
