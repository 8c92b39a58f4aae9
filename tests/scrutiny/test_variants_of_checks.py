"""The sides of the checks that no planted fault shows."""

from __future__ import annotations

import datetime as dt

import pytest

from ntm_analysis.assessment import assess
from ntm_analysis.scrutiny import scrutinise
from tests.support import sample_project as samples


@pytest.fixture
def found(in_force, tmp_path, repository):
    """Spoil a clean made-up commune and return what is found."""

    def run(spoil):
        sample = samples.one(in_force, 5)
        spoil(sample)
        (case,) = samples.cases([sample], tmp_path, repository)
        return scrutinise(case, assess([case]))

    return run


def appraisal(sample):
    return sample.profile["appraisals"][samples.YEAR]


def only(findings, check):
    assert {f.check for f in findings} == {check}, [(f.check, f.sentence.vi) for f in findings]
    return findings[0]


def test_a_rate_cut_off_is_told_apart(found):
    def spoil(sample):
        sample.rows("houses", 2024)[0]["value"] = "300"
        sample.rows("solid_houses", 2024)[0]["value"] = "299"
        claim = next(row for row in sample.evidence if row["indicator"] == "9")
        claim["claimed_value"] = "99.6"  # 99.67 rounds to 99.7

    finding = only(found(spoil), "S01")
    assert "cắt bỏ" in finding.sentence.vi and finding.severity == "inconsistent"


def test_a_claim_beyond_the_threshold_touches_the_verdict(found):
    def spoil(sample):
        sample.rows("houses", 2024)[0]["value"] = "300"
        sample.rows("solid_houses", 2024)[0]["value"] = "250"
        claim = next(row for row in sample.evidence if row["indicator"] == "9")
        claim["claimed_value"] = "98"

    assert only(found(spoil), "S01").severity == "verdict"


def test_rounding_is_forgiven(found):
    def spoil(sample):
        claim = next(row for row in sample.evidence if row["indicator"] == "18.1")
        claim["claimed_value"] = str(round(float(claim["claimed_value"])))

    assert found(spoil) == ()


def test_a_document_that_rests_on_a_later_one(found):
    document = {
        "title": "Nghị quyết mẫu",
        "number": "5-NQ/ĐU",
        "date": dt.date(2023, 5, 1),
        "relies_on": ["211/QĐ-TTg@viet-nam"],
    }
    finding = only(
        found(lambda s: appraisal(s).update(leadership={"documents": [document]})), "S10"
    )
    assert "5-NQ/ĐU" in finding.sentence.vi and "01 tháng 5 năm 2023" in finding.sentence.vi


def test_one_number_two_days(found):
    documents = [
        {"title": "Kế hoạch mẫu", "number": "9/KH-UBND", "date": dt.date(2024, month, 1)}
        for month in (2, 3)
    ]
    finding = only(found(lambda s: appraisal(s).update(leadership={"documents": documents})), "S10")
    assert "9/KH-UBND" in finding.sentence.vi and "tháng 3 năm 2024" in finding.sentence.vi


def test_evidence_that_has_expired(found):
    def spoil(sample):
        row = next(row for row in sample.evidence if row["indicator"] == "13.2")
        row["valid_until"] = "2024-06-30"

    finding = only(found(spoil), "S10")
    assert (finding.indicator, finding.severity) == ("13.2", "evidence")


def test_a_basis_and_a_petition_that_came_too_late(found):
    def spoil(sample):
        appraisal(sample)["legal_bases"] = ["51/2025/QĐ-TTg@viet-nam"]
        appraisal(sample)["petition"] = {"title": "Tờ trình mẫu", "date": dt.date(2024, 11, 20)}

    findings = found(spoil)
    assert [f.check for f in findings] == ["S10", "S10", "S18", "S21", "S21"]
    assert "51/2025/QĐ-TTg" in findings[0].sentence.vi
    assert "20 tháng 11 năm 2024" in findings[1].sentence.vi


@pytest.mark.parametrize(
    ("whole", "says"), [("90", "40% + 30% + 15% = 85%"), ("85", "tính trên số hộ dân của xã")]
)
def test_parts_that_do_not_add_up_or_are_parts_of_something_else(found, whole, says):
    def spoil(sample):
        for name in ("organic_waste", "organic_waste_reused"):
            sample.figures.remove(sample.rows(name, 2024)[0])
        next(r for r in sample.evidence if r["indicator"] == "17.7")["claimed_value"] = ""
        values = {"organic_waste_rate": whole, "by_products_mushroom_rate": "40",
                  "by_products_feed_rate": "30", "by_products_compost_rate": "15"}  # fmt: skip
        for name, value in values.items():
            sample.figure(name, value, "17.7", year="2024")

    finding = only(found(spoil), "S15")
    assert says in finding.sentence.vi


def test_conditions_failed_and_unmentioned(found):
    def spoil(sample):
        conditions = appraisal(sample)["conditions"]
        conditions["debt"] = {"status": "not_met"}
        conditions.pop("security")

    findings = found(spoil)
    assert [(f.check, f.severity) for f in findings] == [
        ("S14", "verdict"),
        ("S14", "evidence"),
        ("S20", "form"),
        ("S20", "form"),
    ]
    assert "chưa đạt theo chính hồ sơ" in findings[0].sentence.vi
    assert "không đề cập" in findings[1].sentence.vi


def test_a_target_of_a_year_gone_by(found):
    target = {"name": "Mục tiêu mẫu", "requires": ">= 73", "unit": "percent", "period": "2024",
              "until": 2024}  # fmt: skip
    finding = only(found(lambda s: appraisal(s)["plan"].update(targets=[target])), "S12")
    assert "năm 2024, trước năm kế hoạch 2025" in finding.sentence.vi


def test_an_equal_target_is_no_fault(found):
    target = {"name": "Mục tiêu mẫu", "indicator": "17.3", "requires": ">= 100",
              "unit": "percent", "period": "2025", "until": 2025}  # fmt: skip
    assert found(lambda s: appraisal(s)["plan"].update(targets=[target])) == ()


def test_markup_in_data_is_not_markup_in_the_chapter(found, in_force, tmp_path, repository):
    from ntm_analysis.narrative import Report, findings
    from ntm_analysis.paths import Project

    sample = samples.one(in_force, 6)
    statement = "Đã xác nhận <b>*rồi*</b> [x](y) $a$"
    appraisal(sample)["conditions"]["debt"] = {"status": "no_data", "statement": statement}
    (case,) = samples.cases([sample], tmp_path / "two", repository)
    text = findings(Report(case, Project(tmp_path / "two")))
    assert r"\<b\>\*rồi\*\</b\> \[x\](y) \$a\$" in text


def test_a_paper_of_the_dossier_without_its_number_is_asked_about_once(found):
    """Of the commune for its own papers, of nobody for the appraiser's own bases."""

    def spoil(sample):
        about = appraisal(sample)
        about["petition"].pop("number", None)
        about["legal_bases"].append({"title": "Hướng dẫn của các sở", "date": "2024-02-01"})

    findings = [one for one in found(spoil) if one.check == "S18"]
    assert [one.ours for one in findings] == [False, True]
    assert "không ghi số; đề nghị xã bổ sung" in findings[0].sentence.vi
    assert "cơ quan thẩm tra bổ sung" in findings[1].sentence.vi


REMARKS = [
    # the remark, whether it says that something is not done
    ("Mới lắp ở hai nhà văn hóa.", True),
    ("Hai điểm còn lại đang lắp đặt.", True),
    ("Bộ phát ở trạm y tế chưa đi vào hoạt động.", True),
    ("Trạm thứ hai sẽ lắp trong quý sau.", True),
    ("Cả năm điểm; một bộ phát đã hỏng.", True),
    ("Không có số điểm.", False),
    ("Chưa có số, ngày của biên bản nghiệm thu.", False),
    ("Lắp mới năm 2023, đang hoạt động tốt.", False),
    ("Số liệu tháng 10, chưa tách theo thôn.", False),
]


@pytest.mark.parametrize(("remark", "told"), REMARKS)
def test_a_limb_that_a_remark_contradicts(found, remark, told):
    def spoil(sample):
        sample.rows("free_wifi", 2024)[0]["note"] = remark

    findings = found(spoil)
    assert [(one.check, one.indicator) for one in findings] == ([("S19", "8.5")] if told else [])
    if told:
        assert remark.rstrip(".") in findings[0].sentence.vi


def test_what_does_not_occur_and_is_said_to_be_there(found):
    def spoil(sample):
        row = next(one for one in sample.figures if one["value"] == "not_applicable")
        row["note"] = "Báo cáo nông nghiệp nói có hai cơ sở."

    (finding,) = found(spoil)
    assert finding.check == "S19"
    assert "không phát sinh" in finding.sentence.vi


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (("2023-12-31", "2024-06-30"), False),  # each may be right
        (("2024-06-30", "2024-06-30"), True),
        (("2024-06-30", ""), True),
    ],
)
def test_figures_of_different_days_may_differ(found, days, told):
    def spoil(sample):
        row = sample.rows("trained_workers", 2024)[0]
        other = {**row, "value": str(int(row["value"]) + 1), "as_of": days[1], "primary": ""}
        row |= {"as_of": days[0], "primary": "yes"}
        sample.figures.append(other)

    assert ("S02" in {one.check for one in found(spoil)}) is told
