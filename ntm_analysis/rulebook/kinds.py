"""What kind of document a legal document is: by its entry `kind`, else by its symbol."""

from __future__ import annotations

import re
from typing import Final, Literal, get_args

DocumentKind = Literal[
    "law",
    "resolution",
    "decree",
    "decision",
    "directive",
    "circular",
    "joint_circular",
    "plan",
    "programme",
    "scheme",
    "guidance",
    "notice",
    "report",
    "letter",
]
KINDS: Final[tuple[DocumentKind, ...]] = get_args(DocumentKind)
_SYMBOLS: Final[dict[str, DocumentKind]] = {
    "NQ": "resolution",
    "NĐ": "decree",
    "QĐ": "decision",
    "CT": "directive",
    "TT": "circular",
    "TTLT": "joint_circular",
    "KH": "plan",
    "CTr": "programme",
    "ĐA": "scheme",
    "HD": "guidance",
    "TB": "notice",
    "BC": "report",
    "CV": "letter",
}
"""The symbols of Nghị định 30/2020/NĐ-CP, appendix III; a law's (`47/2019/QH14`) is not its own."""
_PART: Final = re.compile(r"[/-]")


def kind_by_symbol(number: str) -> DocumentKind | None:
    """Return the kind that a document's symbol states; None where it states none.

    Examples
    --------
    >>> kind_by_symbol("30/2020/NĐ-CP"), kind_by_symbol("72-NQ-BCH"), kind_by_symbol("18")
    ('decree', 'resolution', None)
    """
    return next((_SYMBOLS[part] for part in _PART.split(number) if part in _SYMBOLS), None)
