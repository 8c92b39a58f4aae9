"""What a report says it was made from, and what has become of that."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, Literal

from pydantic import ValidationError

from ntm_analysis.batch.plan import IF_THERE, NOTEBOOK
from ntm_analysis.communes.schema import Schema
from ntm_analysis.language import say
from ntm_analysis.paths import Project
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.provenance import Inputs, code_digest, rules_digest, sha256, versions
from ntm_analysis.yamlfile import read_text

RECORD: Final = "provenance.json"
RULES: Final = "data/rulebook"
CODE: Final = "ntm_analysis"
State = Literal["same", "changed", "missing", "added"]


class Record(Schema):
    """What `provenance.json` says: SHA-256 hashes of files, rules, notebook and code, and versions.

    Attributes
    ----------
    digest : str
        One over all of it.
    files : dict of str to str
        By their paths in the project.
    rules, notebook, code : str
    versions : dict of str to str
        Of Python and packages.
    """

    digest: str
    files: dict[str, str]
    rules: str
    notebook: str
    code: str
    versions: dict[str, str]

    @property
    def name(self) -> str:
        """The report's ID, told from its parameters; empty where it names none."""
        params = [PurePosixPath(file) for file in self.files if file.startswith("params/")]
        return params[0].stem if len(params) == 1 and len(params[0].parts) == 2 else ""

    @property
    def agrees(self) -> bool:
        """Whether its digest is that of what it says."""
        entries = self.model_dump(exclude={"digest"})
        return Inputs(**entries).digest == self.digest


@dataclass(frozen=True, slots=True)
class Input:
    """Something that a report was made from.

    Attributes
    ----------
    name : str
        Its path in the project; a package's name.
    state : {"same", "changed", "missing", "added"}
        What has become of it; `added` is a file that was not there then.
    then, now : str
        Hashes or versions; empty where there is none.
    """

    name: str
    state: State
    then: str
    now: str


def find_report(project: Project, given: str) -> Path:
    """Return the folder of a report that a person names: an ID, a folder, or a file in one.

    Raises
    ------
    DataErrors
        If there is no such report.
    """
    path = Path(given)
    for folder in (project.reports / given, path, path.parent):
        if (folder / RECORD).is_file():
            return folder
    key = "book" if path.suffix.lower() in (".html", ".pdf", ".docx") else "none"
    told = say(f"verify.{key}", report=given)
    raise DataErrors([Problem(given, told, say(f"verify.{key}_wanted", id=given))])


def read_record(folder: Path, file: str) -> Record:
    """Read the record of a report.

    Parameters
    ----------
    folder : Path
        Of the report.
    file : str
        The record's name for the user.

    Raises
    ------
    DataErrors
        If it is no record of ours.
    """
    text = read_text(folder / RECORD, file)
    try:
        return Record.model_validate(json.loads(text))
    except (ValueError, ValidationError, RecursionError):
        wanted = say("verify.record_wanted")
        raise DataErrors([Problem(file, say("verify.record"), wanted)]) from None


def inputs_now(project: Project, record: Record) -> list[Input]:
    """Return what has become of a report's inputs, in the record's order."""
    return list(_inputs(project, record))


def _inputs(project: Project, record: Record) -> Iterator[Input]:
    root = project.root.resolve()
    for name, then in record.files.items():
        path = project.root / name
        # A record that somebody else wrote may name any path; only the project's own are read.
        inside = path.resolve().is_relative_to(root)
        now = sha256(path) if inside and not path.is_dir() else "missing"
        yield _compared(name, then, "" if now == "missing" else now)
    folder = project.communes / record.name.rpartition("-")[0]
    for file in IF_THERE if record.name else ():
        path = folder / file
        name = project.relative(path)
        if name not in record.files and path.is_file():
            yield Input(name, "added", "", sha256(path))
    rules_digest.cache_clear()
    rules = rules_digest(project.rulebook) if project.rulebook.is_dir() else ""
    yield _compared(RULES, record.rules, rules)
    notebook = project.notebooks / NOTEBOOK
    found = sha256(notebook)
    name = project.relative(notebook)
    yield _compared(name, record.notebook, "" if found == "missing" else found)
    yield _compared(CODE, record.code, code_digest())
    here = versions()
    for package in dict.fromkeys((*record.versions, *here)):
        then, now = record.versions.get(package, ""), here.get(package, "")
        yield Input(package, "added" if not then else _state(then, now), then, now)


def _compared(name: str, then: str, now: str) -> Input:
    return Input(name, _state(then, now), then, now)


def _state(then: str, now: str) -> State:
    if not now:
        return "missing"
    return "same" if then == now else "changed"
