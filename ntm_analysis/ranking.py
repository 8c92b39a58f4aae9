"""From how many communes on a share or a median can be set in an order with others."""

from __future__ import annotations

_ENOUGH = 10
"""A share of fewer moves by more than ten points with one commune."""


def least_to_rank(communes: int) -> int:
    """Return how many communes with a figure an indicator needs to be ranked among many.

    Ten, or half of all where there are fewer than twenty: three communes of two hundred say
    nothing of the others.

    Examples
    --------
    >>> least_to_rank(200), least_to_rank(12), least_to_rank(1)
    (10, 6, 1)
    """
    return min(_ENOUGH, (communes + 1) // 2)
