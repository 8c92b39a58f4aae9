"""What the checks look at: a case with its verdicts, and how its figures are worded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

from ntm_analysis.assessment import Assessment, Record
from ntm_analysis.capitals import lower_first
from ntm_analysis.communes import Case, Reading, choose
from ntm_analysis.communes.printing import print_place, print_reading
from ntm_analysis.language import LANGUAGES, Lang, Text, translate
from ntm_analysis.numbers import (
    format_date,
    format_quantity,
    format_requirement,
    format_value_near,
    with_unit,
)
from ntm_analysis.rulebook import Limb, Rule
from ntm_analysis.rulebook.formula import exact
from ntm_analysis.scrutiny.finding import Cited, Finding, Severity


class Subject:
    """A commune's figures and verdicts, as the checks read them.

    Parameters
    ----------
    case : Case
    assessment : Assessment
        That holds the case.
    """

    def __init__(self, case: Case, assessment: Assessment) -> None:
        self.case = case
        self.book = case.rules.rulebook
        self.rows, self.limb_rows = assessment.records(case), assessment.limb_records(case)

    @property
    def rules(self) -> Sequence[Rule]:
        """The indicators in force, in legal order."""
        return self.case.rules.rules

    def row(self, rule: Rule) -> Record:
        """Return an indicator's result."""
        return self.rows[rule.code]

    def deciding(self, rule: Rule) -> Limb:
        """Return the limb that decides an indicator's verdict."""
        return rule.limb(str(self.row(rule)["limb"]))

    def limb_row(self, rule: Rule, key: str) -> Record:
        """Return a limb's result; the indicator's where it has one limb."""
        if len(rule.indicator.limbs) == 1:
            return self.row(rule)
        return self.limb_rows[rule.code, key]

    @cached_property
    def readings(self) -> dict[str, list[Reading]]:
        """All readings by variable, in the order of the file."""
        groups: dict[str, list[Reading]] = {}
        for reading in self.case.readings:
            groups.setdefault(reading.variable, []).append(reading)
        return groups

    def chosen(self, name: str, code: str) -> Reading | None:
        """Return the reading with which an indicator is assessed."""
        return choose(self.readings.get(name, ()), name, code)

    def exact_parts(self, limb: Limb, code: str) -> dict[str, Fraction] | None:
        """Return the formula's figures as fractions, if all are reported as plain numbers."""
        parts = {}
        for name in limb.parsed.variables:
            reading = self.chosen(name, code)
            if reading is None or not reading.exact:
                return None
            parts[name] = exact(reading.low)
        return parts

    def users(self, name: str) -> list[str]:
        """Return the codes of the indicators whose verdict rests on a variable."""
        return [rule.code for rule in self.rules if name in rule.indicator.variables]

    # Wording --------------------------------------------------------------------------------

    def label(self, name: str) -> Text:
        """Return a variable's label."""
        return self.book.variables[name].label

    def printed(self, reading: Reading) -> Text:
        """Return a reading in print: `2.751 hộ`."""
        return both(lambda lang: print_reading(reading, self.book, lang)[0])

    def placed(self, reading: Reading) -> Text:
        """Return a reading in print with its day and place: `34 hộ (31/12/2023; mục 4.11)`."""
        return both(lambda lang: f"{self.printed(reading)[lang]}{self._place(reading, lang)}")

    def _place(self, reading: Reading, lang: Lang) -> str:
        day = _day(reading.as_of, lang) if reading.as_of else ""
        place = self.place(reading.source)[lang] if reading.source else ""
        if reading.possible:
            place = translate("scrutiny.possible", lang, place=place)
        known = [one for one in (day, place) if one]
        return f" ({'; '.join(known)})" if known else ""

    def place(self, source: str) -> Text:
        """Return where something stands: `dòng 173`."""
        return both(lambda lang: print_place(source, self.case.commune.sources, lang))

    def quantity(self, value: float, unit: str, decimals: int | None = None) -> Text:
        """Return a value with its unit."""
        return both(lambda lang: format_quantity(value, self.book.units[unit], lang, decimals))

    def result(self, rule: Rule, limb: Limb, value: float) -> Text:
        """Return a limb's value as the report prints it: `86,01%`."""
        unit, threshold = self.book.units[limb.unit], rule.requirements[limb.key].threshold
        if unit.label.vi != "%" or threshold is None:
            return self.quantity(value, limb.unit, 2 if unit.label.vi == "%" else 3)
        return both(lambda lang: with_unit(format_value_near(value, threshold, lang), unit, lang))

    def requirement(self, rule: Rule, limb: Limb) -> Text:
        """Return what is required of a limb; all of a whole is `100%`, not `≥ 100%`."""
        unit, requirement = self.book.units[limb.unit], rule.requirements[limb.key]
        if requirement.op == ">=" and requirement.threshold == 100 and unit.label.vi == "%":
            return both(lambda lang: format_quantity(100, unit, lang))
        return both(
            lambda lang: format_requirement(
                rule.requirements[limb.key], unit, lang, self.book.scale_labels(limb, lang)
            )
        )

    def find(
        self,
        check: str,
        severity: Severity,
        indicator: str,
        variant: str,
        figures: Iterable[Reading | Cited] = (),
        **fields: object,
    ) -> Finding:
        """Return a finding with the sentence `scrutiny.<check>.<variant>`.

        Parameters
        ----------
        check, severity, indicator : str
        variant : str
            Which of the check's sentences.
        figures : iterable of Reading or Cited
            What it rests on.
        **fields
            For the sentence; a `Text` stands in each language as it is.
        """
        if indicator:
            fields |= {"code": indicator, "short": self.short(indicator)}
        cited = tuple(f if isinstance(f, Cited) else cite(f) for f in figures)
        sentence = phrase(f"scrutiny.{check}.{variant}", **fields)
        return Finding(check, severity, indicator, sentence, cited)

    def short(self, code: str) -> Text:
        """Return an indicator's short name in small letters."""
        return small(self.case.rules.by_code[code].indicator.short)


def cite(reading: Reading) -> Cited:
    """Return a reading in machine form with its place."""
    return Cited(f"{reading.variable}={reading.text}", reading.source)


def both(make: Any) -> Text:
    """Return what a function of the language gives in each."""
    # A piece of a sentence may be empty, which a name never is.
    return Text.model_construct(**{lang: make(lang) for lang in LANGUAGES})


def phrase(key: str, **fields: object) -> Text:
    """Return a message in both languages."""
    return both(
        lambda lang: translate(
            key,
            lang,
            **{k: v[lang] if isinstance(v, Text) else v for k, v in fields.items()},
        )
    )


def word(verdict: str) -> Text:
    """Return a verdict in words."""
    return both(lambda lang: translate(f"verdict.{verdict}", lang))


def day(date: Any) -> Text:
    """Return a date in words."""
    return both(lambda lang: format_date(date, lang))


def joined(texts: Iterable[Text], sign: str = ", ") -> Text:
    """Return texts one after another."""
    items = list(texts)
    return both(lambda lang: sign.join(item[lang] for item in items))


def aside(texts: Iterable[Text]) -> Text:
    """Return texts in brackets after a space; nothing where there are none."""
    items = list(dict.fromkeys(texts))
    inside = joined(items)
    return both(lambda lang: f" ({inside[lang]})" if items else "")


def small(text: Text) -> Text:
    """Return a text as it stands inside a sentence, with a small first letter."""
    return both(lambda lang: lower_first(text[lang]) if text[lang] else "")


def _day(day: dt.date, lang: Lang) -> str:
    """Return a day as an aside has it: `31/12/2023`."""
    return f"{day:%d/%m/%Y}" if lang == "vi" else format_date(day, lang)
