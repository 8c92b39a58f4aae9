"""Calling a function in a fresh process that imports nothing: forked from a warm parent."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import types
from collections.abc import Callable, Iterator, Mapping
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, TypeVar

Result = TypeVar("Result")

WARM = "ntm_analysis.batch.warm"
"""The module whose import makes a process warm."""
WARM_PROJECT = "NTM_WARM_PROJECT"
"""Names the project from which a report is made in advance; gone when a notebook looks."""

WORTH_WARMING = 6
"""A report in advance costs its own time, and saves a part of it in each that follows."""

_starting = threading.Lock()
_running: set[Any] = set()
_ends: list[None] = []


class WorkerDiedError(Exception):
    """The process ended without an answer: killed, crashed, or out of memory.

    Attributes
    ----------
    status : int or None
        Its exit status; negative for a signal.
    again : bool
        Whether another try makes sense.
    """

    def __init__(self, status: int | None, again: bool = True) -> None:
        super().__init__(status, again)
        self.status = status
        self.again = again


class TimeUpError(Exception):
    """The process was ended because it took too long."""


def method() -> str:
    """Return how processes are started here: `forkserver` where that is safe, else `spawn`."""
    if sys.platform == "darwin" or "forkserver" not in multiprocessing.get_all_start_methods():
        return "spawn"
    return "forkserver"


def _context() -> BaseContext:
    context = multiprocessing.get_context(method())
    if method() == "forkserver":
        context.set_forkserver_preload([WARM])
    return context


def apart(function: Callable[..., Result], *arguments: Any, timeout: float | None = None) -> Result:
    """Call a function in a process of its own and return what it returns.

    The process has this one's environment variables and working directory, and nothing of the
    state that earlier calls left behind. It and all its children end when the call does.

    Parameters
    ----------
    function : callable
        Importable by name.
    *arguments
        Picklable.
    timeout : float, optional
        Seconds after which the process is ended.

    Raises
    ------
    TimeUpError
        If it took too long.
    WorkerDiedError
        If it ended without an answer.
    Exception
        What the function raised.
    """
    ends = len(_ends)
    with started(_answer, function, arguments) as (process, connection):
        if not connection.poll(timeout):
            raise TimeUpError
        try:
            good, value = connection.recv()
        except (EOFError, OSError):
            # One that was ended on purpose is not wanted any more.
            raise WorkerDiedError(_status(process), again=len(_ends) == ends) from None
    if good:
        return value  # type: ignore[no-any-return]
    raise value


def _answer(connection: Connection, function: Callable[..., Any], arguments: Any) -> None:
    try:
        answer: tuple[bool, Any] = (True, function(*arguments))
    except Exception as error:
        answer = (False, error)
    connection.send(answer)


@contextlib.contextmanager
def started(target: Callable[..., None], *arguments: Any) -> Iterator[tuple[Any, Connection]]:
    """Start `target(connection, *arguments)` in a fresh process, ended when the block ends."""
    context = _context()
    ours, theirs = context.Pipe()
    process = context.Process(  # type: ignore[attr-defined]
        target=_begin, args=(target, theirs, dict(os.environ), arguments)
    )
    ends = len(_ends)
    try:
        with _starting, _without_main():
            process.start()
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()
    _running.add(process)
    if len(_ends) > ends:  # all were ended while it started
        _kill(process)
    try:
        yield process, ours
    finally:
        ours.close()
        _end(process)
        _running.discard(process)


def start_warming(root: Path, runs: int) -> None:
    """Start the parent of all processes; without effect where it runs already.

    Parameters
    ----------
    root : Path
        The project, of which it makes a report in advance if that is worth it.
    runs : int
        How many reports are to be made.
    """
    if method() == "forkserver":
        _context()
        with _starting, _without_main():
            if runs >= WORTH_WARMING:
                os.environ[WARM_PROJECT] = str(root)
            with _deaf_to_interrupts():
                forkserver.ensure_running()
            os.environ.pop(WARM_PROJECT, None)


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Let a process that is started here inherit that Ctrl-C is for its parent alone."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def end_all() -> None:
    """End every process that is running for this one."""
    _ends.append(None)
    for process in list(_running):
        _kill(process)


def _begin(
    target: Callable[..., None],
    connection: Connection,
    environment: Mapping[str, str],
    arguments: tuple[Any, ...],
) -> None:
    if os.name == "posix":
        os.setsid()  # Ctrl-C is for the parent, and our children end with us
    signal.signal(signal.SIGINT, signal.default_int_handler)  # as in any process
    os.environ.clear()
    os.environ.update(environment)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()  # not the same numbers in each fork
    _die_with_parent()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        target(connection, *arguments)
        connection.close()
    sys.stdout.flush()
    os._exit(0)  # threads and exit hooks of a notebook hold nobody up


def _die_with_parent() -> None:
    """Let Linux end this process and its children when the parent is gone.

    No thread of ours would run while the notebook is in a long call that holds Python's lock.
    """
    parent = multiprocessing.parent_process()
    if sys.platform != "linux" or parent is None:
        return
    import fcntl

    # The parent holds the other end of this pipe: its end is the only event that can come.
    pipe = parent.sentinel
    fcntl.fcntl(pipe, fcntl.F_SETOWN, -os.getpgrp())
    fcntl.fcntl(pipe, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        if os.name == "posix":
            os.killpg(0, signal.SIGKILL)
        os._exit(1)


def _status(process: Any) -> int | None:
    with _starting:
        process.join(5)
        return process.exitcode  # type: ignore[no-any-return]


def _kill(process: Any) -> None:
    if os.name == "posix" and process.pid:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(OSError, ValueError):
        process.kill()


def _end(process: Any) -> None:
    _kill(process)
    # One at a time: starting a process looks after those that ended, and may not meet this.
    with _starting:
        process.join()
        process.close()


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Keep the new process from importing the caller's script, as it would to find functions."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    # A Dask worker is a daemon, which multiprocessing denies children for fear of orphans;
    # ours end with their parent.
    config: dict[str, Any] = multiprocessing.current_process()._config  # type: ignore[attr-defined]
    daemon = config.get("daemon")
    config["daemon"] = False
    try:
        yield
    finally:
        config["daemon"] = daemon
        sys.modules["__main__"] = main


@contextlib.contextmanager
def without_debugger() -> Iterator[None]:
    """Keep ipykernel from importing its debugger: nobody will step through the notebook.

    It takes time, and prints warnings about the way Python was started.
    """
    if "debugpy" in sys.modules:
        yield
        return
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["debugpy"]
