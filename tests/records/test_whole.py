"""Removing, renaming and restoring that are ended in the middle: all or nothing, never half."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from ntm_analysis.files import together
from ntm_analysis.files.together import heal, unfinished
from ntm_analysis.paths import Project
from ntm_analysis.records.backup import list_backups
from tests.records.test_years import ID, copy, ntm, tree

__all__ = ["copy"]

CHANGES = [
    ("remove", "liem-can"),
    ("rename", "liem-can", "liem-ha"),
    ("rename", ID, "liem-can-2023"),
]


def _end_at(monkeypatch: pytest.MonkeyPatch, at: int, error: BaseException) -> None:
    """Let the file with that number be the last that moves."""
    real, done = together._put, 0

    def put(source: Path, target: Path) -> None:
        nonlocal done
        done += 1
        if done == at + 1:
            raise error
        real(source, target)

    monkeypatch.setattr(together, "_put", put)


@pytest.mark.parametrize("at", [0, 1, 3])
@pytest.mark.parametrize("command", CHANGES, ids=" ".join)
def test_a_file_held_open_leaves_all_as_it_was(
    copy: Project, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], at: int
) -> None:
    held = tree(copy)
    file = str(copy.communes / "liem-can" / "figures.csv")
    _end_at(monkeypatch, at, PermissionError(errno.EACCES, "open in Excel", file))
    done = ntm(*command, "--yes")
    assert done.exit_code == 1 and "figures.csv" in done.stderr
    assert tree(copy) == held


@pytest.mark.parametrize("at", [0, 1, 3])
@pytest.mark.parametrize("command", CHANGES, ids=" ".join)
def test_what_was_killed_is_finished_and_comes_back(
    copy: Project, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], at: int
) -> None:
    held = tree(copy)
    with monkeypatch.context() as killed:
        _end_at(killed, at, SystemExit(9))
        killed.setattr(together, "_take_back", lambda *_: None)
        assert ntm(*command, "--yes").exit_code == 9
    assert unfinished(copy.root)
    heal(copy.root)
    ended = tree(copy)
    assert not any(Path(name).name == f"{ID}.yaml" for name in ended)
    assert bool(ended) == (command[0] == "rename")
    for name in {"liem-ha", "liem-can"} if command[0] == "rename" else ():
        if (copy.communes / name).exists():
            assert (copy.communes / name / "figures.csv").stat().st_size > 0
    if command[-1] == "liem-ha":
        assert not (copy.communes / "liem-can").exists()
        assert ntm("remove", "liem-ha", "--yes").exit_code == 0
    backup = next(one.name for one in list_backups(copy) if one.commune == "liem-can")
    assert ntm("restore", backup, "--yes").exit_code == 0
    assert tree(copy) == held
