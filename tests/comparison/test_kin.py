"""A commune followed through the mergers of 1 July 2025, by what it says and by the map."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from ntm_analysis import comparison
from ntm_analysis.communes.identity import Former
from ntm_analysis.comparison import compare
from ntm_analysis.comparison.kin import kin
from ntm_analysis.comparison.years import pairs, step_table

BEFORE, AFTER = dt.date(2024, 11, 8), dt.date(2025, 11, 8)


@pytest.fixture(scope="module")
def case(provinces):
    return next(one for one in provinces.programmes[0].cases if one.params.year == 2024)


def who(case, key, on, **told):
    """Return a case as that of another commune on another day."""
    params = case.params.model_copy(update={"commune": key, "year": on.year, "on": on})
    clean = {"id": key, "formerly": (), "merged_into": None, "code": None,
             "appraisals": {on.year: case.appraisal}}  # fmt: skip
    return replace(case, params=params, commune=case.commune.model_copy(update=clean | told))


LIEM_CAN, THANH_HA = {"name": "Liêm Cần", "code": "13456"}, {"name": "Thanh Hà", "code": "13453"}
LIEM_HA = {"name": "Liêm Hà", "code": "13456"}


def test_two_communes_become_one_by_the_map_of_codes(case):
    old = [who(case, "liem-can", BEFORE, **LIEM_CAN), who(case, "thanh-ha", BEFORE, **THANH_HA)]
    new = who(case, "liem-ha", AFTER, **LIEM_HA)
    found = kin([new, *old])
    wanted = [("liem-can", 2024, "liem-ha", 2025), ("thanh-ha", 2024, "liem-ha", 2025)]
    assert sorted(found) == wanted
    programme = compare([*old, new], "vi").programmes[0]
    steps = step_table(programme, pairs(programme))
    assert set(steps["label"]) == {"Liêm Cần (giả định) → Liêm Hà (giả định)",
                                   "Thanh Hà (giả định) → Liêm Hà (giả định)"}  # fmt: skip
    shown = comparison.years(compare([*old, new], "vi"))
    assert "Trong đó 2 lần" in shown and "chỉ có một năm" not in shown


@pytest.mark.parametrize(
    ("old", "new", "follows"),
    [
        ({"name": "Cũ", "merged_into": Former(name="Mới")}, {"name": "Mới"}, True),
        ({"name": "Cũ"}, {"name": "Mới", "formerly": (Former(name="cũ"),)}, True),
        ({"name": "Cũ", "code": "00001"},
         {"name": "Mới", "formerly": (Former(name="Cũ", code="00002"),)}, False),
        ({"name": "Cũ"}, {"name": "Mới"}, False),
        ({"name": "Tên khác", "code": "13456"}, LIEM_HA, False),
    ],
)  # fmt: skip
def test_what_communes_say_themselves(case, old, new, follows):
    found = kin([who(case, "cu", BEFORE, **old), who(case, "moi", AFTER, **new)])
    assert found == ([("cu", 2024, "moi", 2025)] if follows else [])


def test_a_commune_is_not_followed_back_in_time(case):
    new = who(case, "liem-ha", dt.date(2024, 1, 8), **LIEM_HA)
    assert kin([who(case, "liem-can", BEFORE, **LIEM_CAN), new]) == []
