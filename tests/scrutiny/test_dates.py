"""Days on the edge: what still holds on its last day, and what comes one day too late.

The made-up dossier is of 8 November 2024, and was checked from 4 to 8 November.
"""

from __future__ import annotations

import datetime as dt

import pytest

from ntm_analysis.assessment import assess
from ntm_analysis.scrutiny import scrutinise
from tests.support import sample_project as samples


def valid_until(sample, day):
    sample.evidence[0]["valid_until"] = day.isoformat()


def issued(sample, day):
    sample.evidence[0]["issued_on"] = day.isoformat()


def issued_in_a_longer_period(sample, day):
    dossier(sample)["period"]["until"] = dt.date(2024, 11, 12)
    issued(sample, day)


def basis(sample, day):
    dossier(sample)["legal_bases"].append({"title": "Văn bản mẫu", "number": "7/VB", "date": day})


def petition(sample, day):
    dossier(sample)["petition"] = {"title": "Tờ trình mẫu", "number": "8/TTr", "date": day}


def dossier(sample):
    return sample.profile["appraisals"][samples.YEAR]


@pytest.mark.parametrize(
    ("spoil", "day", "found"),
    [
        (valid_until, 7, True),
        (valid_until, 8, False),
        (valid_until, 9, False),
        (issued, 8, False),
        (issued, 9, True),
        (issued_in_a_longer_period, 12, False),
        (issued_in_a_longer_period, 13, True),
        (basis, 8, False),
        (basis, 9, True),
        (petition, 4, False),
        (petition, 5, True),
        (petition, 8, True),
    ],
)
def test_the_edge_of_a_date(spoil, day, found, in_force, tmp_path, repository):
    sample = samples.one(in_force, 5)
    spoil(sample, dt.date(2024, 11, day))
    (case,) = samples.cases([sample], tmp_path, repository)
    assert case.params.on == dt.date(2024, 11, 8)
    checks = [finding.check for finding in scrutinise(case, assess([case]))]
    assert ("S10" in checks) is found
