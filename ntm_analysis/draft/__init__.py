"""A hand-written report read into the commune's form, for a person to confirm."""

from ntm_analysis.draft.fill import filling_from
from ntm_analysis.draft.model import Draft, Found, Missed, Paper, Spot
from ntm_analysis.draft.reading import draft_documents, draft_files

__all__ = [
    "Draft",
    "Found",
    "Missed",
    "Paper",
    "Spot",
    "draft_documents",
    "draft_files",
    "filling_from",
]
