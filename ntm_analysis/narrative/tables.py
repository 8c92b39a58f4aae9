"""The report's tables."""

from __future__ import annotations

import math
from collections.abc import Iterable

from ntm_analysis.capitals import lower_first
from ntm_analysis.language import Lang, translate
from ntm_analysis.narrative.filters import listing
from ntm_analysis.narrative.indicator_view import IndicatorView
from ntm_analysis.narrative.report import Report
from ntm_analysis.narrative.views import print_requirement
from ntm_analysis.rulebook import parse_requirement
from ntm_analysis.tables import Md, code, escape, pipe_table


def key_numbers(report: Report) -> Md:
    """Return the seven numbers that matter, with what they mean."""
    lang = report.lang
    views = list(report.indicators.values())
    tally = report.assessment.tally(report.case)
    counted = tally["met"] + tally["not_applicable"]
    criteria = report.criterion_views.values()
    conditions = report.case.rules.loaded.about.conditions
    settled = len(conditions) - len(report.open_conditions)
    rows: list[tuple[str, str]] = [
        (f"{counted}/{len(views)}", translate("report.key_indicators", lang)),
        (
            f"{sum(c.met for c in criteria)}/{len(criteria)}",
            translate("report.key_criteria", lang),
        ),
        (
            f"{sum(c.settled for c in criteria)}/{len(criteria)}",
            translate("report.key_criteria_concluded", lang),
        ),
        (str(tally["no_data"]), translate("report.key_no_data", lang)),
        (str(tally["pending"] + tally["not_met"]), translate("report.key_open", lang)),
        (str(sum(i.flip is not None for i in views)), translate("report.key_flips", lang)),
    ]
    measured = [i for i in views if not math.isnan(i.thinness)]
    if measured:
        thinnest = min(measured, key=lambda i: i.sort_key)
        part = thinnest.thin_part
        text = translate(
            "report.key_thinnest",
            lang,
            code=thinnest.code,
            name=lower_first(thinnest.short),
            value=part.value,
            requires=part.requires,
        )
        rows.append((part.headroom or part.margin, text))
    rows.append((f"{settled}/{len(conditions)}", translate("report.key_conditions", lang)))
    return pipe_table(
        (translate("report.head_number", lang), translate("report.head_meaning", lang)),
        [(Md(f"**{escape(number)}**"), text) for number, text in rows],
        translate("report.caption_key", lang, id=report.case.commune.name),
        f"tbl-{report.section_id}-key",
        (3, 9),
        ("right", "left"),
    )


def criteria_table(report: Report) -> Md:
    """Return the criteria: how many indicators are met, how firmly, and what is concluded."""
    lang = report.lang
    rows = [
        (
            str(c.number),
            c.name,
            f"{c.counted}/{c.indicators}",
            f"{c.firm}/{c.indicators}",
            c.sign,
            _decided(c.conclusion_word, decided=decided_on(report, c.number), lang=lang),
        )
        for c in report.criterion_views.values()
    ]
    keys = ("code", "criterion", "met", "firm", "verdict", "conclusion")
    return pipe_table(
        [translate(f"report.head_{key}", lang) for key in keys],
        rows,
        translate("report.caption_criteria", lang),
        f"tbl-{report.section_id}-criteria",
        (3, 11, 4, 4, 9, 8),
        ("right", "left", "right", "right", "left", "left"),
    )


def decided_on(report: Report, number: int) -> bool:
    """Return whether an appraiser decided on an indicator of a criterion."""
    return any(i.decided_by for i in report.by_criterion[number])


def _decided(word: str, *, decided: bool, lang: Lang) -> str:
    return translate("report.decided_part", lang, conclusion=word) if decided else word


def criterion_table(report: Report, number: int) -> Md:
    """Return one criterion's results: required, value, margin, headroom, verdict, evidence."""
    lang = report.lang
    keys = (
        "code",
        "indicator",
        "requires",
        "claimed",
        "value",
        "margin",
        "headroom",
        "verdict",
        "grade",
    )
    rows = [
        (
            i.code,
            i.label,
            i.requires,
            _claim(i),
            i.value or "–",
            _signed(i, lang) or "–",
            i.headroom or "–",
            _concluded(i, lang),
            i.grade,
        )
        for i in report.by_criterion[number]
    ]
    return pipe_table(
        [translate(f"report.head_{key}", lang) for key in keys],
        rows,
        translate("report.caption_criterion", lang, number=number),
        f"tbl-{report.section_id}-c{number}",
        (3, 9, 6, 6, 6, 6, 6, 9, 3),
        ("left", "left", "right", "right", "right", "right", "right", "left", "center"),
    )


def _claim(view: IndicatorView) -> str:
    if view.claimed_value == view.claimed_word:
        return view.claimed_word
    return "; ".join(part for part in (view.claimed_value, view.claimed_word) if part) or "–"


def _concluded(view: IndicatorView, lang: Lang) -> Md:
    """Return the verdict as it stands; beside it what an appraiser decided, as the appraiser's."""
    if not view.decided_by:
        return view.sign
    said = translate("report.decided_cell", lang, conclusion=view.conclusion_word)
    return Md(f"{view.sign}; {escape(said)}")


def counts_table(report: Report) -> Md:
    """Return the four counts, from claim to conclusion, and what stands between them."""
    lang, counts = report.lang, report.counts
    views = list(report.indicators.values())

    def codes(chosen: Iterable[IndicatorView]) -> str:
        return listing([i.code for i in chosen], lang)

    def between(**groups: Iterable[IndicatorView]) -> str:
        parts = [
            translate(f"report.between_{key}", lang, codes=text)
            for key, group in groups.items()
            if (text := codes(group))
        ]
        return "; ".join(parts) or "–"

    rows = [
        ("claimed", counts.claimed, "–"),
        (
            "computed",
            counts.computed,
            between(
                **{
                    verdict: [i for i in views if i.verdict == verdict]
                    for verdict in ("not_met", "pending", "no_data")
                }
            ),
        ),
        (
            "firm",
            counts.firm,
            between(
                **{
                    standing: [i for i in views if i.standing == standing]
                    for standing in ("disputed", "unproven")
                }
            ),
        ),
        (
            "concluded",
            counts.concluded,
            between(decided=[i for i in views if i.decided_by]),
        ),
    ]
    return pipe_table(
        [translate(f"report.head_{key}", lang) for key in ("step", "count", "between")],
        [
            (translate(f"report.count_{key}", lang), Md(f"**{count}/{len(views)}**"), text)
            for key, count, text in rows
        ],
        translate("report.caption_counts", lang),
        f"tbl-{report.section_id}-counts",
        (8, 3, 12),
        ("left", "right", "left"),
    )


def _signed(view: IndicatorView, lang: Lang) -> str:
    if not view.margin or view.margin_side == "at":
        return view.margin
    margin = view.margin
    for key in ("report.points", "report.points_one"):
        margin = margin.replace(translate(key, lang), translate("report.points_short", lang))
    return f"+{margin}" if view.decides.better else f"−{margin}"


def targets_table(report: Report) -> Md:
    """Return the plan's targets beside what is reached now."""
    lang, book = report.lang, report.case.rules.rulebook
    planned = report.case.appraisal.plan
    assert planned is not None
    rows = []
    for target in planned.targets:
        aim = target.text[lang] if target.text else ""
        if target.requires and target.unit:
            requirement = parse_requirement(target.requires)
            aim = print_requirement(requirement, book.units[target.unit], lang)
        now = ""
        if target.indicator and target.indicator in report.indicators:
            view = report.indicators[target.indicator]
            now = f"{view.value} ({view.code})" if view.value else f"– ({view.code})"
        rows.append((target.name[lang], aim, target.period[lang], now or "–"))
    return pipe_table(
        [translate(f"report.head_{key}", lang) for key in ("target", "aim", "period", "now")],
        rows,
        translate("report.caption_targets", lang, year=planned.year),
        f"tbl-{report.section_id}-targets",
        (9, 6, 5, 6),
        ("left", "right", "left", "right"),
    )


def files_table(report: Report) -> Md:
    """Return the files that the report was made from, with the first digits of their hashes."""
    lang, inputs = report.lang, report.inputs
    rows: list[tuple[str, str]] = [
        (code(name), code(value[:16])) for name, value in inputs.files.items()
    ]
    rows += [
        (translate(f"report.input_{name}", lang), code(value[:16]))
        for name, value in (
            ("rules", inputs.rules),
            ("notebook", inputs.notebook),
            ("code", inputs.code),
        )
    ]
    return pipe_table(
        (translate("report.head_file", lang), translate("report.head_hash", lang)),
        rows,
        translate("report.caption_files", lang),
        f"tbl-{report.section_id}-files",
        (7, 4),
    )


def versions_table(report: Report) -> Md:
    """Return the versions of the software."""
    lang = report.lang
    rows = [(code(k), code(v)) for k, v in report.inputs.versions.items()]
    return pipe_table(
        (translate("report.head_package", lang), translate("report.head_version", lang)),
        rows,
        translate("report.caption_versions", lang),
        f"tbl-{report.section_id}-versions",
        (7, 4),
    )
