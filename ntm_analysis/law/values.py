"""A printed value of one limb: `Đạt`, `≥95%`, `từ 95% trở lên`, `UBND cấp tỉnh quy định cụ thể`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ntm_analysis.law.marks import LEVEL, NUMBER, Printed, printed_value
from ntm_analysis.law.reading import DELEGATED, Reading, left
from ntm_analysis.law.words import plain
from ntm_analysis.rulebook import Limb, Unit

_BEFORE: Final = (
    (">=", r"\b(?:lon|cao|nhieu) hon hoac bang\b"),
    ("<=", r"\b(?:nho|thap|it) hon hoac bang\b"),
    ("<=", r"≤|\btoi da\b|\bkhong (?:vuot )?qua\b|\bkhong vuot\b|\bkhong (?:lon|cao|nhieu) hon\b"
           r"|\bkhong tren\b|\bnhieu nhat\b|\bcao nhat\b"),
    (">=", r"≥|\btoi thieu\b|\bit nhat\b|\bkhong duoi\b|\bkhong (?:thap|it|nho|kem) hon\b"
           r"|\bthap nhat\b"),
    (">", r">|\btren\b|\bvuot\b|\b(?:lon |cao |nhieu )?hon\b"),
    ("<", r"<|\bduoi\b|\b(?:thap|nho|it|kem) hon\b|\bchua den\b"),
)  # fmt: skip
_AFTER: Final = (
    (">=", r"\btro len\b|\b(?:hoac|hay) (?:cao|nhieu|lon) hon\b"),
    ("<=", r"\btro xuong\b|\b(?:hoac|hay) (?:thap|it|nho) hon\b|\btro lai\b"),
)
_FROM: Final = re.compile(r"\btu\b")
_RANGE: Final = re.compile(r"\d\s*%?\s*(?:[-–—]|\bden\b|÷)\s*\d")
_ABOUT: Final = re.compile(r"\bkhoang\b|\bgan\b|\bxap xi\b|≈|~|\btam\b|±")
_CONDITION: Final = re.compile(
    r"\bneu\b|\bhoac\b|\brieng\b|\bdoi voi\b|\btrong do\b|\btru\b|\bkhong ke\b|\btruong hop\b"
    r"|\bkhuyen khich\b|\bphan dau\b|\bkhong\b|\bcon lai\b"
)
_NOTHING: Final = frozenset({"", "-", "–", "—", "…", "...", "/", "x x"})
_POSITIVE: Final = re.compile(
    r"^(?:dat|co|dam bao|bao dam|thuc hien|trien khai|duy tri|dap ung|hoan thanh|ban hanh|duoc|da"
    r"|[✓✔xv]|yes|du|to chuc|nang cao)(?![a-z])"
)
_PURE: Final = re.compile(
    r"^(?:(?:dat|co|dam bao|bao dam|thuc hien|trien khai|duy tri|dap ung|hoan thanh|ban hanh|duoc"
    r"|da|yes|du|chuan|yeu cau|quy dinh|theo|tot|va|nang cao|danh gia|xep loai|day du|dung|[✓✔]"
    r"|tieu chi|tieu chuan|chat luong|to chuc|hoat dong|thuong xuyen|hieu qua|,|hang nam)\s*)+$"
)
_DELEGATED: Final = re.compile(
    r"\b(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan)(?: cac)?(?: cap)? (?:tinh|thanh pho)\b"
    r"|\b(?:tinh|dia phuong|cap tinh)\b.{0,12}\bquy dinh\b"
)
_RULES: Final = re.compile(r"\b(?:quy dinh|quyet dinh|huong dan|ban hanh|xac dinh|cong bo)\b")
_NOT_ASKED: Final = re.compile(
    r"^khong (?:ap dung|quy dinh|yeu cau|danh gia|xet|thuc hien|co chi tieu|xem xet)\b"
)
_NONE_OCCURS: Final = re.compile(
    r"^khong(?: (?:de xay ra|xay ra|de|co|phat sinh|con|tai pham)\b.*)?$"
)
_FILLER_TEXT: Final = (
    "dat la ty le so muc tu cua cac tong toan xa % va deu ca duoc so voi theo quy "
    "dinh gom binh quan can phai co chi tieu yeu cau dam bao ho nam "
)
_FILLER: Final = frozenset(_FILLER_TEXT.split())
_PER: Final = re.compile(r"(?<=[a-z_])\s*/\s*(?:nguoi|ngay|dem|nam|thang|xa|ho|thon|24h|ngay dem)+")
_MONEY: Final = re.compile(r"\b(?:nghin|ngan|ty) dong\b|(?<!trieu )\bdong\b|\busd\b")
_MANY_WORDS: Final = 14
_WHOLE: Final = 100.0


@dataclass(frozen=True, slots=True)
class Asked:
    """The limb whose value is read, with what its reading needs.

    Attributes
    ----------
    limb : Limb
    name : str
        The name of the indicator (and limb) in the set, and as the annex prints it.
    scale : mapping of str to str
        Keys of grades by their labels.
    units : mapping of str to Unit
    unit_printed : str
        What the annex's column of units prints.
    """

    limb: Limb
    name: str
    scale: Mapping[str, str]
    units: Mapping[str, Unit]
    unit_printed: str = ""


def read_value(words: str, asked: Asked) -> Reading:
    """Return the requirement that printed words state for one limb.

    Parameters
    ----------
    words : str
        As printed; notes' signs may stand in them.
    asked : Asked

    Returns
    -------
    Reading
        Left to a person wherever the words could mean more than one thing.
    """
    printed = printed_value(words)
    if printed.broken:
        return left("unreadable")
    if printed.text in _NOTHING:
        return left("dash" if words.strip() else "blank")
    delegated = _DELEGATED.search(printed.text)
    numbers = NUMBER.findall(LEVEL.sub(" ", printed.text))
    if delegated and _RULES.search(printed.text) and not _POSITIVE.match(printed.text):
        return _delegated(printed, numbers)
    if _NOT_ASKED.match(printed.text):
        return left("not_asked")
    reading = {"yes_no": _yes, "level": _level, "grade": _grade}.get(asked.limb.kind, _number)(
        printed, asked
    )
    if reading.requires and printed.note:
        reading = reading.doubted("likely", "note")
    if reading.requires and len(printed.years) == 1:
        reading = reading.doubted("likely", "year", year=printed.years[0])
    return reading


def _delegated(printed: Printed, numbers: list[str]) -> Reading:
    if numbers or len(printed.text.split()) > _MANY_WORDS:
        return left("delegated_more")
    return Reading(DELEGATED)


def _yes(printed: Printed, asked: Asked) -> Reading:
    text = printed.text
    name = plain(asked.name)
    if NUMBER.search(LEVEL.sub(" ", text)):
        return left("number_for_yes")
    if _NONE_OCCURS.match(text):
        named = re.search(r"\bkhong (?:de |co |xay ra|con )", name)
        if not named:
            return left("no")
        reading = Reading("yes")
        return reading.doubted("likely", "none_occurs") if text == "khong" else reading
    if not _POSITIVE.match(text):
        own = [word for word in plain(text).split() if word not in name.split()]
        if not own:
            return Reading("yes").doubted("likely", "name_again")
        return left("words")
    if _PURE.match(text):
        return Reading("yes")
    if _CONDITION.search(text):
        return left("condition")
    strange = _strange(text, name)
    if len(strange) > _MANY_WORDS:
        return left("words")
    return Reading("yes") if not strange else Reading("yes").doubted("likely", "more_words")


def _level(printed: Printed, asked: Asked) -> Reading:
    levels = LEVEL.findall(printed.text) or (
        NUMBER.findall(printed.text) if not re.search("[a-z]", printed.text) else []
    )
    if not levels:
        return left("word_for_number")
    if len(set(levels)) > 1:
        return left("two_numbers", numbers=", ".join(levels))
    sign = _sign(printed.text)
    if sign in ("?", "<", "<=", ">") or _CONDITION.search(printed.text):
        return left("sign_against")
    rest = LEVEL.sub(" ", printed.text)
    if NUMBER.search(rest) and rest != printed.text:
        return left("two_numbers", numbers=", ".join(NUMBER.findall(printed.text)))
    return Reading(f">= {int(levels[0])}")


def _grade(printed: Printed, asked: Asked) -> Reading:
    if NUMBER.search(printed.text):
        return left("number_for_grade")
    text = plain(printed.text)
    found = {}
    for label, key in sorted(asked.scale.items(), key=lambda each: -len(each[0])):
        pattern = rf"\b{re.escape(plain(label))}\b"
        if re.search(pattern, text):
            found[key] = label
            text = re.sub(pattern, " ", text)
    if len(found) > 1:
        return left("two_grades", grades=", ".join(found.values()))
    if found:
        if _CONDITION.search(printed.text):
            return left("condition")
        rest = _strange(text, plain(asked.name) + " loai xep tro len muc dat")
        reading = Reading(f">= {next(iter(found))}")
        return reading.doubted("likely", "more_words") if rest else reading
    named = [k for label, k in asked.scale.items() if plain(asked.name).startswith(plain(label))]
    if _PURE.match(printed.text) and len(named) == 1:
        return Reading(f">= {named[0]}").doubted("likely", "grade_of_name")
    return left("word_for_grade", grades=", ".join(asked.scale))


def _number(printed: Printed, asked: Asked) -> Reading:
    text = LEVEL.sub(" ", printed.text) if asked.limb.kind != "level" else printed.text
    text = _PER.sub("", text)
    found = NUMBER.findall(text)
    if not found:
        return left("word_for_number")
    if _RANGE.search(text):
        return left("range")
    if len(set(found)) > 1:
        return left("two_numbers", numbers=", ".join(found))
    if _ABOUT.search(text):
        return left("about")
    number = _plain_number(found[0])
    if number is None:
        return left("ambiguous", number=found[0])
    sign = _sign(text)
    if sign == "?":
        return left("signs")
    if (wrong := _other_unit(text, asked)) is not None:
        return left("unit", unit=wrong)
    rest = _without_signs(text)
    if _CONDITION.search(rest):
        return left("condition")
    return _signed(sign, number, text, asked)


def _signed(sign: str, number: str, text: str, asked: Asked) -> Reading:
    limb, value = asked.limb, float(number)
    lower = limb.lower_is_better
    share = limb.unit == "percent"
    if share and not 0 <= value <= _WHOLE:
        return left("percent_range", number=number)
    per_cent = "%" in text or "%" in asked.unit_printed
    if share and not lower and 0 < value <= 1:
        return left("fraction", number=number)
    if limb.kind in ("count", "level") and not value.is_integer():
        return left("not_whole", number=number)
    if limb.kind in ("count", "level"):
        number = str(int(value))
    if not sign:
        op = "<=" if lower else ">="
        reading = Reading(f"{op} {number}")
        best = share and value == (0.0 if lower else _WHOLE)
        asks_least = re.search(r"\bit nhat\b|\btoi thieu\b", plain(asked.name))
        if not best and not (limb.kind == "count" and asks_least):
            reading = reading.doubted("likely", "no_sign")
    elif (sign in ("<", "<=")) != lower:
        return left("sign_against")
    else:
        reading = Reading(f"{sign} {number}")
        if _FROM.search(text) and not re.search(r"[≥>]|tro len", text):
            reading = reading.doubted("likely", "from")
    if (sign == ">" and share and value == _WHOLE) or (sign == "<" and value == 0):
        return left("never")
    strange = _strange(_without_signs(text), plain(asked.name) + " " + _unit_words(asked))
    if share and not per_cent and not sign and 0 < value <= 10 and not lower:
        reading = reading.doubted("person", "fraction", number=number)
    if len(strange) > _MANY_WORDS:
        return left("words")
    return reading.doubted("likely", "more_words") if strange else reading


def _sign(text: str) -> str:
    """Return the sign that words and signs state; empty for none, `?` where they disagree."""
    found, rest = [], text
    for sign, pattern in _AFTER:
        if re.search(pattern, rest):
            found.append(sign)
            rest = re.sub(pattern, " ", rest)
    for sign, pattern in _BEFORE:
        if re.search(pattern, rest):
            found.append(sign)
            rest = re.sub(pattern, " ", rest)
    if not found and _FROM.search(rest):
        return ">="
    return found[0] if len(set(found)) == 1 else "?" if found else ""


def _without_signs(text: str) -> str:
    for _, pattern in (*_AFTER, *_BEFORE):
        text = re.sub(pattern, " ", text)
    return NUMBER.sub(" ", text)


def _plain_number(text: str) -> str | None:
    """Return a number with a decimal point; None where a mark may be of thousands."""
    if re.fullmatch(r"\d+", text):
        return str(int(text))
    if re.fullmatch(r"\d+,\d+", text) and not re.fullmatch(r"[1-9]\d{0,2},\d{3}", text):
        return text.replace(",", ".")
    if re.fullmatch(r"\d+\.\d+", text) and not re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text):
        return text
    return None


def _unit_words(asked: Asked) -> str:
    label = plain(asked.units[asked.limb.unit].label.vi)
    extra = {
        "million_vnd_person_year": "trieu tr trd dong nguoi nam",
        "m2_person": "m m_ nguoi", "litre_person_day": "lit l nguoi ngay dem", "level": "muc do",
        "cooperative": "htx",
    }.get(asked.limb.unit, "")  # fmt: skip
    return f"{label} {extra}"


def _other_unit(text: str, asked: Asked) -> str | None:
    """Return a unit after the number that is another than the limb's; None if there is none."""
    own = asked.limb.unit
    if "%" in text:
        return None if own == "percent" else "%"
    after = plain(NUMBER.split(text, maxsplit=1)[-1])
    named = plain(asked.units[own].label.vi)
    if asked.unit_printed.strip() == "%" and own != "percent" and not after.startswith(named):
        return "%"
    if own == "million_vnd_person_year" and (money := _MONEY.search(text)):
        return money[0]
    name = f"{plain(asked.name)} {_unit_words(asked)}"
    for key, unit in asked.units.items():
        label = plain(unit.label.vi)
        if key == own or not label or label in name:
            continue
        if after == label or after.startswith(f"{label} "):
            return unit.label.vi
    if re.search(r"\b(?:trieu|m_)", after) and own not in (
        "million_vnd_person_year",
        "m2_person",
        "m2",
    ):
        return after
    return None


def _strange(text: str, known: str) -> list[str]:
    """Return the words of a cell that neither the name nor the form of a value explains."""
    allowed = _FILLER | set(known.split()) | _POSITIVE_WORDS
    return [word for word in plain(text).split() if word not in allowed and not word.isdigit()]


_POSITIVE_WORDS_TEXT: Final = (
    "dat co dam bao thuc hien trien khai duy tri dap ung hoan thanh ban hanh duoc da "
    "du chuan tot day dung tieu chuan chat luong to chuc hoat dong thuong xuyen hieu "
    "qua hang loai "
)
_POSITIVE_WORDS: Final = frozenset(_POSITIVE_WORDS_TEXT.split())
