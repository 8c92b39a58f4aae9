"""One commune-year, ready to be assessed: parameters, profile, figures, evidence, rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from ntm_analysis.communes.cells import closest
from ntm_analysis.communes.change import changed_readings
from ntm_analysis.communes.checks import check_parts, check_profile, check_rules
from ntm_analysis.communes.decisions import AppraiserDecision, decisions_of_year
from ntm_analysis.communes.evidence import Evidence
from ntm_analysis.communes.exhibits import Exhibit, exhibits
from ntm_analysis.communes.facts import Fact
from ntm_analysis.communes.figures import Reading
from ntm_analysis.communes.folder import DECISIONS, HeldFolder
from ntm_analysis.communes.params import Params
from ntm_analysis.communes.profile import Appraisal, Commune
from ntm_analysis.communes.requests import FILE as REQUESTS
from ntm_analysis.communes.requests import Request, requests_of_year
from ntm_analysis.communes.years import belongs
from ntm_analysis.language import say
from ntm_analysis.paths import Project
from ntm_analysis.problems import Collector, DataErrors, Problem
from ntm_analysis.rulebook import Rulebook, RulesInForce, load_rulebook
from ntm_analysis.yamlfile import YamlDocument, parse, read_yaml

ByHand = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Case:
    """A commune in a year, under the law of a place and a day.

    Attributes
    ----------
    params : Params
    commune : Commune
    rules : RulesInForce
    readings : tuple of Reading
        All readings that belong to the year.
    evidence : tuple of Evidence
        All evidence that belongs to the year.
    files : tuple of Path
        What it was read from.
    decisions : tuple of AppraiserDecision
        All decisions of that year's appraisal.
    exhibits : mapping of str to Exhibit
        The files that the evidence names, by that name.
    all_evidence : tuple of Evidence
        That of every year.
    requests : tuple of Request
        What was asked in that year's appraisal.
    facts : tuple of Fact
        What was done, as far as it belongs to the year.
    by_hand : tuple of (str, str, str)
        Parameters that a caller gave otherwise than the file: name, its value, the file's.
    """

    params: Params
    commune: Commune
    rules: RulesInForce
    readings: tuple[Reading, ...]
    evidence: tuple[Evidence, ...]
    files: tuple[Path, ...]
    decisions: tuple[AppraiserDecision, ...] = ()
    exhibits: Mapping[str, Exhibit] = field(default_factory=dict, hash=False)
    all_evidence: tuple[Evidence, ...] = field(default=(), compare=False, repr=False)
    requests: tuple[Request, ...] = ()
    by_hand: ByHand = ()
    facts: tuple[Fact, ...] = ()

    @property
    def id(self) -> str:
        """The name of the run: `<commune>-<year>`."""
        return self.params.id

    @property
    def appraisal(self) -> Appraisal:
        """What the appraisal of that year rests on."""
        return self.commune.appraisals[self.params.year]

    @cached_property
    def last_day(self) -> dt.date:
        """The last day of the appraisal: of its period, or the day whose law applies."""
        period = self.appraisal.period
        return max(period.until, self.params.on) if period else self.params.on

    @cached_property
    def decided(self) -> Mapping[str, AppraiserDecision]:
        """The appraiser's decision on an indicator or condition: that of the last round."""
        return {one.subject: one for one in sorted(self.decisions, key=lambda one: one.round)}

    def with_figures(self, changes: Mapping[str, str]) -> Case:
        """Return the case with other figures: every reading of each variable gives way.

        What the appraiser decided was of the dossier's own figures, and does not hold for others.

        Parameters
        ----------
        changes : mapping of variable to value
            Values in the syntax of `figures.csv`.

        Raises
        ------
        DataErrors
            If a variable is unknown or a value is not one of its kind.

        Examples
        --------
        >>> case = Report.load("liem-can", 2024).case
        >>> changed = case.with_figures({"poor_households": "34"})
        >>> {one.text for one in changed.readings if one.variable == "poor_households"}
        {'34'}
        """
        readings = changed_readings(self.rules.rulebook, self.readings, changes)
        return replace(self, readings=readings, decisions=(), requests=())


def list_ids(project: Project) -> list[str]:
    """Return the names of all runs, in order: the files of `params/`."""
    return sorted(path.stem for path in project.params.glob("*.yaml") if path.is_file())


def load_case(
    project: Project,
    name: str,
    rulebook: Rulebook | None = None,
    changes: Mapping[str, Any] | None = None,
    held: HeldFolder | None = None,
) -> Case:
    """Read everything that one run needs.

    Parameters
    ----------
    project : Project
    name : str
        `<commune-id>-<year>`: a file of `params/`.
    rulebook : Rulebook, optional
        The rulebook, if it is read already.
    changes : mapping, optional
        Parameters that take the place of the file's; what is None does not.
    held : optional
        What `load_cases` read for the run before.

    Raises
    ------
    DataErrors
        With every problem of the parameters, the commune's files and (if read here) the rulebook.
    """
    given = {key: value for key, value in (changes or {}).items() if value is not None}
    if unknown := [key for key in given if key not in Params.model_fields]:
        raise DataErrors([_no_parameter(key) for key in unknown])
    try:
        return _load(project, name, rulebook, given, held)
    except DataErrors as error:
        file = f"params/{name}.yaml"
        raise DataErrors(
            replace(one, file=say("case.given"), row=None)
            if one.file == file and one.column in given
            else one
            for one in error.problems
        ) from None


def _no_parameter(name: str) -> Problem:
    wanted = closest(name, Params.model_fields, "case.parameter_wanted")
    return Problem(say("case.given"), say("case.parameter_unknown", name=name), wanted)


def _load(
    project: Project,
    name: str,
    rulebook: Rulebook | None,
    changes: Mapping[str, Any],
    held: HeldFolder | None,
) -> Case:
    path = project.params / f"{name}.yaml"
    if not path.exists():
        raise DataErrors([_unknown(project, name)])
    book = rulebook or load_rulebook(project.rulebook)
    document = written = read_yaml(path, project.relative(path))
    if changes and isinstance(document.data, dict):
        document = replace(document, data={**document.data, **changes})
    problems = Collector()
    params: Params | None = None
    try:
        params = parse(document, Params)
    except DataErrors as error:
        problems.extend(error)
    # Where only a parameter is wrong, the commune's own files are still read.
    given = document.data if isinstance(document.data, dict) else {}
    folder = project.communes / str(given.get("commune"))
    if params is not None:
        _check_params(project, document, params, name, book, problems)
    if folder.parent != project.communes or not folder.is_dir():
        problems.raise_if_any()
    read = (held or HeldFolder()).read(project, folder, book, str(given.get("set")))
    problems.problems.extend(read.problems)
    profile, commune, readings = read.profile, read.commune, read.readings
    rules: RulesInForce | None = None
    if params is not None and commune is not None and profile is not None:
        check_profile(profile, params, commune, book, problems)
        commune = commune.in_year(params.year)
        rules = check_rules(document, profile, params, commune, book, problems)
        readings = [r for r in readings if belongs(r.year, params.year)]
    decisions: tuple[AppraiserDecision, ...] = ()
    requests: tuple[Request, ...] = ()
    if rules is not None:
        check_parts(rules, readings, project.relative(read.files[1]), problems)
        assert params is not None and commune is not None
    if rules is not None and params and commune and params.year in commune.appraisals:
        conditions = [condition.key for condition in rules.loaded.about.conditions]
        file = project.relative(folder / DECISIONS)
        decisions = decisions_of_year(
            read.decisions, params, commune, [*rules.by_code, *conditions], file, problems
        )
        file = project.relative(folder / REQUESTS)
        subjects = [*rules.by_code, *conditions]
        requests = requests_of_year(
            read.requests, params.year, subjects, rules.rulebook.variables, file, problems
        )
    evidence = read.evidence
    if params is not None:
        evidence = [one for one in evidence if belongs(one.year, params.year)]
    shown = exhibits(folder, project.relative(read.files[2]), evidence, problems)
    problems.raise_if_any()
    assert params is not None and commune is not None and rules is not None
    return Case(
        params,
        commune,
        rules,
        tuple(readings),
        tuple(evidence),
        (path, *read.files, *dict.fromkeys(one.path for one in shown.values())),
        decisions,
        shown,
        tuple(read.evidence),
        requests,
        _by_hand(params, written.data, changes),
        tuple(fact for fact in read.facts if belongs(fact.year, params.year)),
    )


def _by_hand(params: Params, written: Any, changes: Mapping[str, Any]) -> ByHand:
    """Return the parameters given otherwise than the file has them, as texts."""
    if not changes or not isinstance(written, dict):
        return ()
    used = params.model_dump(mode="json")
    defaults = {
        key: field.default for key, field in Params.model_fields.items() if not field.is_required()
    }
    of_file = {key: (defaults | written).get(key) for key in changes}
    return tuple(
        (key, str(used[key]), "–" if of_file[key] is None else str(of_file[key]))
        for key in Params.model_fields
        if key in changes and str(used[key]) != str(of_file[key])
    )


def _unknown(project: Project, name: str) -> Problem:
    ids = list_ids(project)
    wanted = closest(name, ids, "case.unknown_wanted") if ids else say("case.none_wanted")
    return Problem(f"params/{name}.yaml", say("case.unknown", name=name), wanted)


def _check_params(
    project: Project,
    document: YamlDocument,
    params: Params,
    name: str,
    book: Rulebook,
    problems: Collector,
) -> None:
    if params.id != name:
        problem = say("case.name", wanted=params.id)
        problems.add(document.problem(("commune",), problem, say("case.name_wanted")))
    if params.set not in book.sets:
        problem = say("case.set", set=params.set)
        wanted = say("case.set_wanted", sets=", ".join(book.sets))
        problems.add(document.problem(("set",), problem, wanted))
    if not (project.communes / params.commune).is_dir():
        known = sorted(path.parent.name for path in project.communes.glob("*/commune.yaml"))
        problem = say("case.folder", folder=f"data/communes/{params.commune}")
        wanted = closest(params.commune, known, "case.folder_wanted")
        problems.add(document.problem(("commune",), problem, wanted))


def load_cases(
    project: Project, names: Sequence[str] | None = None, rulebook: Rulebook | None = None
) -> list[Case]:
    """Read several runs (all of them by default).

    Raises
    ------
    DataErrors
        With the problems of all of them together.

    Examples
    --------
    >>> [case.id for case in load_cases(find_project(), ["liem-can-2024"])]
    ['liem-can-2024']
    """
    cases, faulty = read_cases(project, names, rulebook)
    if faulty:
        raise together(faulty)
    return cases


def read_cases(
    project: Project, names: Sequence[str] | None = None, rulebook: Rulebook | None = None
) -> tuple[list[Case], dict[str, DataErrors]]:
    """Read several runs (all of them by default), and keep apart those that cannot be used.

    Returns
    -------
    cases : list of Case
        The sound ones, in the order asked for.
    faulty : dict of str to DataErrors
        What is wrong with each of the others, by its ID.

    Raises
    ------
    DataErrors
        If the rulebook has problems, which are everybody's, or there is no run at all.
    """
    book = rulebook or load_rulebook(project.rulebook)
    cases, faulty, held = [], {}, HeldFolder()
    for name in dict.fromkeys(names or list_ids(project)):
        try:
            cases.append(load_case(project, name, book, held=held))
        except DataErrors as error:
            faulty[name] = error
    if not cases and not faulty:
        raise DataErrors([Problem("params/", say("case.empty"), say("case.none_wanted"))])
    return cases, faulty


def together(faulty: Mapping[str, DataErrors]) -> DataErrors:
    """Return the problems of several runs as one error: what they share is in it once."""
    return DataErrors(problem for error in faulty.values() for problem in error.problems)
