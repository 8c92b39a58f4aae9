"""Targets written as the rules are printed, and as people say them."""

from __future__ import annotations

import pytest

from ntm_analysis.communes import load_case
from ntm_analysis.forms import import_file
from ntm_analysis.forms.requirement import requirement
from ntm_analysis.language import LANGUAGES
from ntm_analysis.problems import DataErrors
from tests.forms.spoil import write
from tests.forms.test_words_of_errors import row_of

SHEET = "Mục tiêu"
ROW = {"name.vi": "Mục tiêu mới", "period.vi": "năm 2025"}


@pytest.mark.parametrize(
    ("text", "read"),
    [("≥95%", ">= 95"), ("≥ 79,2", ">= 79.2"), ("< 1,0", "< 1.0"), ("Trên 50%", "> 50"),
     ("100%", ">= 100"), (">= 96", ">= 96"), ("> 72", "> 72"), ("ít nhất 3", ">= 3"),
     ("dưới 1,5", "< 1.5"), ("96", ">= 96"), ("Có", None), ("Đạt", None), ("80-90", None)],
)  # fmt: skip
def test_requirements(text, read):
    assert requirement(text) == read


@pytest.mark.parametrize(
    ("cells", "requires", "unit", "words"),
    [({"requires": "≥ 95%"}, ">= 95", "percent", None),
     ({"requires": "trên 72,5", "indicator": "10"}, "> 72.5", "million_vnd_person_year", None),
     ({"requires": ">= 3", "unit": "Sản phẩm"}, ">= 3", "product", None),
     ({"requires": "< 1,5", "unit": "%"}, "< 1.5", "percent", None),
     ({"requires": "Có", "indicator": "1.1"}, None, None, "Có")],
)  # fmt: skip
def test_a_target_is_read_as_it_is_printed(cells, requires, unit, words, sheets, empty, tmp_path):
    row = len(sheets[SHEET]) + 1
    changes = row_of(sheets, SHEET, row, {**ROW, **cells})
    import_file(empty, write(tmp_path / "a.xlsx", sheets, changes))
    case = load_case(empty, "liem-can-2024")
    target = case.appraisal.plan.targets[-1]
    assert (target.requires, target.unit) == (requires, unit)
    assert (target.text and target.text.vi) == words
    assert {target.name[lang] for lang in LANGUAGES} == {"Mục tiêu mới"}


@pytest.mark.parametrize(
    ("cells", "says"),
    [({"requires": "≥ 96"}, "đơn vị"), ({"requires": "80-90%"}, "sai dạng"),
     ({"requires": "≥ 3", "unit": "gang tay"}, "gang tay"),
     ({"requires": "≥ 95%", "indicator": "99.9"}, "99.9")],
)  # fmt: skip
def test_a_target_that_cannot_be_read_is_told_at_its_row(cells, says, sheets, empty, tmp_path):
    row = len(sheets[SHEET]) + 1
    with pytest.raises(DataErrors) as caught:
        import_file(
            empty, write(tmp_path / "a.xlsx", sheets, row_of(sheets, SHEET, row, {**ROW, **cells}))
        )
    problems = [p for p in caught.value.problems if (p.sheet, p.row) == (SHEET, row + 1)]
    assert problems and all(p.label == "Mục tiêu mới" for p in problems)
    assert any(says in p.problem.lower() or says in p.problem for p in problems), problems
