"""Made-up communes of every shape that the files allow, for round trips through the form."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from ntm_analysis.communes.decisions import CONCLUSIONS
from ntm_analysis.communes.evidence import GRADES, VERDICTS
from ntm_analysis.communes.facts import KINDS, PARTS
from ntm_analysis.communes.requests import BODIES, OPEN
from ntm_analysis.records.files import Record, Row
from ntm_analysis.rulebook import RulesInForce, Variable

PERIOD = (dt.date(2024, 11, 4), dt.date(2024, 11, 29))
ON = dt.date(2024, 11, 29)
WORDS = ["hộ", "nghèo", "đường", "Ủy ban", "12,5", "a  b", "=1+2", "#x", "“đã”", "'", "x_x000D_y",
         "1.205", "true", "null", "- gạch", "a; b", "<b>", "a|b", "+84", "@x", "08"]  # fmt: skip
LINE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
TEXT = st.lists(LINE, min_size=1, max_size=3).map("\n".join)
"""Text in one or several lines, with what programs take for something else."""
MAYBE = st.one_of(st.just(""), TEXT)
DAY = st.dates(dt.date(1946, 1, 1), dt.date(2025, 12, 31)).map(dt.date.isoformat)
LATER = st.dates(dt.date(2026, 1, 1), dt.date(2035, 12, 31)).map(dt.date.isoformat)
KNOWN = st.dates(dt.date(2020, 1, 1), PERIOD[1]).map(dt.date.isoformat)
DURING = st.dates(*PERIOD).map(dt.date.isoformat)
LABEL = st.one_of(TEXT, st.fixed_dictionaries({"vi": TEXT, "en": TEXT}))
PAPERS = ("report", "1", "phu.luc", "biên bản")


def value(variable: Variable) -> st.SearchStrategy[str]:
    """Return values of a variable that nobody would ask about."""
    words = st.sampled_from(["pending", "not_applicable"])
    if variable.kind == "flag":
        return st.one_of(st.sampled_from(["yes", "no"]), words)
    if variable.kind == "grade":
        return st.sampled_from(variable.grades)
    whole = st.integers(11, 49)
    if variable.kind == "count":
        low = st.integers(1, 5)
        numbers = low.map(str)
        return st.one_of(numbers, low.map(lambda n: f"{n}-{n + 3}"), low.map(lambda n: f">{n}"))
    tenths = st.integers(101, 499).map(lambda n: f"{n / 10}")
    small = [st.sampled_from(["0.97", "0.5", "0.04"])] if variable.kind == "percent" else []
    ranges = whole.map(lambda n: f"{n}-{n + 1.5}")
    signs = whole.map(lambda n: f"<={n}.5")
    return st.one_of(whole.map(str), tenths, whole.map(lambda n: f"{n}.0"), ranges, signs, *small)


def paper(extra: bool = True) -> st.SearchStrategy[dict[str, Any]]:
    optional: dict[str, Any] = {"number": LINE, "date": DAY, "source": LINE}
    if extra:
        optional["issuer"] = LABEL
    return st.fixed_dictionaries({"title": LABEL}, optional=optional)


@st.composite
def figures(draw: Any, rules: RulesInForce) -> list[Row]:
    book = rules.rulebook
    # Of every kind, parts and wholes never together: a part may not exceed its whole.
    names = [n for n, v in book.variables.items() if v.part_of is None and v.plausible is None
             and not v.sum_of and v.unit not in ("level", "times", "litre_person_day")]  # fmt: skip
    wholes = {v.part_of for v in book.variables.values()}
    names = [n for n in names if n not in wholes or book.variables[n].kind == "count"]
    rows: list[Row] = []
    for name in draw(st.lists(st.sampled_from(names), max_size=12, unique=True)):
        variable = book.variables[name]
        count = draw(st.integers(1, 3))
        primary = draw(st.integers(0, count - 1))
        for number in range(count):
            other = draw(st.sampled_from(["", "possible"])) if count > 1 else ""
            rows += [
                {"variable": name, "value": draw(value(variable)), "unit": variable.unit,
                 "as_of": draw(st.one_of(st.just(""), KNOWN)), "indicator": "",
                 "source": f"{draw(st.sampled_from(PAPERS))}:{draw(st.integers(1, 400))}",
                 "primary": "yes" if count > 1 and number == primary else other,
                 "note": draw(MAYBE), "note_en": draw(MAYBE),
                 "drafted": draw(st.sampled_from(["", "sure", "guess"]))}
            ]  # fmt: skip
        if draw(st.booleans()):
            code = draw(st.sampled_from(list(rules.by_code)))
            own = {"variable": name, "value": draw(value(variable)), "unit": variable.unit,
                   "indicator": code, "source": "report:9", "note": "", "primary": "",
                   "as_of": ""}  # fmt: skip
            rows.insert(draw(st.integers(0, len(rows))), own)
    return rows


@st.composite
def evidence(draw: Any, rules: RulesInForce) -> list[Row]:
    codes = list(rules.loaded.indicators)  # also those that are not in force here
    rows = []
    for code in draw(st.lists(st.sampled_from(codes), max_size=8)):
        first = not any(row["indicator"] == code for row in rows)
        confirmed = draw(st.booleans())
        rows.append(
            {"indicator": code,
             "claimed_verdict": draw(st.sampled_from(["", *VERDICTS])) if first else "",
             "claimed_value": "", "document": draw(MAYBE), "number": draw(st.one_of(
                 st.just(""), LINE)), "issuer": draw(MAYBE),
             "issued_on": draw(st.one_of(st.just(""), DAY)),
             "grade": draw(st.sampled_from(GRADES)), "note": draw(MAYBE),
             "valid_until": draw(st.one_of(st.just(""), LATER)), "note_en": draw(MAYBE),
             "confirmed_by": draw(TEXT) if confirmed else "",
             "confirmed_on": draw(DAY) if confirmed else ""}
        )  # fmt: skip
    claims = {
        "10": ["61.5", ">60"],
        "11": ["0.97", "1"],
        "9": ["98.0", "95-98"],
        "1.1": ["yes", "no"],
        "15.3": ["yes", "no"],
        "13.2": ["2", "not_applicable"],
    }
    for row in rows:
        options = claims.get(row["indicator"])
        if options and row is next(r for r in rows if r["indicator"] == row["indicator"]):
            row["claimed_value"] = draw(st.sampled_from(["", *options]))
    return rows


@st.composite
def decisions(draw: Any, rules: RulesInForce) -> list[Row]:
    conditions = [one.key for one in rules.loaded.about.conditions]
    subjects = draw(
        st.lists(st.sampled_from([*rules.by_code, *conditions]), max_size=5, unique=True)
    )
    rows = []
    for subject in subjects:
        for round_ in range(1, draw(st.integers(1, 2)) + 1):
            rows += [
                {"indicator": subject, "decision": draw(st.sampled_from(CONCLUSIONS)),
                 "by": draw(LINE), "role": draw(MAYBE), "on": draw(DURING),
                 "reason": draw(TEXT), "round": str(round_) if round_ > 1 else draw(
                     st.sampled_from(["", "1"])), "reason_en": draw(MAYBE)}
            ]  # fmt: skip
    return draw(st.permutations(rows))


@st.composite
def requests(draw: Any, rules: RulesInForce) -> list[Row]:
    rows = []
    for number in range(draw(st.integers(0, 4))):
        state = draw(st.sampled_from(["draft", "asked", "answered"]))
        about = draw(st.sampled_from(["", "debt", *rules.by_code]))
        finding = draw(st.sampled_from(["S02:households", "S03:11; S02:households"]))
        if about:
            finding = "; ".join([finding, draw(st.sampled_from(OPEN))])
        rows.append(
            {"id": f"1.{number}0", "round": str(draw(st.integers(1, 3))),
             "to": draw(st.sampled_from(BODIES)), "indicator": about, "finding": finding,
             "asked_on": "" if state == "draft" else "2024-11-05", "due_on": "2024-11-12",
             "answered_on": "2024-11-10" if state == "answered" else "",
             "answer": draw(TEXT) if state == "answered" else "", "state": state,
             "question": draw(MAYBE), "before": draw(st.sampled_from(["", *OPEN])),
             "answer_en": ""}
        )  # fmt: skip
    return rows


@st.composite
def facts(draw: Any, rules: RulesInForce) -> list[Row]:
    subjects = [*rules.by_code, *map(str, rules.by_criterion), *PARTS]
    rows: dict[tuple[str, str], Row] = {}
    for _ in range(draw(st.integers(0, 4))):
        amount, unit = draw(st.sampled_from([("", ""), ("31.5", "km"), ("<1", "percent"),
                                             ("2.0", "model"), (">2000", "m2")]))  # fmt: skip
        row = {"indicator": draw(st.sampled_from(subjects)),
               "kind": draw(st.sampled_from(KINDS)), "text": draw(TEXT), "text_en": draw(MAYBE),
               "place": draw(MAYBE), "place_en": draw(MAYBE), "amount": amount, "unit": unit,
               "source": "report:3"}  # fmt: skip
        if row["kind"] == "aim":  # which only a plan has
            row["indicator"] = "plan"
        rows.setdefault((row["indicator"], row["text"].casefold()), row)
    return list(rows.values())


def office() -> st.SearchStrategy[dict[str, Any]]:
    def listed(**entries: Any) -> st.SearchStrategy[list[dict[str, Any]]]:
        first, *rest = entries.items()
        one = st.fixed_dictionaries(dict([first]), optional=dict(rest))
        return st.lists(one, min_size=1, max_size=8)

    signatory = st.fixed_dictionaries(
        {"post": LABEL}, optional={"name": TEXT, "in_place_of": LABEL}
    )
    meeting = {"on": DAY, "begun": LINE, "ended": LINE,
               "attendees": listed(name=TEXT, post=LABEL),
               "secretary": st.fixed_dictionaries({"name": TEXT}, optional={"post": LABEL}),
               "opinions": st.lists(st.fixed_dictionaries({"by": LABEL, "text": LABEL}),
                                    min_size=1, max_size=5)}  # fmt: skip
    marks = st.fixed_dictionaries({"number": LINE}, optional={"date": DAY})
    return st.fixed_dictionaries(
        {"place": LABEL},
        optional={
            "superior": LABEL, "symbol": LINE, "signatory": signatory,
            "head_of_commune": signatory, "recipients": st.lists(LABEL, min_size=1, max_size=9),
            "team": listed(name=TEXT, post=LABEL, role=LABEL),
            "visits": listed(place=LABEL, on=DAY, seen=LABEL),
            "meeting": st.fixed_dictionaries({"at": LABEL}, optional=meeting),
            "recommendations": st.lists(LABEL, min_size=1, max_size=5),
            "papers": st.dictionaries(st.sampled_from(["report", "request", "minutes",
                                                       "submission"]), marks, min_size=1),
        },
    )  # fmt: skip


@st.composite
def appraisal(draw: Any, rules: RulesInForce) -> dict[str, Any]:
    made: dict[str, Any] = {
        "set": rules.loaded.about.key,
        "appraiser": draw(LABEL),
        "period": {"from": PERIOD[0].isoformat(), "until": PERIOD[1].isoformat()},
    }
    if draw(st.booleans()):
        made["petition"] = draw(paper())
    if draw(st.booleans()):
        made["claim"] = {}
        for what in ("criteria", "indicators"):
            total = draw(st.integers(0, 74))
            made["claim"] |= {f"{what}_met": draw(st.integers(0, total)), f"{what}_total": total}
    if draw(st.booleans()):
        made["base_set"] = {"recognised": 2019, "by": draw(LABEL), "against": []}
    if draw(st.booleans()):
        items = st.fixed_dictionaries(
            {"name": LABEL}, optional={"present": st.booleans(), "source": LINE}
        )
        made["dossier"] = {"declared_complete": draw(st.booleans()), "items": draw(st.lists(
            items, max_size=12))}  # fmt: skip
    if draw(st.booleans()):
        fact = st.fixed_dictionaries({"text": LABEL}, optional={"source": LINE})
        made["leadership"] = {"documents": draw(st.lists(paper(), max_size=3)),
                              "facts": draw(st.lists(fact, max_size=11))}  # fmt: skip
    if draw(st.booleans()):
        made["office"] = draw(office())
    if draw(st.booleans()):
        made["legal_bases"] = ["263/QĐ-TTg@viet-nam", draw(paper())]
    if draw(st.booleans()):
        made["conditions"] = {
            "satisfaction": {"status": draw(st.sampled_from(VERDICTS)), "rate": draw(
                st.sampled_from([0.5, 95.25, 100.0])), "grade": draw(st.sampled_from(GRADES)),
                "statement": draw(LABEL), "document": draw(paper())},
        }  # fmt: skip
    if draw(st.booleans()):
        target = st.fixed_dictionaries(
            {"name": LABEL, "period": LABEL},
            optional={"indicator": st.sampled_from(list(rules.by_code)), "text": LABEL,
                      "until": st.integers(2025, 2030), "source": LINE},
        )  # fmt: skip
        numeric = st.sampled_from([(">= 96", "percent"), ("< 1.5", "km"), ("> 3", "household")])
        targets = draw(st.lists(target, max_size=4))
        for one in targets:
            if draw(st.booleans()):
                one["requires"], one["unit"] = draw(numeric)
        made["plan"] = {"year": 2025, "targets": targets, "tasks": draw(st.lists(
            st.fixed_dictionaries({"field": LABEL, "tasks": st.lists(LABEL, min_size=1)}),
            max_size=2))}  # fmt: skip
    return made


@st.composite
def records(draw: Any, rules: RulesInForce, lang: str) -> Record:
    """Draw a commune with one year, as its files hold it."""
    former = st.fixed_dictionaries(
        {"name": st.sampled_from(["Bắc Mẫu", "Nam Mẫu"])},
        optional={"code": st.just("01234"), "district": st.just("Bình Mẫu"),
                  "province": st.just("Hà Nam"), "until": DAY},
    )  # fmt: skip
    hamlets = st.lists(
        st.sampled_from(["Thôn 1", "Thôn A; B", "Thôn C, D", "3"]), max_size=3, unique=True
    )
    profile: dict[str, Any] = {
        "id": "xa-mau", "name": "Mẫu", "province": rules.place, "synthetic": draw(st.booleans()),
        "sources": {key: draw(paper()) for key in PAPERS},
        "appraisals": {2024: draw(appraisal(rules))},
    }  # fmt: skip
    profile |= draw(
        st.fixed_dictionaries(
            {},
            optional={"code": st.just("00042"), "district": st.just("Trung Mẫu"),
                      "population": st.integers(0, 20000), "note": LABEL, "hamlets": hamlets,
                      "classes": st.sampled_from([[], ["difficult"], [{"key": "difficult",
                          "from": "2021-06-04", "source": "report:1"}]]),
                      "formerly": st.lists(former, max_size=2),
                      "merged_into": former},
        )
    )  # fmt: skip
    params = {"commune": "xa-mau", "year": 2024, "set": rules.loaded.about.key, "on": ON,
              "lang": lang}  # fmt: skip
    params |= draw(st.fixed_dictionaries({}, optional={
        "thin_margin": st.sampled_from([0.0, 0.05]), "evidence_floor": st.sampled_from("ABE"),
        "outside_period": st.booleans()}))  # fmt: skip
    readings, register = draw(figures(rules)), draw(evidence(rules))
    if any(row.get("drafted") for row in readings):  # then the whole is one
        profile["appraisals"][2024]["drafted"] = True
    return Record("xa-mau", profile, readings, register,
                  draw(decisions(rules)), draw(requests(rules)), draw(facts(rules)),
                  {2024: params})  # fmt: skip
