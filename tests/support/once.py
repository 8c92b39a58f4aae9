"""Do costly work once in a test run, whichever of its processes asks first."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from pathlib import Path


def once(folder: Path, make: Callable[[Path], None]) -> Path:
    """Return `folder` as `make` filled it; of several processes, one makes and the others wait.

    Raises
    ------
    RuntimeError
        If `make` failed in another process, with its traceback.
    """
    done = folder.with_name(f"{folder.name}.done")
    failed = folder.with_name(f"{folder.name}.failed")
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        while not done.exists():
            if failed.exists():
                raise RuntimeError(failed.read_text(encoding="utf-8")) from None
            time.sleep(0.1)
        return folder
    try:
        make(folder)
    except BaseException:
        partial = failed.with_suffix(".part")
        partial.write_text(traceback.format_exc(), encoding="utf-8")
        partial.rename(failed)  # never seen half-written
        raise
    done.touch()
    return folder
