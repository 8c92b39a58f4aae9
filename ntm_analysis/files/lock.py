"""One command at a time changes a project; the others wait, and say for whom."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from ntm_analysis.files.together import STATE

LOCK: Final = "lock"
_HOLDER: Final = "holder.json"
_AT_ONCE: Final = 0.2
"""Seconds in which a lock changes hands without a word."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who changes a project: the process, its command, and since when."""

    pid: int
    command: str
    since: str


class BusyError(Exception):
    """Another command held the lock for longer than was to be waited."""

    def __init__(self, holder: Holder | None) -> None:
        super().__init__(holder)
        self.holder = holder


@contextmanager
def hold(
    root: Path,
    command: str,
    timeout: float,
    on_wait: Callable[[Holder | None], None] | None = None,
) -> Iterator[None]:
    """Hold the lock of a project; the system frees it when the process ends, however that may be.

    Parameters
    ----------
    root : Path
        The project's folder.
    command : str
        What is told to those who wait.
    timeout : float
        Seconds to wait; less than 0 is for ever.
    on_wait : callable, optional
        Called once with the holder, if known, when there is something to wait for.

    Raises
    ------
    BusyError
        If another held it all that time.
    OSError
        If the project cannot be written.
    """
    state = root / STATE
    state.mkdir(exist_ok=True)
    lock = FileLock(state / LOCK)
    try:
        lock.acquire(timeout=_AT_ONCE if timeout < 0 else min(_AT_ONCE, timeout))
    except Timeout:
        if on_wait:
            on_wait(holder(root))
        try:
            lock.acquire(timeout=timeout)
        except Timeout:
            raise BusyError(holder(root)) from None
    try:
        _note(state, command)
        yield
    finally:
        with contextlib.suppress(OSError):
            (state / _HOLDER).unlink(missing_ok=True)
        lock.release()


def holder(root: Path) -> Holder | None:
    """Return who holds a project's lock, as far as it is written down."""
    try:
        return Holder(**json.loads((root / STATE / _HOLDER).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _note(state: Path, command: str) -> None:
    now = dt.datetime.now().strftime("%H:%M:%S")
    text = json.dumps(asdict(Holder(os.getpid(), command, now)))
    with contextlib.suppress(OSError):  # a word for those who wait, no more
        part = state / f"{_HOLDER}.part"
        try:
            part.write_text(text, encoding="utf-8")
            part.replace(state / _HOLDER)
        except OSError:  # a full disk
            part.unlink(missing_ok=True)
            raise
