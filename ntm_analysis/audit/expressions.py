"""Reading a sum on paper: numbers, plus, minus, times, division, brackets."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from ntm_analysis.audit.figures import NUM, readings

_TOKEN: Final = re.compile(rf"\s*(?:(?P<n>{NUM})|(?P<s>[()+\-–x×*·/:]))")
_SIGNS: Final = {"–": "-", "x": "*", "×": "*", "·": "*", ":": "/"}
_LONGEST: Final = 60


class NoExpressionError(ValueError):
    """A text that is no expression."""


def values(text: str) -> list[Fraction]:
    """Return the values an expression may have, the likeliest first.

    Parameters
    ----------
    text : str
        `(33-14)/(2692 -14) x 100`; signs for percent left out.

    Raises
    ------
    NoExpressionError
        If it is none.
    """
    found = []
    for decimal in (False, True):
        value = _Reader(text, decimal=decimal).read()
        if value not in found:
            found.append(value)
    return found


class _Reader:
    def __init__(self, text: str, *, decimal: bool) -> None:
        self.decimal = decimal
        self.tokens: list[str | Fraction] = []
        at = 0
        text = text.strip()
        while at < len(text):
            match = _TOKEN.match(text, at)
            if not match:
                raise NoExpressionError(text)
            self.tokens.append(self._number(match["n"]) if match["n"] else self._sign(match["s"]))
            at = match.end()
        self.at = 0
        if len(self.tokens) > _LONGEST:
            raise NoExpressionError(text[:40])

    def _number(self, text: str) -> Fraction:
        found = readings(text)
        if not found:
            raise NoExpressionError(text)
        return min(found) if self.decimal else found[0]

    @staticmethod
    def _sign(text: str) -> str:
        return _SIGNS.get(text, text)

    def read(self) -> Fraction:
        value = self._sum()
        if self.at != len(self.tokens):
            raise NoExpressionError
        return value

    def _next(self) -> str | Fraction | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _take(self) -> str | Fraction | None:
        token = self._next()
        self.at += 1
        return token

    def _sum(self) -> Fraction:
        value = self._product()
        while self._next() in ("+", "-"):
            value = value + self._product() if self._take() == "+" else value - self._product()
        return value

    def _product(self) -> Fraction:
        value = self._factor()
        while self._next() in ("*", "/"):
            sign, factor = self._take(), self._factor()
            if sign == "/" and not factor:
                raise NoExpressionError
            value = value * factor if sign == "*" else value / factor
        return value

    def _factor(self) -> Fraction:
        token = self._take()
        if token == "(":
            value = self._sum()
            if self._take() != ")":
                raise NoExpressionError
            return value
        if isinstance(token, Fraction):
            return token
        raise NoExpressionError
