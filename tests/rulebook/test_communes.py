"""Communes that the law names by code, and values that begin before their decision."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest

from ntm_analysis.language import say
from ntm_analysis.problems import DataErrors
from ntm_analysis.rulebook import load_rulebook
from ntm_analysis.rulebook.communes import unit_problem

FILE = """
place: Bắc Kạn
decisions:
  1/2023/QĐ-UBND@bac-kan:
    number: 1/2023/QĐ-UBND
    place: Bắc Kạn
    issuer: {vi: Ủy ban nhân dân tỉnh, en: People's Committee}
    date: 2023-01-05
    title: {vi: Bộ tiêu chí, en: A set}
    source: made up
decision: 1/2023/QĐ-UBND@bac-kan
from: 2023-01-15
source: made up
thresholds:
  "9": ">= 90"
"""
ZONES = """
divisions:
  - key: vung
    name: {vi: Vùng, en: Zone}
    parts:
      - {key: vung-1, name: {vi: Vùng 1, en: Zone 1}, communes: ["CODE"]}
      - {key: vung-2, name: {vi: Vùng 2, en: Zone 2}, rest: true}
thresholds:
"""
OWN = '"9":\n    - {requires: ">= 90", commune: "CODE"UNTIL}'
EARLY = '"9":\n    - {requires: ">= 90", from: 2022-06-01, until: 2022-12-31}'
# what is changed, the message, and how many problems there are
FAULTS = [
    ({"from: 2023-01-15": "from: 2022-06-01"}, "rulebook.before", 1),
    ({'"9": ">= 90"': EARLY}, "rulebook.before", 1),
    ({'"9": ">= 90"': OWN.replace("CODE", "99999").replace("UNTIL", "")}, "places.no_unit", 1),
    ({'"9": ">= 90"': OWN.replace("CODE", "13456").replace("UNTIL", "")},
     "places.unit_elsewhere", 1),
    ({"thresholds:\n": ZONES.replace("CODE", "99999")}, "places.no_unit", 1),
]  # fmt: skip
FINE = [
    {'"9": ">= 90"': EARLY.replace("2022-06-01", "2022-01-01")},
    {"date: 2023-01-05": "date: 2023-01-05\n    in_force: 2022-06-01",
     "from: 2023-01-15": "from: 2022-06-01"},
    {'"9": ">= 90"': OWN.replace("CODE", "99999").replace("UNTIL", ", until: 2024-10-31")},
    {"thresholds:\n": ZONES.replace('communes: ["CODE"]', 'former: ["99999"]')},
    {"thresholds:\n": ZONES.replace("CODE", "01840")},
]  # fmt: skip


@pytest.fixture
def load(repository, tmp_path):
    folder = tmp_path / "rulebook"
    shutil.copytree(repository / "data" / "rulebook", folder)

    def loaded(changes):
        text = FILE
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new)
        path = folder / "advanced" / "provinces" / "bac-kan.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return load_rulebook(folder)

    return loaded


@pytest.mark.parametrize(("changes", "message", "count"), FAULTS)
def test_the_fault_is_told_once(load, changes, message, count):
    with pytest.raises(DataErrors) as raised:
        load(changes)
    told = raised.value.problems
    words = [part for part in say(message).replace("}", "{").split("{")[::2] if len(part) > 8]
    assert len(told) == count
    assert all(word in one.problem for one in told for word in words), told


@pytest.mark.parametrize("changes", FINE)
def test_what_reaches_back_or_ended_long_ago_can_be_said(load, changes):
    load(changes)


@pytest.mark.parametrize(
    ("code", "place", "first", "last", "wrong"),
    [
        ("13456", "Hà Nam", dt.date(2022, 9, 16), None, False),
        ("13456", "Ninh Bình", dt.date(2025, 7, 1), None, False),
        ("13456", "Ninh Bình", dt.date(2022, 1, 1), dt.date(2025, 6, 30), True),
        ("13456", "Cả nước", None, None, False),
        ("99999", "Cả nước", None, None, True),
        ("99999", "Hà Nam", dt.date(2022, 1, 1), dt.date(2024, 12, 31), False),
    ],
)
def test_a_code_is_of_a_unit_of_the_place_on_those_days(code, place, first, last, wrong):
    assert bool(unit_problem(code, place, first, last)) is wrong
