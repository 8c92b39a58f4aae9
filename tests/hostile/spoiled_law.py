"""The rulebook's words, the book's title and names of files, hostile too."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml

from ntm_analysis.communes import evidence, exhibits
from tests.hostile.spoiled import ID, Fields
from tests.hostile.values import VALUES, printed

Give = Callable[[str], str]
"""Takes a field and returns what it says from now on."""
BY_KEY = ("decisions.decisions", "classes.classes", "variables.units", "variables.variables")
"""Where a file has entries by a name of their own."""


def _giver(values: Sequence[str], given: Fields) -> Give:
    count = 0

    def give(field: str) -> str:
        nonlocal count
        text = f"{values[count % len(values)].strip()} z{count:04}z"
        count += 1
        given.setdefault(field, []).append(text)
        return text

    return give


def spoil_law(rulebook: Path, values: Sequence[str] = VALUES) -> Fields:
    """Say something hostile wherever the rulebook's files take a text; return it by field.

    Numbers, days, formulas, requirements and what names something else stay as they are.
    """
    given: Fields = {}
    give = _giver(values, given)
    for path in sorted(rulebook.rglob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        kind = f"{path.parent.name}.criterion" if path.name[0].isdigit() else path.stem
        path.write_text(
            yaml.safe_dump(_spoiled(data, kind, give), allow_unicode=True, sort_keys=False),
            encoding="utf-8",
        )
    return given


def _spoiled(node: Any, at: str, give: Give) -> Any:
    if isinstance(node, list):
        return [_spoiled(one, at, give) for one in node]
    if not isinstance(node, dict):
        return node
    if set(node) == {"vi", "en"}:
        return {lang: give(f"{at}.{lang}") for lang in node}
    made = {}
    for key, value in node.items():
        field = f"{at}.*" if at in BY_KEY else f"{at}.{key}"
        if field.endswith((".source", "decisions.*.number")):
            made[key] = give(field)
        else:
            made[key] = _spoiled(value, field, give)
    return made


SHOWN = (
    "advanced.criterion.name.vi", "advanced.criterion.department.name.vi",
    "advanced.criterion.indicators.name.vi", "advanced.criterion.indicators.limbs.name.vi",
    "decisions.decisions.*.number",
    "decisions.decisions.*.title.vi", "decisions.decisions.*.issuer.vi",
    "decisions.decisions.*.source", "evidence.csv:file",
)  # fmt: skip
"""The fields of which a book of one commune shows every text."""


def spoil_title(plan: Path, values: Sequence[str] = VALUES) -> Fields:
    """Give the book a hostile title, subtitle, author and description."""
    given: Fields = {}
    data = yaml.safe_load(plan.read_text(encoding="utf-8"))
    for place, key in enumerate(("title", "subtitle", "author", "description")):
        chosen = values[place::4]
        data["book"][key] = " · ".join(one.strip() for one in chosen)
        given[f"book.{key}"] = [data["book"][key]]
    plan.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return given


def names_of_files(values: Sequence[str] = VALUES) -> list[str]:
    """Return the values that can name a file here and elsewhere."""
    named = []
    for value in values:
        name = printed(value)
        if not set(name) & set("/\\") and exhibits._wrong_name(f"{name}.pdf", ID) is None:
            named.append(f"{name}.pdf")
    return list(dict.fromkeys(named))


def spoil_files(commune: Path, values: Sequence[str] = VALUES) -> Fields:
    """Name files of evidence by hostile values, and put them into the commune's folder."""
    names = names_of_files(values)
    path = commune / "evidence.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    folder = commune / exhibits.FOLDER
    folder.mkdir(exist_ok=True)
    for number, (row, name) in enumerate(zip(rows, names, strict=False)):
        row["file"] = name
        (folder / name).write_bytes(b"%%PDF-1.4 %d" % number)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, (*evidence.COLUMNS, *evidence.OPTIONAL), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return {"evidence.csv:file": names[: len(rows)]}
