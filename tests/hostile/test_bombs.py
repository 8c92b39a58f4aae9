"""Files that would fill any memory are refused, clearly and at little cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm_analysis.limits import check_archive, limit
from ntm_analysis.problems import DataErrors
from tests.hostile import bombs
from tests.hostile.peak import PEAK

CPU = 5
"""Seconds of the processor's time."""
READ = (
    """
import json, os, sys, time
from pathlib import Path
from ntm_analysis.documents import read_document
from ntm_analysis.forms.workbook import read_grids
from ntm_analysis.problems import DataErrors
from ntm_analysis.yamlfile import read_yaml
import openpyxl, pypdf, python_calamine, xlrd  # what a first reader would import
def read(path):
    start, readers, told = time.process_time(), [], []
    if path.suffix == ".yaml":
        readers = [read_yaml]
    if path.suffix in (".csv", ".xlsx", ".xls", ".ods"):
        readers = [read_grids]
    if path.suffix in (".xlsx", ".xls", ".ods", ".docx", ".pdf", ".txt"):
        readers += [read_document]
    for reader in readers:
        try:
            reader(path)
            told.append("read")
        except DataErrors as error:
            told.append(str(error))
"""
    + "".join(f"    {line}\n" for line in PEAK.splitlines())
    + """
    return {"told": told, "cpu": time.process_time() - start, "peak": peak}
for line in sys.stdin:
    path = Path(line.rstrip("\\n"))
    child = os.fork() if hasattr(os, "fork") else 0
    if child:
        _, status = os.waitpid(child, 0)
        if status:
            print(json.dumps({"died": status}), flush=True)
        continue
    print(json.dumps(read(path)), flush=True)
    if hasattr(os, "fork"):
        os._exit(0)
"""
)


@pytest.fixture(scope="module")
def reader() -> Iterator[subprocess.Popen[str]]:
    """A process that has all readers ready, and reads each file in a child of its own."""
    environment = {**os.environ, "NTM_LANG": "en", "PYTHONUTF8": "1"}
    with subprocess.Popen(
        [sys.executable, "-c", READ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
    ) as started:
        yield started
        assert started.stdin is not None
        started.stdin.close()


@pytest.mark.parametrize("name", bombs.BOMBS)
def test_a_bomb_is_refused(name: str, tmp_path: Path, reader: subprocess.Popen[str]) -> None:
    path = bombs.write(tmp_path, name)
    assert reader.stdin is not None and reader.stdout is not None
    print(path, file=reader.stdin, flush=True)
    found = json.loads(reader.stdout.readline())
    assert "died" not in found
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
