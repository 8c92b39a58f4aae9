"""What was published: kept in the published folder, so that the next publication can compare."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from ntm_analysis.publish.edition import Report

NAME = "publication.json"
KIND = "ntm-publication"
NEWS = 200
"""Entries that a feed holds."""


class News(BaseModel):
    """A change that readers are told of.

    Attributes
    ----------
    on : str
        When it was published (ISO 8601, UTC).
    report, title : str
        Its id and title.
    what : {"new", "changed", "gone", "more"}
        `more`: changes that the feed has no room for.
    indicator : str
    before, after : str
        Conclusions, or verdicts where these changed; empty where there was none.
    count : int
        How many indicators there are, or changes without room.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    on: str
    report: str = ""
    title: str = ""
    what: str
    indicator: str = ""
    before: tuple[str, str] = ("", "")
    after: tuple[str, str] = ("", "")
    count: int = 0


class Publication(BaseModel):
    """The record of one publication.

    Attributes
    ----------
    kind : str
    base_url, published_on : str
    reports : dict
        Title and verdicts of each report, by id.
    pages : dict of str to tuple of str
        Hash of each page's source and the day it last changed.
    news : list of News
        Newest first.
    files : list of str
        All that was written; what else lies in the folder is a user's own.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    kind: str = ""
    base_url: str = ""
    published_on: str = ""
    reports: dict[str, dict[str, Any]] = {}
    pages: dict[str, tuple[str, str]] = {}
    news: list[News] = []
    files: list[str] = []

    def text(self) -> str:
        """Return the record as its file holds it."""
        data = self.model_dump(mode="json")
        return json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def read_publication(folder: Path) -> Publication | None:
    """Return the record in a folder; None if it is not one of ours."""
    try:
        read = Publication.model_validate_json((folder / NAME).read_bytes())
    except (OSError, ValidationError):
        return None
    return read if read.kind == KIND else None


def kept(reports: Sequence[Report]) -> dict[str, dict[str, Any]]:
    """Return what the record keeps of reports; made-up communes are no news."""
    return {
        one.card.id: {"title": one.card.title, "verdicts": dict(one.verdicts)}
        for one in reports
        if not one.card.synthetic
    }


def news_of(before: Publication | None, now: Mapping[str, Any], on: str) -> list[News]:
    """Return what changed since the last publication, as far as a feed has room.

    Parameters
    ----------
    before : Publication or None
    now : mapping
        As `kept` returns it.
    on : str
        When this publication is made.
    """
    old = before.reports if before else {}
    fresh: list[News] = []
    for name in sorted(now.keys() | old.keys()):
        if name not in old:
            title, count = now[name]["title"], len(now[name]["verdicts"])
            fresh.append(News(on=on, report=name, title=title, what="new", count=count))
        elif name not in now:
            fresh.append(News(on=on, report=name, title=old[name]["title"], what="gone"))
        else:
            fresh += _changes(name, old[name], now[name], on)
    if len(fresh) > NEWS:
        fresh = [*fresh[: NEWS - 1], News(on=on, what="more", count=len(fresh) - NEWS + 1)]
    return fresh


def _changes(name: str, old: Mapping[str, Any], now: Mapping[str, Any], on: str) -> list[News]:
    were = {code: tuple(said) for code, said in old["verdicts"].items()}
    are = {code: tuple(said) for code, said in now["verdicts"].items()}
    nothing = ("", "")
    return [
        News(on=on, report=name, title=now["title"], what="changed", indicator=code,
             before=were.get(code, nothing), after=are.get(code, nothing))
        for code in sorted(were.keys() | are.keys(), key=_in_order)
        if were.get(code) != are.get(code)
    ]  # fmt: skip


def _in_order(code: str) -> list[tuple[int, str]]:
    return [(int(part) if part.isdigit() else 0, part) for part in code.split(".")]
