"""Whether reports are of one commune, and of the set and place that were named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from ntm_analysis.documents import Document
from ntm_analysis.draft.identity import COMMUNE, PROVINCE, cased
from ntm_analysis.language import say
from ntm_analysis.problems import Problem
from ntm_analysis.rulebook import RulesInForce
from ntm_analysis.rulebook.places import find_place
from ntm_analysis.spelling import fold

_HEAD: Final = 25
_LEVELS: Final = (
    ("model", re.compile(r"(?:nong thon moi|ntm) kieu mau")),
    ("advanced", re.compile(r"(?:nong thon moi|ntm) nang cao")),
    ("base", re.compile(r"nong thon moi|\bntm\b")),
)
_AFTER_NAME: Final = frozenset(("dat", "de", "duoc", "nam", "huyen", "tinh", "la", "va", "ve"))
_CRITERION: Final = re.compile(r"tieu chi\s*(?:so\s*)?1(?!\d)")
_TITLE: Final = re.compile(
    r"bao cao|ket qua|tham tra|tham dinh|muc do dat|de nghi|bien ban|to trinh"
)


def misfits(
    documents: Sequence[Document], names: Sequence[str], rules: RulesInForce
) -> list[Problem]:
    """Return why reports are not what was named: other communes, another set, another place.

    Parameters
    ----------
    documents : sequence of Document
    names : sequence of str
        Their files.
    rules : RulesInForce
    """
    problems: list[Problem] = []
    first = ""
    for document, name in zip(documents, names, strict=True):
        lines = [block.text for block in document.blocks]
        title = _title(lines)
        communes = _communes(lines, title)
        own = _named(title)
        if len(own) == 1:
            if first and fold(own[0]) != fold(first):
                told = say("draft.several", communes=f"{first}, {own[0]}")
                problems.append(Problem(name, told, say("draft.several_wanted")))
            first = first or own[0]
        if len(communes) > 1:
            told = say("draft.several", communes=", ".join(communes))
            problems.append(Problem(name, told, say("draft.several_wanted")))
        level = next((key for key, words in _LEVELS if words.search(fold(title))), "")
        mine = rules.loaded.about.key
        if level and mine in ("base", "advanced", "model") and level != mine:
            sets = rules.rulebook.sets
            told = say(
                "draft.other_set", found=sets[level].about.name.vi if level in sets else level
            )
            problems.append(
                Problem(name, told, say("draft.other_set_wanted", set=level), value=mine)
            )
        place = _province(lines, rules)
        if place and place != rules.place:
            told = say("draft.other_place", found=place)
            problems.append(
                Problem(name, told, say("draft.other_place_wanted", place=place), value=rules.place)
            )
    return problems


def _title(lines: Sequence[str]) -> str:
    """Return the words of a report's title: the lines of its head that are no legal basis."""
    head = [line for line in lines[:_HEAD] if not fold(line).lstrip("- ").startswith("can cu")]
    start = next(
        (n for n, line in enumerate(head) if _TITLE.search(fold(line)) and len(line) < 300), None
    )
    return " ".join(head[start : start + 3]) if start is not None else ""


def _communes(lines: Sequence[str], title: str) -> list[str]:
    """Return the communes that a report is on, if there are several."""
    named = _named(title)
    starts = sum(bool(_CRITERION.match(fold(line).lstrip("0123456789.-ivx) "))) for line in lines)
    several = re.search(r"\bcac xa\b|\b0?[2-9]\d? xa\b", fold(title))
    if len(named) > 1 and (several or starts > 1):
        return named
    if several and starts > 1:
        return named or [several[0]]
    return []


def _named(title: str) -> list[str]:
    """Return the communes that a title names."""
    named = list(dict.fromkeys(_name(m["n"]) for m in COMMUNE.finditer(title)))
    return [one for one in named if one and fold(one.split()[0]) not in ("nong", "ntm", "dat")]


def _name(words: str) -> str:
    """Return a name without the words that only follow it: `Thanh Phong đạt`."""
    taken = []
    for word in cased(words).split():
        if word[0].islower() or fold(word) in _AFTER_NAME:
            break
        taken.append(word)
    return " ".join(taken)


def _province(lines: Sequence[str], rules: RulesInForce) -> str:
    counts: Counter[str] = Counter()
    for line in lines:
        for match in PROVINCE.finditer(line):
            if found := find_place(rules.rulebook, cased(match["n"])):
                counts[found] += 1
    if not counts:
        return ""
    best, count = counts.most_common(1)[0]
    return best if count > 1 or len(counts) == 1 else ""
