"""The law as dated data: criteria sets, indicators, thresholds, decisions."""

from ntm_analysis.rulebook.formula import Formula
from ntm_analysis.rulebook.in_force import (
    NATIONAL,
    NoRulesError,
    Rule,
    RulesInForce,
    rules_in_force,
)
from ntm_analysis.rulebook.load import Rulebook, load_rulebook
from ntm_analysis.rulebook.loaded import LoadedSet
from ntm_analysis.rulebook.models import Decision, Indicator, Limb
from ntm_analysis.rulebook.requirement import Requirement, parse_requirement
from ntm_analysis.rulebook.units import Unit
from ntm_analysis.rulebook.variables import Variable

__all__ = [
    "NATIONAL",
    "Decision",
    "Formula",
    "Indicator",
    "Limb",
    "LoadedSet",
    "NoRulesError",
    "Requirement",
    "Rule",
    "Rulebook",
    "RulesInForce",
    "Unit",
    "Variable",
    "load_rulebook",
    "parse_requirement",
    "rules_in_force",
]
