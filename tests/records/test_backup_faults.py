"""A backup that cannot be made leaves nothing half-copied."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from bench.project import make_project
from ntm_analysis.records.backup import back_up, folder_of


def test_a_full_disk_leaves_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project(tmp_path, 1)

    def full(_source: object, target: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))

    monkeypatch.setattr(shutil, "copy2", full)
    with pytest.raises(OSError, match="No space"):
        back_up(project, "xa-00000", "ntm remove xa-00000")
    assert not list(folder_of(project).iterdir())
