"""The other sections: what the commune's papers do not have is said, not assumed."""

from __future__ import annotations

from typing import Any

import pytest

from ntm_analysis import narrative
from ntm_analysis.communes.profile import BaseSet, Document
from ntm_analysis.language import Text
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
        ("dossier", {"petition": PETITION}, "theo tờ trình đề nghị thẩm tra số 12/TTr-UBND",
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
