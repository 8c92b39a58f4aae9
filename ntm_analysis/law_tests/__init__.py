"""Tests of the rulebook that a lawyer writes: figures, day and place, and the verdict.

In come `data/law-tests/*.yaml` and the rulebook, out go the tests whose verdict is another, and
an appendix that lists all of them. Begin with `trial.try_law`.
"""
