"""What all documents of one appraisal share: bodies, head, signature, copies."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from ntm_analysis.assessment.standing import worst
from ntm_analysis.communes.office import Office, PaperMarks, PaperName, Signatory
from ntm_analysis.language import Lang, say, translate, user_lang
from ntm_analysis.narrative import Report
from ntm_analysis.numbers import format_date
from ntm_analysis.official.blanks import blank, has_blank
from ntm_analysis.official.fields import Head, Signature
from ntm_analysis.official.wording import listed
from ntm_analysis.records.files import is_unnamed
from ntm_analysis.rulebook.authorities import Authorities

SIGNS: Final = {"report": "BC", "minutes": "BB", "submission": "TTr", "request": ""}
"""The abbreviations of kinds of documents (Decree 30/2020/NĐ-CP, annex III); a letter has none."""


@dataclass(frozen=True)
class Setting:
    """One appraisal, in one language.

    Attributes
    ----------
    report : Report
    authorities : Authorities
    """

    report: Report
    authorities: Authorities

    @property
    def lang(self) -> Lang:
        """The language of the documents."""
        return self.report.lang

    @property
    def office(self) -> Office:
        """What only the office knows."""
        return self.report.case.appraisal.office

    def say(self, key: str, **fields: object) -> str:
        """Return a message of the documents."""
        return translate(f"official.{key}", self.lang, **fields)

    def blank(self, key: str) -> str:
        """Return a field that the office fills in."""
        return blank(key, self.lang)

    def day(self, date: dt.date | None, key: str = "date") -> str:
        """Return a date in words, or the field for it."""
        return format_date(date, self.lang) if date else self.blank(key)

    def concluded(self, criterion: int) -> str:
        """Return what is concluded of a criterion: the worst of its indicators' conclusions."""
        return worst({view.conclusion for view in self.report.by_criterion[criterion]})

    @cached_property
    def name(self) -> str:
        """The commune's name, or the field for it."""
        name = self.report.case.commune.name
        return self.blank("commune") if is_unnamed(name) else name

    @cached_property
    def commune(self) -> str:
        """The commune with the word for it."""
        return self.say("commune", name=self.name)

    @cached_property
    def commune_in_full(self) -> str:
        """The commune with district and province."""
        commune = self.report.case.commune
        key = "commune_in_full" if commune.district else "commune_no_district"
        return self.say(
            key,
            name=self.name,
            district=commune.district or "",
            province=self.province,
        )

    @cached_property
    def province(self) -> str:
        """The province with the word for its kind."""
        name = self.report.case.commune.province
        known = self.report.case.rules.rulebook.provinces.get(name)
        city = known is not None and known.kind != "tỉnh"
        return self.say("city" if city else "province", name=name)

    @cached_property
    def appraiser(self) -> str:
        """The appraising body: as the data say, else by the law of the day, else a field."""
        named = self.report.case.appraisal.appraiser
        if not is_unnamed(named.vi):
            return named[self.lang]
        case = self.report.case
        if (
            self.authorities.level("appraises", case.params.on) == "district"
            and case.commune.district
        ):
            place = self.say("district", name=case.commune.district)
            return self.say("committee_of", place=place)
        return self.blank("appraiser")

    @cached_property
    def receiver(self) -> str:
        """Who is asked to recognise: as the data say, else by the law of the day, else blank."""
        named = self.report.case.appraisal.submitted_to
        if named:
            return named[self.lang]
        level = self.authorities.level("recognises", self.report.case.params.on)
        if level == "province":
            return self.say("committee_of", place=self.province)
        return self.blank("receiver")

    @property
    def appraiser_doubt(self) -> str:
        """Why who appraises is to be checked, in the user's language; empty if as the law names."""
        commune, on = self.report.case.commune, self.report.case.params.on
        day = format_date(on, user_lang())
        level = self.authorities.level("appraises", on)
        if has_blank(self.appraiser):
            return say(f"official.appraiser_unnamed_{level}", on=day)
        if is_unnamed(self.report.case.appraisal.appraiser.vi):
            return say("official.appraiser_derived", appraiser=self.appraiser, on=day)
        if level == "unknown":
            return say("official.appraiser_unknown", appraiser=self.appraiser, on=day)
        place = commune.district if level == "district" else commune.province
        if not place or place not in self.appraiser:
            return say("official.appraiser_other", appraiser=self.appraiser, on=day)
        return ""

    # Parts that documents have ---------------------------------------------------------------

    def common(self, paper: PaperName, recipients: tuple[str, ...] | None = None) -> dict[str, Any]:
        """Return the fields that every document has."""
        report = self.report
        return {
            "head": self.head(paper),
            "signature": self.signature(self.office.signatory, "signer"),
            "recipients": self.recipients() if recipients is None else recipients,
            "appraiser": self.appraiser,
            "receiver": self.receiver,
            "commune": self.commune,
            "commune_in_full": self.commune_in_full,
            "year": str(report.case.params.year),
            "level": report.case.rules.loaded.about.level[self.lang],
            "set_name": report.case.rules.name(self.lang),
            "synthetic": self.say("synthetic") if report.case.commune.synthetic else "",
        }

    def head(self, paper: PaperName) -> Head:
        """Return the head of a document."""
        superior = self.office.superior
        return Head(
            superior=superior[self.lang].upper() if superior else "",
            agency=self._agency(),
            number=self.number(paper),
            place_and_date=self._place_and_date(self.marks(paper).date),
            day=self.day(self.marks(paper).date),
        )

    def marks(self, paper: PaperName) -> PaperMarks:
        """Return a document's number and day, as far as they are given."""
        return self.office.papers.get(paper, PaperMarks())

    def number(self, paper: PaperName) -> str:
        """Return a document's number with its sign."""
        given = self.marks(paper).number or ""
        if "/" in given:
            return given
        number = f"{int(given):02d}" if given.isascii() and given.isdecimal() else given
        agency = self.office.symbol or ("UBND" if self._is_committee else self.blank("symbol"))
        sign = f"{agency}-{self.unit}" if paper == "request" else f"{SIGNS[paper]}-{agency}"
        return f"{number or self.blank('number')}/{sign}"

    @property
    def unit(self) -> str:
        """The mark of the unit that drafts, in numbers of letters and beside the file copy."""
        return self.office.unit or self.blank("unit")

    @property
    def _is_committee(self) -> bool:
        named = self.report.case.appraisal.appraiser.vi
        derived = is_unnamed(named) and not has_blank(self.appraiser)
        return derived or named.startswith("Ủy ban nhân dân")

    def _agency(self) -> tuple[str, ...]:
        if has_blank(self.appraiser):
            return (self.blank("agency"),)
        whole = self.appraiser.upper()
        start = self.say("committee").upper()
        rest = whole.removeprefix(start).strip()
        return (start, rest) if rest and rest != whole else (whole,)

    def _place_and_date(self, date: dt.date | None) -> str:
        commune = self.report.case.commune
        place = self.office.place[self.lang] if self.office.place else ""
        if not place and commune.district and commune.district in self.appraiser:
            place = commune.district
        return self.say("place_and_date", place=place or self.blank("place"), day=self.day(date))

    def signature(self, given: Signatory | None, key: str) -> Signature:
        """Return the block of a signature."""
        lines = []
        if self._is_committee and key == "signer":
            lines.append(self.say("for_committee"))
        if given is None:
            return Signature((*lines, self.blank(f"{key}_post")), self.blank(f"{key}_name"))
        if given.in_place_of:
            lines.append(self.say("in_place_of", post=given.in_place_of[self.lang].upper()))
        lines.append(given.post[self.lang].upper())
        return Signature(tuple(lines), given.name or self.blank(f"{key}_name"))

    def recipients(self) -> tuple[str, ...]:
        """Return who gets a copy."""
        given = [one[self.lang] for one in self.office.recipients]
        others = given or [self.blank("recipients")]
        return listed([self.say("as_above"), *others, self.say("file_copy", unit=self.unit)])
