"""What the form's sheet on the appraising office asks: its groups, rows, and their cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

CELLS: Final = ("first", "second", "third")
"""The columns for input; each has one for English beside it."""
GROUP: Final = "_group."
"""Before the name of a group in the hidden column of a heading."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading.

    Attributes
    ----------
    name : str
    leaves : tuple of str
        What the cells of a row hold, from the left; an empty one is the entry itself.
    path : str
        The list that the rows make, or where single entries stand.
    entries : tuple of str
        The single entries, a row each; none for a list.
    spare : int
        Empty rows below those of a list.
    """

    name: str
    leaves: tuple[str, ...]
    path: str = ""
    entries: tuple[str, ...] = ()
    spare: int = 0


GROUPS: Final = (
    Group("issue", ("",), entries=(
        "place", "superior", "symbol", "unit", "meeting.at", "meeting.on", "meeting.begun",
        "meeting.ended",
    )),
    Group("signing", ("name", "post", "in_place_of"), entries=("signatory", "head_of_commune")),
    Group("papers", ("number", "date"), entries=(
        "papers.report", "papers.request", "papers.minutes", "papers.submission",
    )),
    Group("team", ("name", "post", "role"), "team", spare=6),
    Group("visits", ("place", "on", "seen"), "visits", spare=6),
    Group("attendees", ("name", "post"), "meeting.attendees", spare=6),
    Group("secretary", ("name", "post"), entries=("meeting.secretary",)),
    Group("opinions", ("by", "text"), "meeting.opinions", spare=4),
    Group("recommendations", ("",), "recommendations", spare=4),
    Group("recipients", ("",), "recipients", spare=4),
)  # fmt: skip
"""The sheet, from above."""
BY_NAME: Final[Mapping[str, Group]] = {group.name: group for group in GROUPS}
ONE_TONGUE: Final = frozenset({"symbol", "unit", "begun", "ended", "name", "number", "date", "on"})
"""Leaves that read the same in both languages."""


def joined(*parts: str) -> str:
    """Return a path of its parts, without the empty ones.

    Examples
    --------
    >>> joined("office", "team.0", "")
    'office.team.0'
    """
    return ".".join(filter(None, parts))


def is_same_in_both(path: str) -> bool:
    """Return whether an entry reads the same in both languages.

    Examples
    --------
    >>> is_same_in_both("office.team.0.name"), is_same_in_both("office.team.0.post")
    (True, False)
    """
    return path.rpartition(".")[2] in ONE_TONGUE
