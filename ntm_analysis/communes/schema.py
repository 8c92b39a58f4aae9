"""What the parts of `commune.yaml` share."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from ntm_analysis.language import Text


def _both(value: Any) -> Any:
    return {"vi": value, "en": value} if isinstance(value, str) else value


Label = Annotated[Text, BeforeValidator(_both)]
"""A text in both languages; a bare string is a name that reads the same in both."""


class Schema(BaseModel):
    """What all parts share: frozen, no unknown entries, no empty text."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_min_length=1, str_strip_whitespace=True
    )
