"""Several files as one change: killed at every step, the next command makes it whole."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ntm_analysis.files import together
from ntm_analysis.files.together import STATE, heal, unfinished, write_together

posix = pytest.mark.skipif(os.name != "posix", reason="signals")
OLD = {"data/a.csv": b"old a", "b.yaml": b"old b"}
NEW = {"data/a.csv": b"new a", "b.yaml": b"new b", "c/new.csv": b"new c"}
# A commune that gets another name: its files go, and others come.
MOVED: dict[str, bytes | None] = {"data/a.csv": None, "c/a.csv": b"old a", "b.yaml": None}
AFTER = {"c/a.csv": b"old a"}

# Ends the process before the step with that number; a step is a write, a rename or a removal.
KILLED = """\
import os, pathlib, signal, sys
from ntm_analysis.files import together
root, at = pathlib.Path(sys.argv[1]), int(sys.argv[2])
steps = 0
def counted(real):
    def step(*arguments, **options):
        global steps
        if steps == at:
            os.kill(os.getpid(), signal.SIGKILL)
        steps += 1
        return real(*arguments, **options)
    return step
together._write = counted(together._write)
pathlib.Path.replace = counted(pathlib.Path.replace)
pathlib.Path.unlink = counted(pathlib.Path.unlink)
together.write_together(root, eval(sys.argv[3]))
"""


def _lay(root: Path) -> None:
    for name, content in OLD.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)


def _there(root: Path) -> dict[str, bytes]:
    files = [p for p in root.rglob("*") if p.is_file() and STATE not in p.parts]
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in files}


@posix
@pytest.mark.parametrize(("change", "after"), [(NEW, NEW), (MOVED, AFTER)], ids=["write", "move"])
def test_killed_before_each_step_it_is_all_or_nothing(
    tmp_path: Path, change: dict[str, bytes | None], after: dict[str, bytes]
) -> None:
    seen = set()
    for at in range(40):
        root = tmp_path / f"Dự án {at}"
        _lay(root)
        command = [sys.executable, "-c", KILLED, str(root), str(at), repr(change)]
        code = subprocess.run(command, check=False).returncode
        if code == 0:
            break
        assert code == -signal.SIGKILL
        heal(root)
        assert _there(root) in (OLD, after), at
        assert not unfinished(root)
        seen.add(_there(root) == after)
    assert code == 0 and at > 5
    assert seen == {False, True}


@pytest.mark.parametrize("at", range(10))
def test_a_full_disk_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    _lay(tmp_path)
    real, done = together._write, 0

    def full(path: Path, content: bytes) -> None:
        nonlocal done
        if done == at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        done += 1
        real(path, content)

    monkeypatch.setattr(together, "_write", full)
    if done < at and at >= 6:  # three new, two old, one plan
        write_together(tmp_path, NEW)
        assert _there(tmp_path) == NEW
        return
    with pytest.raises(OSError, match="No space"):
        write_together(tmp_path, NEW)
    assert _there(tmp_path) == OLD
    assert not unfinished(tmp_path)


def _block(monkeypatch: pytest.MonkeyPatch, is_open: Callable[[Path, Path], bool]) -> None:
    """Let a file be open elsewhere: putting it in its place fails."""
    real = together._put

    def put(source: Path, target: Path) -> None:
        if is_open(source, target):
            raise PermissionError(errno.EACCES, "open in Excel", str(target))
        real(source, target)

    monkeypatch.setattr(together, "_put", put)


def _cut_off(
    folder: Path, monkeypatch: pytest.MonkeyPatch, change: Mapping[str, bytes | None]
) -> None:
    """Leave a change as one leaves it who is killed before the first file is in its place."""
    monkeypatch.setattr(together, "_put", lambda *_: (_ for _ in ()).throw(SystemExit))
    monkeypatch.setattr(together, "_take_back", lambda *_: None)
    with pytest.raises(SystemExit):
        write_together(folder, change)
    monkeypatch.undo()


@pytest.mark.parametrize("blocked", list(NEW))
def test_a_file_that_is_open_elsewhere_takes_all_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blocked: str
) -> None:
    _lay(tmp_path)
    _block(monkeypatch, lambda _source, target: target == tmp_path / blocked)
    with pytest.raises(PermissionError):
        write_together(tmp_path, NEW)
    assert _there(tmp_path) == OLD
    assert not unfinished(tmp_path)


def test_what_was_written_by_hand_meanwhile_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _lay(tmp_path)
    _cut_off(tmp_path, monkeypatch, NEW)
    (tmp_path / "b.yaml").write_bytes(b"by hand")
    done = heal(tmp_path)
    assert done.kept == ("b.yaml.kept-1",)
    assert _there(tmp_path) == {**NEW, "b.yaml.kept-1": b"by hand"}


@pytest.mark.parametrize("blocked", ["data/a.csv", "c/a.csv", "b.yaml"])
def test_a_removal_that_fails_brings_back_what_had_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blocked: str
) -> None:
    _lay(tmp_path)
    _block(monkeypatch, lambda *pair: tmp_path / blocked in pair)
    with pytest.raises(PermissionError):
        write_together(tmp_path, MOVED)
    assert _there(tmp_path) == OLD
    assert not unfinished(tmp_path)


def test_a_file_written_by_hand_is_not_removed_by_an_old_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _lay(tmp_path)
    _cut_off(tmp_path, monkeypatch, MOVED)
    (tmp_path / "b.yaml").write_bytes(b"by hand")
    assert heal(tmp_path).kept == ("b.yaml",)
    assert _there(tmp_path) == {**AFTER, "b.yaml": b"by hand"}
