"""A file of nothing but unknown names is refused in short, at a cost that follows its size."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.peak import PEAK

pytest.importorskip("resource")  # not on Windows

READ = (
    """
import json, resource, sys
from pathlib import Path
from ntm_analysis.communes.profile import Commune
from ntm_analysis.problems import DataErrors
from ntm_analysis.yamlfile import load
def spent():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
start = spent()
try:
    load(Path(sys.argv[1]), Commune)
    told = "read"
except DataErrors as error:
    told = str(error)
"""
    + PEAK
    + """
print(json.dumps({"told": told, "cpu": spent() - start, "peak": peak}))
"""
)


def read(folder: Path, count: int) -> dict[str, object]:
    path = folder / "commune.yaml"
    path.write_text("".join(f"k{n}: 1\n" for n in range(count)), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NTM_LANG": "en"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_unknown_names_without_end(tmp_path: Path) -> None:
    few, many = read(tmp_path, 6_000), read(tmp_path, 60_000)
    assert "read" not in (few["told"], many["told"])
    assert len(str(many["told"]).splitlines()) < 1_000
    assert many["peak"] < 500
    assert many["cpu"] < 40 * few["cpu"]  # ten times the names: in proportion, not its square
