"""What the checks find in the real report, and where they stay silent."""

from __future__ import annotations

import re

import pytest

from ntm_analysis.assessment import assess
from ntm_analysis.communes import load_case
from ntm_analysis.paths import Project
from ntm_analysis.scrutiny import CHECKS, COLUMNS, SEVERITIES, findings_frame, scrutinise

EXPECTED = {
    ("S02", ""), ("S02", "12.1"), ("S02", "13.6"),
    ("S03", "11"), ("S03", "12.1"), ("S03", "13.6"),
    ("S04", "2.1"), ("S04", "3.1"), ("S04", "13.2"), ("S04", "13.4"), ("S04", "13.5"),
    ("S05", "8.2"), ("S05", "14.3"), ("S05", "14.4"), ("S05", "17.11"), ("S05", "18.2"),
    ("S05", "19.1"),
    ("S06", "17.5"), ("S07", "4"), ("S07", "9"),
    ("S08", "17.1"), ("S08", "18.6"), ("S08", "18.8"), ("S09", "13.6"), ("S09", "18.4"),
    ("S10", ""),
    ("S10", "5.5"), ("S11", "11"), ("S12", ""),
    ("S13", "2.1"), ("S13", "2.2"), ("S13", "4"), ("S13", "8.4"), ("S13", "18.7"),
    ("S13", "6.3"), ("S13", "12.1"), ("S13", "12.2"), ("S13", "14.1"),
    ("S13", "17.3"), ("S14", ""),
    ("S16", "9"), ("S16", "10"), ("S16", "11"), ("S16", "12.1"), ("S16", "14.1"),
    ("S16", "17.5"), ("S16", "17.8"),
    ("S17", "10"), ("S17", "14.1"), ("S18", "13.1"), ("S18", "13.3"), ("S18", "17.2"), ("S18", ""),
    ("S15", "17.7"), ("S19", "5.1"), ("S19", "18.6"), ("S19", "6.1"), ("S19", "19.1"),
    ("S20", ""), ("S21", ""), ("S22", ""),
}  # fmt: skip


def test_just_these(liem_can_findings):
    assert {(f.check, f.indicator) for f in liem_can_findings} == EXPECTED


def test_the_gravest_come_first(liem_can_findings):
    order = [SEVERITIES.index(f.severity) for f in liem_can_findings]
    assert order == sorted(order)


def one(findings, check, indicator):
    return next(f for f in findings if (f.check, f.indicator) == (check, indicator))


def test_poverty_hangs_on_one_household(liem_can_findings):
    found = one(liem_can_findings, "S03", "11")
    assert found.severity == "verdict"
    for piece in ("34 hộ (31/12/2023; mục I.4.11)", "33 hộ", "1,01%", "“đạt” sang “chưa đạt”"):
        assert piece in found.sentence.vi
    assert [one.text for one in found.figures] == [
        "poor_households=34",
        "poor_households_unable=13",
    ]
    assert found.sources == ("report:173",)


def test_a_figure_that_the_report_only_allows_is_tried_and_not_called_stated(liem_can_findings):
    poverty = one(liem_can_findings, "S03", "11")
    assert (
        "đánh giá cũng đổi nếu số hộ nghèo không có khả năng lao động là 13 hộ (30/06/2024; "
        "hồ sơ không nêu số này, nhưng mục I.4.11 cho phép hiểu như vậy) thay cho 14 hộ"
    ) in poverty.sentence.vi
    stated = [f for f in liem_can_findings if f.check == "S02"]
    assert all("poor_households" not in f.figures[0].text for f in stated)


@pytest.mark.parametrize(
    ("code", "printed"), [("9", "98%"), ("12.1", "86,01%"), ("17.8", "96,05%"), ("11", "0,97%")]
)
def test_a_value_is_printed_as_in_the_results(liem_can_findings, code, printed):
    assert f") đạt {printed}" in one(liem_can_findings, "S16", code).sentence.vi


def test_sorting_rate_is_truncated_not_rounded(liem_can_findings):
    found = one(liem_can_findings, "S06", "17.5")
    assert "1.361 trên 2.692 hộ" in found.sentence.vi
    assert "50,5572%" in found.sentence.vi
    assert "1,361 of 2,692 households" in found.sentence.en


def test_more_solid_houses_than_households(liem_can_findings):
    found = one(liem_can_findings, "S07", "9")
    assert "2.696 căn nhà (mục I.4.9)" in found.sentence.vi
    assert "2.692 hộ (mục I.4.11)" in found.sentence.vi


def test_households_have_three_values_with_their_places(liem_can_findings):
    found = one(liem_can_findings, "S02", "")
    assert "2.692 hộ (mục I.4.11); 2.751 hộ (mục I.4.4, mục I.4.18); 2.663 hộ" in found.sentence.vi


def test_dates(liem_can_findings):
    sentences = " ".join(f.sentence.vi for f in liem_can_findings if f.check == "S10")
    assert "72-NQ-BCH" in sentences and "211/QĐ-TTg" in sentences
    assert (
        "là ngày 08 tháng 3 năm 2022 (mục Căn cứ), trong khi văn bản đó ngày 16 tháng 9 năm 2022"
        in sentences
    )
    assert "43/QĐ-UBND trong báo cáo thẩm tra (mục I.6.2, mục II.2)" in sentences
    assert len([f for f in liem_can_findings if f.check == "S10"]) == 5


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_sentences_could_go_into_a_letter(liem_can_findings, lang):
    asks = "đề nghị" if lang == "vi" else "please"
    for found in liem_can_findings:
        text = found.sentence[lang]
        first = text.lstrip("“")[0]
        assert first.isupper() or first.isdigit()
        assert text.endswith(".") and asks in text, text
        assert not re.search(r"\b(nan|inf|None)\b|[{}]|  |\.\.| ,| \.", text), text


def test_sentences_of_one_check_differ(liem_can_findings):
    sentences = [f.sentence.vi for f in liem_can_findings]
    assert len(set(sentences)) == len(sentences)


def test_the_table(liem_can, liem_can_findings):
    frame = findings_frame(liem_can, liem_can_findings, assess([liem_can]))
    assert tuple(frame.columns) == COLUMNS
    assert len(frame) == len(liem_can_findings)
    assert set(frame["commune"]) == {"liem-can"} and set(frame["year"]) == {2024}
    row = frame[(frame["check"] == "S11")].iloc[0]
    assert row["figures"] == "poor_households=33; near_poor_households=9"
    assert row["sources"] == "report:173; report:174"


def test_codes_are_stable_and_described():
    assert [check.code for check in CHECKS] == [f"S{n:02d}" for n in range(1, 23)]
    for check in CHECKS:
        for lang in ("vi", "en"):
            assert len({check.title(lang), check.rationale(lang), check.example(lang)}) == 3


def test_a_changed_figure_changes_the_findings(liem_can):
    from ntm_analysis.scrutiny import scrutinise

    changed = liem_can.with_figures({"households": "2692", "poor_households": "30"})
    found = {(f.check, f.indicator) for f in scrutinise(changed, assess([changed]))}
    assert ("S03", "11") not in found and ("S02", "") not in found


def test_without_headroom_it_says_which_way_the_verdict_turns(liem_can_findings):
    (poverty,) = (f for f in liem_can_findings if (f.check, f.indicator) == ("S16", "11"))
    assert "chỉ cần thêm 1 hộ ngoài 33 hộ hiện có" in poverty.sentence.vi
    assert "1 household on top of 33 households" in poverty.sentence.en


def test_what_is_lost_is_told_as_lost(repository, book):
    case = load_case(Project(repository), "gia-dinh-0003-2024", book)
    found = {f.indicator: f.sentence for f in scrutinise(case, assess([case])) if f.check == "S16"}
    assert "chỉ cần bớt 1 thôn trong số 4 thôn" in found["6.3"].vi
    assert "the loss of 1 hamlet out of 4 hamlets" in found["6.3"].en


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, ()),  # 0,71% and 0,26%, as the report computes them
        ({"poor_rate": "0.73"}, ("0,73%", "0,71%")),
        ({"poor_rate": "0.70"}, ("0,70%", "cắt bỏ")),
        ({"near_poor_rate": "0.33"}, ("0,33%", "0,26%")),
        ({"near_poor_rate": "pending"}, ()),
    ],
)
def test_the_steps_to_a_value_are_computed_again(liem_can, changes, told):
    case = liem_can.with_figures(changes)
    found = [one for one in scrutinise(case, assess([case])) if one.check == "S01"]
    assert len(found) == bool(told)
    for piece in told:
        assert piece in found[0].sentence.vi
