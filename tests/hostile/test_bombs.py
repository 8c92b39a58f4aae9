"""Files that would fill any memory are refused, clearly and at little cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ntm_analysis.limits import check_archive, limit
from ntm_analysis.problems import DataErrors
from tests.hostile import bombs
from tests.hostile.peak import PEAK

CPU = 5
"""Seconds of the processor's time, what is imported included."""
READ = (
    """
import json, sys, time
start = time.process_time()
from pathlib import Path
from ntm_analysis.problems import Collector, DataErrors
path, readers = Path(sys.argv[1]), []
if path.suffix in (".yaml",):
    from ntm_analysis.yamlfile import read_yaml
    readers = [read_yaml]
if path.suffix in (".csv", ".xlsx", ".xls", ".ods"):
    from ntm_analysis.forms.workbook import read_grids
    readers = [read_grids]
if path.suffix in (".xlsx", ".xls", ".ods", ".docx", ".pdf", ".txt"):
    from ntm_analysis.documents import read_document
    readers += [read_document]
told = []
for reader in readers:
    try:
        reader(path)
        told.append("read")
    except DataErrors as error:
        told.append(str(error))
"""
    + PEAK
    + """
print(json.dumps({"told": told, "cpu": time.process_time() - start, "peak": peak}))
"""
)


@pytest.mark.parametrize("name", bombs.BOMBS)
def test_a_bomb_is_refused(name: str, tmp_path: Path) -> None:
    path = bombs.write(tmp_path, name)
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "NTM_LANG": "en"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert found["told"] and all(name in one for one in found["told"])
    assert "read" not in found["told"]
    assert not any("Traceback" in one for one in found["told"])
    assert found["peak"] < 500  # MiB
    assert found["cpu"] < CPU


def test_limits_can_be_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    package = bombs.zeros("xl/worksheets/sheet1.xml", b"<t>", b"</t>", 60)
    with pytest.raises(DataErrors, match="NTM_LIMIT"):
        check_archive(package, "so-lieu.xlsx")
    monkeypatch.setenv("NTM_LIMIT", "2")
    check_archive(package, "so-lieu.xlsx")
    assert limit(10) == 20


@pytest.mark.parametrize("value", ["", "x", "-1", "0", "nan", "inf"])
def test_a_limit_that_is_none_changes_nothing(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("NTM_LIMIT", value)
    assert limit(10) == 10
