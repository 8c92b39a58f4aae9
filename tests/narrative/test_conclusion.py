"""Part II: each number by what it stands for, and each sentence only where it is true."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from ntm_analysis import narrative
from ntm_analysis.communes.profile import Claim, Dossier
from ntm_analysis.rulebook.loaded import LoadedSet
from tests.narrative.conftest import Changed

# one figure and what becomes of its indicator: 10 is income, 3.2 irrigation organisations
SPOILT: dict[str, dict[str, Any]] = {
    "not_met": {"figures": {"income_per_head": "10"}},
    "pending": {"figures": {"income_per_head": "pending"}},
    "no_data": {"without": ("income_per_head",)},
    "not_applicable": {"figures": {"income_per_head": "not_applicable"}},
}
TALLY = {
    "vi": re.compile(
        r"có (?P<criteria>\d+) trên (?P<all_criteria>\d+) tiêu chí đạt đầy đủ và (?P<counted>\d+) "
        r"trên (?P<total>\d+) chỉ tiêu được tính là đạt: (?P<met>\d+) đạt, (?P<not_applicable>\d+) "
        r"không phát sinh, (?P<pending>\d+) đang hoàn thiện, (?P<no_data>\d+) chưa có số liệu, "
        r"(?P<not_met>\d+) chưa đạt"
    ),
    "en": re.compile(
        r"meets (?P<criteria>\d+) of (?P<all_criteria>\d+) criteria in full, and (?P<counted>\d+) "
        r"of (?P<total>\d+) indicators count as met: (?P<met>\d+) met, (?P<not_applicable>\d+) not "
        r"applicable, (?P<pending>\d+) pending, (?P<no_data>\d+) without data, (?P<not_met>\d+) "
        r"not met"
    ),
}
ELIGIBLE = {"vi": "đủ căn cứ đề nghị công nhận", "en": "There are grounds to propose"}
NOT_ELIGIBLE = {"vi": "chưa đủ căn cứ đề nghị", "en": "no sufficient grounds to propose"}


def claim(met: int, criteria: int = 19, total: int = 74) -> Claim:
    return Claim(
        criteria_met=criteria, criteria_total=19, indicators_met=met, indicators_total=total
    )


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("spoilt", [None, *SPOILT])
def test_every_count_is_the_count_of_its_verdict(changed: Changed, lang: str, spoilt: str | None):
    report = changed(lang, **SPOILT.get(spoilt or "", {}))
    found = TALLY[lang].search(narrative.conclusion(report))
    assert found
    told = {key: int(value) for key, value in found.groupdict().items()}
    wanted = {"met": 73, "not_applicable": 1, "pending": 0, "no_data": 0, "not_met": 0}
    fails = spoilt in ("not_met", "pending", "no_data")
    if spoilt:
        wanted["met"] -= 1
        wanted[spoilt] += 1
    counted = 73 if fails else 74
    criteria = 18 if fails else 19
    assert told == wanted | {
        "counted": counted, "total": 74, "criteria": criteria, "all_criteria": 19,
    }  # fmt: skip


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    ("changes", "eligible"),
    [
        ({}, True),
        (SPOILT["not_applicable"], True),
        (SPOILT["not_met"], False),
        (SPOILT["pending"], False),
        (SPOILT["no_data"], False),
        ({"conditions": {"debt": "not_met"}}, False),
        ({"conditions": {"debt": "pending"}}, False),
        ({"conditions": {"satisfaction": "no_data"}}, False),
        ({"conditions": {"security": "absent"}}, False),
        ({"conditions": {"security": "not_applicable"}}, True),
        ({"claim": None}, True),
    ],
)
def test_grounds_need_all_indicators_and_all_conditions(
    changed: Changed, lang: str, changes: dict[str, Any], eligible: bool
):
    report = changed(lang, **changes)
    assert report.eligible is eligible
    text = narrative.conclusion(report)
    assert (NOT_ELIGIBLE[lang] in text) is not eligible
    assert (ELIGIBLE[lang] in text.replace("chưa đủ", "")) is eligible


CLAIMS = [
    # what the commune claims of single indicators, its total, what is computed
    ("equal", claim(74), {"*": "met"}, {}, "bằng số đã nêu", ["thấp", "cao hơn", "do chỉ tiêu"]),
    ("none", None, {"*": "met"}, {}, "", ["Báo cáo đề nghị", "thấp hơn", "cao hơn"]),
    (
        "higher, not explained", claim(60, 15), {}, {},
        "60/74 chỉ tiêu; số chỉ tiêu tính lại cao hơn 14",
        ["thấp hơn", "do chỉ tiêu", "Được tính là đạt tuy"],
    ),
    (
        "higher, explained", claim(73, 18), {"*": "met", "10": "pending"}, {},
        "cao hơn 1. Được tính là đạt tuy xã không tự đánh giá đạt: 10.",
        ["thấp hơn", "chưa đủ để giải thích"],
    ),
    (
        "lower, explained", claim(74), {"*": "met"}, SPOILT["not_met"],
        "thấp hơn 1, do chỉ tiêu 10 chưa đạt.", ["cao hơn", "chưa đủ để giải thích"],
    ),
    (
        "lower, pending", claim(74), {"*": "met"}, SPOILT["pending"],
        "thấp hơn 1, do chỉ tiêu 10 đang hoàn thiện.", ["cao hơn"],
    ),
    (
        "lower, without data", claim(74), {"*": "met"}, SPOILT["no_data"],
        "thấp hơn 1, do chỉ tiêu 10 chưa có số liệu", ["cao hơn"],
    ),
    (
        "lower, nothing claimed of any", claim(74), {}, SPOILT["not_met"],
        "thấp hơn 1. Kết quả tự đánh giá từng chỉ tiêu trong hồ sơ chưa đủ để giải thích",
        ["do chỉ tiêu", "cao hơn", "Được tính là đạt tuy"],
    ),
    (
        "equal, but others", claim(73, 18), {"*": "met", "9": "not_met"}, SPOILT["not_met"],
        "bằng số đã nêu. Xã tự đánh giá đạt nhưng chưa được tính là đạt: chỉ tiêu 10 chưa đạt. "
        "Được tính là đạt tuy xã không tự đánh giá đạt: 9.", ["thấp hơn", "cao hơn"],
    ),
    (
        "another total", claim(75, 19, 75), {"*": "met"}, {},
        "75/75 chỉ tiêu (bộ tiêu chí đang áp dụng có 74 chỉ tiêu)", ["cao hơn"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "claims", "changes", "says", "never"),
    [row[1:] for row in CLAIMS],
    ids=[row[0] for row in CLAIMS],
)
def test_a_claim_is_told_as_it_compares(
    changed: Changed, stated, claims, changes, says: str, never: list[str]
):
    text = narrative.conclusion(changed("vi", claims=claims, claim=stated, **changes))
    assert says in text
    for words in never:
        assert words not in text, text
    english = narrative.conclusion(changed("en", claims=claims, claim=stated, **changes))
    for word, words in (("lower by", "thấp hơn"), ("higher by", "cao hơn"), ("same", "bằng số")):
        assert (word in english) is (words in text), english
    assert not re.search(r" (of|vì|do|:) *[.;]", text + english)


@pytest.mark.parametrize(
    ("stated", "says"),
    [
        (None, None),
        (claim(74), None),
        (claim(60), "ít hơn 14"),
        (claim(75, total=75), "nhiều hơn 1"),
    ],
)
def test_the_summary_tells_a_claim_that_differs(changed: Changed, stated, says):
    text = narrative.summary(changed("vi", claim=stated))
    assert ("Hồ sơ đề nghị nêu" in text) is (says is not None)
    assert says is None or says in text


@pytest.mark.parametrize(
    ("statuses", "says", "never"),
    [
        ({}, "cả 3 điều kiện kèm theo đều đạt", ["Chưa"]),
        ({"debt": "not_met"}, "Chưa đạt: nợ đọng xây dựng cơ bản.", ["Chưa đủ minh chứng", "cả 3"]),
        ({"debt": "no_data"}, "Chưa đủ minh chứng về nợ đọng", ["Chưa đạt:", "cả 3"]),
        (
            {"debt": "not_met", "security": "absent"},
            "Chưa đạt: nợ đọng xây dựng cơ bản. Chưa đủ minh chứng về an ninh, trật tự.",
            ["cả 3"],
        ),
    ],
)
def test_conditions_are_told_as_they_stand(changed: Changed, statuses, says, never):
    text = narrative.conclusion(changed("vi", conditions=statuses))
    part = text[text.index("**3.") : text.index("\n\n", text.index("**3."))]
    assert says in part
    for words in never:
        assert words not in part


@pytest.mark.parametrize(
    ("present", "vi", "en"),
    [
        ([], "Hồ sơ không liệt kê thành phần.", "The dossier lists no parts."),
        ([True], "Đủ 1 thành phần", "The one part on the report's list is there."),
        ([True, True], "Đủ 2 thành phần", "All 2 parts"),
        ([True, False], "Có 1 trên 2 thành phần", "2 in all, 1 is there; missing: 1."),
        ([True, None, None], "chưa rõ 2.", "1 is there; not known: 2."),
    ],
)
def test_parts_of_the_dossier(changed: Changed, present, vi, en):
    items = [{"name": f"Phần {n}", "present": one} for n, one in enumerate(present)]
    dossier = Dossier.model_validate({"items": items})
    assert vi in narrative.conclusion(changed("vi", dossier=dossier))
    assert en in narrative.conclusion(changed("en", dossier=dossier))


def test_a_set_whose_indicators_are_not_all_known_gives_no_grounds(changed: Changed):
    """The base set is not listed in full: what is listed being met is not all being met."""
    report = changed("vi")
    loaded = report.case.rules.loaded
    first = loaded.criteria[0].model_copy(update={"complete": False})
    rules = replace(
        report.case.rules, loaded=LoadedSet(loaded.about, (first, *loaded.criteria[1:]))
    )
    lacking = type(report)(replace(report.case, rules=rules), report.project, "vi")
    assert not lacking.eligible
    assert "chưa có đủ danh sách chỉ tiêu của 1 tiêu chí" in narrative.conclusion(lacking)
    assert "danh sách" not in narrative.conclusion(report)
    assert "1 tiêu chí chưa có đủ danh sách" in narrative.legal_bases(lacking)
    assert "gồm 19 tiêu chí và 74 chỉ tiêu" in narrative.legal_bases(report)
