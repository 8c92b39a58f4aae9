"""Parameters of a run: typed, and plain for the notebook."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from ntm_analysis.communes import Params

GIVEN: dict[str, Any] = {
    "commune": "liem-can",
    "year": 2024,
    "set": "advanced",
    "on": "2024-11-26",
}


def test_what_is_given_is_typed_and_the_rest_has_defaults():
    params = Params.model_validate(GIVEN)
    assert (params.id, params.on) == ("liem-can-2024", dt.date(2024, 11, 26))
    assert (params.lang, params.thin_margin) == ("vi", 0.02)


def test_the_notebook_gets_plain_values():
    assert Params.model_validate(GIVEN).for_notebook() == {
        **GIVEN,
        "lang": "vi",
        "thin_margin": 0.02,
        "evidence_floor": "C",
    }


@pytest.mark.parametrize("missing", GIVEN)
def test_everything_without_a_default_must_be_given(missing: str):
    with pytest.raises(ValidationError, match=missing):
        Params.model_validate({k: v for k, v in GIVEN.items() if k != missing})


@pytest.mark.parametrize(
    "wrong",
    [
        {"commune": "Liêm Cần"},
        {"commune": "liem_can"},
        {"commune": "../liem-can"},
        {"commune": "liem-can-"},
        {"commune": ""},
        {"year": "many"},
        {"year": 2024.5},
        {"year": 1999},
        {"year": 2101},
        {"set": ""},
        {"on": "2024-02-30"},
        {"on": "26/11/2024"},
        {"on": None},
        {"lang": "fr"},
        {"thin_margin": -0.1},
        {"thin_margin": 1.1},
        {"thin_margin": "2%"},
        {"colour": "red"},
    ],
)
def test_what_is_no_parameter(wrong: dict[str, Any]):
    with pytest.raises(ValidationError):
        Params.model_validate({**GIVEN, **wrong})


def test_parameters_do_not_change():
    params = Params.model_validate(GIVEN)
    with pytest.raises(ValidationError):
        params.year = 2025  # type: ignore[misc]
