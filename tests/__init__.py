"""Tests of ntm_analysis, laid out as the package is."""
