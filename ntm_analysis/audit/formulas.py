"""Arithmetic written out: on one line, or as fractions set over several lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from ntm_analysis.audit.figures import NUMBER, read
from ntm_analysis.audit.passages import Passage
from ntm_analysis.audit.ratios import shares
from ntm_analysis.audit.row import AuditRow, percent, printed, row
from ntm_analysis.numbers.rounding import HUNDRED

_SIGN: Final = r"[+\-−–x×*:/÷]"
_OPERAND = rf"\(?\s*(?:{NUMBER})\s*%?\s*\)?"
_EQUATION = re.compile(
    rf"(?<![\d.,/\w])(?P<left>[(\s]*{_OPERAND}(?:\s*{_SIGN}\s*[(\s]*{_OPERAND})+)\s*=\s*"
    rf"(?P<right>{NUMBER})\s*(?P<percent>%)?"
)
_TOKEN = re.compile(rf"\s*(?:(?P<number>{NUMBER})\s*(?P<percent>%)?|(?P<sign>[()+*/-]))")
_ONLY_ARITHMETIC = re.compile(rf"^[\s()]*{NUMBER}[\d\s().,%+\-−–x×*:/÷]*$")
_TIMES_HUNDRED = re.compile(
    rf"^\s*[x×*]\s*100\s*(?P<hundred>%)?\s*=\s*(?P<right>{NUMBER})\s*(?P<percent>%)?\s*$"
)
_RULE = re.compile(r"^[-–—_=\s]{3,}$")


class _UnreadableError(ValueError):
    pass


def evaluate(text: str) -> Fraction:
    """Return the value of an expression; a percent sign divides by a hundred.

    Raises
    ------
    ValueError
        If it is no arithmetic.
    ZeroDivisionError
        If it divides by zero.
    """
    even = re.sub(r"[×x]", "*", re.sub(r"[:÷]", "/", re.sub(r"[−–]", "-", text)))
    tokens: list[Fraction | str] = []
    at = 0
    while at < len(even.rstrip()):
        match = _TOKEN.match(even, at)
        if match is None:
            raise _UnreadableError(text)
        at = match.end()
        if match["sign"]:
            tokens.append(match["sign"])
            continue
        figure = read(match["number"])
        if figure is None:
            raise _UnreadableError(text)
        tokens.append(figure.value / (HUNDRED if match["percent"] else 1))
    value, rest = _sum(tokens)
    if rest:
        raise _UnreadableError(text)
    return value


def _sum(tokens: list[Fraction | str]) -> tuple[Fraction, list[Fraction | str]]:
    value, rest = _product(tokens)
    while rest and rest[0] in ("+", "-"):
        more, tail = _product(rest[1:])
        value = value + more if rest[0] == "+" else value - more
        rest = tail
    return value, rest


def _product(tokens: list[Fraction | str]) -> tuple[Fraction, list[Fraction | str]]:
    value, rest = _atom(tokens)
    while rest and rest[0] in ("*", "/"):
        more, tail = _atom(rest[1:])
        value = value * more if rest[0] == "*" else value / more
        rest = tail
    return value, rest


def _atom(tokens: list[Fraction | str]) -> tuple[Fraction, list[Fraction | str]]:
    if tokens and isinstance(tokens[0], Fraction):
        return tokens[0], tokens[1:]
    if tokens and tokens[0] == "(":
        value, rest = _sum(tokens[1:])
        if rest and rest[0] == ")":
            return value, rest[1:]
    raise _UnreadableError(str(tokens[:3]))


def check_equations(passage: Passage) -> Iterator[AuditRow]:
    """Recompute what is written out with an equals sign on one line."""
    linked = {share.percent_at for share in shares(passage) if share.stated is not None}
    for match in _EQUATION.finditer(passage.masked):
        if match.start("right") in linked:
            continue
        left = _balanced(match["left"])
        found = _equation(left, match["right"], bool(match["percent"]))
        if found is not None:
            stated, recomputed, agrees = found
            yield row(passage, match.span(), stated, recomputed, "formula",
                      "agrees" if agrees else "disagrees")  # fmt: skip


def _balanced(text: str) -> str:
    extra = text.count("(") - text.count(")")
    while extra > 0 and text.lstrip().startswith("("):
        text = text.lstrip()[1:]
        extra -= 1
    return text.strip()


def _equation(left: str, right: str, is_percent: bool) -> tuple[str, str, bool] | None:
    """Return what is stated, what follows, and whether they agree; None for no arithmetic."""
    figure = read(right)
    try:
        value = evaluate(left)
    except (ValueError, ZeroDivisionError):
        return None
    if figure is None:
        return None
    # `(33-14)/2678 x 100 = 0,71%` multiplies by a hundred without saying per cent.
    candidates = [value * HUNDRED, value] if is_percent else [value]
    if is_percent and re.search(r"[x×*]\s*100(?![\d%.,])", left):
        candidates.reverse()
    for shown in candidates:
        for goal, decimals in figure.readings:
            if abs(shown - goal) <= Fraction(1, 2 * 10**decimals):
                return _told(left, goal, decimals, is_percent), _value(shown, is_percent), True
    goal, decimals = figure.readings[0]
    return _told(left, goal, decimals, is_percent), _value(candidates[0], is_percent), False


def _told(left: str, goal: Fraction, decimals: int, is_percent: bool) -> str:
    right = percent(goal, decimals) if is_percent else printed(goal, decimals)
    return f"{' '.join(left.split())} = {right}"


def _value(value: Fraction, is_percent: bool) -> str:
    return percent(value, 4) if is_percent else printed(value, 4)


def check_set_fractions(passages: Sequence[Passage]) -> Iterator[AuditRow]:
    """Recompute fractions set over several lines: numerator, `x 100% = …`, denominator."""
    lines = [p for p in passages if p.text.strip() and not _RULE.match(p.text)]
    for place in range(1, len(lines) - 1):
        above, middle, below = lines[place - 1 : place + 2]
        match = _TIMES_HUNDRED.match(middle.masked)
        if match is None or not _ONLY_ARITHMETIC.match(above.masked):
            continue
        if _ONLY_ARITHMETIC.match(below.masked):
            yield from _set(above, below, match, middle)
    for place in range(len(lines) - 2):
        above, below, last = lines[place : place + 3]
        match = _TIMES_HUNDRED.match(last.masked)
        if match and all(_ONLY_ARITHMETIC.match(p.masked) for p in (above, below)):
            yield from _set(above, below, match, last)


def _wrapped(text: str) -> str:
    bare = text.strip()
    if re.fullmatch(rf"\([^()]*\)|{NUMBER}", bare):
        return bare
    return f"({bare})"


def _set(
    above: Passage, below: Passage, match: re.Match[str], where: Passage
) -> Iterator[AuditRow]:
    left = f"{_wrapped(above.text)} / {_wrapped(below.text)}"
    found = _equation(left, match["right"], True)
    if found is not None:
        _, recomputed, agrees = found
        stated = f"{left} x 100% = {match['right']}%"
        made = row(where, (0, len(where.text)), stated, recomputed, "formula",
                   "agrees" if agrees else "disagrees")  # fmt: skip
        quote = " ".join(f"{above.text} / {below.text} {where.text}".split())
        yield AuditRow(above.line, above.page, quote, made.stated, made.recomputed, made.check,
                       made.verdict)  # fmt: skip
