"""The open dataset: tidy tables, codebook, descriptors, and a way back into pandas."""

from ntm_analysis.dataset.export import export, make_files, make_tables
from ntm_analysis.dataset.load import load_results
from ntm_analysis.dataset.schema import CODEBOOK, TABLES

__all__ = ["CODEBOOK", "TABLES", "export", "load_results", "make_files", "make_tables"]
