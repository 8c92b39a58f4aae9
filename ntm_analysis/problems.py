"""Problems in people's data, collected and reported all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass


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
    """

    file: str
    problem: str
    wanted: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def as_dict(self) -> dict[str, str | int | None]:
        """Return the problem as the mapping that `ntm check --format json` prints."""
        keys = ("file", "sheet", "row", "column", "value", "problem", "wanted")
        fields = asdict(self)
        return {key: fields[key] for key in keys}

    def __str__(self) -> str:
        place = ":".join(str(p) for p in (self.file, self.sheet, self.row, self.column) if p)
        return f"{place}: {self.problem} {self.wanted}".strip()


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
