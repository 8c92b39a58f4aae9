"""Each sentence of an indicator's result, its margin and a condition, only where it is true.

A row names the sentences that must stand; every other one of the table must not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from ntm_analysis import narrative
from ntm_analysis.communes import AppraiserDecision, Case
from ntm_analysis.language import LANGUAGES
from ntm_analysis.narrative import Report
from ntm_analysis.rulebook import parse_requirement
from tests.narrative.conftest import Changed

# the sentence, its words in Vietnamese and in English
RESULT = {
    "no figure": ("Hồ sơ không có số liệu cho chỉ tiêu này", "has no figure for this indicator"),
    "zero base": ("Mẫu số bằng không", "The denominator is zero"),
    "pending": ("nội dung này đang được hoàn thiện", "is still being completed"),
    "none here": ("không phát sinh đối tượng", "nothing in the commune that this"),
    "ratio": (" trên tổng số ", "; the rate is **"),
    "parts": ("Tính từ ", "Computed from "),
    "stated": ("không kèm tử số và mẫu số", "without numerator and denominator"),
    "inequality": ("Xã chỉ báo cáo **", "The commune reports only **"),
    "inequality spans": (
        "trong khoảng này có giá trị không đáp ứng yêu cầu",
        "some values in this range do not satisfy",
    ),
    "inequality all": ("mọi giá trị trong khoảng này đều", "every value in this range satisfies"),
    "inequality none": ("không giá trị nào trong khoảng này", "no value in this range satisfies"),
    "range": ("chỉ biết kết quả là **", "the result is known only as **"),
    "range open": ("không xác định được kết quả nằm", "no range can be given for the result"),
    "range spans": ("trong đó có cả giá trị đáp ứng và không", "some values in it satisfy"),
    "range all": ("mọi giá trị có thể có đều đáp ứng", "every value that is possible satisfies"),
    "range none": ("không giá trị nào có thể có đáp ứng", "no value that is possible satisfies"),
    "fulfilled": ("Xã báo cáo đã đáp ứng yêu cầu", "reports that this is fulfilled"),
    "no document": ("không nêu văn bản minh chứng", "names no document that shows it"),
    "not fulfilled": ("Xã báo cáo chưa đáp ứng yêu cầu", "reports that this is not fulfilled"),
    "evidence": ("Minh chứng: ", "Evidence: "),
    "above": (", cao hơn ngưỡng ", " above the threshold"),
    "below": (", thấp hơn ngưỡng ", " below the threshold"),
    "at": (", vừa bằng ngưỡng", ", just at the threshold"),
    "headroom": ("; dư địa ", "; headroom "),
    "no headroom": ("; không còn dư địa", "; no headroom left"),
    "wanting": ("; còn thiếu ", "; wanting "),
    "lower it": ("; cần giảm ", "; to be lowered by "),
    "limb fails": (", chưa đáp ứng yêu cầu ", ", short of what is required "),
    "limb missing": ("chưa có số liệu cho phần: ", "has no figure for this part: "),
    "limb unknown": ("chưa rõ ngưỡng của phần này", "the threshold of this part is not known"),
    "unknown": ("chưa được xác định trong các quyết định", "not known from the decisions at hand"),
    "unknown, best": ("giá trị tốt nhất có thể đáp ứng mọi", "the best possible value meets any"),
    "flip": ("**Lưu ý:** nếu ", "**Note:** with "),
    "remark": ("*Nhận xét:* ", "*Remark:* "),
}


def bare(case: Case) -> Case:
    """Without a document."""
    rows = tuple(replace(e, document="", number="", document_en="") for e in case.evidence)
    return replace(case, evidence=rows)


def remarked(case: Case) -> Case:
    rows = tuple(replace(e, note="Đã xem.", note_en="Seen.") for e in case.evidence)
    return replace(case, evidence=rows)


def required(code: str, **limbs: str) -> Callable[[Case], Case]:
    """Other requirements of an indicator's limbs."""

    def change(case: Case) -> Case:
        rule = case.rules.by_code[code]
        asked = {key: parse_requirement(text) for key, text in limbs.items()}
        new = replace(rule, requirements={**rule.requirements, **asked})
        rules = tuple(new if one.code == code else one for one in case.rules.rules)
        return replace(case, rules=replace(case.rules, rules=rules))

    return change


def besides(variable: str, value: str) -> Callable[[Case], Case]:
    """A second reading that is not assessed with."""

    def change(case: Case) -> Case:
        first = next(r for r in case.readings if r.variable == variable)
        second = case.with_figures({variable: value}).readings
        other = next(r for r in second if r.variable == variable)
        readings = [replace(r, primary=r is first) for r in case.readings]
        mine = replace(other, indicator=first.indicator, source="report:9", primary=False)
        return replace(case, readings=(*readings, mine))

    return change


POOR = {
    "households": "1000", "poor_households_unable": "0", "near_poor_households": "0",
    "near_poor_households_unable": "0",
}  # fmt: skip
NEARLY_ALL = {"population": "1000", "insured_persons": "980"}
WOMEN = "insurance_women_rate"
Row = tuple[str, Mapping[str, str], tuple[str, ...], Any, str]
# the indicator, figures, figures left out, what else changes, the sentences
RESULTS: list[Row] = [
    # yes or no
    ("1.2", {}, (), None, "fulfilled, evidence"),
    ("1.2", {}, (), bare, "fulfilled, no document"),
    ("1.2", {"planning_regulation": "no"}, (), None, "not fulfilled, evidence"),
    ("1.2", {"planning_regulation": "no"}, (), bare, "not fulfilled"),
    ("1.2", {}, ("planning_regulation",), bare, "no figure"),
    ("1.2", {}, ("planning_regulation",), None, "no figure, evidence"),
    ("1.2", {"planning_regulation": "pending"}, (), bare, "pending"),
    ("1.2", {"planning_regulation": "not_applicable"}, (), bare, "none here"),
    ("1.2", {}, (), remarked, "fulfilled, evidence, remark"),
    # a share of two counts, at least 97 %
    ("9", {"houses": "100", "solid_houses": "98"}, (), bare, "ratio, above, headroom"),
    ("9", {"houses": "100", "solid_houses": "97"}, (), bare, "ratio, at, no headroom"),
    ("9", {"houses": "101", "solid_houses": "98"}, (), bare, "ratio, above, no headroom"),
    ("9", {"houses": "100", "solid_houses": "96"}, (), bare, "ratio, below, wanting"),
    ("9", {"houses": "0", "solid_houses": "0"}, (), bare, "zero base"),
    ("9", {"houses": "100", "solid_houses": ">=98"}, (), bare, "range, range all"),
    ("9", {"houses": "100", "solid_houses": ">90"}, (), bare, "range, range spans"),
    ("9", {"houses": "100", "solid_houses": "<90"}, (), bare, "range, range none"),
    ("9", {"houses": ">=98", "solid_houses": "98"}, (), bare, "range, range spans"),
    ("9", {"houses": "100", "solid_houses": "98"}, (), besides("solid_houses", "96"),
     "ratio, above, headroom, evidence, flip"),
    ("9", {"houses": "100", "solid_houses": "98"}, (), besides("solid_houses", "99"),
     "ratio, above, headroom, evidence"),
    # all of it: nothing to lose
    ("17.2", {"establishments": "8", "establishments_compliant": "8"}, (), bare, "ratio, at"),
    ("17.2", {"establishments": "8", "establishments_compliant": "7"}, (), bare,
     "ratio, below, wanting"),
    # computed from several parts, below 1 %
    ("11", {**POOR, "poor_households": "5"}, (), bare, "parts, below, headroom"),
    ("11", {**POOR, "poor_households": "9"}, (), bare, "parts, below, no headroom"),
    ("11", {**POOR, "poor_households": "10"}, (), bare, "parts, at, lower it"),
    ("11", {**POOR, "poor_households": "15"}, (), bare, "parts, above, lower it"),
    # an amount above 72
    ("10", {"income_per_head": "73"}, (), bare, "above"),
    ("10", {"income_per_head": "72"}, (), bare, "at"),
    ("10", {"income_per_head": "71"}, (), bare, "below"),
    ("10", {"income_per_head": ">72"}, (), bare, "inequality, inequality all"),
    ("10", {"income_per_head": ">70"}, (), bare, "inequality, inequality spans"),
    ("10", {"income_per_head": "60-70"}, (), bare, "inequality, inequality none"),
    # a count of at least one; a level; a grade
    ("13.8", {"multi_value_models": "3"}, (), bare, "above, headroom"),
    ("13.8", {"multi_value_models": "1"}, (), bare, "at"),
    ("13.8", {"multi_value_models": "0"}, (), bare, "below, wanting"),
    ("5.3", {"basic_education_level": "3"}, (), bare, "at"),
    ("5.3", {"basic_education_level": "2"}, (), bare, "below"),
    ("3.6", {}, (), bare, ""),
    # the rate alone, without what it is computed from
    ("14.1", {"insurance_rate": "96"}, ("insured_persons", "population"), bare, "stated, above"),
    ("14.1", {"insurance_rate": "94"}, ("insured_persons", "population"), bare, "stated, below"),
    ("14.1", {"insurance_rate": ">94"}, ("insured_persons", "population"), bare,
     "inequality, inequality spans"),
    # the limb of women, at least 95 % as well
    ("14.1", NEARLY_ALL, (), bare, "ratio, above, headroom"),
    ("14.1", {**NEARLY_ALL, WOMEN: "95"}, (), bare, "ratio, above, headroom"),
    ("14.1", {**NEARLY_ALL, WOMEN: "94"}, (), bare, "ratio, above, headroom, below, limb fails"),
    ("14.1", {**NEARLY_ALL, WOMEN: ">90"}, (), bare, "ratio, above, headroom, inequality spans"),
    ("14.1", {**NEARLY_ALL, WOMEN: "pending"}, (), bare, "ratio, above, headroom"),
    ("14.1", NEARLY_ALL, (WOMEN,), bare, "ratio, above, headroom, limb missing"),
    ("14.1", {**NEARLY_ALL, WOMEN: "94"}, (), required("14.1", women="unknown"),
     "ratio, above, headroom, evidence, limb unknown"),
    ("14.1", {**NEARLY_ALL, WOMEN: "100"}, (), required("14.1", women="unknown"),
     "ratio, above, headroom, evidence"),
    ("19.2", {"security_models": "0"}, (), bare,
     "fulfilled, no document, below, wanting, limb fails"),
    # no threshold known
    ("9", {"houses": "100", "solid_houses": "98"}, (), required("9", own="unknown"),
     "ratio, evidence, unknown"),
    ("9", {"houses": "100", "solid_houses": "100"}, (), required("9", own="unknown"),
     "ratio, evidence, unknown, best"),
    ("9", {"houses": "100", "solid_houses": ">90"}, (), required("9", own="unknown"),
     "range, evidence, unknown"),
    ("10", {"income_per_head": ">90"}, (), required("10", own="unknown"),
     "inequality, evidence, unknown"),
    ("10", {"income_per_head": "90"}, (), required("10", own="unknown"), "evidence, unknown"),
]  # fmt: skip


EXACTLY = [
    # what is listed, in full: the separators and what stands in brackets
    ("11", {**POOR, "poor_households": "5"}, (), bare,
     "Tính từ số hộ nghèo (5 hộ), số hộ nghèo không có khả năng lao động (0 hộ), số hộ dân của xã "
     "(1.000 hộ), số hộ cận nghèo (0 hộ), số hộ cận nghèo không có khả năng lao động (0 hộ), tỷ lệ "
     "là **0,5%**, thấp hơn ngưỡng 0,5 điểm phần trăm; dư địa 4 hộ.",
     "Computed from poor households (5 households), poor households with no one able to work "
     "(0 households), households in the commune (1,000 households), near-poor households (0 "
     "households), near-poor households with no one able to work (0 households), the "
     "rate is **0.5%**, 0.5 percentage points below the threshold; headroom 4 households."),
    ("9", {"houses": "100", "solid_houses": "98"}, (),
     lambda case: besides("solid_houses", "96")(bare(case)),
     " **Lưu ý:** nếu số căn nhà kiên cố hoặc bán kiên cố là 96 căn nhà (thay cho 98 căn nhà) thì "
     "kết quả là 96% và đánh giá chuyển sang “Chưa đạt”.",
     " **Note:** with solid or semi-solid houses at 96 houses (instead of 98 houses), the result "
     "is 96% and the verdict turns to “Not met”."),
    ("9", {"houses": "100", "solid_houses": "98"}, (),
     lambda case: besides("solid_houses", "pending")(bare(case)),
     "là đang hoàn thiện (thay cho 98 căn nhà) thì đánh giá chuyển sang “Đang hoàn thiện”.",
     "(instead of 98 houses), the verdict turns to “Pending”."),
    ("9", {"houses": "100", "solid_houses": ">=98"}, (), bare,
     "Từ số căn nhà kiên cố hoặc bán kiên cố (≥ 98 căn nhà), số căn nhà trên địa bàn (100 căn nhà) "
     "chỉ biết kết quả là **98–100%**; mọi giá trị",
     "From solid or semi-solid houses (≥ 98 houses), houses in the commune (100 houses) the result "
     "is known only as **98–100%**; every value"),
    ("14.1", NEARLY_ALL, (WOMEN, "insurance_men_rate"), bare,
     "chưa có số liệu cho phần: nam, nữ.", "has no figure for this part: men, women."),
    ("14.1", {**NEARLY_ALL, WOMEN: "94"}, (), bare,
     " Nữ: 94%, thấp hơn ngưỡng 1 điểm phần trăm, chưa đáp ứng yêu cầu ≥ 95%.",
     " Women: 94%, 1 percentage point below the threshold, short of what is required (≥ 95%)."),
    ("16.1", {"mediation_model": "no"}, (), bare,
     ": Không, chưa đáp ứng yêu cầu có.", ": No, short of what is required (yes)."),
    ("1.2", {}, (), lambda case: remarked(bare(case)),
     "minh chứng. *Nhận xét:* Đã xem.", "shows it. *Remark:* Seen."),
    ("14.1", {**NEARLY_ALL, "health_staff": "9"}, (), bare,
     "Số liệu kèm theo: nhân viên trạm y tế: 9 người. Nam: ", "Further figures: "),
]  # fmt: skip


@pytest.mark.parametrize(("code", "figures", "without", "change", "vi", "en"), EXACTLY)
def test_lists_and_brackets_are_as_one_writes_them(
    changed: Changed, code, figures, without, change, vi, en
):
    for lang, words in (("vi", vi), ("en", en)):
        report = with_case(changed(lang, figures=figures, without=without), change)
        report = with_case(report, lambda case: alone(case, code))
        text = report.render("result", i=report.indicators[code]).replace("\\", "")
        assert words in text, text


def wanted(row: str) -> set[str]:
    """`a, b, unknown, best`: the names of sentences, of which one holds a comma."""
    text = row.replace("unknown, best", "unknown; best")
    return {one.replace(";", ",") for one in text.split(", ") if one}


def told(text: str, lang: str, table: Mapping[str, tuple[str, str]]) -> set[str]:
    return {key for key, words in table.items() if words[lang == "en"] in text}


def alone(case: Case, code: str) -> Case:
    """As if nothing else were asked, which is quicker."""
    return replace(case, rules=replace(case.rules, rules=(case.rules.by_code[code],)))


def with_case(report: Report, change: Callable[[Case], Case] | None) -> Report:
    if change is None:
        return report
    return Report(change(report.case), report.project, report.lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("code", "figures", "without", "change", "row"), RESULTS)
def test_a_result_says_what_is_so_and_nothing_else(
    changed: Changed, lang: str, code, figures, without, change, row
):
    report = with_case(changed(lang, figures=figures, without=without), change)
    report = with_case(report, lambda case: alone(case, code))
    text = report.render("result", i=report.indicators[code])
    assert told(text, lang, RESULT) == wanted(row), text


def test_every_sentence_of_a_result_is_tried():
    tried = {name for *_, row in RESULTS for name in wanted(row)}
    # where no range at all can be given there is no figure either
    assert set(RESULT) - tried == {"range open"}


CONDITION = {
    "statement": ("hồ sơ nêu: ", "the dossier says: "),
    "silent": ("hồ sơ không đề cập", "the dossier is silent"),
    "document": ("; văn bản: ", "; document: "),
    "met": ("Kết luận: **đạt**", "Concluded: **met**"),
    "not applicable": ("Kết luận: **không phát sinh**", "Concluded: **not applicable**"),
    "not met": ("Kết luận: **chưa đạt**", "Concluded: **not met**"),
    "to be proved": ("**đề nghị bổ sung minh chứng**", "concluded: **evidence to be supplied**"),
    "unclear": ("**chưa có minh chứng đủ rõ**", "**no sufficiently clear evidence**"),
    "decided met": ("Bà B (Tổ trưởng) kết luận: **đạt**", "Bà B (Head) concludes: **met**"),
    "decided not met": (
        "Bà B (Tổ trưởng) kết luận: **chưa đạt**",
        "Bà B (Head) concludes: **not met**",
    ),
    "reason": ("(theo biên bản)", "(by the record)"),
}


def decided(decision: str, reason: str = "") -> Callable[[Case], Case]:
    def change(case: Case) -> Case:
        one = AppraiserDecision(
            "debt", decision, "Bà B", "Tổ trưởng", dt.date(2024, 11, 8), reason and "theo biên bản",
            reason and "by the record", "Head", 1, None, 2,
        )  # fmt: skip
        return replace(case, decisions=(one,))

    return change


UNPROVEN = {"status": "met", "grade": "E", "document": None}
CONDITIONS: list[tuple[Any, Any, str]] = [
    ("met", None, "statement, document, met"),
    ("not_applicable", None, "statement, document, not applicable"),
    ("not_met", None, "statement, document, not met"),
    ("pending", None, "statement, document, unclear"),
    ("no_data", None, "statement, document, unclear"),
    ("absent", None, "silent, unclear"),
    (UNPROVEN, None, "statement, to be proved"),
    ({"status": "met", "statement": None}, None, "silent, document, met"),
    ({"status": "not_met", "grade": "E"}, None, "statement, document, not met"),
    ("met", decided("met"), "statement, document, decided met"),
    ("not_met", decided("met", "why"), "statement, document, decided met, reason"),
    ("met", decided("not_met", "why"), "statement, document, decided not met, reason"),
    (UNPROVEN, decided("met", "why"), "statement, decided met, reason"),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("status", "change", "row"), CONDITIONS)
def test_a_condition_is_told_as_it_stands(changed: Changed, lang: str, status, change, row):
    report = with_case(changed(lang, conditions={"debt": status}), change)
    text = narrative.conditions(report)
    (debt,) = [line for line in text.splitlines() if line.startswith("- **")][:1]
    assert told(debt, lang, CONDITION) == wanted(row), debt


def test_every_sentence_of_a_condition_is_tried():
    assert {name for *_, row in CONDITIONS for name in wanted(row)} == set(CONDITION)
