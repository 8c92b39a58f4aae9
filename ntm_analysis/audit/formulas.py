"""Sums that a report writes out: on one line, or as fractions over several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from ntm_analysis.audit.expressions import NoExpressionError, values
from ntm_analysis.audit.figures import NUM, Printed, agrees, printed, printed_amount, show
from ntm_analysis.audit.masking import HIDDEN
from ntm_analysis.audit.model import Finding, Verdict
from ntm_analysis.audit.ratios import explained
from ntm_analysis.audit.report import Report
from ntm_analysis.audit.words import UNIT

# atomic groups: a long chain without an equals sign must fail at once
_TERM: Final = rf"(?>\(*\s*{NUM}\s*%?\s*(?:(?:triệu|tỷ|nghìn)?\s*đồng|triệu|tỷ|{UNIT})?\s*\)*\s*)"
_SIGN: Final = r"[+\-–x×*/:]\s*+"
_INLINE: Final = re.compile(
    rf"(?<![\d.,/\w%])(?P<left>(?>{_TERM}(?:{_SIGN}{_TERM}){{1,30}}))"
    rf"=\s*(?P<p>{NUM})(?P<sign>\s*%)?",
    re.I,
)
_RESULT: Final = re.compile(
    rf"^(?P<top>[\d\s().,+\-–]*+)[x×*]\s*100\s*%?\s*(?:\))?\s*=\s*(?P<p>{NUM})\s*%?\s*[.;]?$",
    re.I,
)
_PLAIN: Final = re.compile(r"^[\d\s().,+\-–]*\d[\d\s().,+\-–]*$")
_UNIT_WORDS: Final = re.compile(rf"(?:triệu|tỷ|nghìn)?\s*đồng|triệu|tỷ|{UNIT}|%", re.I)
_ONLY_SHARE: Final = re.compile(rf"^\s*{NUM}\s*(?:{UNIT})?\s*/\s*{NUM}\s*(?:{UNIT})?\s*$", re.I)


def check_written_sums(report: Report) -> Iterator[Finding]:
    """Recompute sums written out on one line."""
    for place, paragraph in report.numbered():
        for match in _INLINE.finditer(paragraph.bare):
            if _ONLY_SHARE.match(match["left"]) and match["sign"]:
                continue
            if finding := _inline(place, match):
                yield finding


def _inline(place: int, match: re.Match[str]) -> Finding | None:
    text = _UNIT_WORDS.sub(" ", match["left"])
    text += ")" * (text.count("(") - text.count(")"))
    text = "(" * (text.count(")") - text.count("(")) + text
    try:
        exact = values(text)
    except NoExpressionError:
        return None
    stated = [printed(match["p"])] if match["sign"] else printed_amount(match["p"])
    percent = bool(match["sign"]) and "%" not in match["left"] and "100" not in match["left"]
    if percent and not re.search(r"[/:]", match["left"]):
        return None
    factor = 100 if percent else 1
    start, end = match.start("left"), match.end()
    sign = "%" if match["sign"] else ""
    known = [each for each in stated if each is not None]
    if not known:
        return None
    for value in exact:
        for one in known:
            if agrees(value * factor, one):
                recomputed = f"{_tidy(match['left'])} = {show(value * factor)}{sign}"
                return Finding(place, start, end, f"{match['p']}{sign}", recomputed, "agrees")
    recomputed = _said(exact[0] * factor, known[0], _tidy(match["left"]), sign)
    return Finding(place, start, end, f"{match['p']}{sign}", recomputed, "disagrees")


def _said(exact: Fraction, stated: Printed, sums: str, sign: str) -> str:
    return explained(exact, stated, sums) if sign else f"{sums} = {show(exact)}"


def _tidy(text: str) -> str:
    return " ".join(text.replace(HIDDEN, "").split())


def check_set_fractions(report: Report) -> Iterator[Finding]:
    """Recompute fractions set over several lines: numerator, `x 100% = …`, denominator."""
    atoms = [
        (place, start, end, text)
        for place, paragraph in report.numbered()
        for start, end, text in _cells(paragraph.bare)
    ]
    for index, (place, start, end, text) in enumerate(atoms):
        match = _RESULT.match(text)
        if not match:
            continue
        top = match["top"].strip() or _neighbour(atoms, index, -1)
        bottom = _neighbour(atoms, index, 1)
        stated = printed(match["p"])
        if not (top and bottom and stated):
            continue
        try:
            part, whole = values(top)[0], values(bottom)[0]
        except NoExpressionError:
            continue
        if not whole:
            continue
        exact = 100 * part / whole
        verdict: Verdict = "agrees" if agrees(exact, stated) else "disagrees"
        sums = f"{_bracketed(top)}/{_bracketed(bottom)}"
        recomputed = explained(exact, stated, sums)
        above = "" if match["top"].strip() else f"{top} "
        quote = f"{above}{text} / {bottom}"
        yield Finding(place, start, end, f"{stated.text}%", recomputed, verdict, quote)


def _cells(bare: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    for cell in bare.split("|"):
        if cell.strip():
            yield at, at + len(cell), cell.strip()
        at += len(cell) + 1


def _neighbour(atoms: list[tuple[int, int, int, str]], index: int, step: int) -> str:
    """Return the nearest expression above or below, with nothing else between."""
    at = index + step
    if 0 <= at < len(atoms) and _PLAIN.match(atoms[at][3]):
        return atoms[at][3]
    return ""


def _bracketed(text: str) -> str:
    tidy = "".join(text.split())
    return tidy if tidy.startswith("(") or re.fullmatch(NUM, tidy) else f"({tidy})"
