"""A hand-written report read into figures: the parts and wholes that stand under a criterion."""

from ntm_analysis.draft.model import Draft, Reading, Unplaced
from ntm_analysis.draft.shares import draft_of

__all__ = ["Draft", "Reading", "Unplaced", "draft_of"]
