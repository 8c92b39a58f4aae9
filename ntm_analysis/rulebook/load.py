"""Reading the rulebook's files and checking that they fit together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ntm_analysis.language import Lang, say
from ntm_analysis.problems import Collector, DataErrors, Problem
from ntm_analysis.rulebook.models import (
    CriteriaSet,
    Criterion,
    Decision,
    DecisionsFile,
    Indicator,
    Limb,
    Unit,
    Variable,
    VariablesFile,
)
from ntm_analysis.rulebook.requirement import RequirementError, parse_requirement
from ntm_analysis.yamlfile import Model, YamlDocument, parse, read_yaml

CRITERION_FILE = re.compile(r"^\d+-.*\.yaml$")


@dataclass(frozen=True)
class LoadedSet:
    """A criteria set with its criteria in legal order."""

    about: CriteriaSet
    criteria: tuple[Criterion, ...]

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by its code, ended ones too, in legal order."""
        return {i.code: i for criterion in self.criteria for i in criterion.indicators}

    @cached_property
    def criterion(self) -> dict[int, Criterion]:
        """The criteria by number."""
        return {criterion.number: criterion for criterion in self.criteria}


@dataclass(frozen=True)
class Rulebook:
    """All of the law that we have as data.

    Attributes
    ----------
    units, variables, decisions : mapping
        By key.
    sets : mapping of str to LoadedSet
        The criteria sets by key.
    """

    units: dict[str, Unit]
    variables: dict[str, Variable]
    decisions: dict[str, Decision]
    sets: dict[str, LoadedSet]

    @property
    def places(self) -> tuple[str, ...]:
        """The places for which some rule is given."""
        found = {
            span.place
            for loaded in self.sets.values()
            for indicator in loaded.indicators.values()
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


def _read(path: Path, model: type[Model], file: str, into: Collector) -> Model | None:
    try:
        return parse(read_yaml(path, file), model)
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
    """
    problems = Collector()
    root = f"data/{folder.name}"
    variables = _read(folder / "variables.yaml", VariablesFile, f"{root}/variables.yaml", problems)
    decisions = _read(folder / "decisions.yaml", DecisionsFile, f"{root}/decisions.yaml", problems)
    documents: dict[str, list[tuple[YamlDocument, Criterion]]] = {}
    sets: dict[str, LoadedSet] = {}
    for path in sorted(folder.glob("*/set.yaml")):
        about = _read(path, CriteriaSet, f"{root}/{path.parent.name}/set.yaml", problems)
        found = len(problems.problems)
        loaded = list(_read_criteria(path.parent, root, problems))
        broken = len(problems.problems) > found
        if about is None:
            continue
        if about.key != path.parent.name or (not broken and len(loaded) != about.criteria):
            problems.add(
                Problem(
                    f"{root}/{path.parent.name}/set.yaml",
                    say("rulebook.set", found=len(loaded), stated=about.criteria),
                    say("rulebook.set_wanted"),
                    column="key" if about.key != path.parent.name else "criteria",
                )
            )
        documents[about.key] = loaded
        criteria = tuple(sorted((c for _, c in loaded), key=lambda c: c.number))
        sets[about.key] = LoadedSet(about, criteria)
    problems.raise_if_any()
    assert variables is not None and decisions is not None
    rulebook = Rulebook(variables.units, variables.variables, decisions.decisions, sets)
    _check_references(rulebook, documents, root, problems)
    problems.raise_if_any()
    return rulebook


def _read_criteria(
    folder: Path, root: str, problems: Collector
) -> Iterator[tuple[YamlDocument, Criterion]]:
    for path in sorted(folder.iterdir()):
        if not CRITERION_FILE.match(path.name):
            continue
        try:
            document = read_yaml(path, f"{root}/{folder.name}/{path.name}")
            yield document, parse(document, Criterion)
        except DataErrors as error:
            problems.extend(error)


def _check_references(
    rulebook: Rulebook,
    documents: dict[str, list[tuple[YamlDocument, Criterion]]],
    root: str,
    problems: Collector,
) -> None:
    for name, variable in rulebook.variables.items():
        where = f"variables.{name}"
        if variable.unit not in rulebook.units:
            _dangling(problems, f"{root}/variables.yaml", where, variable.unit)
        if variable.part_of and variable.part_of not in rulebook.variables:
            _dangling(problems, f"{root}/variables.yaml", where, variable.part_of)
    for key, decision in rulebook.decisions.items():
        for amended in decision.amends:
            if amended not in rulebook.decisions:
                _dangling(problems, f"{root}/decisions.yaml", f"decisions.{key}.amends", amended)
    for set_key, loaded in rulebook.sets.items():
        about = loaded.about
        for cited in (*about.decisions, *(c.decision for c in about.conditions)):
            if cited not in rulebook.decisions:
                _dangling(problems, f"{root}/{set_key}/set.yaml", "decisions", cited)
    for loaded_documents in documents.values():
        codes: set[str] = set()
        for document, criterion in loaded_documents:
            for index, indicator in enumerate(criterion.indicators):
                loc = ("indicators", index)
                if indicator.code in codes:
                    problems.add(
                        Problem(
                            document.file,
                            say("rulebook.code_twice", code=indicator.code),
                            say("rulebook.code_twice_wanted"),
                            row=document.line((*loc, "code")),
                            column="code",
                        )
                    )
                codes.add(indicator.code)
                _check_indicator(rulebook, document, loc, indicator, problems)


def _check_indicator(
    rulebook: Rulebook,
    document: YamlDocument,
    loc: tuple[str | int, ...],
    indicator: Indicator,
    problems: Collector,
) -> None:
    for number, limb in enumerate(indicator.limbs):
        here = (*loc, "limbs", number)
        line = document.line(here)
        if limb.unit not in rulebook.units:
            _dangling(problems, document.file, "unit", limb.unit, line)
        names = [*limb.variables, *([limb.loss.variable] if limb.loss else [])]
        for name in names:
            if name not in rulebook.variables:
                _dangling(problems, document.file, f"{indicator.code}.formula", name, line)
    for name in indicator.context:
        if name not in rulebook.variables:
            line = document.line((*loc, "context"))
            _dangling(problems, document.file, f"{indicator.code}.context", name, line)
    for number, span in enumerate((*indicator.in_force, *indicator.thresholds)):
        if span.decision not in rulebook.decisions:
            line = document.line((*loc, "in_force", number))
            _dangling(problems, document.file, f"{indicator.code}.decision", span.decision, line)
    limbs = {limb.key: limb for limb in indicator.limbs}
    for number, threshold in enumerate(indicator.thresholds):
        named = threshold.requires
        pairs = named.items() if isinstance(named, dict) else ((indicator.own.key, named),)
        for key, text in pairs:
            try:
                parse_requirement(text, rulebook.scale_of(limbs[key]))
            except RequirementError:
                problems.add(
                    Problem(
                        document.file,
                        say("rulebook.requires", text=text),
                        say("rulebook.requires_wanted"),
                        row=document.line((*loc, "thresholds", number, "requires")),
                        column=f"{indicator.code}.requires",
                        value=text,
                    )
                )


def _dangling(
    problems: Collector, file: str, column: str, name: str, line: int | None = None
) -> None:
    problems.add(
        Problem(
            file,
            say("rulebook.dangling", name=name),
            say("rulebook.dangling_wanted"),
            row=line,
            column=column,
            value=name,
        )
    )
