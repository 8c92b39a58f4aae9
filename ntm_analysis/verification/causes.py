"""From which input a difference may come."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from ntm_analysis.verification.differences import RESULTS, Difference
from ntm_analysis.verification.inputs import RULES

_FIGURES: Final = ("figures.csv",)
_LAW: Final = (RULES, "params", "commune.yaml")
_EVIDENCE: Final = ("evidence.csv",)
_OF_COLUMN: Final = {
    "": _LAW,  # an indicator more or less
    **dict.fromkeys(("criterion", "name", "unit", "requires"), _LAW),
    **dict.fromkeys(("claimed_value", "claimed_verdict"), _EVIDENCE),
    "evidence_grade": (*_EVIDENCE, *_FIGURES),
    "standing": (*_EVIDENCE, *_FIGURES, *_LAW),
    "conclusion": ("appraisal.csv", *_EVIDENCE, *_FIGURES, *_LAW),
    "thin": (*_FIGURES, *_LAW),
}
"""What may change a column of the results, beside the software; all others, the figures and law."""


def causes(difference: Difference, changed: Collection[str]) -> list[str]:
    """Return the changed inputs from which a difference may come.

    Parameters
    ----------
    difference : Difference
    changed : collection of str
        The names of the inputs that are not as they were.

    Returns
    -------
    list of str
        Those that the column depends on; where none of them changed, all that did. Nothing at all
        where no input changed: then the report itself was.
    """
    if difference.file != RESULTS:
        return list(changed)
    likely = _OF_COLUMN.get(difference.column, (*_FIGURES, *_LAW))
    return [one for one in changed if _is_one_of(one, likely)] or list(changed)


def _is_one_of(name: str, kinds: Collection[str]) -> bool:
    return any(
        name == kind or name.endswith(f"/{kind}") or name.startswith(f"{kind}/") for kind in kinds
    )
