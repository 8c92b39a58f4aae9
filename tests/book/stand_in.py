"""A program that stands in for Quarto."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

DOCX = """\
def docx(path):
    import zipfile
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
        archive.writestr("docProps/core.xml", "<core/>")
"""
"""For scripts: `docx(path)` writes what passes for a Word document."""


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a script of Python on PATH, alone, as `quarto`.

    Parameters
    ----------
    folder : Path
    monkeypatch : MonkeyPatch
    script : str
        With a first line `#!{python}`, and `{docx}` where it writes one; other braces doubled.
    """
    if sys.platform == "win32":
        pytest.skip("the stand-in is a script with a shebang")
    program = folder / "bin" / "quarto"
    program.parent.mkdir()
    program.write_text(script.format(python=sys.executable, docx=DOCX), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
