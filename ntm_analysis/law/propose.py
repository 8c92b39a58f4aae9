"""What an indicator that no set has is likely to be: kind, unit and formula from its words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ntm_analysis.language import LANGUAGES, translate
from ntm_analysis.law.names import Names
from ntm_analysis.law.words import plain
from ntm_analysis.rulebook import Limb, Rulebook
from ntm_analysis.spelling import slug

KINDS: Final = ("rate", "amount", "count", "yes_no", "level")
_ALIKE: Final = 0.9
_OF_KIND: Final = {"rate": "percent", "yes_no": "yes_no", "level": "level"}
_VARIABLE: Final = {
    "rate": "percent", "amount": "amount", "count": "count", "yes_no": "flag", "level": "count"
}  # fmt: skip
_LOWER: Final = re.compile(r"\b(?:ngheo|khong qua|toi da|suy dinh duong|giam)\b")
_YES: Final = re.compile(r"^(?:dat|co|khong|dam bao|thuc hien|x)\b")
_SHARE: Final = re.compile(r"^(?:ty le|ti le)\b")
_COUNT: Final = re.compile(r"^so (?!tien)\b|\bit nhat \d+\b|\bco \d+\b")
_VALUE: Final = re.compile(
    r"[<>≥≤=]|\b(?:trên|dưới|từ|ít nhất|tối thiểu|tối đa|không quá|trở lên|trở xuống|có)\b"
    r"|\d+(?:[.,]\d+)*",
    re.I,
)
_BRACKETS: Final = re.compile(r"\(([^()]+)\)")
_LEFT: Final = re.compile(r"\bquy dinh\b")
_MONEY: Final = re.compile(r"\btrieu\b.*\bdong\b|\btrieu dong\b")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A limb as proposed.

    Attributes
    ----------
    limb : dict
        As a criterion's file holds it.
    variable : (str, dict) or None
        A new variable that its formula needs.
    like : str
        The indicator of another set whose formula it takes: `advanced/10`; else empty.
    """

    limb: dict[str, Any]
    variable: tuple[str, dict[str, Any]] | None
    like: str = ""


def kind_words() -> Mapping[str, str]:
    """Return the kinds by what people call them, in both languages, folded."""
    return {
        plain(text): kind
        for kind in KINDS
        for text in (kind, *(translate(f"law.kinds.{kind}", lang) for lang in LANGUAGES))
    }


def unit_of(text: str, book: Rulebook) -> str | None:
    """Return the key of the unit that words mean; None where it is none of ours."""
    words = plain(text)
    if not words:
        return None
    for key, unit in book.units.items():
        if words in (plain(key), plain(unit.label.vi), plain(unit.label.en)):
            return key
    if text.strip() == "%":
        return "percent"
    return "million_vnd_person_year" if _MONEY.search(words) else None


def propose(
    set_key: str,
    code: str,
    name: str,
    unit_text: str,
    kind_text: str,
    formula: str,
    printed: Sequence[str],
    book: Rulebook,
    key: str = "own",
) -> Proposal | None:
    """Return what an indicator is likely to be; None where its kind or unit cannot be told.

    Parameters
    ----------
    set_key, code, name : str
    unit_text, kind_text, formula : str
        As people write them; empty where they leave it to the proposal.
    printed : sequence of str
        Its values.
    book : Rulebook
    key : str
        Of the limb.
    """
    counted, shown = _unit_shown(name, printed, book)
    unit_text = unit_text or shown
    kind = kind_words().get(plain(kind_text)) if kind_text else _kind(name, unit_text, printed)
    if not kind_text and counted and kind == "amount":
        kind = "count"
    if kind is None:
        return None
    unit = unit_of(unit_text, book) or _OF_KIND.get(kind)
    if unit is None:
        return None
    limb: dict[str, Any] = {"key": key, "kind": kind, "unit": unit}
    if kind not in ("yes_no", "level") and _is_lower(name, printed):
        limb["better"] = "lower"
    if formula:
        return Proposal({**limb, "formula": formula}, None)
    if (found := _alike(name, kind, unit, book)) is not None:
        like, other = found
        own = other.model_dump(include={"formula", "stated", "loss", "better"}, exclude_none=True)
        return Proposal({**limb, **own}, None, like)
    ending = "" if key == "own" else f"_{key}"
    variable = re.sub(r"[^a-z0-9]+", "_", f"x_{slug(set_key)}_{code}{ending}")
    label = {"vi": name, "en": name}
    made = {"label": label, "unit": unit, "kind": _VARIABLE[kind]}
    return Proposal({**limb, "formula": variable}, (variable, made))


def _unit_shown(name: str, printed: Sequence[str], book: Rulebook) -> tuple[bool, str]:
    """Return the unit that values or the end of a name show, and whether it is of things counted.

    Examples are `≥ 2 HTX`, and `Thu nhập bình quân (triệu đồng/người/năm)`.
    """
    said = {plain(_VALUE.sub(" ", one)) for one in printed if re.search(r"\d", one)} - {""}
    if len(said) == 1:
        words = said.pop()
        key = unit_of(words, book)
        if key is not None:
            whole = not any(re.search(r"\d[.,]\d", one) for one in printed)
            return whole and bool(book.units[key].plural), words
    brackets = [text for text in _BRACKETS.findall(name) if unit_of(text, book)]
    return False, brackets[-1] if brackets else ""


def _kind(name: str, unit_text: str, printed: Sequence[str]) -> str | None:
    words, unit = plain(name), plain(unit_text)
    values = [plain(one) for one in printed if one.strip() and not _LEFT.search(plain(one))]
    if unit_text.strip() == "%" or "phan tram" in unit or _SHARE.match(words):
        return "rate"
    if unit.startswith("muc") and "do" in unit:
        return "level"
    if unit in ("co/khong", "co khong", "dat", "dat khong") or (
        values and all(_YES.match(one) and not re.search(r"\d", one) for one in values)
    ):
        return "yes_no"
    if _MONEY.search(unit):
        return "amount"
    if any("%" in one for one in printed):
        return "rate"
    if unit and _COUNT.search(words):
        return "count"
    return "amount" if unit else None


def _is_lower(name: str, printed: Sequence[str]) -> bool:
    signs = " ".join(printed)
    if re.search(r"[<≤]|\bdưới\b|không quá|tối đa", signs):
        return True
    return not re.search(r"[>≥]|\btrên\b", signs) and bool(_LOWER.search(plain(name)))


def _alike(name: str, kind: str, unit: str, book: Rulebook) -> tuple[str, Limb] | None:
    """Return the indicator of another set that is called so and measured so."""
    best: tuple[float, str, Limb] | None = None
    for key, loaded in book.sets.items():
        if not loaded.indicators:
            continue
        names = book.worked_out.setdefault(("names", key), Names(loaded))
        for match in names.matches(name)[:3]:
            indicator = loaded.indicators[match.code]
            own = indicator.own
            fits = own.kind == kind and own.unit == unit and len(indicator.limbs) == 1
            if fits and match.score >= _ALIKE and (best is None or match.score > best[0]):
                best = match.score, f"{key}/{match.code}", own
    return best[1:] if best else None
