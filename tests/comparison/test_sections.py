"""What the sections say: tidy, in either language, of bounded size whatever is compared."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from ntm_analysis import comparison
from ntm_analysis.comparison import Comparison, Programme, compare
from ntm_analysis.comparison.words import verdict_cell
from ntm_analysis.paths import Project
from ntm_analysis.rulebook import load_rulebook
from ntm_analysis.samples import generator, make
from tests.comparison.conftest import HOME, OTHER, THIRD, in_place, load, many
from tests.support import sample_project

SECTIONS = (
    "selection", "missing", "summary", "shares", "margins", "heat", "close", "years", "decision",
)  # fmt: skip
LATEST = 2024


def chapter(compared: Comparison) -> str:
    return "\n\n".join(getattr(comparison, section)(compared) for section in SECTIONS)


def shown(text: str) -> str:
    return re.sub(r"data:[^)]*", "", text)


def in_language(compared: Comparison, lang) -> Comparison:
    programmes = tuple(Programme(one.cases, lang) for one in compared.programmes)
    return replace(compared, programmes=programmes, lang=lang)


def rows_of(text: str, identifier: str) -> list[list[str]]:
    """Return the cells of a table's rows."""
    before = text[: text.index(f"{{#{identifier}}}")]
    block = before[before.rindex("\n\n|") :] if "\n\n|" in before else before
    lines = [line for line in block.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("section", SECTIONS)
def test_sections_are_tidy(provinces, section, lang):
    text = shown(getattr(comparison, section)(in_language(provinces, lang)))
    assert text.startswith("## ")
    text = re.sub(r"\{#[\w-]+", "", text)
    assert not re.search(r"\b(nan|NaN|None|True|False)\b|\{\}|compare\.", text)
    if lang == "en":
        assert not re.search(r"chỉ tiêu|Đạt|giả định|huyện", text)
    else:
        assert not re.search(r"\b(communes|indicator|made up|not in force)\b", text)


def test_identifiers_are_unique(provinces):
    cases = provinces.programmes[0].cases
    base = [replace(one, params=one.params.model_copy(update={"set": "base"})) for one in cases]
    for compared in (provinces, compare([*cases, *base], "vi")):
        found = re.findall(r"\{#((?:sec|tbl|fig)-[\w-]+)", chapter(compared))
        assert len(found) == len(set(found)) >= 20


def test_several_sets_each_have_their_part(provinces):
    cases = provinces.programmes[0].cases
    base = [replace(one, params=one.params.model_copy(update={"set": "base"})) for one in cases[:2]]
    text = comparison.shares(compare([*cases, *base], "vi"))
    assert text.count("\n### ") == 2
    assert "{#sec-compare-shares-base" in text and "{#fig-compare-shares-advanced" in text


def test_every_made_up_commune_says_so_wherever_it_is_named(provinces):
    names = {case.commune.name for case in provinces.programmes[0].cases}
    text = shown(chapter(provinces))
    for name in names:
        found = re.findall(rf"{name}(?!\d)(?! \(giả định\))", text)
        assert re.search(name, text) and not found


def test_the_selection_says_what_was_left_out(provinces):
    cases = list(provinces.programmes[0].cases)
    other = replace(cases[0], params=cases[0].params.model_copy(update={"set": "base"}))
    text = comparison.selection(compare([*cases[1:], other], "en", unselected=12))
    assert other.id in text and "12" in text
    assert "callout-important" in text
    assert "Indicators that do not require the same of all communes: 2 (9, 17.10)" in text


def test_close_names_the_requirement_of_its_own_place(provinces):
    programme = provinces.programmes[0]
    text = comparison.close(provinces)
    place = dict(zip(programme.communes["label"], programme.communes["province"], strict=True))
    found = [row for row in rows_of(text, "tbl-compare-close") if row[2].startswith("9 ")]
    wanted = {HOME: "≥ 97%", OTHER: "≥ 60%", THIRD: "≥ 97%"}
    for row in found:
        assert row[4] == wanted[place[row[0]]]


def test_communes_are_counted_by_how_much_they_lack(provinces):
    def without_houses(case):
        gone = ("houses", "solid_houses")
        return replace(case, readings=tuple(r for r in case.readings if r.variable not in gone))

    cases = provinces.programmes[0].cases
    lacking = {case.params.commune for case in cases[:2]}
    some = [without_houses(c) if c.params.commune in lacking else c for c in cases]
    compared = compare(some, "vi")
    counts = compared.programmes[0].communes["without"]
    rows = rows_of(comparison.missing(compared), "tbl-compare-lacking")
    assert int(rows[0][1]) == (counts == 0).sum() and rows[0][0] == "0"
    assert int(rows[1][1]) == counts.between(1, 2).sum() >= len(lacking)
    assert sum(int(row[1]) for row in rows) == len(counts)


def test_one_year_and_few_communes(repository, tmp_path):
    in_force = sample_project.rules(load_rulebook(repository / "data" / "rulebook"))
    samples = [make(in_force, n, generator(5, n), (LATEST,)) for n in (1, 2)]
    few = compare(sample_project.cases(samples, tmp_path, repository), "vi")
    assert "một năm" in comparison.years(few)
    assert len(chapter(few)) < 700_000


def test_nothing_to_compare(provinces):
    one = compare(provinces.programmes[0].cases[:1], "vi")
    assert one.programmes == () and one.rows.empty
    for section in SECTIONS:
        assert getattr(comparison, section)(one).startswith("## ")


def test_loading_chosen_runs(folder, repository, rules_of):
    samples = [in_place(rules_of(HOME), n, "Kim Bảng") for n in (51, 52, 53)]
    load(samples, folder, repository)
    project = Project(folder)
    every = comparison.load([], "vi", project)
    assert (len(every.programmes[0].cases), every.unselected) == (3, 0)
    some = comparison.load(["gia-dinh-0051-2024", "gia-dinh-0053-2024"], "vi", project)
    assert (len(some.programmes[0].cases), some.unselected) == (2, 1)
    assert set(some.rows["id"]) == {"gia-dinh-0051-2024", "gia-dinh-0053-2024"}


@pytest.fixture(scope="module")
def sizes(provinces):
    """Return the chapters of few and of many communes, over more and more places."""
    cases = provinces.programmes[0].cases
    spread = {40: (4, 2), 300: (30, 4), 1200: (80, 5)}
    return {n: chapter(compare(many(cases, n, *places), "vi")) for n, places in spread.items()}


def test_the_chapter_does_not_grow_with_the_communes(sizes):
    assert max(map(len, sizes.values())) < 1_100_000
    assert len(shown(sizes[1200])) < 45_000
    for text in sizes.values():
        assert max(map(len, re.findall(r'fig-alt="([^"]*)"', text))) < 2_000
        captions = re.findall(r"!\[([^\]]*)\]|^: (.*?) \{#", text, re.MULTILINE)
        assert max(len(a or b) for a, b in captions) < 200


def test_nothing_is_cut_in_silence(sizes):
    """Every commune is in the province tables, the last row being the places left over."""
    for count, text in sizes.items():
        rows = rows_of(text, "tbl-compare-province")
        assert sum(int(row[1].replace(".", "")) for row in rows) == count
        assert len(rows) <= 71
    assert "Còn lại (10)" in rows_of(sizes[1200], "tbl-compare-province")[-1][0]
    assert "Còn lại (10)" in rows_of(sizes[1200], "tbl-compare-district")[-1][0]


def test_places_of_made_up_communes_only_say_so(sizes):
    for row in rows_of(sizes[1200], "tbl-compare-district")[:-1]:
        assert row[0].endswith("(giả định)")
        assert all("(giả định): " in row[place] for place in (2, 4))


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({"not_applicable": 3, "weak_absence": 0}, "3"),
        ({"not_applicable": 3, "weak_absence": 3}, "▭ 3"),
        ({"not_applicable": 3, "weak_absence": 1}, "▬ 2 ▭ 1"),
        ({"not_applicable": 0, "weak_absence": 0}, "0"),
    ],
)
def test_what_is_not_applicable_but_not_proven_is_told_apart(row, text):
    assert verdict_cell(row, "not_applicable", "vi") == text
