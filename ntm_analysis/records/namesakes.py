"""Communes that cannot be told apart by what they are called."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from ntm_analysis.language import say
from ntm_analysis.paths import Project
from ntm_analysis.spelling import bare_name, fold

_ENTRY: Final = re.compile(r"""^(name|district|province):[ ]*["']?(.*?)["']?[ ]*(?:#.*)?$""", re.M)
_YEAR: Final = re.compile(r"^[ ]+(\d{4}):", re.M)


def namesakes(project: Project, communes: Collection[str] | None = None) -> list[str]:
    """Return a line for every set of communes of one name, district, province and year.

    Only the first lines of `commune.yaml` are looked at, so that thousands cost little.

    Parameters
    ----------
    project : Project
    communes : collection of str, optional
        Only those with one of these; all by default.
    """
    found: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for path in sorted(project.communes.glob("*/commune.yaml")):
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, ValueError):
            continue  # `ntm check` tells of it
        entries = dict(_ENTRY.findall(text))
        key = tuple(
            fold(bare_name(entries.get(entry, ""), kind))
            for entry, kind in (("name", "commune"), ("district", "district"),
                                ("province", "province"))
        )  # fmt: skip
        for year in dict.fromkeys(_YEAR.findall(text.partition("\nappraisals:")[2])):
            found.setdefault((key, year), []).append(path.parent.name)
    return [
        say("records.namesakes", ids=", ".join(ids), year=year)
        for (_, year), ids in found.items()
        if len(ids) > 1 and (communes is None or set(communes) & set(ids))
    ]
