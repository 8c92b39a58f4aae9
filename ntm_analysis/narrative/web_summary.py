"""The top of the web edition's page: answer, verdict bar, what is open, tiles as links."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ntm_analysis.language import translate
from ntm_analysis.marks import HOLLOW, MARKS
from ntm_analysis.narrative.filters import listing
from ntm_analysis.narrative.indicator_view import IndicatorView
from ntm_analysis.narrative.report import Report
from ntm_analysis.narrative.web_rows import chip, face, is_weak, kinds_of, raw, words_of
from ntm_analysis.register import index_of
from ntm_analysis.tables import Md, attribute

_ORDER = ("met", "unproven", "disputed", "not_applicable", "pending", "no_data", "not_met")
_PARTS = ("summary", "i-4", "i-7", "i-7-requests", "legal", "i-1", "i-6", "ii", "iii", "provenance")
NO_BREAK = "&#160;"
_FILTERS = ("open", "turns", "thin", "weak")


def part_links(report: Report) -> Md:
    """Return the bar that leads to the report's parts from wherever one reads."""
    stem = f"sec-{report.section_id}"
    links = "".join(
        f'<a href="#{stem}-{part}">{translate(key, report.lang)}</a>'
        for part, key in ((part, f"web.part_{part.replace('-', '_')}") for part in _PARTS)
        if part != "i-7-requests" or report.findings
    )
    label = translate("web.parts", report.lang)
    return Md(raw(f'<nav class="ntm-parts" aria-label="{attribute(label)}">{links}</nav>'))


def answer(report: Report) -> Md:
    """Return headline, both numbers, the verdict bar and its words."""
    lang, counts, total = report.lang, report.counts, len(report.indicators)
    views = list(report.indicators.values())
    told = bool(report.case.appraisal.claim or any(i.claimed for i in views))
    headline = translate(
        "web.headline" if told else "web.headline_no_claim",
        lang,
        commune=report.case.commune.name,
        claimed=counts.claimed,
        computed=counts.computed,
        concluded=counts.concluded,
        total=total,
    )
    steps = ("claimed", "computed", "firm", "concluded") if told else ("computed", "concluded")
    numbers = "".join(
        f"<div><dt>{translate(f'web.count_{step}', lang)}</dt>"
        f"<dd>{getattr(counts, step)}<small>/{total}</small></dd></div>"
        for step in steps
    )
    groups = {key: [i for i in views if face(i) == key] for key in _ORDER}
    return Md(
        raw(
            f'<p class="ntm-headline">{attribute(headline)}</p>'
            f'<dl class="ntm-counts">{numbers}</dl>'
            f"{_bar(report, groups, total)}{_legend(report, groups)}"
        )
    )


def _bar(report: Report, groups: dict[str, list[IndicatorView]], total: int) -> str:
    parts, place = [], 0.0
    for key, group in groups.items():
        if not group:
            continue
        width = 100 * len(group) / total
        middle = f"{place + width / 2:.2f}%"
        narrow = ' class="narrow"' if width < 4 else ""
        text = f'<text{narrow} x="{middle}" y="25" text-anchor="middle">{len(group)}</text>'
        parts.append(
            f'<g class="ntm-is-{key.replace("_", "-")}">'
            f'<rect x="{place:.2f}%" y="0" width="{width:.2f}%" height="38"/>{text}</g>'
        )
        place += width
    said = "; ".join(
        f"{_faces(report, key, group)}: {len(group)}" for key, group in groups.items() if group
    )
    return (
        f'<svg class="ntm-bar" role="img" aria-label="{attribute(said)}" '
        f'width="100%" height="38">{"".join(parts)}</svg>'
    )


def _legend(report: Report, groups: dict[str, list[IndicatorView]]) -> str:
    items = "".join(
        f'<li class="ntm-is-{key.replace("_", "-")}"><span class="ntm-sign" aria-hidden="true">'
        f"{MARKS[key].sign}</span> <b>{len(group)}</b> "
        f"{attribute(_faces(report, key, group))}</li>"
        for key, group in groups.items()
        if group
    )
    return f'<ul class="ntm-legend">{items}</ul>'


def _faces(report: Report, key: str, group: list[IndicatorView]) -> str:
    """Return what a group of indicators is called, and how many of it are short of firm."""
    name = translate(f"web.face_{key}", report.lang)
    weak = sum(is_weak(view) for view in group) if key == "not_applicable" else 0
    return translate("web.weak_part", report.lang, name=name, count=weak) if weak else name


def cards(report: Report) -> Md:
    """Return a card for each indicator that is open, disputed, or turns with another figure."""
    lang = report.lang
    given = {one.subject: one for one in index_of(report.case, report.assessment)}
    items = []
    for view in report.indicators.values():
        if view.counted and view.flip is None and view.standing != "disputed":
            continue
        facts = [
            f"{translate(f'web.{key}', lang)} <b>{attribute(value).replace(' ', NO_BREAK)}</b>"
            for key, value in (
                ("claimed", view.claimed_value or view.claimed_word or "–"),
                ("computed", view.value or "–"),
                ("requires", f"{view.requires}{view.law_mark}"),
            )
        ]
        said = [f"<p>{' → '.join(facts)}</p>", *_turn(report, view)]
        entry = given.get(view.code)
        if entry and not view.counted:
            wanted = entry.raises[lang] or view.asked
            said.append(
                f"<p><b>{attribute(entry.given_by.name[lang])}</b>: {attribute(wanted)}</p>"
            )
        items.append(
            f'<li>{chip(face(view), words_of(view))} <a href="#{attribute(view.code)}">'
            f"<b>{attribute(view.code)}</b> {attribute(view.short)}</a>{''.join(said)}</li>"
        )
    weak = sum(i.counted and i.standing == "unproven" for i in report.indicators.values())
    parts = []
    if items:
        title = translate("web.open_title", lang, count=len(items))
        parts.append(f'<p class="ntm-part-title">{attribute(title)}</p>')
        parts.append(f'<ul class="ntm-open">{"".join(items)}</ul>')
    if weak:
        parts.append(f"<p>{attribute(translate('web.weak_note', lang, count=weak))}</p>")
    return Md(raw("".join(parts))) if parts else Md("")


def _turn(report: Report, view: IndicatorView) -> Iterator[str]:
    if view.flip is None:
        return
    changes = [
        f"{label}: {old} → {new}" if old else f"{label}: {new}"
        for label, new, old in view.flip.changes
    ]
    text = translate(
        "web.turns",
        report.lang,
        changes=listing(changes, report.lang),
        value=f" ({view.flip.value})" if view.flip.value else "",
        word=view.flip.word,
    )
    yield f'<p class="ntm-turn">{attribute(text)}</p>'


def tiles(report: Report) -> Md:
    """Return all indicators as links, a line for each criterion."""
    lines = []
    names = report.criterion_views
    for number, group in groupby(
        ((number, view) for number, views in report.by_criterion.items() for view in views),
        key=lambda one: one[0],
    ):
        own = "".join(_tile(report, view) for _, view in group)
        name = attribute(names[number].name)
        lines.append(
            f'<li><a class="ntm-criterion-link" href="#sec-{report.section_id}-c{number}">'
            f"<b>{number}</b> {name}</a><span>{own}</span></li>"
        )
    title = translate("web.tiles_title", report.lang, count=len(report.indicators))
    return Md(
        raw(
            f'<p class="ntm-part-title">{attribute(title)}</p>'
            f'<ul class="ntm-tiles">{"".join(lines)}</ul>'
        )
    )


def _tile(report: Report, view: IndicatorView) -> str:
    mark = face(view)
    turn = " ↔" if view.flip else ""
    sign = HOLLOW if mark == "not_applicable" and is_weak(view) else MARKS[mark].sign
    code = attribute(view.code)
    said = attribute(f"{view.short}: {words_of(view)}")
    return (
        f'<a class="ntm-tile ntm-is-{mark.replace("_", "-")}" href="#{code}" title="{said}">'
        f'<span aria-hidden="true">{sign}</span> {code}{turn}'
        f'<span class="ntm-hidden">, {said}</span></a>'
    )


def filters(report: Report) -> Md:
    """Return the choice of which indicators the page shows; it needs no script."""
    lang, views = report.lang, list(report.indicators.values())
    counts = {"fold": len(report.by_criterion), "all": len(views)} | {
        key: sum(key in kinds_of(view) for view in views) for key in _FILTERS
    }
    choices = "".join(
        f'<label><input type="radio" name="ntm-show" id="ntm-show-{key}"'
        f"{' checked' if key == 'fold' else ''}> "
        f"{translate(f'web.show_{key}', lang)} ({count})</label>"
        for key, count in counts.items()
        if count
    )
    legend = attribute(translate("web.show", lang))
    return Md(raw(f'<fieldset class="ntm-show"><legend>{legend}</legend>{choices}</fieldset>'))
