"""Tests of the register of evidence and of the questions."""
