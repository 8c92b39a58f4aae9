"""The `ntm` command."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import traceback
from pathlib import Path
from types import FrameType
from typing import Final

INTERRUPTED: Final = 130


def _leave_at_once(_signal: int, _frame: FrameType | None) -> None:
    # While modules load nothing has begun, so there is nothing to undo or to print of progress.
    os._exit(INTERRUPTED)


def _quiet_start() -> None:
    # Not where this is imported by a notebook or a test, nor off the main thread.
    if Path(sys.argv[0]).stem.lower() in ("ntm", "__main__", "-m"):
        with contextlib.suppress(ValueError):
            signal.signal(signal.SIGINT, _leave_at_once)


_quiet_start()


def main() -> None:
    """Run the command; people never see a traceback."""
    code = INTERRUPTED
    try:
        code = _run()
    except KeyboardInterrupt:
        # Typer catches it once a command runs; here it came before or after that.
        with contextlib.suppress(BaseException):
            from ntm_analysis.language import say

            print(say("cli.interrupted"), file=sys.stderr)
    except BrokenPipeError:
        sys.stderr.close()
        code = 1
    # From here on nothing is left but Python's own end.
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, _leave_at_once)
    sys.exit(code)


def _run() -> int:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    from ntm_analysis.cli.app import app
    from ntm_analysis.cli.console import BAD_INPUT, err
    from ntm_analysis.language import say

    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        code = int(app() or 0)
    except SystemExit as end:
        return _code(end)
    except BrokenPipeError:
        raise
    except Exception as error:
        if _interrupted(error):
            raise KeyboardInterrupt from None
        from ntm_analysis.files.faults import explain

        if fault := explain(error):
            err.print(fault, style="bold red", markup=False)
            return BAD_INPUT
        log = Path("ntm-error.log")
        with contextlib.suppress(OSError):
            log.write_text(traceback.format_exc(), encoding="utf-8")
        err.print(say("cli.unexpected", log=log), style="bold red", markup=False)
        return BAD_INPUT
    if code == INTERRUPTED:
        err.print(say("cli.interrupted"))
    return code


def _interrupted(error: BaseException | None) -> bool:
    """Return whether an error came of Ctrl-C: a module cut short fails in words of its own."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, KeyboardInterrupt):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def _code(end: SystemExit) -> int:
    if end.code is None:
        return 0
    return end.code if isinstance(end.code, int) else 1
