"""Files of a folder outside the project, changed as one.

Such a folder is not mended by every command, as a project is: whoever writes to it mends it first.
Nothing is left in it but the files.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ntm_analysis.files.lock import LOCK, BusyError, hold
from ntm_analysis.files.together import STATE, heal, unfinished, write_together

_PATIENCE: Final = 60.0
"""Seconds to wait for another writer; what is written is ready by then."""


def mend_folder(folder: Path) -> None:
    """Finish what a writer that was killed left in a folder, if anything.

    Raises
    ------
    OSError
        If a file cannot be written.
    """
    if unfinished(folder):
        with _held(folder):
            heal(folder)


def write_folder(folder: Path, files: Mapping[str, bytes | None]) -> None:
    """Write several files of a folder, which is made where there is none: all, or none.

    Raises
    ------
    OSError
        If any cannot be written; those written before are then as they were.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _held(folder):
        heal(folder)
        write_together(folder, files)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Keep other writers off, also where no lock of a project does, and leave no trace of it."""
    try:
        with hold(folder, "ntm", _PATIENCE):
            try:
                yield
            finally:
                # While it is held: who waits for a lock that was removed takes a new one.
                with contextlib.suppress(OSError):
                    (folder / STATE / LOCK).unlink()
    except BusyError as error:
        raise TimeoutError(str(folder)) from error
    finally:
        with contextlib.suppress(OSError):  # on Windows the lock's own end removes it
            (folder / STATE).rmdir()
