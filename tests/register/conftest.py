"""Liêm Cần in a project of its own, whose register and requests a test writes."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from ntm_analysis.paths import Project


class Dossier:
    """A copy of Liêm Cần's files that can be changed."""

    def __init__(self, root: Path) -> None:
        self.project = Project(root)
        self.folder = root / "data" / "communes" / "liem-can"
        self.files = self.folder / "evidence"

    def put(self, name: str, content: bytes = b"%PDF-1.7 one") -> Path:
        """Put a file in the folder of evidence."""
        path = self.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def name(self, **cells: dict[str, str]) -> dict[str, int]:
        """Change cells of the first row of indicators (`i5_1={"file": …}`); return the rows."""
        path = self.folder / "evidence.csv"
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            rows = list(reader)
            columns = list(reader.fieldnames or ())
        found = {}
        for key, values in cells.items():
            code = key[1:].replace("_", ".")
            at = next(n for n, row in enumerate(rows) if row["indicator"] == code)
            rows[at] |= values
            found[key] = at + 2
            columns += [one for one in values if one not in columns]
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
        return found


@pytest.fixture
def dossier(repository: Path, tmp_path: Path) -> Dossier:
    """Return Liêm Cần's dossier, alone in a project."""
    for name in ("data/rulebook", "data/communes/liem-can"):
        shutil.copytree(repository / name, tmp_path / name)
    for name in ("_quarto.yml", "params/liem-can-2024.yaml", "notebooks/commune.ipynb"):
        target = tmp_path / name
        target.parent.mkdir(exist_ok=True)
        shutil.copy2(repository / name, target)
    return Dossier(tmp_path)
