"""Standard output of a notebook that runs in this process, as an IPython kernel sends it."""

from __future__ import annotations

import io
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from typing import Any

FLUSH_INTERVAL = 0.2
_DESCRIPTORS = {"stdout": 1, "stderr": 2}


class Stream(io.TextIOBase):
    """Text that is gathered and sent in pieces, cut where a kernel would cut them.

    A kernel sends what was written when something else is displayed, when the cell ends, or 0.2
    seconds after the first word. What child processes and libraries write to the file descriptor
    itself is caught too, where the system allows it.

    Parameters
    ----------
    name : {"stdout", "stderr"}
    send : callable
        Takes the text of each piece.
    """

    encoding = "UTF-8"

    def __init__(self, name: str, send: Callable[[str], None]) -> None:
        self.name = name
        self._send = send
        self._parts: list[str] = []
        self._due = 0.0
        self._lock = threading.RLock()
        self._process = os.getpid()
        self._caught: Any = None
        self._read = 0

    def catch_descriptor(self) -> None:
        """Let the file descriptor lead here; for a process that has no other use for it."""
        if not hasattr(os, "pread"):
            return
        self._caught = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
        os.dup2(self._caught.fileno(), _DESCRIPTORS[self.name])

    def fileno(self) -> int:
        """Return the descriptor behind it."""
        if self._caught is None:
            raise io.UnsupportedOperation("fileno")
        return _DESCRIPTORS[self.name]

    def isatty(self) -> bool:
        """Return False: this is no terminal."""
        return False

    def writable(self) -> bool:
        """Return True."""
        return True

    def set_parent(self, _parent: object) -> None:
        """Do nothing; a kernel notes here which cell is running."""

    def write(self, text: str) -> int:
        """Take text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if os.getpid() != self._process:
            # A child that was forked: its memory ends with it, the descriptor leads to us.
            if self._caught is not None:
                os.write(_DESCRIPTORS[self.name], text.encode("utf-8", "replace"))
            return len(text)
        with self._lock:
            self._catch_up()
            self._add(text)
        return len(text)

    def flush(self) -> None:
        """Send what was gathered."""
        if os.getpid() != self._process:
            return
        with self._lock:
            self._catch_up()
            self._flush()

    def flush_if_due(self, now: float) -> None:
        """Send what was gathered long enough ago."""
        with self._lock:
            if self._parts and now >= self._due:
                self._flush()

    def _add(self, text: str) -> None:
        now = time.monotonic()
        for stream in sorted(
            (s for s in (sys.stdout, sys.stderr) if isinstance(s, Stream)), key=lambda s: s._due
        ):
            stream.flush_if_due(now)
        if not self._parts:
            self._due = now + FLUSH_INTERVAL
        self._parts.append(text)

    def _flush(self) -> None:
        text, self._parts = "".join(self._parts), []
        if text:
            self._send(text)

    def _catch_up(self) -> None:
        if self._caught is None:
            return
        descriptor = self._caught.fileno()
        missing = os.fstat(descriptor).st_size - self._read
        if missing > 0:
            data = os.pread(descriptor, missing, self._read)
            self._read += len(data)
            self._add(data.decode("utf-8", "replace"))
