"""Parts and wholes under a criterion, as numerator and denominator of one of its indicators."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from ntm_analysis.audit.figures import agrees
from ntm_analysis.audit.model import Line
from ntm_analysis.audit.report import Report
from ntm_analysis.audit.sections import sections
from ntm_analysis.audit.shares import Share
from ntm_analysis.draft.criteria import alike, criterion_of
from ntm_analysis.draft.model import Draft, Reading, Sure, Unplaced
from ntm_analysis.law.words import tokens
from ntm_analysis.rulebook import Limb, Rule, RulesInForce

_RATIO: Final = re.compile(r"100 \* (\w+) / (\w+)")
_OTHER_TIME: Final = re.compile(r"kế hoạch|phấn đấu|mục tiêu|năm trước|cùng kỳ|dự kiến", re.I)
_NUMBER: Final = re.compile(r"\d[\d.,]*")
_FITS, _FITS_WELL, _APART = 0.3, 0.5, 0.15


def draft_of(lines: Iterable[Line], rules: RulesInForce) -> Draft:
    """Return the shares that a report states as results, each under its indicator.

    Parameters
    ----------
    lines : iterable of Line
    rules : RulesInForce
        The criteria set that the report is written for.
    """
    report = Report(lines)
    readings: list[Reading] = []
    unplaced: list[Unplaced] = []
    for section in sections(report):
        number = criterion_of(report.paragraphs[section.head].text, section.number, rules)
        for place, start in section.results:
            paragraph = report.paragraphs[place]
            for share in report.shares[place]:
                if share.start < start or not share.pairs:
                    continue
                begin, end = paragraph.sentence(share.start)
                quote = " ".join(paragraph.text[begin : max(end, share.end)].split())
                page = paragraph.line_at(share.start).page
                found = _placed(quote, share, rules.by_criterion.get(number or 0, ()))
                if found is None or number is None:
                    unplaced.append(Unplaced(section.number, page, quote))
                    continue
                rule, limb, sure = found
                for variable, value in _values(limb, share):
                    unit = rules.rulebook.variables[variable].unit
                    readings.append(
                        Reading(variable, rule.code, value, unit, "", number, page, quote, sure)
                    )
    return Draft(tuple(readings), tuple(unplaced))


def _placed(quote: str, share: Share, rules: tuple[Rule, ...]) -> tuple[Rule, Limb, Sure] | None:
    """Return the indicator whose name the sentence uses most, if one stands out."""
    if _OTHER_TIME.search(quote):
        return None
    words = set(tokens(_NUMBER.sub(" ", quote)))
    scored = sorted(
        ((_score(words, rule, limb), rule, limb) for rule in rules
         for limb in rule.indicator.limbs if _RATIO.fullmatch(limb.formula)),
        key=lambda each: -each[0],
    )  # fmt: skip
    if not scored or scored[0][0] < _FITS:
        return None
    score, rule, limb = scored[0]
    gap = score - scored[1][0] if len(scored) > 1 else score
    if gap < _APART:
        return None
    certain = (
        score >= _FITS_WELL
        and not _rivals(words, rule, rules)
        and _recomputes(share)
        and not share.loose
    )
    if not share.percent and score < _FITS_WELL:
        return None
    return rule, limb, "sure" if certain else "likely" if _recomputes(share) else "guess"


def _rivals(words: set[str], chosen: Rule, rules: tuple[Rule, ...]) -> bool:
    """Whether the sentence uses a pair of words that only another indicator's name has."""
    own = set(tokens(chosen.indicator.name["vi"])) | set(tokens(chosen.indicator.short["vi"]))
    others = {
        token
        for rule in rules
        if rule is not chosen
        for token in tokens(rule.indicator.name["vi"])
        if " " in token
    }
    return bool(words & (others - own))


def _score(words: set[str], rule: Rule, limb: Limb) -> float:
    names = [rule.indicator.name["vi"], rule.indicator.short["vi"]]
    if limb.name:
        names = [limb.name["vi"]]
    return max(alike(words, name) for name in names)


def _pair(share: Share) -> tuple[Fraction, Fraction]:
    for part, whole in share.pairs:
        if share.percent and agrees(100 * part / whole, share.percent):
            return part, whole
    return share.pairs[0]


def _recomputes(share: Share) -> bool:
    part, whole = _pair(share)
    return bool(
        share.percent and share.relation == "=" and agrees(100 * part / whole, share.percent)
    )


def _values(limb: Limb, share: Share) -> list[tuple[str, str]]:
    names = _RATIO.fullmatch(limb.formula)
    assert names is not None
    part, whole = _pair(share)
    return [(names[1], _shown(part)), (names[2], _shown(whole))]


def _shown(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else repr(float(value))
