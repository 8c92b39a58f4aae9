"""Rows of an annex whose criterion the set holds by name alone: what each is likely to be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ntm_analysis.law.limbs import by_year
from ntm_analysis.law.matching import Matched
from ntm_analysis.law.propose import propose
from ntm_analysis.law.reading import Reading, left
from ntm_analysis.law.rows import AnnexRow
from ntm_analysis.law.values import Asked, read_value
from ntm_analysis.rulebook import Limb, LoadedSet, Rulebook


@dataclass(frozen=True, slots=True)
class Unlisted:
    """An indicator that an annex prints and the set does not list yet.

    Attributes
    ----------
    code : str
        As printed.
    limb : Limb
        As proposed from its name, its unit and its values.
    row : AnnexRow
    readings : dict of str to Reading
        By region, zone or group.
    """

    code: str
    limb: Limb
    row: AnnexRow
    readings: dict[str, Reading]


def unlisted(
    matched: Sequence[Matched], loaded: LoadedSet, book: Rulebook
) -> Iterator[tuple[Matched, Unlisted | None]]:
    """Yield the rows that fit no indicator, each with what it is where its criterion is incomplete.

    Parameters
    ----------
    matched : sequence of Matched
        Without an indicator.
    loaded : LoadedSet
    book : Rulebook
    """
    open_ = {one.number for one in loaded.criteria if not one.complete}
    parts: dict[str, int] = {}
    seen = set(loaded.indicators)
    for one in matched:
        code = _code(one.row, parts)
        number = int(code.split(".")[0]) if code else 0
        if number not in open_ or code in seen:
            yield one, None
            continue
        found = _propose(code, one.row, loaded, book)
        if found is not None:
            seen.add(code)
        yield one, found


def _code(row: AnnexRow, parts: dict[str, int]) -> str:
    """Return the code that a row prints; a bullet's is that of its heading with one number more."""
    if row.code is not None and not row.code.bullet and not row.code.roman:
        alone = len(row.code.numbers) == 1
        if alone and row.criterion is not None and row.code.numbers[0] != row.criterion:
            return f"{row.criterion}.{row.code.text}"
        return row.code.text
    if row.heading_code is None or row.heading_code.bullet or len(row.heading_code.numbers) != 2:
        return ""
    heading = row.heading_code.text
    parts[heading] = parts.get(heading, 0) + 1
    return f"{heading}.{parts[heading]}"


def _propose(code: str, row: AnnexRow, loaded: LoadedSet, book: Rulebook) -> Unlisted | None:
    name = name_of(row)
    printed = [text for text in row.values.values() if text]
    proposal = propose(
        loaded.about.key, code, name, row.unit, "", "", printed, book
    )  # fmt: skip
    if proposal is None:
        return None
    limb = Limb.model_validate(proposal.limb)
    asked = Asked(limb, name, {}, book.units, row.unit)
    readings = {label: _read(words, asked) for label, words in row.values.items()}
    return Unlisted(code, limb, replace(row, name=name), readings)


def _read(words: str, asked: Asked) -> Reading:
    words = " ".join(words.split())
    if yearly := by_year(words):
        return left("years", years="; ".join(f"{year}: {value}" for year, value in yearly))
    return read_value(words, asked).doubted("likely", "unlisted")


def name_of(row: AnnexRow) -> str:
    """Return a row's name, a bullet's after that of its heading."""
    part = row.code is None or row.code.bullet
    name = f"{row.heading} – {row.name}" if row.heading and part else row.name
    return " ".join(name.split())
