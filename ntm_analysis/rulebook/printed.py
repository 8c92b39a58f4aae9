"""Requirements as we print them, read back: `≥ 95%`, `Có`, `mức độ 3`, `< 1,0%`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ntm_analysis.language import LANGUAGES, Lang
from ntm_analysis.numbers import format_requirement
from ntm_analysis.rulebook.models import Limb
from ntm_analysis.rulebook.requirement import RequirementError, parse_requirement
from ntm_analysis.rulebook.units import Unit
from ntm_analysis.rulebook.variables import Variable

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SIGNS = (("≥", ">="), ("≤", "<="), (">=", ">="), ("<=", "<="), (">", ">"), ("<", "<"))


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints requirements of limbs, and reads them back.

    Attributes
    ----------
    units, variables : mapping
        By key.
    """

    units: Mapping[str, Unit]
    variables: Mapping[str, Variable]

    def written(self, text: str, limb: Limb) -> str:
        """Return a requirement as the rulebook writes it; any other text as it is.

        Only what we print of this limb is read, with its own unit: `≥ 95 km` of a percentage is
        left for the checks to refuse.
        """
        variable = self.variables.get(limb.formula.strip())
        scale = variable.grades if variable else ()
        try:
            parse_requirement(text, scale)
        except RequirementError:
            wanted = _squeezed(text)
            found = {
                one
                for one, lang in _candidates(text, scale, limb)
                if self._printed(one, limb, lang, variable) == wanted
            }
            if len(found) == 1:  # `≥ 1.234` is another number in each language
                return found.pop()
        return text

    def _printed(self, text: str, limb: Limb, lang: Lang, variable: Variable | None) -> str:
        if limb.unit not in self.units:
            return ""
        labels = tuple(grade.label[lang] for grade in variable.scale) if variable else ()
        asked = parse_requirement(text, variable.grades if variable else ())
        return _squeezed(format_requirement(asked, self.units[limb.unit], lang, labels))


def _candidates(text: str, scale: Sequence[str], limb: Limb) -> Iterator[tuple[str, Lang]]:
    """Yield what a text may stand for, and the language in which it is printed so."""
    number = _NUMBER.search(text)
    sign = next((op for mark, op in _SIGNS if text.strip().startswith(mark)), ">=")
    for lang in LANGUAGES:
        if limb.kind == "yes_no":
            yield "yes", lang
        for grade in scale:
            yield f"{sign} {grade}", lang
        if number is not None:
            thousands, point = (".", ",") if lang == "vi" else (",", ".")
            plain = number[0].replace(thousands, "").replace(point, ".")
            if plain.count(".") <= 1:
                yield f"{sign} {plain}", lang


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text.replace(">=", "≥").replace("<=", "≤")).casefold()
