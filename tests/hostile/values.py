"""The hostile values, and what is left of them where they are printed."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

_FILE = Path(__file__).with_name("values.txt")
_CODE = re.compile(r"\\u([0-9A-F]{4})")


def _read() -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    kind = ""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#! "):
            kind = line[3:]
        elif not line.startswith("# ") or kind:
            text = _CODE.sub(lambda match: chr(int(match[1], 16)), line)
            groups.setdefault(kind, []).append(text)
    return groups


GROUPS = _read()
VALUES = [value for group in GROUPS.values() for value in group]


def printed(value: str) -> str:
    """Return a value as it must show: itself, with single spaces and in NFC."""
    return " ".join(unicodedata.normalize("NFC", value).split())
