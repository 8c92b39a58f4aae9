"""From a report to data: the form that a draft makes is taken as it is."""

from __future__ import annotations

import pytest

from ntm_analysis.communes import load_case, unconfirmed
from ntm_analysis.documents import read_document
from ntm_analysis.draft import draft_documents, filling_from
from ntm_analysis.draft.accepted import accepted
from ntm_analysis.draft.suits import misfits
from ntm_analysis.forms import import_file, write_form
from ntm_analysis.forms.source import Filling
from ntm_analysis.rulebook import rules_in_force
from tests.draft.measure import REPORTS, samples
from tests.forms.conftest import empty

__all__ = ["empty"]
NAMES = sorted(path.stem for path in REPORTS.glob("*.yaml"))


def content_of(sample, folder, base: Filling | None = None) -> Filling:
    path = sample.write(folder)
    draft = draft_documents([read_document(path)], sample.rules)
    made = filling_from(draft, sample.rules, "xa-thu", [path.name], base)
    return accepted(made, sample.rules, "xa-thu")


@pytest.mark.parametrize("name", NAMES)
def test_an_import_takes_the_form_as_it_is(name, book, empty, tmp_path):
    sample = next(one for one in samples(book) if one.name == name)
    content = content_of(sample, tmp_path)
    form = tmp_path / "form.xlsx"
    form.write_bytes(write_form(sample.rules, "vi", content))
    import_file(empty, form)
    case = load_case(empty, f"xa-thu-{sample.rules.on.year}")
    open_ = unconfirmed(case)
    assert open_.profile
    assert open_.figures == len(case.readings) == len(content.figures) > 0


def test_what_a_person_confirmed_stays(book, tmp_path):
    sample = next(one for one in samples(book) if one.name == "prose")
    row = {"variable": "income_per_head", "value": "70.5", "unit": "million_vnd_person_year",
           "indicator": "10", "source": "report:1", "drafted": ""}  # fmt: skip
    base = Filling(figures=[row], year=sample.rules.on.year)
    content = content_of(sample, tmp_path, base)
    incomes = [one for one in content.figures if one["variable"] == "income_per_head"]
    assert [one["value"] for one in incomes] == ["70.5"]


def test_another_set_place_or_commune_is_told(book, tmp_path):
    sample = next(one for one in samples(book) if one.name == "prose")
    document = read_document(sample.write(tmp_path))
    assert not misfits([document], ["a.txt"], sample.rules)
    base = rules_in_force(book, "base", "Cả nước", sample.rules.on)
    told = [one.problem for one in misfits([document], ["a.txt"], base)]
    assert any("nâng cao" in one for one in told)
    assert any("Hà Nam" in one for one in told)
