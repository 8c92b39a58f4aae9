"""The `ntm` command."""

from __future__ import annotations

import contextlib
import sys
import traceback
from pathlib import Path


def main() -> None:
    """Run the command; people never see a traceback."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    from ntm_analysis.cli.app import app
    from ntm_analysis.cli.console import BAD_INPUT, INTERRUPTED, err
    from ntm_analysis.language import say

    try:
        code = app() or 0
        if code == INTERRUPTED:
            err.print(say("cli.interrupted"))
        sys.exit(code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(BAD_INPUT)
    except Exception:
        log = Path("ntm-error.log")
        with contextlib.suppress(OSError):
            log.write_text(traceback.format_exc(), encoding="utf-8")
        err.print(say("cli.unexpected", log=log), style="bold red", markup=False)
        sys.exit(BAD_INPUT)
