"""The sections of the comparison; the notebook shows them one by one."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_analysis.communes import Case, load_cases
from ntm_analysis.comparison.charts import heat_map, margin_spread, share_chart
from ntm_analysis.comparison.programme import Programme
from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import format_date, format_number, format_requirement, format_value_near
from ntm_analysis.paths import Project, find_project
from ntm_analysis.tables import Md, escape, pipe_table, verdict_span

_MOST_BARS = 30
_MOST_ROWS = 40


def load_programme(ids: Sequence[str], lang: Lang, project: Project | None = None) -> Programme:
    """Read commune-years and return them for comparison: those of the most frequent set.

    Raises
    ------
    DataErrors
        With everything wrong in the files.
    """
    cases = load_cases(project or find_project(), ids)
    return Programme(comparable(cases), lang)


def comparable(cases: Sequence[Case]) -> tuple[Case, ...]:
    """Return the cases under the criteria set that most of them are judged by."""
    counts: dict[str, int] = {}
    for case in cases:
        counts[case.params.set] = counts.get(case.params.set, 0) + 1
    chosen = max(counts, key=lambda key: counts[key])
    return tuple(case for case in cases if case.params.set == chosen)


def _heading(key: str, lang: Lang) -> str:
    title = escape(translate(f"compare.{key}_title", lang))
    return f"## {title} {{#sec-compare-{key} .unnumbered}}\n\n"


def _names(programme: Programme) -> dict[str, str]:
    rules = programme.rules.rules
    return {rule.code: rule.indicator.short[programme.lang] for rule in rules}


def _head(keys: Sequence[str], lang: Lang) -> list[str]:
    return [translate(f"compare.head_{key}", lang) for key in keys]


def selection(programme: Programme) -> Md:
    """Return what is compared, and how much is missing."""
    lang, rows = programme.lang, programme.latest
    without = rows["without"].mean()
    text = translate(
        "compare.selection", lang, cases=len(programme.cases), communes=programme.communes,
        made_up=programme.made_up, years=", ".join(map(str, programme.years)),
        set=programme.rules.name(lang), indicators=rows["indicator"].nunique(),
        without=format_number(100 * float(without), lang, 1),
    )  # fmt: skip
    note = ""
    if programme.made_up:
        warning = translate("compare.made_up", lang, count=programme.made_up)
        title = translate("compare.made_up_title", lang)
        note = f'\n\n::: {{.callout-important title="{title}"}}\n{escape(warning)}\n:::\n'
    return Md(_heading("selection", lang) + str(escape(text)) + note)


def shares(programme: Programme) -> Md:
    """Return how many communes meet each indicator."""
    lang, table = programme.lang, programme.shares()
    names = {**{code: code for code in table.index}, **_names(programme)}
    open_ = table[table["share"] < 1]
    text = translate(
        "compare.shares", lang, all=int((table["share"] == 1).sum()), some=len(open_),
        shown=min(len(open_), _MOST_BARS),
    )  # fmt: skip
    body = _heading("shares", lang) + f"{escape(text)}\n\n"
    if len(open_):
        body += share_chart(open_.head(_MOST_BARS), names, lang).markdown("compare-shares")
    return Md(body)


def margins(programme: Programme) -> Md:
    """Return which indicators bind."""
    lang, table = programme.lang, programme.margins()
    if table.empty:
        return Md(_heading("margins", lang) + str(escape(translate("compare.no_margins", lang))))
    names = {**{code: code for code in table.index}, **_names(programme)}
    tight = table.head(25)
    text = translate("compare.margins", lang, count=len(table), shown=len(tight))
    chart = margin_spread(tight, names, lang).markdown("compare-margins")
    return Md(f"{_heading('margins', lang)}{escape(text)}\n\n{chart}")


def heat(programme: Programme) -> Md:
    """Return communes × indicators."""
    lang, rows = programme.lang, programme.latest
    there = set(rows["indicator"])
    names = {code: name for code, name in _names(programme).items() if code in there}
    chart = heat_map(rows, names, lang).markdown("compare-heat")
    text = translate("compare.heat", lang)
    return Md(f"{_heading('heat', lang)}{escape(text)}\n\n{chart}")


def close(programme: Programme) -> Md:
    """Return who is close to losing an indicator."""
    lang, table = programme.lang, programme.thin()
    if table.empty:
        return Md(_heading("close", lang) + str(escape(translate("compare.no_margins", lang))))
    units = programme.rules.rulebook.units
    rows = []
    for _, row in table.iterrows():
        unit = units[str(row["unit"])]
        value = format_value_near(float(row["value"]), float(row["threshold"]), lang)
        headroom = ""
        if row["headroom"] == row["headroom"]:
            label = units[str(row["headroom_unit"])].label[lang]
            headroom = f"{format_number(float(row['headroom']), lang)} {label}"
        rule = programme.rules.by_code.get(str(row["indicator"]))
        required = format_requirement(rule.own, unit, lang) if rule else str(row["requires"])
        rows.append(
            (str(row["place"]), str(row["year"]), f"{row['indicator']} {row['short']}", value,
             required, headroom or "–",
             f"{format_number(100 * float(row['thinness']), lang, 2)}%")
        )  # fmt: skip
    table_ = pipe_table(
        _head(("commune", "year", "indicator", "value", "requires", "headroom", "thinness"), lang),
        rows,
        translate("compare.close_caption", lang),
        "tbl-compare-close",
        (6, 4, 12, 6, 8, 7, 5),
        ("left", "left", "left", "right", "right", "right", "right"),
    )
    return Md(f"{_heading('close', lang)}{escape(translate('compare.close', lang))}\n\n{table_}")


def years(programme: Programme) -> Md:
    """Return what changed between years of the same commune."""
    lang, table = programme.lang, programme.changes()
    if table.empty:
        return Md(_heading("years", lang) + str(escape(translate("compare.one_year", lang))))
    moved = table.assign(step=table["met_after"] - table["met_before"])
    text = translate(
        "compare.years", lang, count=len(table), up=int((moved["step"] > 0).sum()),
        down=int((moved["step"] < 0).sum()), same=int((moved["step"] == 0).sum()),
    )  # fmt: skip
    rows = [
        (str(r["place"]), f"{r['before']}–{r['after']}", f"{r['met_before']} → {r['met_after']}",
         _codes(r["gained"]), _codes(r["lost"]))
        for _, r in moved.sort_values("step", kind="stable").head(_MOST_ROWS).iterrows()
    ]  # fmt: skip
    shown = pipe_table(
        _head(("commune", "years", "met", "gained", "lost"), lang),
        rows,
        translate("compare.years_caption", lang),
        "tbl-compare-years",
        (6, 5, 5, 10, 10),
    )
    return Md(f"{_heading('years', lang)}{escape(text)}\n\n{shown}")


def _codes(codes: Sequence[str]) -> str:
    return ", ".join(codes) or "–"


def decision(programme: Programme) -> Md:
    """Return what the last amending decision changed: the same figures under both rules."""
    lang, day = programme.lang, programme.decision_day()
    if day is None:
        text = translate("compare.no_decision", lang)
        return Md(_heading("decision", lang) + str(escape(text)))
    changed = programme.decided(day)
    text = translate(
        "compare.decision", lang, day=format_date(day, lang), count=len(changed),
        communes=changed["commune"].nunique(),
    )  # fmt: skip
    body = f"{_heading('decision', lang)}{escape(text)}\n\n"
    if changed.empty:
        return Md(body)
    names = {
        code: indicator.short[lang] for code, indicator in programme.rules.loaded.indicators.items()
    }
    groups = changed.groupby(["indicator", "before", "after"], sort=False).size().reset_index()
    order = {code: n for n, code in enumerate(names)}
    groups = groups.sort_values("indicator", key=lambda s: s.map(order), kind="stable")
    rows = [
        (str(r["indicator"]), names[str(r["indicator"])], _verdict(r["before"], lang),
         _verdict(r["after"], lang), str(r[0]))
        for _, r in groups.iterrows()
    ]  # fmt: skip
    return Md(
        body
        + pipe_table(
            _head(("code", "indicator", "before", "after", "communes"), lang),
            rows,
            translate("compare.decision_caption", lang, day=format_date(day, lang, "short")),
            "tbl-compare-decision",
            (3, 12, 7, 7, 4),
            ("left", "left", "left", "left", "right"),
        )
    )


def _verdict(verdict: str, lang: Lang) -> str:
    if not verdict:
        return translate("compare.not_in_force", lang)
    return verdict_span(verdict, translate(f"verdict.{verdict}", lang))


def summary(programme: Programme) -> Md:
    """Return the programme by district and province."""
    lang = programme.lang
    body = _heading("summary", lang) + f"{escape(translate('compare.summary', lang))}\n\n"
    for by in ("province", "district"):
        table = programme.summary(by)
        rows = [
            (str(r[by]) or "–", str(r["communes"]), str(r["synthetic"]), str(r["complete"]),
             f"{format_number(float(r['met']), lang, 1)}/{r['total']}",
             format_number(float(r["without"]), lang, 1))
            for _, r in table.iterrows()
        ]  # fmt: skip
        body += pipe_table(
            _head((by, "communes", "made_up", "complete", "mean_met", "mean_without"), lang),
            rows,
            translate(f"compare.summary_{by}", lang),
            f"tbl-compare-{by}",
            (8, 4, 4, 5, 6, 6),
            ("left", "right", "right", "right", "right", "right"),
        )
        body += "\n\n"
    return Md(body)


__all__ = [
    "close",
    "comparable",
    "decision",
    "heat",
    "load_programme",
    "margins",
    "selection",
    "shares",
    "summary",
    "years",
]
