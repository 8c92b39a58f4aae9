"""Tables of the report, as Pandoc Markdown."""

from ntm_analysis.tables.escape import Md, attribute, escape, title
from ntm_analysis.tables.markdown import pipe_table, verdict_span

__all__ = ["Md", "attribute", "escape", "pipe_table", "title", "verdict_span"]
