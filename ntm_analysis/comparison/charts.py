"""Charts over many communes: shares, margins, the heat map."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from ntm_analysis.charts.canvas import Canvas, LegendEntry
from ntm_analysis.charts.chart import Chart
from ntm_analysis.charts.style import (
    INK,
    MUTED,
    RULE,
    TRACK,
    VERDICT_STYLES,
    WIDTH,
    text_width,
)
from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import format_number

ORDER: Final = ("met", "not_applicable", "pending", "no_data", "not_met")
_NAMES: Final = 150.0
_ROW: Final = 14.0
_SIZE: Final = 9.0
_MOST_COMMUNES: Final = 40
_EDGE: Final = 0.5


def shortened(text: str, width: float, size: float = _SIZE) -> str:
    """Return text cut to a width in points, with an ellipsis."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _legend(canvas: Canvas, y: float, seen: Sequence[str], lang: Lang) -> float:
    entries = [LegendEntry(v, translate(f"verdict.{v}", lang)) for v in ORDER if v in seen]
    return canvas.legend(y, entries, lambda mark, x, at: canvas.verdict(x, at, mark))


def share_chart(table: pd.DataFrame, names: Mapping[str, str], lang: Lang) -> Chart:
    """Chart how many communes have each verdict, one bar an indicator.

    Parameters
    ----------
    table : DataFrame
        Of `Programme.shares`, as many rows as are to be drawn.
    names : mapping of code to label
    lang : {"vi", "en"}
    """
    canvas, y = Canvas(), 4.0
    left, right = _NAMES + 34, WIDTH - 34
    for code, row in table.iterrows():
        total = float(sum(row[v] for v in ORDER))
        canvas.text(0, y + 9, str(code), size=_SIZE, bold=True)
        canvas.text(30, y + 9, shortened(names[str(code)], _NAMES - 4), size=_SIZE)
        x = left
        for verdict in ORDER:
            width = (right - left) * float(row[verdict]) / total if total else 0
            if width > 0:
                canvas.rect(x, y + 1, x + width, y + 11, VERDICT_STYLES[verdict].colour,
                            edge="white", width=0.6)  # fmt: skip
                if width > 12:
                    ink = INK if verdict == "pending" else "white"
                    number = str(int(row[verdict]))
                    canvas.text(x + width / 2, y + 9, number, size=8, align="center", colour=ink)
            x += width
        share = f"{format_number(100 * float(row['share']), lang, 0)}%"
        canvas.text(WIDTH, y + 9, share, size=_SIZE, align="right")
        y += _ROW
    seen = [v for v in ORDER if table[v].sum() > 0]
    height = _legend(canvas, y + 6, seen, lang)
    alt = "; ".join(
        f"{code} {names[str(code)]}: {format_number(100 * float(row['share']), lang, 0)}%"
        for code, row in table.iterrows()
    )
    return Chart(canvas.finish(height + 4), f"{translate('compare.shares_alt', lang)} {alt}.",
                 translate("compare.shares_caption", lang))  # fmt: skip


def margin_spread(table: pd.DataFrame, names: Mapping[str, str], lang: Lang) -> Chart:
    """Chart the spread of relative margins: least to most, quartiles, median."""
    canvas, y = Canvas(), 4.0
    left, right = _NAMES + 34, WIDTH - 8
    reach = min(_EDGE, max(0.1, float(table[["low", "high"]].abs().to_numpy().max()) * 1.2))

    def at(value: float) -> float:
        clipped = max(-reach, min(reach, value))
        return left + (right - left) * (clipped + reach) / (2 * reach)

    top = y
    for code, row in table.iterrows():
        middle = y + 6
        canvas.text(0, y + 9, str(code), size=_SIZE, bold=True)
        canvas.text(30, y + 9, shortened(names[str(code)], _NAMES - 4), size=_SIZE)
        canvas.line([(at(row["least"]), middle), (at(row["most"]), middle)], MUTED, 1.0)
        low, high = at(row["low"]), max(at(row["high"]), at(row["low"]) + 1)
        canvas.rect(low, middle - 3.5, high, middle + 3.5, "#8FB8D8")
        canvas.rect(at(row["median"]) - 1, middle - 5, at(row["median"]) + 1, middle + 5, INK,
                    order=4)  # fmt: skip
        y += _ROW
    canvas.line([(at(0), top), (at(0), y)], "#D55E00", 1.2, order=3)
    for tick in (-reach, 0.0, reach):
        text = f"{format_number(100 * tick, lang, 0, sign=tick != 0)}%"
        align = "left" if tick < 0 else "right" if tick > 0 else "center"
        canvas.text(at(tick), y + 10, text, size=_SIZE, align=align, colour=MUTED)  # type: ignore[arg-type]
    canvas.line([(left, y), (right, y)], RULE, 0.8)
    canvas.text(0, y + 24, translate("compare.margins_key", lang), size=_SIZE, colour=MUTED)
    alt = "; ".join(
        f"{code} {names[str(code)]}: {format_number(100 * float(row['median']), lang, 1)}%"
        for code, row in table.iterrows()
    )
    return Chart(canvas.finish(y + 30), f"{translate('compare.margins_alt', lang)} {alt}.",
                 translate("compare.margins_caption", lang))  # fmt: skip


def heat_map(rows: pd.DataFrame, names: Mapping[str, str], lang: Lang) -> Chart:
    """Chart communes × indicators: a mark a commune, or a share a district where they are many.

    Parameters
    ----------
    rows : DataFrame
        Of `Programme.latest`.
    names : mapping of code to label
        In legal order: the rows of the map.
    lang : {"vi", "en"}
    """
    communes = rows[["commune", "place"]].drop_duplicates()
    if len(communes) <= _MOST_COMMUNES:
        return _marks(rows, names, list(communes.itertuples(index=False, name=None)), lang)
    return _districts(rows, names, lang)


def _marks(
    rows: pd.DataFrame, names: Mapping[str, str], communes: list[tuple[str, str]], lang: Lang
) -> Chart:
    canvas = Canvas()
    left = 34.0 + (110 if len(communes) <= 20 else 0)
    step = min(22.0, (WIDTH - left) / len(communes))
    verdict = {(r.commune, r.indicator): r.verdict for r in rows.itertuples()}
    y = 16.0
    for place in range(len(communes)):
        canvas.text(left + step * (place + 0.5), 10, str(place + 1), size=7.5, align="center",
                    colour=MUTED)  # fmt: skip
    for code, name in names.items():
        canvas.text(0, y + 7, code, size=7.5, bold=True)
        if left > 40:
            canvas.text(30, y + 7, shortened(name, left - 36, 7.5), size=7.5)
        for place, (commune, _) in enumerate(communes):
            found = verdict.get((commune, code))
            if found is not None:
                canvas.verdict(
                    left + step * (place + 0.5), y + 4.5, str(found), min(7.0, step * 0.62)
                )
        y += 10.5
    seen = list(rows["verdict"].unique())
    height = _legend(canvas, y + 6, seen, lang)
    listed = "; ".join(f"{n} {place}" for n, (_, place) in enumerate(communes, start=1))
    alt = translate("compare.heat_alt", lang, communes=len(communes), listed=listed)
    return Chart(canvas.finish(height + 4), alt,
                 translate("compare.heat_caption", lang, listed=listed))  # fmt: skip


def _districts(rows: pd.DataFrame, names: Mapping[str, str], lang: Lang) -> Chart:
    canvas = Canvas()
    shares = rows.pivot_table(index="indicator", columns="district", values="counted")
    districts = list(shares.columns)[:24]
    left = 34.0
    step = (WIDTH - left) / max(1, len(districts))
    for place in range(len(districts)):
        canvas.text(left + step * (place + 0.5), 10, str(place + 1), size=7.5, align="center",
                    colour=MUTED)  # fmt: skip
    y = 14.0
    for code in names:
        canvas.text(0, y + 8, code, size=7.5, bold=True)
        for place, district in enumerate(districts):
            value = float(shares[district].get(code, math.nan))
            x = left + step * place
            if math.isnan(value):
                canvas.rect(x, y, x + step - 1, y + 10, TRACK)
                continue
            level = int(255 - 150 * value)
            canvas.rect(x, y, x + step - 1, y + 10, f"#{level:02X}{225:02X}{level:02X}"
                        if value >= 0.5 else f"#F0{int(120 + 200 * value):02X}80")  # fmt: skip
            canvas.text(x + step / 2 - 0.5, y + 8, format_number(100 * value, lang, 0), size=7,
                        align="center")  # fmt: skip
        y += 11.0
    listed = "; ".join(f"{n} {name or '–'}" for n, name in enumerate(districts, start=1))
    alt = translate("compare.districts_alt", lang, listed=listed)
    return Chart(canvas.finish(y + 4), alt,
                 translate("compare.districts_caption", lang, listed=listed))  # fmt: skip
