"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ntm_analysis.files.together import write_together

PART = ".part"


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file in one step: readers see the old content or the new, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_part(path, content).replace(path)


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 file in one step: readers see the old content or the new, never a part."""
    write_bytes(path, text.encode())


def write_all(folder: Path, files: Mapping[str, bytes], seal: str = "") -> None:
    """Write several files of a folder: all, or none if any cannot be written.

    Parameters
    ----------
    folder : Path
    files : mapping of str to bytes
        By their paths in the folder.
    seal : str
        The file that says that the others belong together: gone while they change, written last.
        Without it the change is planned first, and finished by the next command if this one is
        killed; see `ntm_analysis.files.together`.
    """
    if not seal and len(files) > 1:
        write_together(folder, files)
        return
    parts: dict[Path, Path] = {}
    try:
        for name in sorted(files, key=lambda name: name == seal):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            parts[path] = _write_part(path, files[name])
        if seal:
            (folder / seal).unlink(missing_ok=True)
        for path, part in parts.items():
            part.replace(path)
    except BaseException:
        for part in parts.values():
            part.unlink(missing_ok=True)
        raise


def remove_parts(folder: Path) -> None:
    """Remove what a writer left that was killed."""
    for path in folder.glob(f".*{PART}"):
        path.unlink(missing_ok=True)


def _sweep(path: Path) -> None:
    """Remove what writers of a file left that were killed."""
    start = f".{path.name}."
    for part in path.parent.iterdir():
        if part.name.startswith(start) and part.name.endswith(PART):
            maker = part.name.removeprefix(start).partition("-")[0]
            if _is_gone(maker):
                with contextlib.suppress(OSError):  # open on Windows, or gone by now
                    part.unlink()


def _is_gone(process: str) -> bool:
    if not process.isdecimal() or int(process) == os.getpid():
        return False
    if os.name != "posix":  # where asking for a process may end it; an open file stays there
        return True
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        pass  # somebody else's
    return False


def _write_part(path: Path, content: bytes) -> Path:
    _sweep(path)
    start = f".{path.name}.{os.getpid()}-"
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=start, suffix=PART)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(0o644)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            part.unlink()
        raise
    return part
