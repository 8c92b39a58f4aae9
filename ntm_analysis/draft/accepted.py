"""A draft that `ntm import` takes as it is: what it would refuse is listed instead."""

from __future__ import annotations

import copy
import tempfile
from pathlib import Path
from typing import Any, Final

from ntm_analysis.communes import load_case
from ntm_analysis.forms.source import Filling, Unread
from ntm_analysis.language import say
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.records.files import Record
from ntm_analysis.rulebook import RulesInForce

_TABLES: Final = {"figures.csv": "figures", "evidence.csv": "evidence"}
_ROUNDS: Final = 6


def accepted(content: Filling, rules: RulesInForce, commune: str) -> Filling:
    """Return a form's content without the drafted rows that an import would refuse.

    Each of them goes to the list of what was not understood, with the reason. What people entered
    is never taken away.

    Parameters
    ----------
    content : Filling
    rules : RulesInForce
    commune : str
    """
    made = copy.copy(content)
    for _ in range(_ROUNDS):
        refused: dict[str, dict[int, Problem]] = {}
        for problem in _problems(made, rules, commune):
            table = _TABLES.get(Path(problem.file).name)
            if table and problem.row is not None:
                refused.setdefault(table, {})[problem.row - 2] = problem
        dropped = [_without(made, table, rows) for table, rows in refused.items()]
        if not any(dropped):
            break
    return made


def _problems(content: Filling, rules: RulesInForce, commune: str) -> list[Problem]:
    year = rules.on.year
    profile = copy.deepcopy(content.profile)
    profile.setdefault("name", commune)
    own = profile["appraisals"][year]
    own.setdefault("appraiser", {"vi": "?", "en": "?"})
    _both_languages(profile)
    params: dict[str, Any] = {
        **content.params, "commune": commune, "year": year, "set": rules.loaded.about.key,
        "on": rules.on,
    }  # fmt: skip
    record = Record(commune, profile, content.figures, content.evidence, params={year: params})
    with tempfile.TemporaryDirectory(prefix="ntm-draft-") as folder:
        project = Project(Path(folder))
        for name, text in record.texts().items():
            path = project.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        try:
            load_case(project, f"{commune}-{year}", rules.rulebook)
        except DataErrors as error:
            return list(error.problems)
    return []


def _both_languages(node: Any) -> None:
    """Say in both languages what is said in one, as an import does."""
    if isinstance(node, dict):
        if "vi" in node:
            node.setdefault("en", node["vi"])
        for value in node.values():
            _both_languages(value)
    elif isinstance(node, list):
        for value in node:
            _both_languages(value)


def _without(content: Filling, table: str, refused: dict[int, Problem]) -> bool:
    """Take drafted rows away; return whether any went."""
    rows: list[dict[str, str]] = getattr(content, table)
    kept: list[dict[str, str]] = []
    marks = {key: mark for key, mark in content.marks.items() if key[0] != table}
    gone = False
    for number, row in enumerate(rows):
        mark = content.marks.get((table, number))
        if number in refused and row.get("drafted"):
            gone = True
            reason = f"{say('draft.reason_refused')}: {refused[number].problem}"
            source, _, place = row.get("source", "").partition(":")
            stated = row.get("value") or row.get("number", "")
            quote = mark.quote if mark else row.get("variable", "")
            content.unread.insert(0, Unread(source, "", f"¶ {place}", stated, reason, quote))
            continue
        if mark:
            marks[table, len(kept)] = mark
        kept.append(row)
    if gone:
        setattr(content, table, kept)
        content.marks = marks
        if table == "figures":
            _one_primary(content)
    return gone


def _one_primary(content: Filling) -> None:
    """Mark one reading again where those that stay are several and none is marked."""
    groups: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in content.figures:
        groups.setdefault((row["variable"], row.get("indicator", "")), []).append(row)
    for rows in groups.values():
        if len(rows) > 1 and not any(row.get("primary") == "yes" for row in rows):
            rows[-1]["primary"] = "yes"
