"""One commune-year, ready to be assessed: parameters, profile, figures, evidence, rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ntm_analysis.communes.change import changed_readings
from ntm_analysis.communes.evidence import Evidence, read_evidence
from ntm_analysis.communes.figures import Reading, choose, closest, read_figures
from ntm_analysis.communes.params import Params
from ntm_analysis.communes.profile import Appraisal, Commune
from ntm_analysis.language import say
from ntm_analysis.paths import Project
from ntm_analysis.problems import Collector, DataErrors, Problem
from ntm_analysis.rulebook import (
    NoRulesError,
    Rulebook,
    RulesInForce,
    load_rulebook,
    rules_in_force,
)
from ntm_analysis.rulebook.requirement import RequirementError, parse_requirement
from ntm_analysis.yamlfile import YamlDocument, parse, read_yaml


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
    """

    params: Params
    commune: Commune
    rules: RulesInForce
    readings: tuple[Reading, ...]
    evidence: tuple[Evidence, ...]
    files: tuple[Path, ...]

    @property
    def id(self) -> str:
        """The name of the run: `<commune>-<year>`."""
        return self.params.id

    @property
    def appraisal(self) -> Appraisal:
        """What the appraisal of that year rests on."""
        return self.commune.appraisals[self.params.year]

    def with_figures(self, changes: Mapping[str, str]) -> Case:
        """Return the case with other figures: every reading of each variable gives way.

        Parameters
        ----------
        changes : mapping of variable to value
            Values in the syntax of `figures.csv`.

        Raises
        ------
        DataErrors
            If a variable is unknown or a value is not one of its kind.
        """
        readings = changed_readings(self.rules.rulebook, self.readings, changes)
        return replace(self, readings=readings)


def list_ids(project: Project) -> list[str]:
    """Return the names of all runs, in order: the files of `params/`."""
    return sorted(path.stem for path in project.params.glob("*.yaml"))


def load_case(
    project: Project,
    name: str,
    rulebook: Rulebook | None = None,
    changes: Mapping[str, Any] | None = None,
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
        Parameters that take the place of the file's.

    Raises
    ------
    DataErrors
        With every problem of the parameters, the commune's files and (if read here) the rulebook.
    """
    path = project.params / f"{name}.yaml"
    if not path.is_file():
        ids = list_ids(project)
        raise DataErrors(
            [
                Problem(
                    f"params/{name}.yaml",
                    say("case.unknown", name=name),
                    closest(name, ids, "case.unknown_wanted") if ids else say("case.none_wanted"),
                )
            ]
        )
    book = rulebook or load_rulebook(project.rulebook)
    document = read_yaml(path, project.relative(path))
    if changes and isinstance(document.data, dict):
        document = replace(document, data={**document.data, **changes})
    params = parse(document, Params)
    problems = Collector()
    if params.id != name:
        problems.add(
            _at(document, "commune", say("case.name", wanted=params.id), say("case.name_wanted"))
        )
    if params.set not in book.sets:
        problems.add(
            _at(
                document,
                "set",
                say("case.set", set=params.set),
                say("case.set_wanted", sets=", ".join(book.sets)),
            )
        )
    folder = project.communes / params.commune
    profile_path = folder / "commune.yaml"
    commune: Commune | None = None
    profile: YamlDocument | None = None
    try:
        profile = read_yaml(profile_path, project.relative(profile_path))
        commune = parse(profile, Commune)
    except DataErrors as error:
        problems.extend(error)
    codes = tuple(book.sets[params.set].indicators) if params.set in book.sets else ()
    figures_path, evidence_path = folder / "figures.csv", folder / "evidence.csv"
    figures_file = project.relative(figures_path)
    readings = read_figures(
        figures_path,
        figures_file,
        book,
        codes,
        tuple(commune.sources) if commune else (),
        problems,
    )
    evidence = read_evidence(evidence_path, project.relative(evidence_path), codes, problems)
    rules: RulesInForce | None = None
    if commune is not None and profile is not None:
        rules = _rules(document, profile, params, commune, book, problems)
    readings = [r for r in readings if r.year in (None, params.year)]
    if rules is not None:
        check_parts(rules, readings, figures_file, problems)
    problems.raise_if_any()
    assert commune is not None and rules is not None
    return Case(
        params,
        commune,
        rules,
        tuple(readings),
        tuple(e for e in evidence if e.year in (None, params.year)),
        (path, profile_path, figures_path, evidence_path),
    )


def load_cases(
    project: Project, names: Sequence[str] | None = None, rulebook: Rulebook | None = None
) -> list[Case]:
    """Read several runs (all of them by default).

    Raises
    ------
    DataErrors
        With the problems of all of them together.
    """
    book = rulebook or load_rulebook(project.rulebook)
    problems = Collector()
    cases = []
    for name in dict.fromkeys(names or list_ids(project)):
        try:
            cases.append(load_case(project, name, book))
        except DataErrors as error:
            problems.extend(error)
    if not cases and not problems.problems:
        problems.add(Problem("params/", say("case.empty"), say("case.none_wanted")))
    problems.raise_if_any()
    return cases


def _at(document: YamlDocument, field: str, problem: str, wanted: str) -> Problem:
    value = document.data.get(field) if isinstance(document.data, dict) else None
    return Problem(
        document.file,
        problem,
        wanted,
        row=document.line((field,)),
        column=field,
        value=None if value is None else str(value),
    )


def _rules(
    document: YamlDocument,
    profile: YamlDocument,
    params: Params,
    commune: Commune,
    book: Rulebook,
    problems: Collector,
) -> RulesInForce | None:
    if params.commune != commune.id:
        problems.add(
            _at(profile, "id", say("case.id", wanted=params.commune), say("case.id_wanted"))
        )
    if params.year not in commune.appraisals:
        problems.add(
            _at(
                profile,
                "appraisals",
                say("case.year", year=params.year),
                say("case.year_wanted", year=params.year),
            )
        )
    else:
        _check_appraisal(profile, params, commune.appraisals[params.year], book, problems)
    if params.set not in book.sets:
        return None
    try:
        return rules_in_force(book, params.set, commune.province, params.on)
    except NoRulesError:
        places = book.places
        problems.add(
            _at(
                document,
                "on",
                say("case.no_rules", place=commune.province, on=params.on.strftime("%d/%m/%Y")),
                say("case.no_rules_wanted", places=", ".join(places)),
            )
        )
        return None


def _check_appraisal(
    profile: YamlDocument,
    params: Params,
    appraisal: Appraisal,
    book: Rulebook,
    problems: Collector,
) -> None:
    base: tuple[str | int, ...] = ("appraisals", str(params.year))

    def note(loc: Iterable[str | int], key: str, value: str, known: Iterable[str]) -> None:
        path = (*base, *loc)
        problems.add(
            Problem(
                profile.file,
                say(key, value=value),
                closest(value, known, f"{key}_wanted"),
                row=profile.line(path),
                column=".".join(str(part) for part in path),
                value=value,
            )
        )

    if appraisal.set != params.set:
        note(("set",), "case.other_set", appraisal.set, (params.set,))
    for number, basis in enumerate(appraisal.legal_bases):
        if isinstance(basis, str) and basis not in book.decisions:
            note(("legal_bases", number), "case.decision", basis, book.decisions)
    for number, key in enumerate(appraisal.base_set.against):
        if key not in book.decisions:
            note(("base_set", "against", number), "case.decision", key, book.decisions)
    if appraisal.set not in book.sets:
        return
    loaded = book.sets[appraisal.set]
    known = [condition.key for condition in loaded.about.conditions]
    for key in appraisal.conditions:
        if key not in known:
            note(("conditions", key), "case.condition", key, known)
    for number, target in enumerate(appraisal.plan.targets if appraisal.plan else ()):
        loc = ("plan", "targets", number)
        if target.indicator and target.indicator not in loaded.indicators:
            note((*loc, "indicator"), "case.indicator", target.indicator, loaded.indicators)
        if target.unit and target.unit not in book.units:
            note((*loc, "unit"), "case.unit", target.unit, book.units)
        if target.requires:
            try:
                parse_requirement(target.requires)
            except RequirementError:
                note((*loc, "requires"), "case.requires", target.requires, (">= 96", "< 1"))


def check_parts(
    rules: RulesInForce, readings: Sequence[Reading], file: str, problems: Collector
) -> None:
    """Note every part that exceeds its whole within an indicator, and every zero denominator."""
    for rule in rules.rules:
        for limb in rule.indicator.limbs:
            for name in limb.parsed.variables:
                whole_name = rules.rulebook.variables[name].part_of
                if whole_name not in limb.parsed.variables:
                    continue
                part = choose(readings, name, rule.code)
                whole = choose(readings, whole_name, rule.code)
                if part is None or whole is None or not part.low > whole.high:
                    continue
                problems.add(
                    Problem(
                        file,
                        say(
                            "figures.part",
                            part=name,
                            whole=whole_name,
                            value=whole.text,
                            row=whole.row,
                        ),
                        say("figures.part_wanted"),
                        row=part.row,
                        column="value",
                        value=part.text,
                    )
                )
