"""What the templates say of an indicator: every number printed once, here, from the results."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from ntm_analysis.assessment import Assessment, Record, Variants
from ntm_analysis.communes import Case, Evidence, Reading, choose
from ntm_analysis.communes.printing import print_reading
from ntm_analysis.language import Lang, translate
from ntm_analysis.narrative.facts import fact_sentences, facts_of
from ntm_analysis.narrative.filters import unsigned
from ntm_analysis.narrative.indicator_view import FigureView, FlipView, IndicatorView, LimbView
from ntm_analysis.numbers import (
    format_date,
    format_quantity,
    format_reading,
    format_requirement,
    format_value_near,
    with_unit,
)
from ntm_analysis.rulebook import Limb, Requirement, Rule, Unit


def print_requirement(
    requirement: Requirement, unit: Unit, lang: Lang, scale: Sequence[str] = ()
) -> str:
    """Return a requirement in print; all of a whole is `100%`, not `≥ 100%`."""
    if requirement.op == ">=" and requirement.threshold == 100 and unit.label.vi == "%":
        return format_quantity(100, unit, lang)
    return format_requirement(requirement, unit, lang, scale)


def _is(value: Any) -> bool:
    return value is not None and not (isinstance(value, float) and math.isnan(value))


class Viewer:
    """Makes the views of one case.

    Parameters
    ----------
    case : Case
    assessment : Assessment
        That holds the case.
    lang : {"vi", "en"}
    """

    def __init__(self, case: Case, assessment: Assessment, lang: Lang) -> None:
        self.case, self.lang = case, lang
        self.rows, self.limb_rows = assessment.records(case), assessment.limb_records(case)
        self.book = case.rules.rulebook

    def indicator(self, rule: Rule) -> IndicatorView:
        """Return the view of one indicator in force."""
        row = self.rows[rule.code]
        own = rule.indicator.own
        evidence = [e for e in self.case.evidence if e.indicator == rule.code]
        verdict = str(row["verdict"])
        claimed = str(row["claimed_verdict"])
        limbs = self._limbs(rule, row)
        decides = limbs[str(row["limb"])]
        several = len(limbs) > 1
        decided_by, decided_reason = self.decided(rule.code)
        return IndicatorView(
            code=rule.code,
            name=rule.indicator.name[self.lang],
            short=rule.indicator.short[self.lang],
            kind=rule.indicator.kind,
            unit=self.book.units[own.unit].label[self.lang],
            source=self._source(rule, own, row),
            value=decides.value,
            requires=decides.requires,
            margin=decides.margin,
            margin_side=decides.margin_side,
            headroom=decides.headroom,
            verdict=verdict,
            word=self.word(verdict),
            reason=str(row["reason"]),
            figures=self._figures(rule, own.parsed.variables),
            context=self._context(rule),
            done=fact_sentences(facts_of(self.case.facts, rule.code), self.book, self.lang),
            documents=tuple(self.document(e) for e in evidence if e.document or e.number),
            grade=str(row["evidence_grade"]),
            limbs=tuple(limbs.values()) if several else (),
            missing_limbs=self._missing(rule, str(row["missing_limbs"])),
            own=limbs[own.key],
            decides=decides,
            failing=tuple(limb for limb in limbs.values() if limb.verdict == "not_met"),
            part="" if decides.own else decides.name,
            thin_part=limbs[str(row["thin_limb"])],
            thinness=float(row["thinness"]),
            flip=self._flip(rule, verdict) if row["turns"] else None,
            claimed=claimed,
            claimed_value=self._claimed_value(own, str(row["claimed_value"])),
            claimed_word=self.word(claimed) if claimed else "",
            asked=rule.indicator.evidence[self.lang],
            decision=self.book.decisions[rule.decision].number if rule.decision else "",
            relative=float(row["relative_margin"]),
            unknown=rule.own.op == "unknown",
            plain=rule.own.op == "yes",
            all_plain=all(r.op == "yes" for r in rule.requirements.values()),
            remark=self._remark(evidence),
            thin=bool(row["thin"]),
            law=rule.law,
            lack=rule.lack.words(self.lang) if rule.lack else "",
            printed=self._printed(rule),
            standing=str(row["standing"]),
            standing_word=translate(f"standing.{row['standing'] or 'none'}", self.lang).lower(),
            conclusion=str(row["conclusion"]),
            conclusion_word=translate(f"conclusion.{row['conclusion']}", self.lang),
            decided_by=decided_by,
            decided_reason=decided_reason,
        )

    def _printed(self, rule: Rule) -> str:
        """Return the decision's own words, limb by limb, where they are not those shown anyway."""
        parts = []
        for limb in rule.indicator.limbs:
            words = rule.printed(limb.key)
            if words and " ".join(words.split()) != self._requires(rule, limb):
                several = len(rule.indicator.limbs) > 1 and limb.name is not None
                name = f"{limb.name[self.lang]}: " if several and limb.name else ""
                parts.append(f"{name}{' '.join(words.split())}")
        return "; ".join(dict.fromkeys(parts))

    def decided(self, subject: str) -> tuple[str, str]:
        """Return who decided on an indicator or condition, with office, and why; else empty."""
        one = self.case.decided.get(subject)
        if one is None:
            return "", ""
        role = one.role_en if self.lang == "en" and one.role_en else one.role
        reason = one.reason_en if self.lang == "en" and one.reason_en else one.reason
        return f"{one.by} ({role})" if role else one.by, reason

    def word(self, verdict: str) -> str:
        """Return the verdict in words."""
        return translate(f"verdict.{verdict}", self.lang)

    def _source(self, rule: Rule, own: Limb, row: Record) -> str:
        mine = self._limb_row(rule, own, row)
        low, high = float(row["own_low"]), float(row["own_high"])
        if not _is(low):
            return "status" if mine["verdict"] in ("pending", "not_applicable") else "none"
        names = own.parsed.variables
        readings = [choose(self.case.readings, name, rule.code) for name in names]
        there = all(r is not None and r.status == "number" for r in readings)
        if low != high:
            return "range" if there and len(names) > 1 else "inequality"
        if own.kind in ("yes_no", "grade", "level", "count", "amount"):
            return {"yes_no": "flag"}.get(own.kind, own.kind)
        if there and all(r is not None and r.exact for r in readings):
            return "ratio" if len(names) == 2 else "parts"
        return "parts" if there else "stated"

    def _limb_row(self, rule: Rule, limb: Limb, row: Record) -> Record:
        if len(rule.indicator.limbs) == 1:
            return row
        return self.limb_rows[rule.code, limb.key]

    def print_value(self, limb: Limb, low: float, high: float, text: str, threshold: float) -> str:
        """Return a limb's value in print; empty where there is none."""
        unit = self.book.units[limb.unit]
        if text:
            return format_reading(text, unit, self.lang)
        if not _is(low) or low != high:
            return ""
        if limb.kind == "yes_no":
            return translate("report.yes" if low >= 1 else "report.no", self.lang)
        if limb.kind == "grade":
            return self.book.scale_labels(limb, self.lang)[int(low)]
        if limb.kind in ("count", "level"):
            return format_quantity(low, unit, self.lang)
        if limb.kind == "amount":
            return format_quantity(low, unit, self.lang)
        if _is(threshold):
            return with_unit(format_value_near(low, threshold, self.lang), unit, self.lang)
        return format_quantity(low, unit, self.lang, decimals=2 if low != round(low) else 0)

    def _claimed_value(self, limb: Limb, text: str) -> str:
        """Return the value that the commune claims, in print; empty of words that only say yes."""
        if not text or limb.kind == "yes_no":
            return ""
        labels = dict(
            zip(
                self.book.scale_of(limb),
                self.book.scale_labels(limb, self.lang),
                strict=True,
            )
        )
        return labels.get(text) or format_reading(text, self.book.units[limb.unit], self.lang)

    def _requires(self, rule: Rule, limb: Limb) -> str:
        requirement = rule.requirements[limb.key]
        if limb.kind == "level" and requirement.op == ">=" and requirement.threshold is not None:
            level = int(requirement.threshold)
            return translate("report.level_or_more", self.lang, level=level)
        return print_requirement(
            requirement,
            self.book.units[limb.unit],
            self.lang,
            self.book.scale_labels(limb, self.lang),
        )

    def _margin(self, row: Record) -> tuple[str, str]:
        margin = float(row["margin"])
        if not _is(margin):
            return "", ""
        unit = str(row["unit"])
        size = format_value_near(abs(margin), 0.0, self.lang, 2 if unit == "percent" else 3)
        if unit == "percent":
            points = translate("report.points_one" if size == "1" else "report.points", self.lang)
            text = f"{size} {points}"
        else:
            text = with_unit(size, self.book.units[unit], self.lang, one=size == "1")
        if margin == 0:
            return "0", "at"
        higher = str(row["op"]) in (">=", ">")
        return text, "above" if (margin > 0) == higher else "below"

    def _headroom(self, row: Record) -> str:
        value = row["headroom"]
        if not _is(value):
            return ""
        return format_quantity(float(value), self.book.units[row["headroom_unit"]], self.lang)

    def _figures(self, rule: Rule, names: Sequence[str]) -> tuple[FigureView, ...]:
        views = []
        for name in names:
            reading = choose(self.case.readings, name, rule.code)
            if reading is not None:
                views.append(self.figure(reading))
        return tuple(views)

    def _remark(self, evidence: Sequence[Evidence]) -> str:
        notes = [e.note if self.lang == "vi" else e.note_en for e in evidence]
        return " ".join(note for note in notes if note)

    def _context(self, rule: Rule) -> tuple[FigureView, ...]:
        """Return further figures, a part together with its whole: `132/132 trẻ em`."""
        views: list[FigureView] = []
        joined: set[str] = set()
        for name in rule.indicator.context:
            part = choose(self.case.readings, name, rule.code)
            if part is None or name in joined:
                continue
            whole_name = self.book.variables[name].part_of or ""
            whole = choose(self.case.readings, whole_name, rule.code)
            view = self.figure(part)
            if whole is not None and part.exact and whole.exact and part.unit == whole.unit:
                joined.add(whole_name)
                text = f"{view.number}/{self.figure(whole).text}"
                view = FigureView(view.label, text, text)
            views.append(view)
        return tuple(views)

    def figure(self, reading: Reading) -> FigureView:
        """Return a reading in print."""
        text, number = print_reading(reading, self.book, self.lang)
        return FigureView(self.book.variables[reading.variable].label[self.lang], text, number)

    def document(self, evidence: Evidence) -> str:
        """Return a document by name, number, date and issuer."""
        name = evidence.document
        if self.lang == "en" and evidence.document_en:
            name = evidence.document_en
        parts = [name or translate("report.document", self.lang)]
        if evidence.number:
            parts.append(translate("report.numbered", self.lang, number=evidence.number))
        if evidence.issued_on:
            day = format_date(evidence.issued_on, self.lang)
            parts.append(translate("report.dated", self.lang, date=day))
        if evidence.issuer:
            english = self.lang == "en" and evidence.issuer_en
            issuer = evidence.issuer_en if english else evidence.issuer
            parts.append(translate("report.issued_by", self.lang, issuer=issuer))
        return " ".join(parts)

    def _limbs(self, rule: Rule, row: Record) -> dict[str, LimbView]:
        return {
            limb.key: self._limb(rule, limb, self._limb_row(rule, limb, row))
            for limb in rule.indicator.limbs
        }

    def _limb(self, rule: Rule, limb: Limb, row: Record) -> LimbView:
        value = float(row["value"])
        printed = self.print_value(
            limb, value, value, str(row["value_text"]), float(row["threshold"])
        )
        margin, side = self._margin(row)
        headroom, verdict = self._headroom(row), str(row["verdict"])
        need = ""
        if verdict == "not_met":
            need = unsigned(headroom) or margin
        return LimbView(
            name=limb.name[self.lang] if limb.name else "",
            requires=self._requires(rule, limb),
            value=printed,
            margin=margin,
            margin_side=side,
            headroom=headroom,
            headroom_zero=_is(row["headroom"]) and float(row["headroom"]) == 0,
            need=need,
            need_side="more" if str(row["op"]) in (">=", ">") else "less",
            verdict=verdict,
            word=self.word(verdict),
            reason=str(row["reason"]),
            missing=bool(row["reason"] == "no_figure"),
            own=limb.key == rule.indicator.own.key,
            plain=rule.requirements[limb.key].op == "yes",
        )

    def _missing(self, rule: Rule, keys: str) -> tuple[str, ...]:
        named: Mapping[str, Limb] = {limb.key: limb for limb in rule.indicator.limbs}
        names = []
        for key in keys.split(",") if keys else ():
            name = named[key].name
            if name is not None:
                names.append(name[self.lang])
        return tuple(names)

    def _dated(self, one: Reading, other: Reading | None) -> str:
        """Return a reading in print, with its day where the other is of another day."""
        text = self.figure(one).text
        if other is None or not one.as_of or not other.as_of or one.as_of == other.as_of:
            return text
        day = f"{one.as_of:%d/%m/%Y}" if self.lang == "vi" else format_date(one.as_of, self.lang)
        return translate("report.on_day", self.lang, figure=text, day=day)

    def _flip(self, rule: Rule, verdict: str) -> FlipView | None:
        found = Variants(self.case, rule).flip(verdict)
        if found is None:
            return None
        changes = []
        for new in found.changed:
            old = choose(self.case.readings, new.variable, rule.code)
            view = self.figure(new)
            before = self._dated(old, new) if old is not None else ""
            changes.append((view.label, self._dated(new, old), before))
        threshold = rule.own.threshold
        value = self.print_value(
            rule.indicator.own,
            found.low if found.limb == rule.indicator.own.key else math.nan,
            found.high,
            "",
            float(threshold) if threshold is not None else math.nan,
        )
        return FlipView(tuple(changes), value, found.verdict, self.word(found.verdict))
