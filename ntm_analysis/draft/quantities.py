"""The quantities that a paragraph prints: shares, counts with their percentages, amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from ntm_analysis.audit.claims import Claim
from ntm_analysis.audit.figures import NUM, agrees, printed, readings
from ntm_analysis.audit.masking import HIDDEN
from ntm_analysis.audit.mentions import Mention, kind, mentions
from ntm_analysis.audit.report import Report
from ntm_analysis.audit.shares import RELATION, RELATIONS, Share
from ntm_analysis.audit.words import UNIT

NUMBER: Final = re.compile(NUM + r"|[¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]")
_SIGNS: Final = re.compile(r"[≥≤<>=~≈+]|(?<=\d)[-–](?=\d)|(?<=[^\w])[-–](?=\d)")
_HEADS: Final = r"(?:hộ|nhân khẩu|khẩu|người|thôn|xóm|ấp|bản)"
_BESIDE: Final = re.compile(rf"(?<={{0}})\s*/\s*(?=\d[\d.,]*\s*{_HEADS})".format("[ộuinmpả]"))
_RANGE: Final = re.compile(rf"(?P<a>{NUM})\s*%?\s*(?:-|–|đến)\s*(?P<b>{NUM})(?![\d/]|[.,]\d)")
_RELATED: Final = re.compile(rf"(?P<rel>{RELATION})\s*$", re.I)
_UP: Final = re.compile(r"\s*%?\s*(?:[^\W\d_]+\s){0,2}?trở lên", re.I)
_AMONG: Final = re.compile(
    rf"(?<![\d.,/])(?P<a>{NUM})(?P<between>(?:\s+[^\W\d_]+){{0,7}}?\s+(?:trong|trên)\s+(?:tổng\s+)?(?:số\s+)?)"
    rf"(?P<b>{NUM})\s+(?P<u>{UNIT})(?:[^\d%.;|]{{0,30}}?[,(]\s*(?:chiếm|đạt|bằng|tỷ lệ|\s)*"
    rf"(?P<p>{NUM})\s*%)?",
    re.I,
)
_OF: Final = re.compile(
    rf"\btrong\s+(?:tổng\s+)?(?:số\s+)?(?P<b>{NUM})\s+(?P<u>{UNIT})(?:\s+[^\W\d_]+){{0,4}}?,?"
    rf"\s+(?:thì\s+có|thì|có)\s+(?P<a>{NUM})(?:\s+(?P<v>{UNIT}))?(?![\d/%])",
    re.I,
)
_SIZED: Final = ("km", "ha", "tấn", "đồng", "m2")
_UNIT: Final = re.compile(rf"\s+(?P<u>{UNIT})(?!\w)", re.I)
_LABELLED: Final = re.compile(
    rf"(?:^|[;,.(–-]\s*)(?:tổng\s+)?(?:s[ốo]\s+)?(?P<u>{UNIT})\s*:\s*$", re.I
)
_TIMES: Final = re.compile(r"\s*(?:lần|đợt)(?!\w)", re.I)
_SQUARE: Final = re.compile(r"\s*(?:m2|m²)", re.I)
_CLOSED: Final = re.compile(r"\s*(?:[,;.:()|/]|$|đạt|chiếm|bằng|so với)", re.I)
_ALONE: Final = re.compile(
    rf"(?:^|(?<=[:=])|(?<=\blà)|(?<=\bcó)|(?<=\bđạt))\s*(?P<a>{NUM})\s*/\s*(?P<b>{NUM})"
    r"(?=\s*(?:[.;,)]|$))"
)
Kind = Literal["share", "claim", "percent", "amount"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """What one or several numbers of a paragraph say together.

    Attributes
    ----------
    start, end : int
        Where it stands in the paragraph.
    kind : {"share", "claim", "percent", "amount"}
        A part of a whole; a count with its percentage; a percentage; anything else.
    part, whole, rate, value : str
        In machine form; empty where it has none.
    dimension : str
        What is counted; empty if not said.
    agrees : bool or None
        Whether the percentage follows from part and whole; None where there are not all three.
    inner : str
        The words between its numbers.
    closed : bool
        Whether nothing follows that says what an amount without a unit counts.
    """

    start: int
    end: int
    kind: Kind
    dimension: str = ""
    part: str = ""
    whole: str = ""
    rate: str = ""
    value: str = ""
    per: bool = False
    agrees: bool | None = None
    inner: str = ""
    closed: bool = True


def quantities(report: Report, place: int, claims: list[Claim]) -> list[Quantity]:
    """Return the quantities of a paragraph, in order; no number is in two of them."""
    bare = report.paragraphs[place].bare
    found = [_share(bare, share) for share in report.shares[place] if share.pairs]
    worded = sorted([*_among(bare), *_out_of(bare), *_alone(bare)], key=lambda one: one.start)
    found += [one for one in worded if not _within(found, one.start, one.end)]
    found += [_claim(bare, claim) for claim in claims if not _within(found, claim.start, claim.end)]
    taken = list(found)
    for mention in mentions(_plain(bare)):
        if not _within(taken, mention.start, mention.end):
            one = _amount(bare, mention, report.paragraphs[place].text)
            if one is not None and not _within(taken, one.start, one.end):
                found.append(one)
                taken.append(one)
    return sorted(found, key=lambda each: each.start)


def _among(bare: str) -> Iterator[Quantity]:
    """Yield parts of wholes worded `19 trong 62 ca`, with the percentage after them."""
    for match in _AMONG.finditer(bare):
        lead = _UNIT.match(match["between"])
        if lead and kind(lead["u"]) != kind(match["u"]):
            continue
        words = match["between"].split()
        if (
            not lead
            and words[0].lower() not in ("trên", "trong")
            and ("trên" in words or len(words) > 6)
        ):
            continue
        count = kind(match["u"]) not in _SIZED
        part = readings(match["a"], count=count)[:1]
        whole = readings(match["b"], count=count)[:1]
        if not part or not whole or part[0] > whole[0] or not whole[0]:
            continue
        stated = printed(match["p"]) if match["p"] else None
        right = agrees(100 * part[0] / whole[0], stated) if stated else None
        rate = shown(stated.value) if stated else ""
        yield Quantity(
            match.start("a"), match.end(), "share", kind(match["u"]), shown(part[0]),
            shown(whole[0]), rate, agrees=right,
            inner=re.sub(rf"{NUM}|%", " ", bare[match.end("a") : match.end()]),
        )  # fmt: skip


def _out_of(bare: str) -> Iterator[Quantity]:
    """Yield parts of wholes worded `trong 3.150 căn nhà có 3.098 căn`."""
    for match in _OF.finditer(bare):
        count = kind(match["u"]) not in _SIZED
        part, whole = readings(match["a"], count=count)[:1], readings(match["b"], count=count)[:1]
        if not part or not whole or part[0] > whole[0]:
            continue
        if match["v"] and not kind(match["u"]).startswith(kind(match["v"])):
            continue
        yield Quantity(
            match.start("b"), match.end(), "share", kind(match["u"]), shown(part[0]),
            shown(whole[0]), inner=bare[match.end("b") : match.start("a")],
        )  # fmt: skip


def _alone(bare: str) -> Iterator[Quantity]:
    """Yield fractions that stand alone in a cell or after a colon, without what they count."""
    for match in _ALONE.finditer(bare):
        part, whole = readings(match["a"], count=True)[:1], readings(match["b"], count=True)[:1]
        if part and whole and 0 < part[0] <= whole[0]:
            yield Quantity(
                match.start("a"), match.end("b"), "share", "", shown(part[0]), shown(whole[0])
            )


def numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the numbers of a text stand."""
    for match in NUMBER.finditer(text):
        yield match.start(), match.end()


def _plain(bare: str) -> str:
    """Return a text in which signs do not hide the numbers after them, letter for letter."""
    bare = _BESIDE.sub(lambda match: match[0].replace("/", " "), bare)
    return _SIGNS.sub(lambda match: " " * len(match[0]), bare)


def _within(found: list[Quantity], start: int, end: int) -> bool:
    return any(one.start < end and start < one.end for one in found)


def shown(value: Fraction) -> str:
    """Return a number in machine form."""
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.10f}".rstrip("0").rstrip(".")


def _signed(bare: str, start: int, end: int, value: str) -> str:
    """Return a value with the inequality that its words make it."""
    match = _RELATED.search(bare[:start])
    relation = RELATIONS.get(" ".join(match["rel"].lower().split()), "=") if match else "="
    if (match and match["rel"].lower() == "từ") or _UP.match(bare, end):
        relation = ">="
    return value if relation in "=~" else f"{relation}{value}"


def _share(bare: str, share: Share) -> Quantity:
    pair = share.pairs[0]
    right: bool | None = None
    if share.percent:
        fits = [one for one in share.pairs if agrees(100 * one[0] / one[1], share.percent)]
        right = bool(fits)
        pair = fits[0] if fits else pair
    rate = ""
    if share.percent:
        rate = _signed(bare, share.percent_at[0], share.percent_at[1], shown(share.percent.value))
    words = re.sub(rf"{NUM}|%", " ", bare[share.start : share.end])
    return Quantity(
        share.start, share.end, "share", kind(share.unit), shown(pair[0]), shown(pair[1]), rate,
        agrees=right, inner=words,
    )  # fmt: skip


def _claim(bare: str, claim: Claim) -> Quantity:
    part = shown(_counted(claim.part))
    base = shown(claim.base[0]) if claim.base else ""
    right = None
    if claim.base:
        right = any(
            agrees(100 * one / whole, claim.percent)
            for one in claim.part.values for whole in claim.base if whole
        )  # fmt: skip
    words = re.sub(rf"{NUM}|%", " ", bare[claim.start : claim.end])
    rate = shown(claim.percent.value)
    if claim.relation not in "=~":
        rate = f"{claim.relation}{rate}"
    whole = "" if claim.plan or claim.foreign else base
    return Quantity(
        claim.start, claim.end, "claim", claim.part.dimension, part, whole, rate,
        agrees=right, inner=words,
    )  # fmt: skip


def _counted(mention: Mention) -> Fraction:
    return mention.values[0]


def _amount(bare: str, mention: Mention, text: str) -> Quantity | None:
    start, end = mention.start, mention.end
    value = shown(mention.value)
    if mention.dimension == "đồng" and mention.unit.lower().startswith(("triệu", "trđ", "tr")):
        value = shown(_millions(mention))
    for match in _RANGE.finditer(bare, max(0, start - 20)):
        if match.start("a") == start:
            low, high = readings(match["a"]), readings(match["b"])
            if low and high and low[0] < high[-1]:
                value, end = f"{shown(low[0])}-{shown(high[-1])}", match.end("b")
                rest = mentions(_plain(bare[match.start("b") :]))
                if rest:
                    mention = rest[0]
                form: Kind = "percent" if mention.percent else "amount"
                return Quantity(
                    start, end + (mention.until - mention.end), form, mention.dimension,
                    rate=value if mention.percent else "", value="" if mention.percent else value,
                    per=mention.rate,
                )  # fmt: skip
    if square := _SQUARE.match(text, end):
        metres = readings(mention.text)
        until = square.end()
        per = bool(re.match(r"\s*/\s*\w", text[until:]))
        value = _signed(bare, start, until, shown(metres[0]) if metres else value)
        return Quantity(start, until, "amount", "m2", value=value, per=per)
    if times := _TIMES.match(text, end):
        return Quantity(start, times.end(), "amount", "lần", value=value)
    value = _signed(bare, start, mention.until, value)
    if mention.percent:
        percent = (
            shown(Fraction(mention.text.replace(",", "."))) if _single(mention.text) else value
        )
        rate = _signed(bare, start, mention.until, percent)
        return Quantity(start, mention.until, "percent", "%", rate=rate)
    dimension = mention.dimension
    if not dimension and (label := _LABELLED.search(bare[:start])):
        dimension = kind(label["u"])
    return Quantity(
        start, mention.until, "amount", dimension, value=value, per=mention.rate,
        closed=bool(mention.dimension) or bool(_CLOSED.match(bare, mention.until)),
    )  # fmt: skip


def _single(text: str) -> bool:
    return text.count(",") + text.count(".") <= 1


def _millions(mention: Mention) -> Fraction:
    """Return an amount of money in millions; `72,403 triệu` is seventy-two and a part of one."""
    values = [value / 10**6 for value in mention.values]
    small = [value for value in values if value < 1000]
    return small[0] if small and "," in mention.text else values[0]


def is_hidden(bare: str, start: int, end: int) -> bool:
    """Whether a number is part of a date, a code, or the number of a document."""
    return HIDDEN in bare[start:end]
