"""The words for verdicts, apart from what works them out: forms need no numpy to name them."""

from __future__ import annotations

from typing import Final

MET: Final = "met"
NOT_MET: Final = "not_met"
PENDING_VERDICT: Final = "pending"
NO_DATA: Final = "no_data"
NOT_APPLICABLE_VERDICT: Final = "not_applicable"
VERDICTS: Final = (MET, NOT_MET, PENDING_VERDICT, NO_DATA, NOT_APPLICABLE_VERDICT)
COUNTED: Final = (MET, NOT_APPLICABLE_VERDICT)
"""What counts as met, of verdicts and of conclusions; the second is shown apart all the same."""
