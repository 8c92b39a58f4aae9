"""Several files changed as one: all or none, even where the writer is killed in the middle.

New contents are laid ready in a folder of their own, and a plan is written last. From then on the
change counts as made: whoever comes next finishes it. A folder without a plan is thrown away.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

STATE: Final = ".ntm"
"""The folder below a project for what is under way; nothing in it is anyone's data."""
_CHANGE: Final = "change-"
_PLAN: Final = "plan.json"
_BACK: Final = "back.json"
"""The plan of a change that could not be made and is being taken back."""


@dataclass(frozen=True, slots=True)
class Healed:
    """What was made whole after a writer that was killed.

    Attributes
    ----------
    finished : tuple of str
        Files of changes that were begun and are now finished, by their paths.
    dropped : int
        Changes that had not begun: nothing of them had been written.
    kept : tuple of str
        Where the contents are that somebody wrote since and that a change would have replaced.
    """

    finished: tuple[str, ...] = ()
    dropped: int = 0
    kept: tuple[str, ...] = ()


def write_together(root: Path, files: Mapping[str, bytes | None]) -> None:
    """Write and remove several files below a folder: all, or none.

    Parameters
    ----------
    root : Path
    files : mapping of str to bytes or None
        By their paths in the folder; None removes the file.

    Raises
    ------
    OSError
        If any cannot be written; those written before are then as they were.
    """
    state = root / STATE
    state.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=_CHANGE, dir=state))
    try:
        plan = []
        for number, (name, content) in enumerate(files.items()):
            old = _content(root / name)
            if content is not None:
                _write(stage / f"{number}.new", content)
                if old is not None:
                    _write(stage / f"{number}.old", old)
            plan.append({"file": name, "old": _digest(old), "new": _digest(content)})
        _write(stage / "plan.part", json.dumps(plan, ensure_ascii=False).encode())
        (stage / "plan.part").replace(stage / _PLAN)
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise
    try:
        for number, (name, content) in enumerate(files.items()):
            if content is None:
                _take_away(root / name, stage / f"{number}.gone")
            else:
                _put(stage / f"{number}.new", root / name)
    except BaseException:
        with contextlib.suppress(OSError):
            _take_back(root, stage)
        raise
    for name in [name for name, content in files.items() if content is None]:
        _clear_empty(root, name)
    _drop(stage)


def unfinished(root: Path) -> bool:
    """Return whether a writer left a change behind, or is at work."""
    return any((root / STATE).glob(f"{_CHANGE}*"))


def heal(root: Path) -> Healed:
    """Finish the changes whose writers were killed; to be called by whoever holds the lock.

    Raises
    ------
    OSError
        If a file cannot be written now; the next call tries again.
    """
    finished: list[str] = []
    kept: list[str] = []
    dropped = 0
    for stage in sorted((root / STATE).glob(f"{_CHANGE}*")):
        content = _content(stage / _PLAN)
        if (stage / _BACK).exists():
            _take_back(root, stage)
            dropped += 1
            continue
        if content is None:
            dropped += 1
        else:
            for number, entry in enumerate(json.loads(content)):
                new, target = stage / f"{number}.new", root / entry["file"]
                if not entry["new"]:
                    now = _content(target)
                    if now is not None and _digest(now) != entry["old"]:
                        kept.append(entry["file"])  # written since: it stays
                    elif now is not None:
                        target.unlink()
                        finished.append(entry["file"])
                    _clear_empty(root, entry["file"])
                    continue
                if not new.exists():
                    continue  # put in its place before
                now = _content(target)
                if now is not None and _digest(now) not in (entry["old"], entry["new"]):
                    kept.append(_set_aside(root, target, now))
                _put(new, target)
                finished.append(entry["file"])
        _drop(stage)
    return Healed(tuple(finished), dropped, tuple(kept))


def _set_aside(root: Path, target: Path, content: bytes) -> str:
    number = 1
    while (copy := target.with_name(f"{target.name}.kept-{number}")).exists():
        number += 1
    _write(copy, content)
    return copy.relative_to(root).as_posix()


def _take_back(root: Path, stage: Path) -> None:
    """Put the old contents back; whoever comes next goes on with it if this is ended, too."""
    with contextlib.suppress(FileNotFoundError):
        (stage / _PLAN).replace(stage / _BACK)
    for number, entry in enumerate(json.loads((stage / _BACK).read_bytes())):
        target = root / entry["file"]
        if not entry["new"]:
            if (gone := stage / f"{number}.gone").exists():
                _put(gone, target)
            continue
        if (stage / f"{number}.new").exists():
            continue  # never put in its place
        old = _content(stage / f"{number}.old")
        if old is None:
            target.unlink(missing_ok=True)
        else:
            _write(stage / "again", old)
            _put(stage / "again", target)
    _drop(stage)


def _drop(stage: Path) -> None:
    with contextlib.suppress(OSError):
        (stage / _PLAN).unlink(missing_ok=True)
        (stage / _BACK).unlink(missing_ok=True)
    shutil.rmtree(stage, ignore_errors=True)


def _clear_empty(root: Path, name: str) -> None:
    """Remove the folders that a file leaves empty; the project's own upper two levels stay."""
    folder = (root / name).parent
    with contextlib.suppress(OSError):  # not empty, or gone
        while len(folder.relative_to(root).parts) > 2:
            folder.rmdir()
            folder = folder.parent


def _take_away(source: Path, target: Path) -> None:
    """Move a file that is to go aside; one that is gone already is gone."""
    if source.exists():
        _put(source, target)


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # A folder of the project may lie on another disk.
        near = target.with_name(f".{target.name}.part")
        shutil.copyfile(source, near)
        near.replace(target)
        source.unlink()


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _digest(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
