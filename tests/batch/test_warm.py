"""The parent of all notebook processes holds no file that its forks would share."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ntm_analysis.batch.apart import WARM_PROJECT

CODE = """
import ntm_analysis.batch.warm, os, sys
assert "matplotlib" in sys.modules and "ntm_analysis.charts" in sys.modules
for name in os.listdir("/proc/self/fd"):
    try:
        print(os.readlink(f"/proc/self/fd/{name}"))
    except OSError:
        pass
"""


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc")
def test_no_font_file_is_open(repository: Path) -> None:
    """Forks share the position of an open file, and would read each other's glyphs."""
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        env={**os.environ, WARM_PROJECT: str(repository)},
        cwd=repository,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout
    assert [line for line in done.stdout.splitlines() if line.endswith((".ttf", ".otf"))] == []
