"""The bodies that can give evidence and answer questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ntm_analysis.communes import Case
from ntm_analysis.language import Text
from ntm_analysis.localities import district_in, province_in
from ntm_analysis.rulebook.models import Department
from ntm_analysis.scrutiny.subject import both, phrase

OF_CONDITION: Final = {"debt": "finance", "satisfaction": "front", "security": "police"}
"""Who answers for a condition of recognition (QĐ 18/2022/QĐ-TTg); else the commune."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body that can give evidence or answer.

    Attributes
    ----------
    key : str
        `commune`, `finance`, `front`, `police`, `department`, or `nobody`.
    name : Text
    """

    key: str
    name: Text


def confirms(case: Case, code: str) -> Department | None:
    """Return the department that confirms an indicator; None where no source says which."""
    rule = case.rules.by_code.get(code)
    if rule is None:
        return None
    criterion = case.rules.loaded.criterion[rule.indicator.criterion]
    return rule.indicator.department or criterion.department


def body(case: Case, key: str) -> Body:
    """Return a body that is no department, by its name in the commune's own place."""
    level = "district" if case.commune.district else "province"
    name = f"bodies.{key}_{level}" if key in ("finance", "front", "police") else f"bodies.{key}"
    commune, kind = case.commune, case.rules.province_kind
    fields = {
        "commune": commune.name,
        "district": both(lambda lang: district_in(commune.district or "", lang)),
        "province": both(lambda lang: province_in(commune.province, lang, kind)),
    }
    return Body(key, phrase(name, **fields))


def body_of(case: Case, subject: str) -> Body:
    """Return who must give the evidence of an indicator or a condition.

    The department that confirms it, where the rulebook knows it; else the commune.
    """
    if department := confirms(case, subject):
        return Body("department", department.name)
    return body(case, OF_CONDITION.get(subject, "commune"))
