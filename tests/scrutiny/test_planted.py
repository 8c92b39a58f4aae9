"""Made-up communes: nothing is found where nothing is wrong, and each planted fault is found."""

from __future__ import annotations

import pytest

from ntm_analysis.assessment import assess
from ntm_analysis.samples import FAULTS, generator, make, plant
from ntm_analysis.scrutiny import CHECKS, scrutinise
from tests.support import sample_project as samples

BESIDES = {"S03": {"S02"}, "S14": {"S20"}}
"""What a fault cannot be planted without: a verdict flips only where a value stands twice."""


def test_every_check_has_a_fault():
    assert list(FAULTS) == [check.code for check in CHECKS]


def test_nothing_is_found_where_nothing_is_wrong(in_force, tmp_path, repository):
    made = [
        make(in_force, n, generator(20, n), [samples.YEAR], perfect=n % 2 == 0) for n in range(30)
    ]
    cases = samples.cases(made, tmp_path, repository)
    assessment = assess(cases)
    assert len(cases) == 30
    assert sum(assessment.tally(case)["not_met"] for case in cases) > 10
    for case in cases:
        found = scrutinise(case, assessment)
        assert not found, (case.id, [(f.check, f.sentence.vi) for f in found])


def test_nothing_is_found_in_two_years_of_one_commune(in_force, tmp_path, repository):
    """Also under the rules before an amendment."""
    sample = samples.one(in_force, 1, years=(2023, 2024))
    cases = samples.cases([sample], tmp_path, repository)
    assessment = assess(cases)
    assert [case.params.year for case in cases] == [2023, 2024]
    assert [len(case.rules.rules) for case in cases] == [75, 74]
    assert [scrutinise(case, assessment) for case in cases] == [(), ()]


@pytest.mark.parametrize("check", list(FAULTS))
@pytest.mark.parametrize("number", [3, 8])
def test_a_planted_fault_is_found_and_nothing_else(check, number, in_force, tmp_path, repository):
    sample = samples.one(in_force, number)
    assert plant(sample, check, samples.YEAR, generator(1, number))
    (case,) = samples.cases([sample], tmp_path, repository)
    found = scrutinise(case, assess([case]))
    assert sample.planted[0] in {(samples.YEAR, f.check, f.indicator) for f in found}
    assert {f.check for f in found} <= {check} | BESIDES.get(check, set())
    (labelled,) = {f.check for f in found} & {check}
    (severities,) = [c.severities for c in CHECKS if c.code == labelled]
    assert all(f.severity in severities for f in found if f.check == check)
