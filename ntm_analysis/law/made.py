"""Indicators and whole criteria sets that a workbook brings: proposed, then typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pydantic import ValidationError

from ntm_analysis.language import say
from ntm_analysis.law.propose import Proposal, kind_words, propose
from ntm_analysis.law.sheets import Sheet, SheetRow, table_rows
from ntm_analysis.law.words import plain
from ntm_analysis.problems import Collector
from ntm_analysis.rulebook import Indicator, LoadedSet, Rulebook, Variable
from ntm_analysis.rulebook.models import Criterion
from ntm_analysis.rulebook.province import in_order
from ntm_analysis.rulebook.sets import CriteriaSet
from ntm_analysis.spelling import slug

CRITERIA: Final = ("number", "name", "name_en")
_CODE: Final = re.compile(r"^\d+(\.\d+){0,2}$")
_EVIDENCE: Final = {
    "vi": "Hồ sơ, tài liệu cho thấy kết quả của chỉ tiêu.",
    "en": "Papers that show the indicator's result.",
}


@dataclass
class Made:
    """What a workbook brings beside values.

    Attributes
    ----------
    book : Rulebook
        With the new set, indicators and wordings in it.
    indicators, variants : dict of code to dict
        As a decision's file holds them.
    criteria : dict of number to name
    variables : dict
        New ones.
    proposed : list of (code, kind, unit, formula, like)
        What a person is to look at.
    set_file : dict or None
        What `set.yaml` holds, of a new set.
    """

    book: Rulebook
    indicators: dict[str, dict[str, Any]] = field(default_factory=dict)
    variants: dict[str, dict[str, Any]] = field(default_factory=dict)
    criteria: dict[int, dict[str, str]] = field(default_factory=dict)
    variables: dict[str, dict[str, Any]] = field(default_factory=dict)
    proposed: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    set_file: dict[str, Any] | None = None


def make(
    rows: Sequence[SheetRow],
    criteria: Sheet | None,
    about: Mapping[str, Any],
    values: Mapping[int, Sequence[str]],
    span: Mapping[str, Any],
    book: Rulebook,
    problems: Collector,
) -> Made:
    """Return the rulebook with whatever the workbook brings: indicators, wordings, a set.

    Parameters
    ----------
    rows : sequence of SheetRow
        Of the sheet of indicators.
    criteria : Sheet or None
        Of the names of criteria.
    about : mapping
        The fields of the decision.
    values : mapping of row to sequence of str
        What is printed as each row's values.
    span : mapping
        Place, days, decision and source of what is new.
    book : Rulebook
    problems : Collector
    """
    key = str(about["set"])
    new = key not in book.sets
    made = Made(book)
    names = _criteria(criteria, problems)
    known = {} if new else dict(book.sets[key].indicators)
    groups: dict[str, list[SheetRow]] = {}
    for row in rows:
        code = row["code"].replace(",", ".")
        if code and (code not in known or row["kind"]):
            groups.setdefault(code, []).append(row)
    for code, held in groups.items():
        if not new and code not in known and not any(row["kind"] for row in held):
            continue  # a code that there is not: told where values are read
        _indicator(made, key, code, held, values, span, known.get(code), problems)
    extra = {in_order(code)[0] for code in made.indicators}
    there = set() if new else {c.number for c in book.sets[key].criteria}
    for number in sorted(extra - there if not new else extra | set(names)):
        if number not in names:
            first = next(r for code, held in groups.items() for r in held
                         if in_order(code)[0] == number)  # fmt: skip
            told = say("law.no_criterion", number=number)
            wanted = say("law.no_criterion_wanted", sheet=say("law.criteria_sheet"))
            problems.add(first.problem("code", told, wanted))
        else:
            made.criteria[number] = names[number]
    if not problems.problems and (groups or new):
        _typed(made, key, about, span, problems, new=new)
    return made


def _criteria(sheet: Sheet | None, problems: Collector) -> dict[int, dict[str, str]]:
    found = {}
    for row in table_rows(sheet, "law.criteria", CRITERIA) if sheet else ():
        if not row["number"].isdecimal() or not row["name"]:
            problems.add(row.problem("number", say("law.criterion_row"),
                                     say("law.criterion_row_wanted")))  # fmt: skip
            continue
        name = {"vi": row["name"], "en": row["name_en"] or row["name"]}
        found[int(row["number"])] = name
    return found


def _indicator(
    made: Made,
    key: str,
    code: str,
    rows: Sequence[SheetRow],
    values: Mapping[int, Sequence[str]],
    span: Mapping[str, Any],
    known: Indicator | None,
    problems: Collector,
) -> None:
    first = rows[0]
    name = first["name_printed"] or first["name"]
    if not _CODE.match(code):
        problems.add(first.problem("code", say("law.code_form", code=code),
                                   say("law.code_form_wanted")))  # fmt: skip
        return
    if not name:
        problems.add(first.problem("name", say("law.name_blank", code=code),
                                   say("law.name_blank_wanted")))  # fmt: skip
        return
    limbs: list[dict[str, Any]] = []
    for row in rows:
        own = row["limb"] or "own"
        called = row["name_printed"] or row["name"] or own
        if row["kind"] and plain(row["kind"]) not in kind_words():
            words = ", ".join(say(f"law.kinds.{kind}") for kind in dict.fromkeys(
                kind_words().values()))  # fmt: skip
            problems.add(row.problem("kind", say("law.kind_unknown"),
                                     say("law.kind_unknown_wanted", kinds=words)))  # fmt: skip
            return
        found = propose(key, code, called, row["unit"], row["kind"], row["formula"],
                        values.get(row.row, ()), made.book, own)  # fmt: skip
        if found is None:
            problems.add(row.problem("unit", say("law.no_proposal", code=code),
                                     say("law.no_proposal_wanted")))  # fmt: skip
            return
        limbs.append(_limb(made, row, found, called, many=len(rows) > 1))
    both = {"vi": name, "en": first["name_en"] or name}
    if known is not None:
        made.variants[code] = {"name": both, "short": both, "limbs": limbs}
        return
    made.indicators[code] = {
        "code": code, "name": both, "short": both, "limbs": limbs, "evidence": _EVIDENCE,
        "in_force": [dict(span)], "source": span["source"],
        "note": {"vi": "Loại, đơn vị và công thức do chương trình đề xuất từ tên và đơn vị.",
                 "en": "Kind, unit and formula were proposed from its name and unit."},
    }  # fmt: skip


def _limb(made: Made, row: SheetRow, found: Proposal, called: str, *, many: bool) -> dict[str, Any]:
    limb = dict(found.limb)
    if many:
        limb["name"] = {"vi": called, "en": called}
    if found.variable:
        made.variables[found.variable[0]] = found.variable[1]
    code = row["code"] if limb["key"] == "own" else f"{row['code']} ({limb['key']})"
    if not row["formula"]:
        made.proposed.append((code, limb["kind"], limb["unit"], limb["formula"], found.like))
    return limb


def _typed(
    made: Made, key: str, about: Mapping[str, Any], span: Mapping[str, Any], problems: Collector,
    *, new: bool,
) -> None:  # fmt: skip
    """Add what was made to the rulebook, typed, so that values can be read against it."""
    book = made.book
    try:
        variables = {n: Variable.model_validate(one) for n, one in made.variables.items()}
        indicators = [Indicator.model_validate(one) for one in made.indicators.values()]
        if new:
            made.set_file = _set_file(made, key, about, span)
            loaded = LoadedSet(CriteriaSet.model_validate(made.set_file), ())
        else:
            loaded = book.sets[key]
        by_number = {c.number: c for c in loaded.criteria}
        for number, name in made.criteria.items():
            empty = Criterion.model_validate({"number": number, "name": name, "complete": False})
            by_number.setdefault(number, empty)
        for one in indicators:
            held = by_number[one.criterion]
            own = tuple(sorted((*held.indicators, one), key=lambda i: in_order(i.code)))
            by_number[one.criterion] = held.model_copy(update={"indicators": own})
        for number, held in by_number.items():
            worded = tuple(
                i.model_copy(update={"limbs": _typed_limbs(made.variants[i.code])})
                if i.code in made.variants
                else i
                for i in held.indicators
            )
            by_number[number] = held.model_copy(update={"indicators": worded})
    except ValidationError as error:
        for fault in error.errors():
            told = say("law.rulebook_refuses", problem=fault["msg"])
            problems.add(_nowhere(about, told))
        return
    criteria = tuple(by_number[number] for number in sorted(by_number))
    made.book = replace(
        book,
        variables={**book.variables, **variables},
        sets={**book.sets, key: LoadedSet(loaded.about, criteria, loaded.divisions)},
    )


def _typed_limbs(variant: Mapping[str, Any]) -> Any:
    probe = {
        "code": "1", "name": variant["name"], "short": variant["short"], "evidence": _EVIDENCE,
        "limbs": variant["limbs"], "source": "-",
        "in_force": [{"from": "2000-01-01", "place": "-", "decision": "-", "source": "-"}],
    }  # fmt: skip
    return Indicator.model_validate(probe).limbs


def _nowhere(about: Mapping[str, Any], told: str) -> Any:
    from ntm_analysis.problems import Problem

    return Problem(str(about.get("file", "")), told, say("law.unread_wanted"))


def _set_file(
    made: Made, key: str, about: Mapping[str, Any], span: Mapping[str, Any]
) -> dict[str, Any]:
    name, level = about["set_name"], about["level"]
    found: dict[str, Any] = {
        "key": key,
        "name": {"vi": name, "en": about.get("set_name_en") or name},
        "level": {"vi": level, "en": about.get("level_en") or level},
        "decisions": [span["decision"]],
        "criteria": len(made.criteria),
    }
    if about.get("indicators"):
        found["indicators"] = about["indicators"]
    if about.get("first") and about.get("last"):
        found["period"] = [about["first"], about["last"]]
    return found


def criterion_files(made: Made) -> dict[str, dict[str, Any]]:
    """Return the files of a new set's criteria by their names."""
    files = {}
    for number, name in made.criteria.items():
        held = [one for code, one in made.indicators.items() if in_order(code)[0] == number]
        held.sort(key=lambda one: in_order(one["code"]))
        content: dict[str, Any] = {"number": number, "name": name, "complete": bool(held)}
        if held:
            content["indicators"] = held
        files[f"{number:02d}-{slug(name['vi'])}.yaml"] = content
    return files
