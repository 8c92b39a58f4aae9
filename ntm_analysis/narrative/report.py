"""The report on one commune: each section as Markdown, every number from the results."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import jinja2

from ntm_analysis.assessment import (
    Assessment,
    ConditionStanding,
    Counts,
    assess,
    condition_standings,
)
from ntm_analysis.assessment.verdicts import COUNTED
from ntm_analysis.capitals import lower_first
from ntm_analysis.charts.rows import ChartRow, chart_rows
from ntm_analysis.communes import Case, load_case
from ntm_analysis.communes.papers import Document
from ntm_analysis.language import Lang, translate
from ntm_analysis.narrative import filters
from ntm_analysis.narrative.claim import claim_view
from ntm_analysis.narrative.criterion_view import CriterionView, criterion_views
from ntm_analysis.narrative.documents import document_name
from ntm_analysis.narrative.indicator_view import IndicatorView
from ntm_analysis.narrative.titles import chapter_title, drafted_words, legal_name
from ntm_analysis.narrative.views import Viewer
from ntm_analysis.numbers import format_date
from ntm_analysis.paths import Project, find_project
from ntm_analysis.provenance import Inputs, inputs_of
from ntm_analysis.rulebook import Decision
from ntm_analysis.scrutiny import (
    Finding,
    Sensitivity,
    WhatIf,
    scrutinise,
    sensitivities,
    thin_or_flipping,
    what_if,
)
from ntm_analysis.tables import Md, escape, in_language

NOTEBOOK = "commune.ipynb"
_FOLDER = Path(__file__).parent / "templates"
_BLANK_LINES = re.compile(r"\n{3,}")
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")


def _finalize(value: object) -> object:
    if value is None:
        raise ValueError("a template prints a value that is not there")
    return value if isinstance(value, Md) else escape(str(value))


@cache
def _environment(lang: Lang) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER / lang),
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters |= filters.FILTERS
    return environment


class Report:
    """The report on one commune in one year.

    Parameters
    ----------
    case : Case
    project : Project
    lang : {"vi", "en"}, optional
        By default the case's own.
    """

    def __init__(self, case: Case, project: Project, lang: Lang | None = None) -> None:
        self.case, self.project = case, project
        self.lang: Lang = lang or case.params.lang
        self._environment = _environment(self.lang)

    @classmethod
    def load(cls, commune: str, year: int, project: Project | None = None, **given: Any) -> Report:
        """Read and check a commune's files and return its report.

        Parameters
        ----------
        commune, year : str, int
            As in `params/<commune>-<year>.yaml`.
        project : Project, optional
            By default the one around the working directory.
        **given
            Parameters that take the place of the file's: `set`, `on`, `lang`, `thin_margin`,
            `evidence_floor`. What is None comes from the file; what differs from it is shown
            in the report as given by hand.

        Raises
        ------
        DataErrors
            With everything wrong in the files, or in what is given.

        Examples
        --------
        >>> report = Report.load("liem-can", 2024, lang="en")
        >>> report.criteria[:3], report.counts.claimed
        ((1, 2, 3), 74)
        """
        place = project or find_project()
        case = load_case(place, f"{commune}-{year}", changes=given)
        return cls(case, place)

    # What the sections draw on --------------------------------------------------------------

    @cached_property
    def assessment(self) -> Assessment:
        """The verdicts, in numbers."""
        return assess([self.case], self.lang)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What an appraiser should ask, the gravest first."""
        return scrutinise(self.case, self.assessment)

    @cached_property
    def sensitivities(self) -> list[Sensitivity]:
        """How firm every quantitative indicator is, in legal order."""
        return sensitivities(self.case, self.assessment)

    @cached_property
    def what_ifs(self) -> list[WhatIf]:
        """Values under changed counts, for thin margins and verdicts that flip."""
        rules = thin_or_flipping(self.case, self.assessment, self.sensitivities)
        return [table for rule in rules if (table := what_if(self.case, rule)) is not None]

    @cached_property
    def viewer(self) -> Viewer:
        """What prints the numbers."""
        return Viewer(self.case, self.assessment, self.lang)

    @cached_property
    def indicators(self) -> Mapping[str, IndicatorView]:
        """Every indicator in force, in legal order."""
        return {rule.code: self.viewer.indicator(rule) for rule in self.case.rules.rules}

    @cached_property
    def chart_rows(self) -> tuple[ChartRow, ...]:
        """What the charts draw of every indicator in force, in legal order."""
        loaded, units = self.case.rules.loaded, self.case.rules.rulebook.units
        names = {number: loaded.criterion[number].name[self.lang] for number in self.criteria}
        return tuple(chart_rows(self.assessment.of(self.case), units, names))

    @cached_property
    def by_criterion(self) -> Mapping[int, tuple[IndicatorView, ...]]:
        """The indicators of each criterion."""
        groups = self.case.rules.by_criterion
        return {
            number: tuple(self.indicators[rule.code] for rule in rules)
            for number, rules in groups.items()
        }

    @property
    def criteria(self) -> tuple[int, ...]:
        """The criteria's numbers, in order."""
        return tuple(self.by_criterion)

    @property
    def title(self) -> str:
        """The chapter's title."""
        return chapter_title(self.case, self.lang)

    @cached_property
    def criterion_views(self) -> Mapping[int, CriterionView]:
        """Every criterion, as it stands and as it is concluded."""
        return criterion_views(self.case, self.assessment, self.lang)

    @cached_property
    def conditions(self) -> Mapping[str, ConditionStanding]:
        """How each condition of recognition stands."""
        return {one.key: one for one in condition_standings(self.case)}

    @property
    def _outside_period(self) -> str:
        """What is to be said where the set is not for the day: empty where it is."""
        about, on = self.case.rules.loaded.about, self.case.params.on
        if about.holds_on(on):
            return ""
        first, last = (format_date(day, self.lang) for day in about.days)
        return translate(
            "report.outside_period",
            self.lang,
            first=first,
            last=last,
            on=format_date(on, self.lang),
        )

    @cached_property
    def law(self) -> Mapping[str, int]:
        """How many thresholds are verified, unverified, delegated, unknown, and from `this_report`.

        The last are those whose source is the report that is appraised here: it proves nothing of
        the law that it names.
        """
        rules = self.case.rules.rules
        paper = f"xã {self.case.commune.name} năm {self.case.params.year}"
        counts: dict[str, int] = {
            state: sum(rule.law == state for rule in rules)
            for state in ("verified", "unverified", "delegated", "unknown")
        }
        counts["this_report"] = sum(
            rule.law == "unverified"
            and rule.threshold is not None
            and paper in rule.threshold.source
            for rule in rules
        )
        return counts

    @cached_property
    def counts(self) -> Counts:
        """The four counts: claimed (by the report's own total where it has one) to concluded."""
        counts = self.assessment.counts(self.case)
        claim = self.case.appraisal.claim
        return replace(counts, claimed=claim.indicators_met) if claim else counts

    @cached_property
    def open_conditions(self) -> tuple[str, ...]:
        """The names of the conditions not concluded to hold, in small letters."""
        return tuple(
            lower_first(c.name[self.lang])
            for c in self.case.rules.loaded.about.conditions
            if self.conditions[c.key].conclusion not in COUNTED
        )

    @cached_property
    def failed_conditions(self) -> tuple[str, ...]:
        """The names of those conditions that the dossier itself says do not hold."""
        return tuple(
            lower_first(c.name[self.lang])
            for c in self.case.rules.loaded.about.conditions
            if self.conditions[c.key].conclusion == "not_met"
        )

    @property
    def unlisted(self) -> int:
        """How many criteria of the set have indicators that the rulebook does not list."""
        return sum(not criterion.complete for criterion in self.case.rules.loaded.criteria)

    @property
    def eligible(self) -> bool:
        """Whether all is concluded to be met, and the rulebook lists all that is asked."""
        if self.unlisted:
            return False
        return not self.open_conditions and all(i.concluded for i in self.indicators.values())

    # Rendering ------------------------------------------------------------------------------

    @property
    def section_id(self) -> str:
        """The stem of this report's identifiers."""
        return self.case.id

    def render(self, template: str, **context: Any) -> Md:
        """Return a template filled in, tidy and safe as Markdown."""
        text = self._environment.get_template(f"{template}.md.j2").render(self._common | context)
        lines = (
            _SPACES.sub(" ", line.rstrip()) if not line.startswith("|") else line.rstrip()
            for line in text.splitlines()
        )
        text = _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
        return in_language(f"{text}\n", self.lang)

    @cached_property
    def _common(self) -> dict[str, Any]:
        rules, params = self.case.rules, self.case.params
        views = list(self.indicators.values())
        tally = self.assessment.tally(self.case)
        claim = self.case.appraisal.claim
        counted = tally["met"] + tally["not_applicable"]
        return {
            "sec": Md(f"sec-{self.section_id}"),
            "lang": self.lang,
            "commune": self.case.commune.name,
            "year": params.year,
            "place": rules.place,
            "on": format_date(params.on, self.lang),
            "set_name": lower_first(rules.name(self.lang)),
            "level": rules.loaded.about.level[self.lang],
            "synthetic": self.case.commune.synthetic,
            "eligible": self.eligible,
            "by_hand": self._by_hand,
            "drafted": drafted_words(self.case, self.lang),
            "total": len(views),
            "counted": counted,
            "law": self.law,
            "outside_period": self._outside_period,
            "firm": self.counts.firm,
            "concluded": self.counts.concluded,
            "criteria_concluded": sum(c.settled for c in self.criterion_views.values()),
            "criteria_total": len(self.criteria),
            "criteria_met": sum(c.met for c in self.criterion_views.values()),
            "tally_met": tally["met"],
            "tally_not_met": tally["not_met"],
            "tally_pending": tally["pending"],
            "tally_no_data": tally["no_data"],
            "tally_na": tally["not_applicable"],
            "claim": claim_view(claim, views, self.lang) if claim else None,
            "unlisted": self.unlisted,
            "conditions_total": len(rules.loaded.about.conditions),
            "conditions_failed": filters.listing(self.failed_conditions, self.lang),
            "conditions_open": filters.listing(
                [c for c in self.open_conditions if c not in self.failed_conditions], self.lang
            ),
            "flips": [i for i in views if i.flip],
        }

    @property
    def _by_hand(self) -> str:
        """What was given otherwise than the commune's file has it, in a sentence, or empty."""
        parts = [
            translate("report.by_hand_one", self.lang, name=name, value=value, file=written)
            for name, value, written in self.case.by_hand
        ]
        if not parts:
            return ""
        return translate("report.by_hand", self.lang, what="; ".join(parts), id=self.case.id)

    # Shared wording -------------------------------------------------------------------------

    def decision_text(self, key: str) -> Md:
        """Return a decision as a legal basis: number, date, issuer, title."""
        decision: Decision = self.case.rules.rulebook.decisions[key]
        parts = [legal_name(decision, self.lang)]
        if decision.date:
            day = format_date(decision.date, self.lang)
            parts.append(translate("report.dated", self.lang, date=day))
        parts.append(translate("report.issued_by", self.lang, issuer=decision.issuer[self.lang]))
        title = lower_first(decision.title[self.lang])
        return escape(f"{' '.join(parts)}: {title}.")

    def document_text(self, document: Document) -> str:
        """Return a document of the commune's papers as a sentence names it."""
        return document_name(document, self.lang)

    def decision_name(self, key: str) -> str:
        """Return a decision by kind, number and date, as a sentence cites it."""
        decision = self.case.rules.rulebook.decisions[key]
        name = legal_name(decision, self.lang)
        if decision.date is None:
            return name
        day = format_date(decision.date, self.lang)
        return f"{name} {translate('report.dated', self.lang, date=day)}"

    @cached_property
    def inputs(self) -> Inputs:
        """What this report is made from, by content."""
        return inputs_of(self.project, self.case, self.project.notebooks / NOTEBOOK)
