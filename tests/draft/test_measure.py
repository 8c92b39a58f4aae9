"""How good drafts are, on reports of different shapes whose figures are known."""

from __future__ import annotations

import pytest

from ntm_analysis.audit.reading import lines_of
from ntm_analysis.documents import read_document
from ntm_analysis.draft.passages import passages
from ntm_analysis.draft.quantities import numbers
from tests.draft.measure import REPORTS, by_kind, measure, samples, value_of

NAMES = sorted(path.stem for path in REPORTS.glob("*.yaml"))


@pytest.fixture(scope="module")
def drafts(book, tmp_path_factory):
    folder = tmp_path_factory.mktemp("drafts")
    return {one.name: (one, one.draft(folder)) for one in samples(book)}


@pytest.mark.parametrize("name", NAMES)
def test_what_a_report_states_is_read_and_what_is_sure_is_right(name, drafts):
    sample, draft = drafts[name]
    made = measure(draft, sample.truth, sample.also)
    told = f"{made.line(name)}\n{made.missing}\n" + "\n".join(
        f"{o.sure} {o.indicator} {o.variable} {o.value}: {o.spot.quote}" for o in made.wrong
    )
    assert made.recall >= 0.85, told
    assert made.wrong_among("sure") <= 0.03, told
    assert made.wrong_among("likely") <= 0.2, told


@pytest.mark.parametrize("name", NAMES)
def test_requirements_plans_and_earlier_years_are_no_results(name, drafts):
    sample, draft = drafts[name]
    said = {(one.indicator, one.variable, value_of(one.value)) for one in draft.found}
    assert not said & set(sample.never)


@pytest.mark.parametrize("name", NAMES)
def test_documents_keep_number_and_day(name, drafts):
    sample, draft = drafts[name]
    said = {(one.indicator, one.number, str(one.issued_on)) for one in draft.papers}
    assert set(sample.documents) <= said


@pytest.mark.parametrize("name", NAMES)
def test_no_number_of_a_report_vanishes(name, drafts, tmp_path):
    sample, draft = drafts[name]
    document = read_document(sample.write(tmp_path))
    printed = sum(
        len(list(numbers(one.text)))
        for one in passages(list(lines_of(document.blocks)), sample.rules, "report")
    )
    assert printed == draft.numbers == draft.placed + len(draft.missed)
    digits = sum(char.isdigit() for block in document.blocks for char in block.text)
    read = sum(
        sum(char.isdigit() for char in one.text)
        for one in passages(list(lines_of(document.blocks)), sample.rules, "report")
    )
    assert read >= digits


def test_the_table_of_kinds(drafts):
    pairs = [(draft, measure(draft, one.truth, one.also)) for one, draft in drafts.values()]
    table = by_kind(pairs)
    print(table)
    assert {line.split()[0] for line in table.splitlines()} >= {"share", "rate", "count", "answer"}


def test_reports_are_shaped_differently():
    kinds = {path.read_text(encoding="utf-8").split("kind: ")[1].split()[0]
             for path in REPORTS.glob("*.yaml")}  # fmt: skip
    assert {"txt", "docx", "pdf", "xlsx"} <= kinds
