"""What commands do not import: starting is most of the time of the short ones."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "docx", "ipykernel", "jinja2", "lxml", "matplotlib", "nbclient", "numpy", "openpyxl", "pandas",
    "papermill", "pdfplumber", "pyarrow", "pypdf", "xlsxwriter",
}  # fmt: skip
SCRIPT = (
    "import sys, ntm_analysis.cli as cli\nsys.argv = ['ntm', *sys.argv[1:]]\n"
    "try: cli.main()\nexcept SystemExit as end: assert not end.code, end.code\n"
    "print('imported', *sorted({name.partition('.')[0] for name in sys.modules}))"
)


@pytest.mark.parametrize(
    ("command", "but"),
    [
        ("--help", set()),
        ("rules --help", set()),
        ("check liem-can-2024", set()),
        ("rules show 9", set()),
        ("results liem-can-2024", {"jinja2", "matplotlib", "numpy", "pandas", "pyarrow"}),
    ],
)
def test_nothing_heavy_is_imported(repository: Path, command: str, but: set[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *command.split()],
        cwd=repository,
        env={**os.environ, "NTM_LANG": "en"},
        capture_output=True,
        text=True,
        check=True,
    )
    (last,) = [line for line in done.stdout.splitlines() if line.startswith("imported ")]
    assert HEAVY & set(last.split()) <= but
