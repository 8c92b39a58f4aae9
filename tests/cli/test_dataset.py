"""`ntm export`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def ntm(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ntm_analysis", *words],
        cwd=ROOT,
        env=os.environ | {"NTM_LANG": "en"} | environment,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def test_it_writes_once_and_then_asks_for_force(tmp_path: Path) -> None:
    out = tmp_path / "dataset"
    first = ntm("export", "--out", str(out), "liem-can-2024")
    assert first.returncode == 0, first.stderr
    assert "74 results" in " ".join(first.stdout.split())
    again = ntm("export", "--out", str(out), "liem-can-2024")
    assert again.returncode == 1
    assert "--force" in again.stderr
    assert ntm("export", "--out", str(out), "--force").returncode == 0


def test_bad_ids_and_bad_usage(tmp_path: Path) -> None:
    bad = ntm("export", "--out", str(tmp_path / "out"), "nowhere-2024")
    assert bad.returncode == 1
    assert "nowhere-2024" in bad.stderr
    assert not (tmp_path / "out").exists()
    assert ntm("export").returncode == 2
