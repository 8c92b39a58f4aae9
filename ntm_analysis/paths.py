"""Where things lie in a project."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

MARKER = "_quarto.yml"


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of one project.

    Attributes
    ----------
    root : Path
        The folder that holds `_quarto.yml`.
    """

    root: Path

    @property
    def rulebook(self) -> Path:
        """The law as data."""
        return self.root / "data" / "rulebook"

    @property
    def law_tests(self) -> Path:
        """Tests of the law, beside it."""
        return self.root / "data" / "law-tests"

    @property
    def communes(self) -> Path:
        """One folder a commune."""
        return self.root / "data" / "communes"

    @property
    def params(self) -> Path:
        """One YAML file a commune-year."""
        return self.root / "params"

    @property
    def notebooks(self) -> Path:
        """The notebooks' sources."""
        return self.root / "notebooks"

    @property
    def reports(self) -> Path:
        """What runs write; ignored by git."""
        return self.root / "reports"

    @property
    def book(self) -> Path:
        """The rendered book; ignored by git."""
        return self.root / "_book"

    def relative(self, path: Path) -> str:
        """Return `path` as a user of this project would write it."""
        try:
            return path.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return str(path)

    def from_here(self, path: Path) -> str:
        """Return `path` as one opens it from the working directory."""
        here = Path.cwd().resolve()
        if not here.is_relative_to(self.root.resolve()):
            return str(path.resolve())
        return Path(os.path.relpath(path.resolve(), here)).as_posix()


def find_project(start: Path | None = None) -> Project:
    """Return the project around `start` (by default `$NTM_PROJECT`, else the working directory).

    The nearest folder upward that holds `_quarto.yml` is the project; where there is none,
    the folder of this package's source checkout.

    Raises
    ------
    FileNotFoundError
        If no project is found.
    """
    origin = start or Path(os.environ.get("NTM_PROJECT", "."))
    for folder in (origin.resolve(), *origin.resolve().parents):
        if (folder / MARKER).is_file():
            return Project(folder)
    checkout = Path(__file__).resolve().parent.parent
    if (checkout / MARKER).is_file():
        return Project(checkout)
    raise FileNotFoundError(MARKER)
