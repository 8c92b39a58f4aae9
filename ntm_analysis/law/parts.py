"""The workbook's sheet of regions, zones and groups: who belongs to which column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ntm_analysis.language import Lang, say, translate
from ntm_analysis.law.sheets import Sheet, SheetRow, table_rows
from ntm_analysis.problems import Collector, Problem
from ntm_analysis.rulebook import NATIONAL, Rulebook
from ntm_analysis.rulebook.divisions import Division
from ntm_analysis.rulebook.places import match_place, near_places
from ntm_analysis.spelling import fold, slug

COLUMNS: Final = ("division", "part", "key", "provinces", "communes", "classes", "rest")
_YES: Final = frozenset({"co", "x", "yes", "dung", "true", "1"})


_TOLD: Final = frozenset({"xa tu ghi", "told by each commune"})
"""What says that each commune's own data tell whether it belongs to a part."""


@dataclass
class Parts:
    """The columns' regions, zones and groups.

    Attributes
    ----------
    keys : dict of label to key
        The part that each column of values is for.
    divisions : list of dict
        Those that the workbook defines, as a decision's file holds them.
    """

    keys: dict[str, str] = field(default_factory=dict)
    divisions: list[dict[str, Any]] = field(default_factory=list)


def known_parts(divisions: Sequence[Division], place: str) -> dict[str, str]:
    """Return the key of each part of a place and of the nation, by its folded names and key."""
    found: dict[str, str] = {}
    for division in divisions:
        if division.place in (place, NATIONAL):
            for part in division.parts:
                for name in (part.key, part.name.vi, part.name.en):
                    found[part_name(name)] = part.key
    return found


_SPELT: Final = (
    (r"^(?:(?:cac|doi voi|ap dung|cho|xa|thuoc)\s+)+(?=vung|nhom|khu vuc)", ""),
    (r"\btdmn\b", "trung du mien nui"), (r"\bmnpb\b", "mien nui phia bac"),
    (r"\btrung du,? (?:va )?mien nui\b", "trung du mien nui"),
    (r"\bmien nui pb\b", "mien nui phia bac"),
    (r"\bdbsh\b|\bdb song hong\b", "dong bang song hong"),
    (r"\bdbscl\b|\bdb song cuu long\b", "dong bang song cuu long"),
    (r"\bbtb\b", "bac trung bo"), (r"\bdhntb\b|\bdh nam trung bo\b", "duyen hai nam trung bo"),
    (r"\bdnb\b", "dong nam bo"), (r"\btn\b", "tay nguyen"), (r"^vung(?= [a-z]{3,})", ""),
)  # fmt: skip


def part_name(label: str) -> str:
    """Return how a part is known, whatever form its name is printed in.

    Examples
    --------
    >>> part_name("Xã nhóm 1"), part_name("Vùng TDMN phía Bắc")
    ('nhom 1', 'trung du mien nui phia bac')
    """
    name = fold(label)
    for pattern, words in _SPELT:
        name = re.sub(pattern, words, name).strip()
    return " ".join(name.split())


def read_parts(
    sheet: Sheet | None,
    labels: Sequence[str],
    place: str,
    divisions: Sequence[Division],
    book: Rulebook,
    problems: Collector,
) -> Parts:
    """Return what the columns of values are for, and the divisions that the sheet defines.

    A part that the set has already is not defined again.
    """
    known = known_parts(divisions, place)
    parts = Parts()
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in table_rows(sheet, "law.parts", COLUMNS) if sheet else ():
        name = row["part"] or row["key"]
        if not name:
            problems.add(row.problem("part", say("law.part_blank"), say("law.part_blank_wanted")))
            continue
        key, called = part_name(row["key"] or name), part_name(name)
        if key in known or called in known:
            parts.keys[name] = known.get(called) or known[key]
            if _differs(_members(row, book, problems), parts.keys[name], divisions):
                told = say("law.part_known", part=name)
                problems.add(row.problem("part", told, say("law.part_known_wanted")))
            continue
        key = slug(row["key"] or name)
        parts.keys[name] = key
        part: dict[str, Any] = {"key": key, "name": {"vi": name, "en": name}}
        members = _members(row, book, problems)
        if not members and fold(row["rest"]) not in _TOLD:
            told = say("law.part_empty", part=name)
            problems.add(row.problem("part", told, say("law.part_empty_wanted")))
        part |= members
        rows.setdefault(row["division"] or say("law.parts_default"), []).append(part)
    for name, held in rows.items():
        parts.divisions.append({"key": slug(name), "name": {"vi": name, "en": name}, "parts": held})
    for label in labels:
        if label and label not in parts.keys:
            called = part_name(label)
            by_name = next((k for n, k in parts.keys.items() if part_name(n) == called), None)
            found = by_name or known.get(called)
            if found:
                parts.keys[label] = found
    return parts


def _differs(members: Mapping[str, Any], key: str, divisions: Sequence[Division]) -> bool:
    """Whether a row says otherwise of a part than the set does."""
    part = next(one for division in divisions for one in division.parts if one.key == key)
    lists = ("provinces", "communes", "classes")
    return part.rest != bool(members.get("rest")) or any(
        set(getattr(part, one)) != set(members.get(one, ())) for one in lists
    )


def _members(row: SheetRow, book: Rulebook, problems: Collector) -> dict[str, Any]:
    found: dict[str, Any] = {}
    provinces = []
    for name in _listed(row["provinces"]):
        known = match_place(tuple(book.provinces), name)
        if known is None:
            told = say("places.unknown", place=name)
            alike = near_places(tuple(book.provinces), name)
            wanted = say("figures.alike", names=", ".join(alike)) if alike else say("law.listed")
            problems.add(row.problem("provinces", told, wanted))
        else:
            provinces.append(known)
    codes = _listed(row["communes"])
    for code in codes:
        if not re.fullmatch(r"\d{5}", code):
            told = say("law.commune_code", code=code)
            problems.add(row.problem("communes", told, say("law.commune_code_wanted")))
    classes = []
    names = {fold(text): key for key, label in book.classes.items()
             for text in (key, label.vi, label.en)}  # fmt: skip
    for name in _listed(row["classes"], ";\n"):
        if fold(name) in names:
            classes.append(names[fold(name)])
        else:
            told = say("divisions.no_class", name=name)
            wanted = say("divisions.no_class_wanted", names=", ".join(book.classes))
            problems.add(row.problem("classes", told, wanted))
    for key, held in (("provinces", provinces), ("communes", codes), ("classes", classes)):
        if held:
            found[key] = list(dict.fromkeys(held))
    if fold(row["rest"]) in _YES:
        found["rest"] = True
    return found


def _listed(text: str, marks: str = ";,\n") -> list[str]:
    return [one.strip() for one in re.split(f"[{marks}]", text) if one.strip()]


def part_rows(
    divisions: Sequence[Division], labels: Sequence[str], place: str, book: Rulebook, lang: Lang
) -> list[dict[str, str]]:
    """Return the sheet's rows: the divisions of the set, then columns that none defines."""
    rows = []
    named = {part_name(label) for label in labels}
    for division in divisions:
        asked = any(part_name(part.name[lang]) in named for part in division.parts)
        if division.place != place and not (division.place == NATIONAL and asked):
            continue
        for part in division.parts:
            classes = [book.classes[key][lang] if key in book.classes else key
                       for key in part.classes]  # fmt: skip
            rows.append(
                {
                    "division": division.name[lang],
                    "part": part.name[lang],
                    "key": part.key,
                    "provinces": "; ".join(part.provinces),
                    "communes": "; ".join(part.communes),
                    "classes": "; ".join(classes),
                    "rest": translate("law.yes", lang) if part.rest else "",
                }
            )
    known = known_parts(divisions, place)
    rows += [
        {"division": translate("law.parts_default", lang), "part": label}
        for label in labels
        if label and part_name(label) not in known
    ]
    return rows


def undefined(
    file: str, labels: Sequence[str], parts: Mapping[str, str], sheet: str
) -> Problem | None:
    """Return the problem of columns that no region, zone or group is defined for."""
    missing = [label for label in labels if label and label not in parts]
    plain = len(labels) > 1 and "" not in labels and missing
    if not missing and not plain:
        return None
    told = say("law.divisions", names=", ".join(label or "–" for label in labels))
    wanted = say("law.divisions_wanted", sheet=say("law.parts_sheet"), names=", ".join(missing))
    return Problem(file, told, wanted, sheet)
