from __future__ import annotations

from pathlib import Path

import pytest

from ntm_analysis.rulebook import Rulebook, load_rulebook

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def book() -> Rulebook:
    return load_rulebook(ROOT / "data" / "rulebook")
