"""Tables of the report, as Pandoc Markdown."""

from ntm_analysis.tables.markdown import Md, escape, pipe_table, verdict_span

__all__ = ["Md", "escape", "pipe_table", "verdict_span"]
