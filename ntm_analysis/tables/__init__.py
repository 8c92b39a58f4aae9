"""Tables of the report, as Pandoc Markdown."""

from ntm_analysis.tables.escape import Md, attribute, code, escape, in_language, title
from ntm_analysis.tables.markdown import pipe_table, standing_span, verdict_span

__all__ = [
    "Md",
    "attribute",
    "code",
    "escape",
    "in_language",
    "pipe_table",
    "standing_span",
    "title",
    "verdict_span",
]
