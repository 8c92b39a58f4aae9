"""Checks of evidence that is of another year or another commune than the one appraised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ntm_analysis.communes.evidence import Evidence
from ntm_analysis.language import Text, translate
from ntm_analysis.scrutiny.finding import Cited, Finding
from ntm_analysis.scrutiny.subject import Subject, both, day
from ntm_analysis.spelling import bare_name

_YEAR: Final = re.compile(r"(?<![\d/.])(?:19|20)\d\d(?![\d/])")
_COMMUNE: Final = re.compile(
    r"(?<!thị )(?<!liên )\b[Xx]ã ((?:[^\W\d_a-zà-ỹ][^\W\d_]*)(?: [^\W\d_a-zà-ỹ][^\W\d_]*)*)"
)


def other_proofs(subject: Subject) -> Iterator[Finding]:
    """Find documents that their own words give another year or commune than the one appraised."""
    for rows in _by_document(subject.case.evidence).values():
        one, codes = rows[0], list(dict.fromkeys(row.indicator for row in rows))
        common = {
            "document": _name(one),
            "codes": ", ".join(codes),
            "year": subject.case.params.year,
        }
        figure = Cited(f"{one.document} {one.number}".strip(), f"evidence.csv:{one.row}")
        indicator = codes[0] if len(codes) == 1 and codes[0] in subject.case.rules.by_code else ""
        years = [int(found) for found in _YEAR.findall(one.document)]
        if years and max(years) < subject.case.params.year:
            yield subject.find(
                "S10", "evidence", indicator, "other_year", [figure], named=max(years), **common
            )
        if other := _other_commune(subject, one):
            yield subject.find(
                "S10", "evidence", indicator, "other_commune", [figure],
                other=other, commune=subject.case.commune.name, **common,
            )  # fmt: skip
        late = one.confirmed_on and one.issued_on and one.confirmed_on < one.issued_on
        if late:
            yield subject.find(
                "S10", "evidence", indicator, "confirmed_before", [figure],
                body=one.confirmed_by, day=day(one.confirmed_on), first=day(one.issued_on),
                **common,
            )  # fmt: skip


def _by_document(evidence: tuple[Evidence, ...]) -> dict[tuple[str, str, str], list[Evidence]]:
    """Return the rows by the document that they name: one may prove several indicators."""
    groups: dict[tuple[str, str, str], list[Evidence]] = {}
    for row in evidence:
        if row.document or row.number:
            groups.setdefault((row.document, row.number, row.issuer), []).append(row)
    return groups


def _name(one: Evidence) -> Text:
    def name(lang: str) -> str:
        title = one.document_en if lang == "en" and one.document_en else one.document
        number = translate("report.numbered", lang, number=one.number) if one.number else ""  # type: ignore[arg-type]
        return " ".join(filter(None, (f"“{title}”" if title else "", number)))

    return both(name)


def _other_commune(subject: Subject, one: Evidence) -> str:
    """Return a commune that a document names which is none of this one's names."""
    commune = subject.case.commune
    units = [*commune.formerly, *([commune.merged_into] if commune.merged_into else [])]
    own = {_plain(name) for name in (commune.name, *(unit.name for unit in units))}
    for found in _COMMUNE.findall(f"{one.document}; {one.issuer}"):
        plain = _plain(found)
        if not any(plain == name or plain.startswith(f"{name} ") for name in own):
            return str(found)
    return ""


def _plain(name: str) -> str:
    return bare_name(name, "commune").casefold()
