"""Commands that write: one at a time on a project, each mending what a killed one left."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ntm_analysis.cli.console import BAD_INPUT, err, stop
from ntm_analysis.files.lock import BusyError, Holder, hold
from ntm_analysis.files.together import heal, unfinished
from ntm_analysis.language import say
from ntm_analysis.paths import Project

PATIENCE: Final = 3600.0
"""Seconds that a command waits for another; `NTM_WAIT` says otherwise."""


@contextmanager
def alone(project: Project, command: str, *, elsewhere: bool = False) -> Iterator[None]:
    """Keep other commands that write off a project meanwhile.

    Parameters
    ----------
    project : Project
    command : str
    elsewhere : bool
        It writes outside the project, which may then be read-only.
    """
    try:
        lock = hold(project.root, f"ntm {command}", _patience(), _waiting)
        lock.__enter__()
    except BusyError as error:
        err.print(say("files.busy", **_named(error.holder)), style="red", markup=False)
        stop(BAD_INPUT)
    except OSError:
        if not elsewhere:
            raise
        yield
        return
    try:
        _mend(project.root)
        yield
    finally:
        lock.__exit__(None, None, None)


def mend_if_free(project: Project) -> None:
    """Finish what a killed command left, unless another is at work; reading never waits."""
    if not unfinished(project.root):
        return
    try:
        with hold(project.root, "ntm", 0):
            _mend(project.root)
    except BusyError:
        err.print(say("files.being_written"), style="yellow")
    except OSError:
        err.print(say("files.half_written"), style="red")
        stop(BAD_INPUT)


def _mend(root: Path) -> None:
    if not unfinished(root):
        return
    done = heal(root)
    if done.finished:
        files = ", ".join(done.finished)
        err.print(say("files.finished", files=files), style="yellow", markup=False)
    if done.dropped:
        err.print(say("files.dropped"), style="yellow")
    if done.kept:
        err.print(say("files.kept", files=", ".join(done.kept)), style="yellow", markup=False)


def _patience() -> float:
    try:
        return float(os.environ.get("NTM_WAIT", PATIENCE))
    except ValueError:
        return PATIENCE


def _waiting(holder: Holder | None) -> None:
    err.print(say("files.waiting", **_named(holder)), style="yellow", markup=False)


def _named(holder: Holder | None) -> dict[str, object]:
    if holder is None:
        return {"command": "ntm", "pid": "?", "since": "?"}
    return {"command": holder.command, "pid": holder.pid, "since": holder.since}
