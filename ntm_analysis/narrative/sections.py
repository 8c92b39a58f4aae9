"""The sections of the report, in its order; a notebook shows them one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ntm_analysis.assessment.verdicts import COUNTED
from ntm_analysis.assessment.withdrawal import withdrawal_risk
from ntm_analysis.capitals import lower_first, upper_first
from ntm_analysis.charts import (
    margin_chart,
    margin_overview,
    overview_rows,
    tile_map,
    worth_drawing,
)
from ntm_analysis.communes.papers import Document
from ntm_analysis.language import translate
from ntm_analysis.narrative import tables, web_rows, web_summary
from ntm_analysis.narrative.facts import fact_sentence, facts_of
from ntm_analysis.narrative.filters import listing
from ntm_analysis.narrative.indicator_view import IndicatorView
from ntm_analysis.narrative.report import Report
from ntm_analysis.narrative.titles import day_made
from ntm_analysis.numbers import format_date
from ntm_analysis.register import body_of
from ntm_analysis.rulebook.requirement import LAW_REASONS
from ntm_analysis.scrutiny.closing import matter_of
from ntm_analysis.tables import Md, attribute, escape, in_language

_UNDOCUMENTED = ("D", "E")


def summary(report: Report) -> Md:
    """Return the summary page: verdict, the numbers that matter, tile map, margins."""
    lang = report.lang
    open_codes = [i.code for i in report.indicators.values() if not i.counted]
    clarify = [i.code for i in report.indicators.values() if i.conclusion == "clarify"]
    prove = sum(i.conclusion == "prove" for i in report.indicators.values())
    verdict = "report.eligible" if report.eligible else "report.not_eligible"
    charted = report.chart_rows
    overview = Md("")
    if overview_rows(charted):
        drawn = margin_overview(charted, lang)
        overview = Md(drawn.markdown(f"fig-{report.section_id}-margins"))
    return report.render(
        "summary",
        tone="note" if report.eligible else "important",
        verdict_title=translate(verdict, lang),
        open_codes=listing(open_codes, lang),
        open_count=len(open_codes),
        clarify=listing(clarify, lang),
        prove=prove,
        counts_table=tables.counts_table(report),
        numbers_table=tables.key_numbers(report),
        criteria_table=tables.criteria_table(report),
        part_links=web_summary.part_links(report),
        answer=web_summary.answer(report),
        cards=web_summary.cards(report),
        tiles=web_summary.tiles(report),
        tile_map=Md(tile_map(charted, lang).markdown(f"fig-{report.section_id}-tiles")),
        overview=overview,
    )


def legal_bases(report: Report) -> Md:
    """Return the legal bases."""
    appraisal = report.case.appraisal
    bases = [
        report.decision_text(basis)
        if isinstance(basis, str)
        else escape(f"{report.document_text(basis)}.")
        for basis in appraisal.legal_bases
    ]
    return report.render("legal", bases=bases, appraiser=appraisal.appraiser[report.lang])


def dossier(report: Report) -> Md:
    """Return part I.1, the dossier."""
    appraisal, lang = report.case.appraisal, report.lang
    period = appraisal.period
    petition = appraisal.petition
    items = [{"name": i.name[lang], "present": i.present} for i in appraisal.dossier.items]
    key = appraisal.dossier.under
    return report.render(
        "dossier",
        period=translate(
            "report.period",
            lang,
            first=format_date(period.from_, lang),
            last=format_date(period.until, lang),
        )
        if period
        else "",
        petition=_petition(report, petition) if petition else "",
        dossier=appraisal.dossier,
        dossier_under=report.decision_name(key) if key else "",
        items=items,
    )


def _petition(report: Report, petition: Document) -> str:
    text = report.document_text(petition)
    return text if petition.number else lower_first(text)


def leadership(report: Report) -> Md:
    """Return part I.2, how the work was led."""
    led = report.case.appraisal.leadership
    return report.render(
        "leadership",
        documents=[report.document_text(document) for document in led.documents],
        facts=[fact.text[report.lang] for fact in led.facts] + _done(report, "leadership"),
    )


def _done(report: Report, subject: str, *, aims: bool = False) -> list[Md]:
    facts = [fact for fact in facts_of(report.case.facts, subject) if (fact.kind == "aim") is aims]
    return [fact_sentence(fact, report.case.rules.rulebook, report.lang) for fact in facts]


def base_set(report: Report) -> Md:
    """Return part I.3, the base set, and the opening of part I.4."""
    base, lang = report.case.appraisal.base_set, report.lang
    counts = [
        translate(f"report.base_{kind}", lang, count=count)
        for kind, count in (
            ("criteria", _of(base.criteria_met, base.criteria_total)),
            ("indicators", _of(base.indicators_met, base.indicators_total)),
        )
        if count
    ]
    return report.render(
        "base_set",
        base=base,
        counts=listing(counts, lang),
        against=listing([report.decision_name(key) for key in base.against], lang),
        filters=web_summary.filters(report),
    )


def _of(met: int | None, total: int | None) -> str:
    """Return `19/19`, or `19` where the total is not given."""
    if met is None:
        return ""
    return str(met) if total is None else f"{met}/{total}"


def criterion(report: Report, number: int) -> Md:
    """Return one criterion of part I.4: what is required, the result, the assessment."""
    lang, case = report.lang, report.case
    views = report.by_criterion[number]
    rows = [row for row in report.chart_rows if row.criterion == number]
    chart = Md("")
    if worth_drawing(rows):
        drawn = margin_chart(rows, lang)
        chart = Md(drawn.markdown(f"fig-{report.section_id}-c{number}"))
    differing = [i.code for i in views if i.differs]
    return report.render(
        "criterion",
        number=number,
        name=case.rules.loaded.criterion[number].name[lang],
        indicators=views,
        md=Md,
        heads=[
            web_rows.row_head(report, view, drawn) for view, drawn in zip(views, rows, strict=True)
        ],
        tails=[web_rows.row_tail(report, view) for view in views],
        official=Md(attribute(translate("web.official", lang))),
        done=[] if str(number) in case.rules.by_code else _done(report, str(number)),
        table=tables.criterion_table(report, number),
        chart=chart,
        view=report.criterion_views[number],
        unsettled=[i for i in views if not i.concluded],
        na=sum(i.verdict == "not_applicable" for i in views),
        open=[i for i in views if not i.counted],
        differing=listing(differing, lang),
    )


@dataclass(frozen=True, slots=True)
class ConditionView:
    """A condition of recognition, its evidence, and how it stands.

    Attributes
    ----------
    name, requires, statement, document : str
    status : str
        The verdict that the evidence supports.
    body : str
        Who answers for it; empty where that is the commune.
    standing, standing_word : str
    conclusion, conclusion_word : str
    decided_by, decided_reason : str
        Who decided, and why; empty where no appraiser did.
    """

    name: str
    requires: str
    status: str
    body: str
    statement: str
    document: str
    standing: str
    standing_word: str
    conclusion: str
    conclusion_word: str
    decided_by: str
    decided_reason: str

    @property
    def counted(self) -> bool:
        """Whether it is concluded to hold."""
        return self.conclusion in COUNTED


def _conditions(report: Report) -> list[ConditionView]:
    views, lang = [], report.lang
    for condition in report.case.rules.loaded.about.conditions:
        evidence = report.case.appraisal.conditions.get(condition.key)
        stands = report.conditions[condition.key]
        body = body_of(report.case, condition.key)
        by, reason = report.viewer.decided(condition.key)
        views.append(
            ConditionView(
                condition.name[lang],
                condition.requires[lang],
                stands.verdict,
                "" if body.key == "commune" else body.name[lang],
                evidence.statement[lang] if evidence and evidence.statement else "",
                report.document_text(evidence.document) if evidence and evidence.document else "",
                stands.standing,
                translate(f"standing.{stands.standing or 'none'}", lang).lower(),
                stands.conclusion,
                translate(f"conclusion.{stands.conclusion}", lang),
                by,
                reason,
            )
        )
    return views


def conditions(report: Report) -> Md:
    """Return part I.5, construction debt and the other conditions (QĐ 18/2022/QĐ-TTg)."""
    return report.render("conditions", conditions=_conditions(report))


def plan(report: Report) -> Md:
    """Return part I.6, the plan for the next year with its targets."""
    planned = report.case.appraisal.plan
    lang = report.lang
    tasks = [
        (part.field[lang], _sentence([task[lang] for task in part.tasks]))
        for part in (planned.tasks if planned else ())
    ]
    return report.render(
        "plan",
        plan_year=planned.year if planned else report.case.params.year + 1,
        targets_table=tables.targets_table(report) if planned and planned.targets else "",
        tasks=tasks,
        aims=_done(report, "plan", aims=True),
        done=_done(report, "plan"),
    )


def _sentence(parts: list[str]) -> str:
    text = "; ".join(parts)
    return f"{upper_first(text)}."


def conclusion(report: Report) -> Md:
    """Return part II, the conclusion, with why it differs from what is claimed."""
    items = report.case.appraisal.dossier.items
    risk = withdrawal_risk(report.case, report.assessment)
    return report.render(
        "conclusion",
        risk=risk,
        papers_missing=listing(_papers_missing(report), report.lang),
        items_total=len(items),
        items_present=sum(item.present is True for item in items),
        items_missing=sum(item.present is False for item in items),
        items_unknown=sum(item.present is None for item in items),
        risk_decision=report.decision_name(risk.decision) if risk.decision else "",
    )


def _papers_missing(report: Report) -> list[str]:
    """Return the papers on conditions of recognition that the dossier does not list."""
    lacking = {matter_of(one)[1] for one in report.findings if one.check == "S20"}
    return [
        condition.paper[report.lang]
        for condition in report.case.rules.loaded.about.conditions
        if condition.paper and condition.key in lacking
    ]


def recommendations(report: Report) -> Md:
    """Return part III, what follows from the results."""
    views, stated = list(report.indicators.values()), _conditions(report)
    # What waits for a threshold that we do not know is not asked of the commune.
    waiting = [i for i in views if i.verdict == "no_data" and i.reason in LAW_REASONS]
    ranges = [i for i in views if i.verdict == "no_data" and i.reason == "inequality_spans"]

    def codes(chosen: list[IndicatorView]) -> str:
        return listing([i.code for i in chosen], report.lang)

    text = report.render(
        "recommendations",
        failing=[i for i in views if i.verdict == "not_met"],
        pending=[i for i in views if i.verdict == "pending"],
        absent=[
            i for i in views if i.verdict == "no_data" and i not in waiting and i not in ranges
        ],
        ranges=ranges,
        flips=[i for i in views if i.flip and not (i.unknown and i.flip.verdict == "no_data")],
        waiting=bool(waiting) or report.unlisted > 0,
        broken=[c for c in stated if c.status == "not_met"],
        conditions=[c for c in stated if not c.counted and c.status != "not_met"],
        half=codes([i for i in views if i.missing_limbs and i.verdict == "met"]),
        undocumented=codes(
            [
                i
                for i in views
                if i.verdict == "met" and i.grade in _UNDOCUMENTED and not i.missing_limbs
            ]
        ),
        thin=[i for i in views if i.thin and not i.flip],
    )
    # Whichever item comes last ends the sentence.
    listed = str(text).rstrip()
    return in_language(f"{listed[:-1]}.\n", report.lang) if listed.endswith(";") else text


def provenance(report: Report) -> Md:
    """Return what the report was made from: files, hashes, versions, the day."""
    made = day_made()
    context: dict[str, Any] = {
        "made_on": format_date(made, report.lang) if made else "",
        "files_table": tables.files_table(report),
        "versions_table": tables.versions_table(report),
    }
    return report.render("provenance", **context)
