"""Who made the dataset and how it is cited, from CITATION.cff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final

import yaml

from ntm_analysis.language import say
from ntm_analysis.problems import DataErrors, Problem
from ntm_analysis.yamlloader import Loader

FILE: Final = "CITATION.cff"
LICENCE: Final = "CC-BY-4.0"
LICENCE_TITLE: Final = "Creative Commons Attribution 4.0 International"
LICENCE_URL: Final = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation of the dataset names.

    Attributes
    ----------
    title : str
        Of the software that made the dataset.
    version : str
        Of that software.
    authors : tuple of str
    keywords : tuple of str
    url, doi : str
        Empty where there is none.
    year : str
        The year of release; empty where it is not given.
    """

    title: str
    version: str
    authors: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    url: str = ""
    doi: str = ""
    year: str = ""

    def text(self) -> str:
        """Return the citation on one line."""
        year = f" ({self.year})" if self.year else ""
        place = f"https://doi.org/{self.doi}" if self.doi else self.url
        words = (
            f"{'; '.join(self.authors)}{year}. {self.title}, {self.version} [dataset]. {LICENCE}."
        )
        return f"{words} {place}".rstrip()


def read_citation(root: Path) -> Citation:
    """Return how to cite what the project in `root` publishes.

    A project without a CITATION.cff is cited by the package that made it.

    Raises
    ------
    DataErrors
        If the file is not in the citation file format.
    """
    try:
        text = (root / FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        about = metadata.metadata("ntm_analysis")
        return Citation("ntm_analysis", about["Version"], (f"The {about['Name']} authors",))
    try:
        data = yaml.load(text, Loader=Loader)
        return Citation(
            title=str(data["title"]),
            version=str(data["version"]),
            authors=tuple(_author(one) for one in data["authors"]),
            keywords=tuple(str(word) for word in data.get("keywords", ())),
            url=str(data.get("url") or data.get("repository-code") or ""),
            doi=str(data.get("doi") or ""),
            year=str(data.get("date-released") or "")[:4],
        )
    except (KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        problem = Problem(FILE, say("dataset.citation"), say("dataset.citation_wanted"))
        raise DataErrors([problem]) from error


def _author(author: Mapping[str, Any]) -> str:
    person = " ".join(str(author[key]) for key in ("given-names", "family-names") if key in author)
    return str(author["name"]) if "name" in author else person
