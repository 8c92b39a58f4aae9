"""Every number in the report comes from a result, a figure, a rule or the commune's file."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction

import pytest

from ntm_analysis import narrative
from ntm_analysis.assessment import Variants
from ntm_analysis.communes import Case
from ntm_analysis.language import Lang
from ntm_analysis.narrative import Report
from ntm_analysis.numbers import numbers_in
from ntm_analysis.paths import Project
from ntm_analysis.scrutiny import CHECKS

WHOLE_SECTIONS = (
    narrative.summary,
    narrative.legal_bases,
    narrative.dossier,
    narrative.leadership,
    narrative.base_set,
    narrative.conditions,
    narrative.plan,
    narrative.findings,
    narrative.sensitivity,
    narrative.conclusion,
    narrative.recommendations,
    narrative.evidence,
)
_PICTURE = re.compile(r"!\[(.*?)\]\(data:[^)]*\)\{#[\w-]+ fig-alt=\"(.*?)\"\}", re.S)
_ATTRIBUTES = re.compile(r"\{[#.][^}]*\}")
_PLACE = re.compile(r"\bI+(?:\.\d+)+\b")  # “mục I.4.11” of the report is no figure
_QUESTION = re.compile(r"^\| \d+\.\d+ \|", re.M)  # nor is the number of a question


def sections(report: Report) -> Iterator[str]:
    for section in WHOLE_SECTIONS:
        yield section(report)
    for number in report.criteria:
        yield narrative.criterion(report, number)


def plain(markdown: str) -> str:
    """What is read: pictures give way to captions and alternative texts, attributes go."""
    text = _PICTURE.sub(lambda m: f"{m[1]}\n{m[2]}", markdown)
    text = html.unescape(_ATTRIBUTES.sub("", text).replace("\\", ""))
    return _QUESTION.sub("| § |", _PLACE.sub("§", text))


@pytest.fixture(scope="module", params=["vi", "en"])
def report(request: pytest.FixtureRequest, project: Project, liem_can: Case) -> Report:
    lang: Lang = request.param
    return Report(liem_can, project, lang)


def _grounded(report: Report) -> set[Fraction]:
    """Return every number that the report may print, with its rounded forms."""
    case = report.case
    rows = report.assessment.of(case)
    exact: list[float] = []
    for name in ("value_low", "value_high", "margin", "threshold", "headroom", "headroom_base"):
        exact += [float(v) for v in rows[name] if v == v and abs(v) != float("inf")]
    exact += [100 * float(v) for v in rows["relative_margin"] if v == v]
    shares = 100 * rows["headroom"] / rows["headroom_base"].where(rows["headroom_base"] > 0)
    exact += [float(v) for v in shares if v == v]
    for limb in report.assessment.limbs["value"]:
        exact += [float(limb)] if limb == limb else []
    for reading in case.readings:
        exact += [v for v in (reading.low, reading.high) if v == v and abs(v) != float("inf")]
    for view in report.indicators.values():
        if view.flip:
            flip = Variants(case, case.rules.by_code[view.code]).flip(view.verdict)
            exact += [flip.low] if flip is not None else []
    for one in report.sensitivities:
        exact += [v for v in (one.low, one.high, 100 * one.thin) if v == v and abs(v) < 1e9]
    for table in report.what_ifs:
        exact += [float(v) for v in (*table.rows, *table.columns)]
        exact += [float(v) for line in table.values for v in line if v is not None]
    # The one count that no figure of the commune's is: what a truncated percentage came from.
    exact += [1361, 100 * 1361 / 2692, len(report.findings), len(CHECKS)]
    counts = [*report.assessment.tally(case).values(), len(rows), len(report.criteria)]
    counts += [int((rows["criterion"] == n).sum()) for n in report.criteria]
    counts += range(len(rows) + 1)  # numbers of indicators of some kind, each at most all of them
    numbers = {Fraction(c) for c in counts}
    for value in exact:
        for digits in range(5):
            for size in (value, abs(value)):
                numbers.add(Fraction(str(round(size, digits))))
                numbers.add(Fraction(f"{size + 1e-12:.{digits}f}"))
    profile = case.commune.model_dump_json()
    numbers |= {Fraction(n) for n in re.findall(r"\d+(?:\.\d+)?", profile)}
    law = [d.number + d.title.vi + d.title.en for d in case.rules.rulebook.decisions.values()]
    law += [r.indicator.model_dump_json() for r in case.rules.rules]
    law.append(case.rules.loaded.about.model_dump_json())
    law += [f"{e.document} {e.document_en} {e.number}" for e in case.evidence]
    remarks = [e.note if report.lang == "vi" else e.note_en for e in case.evidence]
    numbers |= {n for text in remarks for n in numbers_in(text, report.lang)}
    numbers |= {Fraction(n) for text in law for n in re.findall(r"\d+", text)}
    return numbers


def test_every_number_is_grounded(report):
    grounded = _grounded(report)
    codes = [rule.code for rule in report.case.rules.rules]
    for text in sections(report):
        strange = [n for n in numbers_in(plain(text), report.lang, codes) if n not in grounded]
        # Axis breaks, shares of the threshold and the like are named by the charts themselves.
        assert not [float(n) for n in strange if n not in {50, 2, 20}], text[:80]


def test_a_made_up_number_is_noticed(report):
    grounded = _grounded(report)
    assert Fraction("98.37") not in grounded
    assert numbers_in("98,37%", "vi") == [Fraction("98.37")]


def test_the_text_is_tidy(report):
    for text in sections(report):
        shown = plain(text)
        assert "None" not in shown and "nan" not in shown.split()
        prose = [line for line in shown.splitlines() if not line.startswith(("|", ":"))]
        for line in prose:
            assert "  " not in line.strip(), line
            assert not re.search(r" [,.;:](\s|$)|\.\.(?!\.)|;\.|,\.", line), line
        assert unicodedata.is_normalized("NFC", text)


def test_every_indicator_has_its_result(report):
    text = "\n".join(narrative.criterion(report, n) for n in report.criteria)
    for rule in report.case.rules.rules:
        assert text.count(f"- **{rule.code}.**") == 2


def test_identifiers_are_unique(report):
    text = "\n".join(sections(report)) + narrative.provenance(report)
    found = re.findall(r"\{#((?:sec|tbl|fig)-[\w-]+)", text)
    assert len(found) == len(set(found))
    assert all("liem-can-2024" in name for name in found)


def test_english_is_english(project, liem_can):
    report = Report(liem_can, project, "en")
    text = plain("\n".join(sections(report)))
    for word in ("chỉ tiêu", "tiêu chí", "Đạt", "đạt", "Quyết định số", "theo quy định"):
        assert word not in text
    assert not re.search(r"\b1 (households|houses|models|hamlets|indicators count)\b", text)


def test_the_report_says_why_it_is_not_74_of_74(project, liem_can):
    text = narrative.conclusion(Report(liem_can, project, "vi"))
    assert "66 trên 74" in text
    assert "74/74" in text
    for code in ("2.1", "3.1", "13.2", "13.4", "13.5", "13.6", "18.2", "18.4"):
        assert code in text
