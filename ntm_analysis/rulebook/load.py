"""Reading the rulebook's files and checking that they fit together."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ntm_analysis.language import Lang, Text, say
from ntm_analysis.problems import Collector, DataErrors, Problem
from ntm_analysis.rulebook.checks import Law, check_records
from ntm_analysis.rulebook.divisions import ClassesFile
from ntm_analysis.rulebook.loaded import LoadedSet
from ntm_analysis.rulebook.models import (
    Criterion,
    Decision,
    DecisionsFile,
    Indicator,
    Limb,
)
from ntm_analysis.rulebook.overlaps import Record, records_of
from ntm_analysis.rulebook.places import ProvincesFile, ProvinceSpan
from ntm_analysis.rulebook.printed import Printer
from ntm_analysis.rulebook.province import DecisionFile, add_files, collect_decisions
from ntm_analysis.rulebook.province_file import Province
from ntm_analysis.rulebook.sets import CriteriaSet
from ntm_analysis.rulebook.units import Unit
from ntm_analysis.rulebook.variables import Variable, VariablesFile
from ntm_analysis.yamlfile import Model, YamlDocument, parse, read_yaml

Loc = tuple[str | int, ...]
CRITERION_FILE = re.compile(r"^\d+-.*\.yaml$")


@dataclass(frozen=True)
class Rulebook:
    """All of the law that we have as data.

    Attributes
    ----------
    units, variables, decisions : mapping
        By key.
    sets : mapping of str to LoadedSet
        The criteria sets by key.
    provinces : mapping of str to ProvinceSpan
        By name.
    classes : mapping of str to Text
        The classes of communes that regions, zones and groups ask for, by key.
    """

    units: dict[str, Unit]
    variables: dict[str, Variable]
    decisions: dict[str, Decision]
    sets: dict[str, LoadedSet]
    provinces: dict[str, ProvinceSpan] = field(default_factory=dict)
    classes: dict[str, Text] = field(default_factory=dict)

    @cached_property
    def worked_out(self) -> dict[Hashable, Any]:
        """What `rules_in_force` worked out of this rulebook before; it is never changed."""
        return {}

    @property
    def places(self) -> tuple[str, ...]:
        """The places for which some rule is given."""
        return tuple(sorted({place for key in self.sets for place in self.places_of(key)}))

    def places_of(self, set_key: str) -> tuple[str, ...]:
        """Return the places for which a criteria set gives some rule."""
        found = {
            span.place
            for indicator in self.sets[set_key].indicators.values()
            for span in (*indicator.in_force, *indicator.thresholds)
        }
        return tuple(sorted(found))

    def scale_of(self, limb: Limb) -> tuple[str, ...]:
        """Return the grades of a limb whose formula is a graded variable, else nothing."""
        variable = self.variables.get(limb.formula.strip())
        return variable.grades if variable else ()

    def scale_labels(self, limb: Limb, lang: Lang) -> tuple[str, ...]:
        """Return the labels of these grades, from worst to best."""
        variable = self.variables.get(limb.formula.strip())
        return tuple(grade.label[lang] for grade in variable.scale) if variable else ()


@dataclass(frozen=True)
class _Sources:
    """The files that a rulebook was read from, for telling where a reference stands."""

    variables: YamlDocument
    decisions: YamlDocument
    sets: dict[str, YamlDocument]
    criteria: dict[str, list[tuple[YamlDocument, Criterion]]]


def _read(
    path: Path, model: type[Model], file: str, into: Collector
) -> tuple[YamlDocument, Model] | None:
    try:
        document = read_yaml(path, file)
        return document, parse(document, model)
    except DataErrors as error:
        into.extend(error)
        return None


def load_rulebook(folder: Path) -> Rulebook:
    """Read the rulebook from its folder.

    Parameters
    ----------
    folder : Path
        `data/rulebook`, with `variables.yaml`, `decisions.yaml` and one folder a criteria set.

    Raises
    ------
    DataErrors
        With every problem of every file: syntax, schema, and references that lead nowhere.

    Notes
    -----
    The same content is parsed once a process, in whatever folder it lies.
    """
    content = hashlib.sha256(folder.name.encode())
    try:
        for file in sorted(folder.rglob("*.yaml")):
            content.update(f"\n{file.relative_to(folder).as_posix()}\n".encode())
            content.update(file.read_bytes())
    except OSError:
        return _load(folder)  # which says what is wrong with the file
    key = content.digest()
    if key not in _known:
        found = _load(folder)
        _known.clear()
        _known[key] = found
    return _known[key]


_known: dict[bytes, Rulebook] = {}


def _load(folder: Path) -> Rulebook:
    problems = Collector()
    root = f"data/{folder.name}"
    variables = _read(folder / "variables.yaml", VariablesFile, f"{root}/variables.yaml", problems)
    decisions = _read(folder / "decisions.yaml", DecisionsFile, f"{root}/decisions.yaml", problems)
    criteria: dict[str, list[tuple[YamlDocument, Criterion]]] = {}
    about: dict[str, YamlDocument] = {}
    sets: dict[str, LoadedSet] = {}
    files: list[DecisionFile] = []
    named = dict(variables[1].variables) if variables else {}
    units = dict(variables[1].units) if variables else {}
    for path in sorted(folder.glob("*/set.yaml")):
        file = f"{root}/{path.parent.name}"
        read = _read(path, CriteriaSet, f"{file}/set.yaml", problems)
        paths = [p for p in sorted(path.parent.iterdir()) if CRITERION_FILE.match(p.name)]
        found = [_read(p, Criterion, f"{file}/{p.name}", problems) for p in paths]
        _own_variables(path.parent, f"{file}/variables.yaml", named, units, problems)
        if read is None:
            continue
        key = read[1].key
        about[key], criteria[key] = read[0], [one for one in found if one is not None]
        in_order = sorted((c for _, c in criteria[key]), key=lambda c: c.number)
        for place in sorted((path.parent / "provinces").glob("*.yaml")):
            given = _read(place, Province, f"{file}/provinces/{place.name}", problems)
            if given is not None:
                files.append(DecisionFile(key, *given))
                _add(given[0], "variables", given[1].variables, named, problems)
        sets[key] = LoadedSet(read[1], tuple(in_order), read[1].divisions)
        _check_set(read[0], read[1], path.parent.name, len(paths), problems)
    if not any(folder.glob("*/set.yaml")):
        problems.add(Problem(f"{root}/", say("rulebook.no_set"), say("rulebook.no_set_wanted")))
    places = _read_beside(folder, root, "provinces.yaml", ProvincesFile, problems)
    classes = _read_beside(folder, root, "classes.yaml", ClassesFile, problems)
    problems.raise_if_any()
    assert variables is not None and decisions is not None
    main = decisions[0].file
    known = collect_decisions(files, decisions[1].decisions, main, problems)
    records: list[Record] = []
    printer = Printer(units, named)
    for key, loaded in list(sets.items()):
        mine = [one for one in files if one.set_key == key]
        sets[key], added = add_files(loaded, mine, known, problems, printer)
        records += [*records_of(key, criteria[key]), *added]
    provinces = {one.name: one for one in places.provinces} if places else {}
    rulebook = Rulebook(units, named, known, sets, provinces, classes.classes if classes else {})
    _check_references(rulebook, _Sources(variables[0], decisions[0], about, criteria), problems)
    law = Law(rulebook.sets, rulebook.variables, known, provinces, list(rulebook.classes))
    check_records(law, records, files, about, problems)
    problems.raise_if_any()
    return rulebook


def _read_beside(
    folder: Path, root: str, name: str, model: type[Model], problems: Collector
) -> Model | None:
    """Return a file that a rulebook may have; None where it has none."""
    path = folder / name
    read = _read(path, model, f"{root}/{name}", problems) if path.exists() else None
    return read[1] if read else None


def _own_variables(
    folder: Path,
    file: str,
    variables: dict[str, Variable],
    units: dict[str, Unit],
    problems: Collector,
) -> None:
    """Add the variables that a set brings in a file of its own."""
    path = folder / "variables.yaml"
    read = _read(path, VariablesFile, file, problems) if path.exists() else None
    if read is None:
        return
    document, own = read
    _add(document, "variables", own.variables, variables, problems)
    _add(document, "units", own.units, units, problems)


def _add(
    document: YamlDocument,
    entry: str,
    own: Mapping[str, Any],
    known: dict[str, Any],
    problems: Collector,
) -> None:
    """Add what a file defines to what is known, and note what is known to be another."""
    for name, one in own.items():
        if known.setdefault(name, one) != one:
            told = say("rulebook.variable_twice", name=name)
            wanted = say("rulebook.variable_twice_wanted")
            problems.add(document.problem((entry, name), told, wanted, name))


def _check_set(
    document: YamlDocument, about: CriteriaSet, folder: str, found: int, problems: Collector
) -> None:
    if about.key != folder:
        problem = say("rulebook.set_key", name=about.key)
        problems.add(
            document.problem(("key",), problem, say("rulebook.set_key_wanted", name=folder))
        )
    if about.criteria != found:
        problem = say("rulebook.set", found=found, stated=about.criteria)
        problems.add(document.problem(("criteria",), problem, say("rulebook.set_wanted")))


def _check_references(rulebook: Rulebook, sources: _Sources, problems: Collector) -> None:
    for name, variable in rulebook.variables.items():
        where: Loc = ("variables", name)
        if variable.unit not in rulebook.units:
            _dangling(problems, sources.variables, (*where, "unit"), variable.unit)
        for entry in ("part_of", "expected_within", "share_of"):
            other = getattr(variable, entry)
            if other and other not in rulebook.variables:
                _dangling(problems, sources.variables, (*where, entry), other)
        for number, part in enumerate(variable.sum_of):
            if part not in rulebook.variables:
                _dangling(problems, sources.variables, (*where, "sum_of", number), part)
        for part in variable.parsed.variables if variable.parsed else ():
            if part not in rulebook.variables:
                _dangling(problems, sources.variables, (*where, "equals"), part)
    for key, decision in rulebook.decisions.items():
        for number, amended in enumerate(decision.amends):
            if amended not in rulebook.decisions:
                loc: Loc = ("decisions", key, "amends", number)
                _dangling(problems, sources.decisions, loc, amended)
    for set_key, loaded in rulebook.sets.items():
        document = sources.sets[set_key]
        for number, cited in enumerate(loaded.about.decisions):
            if cited not in rulebook.decisions:
                _dangling(problems, document, ("decisions", number), cited)
        for number, condition in enumerate(loaded.about.conditions):
            if condition.decision not in rulebook.decisions:
                _dangling(
                    problems, document, ("conditions", number, "decision"), condition.decision
                )
        codes: set[str] = set()
        for document, criterion in sources.criteria[set_key]:
            guidance = criterion.department.decision if criterion.department else None
            if guidance and guidance not in rulebook.decisions:
                _dangling(problems, document, ("department", "decision"), guidance)
            for index, indicator in enumerate(criterion.indicators):
                at: Loc = ("indicators", index)
                if indicator.criterion != criterion.number:
                    problem = say(
                        "rulebook.code_elsewhere", code=indicator.code, number=criterion.number
                    )
                    wanted = say("rulebook.code_elsewhere_wanted")
                    problems.add(document.problem((*at, "code"), problem, wanted))
                if indicator.code in codes:
                    problem = say("rulebook.code_twice", code=indicator.code)
                    wanted = say("rulebook.code_twice_wanted")
                    problems.add(document.problem((*at, "code"), problem, wanted))
                codes.add(indicator.code)
                _check_indicator(rulebook, document, at, indicator, problems)


def _check_indicator(
    rulebook: Rulebook,
    document: YamlDocument,
    at: Loc,
    indicator: Indicator,
    problems: Collector,
) -> None:
    for number, limb in enumerate(indicator.limbs):
        here: Loc = (*at, "limbs", number)
        _check_kind(rulebook, document, here, limb, problems)
        if limb.unit not in rulebook.units:
            _dangling(problems, document, (*here, "unit"), limb.unit)
        named = [((*here, "formula"), name) for name in limb.parsed.variables]
        if limb.stated:
            named.append(((*here, "stated"), limb.stated))
        if limb.loss:
            named.append(((*here, "loss", "variable"), limb.loss.variable))
        for loc, name in named:
            if name not in rulebook.variables:
                _dangling(problems, document, loc, name)
    for number, name in enumerate(indicator.context):
        if name not in rulebook.variables:
            _dangling(problems, document, (*at, "context", number), name)
    guidance = indicator.department.decision if indicator.department else None
    if guidance and guidance not in rulebook.decisions:
        _dangling(problems, document, (*at, "department", "decision"), guidance)


def _check_kind(
    rulebook: Rulebook, document: YamlDocument, at: Loc, limb: Limb, problems: Collector
) -> None:
    """Note a formula that cannot give the kind of value that the limb has."""
    kinds = {
        rulebook.variables[name].kind
        for name in limb.parsed.variables
        if name in rulebook.variables
    }
    alone = limb.formula.strip() in rulebook.variables
    wrong = {
        "grade": kinds != {"grade"} or not alone,
        "yes_no": kinds != {"flag"} or not alone,
    }.get(limb.kind, bool(kinds & {"grade", "flag"}))
    if kinds and wrong:
        told = say(
            "rulebook.formula_kind",
            formula=limb.formula,
            kind=say(f"rulebook.kind_{limb.kind}"),
        )
        wanted = say(f"rulebook.formula_{limb.kind}")
        problems.add(document.problem((*at, "formula"), told, wanted, limb.formula))


def _dangling(problems: Collector, document: YamlDocument, loc: Loc, name: str) -> None:
    problem = say("rulebook.dangling", name=name)
    problems.add(document.problem(loc, problem, say("rulebook.dangling_wanted"), name))
