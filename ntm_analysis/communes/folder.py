"""A commune's own files, read once for all of its years."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ntm_analysis.communes.decisions import AppraiserDecision, read_decisions
from ntm_analysis.communes.evidence import Evidence, read_evidence
from ntm_analysis.communes.facts import FILE as FACTS
from ntm_analysis.communes.facts import Fact, read_facts
from ntm_analysis.communes.figures import Reading, read_figures
from ntm_analysis.communes.profile import Commune
from ntm_analysis.communes.requests import FILE as REQUESTS
from ntm_analysis.communes.requests import Request, read_requests
from ntm_analysis.paths import Project
from ntm_analysis.problems import Collector, DataErrors, Problem
from ntm_analysis.rulebook import Rulebook
from ntm_analysis.yamlfile import YamlDocument, parse, read_yaml

DECISIONS = "appraisal.csv"


@dataclass(frozen=True)
class Folder:
    """A commune's own files, as read for one criteria set; all years."""

    files: tuple[Path, ...]
    profile: YamlDocument | None
    commune: Commune | None
    readings: list[Reading]
    evidence: list[Evidence]
    decisions: list[AppraiserDecision]
    requests: list[Request]
    facts: list[Fact]
    problems: tuple[Problem, ...]


class HeldFolder:
    """The commune read last: its years follow one another, and are read once."""

    def __init__(self) -> None:
        self._key: tuple[Path, str] | None = None
        self._folder: Folder | None = None

    def read(self, project: Project, folder: Path, book: Rulebook, set_key: str) -> Folder:
        """Return what a commune's files hold."""
        if self._folder is None or self._key != (folder, set_key):
            self._key, self._folder = (folder, set_key), read_folder(project, folder, book, set_key)
        return self._folder


def read_folder(project: Project, folder: Path, book: Rulebook, set_key: str) -> Folder:
    """Read a commune's files for one criteria set; what is wrong is among its problems."""
    files = tuple(folder / one for one in ("commune.yaml", "figures.csv", "evidence.csv"))
    profile_file, figures_file, evidence_file = (project.relative(file) for file in files)
    problems = Collector()
    commune: Commune | None = None
    profile: YamlDocument | None = None
    try:
        profile = read_yaml(files[0], profile_file)
        commune = parse(profile, Commune)
    except DataErrors as error:
        problems.extend(error)
    loaded = book.sets.get(set_key)
    codes = tuple(loaded.indicators) if loaded else None
    sources = tuple(commune.sources) if commune else ()
    years = tuple(commune.appraisals) if commune else ()
    readings = read_figures(files[1], figures_file, book, codes, sources, problems, years)
    evidence = read_evidence(files[2], evidence_file, book, codes, problems, years)
    path = folder / DECISIONS
    decisions = read_decisions(path, project.relative(path), problems)
    if path.exists():
        files = (*files, path)
    asked = folder / REQUESTS
    requests = read_requests(asked, project.relative(asked), problems)
    if asked.exists():
        files = (*files, asked)
    done = folder / FACTS
    facts = read_facts(done, project.relative(done), book, codes, sources, problems)
    if done.exists():
        files = (*files, done)
    told = tuple(problems.problems)
    return Folder(files, profile, commune, readings, evidence, decisions, requests, facts, told)
