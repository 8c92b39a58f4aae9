"""The rulebook's formulas as formulas of a spreadsheet."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from typing import Final

from ntm_analysis.rulebook import Limb, Requirement

_SIGNS: Final[Mapping[type[ast.operator], str]] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}


def excel(text: str, cell: Callable[[str], str]) -> str:
    """Return a formula of the rulebook in the syntax of a spreadsheet, without its equals sign.

    Parameters
    ----------
    text : str
        Arithmetic over variables.
    cell : callable
        From a variable to the expression that gives its value.
    """
    return _write(ast.parse(text.strip(), mode="eval").body, cell)


def _write(node: ast.expr, cell: Callable[[str], str]) -> str:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            return f"({_write(left, cell)}{_SIGNS[type(op)]}{_write(right, cell)})"
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return f"(-{_write(operand, cell)})"
        case ast.UnaryOp(operand=operand):
            return _write(operand, cell)
        case ast.Name(id=name):
            return cell(name)
        case ast.Constant(value=value):
            return repr(value)
    raise ValueError(ast.dump(node))


class Lookup:
    """Finds the reading that an indicator is assessed with, as the package does.

    The one reported under the indicator (the primary one first), else the general one.

    Parameters
    ----------
    sheet : str
    columns : mapping of column key to letters
    first, last : int
        The rows that hold readings, from 1.
    yes : str
        The word for a primary reading.
    """

    def __init__(
        self, sheet: str, columns: Mapping[str, str], first: int, last: int, yes: str
    ) -> None:
        quoted = sheet.replace("'", "''")

        def span(key: str) -> str:
            return f"'{quoted}'!${columns[key]}${first}:${columns[key]}${last}"

        self._scope, self._value = span("_scope"), span("value")
        self._primary = span("primary")
        self._yes = yes

    def _where(self, name: str, code: str, *, primary: bool) -> str:
        # Spreadsheets take the texts 17.1 and 17.10 for one number, so variable and code are
        # compared as one text.
        where = f'{self._scope},"{name}|{code}"'
        return where + (f',{self._primary},"{self._yes}"' if primary else "")

    def value(self, name: str, code: str) -> str:
        """Return the formula of a variable's value for an indicator; blank where it is no number.

        Each stands in a cell of its own: together they would be longer than Excel takes.
        """
        own, general = (self._average(name, scope) for scope in (code, ""))
        return f'=IFERROR(IF({self._there(name, code)},{own},{general}),"")'

    def _there(self, name: str, scope: str, *, primary: bool = False) -> str:
        """Return whether anything is reported: a number, a range, or a word such as pending."""
        return f'COUNTIFS({self._where(name, scope, primary=primary)},{self._value},"<>")>0'

    def _average(self, name: str, scope: str) -> str:
        chosen, all_ = (
            f"AVERAGEIFS({self._value},{self._where(name, scope, primary=primary)})"
            for primary in (True, False)
        )
        return f"IF({self._there(name, scope, primary=True)},{chosen},{all_})"


def names_of(limb: Limb) -> tuple[str, ...]:
    """Return the variables that a limb's value is computed from, with the rate that may stand."""
    return (*limb.parsed.variables, *((limb.stated,) if limb.stated else ()))


def limb_formula(limb: Limb, cells: Mapping[str, str]) -> str:
    """Return the formula of a limb's value: blank where a figure is missing.

    Parameters
    ----------
    limb : Limb
    cells : mapping of variable to cell
        Where the values of `names_of` stand.
    """
    there = ",".join(f"ISNUMBER({cells[name]})" for name in limb.parsed.variables)
    formula = excel(limb.formula, cells.__getitem__)
    stated = cells[limb.stated] if limb.stated is not None else '""'
    return f'=IF(AND({there}),IFERROR({formula},""),{stated})'


def verdict_formula(cell: str, requirement: Requirement, words: Mapping[str, str]) -> str:
    """Return the formula of a first verdict on the value in a cell."""
    nothing = f'"{words["no_data"]}"'
    if requirement.threshold is None or requirement.op in ("yes", "unknown"):
        return f'=IF({cell}="",{nothing},"")'
    threshold = re.sub(r"^\D+", "", requirement.text)
    # Binary fractions miss round thresholds by a hair; the report decides in exact fractions.
    test = f"ROUND({cell},9){requirement.op}{threshold}"
    return f'=IF({cell}="",{nothing},IF({test},"{words["met"]}","{words["not_met"]}"))'
