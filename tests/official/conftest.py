"""Liêm Cần in a project of its own, whose files and templates a test changes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from docx import Document
from docx.oxml.ns import qn

from ntm_analysis.official.write import Documents, write_documents
from ntm_analysis.paths import Project

ID = "liem-can-2024"


class Bureau:
    """A project, what its office knows, and the documents made from it."""

    def __init__(self, root: Path) -> None:
        self.project, self.out = Project(root), root / "out"

    @property
    def profile(self) -> Path:
        return self.project.communes / "liem-can" / "commune.yaml"

    def change(self, change: Callable[[dict[str, Any]], None]) -> None:
        """Change the commune's profile."""
        data = yaml.safe_load(self.profile.read_text(encoding="utf-8"))
        change(data)
        self.profile.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")

    def appraisal(self, **entries: Any) -> None:
        """Set entries of the appraisal."""
        self.change(lambda data: data["appraisals"][2024].update(entries))

    def template(
        self, name: str, change: Callable[[Any], None] | None, content: bytes = b""
    ) -> None:
        """Give the office a template of its own: ours, changed, or some bytes."""
        path = self.project.root / "own" / f"{name}.docx"
        path.parent.mkdir(exist_ok=True)
        if change is None:
            path.write_bytes(content)
        else:
            document = Document(str(self.project.root / "book" / "documents" / f"{name}.docx"))
            change(document)
            document.save(str(path))
        plan = self.project.root / "_quarto.yml"
        entry = f"\ndocuments:\n  {name}: own/{name}.docx\n"
        plan.write_text(plan.read_text(encoding="utf-8") + entry, encoding="utf-8")

    def write(self, **options: Any) -> Documents:
        """Write the documents, in Word only unless told otherwise."""
        return write_documents(self.project, ID, self.out, **{"formats": ("docx",)} | options)

    def words(self, stem: str) -> str:
        """Return the text of a document, tables included, in its order."""
        return words_of((self.out / f"{stem}.docx").read_bytes())


def words_of(docx: bytes) -> str:
    """Return the text of a Word document, a paragraph a line."""
    body = Document(BytesIO(docx)).element.body
    lines = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))
    return "\n".join(lines)


def _copy(repository: Path, root: Path) -> None:
    for part in ("data/rulebook", "data/communes/liem-can", "notebooks", "book/documents"):
        shutil.copytree(repository / part, root / part)
    (root / "params").mkdir()
    shutil.copy2(repository / "params" / f"{ID}.yaml", root / "params")
    shutil.copy2(repository / "_quarto.yml", root)


@pytest.fixture
def bureau(repository: Path, tmp_path: Path) -> Bureau:
    """A project that the test may change."""
    root = tmp_path / "project"
    root.mkdir()
    _copy(repository, root)
    return Bureau(root)


@pytest.fixture(scope="session")
def written(
    repository: Path, once_per_run: Callable[[str, Callable[[Path], None]], Path]
) -> Callable[[str], Path]:
    """`written("vi")`: the folder of all documents of Liêm Cần in a language."""

    def make(lang: str) -> Callable[[Path], None]:
        def all_(folder: Path) -> None:
            write_documents(Project(repository), ID, folder, lang=lang)  # type: ignore[arg-type]

        return all_

    return lambda lang: once_per_run(f"documents-{lang}", make(lang))
