"""Who appraises a dossier and who recognises a commune, by the law of the day: data."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from ntm_analysis.paths import Project
from ntm_analysis.yamlfile import parse, read_yaml

FILE: Final = "authorities.yaml"
Level = Literal["district", "province", "unknown"]


class Span(BaseModel):
    """Which level has a task, from one day to another, and where that is known from."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_min_length=1)

    from_: dt.date = Field(alias="from")
    until: dt.date | None = None
    level: Level
    decision: str | None = None
    verified: bool = False
    source: str


class Authorities(BaseModel):
    """The tasks with their history: `data/rulebook/authorities.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    appraises: tuple[Span, ...] = ()
    recognises: tuple[Span, ...] = ()

    def level(self, task: Literal["appraises", "recognises"], on: dt.date) -> Level:
        """Return which level has a task on a day; `unknown` where no source says it."""
        spans: tuple[Span, ...] = getattr(self, task)
        for span in spans:
            if span.from_ <= on and (span.until is None or on <= span.until):
                return span.level
        return "unknown"


def read_authorities(project: Project) -> Authorities:
    """Read who has which task; nobody is known where there is no such file.

    Raises
    ------
    DataErrors
        If the file is not as it should be.
    """
    path: Path = project.rulebook / FILE
    if not path.is_file():
        return Authorities()
    return parse(read_yaml(path, project.relative(path)), Authorities)
