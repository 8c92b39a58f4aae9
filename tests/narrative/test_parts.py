"""The other sections: what the commune's papers do not have is said, not assumed."""

from __future__ import annotations

from typing import Any

import pytest

from ntm_analysis import narrative
from ntm_analysis.communes.papers import Document
from ntm_analysis.communes.profile import BaseSet
from ntm_analysis.language import Text
from ntm_analysis.narrative.documents import document_name
from ntm_analysis.narrative.rulebook import history
from ntm_analysis.narrative.web_rows import row_tail
from ntm_analysis.rulebook import NATIONAL
from ntm_analysis.tables import attribute
from tests.narrative.conftest import Changed

PETITION = Document(title=Text(vi="Tờ trình đề nghị thẩm tra", en="Petition"), number="12/TTr-UBND")


@pytest.mark.parametrize(
    ("section", "changes", "says", "never"),
    [
        ("legal_bases", {"legal_bases": ()}, "chưa nêu căn cứ pháp lý", "- "),
        ("legal_bases", {"legal_bases": ("18@ha-nam",)}, "- Nghị quyết số 18 của Hội đồng nhân dân",
         "chưa nêu căn cứ"),
        ("legal_bases", {"legal_bases": ("30/2020/NĐ-CP@viet-nam",)}, "Nghị định số 30/2020/NĐ-CP",
         "Quyết định số"),
        ("dossier", {"petition": None}, "Hồ sơ không nêu tờ trình", "đề nghị thẩm tra theo"),
        ("dossier", {"petition": PETITION}, "theo Tờ trình số 12/TTr-UBND đề nghị thẩm tra.",
         "không nêu tờ trình"),
        ("base_set", {"base_set": BaseSet()}, "Hồ sơ không nêu năm", "tự đánh giá đạt"),
        ("base_set", {"base_set": BaseSet(criteria_met=18)}, "tự đánh giá đạt 18 tiêu chí.",
         "chỉ tiêu."),
        ("base_set", {"base_set": BaseSet(criteria_met=18, criteria_total=19, indicators_met=50)},
         "tự đánh giá đạt 18/19 tiêu chí và 50 chỉ tiêu.", "None"),
        ("base_set", {"base_set": BaseSet(criteria_met=18, against=("43/2022/QĐ-UBND@ha-nam",))},
         "Quyết định số 43/2022/QĐ-UBND ngày 16 tháng 9 năm 2022", "None"),
        ("plan", {"plan": None}, "Hồ sơ không nêu mục tiêu bằng số", "bảng dưới đây"),
    ],
)  # fmt: skip
def test_what_is_there_and_what_is_not(
    changed: Changed, section: str, changes: dict[str, Any], says: str, never: str
):
    text = getattr(narrative, section)(changed("vi", **changes)).replace("\\", "")
    text = text.split("### 4. Về")[0]
    assert says in text, text
    assert never not in text, text


def test_without_figures_nothing_is_said_of_their_choice(changed: Changed):
    report = changed("vi")
    names = {r.variable for r in report.case.readings}
    empty = changed("vi", without=tuple(names))
    assert "chưa có số liệu nào để tính độ nhạy" in narrative.sensitivity(empty)
    assert "chỉ nêu một giá trị" not in narrative.sensitivity(empty)
    assert "chỉ nêu một giá trị" in narrative.sensitivity(report)


DOCUMENTS = [
    # title, number, issuer, as it is named
    ("Tờ trình đề nghị thẩm tra", "152/TTr-UBND", "Ủy ban nhân dân xã",
     "Tờ trình số 152/TTr-UBND ngày 18 tháng 11 năm 2024 của Ủy ban nhân dân xã đề nghị thẩm tra"),
    ("Nghị quyết của Đảng ủy về nông thôn mới", "72-NQ-BCH", None,
     "Nghị quyết số 72-NQ-BCH ngày 18 tháng 11 năm 2024 của Đảng ủy về nông thôn mới"),
    ("Kế hoạch nâng cao chất lượng", "19/KH-UBND", None,
     "Kế hoạch số 19/KH-UBND ngày 18 tháng 11 năm 2024 về nâng cao chất lượng"),
    ("Kế hoạch nâng cao chất lượng", None, "Ủy ban nhân dân xã",
     "Kế hoạch nâng cao chất lượng ngày 18 tháng 11 năm 2024 của Ủy ban nhân dân xã"),
    ("Văn bản hướng dẫn của các sở", "7", None,
     "Văn bản hướng dẫn của các sở số 7 ngày 18 tháng 11 năm 2024"),
    ("Kế hoạch", "7/KH", None, "Kế hoạch số 7/KH ngày 18 tháng 11 năm 2024"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "number", "issuer", "named"), DOCUMENTS)
def test_a_document_is_named_as_official_papers_have_it(title, number, issuer, named):
    given = {"title": title, "number": number, "issuer": issuer, "date": "2024-11-18"}
    document = Document.model_validate({k: v for k, v in given.items() if v is not None})
    assert document_name(document, "vi") == named
    assert document_name(document, "en").startswith(title)


def test_a_row_tells_its_threshold_over_time(changed: Changed) -> None:
    report = changed("en")
    rules = report.case.rules
    lines = history(rules.rulebook, rules.loaded, "17.8", (NATIONAL, rules.place), "en")
    assert any("95%" in line and "43/2022/QĐ-UBND" in line for line in lines)
    assert history(rules.rulebook, rules.loaded, "17.8", ("Đà Nẵng",), "en") == []
    tail = row_tail(report, report.indicators["17.8"])
    assert all(attribute(line) in tail for line in lines)
