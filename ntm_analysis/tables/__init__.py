"""Tables of the report, as Pandoc Markdown."""

from ntm_analysis.tables.escape import Md, attribute, escape
from ntm_analysis.tables.markdown import pipe_table, verdict_span

__all__ = ["Md", "attribute", "escape", "pipe_table", "verdict_span"]
