"""What a run is made from, by content: hashes of inputs, rules and code."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

from ntm_analysis.communes import Case
from ntm_analysis.paths import Project

PACKAGES = (
    "ntm_analysis",
    "ipykernel",
    "jinja2",
    "matplotlib",
    "nbclient",
    "numpy",
    "pandas",
    "papermill",
    "pydantic",
)
_CODE = (".py", ".yaml", ".j2", ".ttf")


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes; `missing` where there is none."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return "missing"


def digest_of(parts: Iterable[tuple[str, str]]) -> str:
    """Return one SHA-256 over named parts."""
    text = json.dumps(sorted(parts), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=4)
def rules_digest(folder: Path) -> str:
    """Return the hash of the whole rulebook, as it is when first asked for."""
    files = sorted(folder.rglob("*.yaml"))
    return digest_of((path.relative_to(folder).as_posix(), sha256(path)) for path in files)


@lru_cache(maxsize=1)
def code_digest() -> str:
    """Return the hash of this package's code and templates."""
    folder = Path(__file__).resolve().parent
    files = sorted(p for p in folder.rglob("*") if p.suffix in _CODE)
    return digest_of((path.relative_to(folder).as_posix(), sha256(path)) for path in files)


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that make the report."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "source"
    return found


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that decides what a run gives.

    Attributes
    ----------
    files : dict of str to str
        SHA-256 of each of the commune's files, by its path in the project.
    rules : str
        Hash of the rulebook.
    notebook : str
        Hash of the notebook's source.
    code : str
        Hash of this package.
    versions : dict of str to str
    """

    files: dict[str, str]
    rules: str
    notebook: str
    code: str
    versions: dict[str, str]

    @property
    def digest(self) -> str:
        """One hash over all of it."""
        flat = {**self.files, "rules": self.rules, "notebook": self.notebook, "code": self.code}
        return digest_of([*flat.items(), *self.versions.items()])

    def as_dict(self) -> dict[str, Any]:
        """Return it as `provenance.json` holds it."""
        return {
            "digest": self.digest,
            "files": self.files,
            "rules": self.rules,
            "notebook": self.notebook,
            "code": self.code,
            "versions": self.versions,
        }


def software_digest() -> str:
    """Return one hash over this package's code and the versions it runs with."""
    return digest_of([("code", code_digest()), *versions().items()])


def inputs_of(project: Project, case: Case, notebook: Path) -> Inputs:
    """Return what a run of `case` is made from."""
    return inputs_of_files(project, case.files, notebook)


def inputs_of_files(project: Project, files: Iterable[Path], notebook: Path) -> Inputs:
    """Return what a run is made from whose own files are `files`."""
    return Inputs(
        files={project.relative(path): sha256(path) for path in files},
        rules=rules_digest(project.rulebook),
        notebook=sha256(notebook),
        code=code_digest(),
        versions=versions(),
    )
