"""Section b) of a criterion: what is reported, what the appraisal established, what is open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ntm_analysis.capitals import lower_first, upper_first
from ntm_analysis.narrative.filters import listing, no_stop
from ntm_analysis.narrative.indicator_view import IndicatorView
from ntm_analysis.official.deeds import deeds_of
from ntm_analysis.official.papers import papers_of
from ntm_analysis.official.setting import Setting
from ntm_analysis.official.wording import (
    counted,
    figure_text,
    noun_of,
    sentence,
    sentences,
    spoken,
)


def results(setting: Setting, number: int) -> tuple[str, ...]:
    """Return the paragraphs of one criterion's results.

    A claim never stands among what the appraisal established: each paragraph says whose word it is.

    Parameters
    ----------
    setting : Setting
    number : int
        The criterion.
    """
    views = setting.report.by_criterion[number]
    paragraphs = (
        ("reported", list(_reported(setting, number, views))),
        ("established", list(_established(setting, views))),
        ("failed", list(_failed(setting, views))),
        ("open", list(_open(setting, views))),
    )
    return tuple(
        setting.say(f"lead_{key}", text=sentences(parts)) for key, parts in paragraphs if parts
    )


def _reported(setting: Setting, number: int, views: Sequence[IndicatorView]) -> Iterator[str]:
    """Give what the commune reports and no paper of the grade asked for proves yet."""
    whole = str(number)
    codes = {view.code for view in views}
    if whole not in codes:
        yield from deeds_of(setting, whole)
    for view in views:
        yield from deeds_of(setting, view.code)
    claims = [view for view in views if view.conclusion == "prove"]
    flags = [view for view in claims if view.source == "flag"]
    absent = [view for view in claims if view.source == "status"]
    for view in claims:
        if view not in flags and view not in absent:
            yield statement(setting, view) + _more(setting, view)
    if flags:
        items = [_flag(setting, view) for view in flags]
        yield setting.say("flags", items="; ".join(items))
    if absent:
        items = [lower_first(view.short) for view in absent]
        yield setting.say("absent", items="; ".join(items))
    for view in views:
        if view.conclusion in ("no_data", "pending", "not_met") and view.context:
            yield _context(setting, view)


def _established(setting: Setting, views: Sequence[IndicatorView]) -> Iterator[str]:
    plain: list[str] = []
    for view in views:
        if not view.concluded:
            continue
        papers = papers_of(setting, view.code)
        if view.source == "status":
            yield setting.say("none_here", name=lower_first(view.short))
        elif view.source == "flag" and not papers:
            plain.append(_flag(setting, view))
        else:
            text = statement(setting, view)
            if view.source != "flag":
                text += _required(setting, view) + _more(setting, view)
            text = text.replace(") (", "; ")
            yield setting.say("papers", text=text, papers="; ".join(papers)) if papers else text
        if view.decided_by:
            yield _decided(setting, view)
    if plain:
        yield setting.say("fulfilled", items="; ".join(plain))


def _failed(setting: Setting, views: Sequence[IndicatorView]) -> Iterator[str]:
    for view in views:
        if view.conclusion == "not_met":
            yield _short_of(setting, view)
            if view.decided_by:
                yield _decided(setting, view)


_STILL_OPEN: Final = ("pending", "no_data", "clarify")


def _open(setting: Setting, views: Sequence[IndicatorView]) -> Iterator[str]:
    bare = [view for view in views if _is_bare(view)]
    if bare:
        names = [f"{view.code} ({lower_first(view.short)})" for view in bare]
        yield setting.say("open_no_data", names=listing(names, setting.lang), count=len(bare))
    for view in views:
        if view.conclusion in _STILL_OPEN and view not in bare:
            yield _why_open(setting, view)
        if view.decided_by and not view.concluded and view.conclusion != "not_met":
            yield _decided(setting, view)
    yield from _parts_missing(setting, views)


def _parts_missing(setting: Setting, views: Sequence[IndicatorView]) -> Iterator[str]:
    """Give the parts without a figure, of all indicators that lack the same at once."""
    lacking: dict[tuple[str, ...], list[str]] = {}
    for view in views:
        if view.missing_limbs and not view.concluded and view.conclusion != "no_data":
            lacking.setdefault(view.missing_limbs, []).append(view.code)
    for limbs, codes in lacking.items():
        named = [setting.say("quoted", text=lower_first(one)) for one in limbs]
        parts = listing(named, setting.lang)
        yield setting.say("part_missing", code=_codes(setting, codes), parts=parts)


def _is_bare(view: IndicatorView) -> bool:
    """Return whether an indicator is open because the dossier has no figure for it."""
    known = view.reason in ("inequality_spans", "unknown_threshold")
    return view.conclusion == "no_data" and not known


def _why_open(setting: Setting, view: IndicatorView) -> str:
    """Return why an indicator is not concluded to be met."""
    about = {"code": view.code, "short": lower_first(view.short)}
    if view.conclusion == "pending":
        return setting.say("open_pending", **about)
    if view.conclusion == "clarify":
        return _clarify(setting, view, about)
    if view.reason == "inequality_spans":
        value = spoken(view.own.value or view.value, setting.lang)
        requires = lower_first(view.requires)
        return setting.say("open_range", value=value, requires=requires, **about)
    return setting.say("open_threshold", **about)


def _short_of(setting: Setting, view: IndicatorView) -> str:
    """Return by how much an indicator misses what is required."""
    about = {"code": view.code, "short": lower_first(view.short)}
    if view.source == "none" or not view.value:
        return setting.say("open_not_met", **about)
    needs = [limb for limb in view.failing if limb.need]
    need = ""
    if needs:
        side = "lower" if needs[0].need_side == "less" else "more"
        need = ", " + setting.say(f"need_{side}", need=needs[0].need)
    text = statement(setting, view)
    requires = lower_first(view.requires)
    return setting.say("open_short", text=text, requires=requires, need=need, **about)


def _clarify(setting: Setting, view: IndicatorView, about: dict[str, str]) -> str:
    told = statement(setting, view) + _more(setting, view)
    if view.flip is None or not view.flip.changes:
        return setting.say("open_clarify", text=told, **about)
    apart = [
        setting.say("both_values", label=lower_first(label), old=old, new=new)
        if old
        else setting.say("one_value", label=lower_first(label), new=new)
        for label, new, old in view.flip.changes
    ]
    return setting.say("open_disputed", text=told, apart=listing(apart, setting.lang), **about)


def statement(setting: Setting, view: IndicatorView) -> str:
    """Return what an indicator's figures say, as a clause without a full stop.

    Parameters
    ----------
    setting : Setting
    view : IndicatorView

    Notes
    -----
    A ratio names part and whole with what is counted once: `2.751/2.751 hộ sử dụng điện (100%)`.
    """
    lang, figures = setting.lang, view.figures
    value = spoken(view.own.value, lang)
    if view.source == "ratio" and len(figures) == 2:
        part, whole = figures
        if noun_of(part) == noun_of(whole):
            numbers = f"{part.number}/{whole.number}"
            text = counted(part.label, numbers, noun_of(whole), lang)
        else:
            fields = {"part": part.text, "whole": whole.text}
            text = setting.say("of_whole", label=lower_first(part.label), **fields)
        return setting.say("with_rate", text=text, value=value)
    if view.source in ("parts", "range") and value and len(figures) > 1:
        parts = [figure_text(figure, lang) for figure in figures]
        name = lower_first(view.short)
        return setting.say("from_parts", name=name, value=value, parts=", ".join(parts))
    label = _label(setting, view)
    if view.source == "inequality":
        return setting.say("only_range", label=label, value=value)
    if view.source == "count" and figures:
        text = figure_text(figures[0], lang)
        return setting.say("has_count", text=text) if text[:1].isdigit() else text
    if view.source == "flag":
        return _flag(setting, view)
    return _with_value(setting, view, label, value) if value else label


def _with_value(setting: Setting, view: IndicatorView, label: str, value: str) -> str:
    """Return a quantity and its value, as the kind of value is said."""
    if view.kind == "grade":
        return setting.say("graded", label=label, value=value)
    if view.own.requires.startswith(("<", "≤")):
        return setting.say("label_value", label=label, value=value)
    # A level is named by its own word: “phổ cập … đạt mức độ 3”, not “mức độ phổ cập … mức độ 3”.
    word = value.rstrip("0123456789").strip()
    if setting.lang == "vi" and word and label.startswith(f"{word} "):
        label = label.removeprefix(word).strip()
    return setting.say("reaches", label=label, value=value)


def _label(setting: Setting, view: IndicatorView) -> str:
    """Return what an indicator's value is of: the variable that was stated, if there is one."""
    rule = setting.report.case.rules.by_code[view.code]
    own, variables = rule.indicator.own, setting.report.case.rules.rulebook.variables
    name = own.stated or (own.formula.strip() if own.formula.strip() in variables else "")
    label = variables[name].label[setting.lang] if name in variables else view.short
    return lower_first(label)


def _flag(setting: Setting, view: IndicatorView) -> str:
    text = lower_first(view.figures[0].label if view.figures else view.short)
    if view.context:
        inside = ", ".join(figure_text(figure, setting.lang) for figure in view.context)
        return f"{text} ({inside})"
    return text


def _context(setting: Setting, view: IndicatorView) -> str:
    return ", ".join(figure_text(figure, setting.lang) for figure in view.context)


def _more(setting: Setting, view: IndicatorView) -> str:
    """Return the further figures of an indicator, and those of its other limbs."""
    parts = [figure_text(figure, setting.lang) for figure in view.context]
    for limb in view.limbs:
        if limb.own or limb.missing or not limb.value or limb.plain:
            continue
        parts.append(_limb(setting, limb.name, limb.value))
    return f"; {', '.join(parts)}" if parts else ""


def _limb(setting: Setting, name: str, value: str) -> str:
    """Return a further limb: a count with what is counted, else its value in brackets."""
    label, noun = lower_first(name), value.partition(" ")[2]
    counted_ = re.match(rf"(?:có|số|a|an|number of) {re.escape(noun)}\b", label) if noun else None
    if counted_:
        return f"{value}{label[counted_.end() :]}"
    return setting.say("limb_value", label=label, value=value)


def _required(setting: Setting, view: IndicatorView) -> str:
    if view.plain or view.unknown or not view.requires:
        return ""
    if view.own.value == view.requires:
        return ""
    return " " + setting.say("required", requires=lower_first(view.requires))


def _decided(setting: Setting, view: IndicatorView) -> str:
    fields = {
        "code": view.code,
        "by": view.decided_by,
        "conclusion": view.conclusion_word.lower(),
    }
    if view.decided_reason:
        return setting.say("decided_why", reason=no_stop(view.decided_reason), **fields)
    return setting.say("decided", **fields)


def _codes(setting: Setting, codes: Sequence[str]) -> str:
    return listing(codes, setting.lang)


OPEN: Final = ("not_met", "pending", "no_data", "threshold", "clarify", "prove")
"""What keeps an indicator from being concluded as met, in the order in which it is told."""


def open_as(view: IndicatorView) -> str:
    """Return why an indicator is open: its conclusion, or `threshold` where we lack what is asked.

    A threshold that the rulebook has not is no lack of the commune's figures.
    """
    return (
        "threshold"
        if view.reason == "unknown_threshold" and not view.concluded
        else (view.conclusion)
    )


def conclusion(setting: Setting, number: int) -> str:
    """Return section c): what is concluded of a criterion, with what keeps it open."""
    report, lang = setting.report, setting.lang
    views = report.by_criterion[number]
    name = report.case.rules.loaded.criterion[number].name[lang]
    settled = sum(view.concluded for view in views)
    none = sum(view.conclusion == "not_applicable" for view in views)
    fields = {"number": f"{number:02d}", "name": name, "met": settled, "total": len(views)}
    if settled == len(views):
        extra = ", " + setting.say("of_which_none", count=none) if none else ""
        return setting.say("criterion_met", extra=extra, **fields)
    groups = [
        setting.say(f"open_codes_{key}", codes=_codes(setting, codes))
        for key in OPEN
        if (codes := [view.code for view in views if open_as(view) == key])
    ]
    failed = any(view.conclusion == "not_met" for view in views)
    key = "criterion_not_met" if failed else "criterion_open"
    return setting.say(key, groups="; ".join(groups), **fields)


def requirements(setting: Setting, number: int) -> tuple[str, ...]:
    """Return section a): what each indicator of a criterion asks, as the law words it."""
    return tuple(
        sentence(_requirement(setting, view)) for view in setting.report.by_criterion[number]
    )


def _requirement(setting: Setting, view: IndicatorView) -> str:
    name = f"{view.code}. {upper_first(no_stop(view.name))}"
    asked = required_text(view)
    if view.unknown and view.reason == "unknown_threshold":
        asked = lower_first(setting.say("no_threshold"))
    return f"{name}: {asked}" if asked else name


def required_text(view: IndicatorView) -> str:
    """Return the requirement beside an indicator's name; empty where the name says it all."""
    limbs = [limb for limb in view.limbs if not limb.plain]
    if view.kind in ("grade", "level") or (view.all_plain and not limbs):
        return ""
    if view.kind == "count" and any(one.isdigit() for one in view.name):
        return ""
    if limbs and len({limb.requires for limb in limbs}) > 1:
        if any(one in view.name for one in ("%", "ít nhất", "at least")):
            return ""
        return "; ".join(f"{lower_first(limb.name)} {lower_first(limb.requires)}" for limb in limbs)
    asked = lower_first(view.own.requires if not view.own.plain else "")
    number = asked.lstrip("≥≤<> ")
    return "" if number and number in view.name else asked
