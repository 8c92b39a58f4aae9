"""Tables of the report, as Pandoc Markdown."""

from ntm_analysis.tables.markdown import VERDICT_SIGNS, Md, escape, pipe_table, verdict_span

__all__ = ["VERDICT_SIGNS", "Md", "escape", "pipe_table", "verdict_span"]
