"""Names of communes and their folders: what a name leaves out, what no folder can be called."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field

from ntm_analysis.language import say
from ntm_analysis.placenames import no_commune, own_part, proper_name
from ntm_analysis.spelling import is_kind_alone

SLUG: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
RUN_ID: Final = re.compile(r"^(?P<commune>[a-z0-9]+(?:-[a-z0-9]+)*)-(?P<year>(?:19|20)\d\d)$")
"""The name of a run: the commune's id and the year."""
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)


def is_reserved(slug: str) -> bool:
    """Return whether Windows keeps a name for a device, so that no folder can bear it.

    >>> is_reserved("aux"), is_reserved("aux-2"), is_reserved("com1")
    (True, False, True)
    """
    return slug.casefold() in _RESERVED


def _free(slug: str) -> str:
    if is_reserved(slug):
        raise ValueError(say("communes.reserved", id=slug))
    return slug


def _bare(kind: str) -> BeforeValidator:
    return BeforeValidator(lambda text: proper_name(text, kind) if isinstance(text, str) else text)


def _named(kind: str) -> AfterValidator:
    def check(name: str) -> str:
        if is_kind_alone(name, kind):
            raise ValueError(say("communes.kind_alone", text=name))
        if own := own_part(name, kind):
            raise ValueError(say("communes.with_place", own=own))
        return name

    return AfterValidator(check)


def _rural(name: str) -> str:
    if word := no_commune(name):
        raise ValueError(say("communes.no_commune", word=word))
    return name


CommuneId = Annotated[str, Field(pattern=SLUG), AfterValidator(_free)]
FormerName = Annotated[str, _bare("commune"), _named("commune")]
"""The name of a unit before or after a merger, which may be a town or a ward."""
CommuneName = Annotated[FormerName, AfterValidator(_rural)]
DistrictName = Annotated[str, _bare("district"), _named("district")]
ProvinceName = Annotated[str, _bare("province"), _named("province")]
