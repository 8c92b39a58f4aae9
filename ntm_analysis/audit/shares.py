"""Finding shares in a text: a part, a whole, and the percentage that belongs to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, Literal

from ntm_analysis.audit.figures import NUM, VULGAR, Printed, printed, readings, vulgar
from ntm_analysis.audit.text import SENTENCE_END
from ntm_analysis.audit.words import UNIT, alike, countable

Relation = Literal["=", "~", ">", ">=", "<", "<="]
RELATIONS: Final[dict[str, Relation]] = {
    "trên": ">", "hơn": ">", ">": ">", "≥": ">=", ">=": ">=", "từ": ">=", "ít nhất": ">=",
    "dưới": "<", "<": "<", "≤": "<=", "<=": "<=", "gần": "<",
    "khoảng": "~", "xấp xỉ": "~", "ước": "~", "ước đạt": "~", "≈": "~", "~": "~",
}  # fmt: skip
RELATION: Final = (
    r"(?:(?<!\w)(?:trên|hơn|dưới|gần|khoảng|xấp xỉ|ước đạt|ước|ít nhất)|>=|<=|(?<!=)>|<|≥|≤|≈|~)"
)
_NOT_IN: Final = r"(?<![\d.,/])"
_NO_MORE: Final = r"(?![\d/]|[.,]\d|\s?%)"
_PER: Final = r"(?:xã|huyện|tỉnh|năm|tháng|tuần|ngày|giờ|lần|quý)(?!\w)"
_SLASH = re.compile(
    rf"{_NOT_IN}(?P<a>{NUM})\s*(?:(?P<ua>{UNIT})"
    rf"(?:\s[^\W\d_]+){{0,3}})?\s*/\s*(?:tổng\s+(?:số\s+)?)?(?P<b>{NUM}){_NO_MORE}"
    rf"\s*(?:(?P<per>{_PER})|(?P<ub>{UNIT}))?|(?<!\d)(?P<v>[{VULGAR}])\s*(?P<uv>{UNIT})?",
    re.I,
)
_WORDS = re.compile(
    rf"{_NOT_IN}(?P<a>{NUM})\s*(?P<ua>{UNIT})?(?P<between>[^\d%.;|\x01]{{0,60}}?)\s*[,(]?\s*"
    rf"(?P<of>(?:trong|trên|/)\s*(?:tổng\s*(?:số|cộng)?)|trên)\s*(?P<b>{NUM}){_NO_MORE}"
    rf"\s*(?P<ub>{UNIT})?",
    re.I,
)
_AFTER = re.compile(
    rf"(?P<gap>[^\d%]{{0,110}}?)(?P<rel>{RELATION})?\s*(?P<p>{NUM})\s*%(?P<rest>[^.;|]{{0,40}})",
    re.I,
)
_BEFORE_BRACKET = re.compile(
    rf"(?P<rel>{RELATION})?\s*(?<![\d.,-])(?P<p>{NUM})\s*%(?P<gap>[^%\d;|]{{0,80}}?)"
    r"[(\[]\s*(?P<inside>[^\d()%]{0,30})$",
    re.I,
)
_BEFORE_COMMA = re.compile(
    rf"(?P<rel>{RELATION})?\s*(?<![\d.,-])(?P<p>{NUM})\s*%\s*"
    r"(?:,|:|=|,?\s*(?:tức là|tức|tương đương|tương ứng|ứng với|với))\s*(?:với\s*)?(?:là\s*)?$",
    re.I,
)
_LINK: Final = (
    r"(?:đạt|chiếm|bằng|tương đương|tương ứng|ứng với|(?:tỷ|tỉ) lệ|tức|là|hay|với|cũng|đã|=>?|"
    r"≈|~|:|\(|\||->|→|khoảng)"
)
_LINKED = re.compile(rf"(?:^|[\s\w()]){_LINK}\s*$|^\s*$", re.I)
_ONLY_LINKS = re.compile(rf"^\s*(?:{_LINK}\s*)*$", re.I)
_FOREIGN = re.compile(
    r"so với|kế hoạch|trong đó|còn lại|trong khi|ngoài ra|bình quân|trung bình|lãi suất|đồng thời",
    re.I,
)
_FOREIGN_LATE = re.compile(
    r"(?:tăng|giảm|vượt|còn|thêm|hơn|chênh|yêu cầu|quy định|mục tiêu|phấn đấu|tối thiểu|"
    r"chỉ tiêu|ngưỡng|chuẩn)\s*(?:của|là|:|≥|>|trên|[^\W\d_]+\s){0,3}$",
    re.I,
)
_PLANNED = re.compile(r"yêu cầu|quy định là|mục tiêu|phấn đấu|tối thiểu|kế hoạch|ngưỡng", re.I)
_OTHER_TIME = re.compile(r"hiện|trước|kế hoạch|mục tiêu|yêu cầu|quy định|tăng|giảm|cũ|còn", re.I)
_OTHER_BASE = re.compile(r"^\s*(?:kế hoạch|so với|chỉ tiêu|dự toán|cùng kỳ|mục tiêu|KH\b)", re.I)
_RATE = re.compile(r"(?:tỷ|tỉ) lệ", re.I)
_AND_UNIT = re.compile(rf"\bvà\s+(?:số\s+)?{UNIT}", re.I)
# a clause of its own that says nothing but the rate, and a bracket that closes the noun
_RESTATED = re.compile(
    r"^(?:(?!và\b|,\s*(?:có|với|tỷ|tỉ)\b)[^\d;:.()|%]){0,70}"
    r"(?:;\s*(?:đạt |chiếm )?(?:(?:tỷ|tỉ) lệ|đạt|chiếm)|"
    r"\(\s*(?:(?:đạt|chiếm|bằng)\s*)?(?:(?:tỷ|tỉ) lệ)?)"
    r"\s*(?:đạt|là|:|chiếm)?\s*$",
    re.I,
)
_ENDED = re.compile(SENTENCE_END)
_SCORE = re.compile(
    r"^\s*điểm(?!\s+(?:trường|dân|thực|truy|thu|tập|du|bưu|bán|sinh|phục|công))", re.I
)


_OWN_BASE: Final = re.compile(
    rf"\s*%\s*(?:so với |của |trên |trong )?(?:tổng số|tổng)\s+(?:[^\W\d_]+\s+){{0,3}}(?P<n>{NUM})"
    r"(?!\s*%)",
    re.I,
)
_AGAIN: Final = re.compile(
    r"\)?[^\d.;%()|]{0,40}?\s*[,(]\s*(?:bằng|chiếm|đạt)\s*(?:(?:tỷ|tỉ) lệ\s*)?"
    rf"(?P<p>{NUM})\s*%\s*(?:so với |của |trên |trong )?(?:tổng số|tổng)\s+"
    rf"(?:[^\W\d_]+\s+){{0,7}}\(?(?P<n>{NUM})(?!\s*%)",
    re.I,
)
_NARROWER: Final = re.compile(r"trong (?:đó|số)|riêng|bao gồm|gồm|cụ thể|nhất là|như", re.I)
_TOLD: Final = re.compile(r"tức|tương đương|tương ứng|ứng với", re.I)
_PER_MANY: Final = {"100", "1000", "1.000", "10000", "10.000", "100000", "100.000"}
_PER_HEAD: Final = re.compile(
    r"\s*(?:người dân|người|dân|trẻ|cháu|phụ nữ|bà mẹ|hộ dân|hộ|học sinh|ha)(?!\w)", re.I
)
_OF_ALL: Final = re.compile(
    r"\s*(?:số|tổng|diện tích|dân số|chiều dài|khối lượng|lượng|quân số|thời gian|nhu cầu|các)\b",
    re.I,
)
_SPOKEN, _DAYS, _MONTHS = 10, 31, 12


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, perhaps with its percentage.

    Attributes
    ----------
    start, end : int
        Where part, whole and percentage stand.
    part, whole : str
        As printed.
    unit : str
        What is counted; empty if not said.
    percent : Printed or None
    relation : str
        How the percentage is meant: `=`, `~` about, or an inequality.
    percent_at : tuple of int
        Where the percentage stands.
    loose : bool
        Whether text and percentage may belong to different things.
    """

    start: int
    end: int
    part: str
    whole: str
    unit: str
    percent: Printed | None = None
    relation: Relation = "="
    percent_at: tuple[int, int] = (0, 0)
    loose: bool = False

    @property
    def pairs(self) -> list[tuple[Fraction, Fraction]]:
        """Every reading of part and whole, the likeliest first."""
        count = countable(self.unit) and bool(self.unit)
        return [
            (part, whole)
            for part in readings(self.part, count=count)
            for whole in readings(self.whole, count=count)
            if whole
        ]

    @property
    def likeliest(self) -> tuple[Fraction, Fraction]:
        """The likeliest reading: both marks read alike where they can be."""
        pairs = self.pairs
        below = [pair for pair in pairs if pair[0] <= pair[1] and pair[0] * 100 >= pair[1]]
        return (below or pairs)[0]


def shares(bare: str) -> list[Share]:
    """Return the shares in a paragraph whose dates and codes are hidden, in order."""
    found: list[Share] = []
    taken: set[int] = set()
    matches = list(_candidates(bare))
    for match in matches:
        share = _plain(match)
        if share is None or _no_share(bare, share):
            continue
        share = _paired(bare, share, taken)
        if share.percent:
            taken.add(share.percent_at[0])
            if again := _of_everyone(bare, share):
                taken.add(again.percent_at[0])
                found.append(again)
        found.append(share)
    return [share for share in found if share.percent or _bare_share(bare, share)]


def _candidates(bare: str) -> Iterator[re.Match[str]]:
    at = 0
    for match in _SLASH.finditer(bare):
        yield from _worded(bare, at, match.start())
        yield match
        at = match.end()
    yield from _worded(bare, at, len(bare))


def _worded(bare: str, start: int, end: int) -> Iterator[re.Match[str]]:
    for match in _WORDS.finditer(bare, start, end):
        whole = "tổng" in match["of"].lower()
        same = match["ua"] and alike(match["ua"], match["ub"] or match["ua"])
        if not whole and not (same and match["ub"]):
            continue
        before = bare[max(0, match.start() - 150) : match.start()]
        if _AFTER.match(bare[match.end() : match.end() + 80]) or _BEFORE_BRACKET.search(before):
            yield match


def _plain(match: re.Match[str]) -> Share | None:
    groups = match.groupdict()
    if groups.get("v"):
        part, whole = vulgar(groups["v"])
        unit = groups["uv"]
    else:
        part, whole = groups["a"], groups["b"]
        first, second = groups["ua"], groups.get("per") or groups["ub"]
        worded = "tổng" in (groups.get("of") or "").lower()
        if first and second and not alike(first, second) and not worded:
            return None  # one thing for each of another: 1 cán bộ/3 thôn
        unit = groups["ub"] or groups["ua"]
    return Share(match.start(), match.end(), part, whole, (unit or "").strip())


def _paired(bare: str, share: Share, taken: set[int]) -> Share:
    """Return the share with its percentage: the one in its own bracket, before it, or after it."""
    after = _AFTER.match(bare, share.end)
    if after and (after.start("p") in taken or not _linked(after)):
        after = None
    leaves = after and after["gap"].count(")") > after["gap"].count("(")
    if (after is None or leaves) and (before := _bracketed(bare, share, taken)):
        return before
    if after and (own := _OWN_BASE.match(bare, after.end("p"))):
        share = replace(share, whole=own["n"])
        return _joined(share, after, 0, loose=False)
    if after:
        return _joined(share, after, 0, loose=bool(_OTHER_BASE.match(after["rest"])))
    return _ahead(bare, share, taken)


def _of_everyone(bare: str, share: Share) -> Share | None:
    """Return the share of the same part in a larger whole that is named after it.

    `23/25 đại biểu có mặt (92%), bằng 85,2% tổng số 27 đại biểu`.
    """
    match = _AGAIN.match(bare, share.end)
    percent = printed(match["p"]) if match else None
    if match is None or percent is None:
        return None
    at = (match.start("p"), match.end("p"))
    return replace(
        share,
        start=at[0],
        end=match.end(),
        whole=match["n"],
        percent=percent,
        relation="=",
        percent_at=at,
    )


def _bracketed(bare: str, share: Share, taken: set[int]) -> Share | None:
    """Return the share with a percentage that stands before its bracket: 96% (583/607 hộ)."""
    before = bare[max(0, share.start - 150) : share.start]
    found = _BEFORE_BRACKET.search(before)
    if not found or _ENDED.search(found["gap"]) or _OTHER_TIME.search(found["inside"]):
        return None
    if _NARROWER.search(found["inside"]):
        return None
    offset = share.start - len(before)
    if offset + found.start("p") in taken:
        return None
    if _PLANNED.search(before[max(0, found.start() - 40) : found.start()]):
        return None
    return _joined(share, found, offset, loose=len(found["gap"].split()) > 6)


def _ahead(bare: str, share: Share, taken: set[int]) -> Share:
    """Return the share with a percentage that stands right before it: 99,6%, tương ứng 12/13."""
    before = bare[max(0, share.start - 40) : share.start]
    found = _BEFORE_COMMA.search(before)
    offset = share.start - len(before)
    if found and offset + found.start("p") not in taken:
        clause = bare[max(0, share.start - 160) : offset + found.start("p")].lower()
        closed = re.match(r"\s*(?:[^\W\d_]+\s*){0,3}(?:[.;)|]|$)", bare[share.end :])
        named = share.unit and share.unit.lower() in clause
        told = _TOLD.search(found[0])
        return _joined(share, found, offset, loose=not (told or (closed and named)))
    return share


def _no_share(bare: str, share: Share) -> bool:
    """Whether it is a rate, a fraction said as a word, or a day: 85/100 dân, gần 1/3 số hộ."""
    rest = bare[share.end :]
    if share.whole in _PER_MANY:
        told = share.unit and bare[share.start : share.end].rstrip().endswith(share.unit)
        around = bare[max(0, share.start - 40) : share.end + 40]
        return "%" not in around if told else bool(_PER_HEAD.match(rest))
    if share.unit or not (share.part + share.whole).isdigit():
        return False
    part, whole = int(share.part), int(share.whole)
    if whole <= _SPOKEN and _OF_ALL.match(rest):
        return True
    return whole < part <= _DAYS and whole <= _MONTHS


def _linked(match: re.Match[str]) -> bool:
    gap, rest = match["gap"], match["rest"]
    if _RESTATED.match(gap):
        return True
    if len(gap) > 100 or _ENDED.search(gap) or _FOREIGN.search(gap) or _AND_UNIT.search(gap):
        return False
    if _FOREIGN_LATE.search(gap) and not re.search(r"(?:đạt|=|chiếm|bằng)\s*$", gap, re.I):
        return False
    words = gap.rstrip()
    rate = _RATE.search(words)
    if rate and not _ONLY_LINKS.match(words[rate.start() :]):
        return False
    if "," in words or " - " in words:
        cut = max(words.rfind(","), words.rfind(" - ") + 1)
        if not _ONLY_LINKS.match(words[cut + 1 :]):
            return False
        if not words[cut + 1 :].strip():
            return bool(match["rel"]) or bool(re.match(r"\s*(?:[).;,|]|$)", rest))
        return True
    if match["rel"] and not words:
        return True
    if not words.strip():
        return bool(gap)
    return bool(_LINKED.search(words))


def _joined(share: Share, match: re.Match[str], offset: int, *, loose: bool) -> Share:
    percent = printed(match["p"])
    if percent is None:
        return share
    at = (offset + match.start("p"), offset + match.end("p"))
    word = " ".join((match["rel"] or "").lower().split())
    return Share(
        min(share.start, at[0]),
        max(share.end, at[1] + 1),
        share.part,
        share.whole,
        share.unit,
        percent,
        RELATIONS.get(word, "="),
        at,
        loose,
    )


def _size(share: Share) -> bool:
    """Whether it is a size or a fraction of a measure: a road of 5/7 m, 1/2 km."""
    if countable(share.unit) or not (share.part + share.whole).isdigit():
        return False
    whole = int(share.whole)
    return share.unit.lower() in {"m", "mét"} or (int(share.part) < whole <= 10)


def _bare_share(bare: str, share: Share) -> bool:
    """Whether a share without a percentage is one: it counts something, and is no score."""
    if not share.unit or _size(share):
        return False
    scored = share.unit.lower() == "điểm" and _SCORE.match(bare[share.end - 4 :])
    return not (scored and share.whole in {"10", "20", "50", "100", "1000"})
