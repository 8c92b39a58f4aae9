"""A printed value of a whole indicator: one requirement for each of its limbs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ntm_analysis.law.marks import LEVEL, NUMBER, printed_value
from ntm_analysis.law.names import Names
from ntm_analysis.law.reading import Reading, left
from ntm_analysis.law.values import Asked, read_value
from ntm_analysis.law.words import plain, tokens
from ntm_analysis.rulebook import Indicator, Limb, Unit, Variable

_PARTS: Final = re.compile(r"[;\n]|,(?=\s*\D)|\s+và\s+(?=[^,;]*\d)|(?<=[^\d(]),\s|[()]")
_WRAPPED: Final = re.compile(r"(?<=[^\s;.])[ \t]*\n[ \t]*(?![-–+•*A-ZĐÀ-Ỹ<>≥≤])")
_YEARLY: Final = re.compile(
    r"\b((?:19|20)\d\d)\s*[:=]?\s*(?:là\s+|đạt\s+)?"
    r"((?:[<>]=?|[≥≤]|trên\s|dưới\s|từ\s|tối thiểu\s|không quá\s)?\s*"
    r"(?!(?:19|20)\d\d\b)\d+(?:[.,]\d+)?)",
    re.I,
)
_BOTH: Final = re.compile(r"\b(?:nam (?:va|lan) nu|ca nam|ca hai)\b")
_LEAST: Final = re.compile(
    r"(?:ít nhất|tối thiểu|từ)\s+(\d+)\s+(?:trở lên\s+)?(\w+)|(\d+(?:[.,]\d+)?)\s*%", re.I
)
_NAMED: Final = 0.34


class Printer:
    """Reads printed values of indicators.

    Parameters
    ----------
    names : Names
    units : mapping of str to Unit
    variables : mapping of str to Variable
    year : int or None
        The year whose value is wanted where a cell prints several.
    """

    def __init__(
        self, names: Names, units: Mapping[str, Unit], variables: Mapping[str, Variable]
    ) -> None:
        self.names, self.units, self.variables = names, units, variables

    def asked(self, indicator: Indicator, limb: Limb, printed_name: str, unit: str) -> Asked:
        """Return what a limb's value is read for."""
        variable = self.variables.get(limb.formula.strip())
        scale = {grade.label.vi: grade.key for grade in variable.scale} if variable else {}
        own = limb.name.vi if limb.name else ""
        name = f"{own} {indicator.name.vi} {printed_name}".strip()
        return Asked(limb, name, scale, self.units, unit)

    def one(self, words: str, indicator: Indicator, limb: Limb, name: str, unit: str) -> Reading:
        """Return the reading of one limb's own words."""
        asked = self.asked(indicator, limb, name, unit)
        words = " ".join(words.split())
        if yearly := by_year(words):
            return left("years", years="; ".join(f"{year}: {value}" for year, value in yearly))
        reading = read_value(words, asked)
        if not reading.requires and reading.why and reading.why[0].key == "word_for_number":
            return _from_name(reading, limb, name, asked)
        return reading

    def all(self, words: str, indicator: Indicator, name: str, unit: str) -> dict[str, Reading]:
        """Return the readings of all limbs of an indicator by their keys.

        Parameters
        ----------
        words : str
            As printed.
        indicator : Indicator
        name : str
            As printed.
        unit : str
            What the annex's column of units prints.
        """
        limbs = indicator.limbs
        parts = _parts(words)
        numbers = _numbers(words)
        if len(limbs) == 1:
            return {limbs[0].key: self._alone(words, parts, indicator, name, unit)}
        if len(set(numbers)) <= 1 and not self._named_apart(words, parts, indicator):
            return self._common(words, indicator, name, unit)
        return self._apart(words, parts, indicator, name, unit)

    def _alone(
        self, words: str, parts: list[str], indicator: Indicator, name: str, unit: str
    ) -> Reading:
        """Read a value of one limb; the same number printed twice is one."""
        reading = self.one(words, indicator, indicator.own, name, unit)
        if reading.requires or len(_numbers(words)) < 2:
            return reading
        each = [self.one(part, indicator, indicator.own, name, unit) for part in parts]
        said = {one.requires for one in each if one.requires}
        if len(said) == 1 and len(set(_numbers(words))) == 1 and all(one.requires for one in each):
            return each[0].doubted("likely", "said_twice")
        return reading

    def _common(self, words: str, indicator: Indicator, name: str, unit: str) -> dict[str, Reading]:
        bare = re.sub(r"\([^()]*\)", " ", words) if _BOTH.search(plain(words)) else words
        found: dict[str, Reading] = {}
        own = self.one(bare, indicator, indicator.own, name, unit)
        if not own.requires and (by_kind := self._by_kind(bare, indicator, name, unit)):
            return by_kind
        for limb in indicator.limbs:
            if limb is indicator.own:
                found[limb.key] = own
                continue
            reading = self.one(bare, indicator, limb, name, unit)
            if limb.same_requirement:
                found[limb.key] = reading
            elif limb.kind == indicator.kind and limb.unit == indicator.unit:
                found[limb.key] = _shared(reading)
                found[indicator.own.key] = _shared(own)
            elif reading.requires:
                found[limb.key] = _shared(reading)
            else:
                found[limb.key] = self._stated(indicator, limb, name, unit)
        return found

    def _stated(self, indicator: Indicator, limb: Limb, name: str, unit: str) -> Reading:
        """Return the count of a limb that the printed name states, where its cell states none."""
        nothing = left("no_value_for_limb")
        if limb.kind != "count":
            return nothing
        return _from_name(nothing, limb, name, self.asked(indicator, limb, name, unit))

    def _by_kind(
        self, words: str, indicator: Indicator, name: str, unit: str
    ) -> dict[str, Reading]:
        """Give a value to the only limb whose kind it can be."""
        fits = {
            limb.key: reading
            for limb in indicator.limbs
            if (reading := self.one(words, indicator, limb, name, unit)).requires
        }
        if len(fits) != 1:
            return {}
        return {
            limb.key: fits[limb.key].doubted("likely", "limb_by_kind")
            if limb.key in fits
            else left("no_value_for_limb")
            for limb in indicator.limbs
        }

    def _named_apart(self, words: str, parts: list[str], indicator: Indicator) -> bool:
        return len(parts) > 1 and sum(bool(self._of(part, indicator)) for part in parts) > 1

    def _of(self, part: str, indicator: Indicator) -> list[Limb]:
        """Return the limbs that a part of a cell names."""
        text = printed_value(part).text  # its number is no word; that of a level is
        said = {*tokens(NUMBER.sub(" ", LEVEL.sub(" ", text))), *LEVEL.findall(text)}
        found = []
        for limb in indicator.limbs:
            others = {
                token
                for other in indicator.limbs
                if other is not limb and other.name
                for token in tokens(other.name.vi)
            }
            own = [t for t in tokens(limb.name.vi) if t not in others] if limb.name else []
            total = sum(map(self.names.weight, own))
            if own and sum(self.names.weight(t) for t in own if t in said) >= _NAMED * total:
                found.append(limb)
        return found

    def _apart(
        self, words: str, parts: list[str], indicator: Indicator, name: str, unit: str
    ) -> dict[str, Reading]:
        """Give each part of a cell to the limb that its words or its unit name."""
        listed = "; ".join(parts)
        found = {limb.key: left("two_numbers", numbers=listed) for limb in indicator.limbs}
        taken: set[str] = set()
        valued = [
            part
            for part in parts
            if NUMBER.search(LEVEL.sub(" ", printed_value(part).text))
            or len(parts) == 1
            or not _numbers(words)
        ]
        if len(valued) != len([p for p in parts if printed_value(p).text]):
            valued = _with_words(parts)
        for part in valued:
            limbs = self._of(part, indicator)
            readings = {
                limb.key: self.one(part, indicator, limb, name, unit) for limb in indicator.limbs
            }
            if not limbs:
                fits = [limb for limb in indicator.limbs if readings[limb.key].requires]
                kinds = {(limb.kind, limb.unit) for limb in indicator.limbs}
                if len(fits) == 1 and len(kinds) == len(indicator.limbs):
                    limbs = fits
            for limb in limbs:
                if limb.key in taken:
                    found[limb.key] = left("two_numbers", numbers=listed)
                else:
                    found[limb.key] = readings[limb.key].doubted("likely", "limb_by_words")
                    taken.add(limb.key)
        for limb in indicator.limbs:
            if limb.key not in taken and taken:
                found[limb.key] = left("no_value_for_limb")
        return found


def _shared(reading: Reading) -> Reading:
    return reading.doubted("likely", "one_for_limbs") if reading.requires else reading


def _parts(words: str) -> list[str]:
    parts = [part.strip(" .-–+") for part in _PARTS.split(_unwrapped(words)) if part]
    return [part for part in parts if part]


def _unwrapped(words: str) -> str:
    """Join the lines of a value that a narrow column broke; two values stay on two lines."""

    def joined(match: re.Match[str]) -> str:
        before = words[: match.start()].rsplit("\n", 1)[-1]
        apart = ";" not in words and NUMBER.search(before) and words[match.end() :][:1].isdigit()
        return "\n" if apart else " "

    return _WRAPPED.sub(joined, words)


def _with_words(parts: list[str]) -> list[str]:
    """Join parts without a number to the one before (or after) them: `100% (cứng hóa)`."""
    joined: list[str] = []
    lead = ""
    for part in parts:
        if NUMBER.search(LEVEL.sub(" ", printed_value(part).text)):
            joined.append(f"{lead} {part}".strip())
            lead = ""
        elif joined:
            joined[-1] += f" {part}"
        else:
            lead = f"{lead} {part}".strip()
    return joined


def _numbers(words: str) -> list[str]:
    return NUMBER.findall(LEVEL.sub(" ", printed_value(words).text))


def by_year(words: str) -> list[tuple[str, str]]:
    """Return the values of single years that words state: `2021: 66; 2022: 72`."""
    found = [(year, " ".join(value.split())) for year, value in _YEARLY.findall(words)]
    return found if len(found) > 1 else []


def _from_name(reading: Reading, limb: Limb, name: str, asked: Asked) -> Reading:
    """Take the threshold that the indicator's printed name states, where it states one."""
    found = [match[0] for match in _LEAST.finditer(name)]
    fits = []
    for words in found:
        one = read_value(words, asked)
        unit = plain(asked.units[limb.unit].label.vi)
        if (
            one.requires
            and (limb.unit == "percent") == ("%" in words)
            and (limb.unit == "percent" or unit.startswith(plain(words).split()[-1]))
        ):
            fits.append(one)
    if len({one.requires for one in fits}) != 1:
        return reading
    return fits[0].doubted("likely", "from_name")
