"""How a matter stood when it was asked about: the column `before` of `requests.csv`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ntm_analysis.communes.decisions import CONCLUSIONS
from ntm_analysis.communes.evidence import VERDICTS

STANDINGS: Final = ("firm", "unproven", "disputed")
_WRITTEN: Final = re.compile(r"^(\w+)(?: \((\w+)(?:, (\w+))?\))?$")


@dataclass(frozen=True, slots=True)
class Stand:
    """What is concluded of an indicator or condition, and from what.

    Attributes
    ----------
    conclusion : str
        Empty where it concerns none.
    verdict, standing : str
        Empty where they are not known, or where the verdict has no standing.
    """

    conclusion: str = ""
    verdict: str = ""
    standing: str = ""

    def written(self) -> str:
        """Return it as the column holds it: `clarify (met, disputed)`.

        Examples
        --------
        >>> Stand("clarify", "met", "disputed").written()
        'clarify (met, disputed)'
        >>> Stand("no_data", "no_data").written()
        'no_data (no_data)'
        """
        inside = ", ".join(filter(None, (self.verdict, self.standing)))
        return f"{self.conclusion} ({inside})" if inside else self.conclusion


def read_stand(text: str) -> Stand | None:
    """Return what a cell says; None where it can be no such thing.

    Examples
    --------
    >>> read_stand("clarify")
    Stand(conclusion='clarify', verdict='', standing='')
    >>> read_stand("perhaps") is None
    True
    """
    if not text:
        return Stand()
    found = _WRITTEN.match(text)
    if found is None:
        return None
    conclusion, verdict, standing = (part or "" for part in found.groups())
    known = (
        conclusion in CONCLUSIONS and verdict in ("", *VERDICTS) and standing in ("", *STANDINGS)
    )
    return Stand(conclusion, verdict, standing) if known else None
