"""The sections on what the commune should explain, and on how firm the results are."""

from __future__ import annotations

import math

from ntm_analysis.capitals import lower_first
from ntm_analysis.charts import headroom_chart, headroom_rows
from ntm_analysis.language import Lang, translate
from ntm_analysis.narrative.register import became, found_no_more, requests
from ntm_analysis.narrative.report import Report
from ntm_analysis.numbers import format_quantity, format_value_near, with_unit
from ntm_analysis.scrutiny import CHECKS, SEVERITIES, Sensitivity, WhatIf
from ntm_analysis.scrutiny.closing import status_of
from ntm_analysis.tables import Md, escape, pipe_table
from ntm_analysis.tables.markdown import VERDICT_SIGNS


def findings(report: Report) -> Md:
    """Return part I.7, what the commune should explain: the findings, the gravest first."""
    lang = report.lang
    groups = [
        (
            translate(f"scrutiny.{severity}", lang),
            severity,
            [
                (f.check, f.sentence[lang], became(report, f))
                for f in report.findings
                if f.severity == severity
            ],
        )
        for severity in SEVERITIES
    ]
    return report.render(
        "findings",
        groups=[group for group in groups if group[2]],
        count=len(report.findings),
        checks=len(CHECKS),
        closed=sum(status_of(report.case, f).state == "closed" for f in report.findings),
        gone=found_no_more(report),
        requests=requests(report),
        drafted=not report.case.requests,
    )


def sensitivity(report: Report) -> Md:
    """Return part I.8, how far results move and what would turn them."""
    lang, charted = report.lang, report.chart_rows
    chart = Md("")
    if headroom_rows(charted):
        chart = Md(headroom_chart(charted, lang).markdown(f"fig-{report.section_id}-headroom"))
    return report.render(
        "sensitivity",
        chart=chart,
        table=_table(report) if report.sensitivities else "",
        what_ifs=[_what_if(report, one) for one in report.what_ifs],
        several=any(s.several for s in report.sensitivities),
        moving=[_moved(report, s) for s in report.sensitivities if s.several and s.low < s.high],
    )


def _moved(report: Report, one: Sensitivity) -> tuple[str, str, str]:
    view = report.indicators[one.code]
    return one.code, view.short, _interval(report, one)


def _interval(report: Report, one: Sensitivity) -> str:
    if not (one.several and one.low < one.high and math.isfinite(one.high - one.low)):
        return ""
    rule = report.case.rules.by_code[one.code]
    threshold = float(rule.own.threshold) if rule.own.threshold is not None else math.nan
    unit = report.case.rules.rulebook.units[rule.indicator.unit]
    low, high = (
        format_value_near(v, threshold, report.lang)
        if not math.isnan(threshold)
        else format_quantity(v, unit, report.lang, 2).removesuffix("%")
        for v in (one.low, one.high)
    )
    return with_unit(f"{low}–{high}", unit, report.lang)


def _table(report: Report) -> Md:
    lang, book = report.lang, report.case.rules.rulebook
    rows = []
    for one in report.sensitivities:
        view = report.indicators[one.code]
        rows.append(
            (
                one.code,
                view.short,
                view.own.value or "–",
                view.own.requires,
                _interval(report, one) or "–",
                view.own.headroom or "–",
                lower_first(book.variables[one.driver].label[lang]),
            )
        )
    keys = ("code", "indicator", "value", "requires", "interval", "headroom", "driver")
    return pipe_table(
        [translate(f"report.head_{key}", lang) for key in keys],
        rows,
        translate("report.caption_sensitivity", lang),
        f"tbl-{report.section_id}-sensitivity",
        (3, 8, 6, 6, 7, 6, 10),
        ("left", "left", "right", "right", "right", "right", "left"),
    )


def _what_if(report: Report, one: WhatIf) -> Md:
    lang, book = report.lang, report.case.rules.rulebook
    rule = report.case.rules.by_code[one.code]
    assert rule.own.threshold is not None
    threshold = float(rule.own.threshold)
    variable = book.variables[one.variable]

    def cell(row: int, column: int) -> Md:
        value, verdict = one.values[row][column], one.verdicts[row][column]
        if value is None:
            return Md("–")
        text = format_value_near(float(value), threshold, lang)
        text = with_unit(text, book.units[rule.indicator.unit], lang)
        shown = Md(f"[{VERDICT_SIGNS[verdict]} {escape(text)}]{{.ntm-{verdict.replace('_', '-')}}}")
        used = (one.rows[row], one.columns[column]) in one.reported
        return Md(rf"{shown} \*") if used else shown

    header = [variable.label[lang]]
    if one.base:
        base = book.variables[one.base]
        header += [_whole(float(c), base.unit, report, lang) for c in one.columns]
        names = {"base": lower_first(base.label[lang])}
    else:
        header.append(translate("report.head_value", lang))
        names = {"base": ""}
    rows = [
        (
            _whole(float(count), variable.unit, report, lang),
            *(cell(number, place) for place in range(len(one.columns))),
        )
        for number, count in enumerate(one.rows)
    ]
    key = "report.caption_what_if" if one.base else "report.caption_what_if_alone"
    return pipe_table(
        header,
        rows,
        translate(
            key,
            lang,
            code=one.code,
            short=lower_first(rule.indicator.short[lang]),
            variable=lower_first(variable.label[lang]),
            **names,
        ),
        f"tbl-{report.section_id}-what-if-{one.code.replace('.', '-')}",
        (8, *([6] * len(one.columns))),
        ("left", *(["right"] * len(one.columns))),  # type: ignore[arg-type]
    )


def _whole(value: float, unit: str, report: Report, lang: Lang) -> str:
    return format_quantity(value, report.case.rules.rulebook.units[unit], lang)


def checks_chapter(lang: Lang) -> str:
    """Return the appendix on the checks, made from their table.

    Returns
    -------
    str
        A Quarto document.
    """
    rows = [
        (check.code, check.title(lang), check.rationale(lang), check.example(lang))
        for check in CHECKS
    ]
    table = pipe_table(
        [translate(f"report.head_{key}", lang) for key in ("code", "check", "why", "example")],
        rows,
        translate("report.caption_checks", lang),
        "tbl-checks",
        (3, 9, 12, 12),
    )
    severities = "\n".join(
        f"- **{escape(translate(f'scrutiny.{severity}', lang))}**: "
        f"{escape(translate(f'report.severity_{severity}', lang))}"
        for severity in SEVERITIES
    )
    title = translate("report.checks_title", lang)
    intro = translate("report.checks_intro", lang, count=len(CHECKS))
    return f"# {title} {{#sec-checks}}\n\n{intro}\n\n{severities}\n\n{table}"
