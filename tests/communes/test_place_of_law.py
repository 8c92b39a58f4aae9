"""A commune finds the law of its province however the two write its name."""

from __future__ import annotations

import pytest

from tests.support.spoil import COMMUNE, PARAMS, Copy

LAW = """\
place: {place}
decision: 1/2023/QĐ-UBND@la
decisions:
  1/2023/QĐ-UBND@la:
    number: 1/2023/QĐ-UBND
    place: {place}
    issuer: {{vi: Ủy ban nhân dân tỉnh Lạ, en: People's Committee}}
    title: {{vi: Ban hành bộ tiêu chí, en: Issuing a set}}
    source: made up for a test
from: 2023-01-01
thresholds:
  "9": ">= 12"
source: made up for a test
"""


@pytest.mark.parametrize("law", ["Lạ", "Tỉnh Lạ"])
@pytest.mark.parametrize("commune", ["Lạ", "Tỉnh Lạ", "tỉnh Lạ"])
def test_the_province_is_the_same_with_and_without_the_word(copy: Copy, law: str, commune: str):
    path = copy.path("data/rulebook/advanced/provinces/la.yaml")
    path.parent.mkdir()
    path.write_text(LAW.format(place=law), encoding="utf-8")
    copy.edit(COMMUNE, "\nprovince: Hà Nam", f"\nprovince: {commune}")
    assert copy.path(PARAMS).is_file()
    case = Copy(copy.project).case()
    assert case.rules.by_code["9"].own.text == ">= 12"
