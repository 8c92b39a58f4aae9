"""Sums that a report writes out: on one line, or as fractions over several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
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
_COUNTED: Final = rf"(?:(?:triệu|tỷ|nghìn)?\s*đồng|triệu|tỷ|{UNIT}|(?:năm|tháng|ngày|lần|kỳ)(?!\w))"
_TERM: Final = rf"(?>\(*\s*{NUM}\s*%?\s*{_COUNTED}?(?:/{_COUNTED})?\s*\)*\s*)"
_SIGN: Final = r"[+\-–x×*/:]\s*+"
_INLINE: Final = re.compile(
    rf"(?<![\d.,/\w%])(?P<left>(?>{_TERM}(?:{_SIGN}{_TERM}){{1,30}}))"
    rf"=\s*(?P<p>{NUM})(?P<sign>\s*%)?(?P<money>\s*(?:(?P<scale>triệu|tỷ|nghìn)\s*(?:đồng)?|đồng))?",
    re.I,
)
_SCALES: Final = {"": 1, "nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}
_MONEY: Final = re.compile(r"(?<=\d)\s*(triệu|tỷ|nghìn|)\s*(?:đồng|(?<=u|ỷ))(?!\w)", re.I)
_SCALED: Final = re.compile(rf"(?P<n>{NUM})\s*(?:(?P<scale>triệu|tỷ|nghìn)\s*(?:đồng)?|đồng)", re.I)
_PERCENT_ADDED: Final = re.compile(rf"[+\-–]\s*{NUM}\s*%")
_EACH: Final = re.compile(rf"({_COUNTED})\s*/\s*{_COUNTED}", re.I)
_PERCENT: Final = re.compile(rf"({NUM})\s*%", re.I)
_RESULT: Final = re.compile(
    rf"^(?P<top>[\d\s().,+\-–]*+)[x×*]\s*100\s*%?\s*(?:\))?\s*=\s*(?P<p>{NUM})\s*%?\s*[.;]?$",
    re.I,
)
_PLAIN: Final = re.compile(r"^[\d\s().,+\-–]*\d[\d\s().,+\-–]*$")
_UNIT_WORDS: Final = re.compile(rf"{_COUNTED}(?:/{_COUNTED})?|%", re.I)
_ONLY_SHARE: Final = re.compile(rf"^\s*{NUM}\s*(?:{UNIT})?\s*/\s*{NUM}\s*(?:{UNIT})?\s*$", re.I)


def check_written_sums(report: Report) -> Iterator[Finding]:
    """Recompute sums written out on one line."""
    for place, paragraph in report.numbered():
        for match in _INLINE.finditer(paragraph.bare):
            if _ONLY_SHARE.match(match["left"]) and match["sign"]:
                continue
            if finding := _inline(place, match):
                yield finding


def written_sums(bare: str) -> Iterator[tuple[int, int]]:
    """Yield where sums are written out in a paragraph."""
    for match in _INLINE.finditer(bare):
        if not (_ONLY_SHARE.match(match["left"]) and match["sign"]):
            yield match.start("left"), match.end()


def _inline(place: int, match: re.Match[str]) -> Finding | None:
    sign = "%" if match["sign"] else ""
    stated = [printed(match["p"])] if sign else printed_amount(match["p"])
    known = [each for each in stated if each is not None]
    percent = bool(sign) and "%" not in match["left"] and "100" not in match["left"]
    if not known or (percent and not re.search(r"[/:]", match["left"])):
        return None
    factor = 100 if percent else 1
    exact: list[Fraction] = []
    for left in _meanings(match, sign):
        with suppress(NoExpressionError):
            exact += [value * factor for value in values(left)]
    if not exact:
        return None
    start, end = match.start("left"), match.end()
    sums = _tidy(match["left"])
    for value in exact:
        if any(agrees(value, one) for one in known):
            recomputed = f"{sums} = {show(value)}{sign}"
            return Finding(place, start, end, f"{match['p']}{sign}", recomputed, "agrees")
    recomputed = _said(exact[0], known[0], sums, sign)
    return Finding(place, start, end, f"{match['p']}{sign}", recomputed, "disagrees")


def _meanings(match: re.Match[str], sign: str) -> Iterator[str]:
    """Yield what the left side may mean, the likeliest first."""
    left = _EACH.sub(r"\1", re.split(r"(?<=\S):\s", match["left"])[-1])
    if not sign and _PERCENT_ADDED.search(left):
        return  # a tenth of what?
    scales = [_SCALES[name.lower()] for name in _MONEY.findall(left)]
    wanted = _SCALES[(match["scale"] or "").lower()]
    measured = bool(scales) and (set(scales) != {wanted} or "%" in left)
    if not sign and measured:
        # each sum of money in the unit of the result, whose own words may be missing
        unit = wanted if match["money"] else scales[0]
        text = _SCALED.sub(lambda term: _in_unit(term, unit), left)
        yield _plain(_PERCENT.sub(r"(\1/100)", text))
    if not sign and "%" in left:
        yield _plain(_PERCENT.sub(r"(\1/100)", left))
    yield _plain(left)
    if sign and left.count("%") > 1 and re.search("[x×*]", left):
        yield _plain(_PERCENT.sub(r"(\1/100)", left) + "* 100")
    if ":" in left:
        yield _plain(left.rsplit(":", 1)[1])


def _in_unit(term: re.Match[str], unit: int) -> str:
    scale = _SCALES[(term["scale"] or "").lower()]
    if scale == unit:
        return term["n"]
    return f"({term['n']}*{scale // unit})" if scale > unit else f"({term['n']}/{unit // scale})"


def _plain(text: str) -> str:
    text = _UNIT_WORDS.sub(" ", text)
    text += ")" * (text.count("(") - text.count(")"))
    return "(" * (text.count(")") - text.count("(")) + text


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
