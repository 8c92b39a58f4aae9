"""A criteria set as rows: what each limb requires there and then, in whose words, how sure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Final, Literal

from ntm_analysis.rulebook.divisions import NATIONAL
from ntm_analysis.rulebook.models import Indicator
from ntm_analysis.rulebook.overlaps import worded_for
from ntm_analysis.rulebook.rule import Rule, RulesInForce
from ntm_analysis.rulebook.spans import Threshold

Status = Literal["known", "unknown", "delegated", "ended"]
COLUMNS: Final = (
    "code", "limb", "division", "requires", "printed", "status", "decision", "verified",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """What is required of a limb.

    Attributes
    ----------
    code, limb : str
    division : str
        The region, zone or group whose value it is; empty where it is the place's own.
    requires : str
        As the rulebook has it: `>= 95`, `yes`; `unknown` and `delegated` too.
    printed : str
        The decision's own words, where they are kept.
    status : {"known", "unknown", "delegated", "ended"}
    decision : str
        The key of the decision; empty where none is known.
    verified : bool
        Whether it was read in the decision itself.
    """

    code: str
    limb: str
    division: str
    requires: str
    printed: str
    status: Status
    decision: str
    verified: bool

    def as_dict(self) -> dict[str, object]:
        """Return it as a mapping."""
        return asdict(self)


def listing(rules: RulesInForce) -> list[Row]:
    """Return the rows of all limbs in legal order, those of ended indicators too.

    A limb for which the place is divided, with no value of the commune's own, has a row for each
    region, zone or group.
    """
    found: list[Row] = []
    for code, indicator in rules.loaded.indicators.items():
        rule = rules.by_code.get(code)
        if rule is not None:
            found += _of_rule(rule, indicator, rules)
        elif (decision := _ended(indicator, rules)) is not None:
            found += [Row(code, "", "", "", "", "ended", decision, False)]
    return found


def _of_rule(rule: Rule, indicator: Indicator, rules: RulesInForce) -> Iterator[Row]:
    for limb in rule.indicator.limbs:
        lack = rule.lacks.get(limb.key)
        divided = lack is not None and lack.kind in ("class", "several", "no_part", "no_value")
        parts = list(_parts(indicator, limb.key, rules)) if divided else []
        if parts:
            yield from parts
            continue
        text, span = rule.requirements[limb.key].text, rule.spans.get(limb.key)
        yield Row(
            rule.code,
            limb.key,
            (span.division or "") if span else "",
            text,
            rule.printed(limb.key),
            _status(text),
            span.decision if span else "",
            bool(span and span.verified and _status(text) == "known"),
        )


def _parts(indicator: Indicator, limb: str, rules: RulesInForce) -> Iterator[Row]:
    """Yield a limb's values for the regions, zones or groups of the place, or of the nation."""
    for place in dict.fromkeys((rules.place, NATIONAL)):
        held: dict[str, Threshold] = {}
        for span in sorted(indicator.thresholds, key=lambda one: one.from_):
            stated = worded_for(indicator, span).by_limb(span.requires)
            if span.place == place and span.division and span.on(rules.on) and limb in stated:
                held[span.division] = span
        for division, span in held.items():
            text = worded_for(indicator, span).by_limb(span.requires)[limb].strip()
            status = _status(text)
            yield Row(
                indicator.code, limb, division, text, span.words(limb, indicator.own.key), status,
                span.decision, span.verified and status == "known",
            )  # fmt: skip
        if held:
            return


def _status(text: str) -> Status:
    if text in ("unknown", "delegated"):
        return text  # type: ignore[return-value]
    return "known"


def _ended(indicator: Indicator, rules: RulesInForce) -> str | None:
    """Return the decision under which an indicator was in force before; None if it never was."""
    before = [
        span
        for span in indicator.in_force
        if span.place in (rules.place, NATIONAL) and span.applies and span.from_ <= rules.on
    ]
    ended = [
        span
        for span in indicator.in_force
        if span.place in (rules.place, NATIONAL) and not span.applies and span.on(rules.on)
    ]
    if ended and before:
        return max(ended, key=lambda one: one.from_).decision
    return max(before, key=lambda one: one.from_).decision if before else None
