"""What a program read in a report and nobody has confirmed yet."""

from __future__ import annotations

from dataclasses import dataclass

from ntm_analysis.communes.case import Case


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """How much of a commune-year is a draft still.

    Attributes
    ----------
    figures, evidence : int
        Rows of `figures.csv` and `evidence.csv`.
    profile : bool
        Whether `commune.yaml` says that the appraisal is a draft.
    """

    figures: int = 0
    evidence: int = 0
    profile: bool = False

    def __bool__(self) -> bool:
        return bool(self.figures or self.evidence or self.profile)


def unconfirmed(case: Case) -> Unconfirmed:
    """Return what a program drafted in a commune-year and nobody has confirmed; false if nothing.

    No document to sign may be made from a case of which this is true.

    Examples
    --------
    >>> bool(Unconfirmed()), bool(Unconfirmed(figures=3))
    (False, True)
    """
    return Unconfirmed(
        sum(bool(reading.drafted) for reading in case.readings),
        sum(bool(one.drafted) for one in case.evidence),
        case.appraisal.drafted,
    )
