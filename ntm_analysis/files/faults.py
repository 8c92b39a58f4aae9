"""Faults of disks and rights, in words that say what to do."""

from __future__ import annotations

import errno
import re
import shutil
from collections.abc import Mapping
from typing import Final

from ntm_analysis.language import say

_KINDS: Final[Mapping[int, str]] = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EROFS: "read_only",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.ENAMETOOLONG: "long",
    errno.EMFILE: "many",
    errno.ENFILE: "many",
}
_OPEN_ELSEWHERE: Final = (32, 33)
"""Windows: another program has the file open, most often Excel or Word."""
_TOO_LONG: Final = (206, 3)
_NO_FOLDER: Final = "No usable temporary directory"
"""How Python words it where every folder for temporary files is full, denied or gone."""


def explain(error: BaseException | None) -> str | None:
    """Return what is wrong with the disk or the rights, if that is what an error came of."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, shutil.Error):
            error = _first(error)
        if isinstance(error, OSError) and (kind := _kind(error)):
            where = error.filename2 or error.filename or ""
            if isinstance(where, bytes):
                where = where.decode(errors="replace")
            return say(f"files.{kind}", path=where or say("files.some_file"))
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return None


def _first(error: shutil.Error) -> OSError:
    """Return what went wrong first with the copy of a folder, of which only words are left."""
    faults = error.args[0] if error.args and isinstance(error.args[0], list) else []
    for _, target, why in faults:
        if found := re.match(r"\[Errno (\d+)\]", str(why)):
            return OSError(int(found[1]), str(why), str(target))
        if found := re.match(r"\[WinError (\d+)\]", str(why)):
            return OSError(0, str(why), str(target), int(found[1]))
    return error


def _kind(error: OSError) -> str | None:
    windows = getattr(error, "winerror", None)
    if windows in _OPEN_ELSEWHERE:
        return "open_elsewhere"
    if windows in _TOO_LONG and len(str(error.filename or "")) >= 248:
        return "long"
    if windows == 112:
        return "full"
    if error.errno == errno.ENOENT and _NO_FOLDER in (error.strerror or ""):
        return "temporary"
    return _KINDS.get(error.errno or 0)
