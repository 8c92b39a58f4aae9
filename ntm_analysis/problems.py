"""Problems in people's data, collected and reported all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from ntm_analysis.language import say


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in an input file, said so that its author can mend it.

    Attributes
    ----------
    file : str
        The file, as the user would name it (relative to the project where possible).
    problem : str
        What is wrong, in the user's language.
    wanted : str
        What to write instead, in the user's language.
    sheet : str or None
        The sheet of a workbook.
    row : int or None
        The row of a table or line of a text file, counted from 1 as an editor shows it.
    column : str or None
        The column's name, or the dotted path of a field in a YAML file.
    value : str or None
        What stands there now.
    other : int or None
        The row of the other one, where two do not fit together.
    label : str or None
        What its row is called in a workbook made for people; empty where it has no name.
    """

    file: str
    problem: str
    wanted: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    other: int | None = None
    label: str | None = None

    @property
    def place(self) -> str:
        """Where it stands, as the person looking at the file sees it.

        Examples
        --------
        >>> Problem("a.csv", "", "", row=3, column="value").place
        'a.csv:3:value'
        """
        if self.label is not None and self.row and self.column:
            cell = f"{self.column}{self.row}"
            cell = f"{self.sheet}!{cell}" if self.sheet else cell
            if self.label:
                cell = say("cli.row_named", label=self.label, cell=cell)
            return f"{self.file}: {cell}"
        parts = (self.file, self.sheet, self.row, self.column)
        return ":".join(str(part) for part in parts if part not in (None, ""))

    def as_dict(self) -> dict[str, str | int | None]:
        """Return the problem as the mapping that `ntm check --format json` prints."""
        keys = ("file", "sheet", "row", "column", "value", "problem", "wanted")
        fields = asdict(self)
        return {key: fields[key] for key in keys}

    def __str__(self) -> str:
        return f"{self.place}: {self.problem} {self.wanted}".strip()


class DataErrors(Exception):
    """Input that cannot be used, with every problem found in it.

    Parameters
    ----------
    problems : iterable of Problem
        At least one problem.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(
            dict.fromkeys(problems),  # in the order found, where the place is the same
            key=lambda p: (p.file, p.sheet or "", p.row or 0, p.column or ""),
        )
        super().__init__("\n".join(str(p) for p in self.problems))

    def __reduce__(self) -> tuple[type[DataErrors], tuple[list[Problem]]]:
        return DataErrors, (self.problems,)  # else it would be made from its text


class Collector:
    """Gathers problems while reading goes on, so that one run shows them all."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, problem: Problem) -> None:
        """Note one problem."""
        self.problems.append(problem)

    def extend(self, error: DataErrors) -> None:
        """Note the problems of an error raised further down."""
        self.problems.extend(error.problems)

    def raise_if_any(self) -> None:
        """Raise `DataErrors` if anything was noted."""
        if self.problems:
            raise DataErrors(self.problems)
