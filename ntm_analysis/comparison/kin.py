"""Which commune became part of which: the steps that follow a commune through a merger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ntm_analysis.communes import Case, Commune
from ntm_analysis.communes.identity import Former
from ntm_analysis.spelling import fold
from ntm_analysis.units import LAST_OLD, unit_on


def kin(cases: Sequence[Case]) -> list[tuple[str, int, str, int]]:
    """Return the steps from a commune's last year to the first of what it became part of.

    Parameters
    ----------
    cases : sequence of Case
        Commune-years of one criteria set.

    Returns
    -------
    list of (str, int, str, int)
        The old commune and its last year, the new one and its first year after that. A commune
        that was divided has a step to each of its heirs.

    Notes
    -----
    A commune says itself what it was merged into, or what it was made of (`merged_into`,
    `formerly` in `commune.yaml`); else its code does, by the map of 1 July 2025.
    """
    by: dict[str, list[Case]] = {}
    for case in sorted(cases, key=lambda one: one.params.on):
        by.setdefault(case.params.commune, []).append(case)
    names: dict[str, list[str]] = {}
    codes: dict[str, list[str]] = {}
    for key, held in by.items():
        for case in held:
            names.setdefault(fold(case.commune.name), []).append(key)
            codes.setdefault(case.commune.code or "", []).append(key)
    told = dict.fromkeys(
        pair for key, held in by.items() for pair in _told(key, held[-1], by, names)
    )
    mapped = [
        (key, new)
        for key, held in by.items()
        for code in _heirs(held[-1])
        for new in codes.get(code, ())
    ]
    found: dict[tuple[str, int, str, int], None] = {}
    for old, new in (*told, *mapped):
        last = by[old][-1]
        later = next((one for one in by[new] if one.params.on > last.params.on), None)
        if old == new or later is None or last.params.year >= later.params.year:
            continue
        if (old, new) in told or later.params.on > LAST_OLD:
            found[old, last.params.year, new, later.params.year] = None
    return list(found)


def _told(
    key: str, case: Case, by: Mapping[str, Sequence[Case]], names: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """Yield the pairs of old and new commune that a commune's own data tell."""
    own, into = case.commune, case.commune.merged_into
    for new in names.get(fold(into.name), ()) if into else ():
        if into and any(_same(into, one.commune) for one in by[new]):
            yield key, new
    for former in own.formerly:
        for old in names.get(fold(former.name), ()):
            if old != key and any(_same(former, one.commune) for one in by[old]):
                yield old, key


def _same(former: Former, commune: Commune) -> bool:
    """Whether a name, with a code where both have one, is a commune's."""
    both = former.code and commune.code
    return fold(former.name) == fold(commune.name) and (not both or former.code == commune.code)


def _heirs(case: Case) -> tuple[str, ...]:
    """Return the codes of the units that a commune became part of on 1 July 2025."""
    commune, on = case.commune, case.params.on
    unit = unit_on(commune.code, on) if commune.code and on <= LAST_OLD else None
    return unit.into if unit is not None and fold(unit.name) == fold(commune.name) else ()
