"""Faults of disks and rights, told in words that say what to do."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from ntm_analysis.files.faults import explain


def test_no_folder_for_temporary_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: [str(tmp_path / "none")])
    with pytest.raises(FileNotFoundError) as error:
        tempfile.mkdtemp()
    assert "TMPDIR" in str(explain(error.value))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EMFILE])
def test_a_file_is_named_however_deep_the_fault_lies(number: int) -> None:
    try:
        try:
            raise OSError(number, "…", "data/a.csv")
        except OSError as error:
            raise ValueError("a library's own") from error
    except ValueError as outer:
        assert "data/a.csv" in str(explain(outer))


def test_a_file_that_is_not_there_is_no_fault_of_the_disk() -> None:
    assert explain(FileNotFoundError(errno.ENOENT, "No such file", "x")) is None


def test_a_copy_of_a_folder_that_fails(tmp_path: Path) -> None:
    def full(_source: str, target: str) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), target)

    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.csv").touch()
    with pytest.raises(shutil.Error) as error:
        shutil.copytree(tmp_path / "a", tmp_path / "b", copy_function=full)
    assert str(tmp_path / "b" / "x.csv") in str(explain(error.value))
