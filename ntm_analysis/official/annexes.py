"""The annexes: the summary table, the list of evidence, the analysis."""

from __future__ import annotations

import math
from typing import Any

from ntm_analysis.capitals import lower_first
from ntm_analysis.language import translate
from ntm_analysis.narrative.filters import listing
from ntm_analysis.narrative.indicator_view import IndicatorView
from ntm_analysis.numbers import format_date
from ntm_analysis.official import fields
from ntm_analysis.official.results import open_as, required_text
from ntm_analysis.official.setting import Setting
from ntm_analysis.official.wording import office_words, spoken, without_lines
from ntm_analysis.register.index import Entry, index_of, tally


def summary(setting: Setting) -> fields.Summary:
    """Return every criterion and indicator: asked, claimed, found, concluded."""
    made, rows = setting.report, []
    for number in made.criteria:
        name = made.case.rules.loaded.criterion[number].name[setting.lang]
        views = made.by_criterion[number]
        settled = f"{sum(view.concluded for view in views)}/{len(views)}"
        word = translate(f"conclusion.{setting.concluded(number)}", setting.lang)
        code = str(number)
        if [view.code for view in views] == [code]:
            rows.append(_row(setting, views[0], name))
            continue
        claimed = sum(view.claimed in ("met", "not_applicable") for view in views)
        claim = setting.say("claims", count=f"{claimed}/{len(views)}")
        rows.append(fields.SummaryRow(code, name, "", claim, settled, word, "", is_criterion=True))
        rows += [_row(setting, view, "") for view in views]
    return fields.Summary(**setting.common("report", ()), rows=tuple(rows), totals=_totals(setting))


def _row(setting: Setting, view: IndicatorView, criterion: str) -> fields.SummaryRow:
    lang = setting.lang
    claimed = [view.claimed_value, view.claimed_word]
    if view.claimed_value in ("", view.claimed_word):
        claimed = [view.claimed_word]
    asked = office_words(required_text(view) or view.requires, lang)
    if view.kind == "grade":  # of a grade the law asks for a word, not for a degree of it
        asked = asked.removesuffix(translate("numbers.grade_at_least", lang, grade=""))
    return fields.SummaryRow(
        code=view.code,
        name=f"{criterion}: {lower_first(view.short)}" if criterion else view.short,
        requires="–" if view.unknown and not asked else asked,
        claimed="; ".join(filter(None, claimed)) or "–",
        result=_result(setting, view),
        conclusion=_concluded(setting, view),
        note=_note(setting, view, lang),
        is_criterion=bool(criterion),
    )


def _result(setting: Setting, view: IndicatorView) -> str:
    """Return what the appraisal found; of what is only claimed, that the dossier says it."""
    value = view.value or view.word
    if open_as(view) == "threshold":
        return value
    if view.conclusion in ("prove", "clarify"):
        return setting.say(f"result_{view.conclusion}", value=value)
    return view.word if view.conclusion in ("pending", "no_data") else value


def _concluded(setting: Setting, view: IndicatorView) -> str:
    return setting.say("no_threshold") if open_as(view) == "threshold" else view.conclusion_word


def _note(setting: Setting, view: IndicatorView, lang: Any) -> str:
    if view.decided_by:
        return ": ".join(filter(None, (view.decided_by, view.decided_reason)))
    return without_lines(view.remark, lang)


def _totals(setting: Setting) -> tuple[str, ...]:
    made, counts = setting.report, setting.report.counts
    total = len(made.indicators)
    lines = [
        setting.say(f"total_{key}", count=f"{count}/{total}")
        for key, count in (("claimed", counts.claimed), ("concluded", counts.concluded))
    ]
    met = sum(setting.concluded(n) in ("met", "not_applicable") for n in made.criteria)
    return (*lines, setting.say("total_criteria", count=f"{met}/{len(made.criteria)}"))


def evidence(setting: Setting) -> fields.EvidenceList:
    """Return the documents of the dossier, and what has none."""
    made = setting.report
    entries = index_of(made.case, made.assessment)
    count = tally(entries)
    return fields.EvidenceList(
        **setting.common("report", ()),
        rows=tuple(_entry(setting, number, one) for number, one in enumerate(entries, 1)),
        totals=setting.say("evidence_totals", **count),
    )


def _entry(setting: Setting, number: int, one: Entry) -> fields.EvidenceRow:
    lang, case = setting.lang, setting.report.case
    coded = one.subject in case.rules.by_code
    subject = f"{one.subject} – {one.name[lang]}" if coded else one.name[lang]
    return fields.EvidenceRow(
        number=str(number),
        subject=subject,
        document=one.document[lang]
        or (setting.say("to_send", what=one.raises[lang]) if one.raises[lang] else "–"),
        mark=one.number or "–",
        day=format_date(one.issued_on, lang, "short") if one.issued_on else "–",
        issuer=one.issuer[lang] or "–",
        state=setting.say(f"state_{one.state}"),
    )


def analysis(setting: Setting) -> fields.Analysis:
    """Return margins, headroom, other readings, findings, and where all comes from."""
    made, lang = setting.report, setting.lang
    views = list(made.indicators.values())
    total, law = len(views), made.law
    lines = [
        setting.say(
            "law_states",
            total=total,
            verified=law["verified"],
            unverified=law["unverified"],
            unknown=law["unknown"],
        )
    ]
    if law["this_report"]:
        lines.append(setting.say("law_this_report", count=law["this_report"]))
    counts = made.counts
    return fields.Analysis(
        **setting.common("report", ()),
        law=tuple(lines),
        counts=tuple(
            fields.Named(translate(f"report.count_{key}", lang), f"{count}/{total}")
            for key, count in (
                ("claimed", counts.claimed),
                ("computed", counts.computed),
                ("firm", counts.firm),
                ("concluded", counts.concluded),
            )
        ),
        margins=tuple(_margin(setting, view) for view in views if _measured(view)),
        readings=tuple(_reading(setting, view) for view in views if view.flip),
        findings=tuple(
            fields.Named(
                f"{one.check} {one.indicator}".strip(), without_lines(one.sentence[lang], lang)
            )
            for one in made.findings
        ),
        files=tuple(
            fields.Named(name, value[:16])
            for name, value in (
                *made.inputs.files.items(),
                (translate("report.input_rules", lang), made.inputs.rules),
                (translate("report.input_code", lang), made.inputs.code),
            )
        ),
        versions=tuple(fields.Named(*one) for one in made.inputs.versions.items()),
    )


def _measured(view: IndicatorView) -> bool:
    """Whether something can be spared: not where all of a whole, or at least one, is asked."""
    return bool(view.margin) and not math.isnan(view.relative)


def _margin(setting: Setting, view: IndicatorView) -> fields.Margin:
    above = view.decides.better
    if view.margin_side == "at":
        margin = setting.say("margin_at")
    else:
        margin = setting.say("margin_over" if above else "margin_short", margin=view.margin)
    return fields.Margin(
        code=view.code,
        name=view.label,
        requires=view.requires,
        value=spoken(view.value, setting.lang),
        margin=margin,
        headroom=view.headroom or "–",
        verdict=view.word,
        standing=view.standing_word if view.standing else "–",
    )


def _reading(setting: Setting, view: IndicatorView) -> fields.OtherReading:
    assert view.flip is not None
    changes = [
        setting.say("instead", label=lower_first(label), new=new, old=old)
        if old
        else setting.say("one_value", label=lower_first(label), new=new)
        for label, new, old in view.flip.changes
    ]
    change = listing(changes, setting.lang)
    if view.flip.value:
        change = setting.say("then_value", change=change, value=view.flip.value)
    return fields.OtherReading(view.code, view.short, change, view.word, view.flip.word)
