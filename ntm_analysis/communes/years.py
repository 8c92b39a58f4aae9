"""To which years a row of a commune's tables belongs."""

from __future__ import annotations

from collections.abc import Iterable


def years_of(year: int | None, years: Iterable[int]) -> tuple[int | None, ...]:
    """Return the appraisals that a row belongs to.

    A row says its year in the column `year`; one without belongs to every appraisal of the
    commune. The day in `as_of` or `issued_on` decides nothing: figures of one year serve the
    appraisal of the next.

    Parameters
    ----------
    year : int or None
        What the row says.
    years : iterable of int
        The years of the commune's appraisals, and those that other rows name.

    Examples
    --------
    >>> years_of(None, [2024, 2025]), years_of(2024, [2024, 2025]), years_of(None, [])
    ((2024, 2025), (2024,), (None,))
    """
    if year is not None:
        return (year,)
    return tuple(sorted(set(years))) or (None,)


def belongs(year: int | None, to: int) -> bool:
    """Return whether a row that says `year` belongs to the appraisal of the year `to`."""
    return year in (None, to)
