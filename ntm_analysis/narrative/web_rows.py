"""The web edition's row of an indicator: answer first, then what it rests on, folded."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

from ntm_analysis.capitals import lower_first
from ntm_analysis.charts import ChartRow
from ntm_analysis.communes import choose
from ntm_analysis.language import translate
from ntm_analysis.marks import MARKS
from ntm_analysis.narrative.indicator_view import IndicatorView
from ntm_analysis.narrative.report import Report
from ntm_analysis.narrative.rulebook import history
from ntm_analysis.rulebook import NATIONAL, Limb, Rule
from ntm_analysis.tables import Md, attribute

_NAME = re.compile(r"[a-z_]\w*")
_CLASSES = {"open": "ntm-open-row", "turns": "ntm-turns", "thin": "ntm-thin", "weak": "ntm-weak"}
_POINTS = 5.0
"""The least that a chart of a percentage shows on each side of its threshold, in points."""


def raw(html: str) -> str:
    """Return HTML as a block that Pandoc takes as it is for pages, and leaves out of print."""
    return f"```{{=html}}\n{html}\n```\n"


def face(view: IndicatorView) -> str:
    """Return the key of an indicator's mark: its verdict, or the standing that it has short."""
    if view.verdict == "met" and view.standing in ("unproven", "disputed"):
        return view.standing
    return view.verdict


def chip(mark: str, words: str) -> str:
    """Return a verdict as sign and words."""
    sign = MARKS[mark].sign
    kind = mark.replace("_", "-")
    return (
        f'<span class="ntm-chip ntm-is-{kind}"><span aria-hidden="true">{sign}</span> '
        f"{attribute(words)}</span>"
    )


def words_of(view: IndicatorView) -> str:
    """Return a verdict in words, with what it lacks."""
    return f"{view.word}, {view.standing_word}" if is_weak(view) else view.word


def is_weak(view: IndicatorView) -> bool:
    """Return whether a verdict of met or not applicable stands short of firm."""
    counted = view.verdict in ("met", "not_applicable")
    return counted and view.standing in ("unproven", "disputed")


def row_head(report: Report, view: IndicatorView, drawn: ChartRow) -> Md:
    """Return what stands before an indicator's sentence: its row, and the fold's beginning."""
    lang = report.lang
    code = attribute(view.code)
    sort = " ".join(_CLASSES[kind] for kind in kinds_of(view))
    facts = "".join(
        f"<div><dt>{translate(f'web.{key}', lang)}</dt><dd>{attribute(value)}</dd></div>"
        for key, value in _facts(view, report)
    )
    return Md(
        raw(
            f'<section class="ntm-row {sort}" id="{code}" aria-labelledby="i-{code}">'
            f'<h5 id="i-{code}"><a href="#{code}">{code}</a> {attribute(view.label)}</h5>'
            f'<p class="ntm-verdict">{chip(face(view), words_of(view))}</p>{bullet(drawn)}'
            f"<dl>{facts}</dl>"
            f"<details><summary>{translate('web.proof', lang)}"
            f'<span class="ntm-hidden"> {code}</span></summary>'
        )
    )


def row_tail(report: Report, view: IndicatorView) -> Md:
    """Return what follows the sentence: law, formula with its figures, their places; the end."""
    lang = report.lang
    rule = report.case.rules.by_code[view.code]
    parts = [f"<li><b>{translate('web.law', lang)}</b> {_law(report, rule, view)}</li>"]
    for limb in rule.indicator.limbs:
        if view.plain or not limb.formula:
            continue
        filled = filled_formula(report, rule, limb, printed=True)
        both = limb.formula if filled == limb.formula else f"{limb.formula} = {filled}"
        parts.append(
            f"<li><b>{translate('web.formula', lang)}</b> <code>{attribute(both)}</code></li>"
        )
    sources = "".join(f"<li>{attribute(text)}</li>" for text in _sources(report, rule))
    if sources:
        parts.append(f"<li><b>{translate('web.sources', lang)}</b><ul>{sources}</ul></li>")
    rules = report.case.rules
    past = history(rules.rulebook, rules.loaded, view.code, (NATIONAL, rules.place), lang)
    if past:
        spans = "".join(f"<li>{attribute(text)}</li>" for text in past)
        parts.append(f"<li><b>{translate('web.history', lang)}</b><ul>{spans}</ul></li>")
    return Md(raw(f'<ul class="ntm-grounds">{"".join(parts)}</ul></details></section>'))


def kinds_of(view: IndicatorView) -> tuple[str, ...]:
    """Return the filters of the page that an indicator passes."""
    chosen: Mapping[str, bool] = {
        "open": not view.counted,
        "turns": view.flip is not None,
        "thin": view.thin,
        "weak": is_weak(view),
    }
    return tuple(key for key, holds in chosen.items() if holds)


def filled_formula(report: Report, rule: Rule, limb: Limb, *, printed: bool = False) -> str:
    """Return a formula with the figures put in for their names, as entered or as printed."""

    def figure(match: re.Match[str]) -> str:
        used = choose(report.case.readings, match.group(), rule.code)
        if used is None:
            return match.group()
        return report.viewer.figure(used).number if printed else used.text

    return _NAME.sub(figure, limb.formula)


def _facts(view: IndicatorView, report: Report) -> Iterator[tuple[str, str]]:
    claim = [part for part in (view.claimed_value, view.claimed_word) if part]
    yield "claimed", "; ".join(dict.fromkeys(claim)) or "–"
    yield "computed", view.value or "–"
    yield "requires", f"{view.requires}{view.law_mark}"
    if view.headroom or view.margin:
        yield ("left" if view.counted else "short"), view.headroom or view.margin
    yield "evidence", view.grade or "–"
    if view.conclusion_word and view.conclusion != view.verdict:
        by = f" ({view.decided_by})" if view.decided_by else ""
        yield "concluded", f"{view.conclusion_word}{by}"


def _law(report: Report, rule: Rule, view: IndicatorView) -> str:
    asks = "; ".join(
        f"{limb.name}: {limb.requires}" if not limb.plain else limb.name for limb in view.limbs
    )
    plain = "" if view.plain else view.requires
    asked = (view.printed and f"“{view.printed}”") or (asks if view.limbs else plain)
    said = f"{view.name}: {asked}." if asked else f"{view.name}."
    if rule.decision:
        said = f"{said} {report.decision_name(rule.decision)}."
    state = translate(f"web.law_{view.law}", report.lang)
    return attribute(f"{said} {state}")


def _sources(report: Report, rule: Rule) -> Iterator[str]:
    variables, said = report.case.rules.rulebook.variables, set()
    for limb in rule.indicator.limbs:
        for name in limb.variables:
            used = choose(report.case.readings, name, rule.code)
            if used is None or name in said:
                continue
            said.add(name)
            shown = report.viewer.figure(used)
            where = f" ({used.source})" if used.source else ""
            label = lower_first(variables[name].label[report.lang])
            yield f"{label}: {lower_first(shown.text)}{where}"


def bullet(row: ChartRow) -> str:
    """Return the value against its threshold, zoomed to both; empty where it would say nothing.

    The numbers stand beside it, so it is no picture for who listens.
    """
    if not (row.quantitative and row.exact) or math.isnan(row.threshold):
        return ""
    if row.whole_required and row.low == row.threshold:
        return ""
    apart = abs(row.low - row.threshold)
    least = _POINTS if row.percent and row.threshold >= 2 * _POINTS else abs(row.threshold) * 0.2
    reach = max(2 * apart, least or 1.0)
    first = max(row.threshold - reach, 0.0)
    last = row.threshold + reach
    if row.percent:
        last = min(last, max(100.0, row.low, row.threshold))

    def at(value: float) -> str:
        place = (value - first) / (last - first)
        return f"{2 + 96 * min(max(place, 0.0), 1.0):.1f}%"

    limit, value = at(row.threshold), at(row.low)
    good, width = (limit, 98.0) if row.higher_is_better else ("2%", float(limit[:-1]))
    span = width - float(good[:-1])
    return (
        f'<svg class="ntm-bullet ntm-is-{row.face.replace("_", "-")}" aria-hidden="true" '
        'width="100%" height="20"><rect class="track" x="2%" y="7" width="96%" height="6"/>'
        f'<rect class="good" x="{good}" y="7" width="{span:.1f}%" height="6"/>'
        f'<line class="limit" x1="{limit}" x2="{limit}" y1="2" y2="18"/>'
        f'<circle class="value" cx="{value}" cy="10" r="5"/></svg>'
    )
