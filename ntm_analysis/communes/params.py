"""The parameters of one run: `params/<ID>.yaml`, typed and checked before anything runs."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field

from ntm_analysis.communes.names import CommuneId
from ntm_analysis.communes.profile import Grade
from ntm_analysis.language import Lang

FIRST_YEAR: Final = 2010
"""The first of the programme (Quyết định 800/QĐ-TTg năm 2010)."""
LAST_YEAR: Final = 2100


class Params(BaseModel):
    """The parameters of `notebooks/commune.ipynb`.

    Attributes
    ----------
    commune : str
        The name of a folder in `data/communes`.
    year : int
        The year appraised.
    set : str
        The criteria set.
    on : date
        The day whose law applies.
    lang : {"vi", "en"}
        The language of the report.
    thin_margin : float
        Below it a margin is called thin: the share of what is counted that may be lost, or,
        without counts, of the threshold.
    outside_period : bool
        Whether the set is to be applied on a day outside its period; never without this word.
    documents : str or mapping, optional
        The office's own templates: a folder, or files by document (`report`, `en/report`).
    evidence_floor : {"A", "B", "C", "D", "E"}
        The lowest grade of evidence that proves: a verdict on less is called unproven.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_min_length=1, str_strip_whitespace=True
    )

    commune: CommuneId
    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
    set: str
    on: dt.date
    lang: Lang = "vi"
    thin_margin: Annotated[float, Field(ge=0, le=1)] = 0.02
    evidence_floor: Grade = "C"
    outside_period: bool = False
    documents: str | dict[str, str] | None = None

    @property
    def id(self) -> str:
        """The name of the run: `<commune>-<year>`."""
        return f"{self.commune}-{self.year}"

    def for_notebook(self) -> dict[str, Any]:
        """Return the parameters as papermill takes them: plain values only.

        The word that allows a day outside the set's period, and templates of documents, stay in
        the file.
        """
        return self.model_dump(mode="json", exclude={"outside_period", "documents"})
