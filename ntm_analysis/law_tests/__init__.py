"""Tests of the rulebook that a lawyer writes: figures, day and place, and the verdict.

In come `data/law-tests/*.yaml` and the rulebook, out go the tests whose verdict is another, and
an appendix that lists all of them. Begin with `trial.try_law`.
"""

from ntm_analysis.law_tests.appendix import appendix
from ntm_analysis.law_tests.reading import LawTest, read_law_tests
from ntm_analysis.law_tests.trial import Outcome, try_law

__all__ = ["LawTest", "Outcome", "appendix", "read_law_tests", "try_law"]
