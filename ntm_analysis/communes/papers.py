"""The papers that `commune.yaml` names: documents, citations of decisions, legal bases, sources."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from ntm_analysis.communes.schema import Label, Schema


class Document(Schema):
    """A document that the appraisal rests on.

    Attributes
    ----------
    title : Label
        What it is: *Tờ trình đề nghị thẩm tra*.
    number : str or None
        Its number as printed: `152/TTr-UBND`.
    issuer : Label or None
        Who issued it.
    date : date or None
        The day it bears.
    relies_on : tuple of str
        Keys of the decisions that it cites as its bases.
    source : str or None
        Where in the commune's papers it is named.
    """

    title: Label
    number: str | None = None
    issuer: Label | None = None
    date: dt.date | None = None
    relies_on: tuple[str, ...] = ()
    source: str | None = None


class Citation(Schema):
    """How the commune's papers print a decision, where that differs from the decision itself.

    Attributes
    ----------
    decision : str
        The key of the decision that is meant.
    number : str or None
        The number printed, where it is another.
    date : date or None
        The date printed, where it is another.
    source : str
        Where it is printed.
    """

    decision: str
    number: str | None = None
    date: dt.date | None = None
    source: str


class Source(Document):
    """A paper that `source` columns name.

    Attributes
    ----------
    parts : mapping of str to int
        Where places in it are lines of a text without pages: each part by its number
        (`I.4.11`), with its first line.
    """

    parts: dict[str, Annotated[int, Field(ge=1)]] = Field({})

    def part_of(self, line: int) -> str | None:
        """Return the number of the part in which a line stands; None before the first."""
        before = [(first, part) for part, first in self.parts.items() if first <= line]
        return max(before)[1] if before else None


def _basis(value: Any) -> str:
    return "key" if isinstance(value, str) else "document"


Basis = Annotated[
    Annotated[str, Tag("key")] | Annotated[Document, Tag("document")], Discriminator(_basis)
]
"""A legal basis: the key of a decision, or another document."""
