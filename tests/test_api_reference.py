"""The page on functions for notebooks: as the docstrings have it, and its examples run."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from ntm_analysis import (
    Report,
    assess,
    calculation,
    check_parameters,
    load_case,
    load_cases,
    load_results,
)
from ntm_analysis.dataset import research
from ntm_analysis.paths import find_project
from tools.api_reference import CONTENTS, PAGE, page


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tools.api_reference"


def test_every_function_has_an_example() -> None:
    entries = re.split(r"^### ", page(), flags=re.MULTILINE)[1:]
    assert len(entries) == len(CONTENTS)
    assert [entry.splitlines()[0] for entry in entries if "```python" not in entry] == []


@pytest.mark.parametrize("name", [name for _, name, _ in CONTENTS])
def test_examples_run(name: str, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NTM_PROJECT", str(repository))
    function = next(one for _, found, one in CONTENTS if found == name)
    known = {
        "Report": Report,
        "find_project": find_project,
        "assess": assess,
        "calculation": calculation,
        "check_parameters": check_parameters,
        "load_case": load_case,
        "load_cases": load_cases,
        "load_results": load_results,
        **{one: getattr(calculation, one) for one in calculation.__all__},
        **{one: getattr(research, one) for one in ("of_years", "latest", "binding")},
        **{one: getattr(research, one) for one in ("shares", "moved")},
    }
    (example,) = doctest.DocTestFinder(recurse=False).find(function, name, globs=known)
    assert example.examples
    said: list[str] = []
    result = doctest.DocTestRunner().run(example, out=said.append)
    assert result.failed == 0, "".join(said)
