"""Number formats of workbooks: what a cell shows that its value does not hold (`"≥ "0%`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<digits>[0#?][0#?,]*(?:\.[0#?]+)?|\.[0#?]+)|(?P<general>General)|(?P<text>@)"
    r"|(?P<exponent>[Ee][+-]0+)|(?P<plain>.)"
)
_CONDITION: Final = re.compile(r"^(>=|<=|<>|>|<|=)\s*(-?\d+(?:\.\d+)?)$")
_CURRENCY: Final = re.compile(r"^\$([^-]*)")
_DATE: Final = re.compile(r"[dmyhs]", re.I)


@dataclass(frozen=True, slots=True)
class _Section:
    condition: tuple[str, Decimal] | None
    before: str
    digits: str
    after: str
    percents: int

    @property
    def letters_alone(self) -> bool:
        return not self.digits


def is_date_format(number_format: str) -> bool:
    """Return whether a format is one of days or times."""
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|General', "", number_format)
    return bool(_DATE.search(bare))


def shown_number(value: float, number_format: str) -> str:
    """Return a number as a workbook shows it, with a decimal comma.

    Parameters
    ----------
    value : float
    number_format : str
        As the workbook has it: `General`, `0%`, `"≥ "0.0`, `0" sản phẩm"`.

    Notes
    -----
    Digits that the format would hide are shown: a threshold of 79.25 in a format of one decimal is
    written 79,25, never rounded.

    Examples
    --------
    >>> shown_number(0.95, '"≥ "0%'), shown_number(79.2, "0.0"), shown_number(1, '0" mô hình"')
    ('≥ 95%', '79,2', '1 mô hình')
    """
    exact = Decimal(repr(value))
    section = _chosen(exact, [_section(one) for one in _sections(number_format or "General")])
    if section.letters_alone:
        return f"{section.before}{section.after}".strip()
    amount = exact * 100**section.percents
    if section.condition is None and amount < 0 and "-" in section.before:
        amount = -amount
    return f"{section.before}{_digits(amount, section.digits)}{section.after}".strip()


def shown_text(value: str, number_format: str) -> str:
    """Return a text as a workbook shows it: `@` may stand beside words of the format."""
    if "@" not in number_format or number_format == "@":
        return value
    part = next(one for one in _sections(number_format) if "@" in one)
    return "".join(
        value if match["text"] else match["quoted"] or match["escaped"] or match["plain"] or ""
        for match in _TOKEN.finditer(part)
    ).strip()


def _sections(number_format: str) -> list[str]:
    parts = re.findall(r'(?:"[^"]*"|\\.|[^;"\\])+|(?<=;)(?=;|$)', number_format)
    return parts or ["General"]


def _section(text: str) -> _Section:
    condition, digits, percents = None, "", 0
    around = ["", ""]
    for match in _TOKEN.finditer(text):
        literal = match["quoted"] or match["escaped"] or ""
        if match["bracket"] is not None:
            if found := _CONDITION.match(match["bracket"]):
                condition = (found[1], Decimal(found[2]))
            elif found := _CURRENCY.match(match["bracket"]):
                literal = found[1]
        elif match["digits"] or match["general"]:
            if digits:
                literal = match[0]
            else:
                digits = match[0]
                continue
        elif match["plain"]:
            literal = match["plain"]
            percents += literal == "%"
        around[bool(digits)] += literal
    return _Section(condition, around[0], digits, around[1], percents)


def _chosen(value: Decimal, sections: list[_Section]) -> _Section:
    tests = {
        ">=": value.__ge__, "<=": value.__le__, ">": value.__gt__, "<": value.__lt__,
        "=": value.__eq__, "<>": value.__ne__,
    }  # fmt: skip
    if any(one.condition for one in sections):
        for one in sections:
            if one.condition is None or tests[one.condition[0]](one.condition[1]):
                return one
        return sections[-1]
    if value < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if value == 0 and len(sections) > 2 and sections[2].digits else sections[0]


def _digits(amount: Decimal, digits: str) -> str:
    if digits == "General":
        plain = amount.normalize()
        return f"{plain:f}".replace(".", ",")
    whole, _, decimals = digits.partition(".")
    least, most = decimals.count("0"), len(decimals)
    held = max(0, -int(amount.normalize().as_tuple().exponent))
    places = max(least, held if held > most else min(held, most))
    rounded = amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    sign = "-" if rounded < 0 else ""
    units, _, rest = f"{abs(rounded):f}".partition(".")
    units = units.zfill(whole.replace(",", "").count("0"))
    if "," in whole:
        units = re.sub(r"(?<=\d)(?=(\d{3})+$)", ".", units)
    return f"{sign}{units},{rest}" if rest else f"{sign}{units}"
