"""The chain of places: whose value is a commune's, and whose never is."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import time
from dataclasses import replace
from typing import Any

import pytest
import yaml

from ntm_analysis.rulebook import NATIONAL, LoadedSet, Rulebook, load_rulebook, rules_in_force
from ntm_analysis.rulebook.divisions import Division, Locality
from ntm_analysis.rulebook.models import Variant
from ntm_analysis.rulebook.spans import InForce, Threshold
from tests.support.spoil import Copy

DAY = dt.date(2024, 11, 26)
SHARED = {"from": "2022-01-01", "decision": "x", "source": "y"}
REGIONS = {  # the 2016-2020 income row of QĐ 1980/QĐ-TTg, in million VND (thresholds_found.tsv)
    "north-mountains": 36, "red-river": 50, "north-central": 36, "south-central": 41,
    "highlands": 41, "south-east": 59, "mekong": 50,
}  # fmt: skip


def threshold(requires: str, place: str = NATIONAL, **more: Any) -> Threshold:
    return Threshold.model_validate({**SHARED, "place": place, "requires": requires, **more})


def division(key: str, parts: list[dict[str, Any]], place: str = NATIONAL) -> Division:
    named = [{"name": {"vi": p["key"], "en": p["key"]}, **p} for p in parts]
    return Division.model_validate(
        {"key": key, "name": {"vi": key, "en": key}, "place": place, "decision": "x",
         "source": "y", "parts": named}
    )  # fmt: skip


MEMBERS = {"red-river": ["Hà Nam", "Nam Định"], "south-east": ["Đồng Nai"]}
SEVEN = division(
    "region",
    [
        {"key": key, "classes": ["difficult", "atk-poor"] if key == "north-mountains" else [],
         "provinces": MEMBERS.get(key, [])}
        for key in REGIONS
    ],
)  # fmt: skip
ZONES = division(
    "zone",
    [
        {"key": "zone-1", "classes": ["area-2", "area-3", "difficult-coast", "atk-poor"]},
        {"key": "zone-2", "rest": True},
    ],
    "Thanh Hóa",
)
LISTED = division(
    "list", [{"key": "near", "communes": ["13456"]}, {"key": "far", "rest": True}], "Hà Nam"
)
INCOME = (
    threshold(">= 45"),  # the national column that stands beside the regions
    *(threshold(f">= {value}", division=key) for key, value in REGIONS.items()),
)


def book_of(
    book: Rulebook, thresholds: tuple[Threshold, ...], *divisions: Division, code: str = "10"
) -> Rulebook:
    """The rulebook with one indicator that is in force everywhere, under other thresholds."""
    loaded = book.sets["advanced"]
    one = loaded.indicators[code].model_copy(
        update={
            "thresholds": thresholds,
            "in_force": (InForce.model_validate({**SHARED, "place": NATIONAL}),),
        }
    )
    criterion = loaded.criterion[one.criterion].model_copy(update={"indicators": (one,)})
    return replace(book, sets={"advanced": LoadedSet(loaded.about, (criterion,), divisions)})


def asked(book: Rulebook, where: Locality | str, code: str = "10") -> tuple[str, str]:
    rule = rules_in_force(book, "advanced", where, DAY).by_code[code]
    return rule.own.text, rule.lack.kind if rule.lack else ""


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Locality("Hà Nam", "", frozenset()), (">= 50", "")),
        (Locality("Đồng Nai", "", frozenset()), (">= 59", "")),
        # QĐ 318, article 1: difficult and ATK communes go by the northern mountains' column
        (Locality("Hà Nam", "", frozenset({"difficult"})), (">= 36", "")),
        (Locality("Đồng Nai", "", frozenset({"atk-poor"})), (">= 36", "")),
        (Locality("Cà Mau", "", frozenset({"mekong"})), (">= 50", "")),  # told itself
        (Locality("Cà Mau", "", frozenset()), ("unknown", "no_part")),
        (Locality("Hà Nam"), ("unknown", "class")),
        (Locality(NATIONAL, "", frozenset()), ("unknown", "no_part")),
    ],
)
def test_a_region_never_falls_back_on_the_nation(book: Rulebook, where, expected):
    assert asked(book_of(book, INCOME, SEVEN), where) == expected


def test_a_region_without_a_value_has_none(book: Rulebook):
    spans = tuple(one for one in INCOME if one.division != "red-river")
    told = asked(book_of(book, spans, SEVEN), Locality("Hà Nam", "", frozenset()))
    assert told == ("unknown", "no_value")


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        ({"area-3"}, (">= 40", "")), ({"difficult-coast"}, (">= 40", "")), (set(), (">= 60", "")),
        ({"area-1"}, (">= 60", "")), ({"zone-1"}, (">= 40", "")), (None, ("unknown", "class")),
        ({"zone-1", "zone-2"}, ("unknown", "several")),
    ],
)  # fmt: skip
def test_the_zones_of_a_province(book: Rulebook, classes, expected):
    spans = (
        threshold(">= 70"),
        threshold(">= 40", "Thanh Hóa", division="zone-1"),
        threshold(">= 60", "Thanh Hóa", division="zone-2"),
    )
    told = None if classes is None else frozenset(classes)
    assert asked(book_of(book, spans, ZONES), Locality("Thanh Hóa", "", told)) == expected
    # no other province is divided by them
    assert asked(book_of(book, spans, ZONES), Locality("Hà Nam", "", told)) == (">= 70", "")


def test_the_nearest_link_wins(book: Rulebook):
    links = [
        threshold(">= 1"),
        threshold(">= 2", "Hà Nam"),
        threshold(">= 4", "Hà Nam", commune="13456"),
    ]
    for order in itertools.permutations(links):
        made = book_of(book, order, LISTED)
        assert asked(made, Locality("Hà Nam", "13456"))[0] == ">= 4"
        assert asked(made, Locality("Hà Nam", "13457"))[0] == ">= 2"
        assert asked(made, Locality("Nam Định", "13456"))[0] == ">= 1"
    zoned = (*links[:1], threshold(">= 3", "Hà Nam", division="near"), links[2])
    made = book_of(book, zoned, LISTED)
    assert asked(made, Locality("Hà Nam", "13456"))[0] == ">= 4"
    assert asked(book_of(book, zoned[:2], LISTED), Locality("Hà Nam", "13456"))[0] == ">= 3"
    assert asked(made, Locality("Hà Nam", "99999")) == ("unknown", "no_value")
    assert asked(made, Locality("Hà Nam", "")) == ("unknown", "class")


def test_what_the_nation_leaves_to_the_province(book: Rulebook):
    spans = (threshold("delegated"), threshold(">= 60", "Hà Nam"))
    made = book_of(book, spans)
    assert asked(made, "Hà Nam") == (">= 60", "")
    rule = rules_in_force(made, "advanced", "Nam Định", DAY).by_code["10"]
    assert (rule.law, rule.own.why) == ("delegated", "delegated")


def test_a_requirement_is_read_in_the_words_of_its_own_place(book: Rulebook):
    # the nation's 14.3 is a rate (>= 40, thresholds_found.tsv), a province's a yes or no
    limb = {"kind": "rate", "unit": "percent", "formula": "telemedicine_rate"}
    rate = Variant.model_validate({**SHARED, "place": NATIONAL, "limbs": [limb]})
    made = book_of(book, (threshold(">= 40"), threshold("yes", "Hà Nam")), code="14.3")
    loaded = made.sets["advanced"]
    (criterion,) = loaded.criteria
    (one,) = criterion.indicators
    worded = criterion.model_copy(
        update={"indicators": (one.model_copy(update={"variants": (rate,)}),)}
    )
    made = replace(made, sets={"advanced": LoadedSet(loaded.about, (worded,))})
    for place, kind, text in (("Hà Nam", "yes_no", "yes"), ("Nam Định", "rate", ">= 40")):
        rule = rules_in_force(made, "advanced", place, DAY).by_code["14.3"]
        assert (rule.indicator.kind, rule.own.text) == (kind, text)


def test_each_limb_has_the_nearest_value_that_states_it(book: Rulebook):
    national = threshold("yes").model_copy(
        update={"requires": {"own": ">= 90", "men": ">= 90", "women": ">= 91"}}
    )
    own = threshold(">= 1", "Hà Nam").model_copy(update={"requires": {"own": ">= 97"}})
    made = book_of(book, (national, own), code="14.1")
    rule = rules_in_force(made, "advanced", "Hà Nam", DAY).by_code["14.1"]
    assert {k: r.text for k, r in rule.requirements.items()} == {
        "own": ">= 97", "men": ">= 90", "women": ">= 91"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("classes", "part"),
    [({"area-2"}, "group-3"), ({"town-edge"}, "group-1"), (set(), "group-2"), (None, None),
     ({"area-3", "low-agriculture"}, None), ({"area-3", "low-agriculture", "group-1"}, "group-1")],
)  # fmt: skip
def test_the_groups_of_2026(book: Rulebook, classes, part):
    groups = book.sets["2026"].divisions
    told = None if classes is None else frozenset(classes)
    made = book_of(
        book,
        tuple(threshold(f">= {n}", division=f"group-{n}") for n in (1, 2, 3)),
        *groups,
    )
    text, why = asked(made, Locality("Ninh Bình", "", told))
    assert text == (f">= {part[-1]}" if part else "unknown"), why


@pytest.mark.no_cover  # what counts lines is no part of what is measured
def test_ten_thousand_communes_cost_little_more_than_their_provinces(book: Rulebook):
    provinces = list(book.provinces)[:63]
    zones = [
        division(
            f"zone-{n}",
            [{"key": f"z{n}-1", "classes": ["area-2"]}, {"key": f"z{n}-2", "rest": True}],
            name,
        )
        for n, name in enumerate(provinces)
    ]
    spans = tuple(
        threshold(f">= {50 + n + part}", name, division=f"z{n}-{part}")
        for n, name in enumerate(provinces)
        for part in (1, 2)
    )
    loaded = book.sets["advanced"]
    everywhere = (InForce.model_validate({**SHARED, "place": NATIONAL}),)
    criteria = tuple(
        c.model_copy(
            update={
                "indicators": tuple(
                    i.model_copy(
                        update={
                            "in_force": everywhere,
                            "thresholds": spans if i.code == "10" else (*i.thresholds, *spans)
                            if i.kind == "amount" else i.thresholds,
                        }
                    )
                    for i in c.indicators
                )
            }
        )
        for c in loaded.criteria
    )  # fmt: skip
    chance = random.Random(1)
    communes = [
        Locality(provinces[n % 63], f"{n:05d}", chance.choice((frozenset({"area-2"}), frozenset())))
        for n in range(10_000)
    ]
    taken = []
    for _ in range(3):  # the best of three: others use the machine, too
        made = replace(book, sets={"advanced": LoadedSet(loaded.about, criteria, tuple(zones))})
        start = time.process_time()
        found = [rules_in_force(made, "advanced", one, DAY) for one in communes]
        taken.append(time.process_time() - start)
    assert len({id(one) for one in found}) == 126
    for one, rules in zip(communes, found, strict=True):
        part = 1 if one.classes else 2
        assert rules.by_code["10"].own.threshold == 50 + provinces.index(one.province) + part
    made = replace(book, sets={"advanced": LoadedSet(loaded.about, criteria, tuple(zones))})
    start = time.process_time()
    for one in communes[: 63 * 4]:
        rules_in_force(made, "advanced", one, DAY)
    few = time.process_time() - start
    assert min(taken) < 6 * few, (taken, few)  # each place once; make bench has the seconds


FILE = "data/rulebook/advanced/provinces/{}.yaml"


def decision_file(number: str, **more: Any) -> dict[str, Any]:
    key = f"{number}/2023/QĐ-UBND@bac-giang"
    named = {
        "number": f"{number}/2023/QĐ-UBND",
        "place": "Bắc Giang",
        "issuer": {"vi": "UBND", "en": "PC"},
        "date": "2023-01-05",
        "title": {"vi": "Ban hành", "en": "Issuing"},
        "source": "made up for a test",
        **more.pop("about", {}),
    }
    return {
        "place": "Bắc Giang",
        "decisions": {key: named},
        "decision": key,
        "from": "2023-01-15",
        "source": "made up for a test",
        **more,
    }


def write(copy: Copy, name: str, content: dict[str, Any]) -> str:
    path = copy.path(FILE.format(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
    return FILE.format(name)


AMENDS = {"about": {"amends": ["1/2023/QĐ-UBND@bac-giang"], "date": "2024-01-05"}}


def test_an_amendment_changes_what_it_names_whatever_the_files_are_called(copy: Copy):
    first = decision_file("1", thresholds={"9": ">= 90", "10": "> 60"}, **{"except": ["12.3"]})
    second = decision_file("2", **{"from": "2024-01-15"}, thresholds={"9": ">= 95"}, **AMENDS)
    found = []
    for names in (("a", "b"), ("b", "a")):
        for name, content in zip(names, (first, second), strict=True):
            write(copy, name, content)
        book = load_rulebook(copy.project.rulebook)
        texts = []
        for on in (dt.date(2023, 6, 1), dt.date(2024, 6, 1)):
            rules = rules_in_force(book, "advanced", "Bắc Giang", on)
            assert "12.3" not in rules.by_code
            texts.append((rules.content, rules.by_code["9"].own.text, rules.by_code["10"].own.text))
        found.append(texts)
    assert found[0] == found[1]
    assert [one[1:] for one in found[0]] == [(">= 90", "> 60"), (">= 95", "> 60")]


def test_no_order_of_files_changes_what_is_in_force(copy: Copy):
    years = [
        decision_file(
            f"{year}",
            **{"from": f"{year}-01-01", "until": f"{year}-12-31"},
            thresholds={"10": f"> {year - 1960}", "9": f">= {year - 1940}"},
            about={"date": f"{year - 1}-12-01"},
        )
        for year in range(2021, 2024)
    ]
    last = decision_file(
        "2024", **{"from": "2024-01-01"}, thresholds={"10": "> 70"}, **{"except": ["12.3"]},
        about={"date": "2023-12-01"},
    )  # fmt: skip
    amended = decision_file(
        "2025", **{"from": "2024-06-01"}, thresholds={"11": "< 1.5"},
        about={"amends": ["2024/2023/QĐ-UBND@bac-giang"], "date": "2024-05-01"},
    )  # fmt: skip
    files = [*years, last, amended]
    days = [dt.date(year, month, 15) for year in range(2021, 2025) for month in (1, 7)]
    chance, found = random.Random(7), set()
    for _ in range(5):
        for name, content in zip(chance.sample("abcde", 5), files, strict=True):
            write(copy, name, content)
        book = load_rulebook(copy.project.rulebook)
        found.add(tuple(rules_in_force(book, "advanced", "Bắc Giang", day).content for day in days))
    assert len(found) == 1
    rules = rules_in_force(book, "advanced", "Bắc Giang", days[-1]).by_code
    assert (rules["10"].own.text, rules["11"].own.text) == ("> 70", "< 1.5")


DOCS = "docs/how-to/add-a-province.md"


def test_the_file_shown_in_the_docs_is_one(copy: Copy, repository):
    text = (repository / DOCS).read_text("utf-8")
    block = next(part for part in text.split("```yaml")[1:] if "thresholds:" in part)
    path = copy.path(FILE.format("mau"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.split("```")[0].split("\n", 2)[2], encoding="utf-8")
    assert copy.rulebook_problems() == []
    book = load_rulebook(copy.project.rulebook)
    where = Locality("Mẫu", "13456", frozenset())
    rules = rules_in_force(book, "advanced", where, dt.date(2024, 6, 1)).by_code
    assert (rules["10"].own.text, rules["11"].own.text) == ("> 66", "< 3")
    assert (rules["11"].law, rules["14.3"].indicator.kind) == ("verified", "rate")


def test_two_files_of_one_day_are_an_error_that_names_both(copy: Copy):
    first = write(copy, "a", decision_file("1", thresholds={"9": ">= 90"}))
    second = write(copy, "b", decision_file("2", thresholds={"9": ">= 95"}))
    (told,) = copy.rulebook_problems()
    assert first in told.problem
    assert second in told.problem


def test_a_decision_that_another_file_brings_may_be_cited(copy: Copy):
    cited = decision_file("1", thresholds={"9": ">= 90"})
    other = decision_file("2", thresholds={"10": "> 60"}, until="2023-12-31")
    other["decision"] = cited["decision"]
    write(copy, "z", cited)
    write(copy, "a", other)
    assert copy.rulebook_problems() == []


def test_yearly_values_zones_variants_and_extra_indicators_in_one_file(copy: Copy):
    name = {"vi": "Khu dân cư kiểu mẫu", "en": "Model residential area"}
    limb = {"kind": "yes_no", "unit": "yes_no", "formula": "telemedicine"}
    years = [
        {"from": f"{year}-01-01", "until": f"{year}-12-31", "requires": f">= {value}",
         "printed": f"{value} triệu đồng"}
        for year, value in ((2023, 60), (2024, 66))
    ]  # fmt: skip
    rate = {"kind": "rate", "unit": "percent", "formula": "telemedicine_rate"}
    write(copy, "a", decision_file(
        "1",
        divisions=[{"key": "zones", "name": {"vi": "Vùng", "en": "Zone"}, "parts": [
            {"key": "zone-1", "name": {"vi": "Vùng 1", "en": "Zone 1"}, "classes": ["area-3"]},
            {"key": "zone-2", "name": {"vi": "Vùng 2", "en": "Zone 2"}, "rest": True}]}],
        criteria={20: name},
        indicators=[{"code": "20", "name": name, "short": name, "evidence": name, "limbs": [limb]}],
        variants={"14.3": {"name": name, "limbs": [rate]}},
        thresholds={
            "10": years, "14.3": ">= 40", "20": "yes",
            "9": [{"requires": ">= 80", "division": "zone-1"},
                  {"requires": ">= 90", "division": "zone-2"}],
        },
    ))  # fmt: skip
    assert copy.rulebook_problems() == []
    book = load_rulebook(copy.project.rulebook)
    where = Locality("Bắc Giang", "", frozenset({"area-3"}))
    rules = rules_in_force(book, "advanced", where, DAY).by_code
    assert {code: rules[code].own.text for code in ("10", "14.3", "20", "9")} == {
        "10": ">= 66", "14.3": ">= 40", "20": "yes", "9": ">= 80"
    }  # fmt: skip
    assert rules["10"].printed("own") == "66 triệu đồng"
    assert (rules["14.3"].indicator.kind, rules["14.3"].indicator.name.vi) == ("rate", name["vi"])
    elsewhere = rules_in_force(book, "advanced", "Hà Nam", DAY).by_code
    assert elsewhere["14.3"].indicator.kind == "yes_no"
    assert "20" not in elsewhere


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"place": "Bắc giang"}, "Bắc Giang"), ({"place": "Bắc Gaing"}, "Bắc Giang"),
        ({"from": "2025-07-01"}, "Bắc Ninh"),
        ({"thresholds": {"3.5": ">= 40"}}, "yes"), ({"thresholds": {"9": ">= 900"}}, "No value"),
        ({"thresholds": {"9": "<= 95"}}, "direction"), ({"thresholds": {"9": ">= 0"}}, "Every"),
        ({"thresholds": {"9": "delegated"}}, "nation"),
        ({"thresholds": {"9": {"requires": ">= 90", "division": "zone-9"}}}, "zone-9"),
        ({"thresholds": {"9": [{"requires": ">= 90"}, {"requires": ">= 91"}]}}, "two values"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_told(copy: Copy, change, words):
    write(copy, "a", {**decision_file("1", thresholds={"9": ">= 90"}), **change})
    told = copy.rulebook_problems()
    assert told
    assert any(words in f"{one.problem} {one.wanted}" for one in told), told
