"""What a target asks for, read as people write it and as the rules are printed."""

from __future__ import annotations

from typing import Any

from ntm_analysis.forms.cells import Reader
from ntm_analysis.forms.claims import claim_variable
from ntm_analysis.forms.place import Place
from ntm_analysis.language import LANGUAGES
from ntm_analysis.numbers import NotAFigure, parse_figure
from ntm_analysis.rulebook import Rulebook
from ntm_analysis.rulebook.requirement import RequirementError, parse_requirement

_SIGNS = (">=", "<=", ">", "<")


def read_target(leaves: dict[str, Any], set_key: str, place: Place, reader: Reader) -> None:
    """Put a target's requirement and unit into the syntax of `commune.yaml`, in place.

    `≥ 95%` becomes `>= 95` in percent; `Có` is no number, and stays as words.

    Parameters
    ----------
    leaves : dict
        What the row says, by column.
    set_key : str
    place : Place
        Of the requirement.
    reader : Reader
    """
    if unit := leaves.get("unit"):
        leaves["unit"] = unit_key(str(unit), reader.book)
    text = str(leaves.get("requires") or "")
    if text:
        found = requirement(text)
        if found is None and _is_word(text):
            del leaves["requires"]
            leaves.setdefault("text.vi", text)
        elif found is not None:
            leaves["requires"] = found
            if found != text:
                reader.note(place, text, found)
            if "%" in text:
                leaves.setdefault("unit", "percent")
            elif variable := claim_variable(reader.book, set_key, str(leaves.get("indicator", ""))):
                leaves.setdefault("unit", variable.unit)
    for name in ("name", "period", "text"):
        for one, other in ((".vi", ".en"), (".en", ".vi")):
            if leaves.get(name + one):
                leaves.setdefault(name + other, leaves[name + one])


def requirement(text: str) -> str | None:
    """Return a requirement in the rulebook's syntax; None where it states no number.

    A number alone is a least value, as targets are.

    Examples
    --------
    >>> requirement("≥ 79,2%"), requirement("dưới 1,5"), requirement(">= 96"), requirement("Có")
    ('>= 79.2', '< 1.5', '>= 96', None)
    """
    plain = " ".join(text.split())
    try:
        found = parse_requirement(plain)
    except RequirementError:
        pass
    else:
        return None if found.op in ("yes", "unknown") else found.text
    try:
        figure = parse_figure(plain)
    except NotAFigure as error:
        if not error.hint:
            return None
        try:
            figure = parse_figure(error.hint)
        except NotAFigure:
            return None
    if figure.status != "number" or figure.text in ("yes", "no"):
        return None
    if figure.exact:
        return f">= {figure.text}"
    sign = next((sign for sign in _SIGNS if figure.text.startswith(sign)), "")
    return f"{sign} {figure.text[len(sign) :].strip()}" if sign else None


def _is_word(text: str) -> bool:
    return not any(letter.isdigit() for letter in text)


def unit_key(text: str, book: Rulebook) -> str:
    """Return a unit's key by its key or its name in either language; the text if it is none."""
    word = " ".join(text.split()).casefold()
    if word in book.units:
        return word
    for key, unit in book.units.items():
        names = [unit.plural or "", *(unit.label[lang] for lang in LANGUAGES)]
        if word in (name.casefold() for name in names):
            return key
    return text


__all__ = ["read_target", "requirement", "unit_key"]
