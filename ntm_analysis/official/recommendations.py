"""Part III: what follows from the results, and what the appraiser recommends beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ntm_analysis.capitals import lower_first
from ntm_analysis.language import Text
from ntm_analysis.narrative.filters import no_stop
from ntm_analysis.narrative.indicator_view import IndicatorView
from ntm_analysis.official.setting import Setting
from ntm_analysis.official.wording import listed
from ntm_analysis.register.bodies import OF_CONDITION, body


def recommendations(setting: Setting) -> tuple[str, ...]:
    """Return the recommendations, a line each; the appraiser's own last."""
    own = [one[setting.lang] for one in setting.office.recommendations]
    return listed([*_following(setting), *(own or [setting.blank("recommendations")])])


MANY: Final = 15
"""Indicators; of more, the summary table gives the names."""


def _named(setting: Setting, views: Sequence[IndicatorView]) -> str:
    """Return indicators by code and name, or how many there are."""
    if len(views) > MANY:
        return setting.say("recommend_many", count=len(views))
    return "; ".join(f"{view.code} ({lower_first(view.short)})" for view in views)


def _following(setting: Setting) -> Iterator[str]:
    views = list(setting.report.indicators.values())

    def chosen(key: str) -> list[IndicatorView]:
        return [
            view for view in views if view.conclusion == key and view.reason != "unknown_threshold"
        ]

    for key in ("not_met", "pending", "no_data", "clarify"):
        if found := chosen(key):
            yield setting.say(f"recommend_{key}", names=_named(setting, found))
    if found := chosen("prove"):
        yield setting.say("recommend_prove", count=len(found))
    for condition in setting.report.case.rules.loaded.about.conditions:
        stands = setting.report.conditions[condition.key]
        if stands.conclusion in ("met", "not_applicable"):
            continue
        asked: Text = body(setting.report.case, OF_CONDITION.get(condition.key, "commune")).name
        key = "recommend_mend" if stands.conclusion == "not_met" else "recommend_condition"
        yield setting.say(
            key,
            body=asked[setting.lang],
            name=lower_first(condition.name[setting.lang]),
            requires=no_stop(lower_first(condition.requires[setting.lang])),
        )
    if setting.report.eligible:
        yield setting.say("recommend_keep")
