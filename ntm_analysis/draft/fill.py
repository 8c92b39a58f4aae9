"""A draft as the content of the commune's form, beside what people have confirmed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ntm_analysis.communes.figures import read_value
from ntm_analysis.communes.table import Row
from ntm_analysis.draft.model import Draft, Found, Missed, Sure
from ntm_analysis.forms.layout import flatten, unflatten
from ntm_analysis.forms.source import Filling, Mark, Unread
from ntm_analysis.language import say
from ntm_analysis.problems import Collector
from ntm_analysis.rulebook import RulesInForce
from ntm_analysis.rulebook.bases import legal_bases

_ORDER: Final[Mapping[Sure, int]] = {"sure": 0, "likely": 1, "guess": 2}


def filling_from(
    draft: Draft,
    rules: RulesInForce,
    commune: str,
    names: Sequence[str],
    base: Filling | None = None,
) -> Filling:
    """Return a form's content.

    Parameters
    ----------
    draft : Draft
    rules : RulesInForce
    commune : str
        Its id.
    names : sequence of str
        The names of the files, in order; the first is the source `report`.
    base : Filling, optional
        What is there already: what people entered or confirmed stays, and wins.
    """
    year = rules.on.year
    kept_figures = [r for r in (base.figures if base else []) if not r.get("drafted")]
    kept_evidence = [r for r in (base.evidence if base else []) if not r.get("drafted")]
    content = Filling(year=year, params=dict(base.params) if base else {})
    if base:
        content.decisions, content.requests = base.decisions, base.requests
        content.facts = base.facts
    _profile(content, draft, rules, commune, names, base)
    content.figures = [dict(row) for row in kept_figures]
    held = {(row["variable"], row.get("indicator", "")) for row in kept_figures}
    _figures(content, draft, rules, held)
    _evidence(content, draft, rules, kept_evidence)
    _facts(content, draft)
    content.unread = [_unread(one, names) for one in _sorted(draft.missed)]
    return content


def _profile(
    content: Filling,
    draft: Draft,
    rules: RulesInForce,
    commune: str,
    names: Sequence[str],
    base: Filling | None,
) -> None:
    year = rules.on.year
    own = f"appraisals.{year}"
    leaves: dict[str, Any] = dict(flatten(base.profile)) if base else {}
    confirmed = bool(base) and not leaves.get(f"{own}.drafted")
    before = dict(leaves)
    groups = {path.split(".")[0] if "." not in path else path for path in before}
    read = {path: _plain(value) for path, value in draft.profile.items()}
    for number, (target, sure, spot) in enumerate(draft.targets):
        at = f"{own}.plan.targets.{number}"
        if any(path.startswith(f"{own}.plan.targets.") for path in before):
            break
        for leaf, value in target.items():
            read[f"{at}.{leaf}"] = value
        content.marks["profile", at] = Mark(sure, spot.words)
    lists = (f"{own}.legal_bases.", f"{own}.dossier.items.", "hamlets.")
    blocked = {one for one in lists if any(path.startswith(one) for path in before)}
    for path, value in read.items():
        stem = path.removesuffix(".vi")
        taken = path in groups or stem in before or any(p.startswith(f"{stem}.") for p in before)
        if taken or any(path.startswith(one) for one in blocked):
            continue
        leaves[path] = value
        if path in draft.marks:
            sure, spot = draft.marks[path]
            content.marks["profile", path] = Mark(sure, spot.words)
    leaves["id"] = commune
    if "name" not in leaves:
        leaves["name"] = commune.replace("-", " ").title()
        content.marks["profile", "name"] = Mark("guess", say("draft.name_of_id"))
    if not any(path.startswith(f"{own}.appraiser") for path in leaves):
        leaves[f"{own}.appraiser.vi"] = say("draft.appraiser_of_place", place=rules.place)
        content.marks["profile", f"{own}.appraiser.vi"] = Mark("guess", say("draft.not_said"))
    leaves.setdefault("province", rules.place)
    leaves.setdefault(f"{own}.set", rules.loaded.about.key)
    if not any(path.startswith(f"{own}.legal_bases.") for path in leaves):
        for number, key in enumerate(legal_bases(rules)):
            leaves[f"{own}.legal_bases.{number}"] = key
    for number, name in enumerate(names, start=1):
        key = "report" if number == 1 else f"report-{number}"
        if not any(path.startswith(f"sources.{key}.") for path in leaves):
            leaves[f"sources.{key}.title.vi"] = say("draft.source", file=name)
    leaves[f"{own}.drafted"] = True
    if confirmed and not draft.found and not draft.papers:
        del leaves[f"{own}.drafted"]
    profile = unflatten(leaves)
    profile["appraisals"] = {int(y): part for y, part in profile.get("appraisals", {}).items()}
    content.profile = profile


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _figures(
    content: Filling, draft: Draft, rules: RulesInForce, held: set[tuple[str, str]]
) -> None:
    groups: dict[tuple[str, str], list[Found]] = defaultdict(list)
    codes = set(rules.loaded.indicators)
    for one in draft.found:
        if not fits(one, rules):
            draft.missed.append(Missed(one.value, "refused", one.spot))
            continue
        code = one.indicator if one.indicator in codes else ""
        groups[one.variable, code].append(one)
    for (name, code), readings in groups.items():
        if (name, code) in held:
            continue
        main = primary(readings)
        for one in readings:
            row = {
                "variable": name, "value": one.value, "unit": one.unit,
                "as_of": one.as_of.isoformat() if one.as_of else "", "indicator": code,
                "source": one.spot.source, "note": "", "drafted": one.sure,
                "primary": "yes" if len(readings) > 1 and one is main else "",
            }  # fmt: skip
            content.marks["figures", len(content.figures)] = Mark(one.sure, one.spot.words)
            content.figures.append(row)


def primary(readings: Sequence[Found]) -> Found:
    """Return the reading to assess with: the latest day, the surest, then the last."""
    return max(
        enumerate(readings),
        key=lambda each: (each[1].as_of or dt.date.min, -_ORDER[each[1].sure], each[0]),
    )[1]


def fits(one: Found, rules: RulesInForce) -> bool:
    """Whether a value is one of its variable's kind, as `figures.csv` has it."""
    problems = Collector()
    row = Row("", 0, {"value": one.value})
    read = read_value(row, rules.rulebook.variables[one.variable], problems)
    return read is not None and not problems.problems


def _evidence(
    content: Filling, draft: Draft, rules: RulesInForce, kept: Sequence[Mapping[str, str]]
) -> None:
    done = {row.get("indicator", "") for row in kept}
    content.evidence = [dict(row) for row in kept]
    for rule in rules.rules:
        if rule.code in done:
            continue
        value, sure = _claimed_value(draft, rule.code, rule.indicator.variables, rule)
        verdict = draft.claims.get(rule.code, "")
        papers = {p.number: p for p in draft.papers if p.indicator == rule.code}
        if not value and not verdict and not papers:
            continue
        rows: list[dict[str, str]] = []
        for paper in papers.values():
            rows.append({
                "indicator": rule.code, "document": paper.title, "number": paper.number,
                "issuer": paper.issuer, "drafted": paper.sure,
                "issued_on": paper.issued_on.isoformat() if paper.issued_on else "",
                "grade": "C" if paper.issued_on else "D",
            })  # fmt: skip
            content.marks["evidence", len(content.evidence) + len(rows) - 1] = Mark(
                paper.sure, paper.spot.words
            )
        if not rows:
            rows.append(
                {"indicator": rule.code, "grade": _grade(draft, rule.code, value), "drafted": sure}
            )
        rows[0] |= {"claimed_value": value, "claimed_verdict": verdict}
        content.evidence += rows


def _claimed_value(draft: Draft, code: str, names: Sequence[str], rule: Any) -> tuple[str, Sure]:
    """Return what is claimed of an indicator's own quantity, and how sure that is."""
    own = rule.indicator.own
    mine = [one for one in draft.found if one.indicator == code]
    wanted = [own.stated, *own.parsed.variables] if own.stated else list(own.parsed.variables)
    for name in wanted:
        readings = [one for one in mine if one.variable == name]
        if not readings:
            continue
        one = primary(readings)
        if own.kind == "rate" and name != own.stated and own.parsed.variables[0] == name:
            whole = [o for o in mine if len(own.parsed.variables) == 2
                     and o.variable == own.parsed.variables[1]]  # fmt: skip
            try:
                rate = 100 * float(one.value) / float(primary(whole).value)
            except (ValueError, ZeroDivisionError):
                continue
            return f"{rate:.2f}".rstrip("0").rstrip("."), one.sure
        if own.kind == "rate" and name != own.stated:
            continue
        return one.value, one.sure
    return "", "likely"


def _grade(draft: Draft, code: str, value: str) -> str:
    """Return the grade of evidence that figures alone give: counts, a bare number, words, none."""
    kinds = {one.kind for one in draft.found if one.indicator == code}
    if "share" in kinds:
        return "A"
    if kinds & {"rate", "count", "amount"}:
        return "B"
    return "D" if value else "E"


def _facts(content: Filling, draft: Draft) -> None:
    """Add what was done, unless people have entered something of the same indicator."""
    held = {row.get("indicator", "") for row in content.facts}
    content.facts = [dict(row) for row in content.facts]
    for one in draft.facts:
        if one.subject in held:
            continue
        content.marks["facts", len(content.facts)] = Mark(one.sure, one.spot.words)
        content.facts.append({
            "indicator": one.subject, "kind": one.kind, "text": one.text, "place": one.place,
            "amount": one.amount, "unit": one.unit, "source": one.spot.source,
        })  # fmt: skip


def _sorted(missed: Sequence[Missed]) -> list[Missed]:
    """Return what was not placed, what needs eyes first, each kind in the report's order."""
    return sorted(missed, key=lambda one: one.reason in ("number_of", "requirement", "claim"))


def _unread(one: Missed, names: Sequence[str]) -> Unread:
    key = one.spot.file
    place = int(key.partition("-")[2] or 1) - 1
    return Unread(
        names[place] if place < len(names) else key,
        one.spot.section,
        str(one.spot.page or f"¶ {one.spot.line}"),
        one.number,
        say(f"draft.reason_{one.reason}"),
        one.spot.quote,
    )
