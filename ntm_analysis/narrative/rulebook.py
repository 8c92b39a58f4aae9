"""The rulebook as a chapter: every indicator with its thresholds, days and decisions."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_analysis.capitals import lower_first
from ntm_analysis.language import Lang, translate
from ntm_analysis.numbers import format_date, format_number, format_requirement
from ntm_analysis.rulebook import Indicator, Rulebook, parse_requirement
from ntm_analysis.rulebook.loaded import LoadedSet
from ntm_analysis.rulebook.overlaps import worded_for
from ntm_analysis.rulebook.requirement import DELEGATED, Relative, parse_relative
from ntm_analysis.rulebook.spans import Threshold
from ntm_analysis.tables import Md, escape, pipe_table


def rulebook_chapter(book: Rulebook, sets: Sequence[str], lang: Lang) -> str:
    """Return the appendix on the criteria sets that the book's communes are judged by.

    Parameters
    ----------
    book : Rulebook
    sets : sequence of str
        Keys of criteria sets; each is shown with its whole history.
    lang : {"vi", "en"}

    Returns
    -------
    str
        A Quarto document with front matter.
    """
    parts = [f'---\ntitle: "{translate("report.rulebook_title", lang)}"\n---\n']
    for key in sets:
        loaded = book.sets[key]
        name = lower_first(loaded.about.name[lang])
        parts.append(escape(translate("report.rulebook_intro", lang, name=name)) + "\n")
        for criterion in loaded.criteria:
            heading = escape(
                translate(
                    "report.rulebook_criterion",
                    lang,
                    number=criterion.number,
                    name=criterion.name[lang],
                )
            )
            parts.append(f"## {heading} {{#sec-rules-{key}-{criterion.number} .unnumbered}}\n")
            parts.append(_criterion(book, loaded, criterion.number, lang))
    parts.append(
        f"## {translate('report.rulebook_decisions', lang)} {{#sec-decisions .unnumbered}}\n"
    )
    parts.append(_decisions(book, lang))
    return "\n".join(parts)


def _criterion(book: Rulebook, loaded: LoadedSet, number: int, lang: Lang) -> str:
    rows: list[tuple[str, ...]] = []
    ended: list[str] = []
    for indicator in loaded.criterion[number].indicators:
        rows += [
            (
                indicator.code,
                indicator.name[lang],
                _requires(book, indicator, threshold, lang),
                _period(threshold, loaded, lang),
                _decided(book, threshold, lang),
            )
            for threshold in indicator.thresholds
        ]
        last = max(
            (span.until for span in indicator.in_force if span.until is not None), default=None
        )
        if last is not None and all(span.until is not None for span in indicator.in_force):
            day = format_date(last, lang, "short")
            ended.append(translate("report.rulebook_ended", lang, code=indicator.code, date=day))
    table = pipe_table(
        [
            translate(f"report.head_{key}", lang)
            for key in ("code", "indicator", "requires", "from", "decision")
        ],
        rows,
        translate("report.caption_rules", lang, number=number),
        f"tbl-rules-{loaded.about.key}-{number}",
        (3, 14, 8, 6, 8),
    )
    return table + "".join(f"\n{escape(sentence)}\n" for sentence in ended)


def history(
    book: Rulebook, loaded: LoadedSet, code: str, places: Sequence[str], lang: Lang
) -> list[str]:
    """Return the thresholds of an indicator that hold or held in some places, a line each.

    Parameters
    ----------
    book : Rulebook
    loaded : LoadedSet
        The criteria set.
    code : str
        The indicator's.
    places : sequence of str
        `NATIONAL`, provinces.
    lang : {"vi", "en"}
    """
    number = int(code.partition(".")[0])
    return [
        " · ".join(
            (
                _requires(book, indicator, threshold, lang),
                _period(threshold, loaded, lang),
                _decided(book, threshold, lang),
            )
        )
        for indicator in loaded.criterion[number].indicators
        if indicator.code == code
        for threshold in sorted(indicator.thresholds, key=lambda one: one.from_)
        if threshold.place in places
    ]


def _requires(book: Rulebook, indicator: Indicator, threshold: Threshold, lang: Lang) -> str:
    indicator = worded_for(indicator, threshold)
    stated = threshold.requires
    named = stated if isinstance(stated, dict) else {indicator.own.key: stated}
    texts = []
    for limb in indicator.limbs:
        if limb.key not in named:
            continue
        relative = parse_relative(named[limb.key])
        if relative is not None:
            texts.append(_relative(book, relative, lang))
            continue
        requirement = parse_requirement(named[limb.key], book.scale_of(limb))
        text = (
            translate("status.delegated", lang)
            if requirement == DELEGATED
            else format_requirement(
                requirement, book.units[limb.unit], lang, book.scale_labels(limb, lang)
            )
        )
        label = f"{limb.name[lang]}: " if limb.name else ""
        texts.append(f"{label}{text}")
    return "; ".join(texts)


def _relative(book: Rulebook, relative: Relative, lang: Lang) -> str:
    return translate(
        "report.relative",
        lang,
        sign={">=": "≥", "<=": "≤"}.get(relative.op, relative.op),
        times=format_number(relative.times, lang, 2, 2),
        code=relative.code,
        set=lower_first(book.sets[relative.set].about.name[lang]),
    )


def _period(threshold: Threshold, loaded: LoadedSet, lang: Lang) -> str:
    names = {part.key: part.name[lang] for one in loaded.divisions for part in one.parts}
    part = names.get(threshold.division or "", threshold.division)
    place = ", ".join(filter(None, (threshold.place, part, threshold.commune)))
    first = format_date(threshold.from_, lang, "short")
    if threshold.until is None:
        return f"{place}, {first}"
    until = format_date(threshold.until, lang, "short")
    return f"{place}, {first} {translate('report.rulebook_until', lang, date=until)}"


def _decided(book: Rulebook, threshold: Threshold, lang: Lang) -> str:
    number = book.decisions[threshold.decision].number
    if threshold.verified:
        return number
    return f"{number} ({translate('report.rulebook_unverified', lang)})"


def _decisions(book: Rulebook, lang: Lang) -> Md:
    rows = []
    for decision in book.decisions.values():
        day = format_date(decision.date, lang, "short") if decision.date else "–"
        note = f" {decision.note[lang]}" if decision.note else ""
        title = f"{decision.issuer[lang]}: {lower_first(decision.title[lang])}.{note}"
        rows.append((decision.number, day, title, decision.source))
    return pipe_table(
        [translate(f"report.head_{key}", lang) for key in ("decision", "date", "title", "source")],
        rows,
        translate("report.caption_decisions", lang),
        "tbl-decisions",
        (6, 4, 16, 9),
    )
