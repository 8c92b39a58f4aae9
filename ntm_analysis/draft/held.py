"""A form that was filled in before, as the content that a draft must keep."""

from __future__ import annotations

from pathlib import Path

from ntm_analysis.forms.bundle import bundle, named_soundly
from ntm_analysis.forms.cells import Reader
from ntm_analysis.forms.form import read_form
from ntm_analysis.forms.source import Filling, filling_for
from ntm_analysis.forms.tables import is_form
from ntm_analysis.forms.workbook import read_grids
from ntm_analysis.language import say, workbook_words
from ntm_analysis.problems import Collector, DataErrors, Problem
from ntm_analysis.rulebook import RulesInForce


def form_held(path: Path, rules: RulesInForce) -> Filling:
    """Return what a filled-in form holds.

    Parameters
    ----------
    path : pathlib.Path
    rules : RulesInForce

    Raises
    ------
    DataErrors
        If it is no form, or its cells cannot be read.
    """
    with workbook_words():
        grids = list(read_grids(path))
        if not is_form(grids):
            problem = Problem(path.name, say("forms.not_a_form"), say("forms.not_a_form_wanted"))
            raise DataErrors([problem])
        reader = Reader(rules.rulebook, path.name, Collector())
        form = read_form(grids, reader, {})
        reader.problems.raise_if_any()
        if wrong := named_soundly(form, path.name):
            raise DataErrors(wrong)
        one = bundle(form, rules.rulebook)
    params = {
        key: value
        for key, value in one.record.params.get(one.year, {}).items()
        if key not in ("commune", "year", "set", "on")
    }
    return filling_for(one.record, one.year, params)
