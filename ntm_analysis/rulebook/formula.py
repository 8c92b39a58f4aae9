"""Formulas of indicators: plain arithmetic over variables, never code."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

T = TypeVar("T")

_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_MAX_LENGTH = 500
_MAX_NUMBER = 1e15
"""Beyond it floats cannot tell whole numbers apart."""


class FormulaError(ValueError):
    """A formula that is not arithmetic over variables."""


def exact(value: float) -> Fraction:
    """Return the decimal number that a float prints as, exactly (`8.35` is 835/100)."""
    return Fraction(Decimal(repr(float(value))))


@dataclass(frozen=True)
class Formula:
    """An arithmetic formula over variables, such as `100 * solid_houses / houses`.

    Only numbers, variable names, `+ - * /`, a sign and parentheses are allowed.

    Attributes
    ----------
    text : str
        The formula as written in the rulebook.
    variables : tuple of str
        The variables it names, in order of appearance.

    Raises
    ------
    FormulaError
        If the text holds anything else.
    """

    text: str
    variables: tuple[str, ...] = field(init=False, compare=False)
    _tree: ast.expr = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.text) > _MAX_LENGTH:
            raise FormulaError(self.text[:40])
        try:
            tree = ast.parse(self.text.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise FormulaError(self.text) from None
        object.__setattr__(self, "_tree", tree)
        object.__setattr__(self, "variables", tuple(dict.fromkeys(self._names(tree))))

    def _names(self, node: ast.expr) -> Iterator[str]:
        match node:
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
                yield from self._names(left)
                yield from self._names(right)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
                yield from self._names(operand)
            case ast.Name(id=name):
                yield name
            case ast.Constant(value=int() | float() as value) if (
                not isinstance(value, bool) and abs(value) < _MAX_NUMBER
            ):
                return
            case _:
                raise FormulaError(self.text)

    def evaluate(self, values: Mapping[str, Floats]) -> Floats:
        """Return the formula's value for all communes at once.

        Parameters
        ----------
        values : mapping of str to array of float, shape (n,)
            One array a variable; NaN where there is no figure.

        Returns
        -------
        array of float, shape (n,)
            NaN where a figure is missing or a denominator is zero.
        """
        import numpy as np  # here: checking data needs no arrays, and waits for none

        with np.errstate(divide="ignore", invalid="ignore"):
            result = np.asarray(self._fold(self._tree, values, np.float64), dtype=np.float64)
        return np.where(np.isinf(result), np.nan, result)

    def evaluate_exactly(self, values: Mapping[str, Fraction]) -> Fraction:
        """Return the formula's value for one commune, in exact fractions.

        Raises
        ------
        ZeroDivisionError
            If a denominator is zero.
        """
        result = self._fold(self._tree, values, exact)
        return Fraction(result)

    def evaluate_with(self, values: Mapping[str, T], number: Callable[[float], T]) -> T:
        """Return the formula's value in any numbers that can be added and divided.

        Parameters
        ----------
        values : mapping of str to number
        number : callable
            Makes such a number of a constant.
        """
        result: T = self._fold(self._tree, values, number)
        return result

    def _fold(
        self, node: ast.expr, values: Mapping[str, Any], number: Callable[[float], Any]
    ) -> Any:
        match node:
            case ast.BinOp(left=left, op=op, right=right):
                return _BINARY[type(op)](
                    self._fold(left, values, number), self._fold(right, values, number)
                )
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self._fold(operand, values, number)
            case ast.UnaryOp(operand=operand):
                return self._fold(operand, values, number)
            case ast.Name(id=name):
                return values[name]
            case ast.Constant(value=value):
                return number(value)  # type: ignore[arg-type]
        raise FormulaError(self.text)
