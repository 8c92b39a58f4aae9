"""What a report says was built, set up, taught or paid: the rows of `facts.csv`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from ntm_analysis.audit.mentions import mentions
from ntm_analysis.draft.model import Fact
from ntm_analysis.draft.papers import indicator_of
from ntm_analysis.draft.passages import Passage
from ntm_analysis.draft.quantities import shown
from ntm_analysis.draft.times import is_plan
from ntm_analysis.draft.topics import Topics
from ntm_analysis.spelling import fold

_DONE: Final = (
    r"(?:^|[,:;]\s*|\b(?:da|duoc|moi|co|va|tien hanh|dau tu|van dong|huy dong|xa|thon)\s+)"
)
_BUILT: Final = (
    r"(?:xay (?:dung )?moi|xay dung(?! (?:nong thon|ntm|ke hoach|quy|co ban|xa|doi song|gia dinh|"
    r"day du|theo|va phat|phuong an|de an|he thong van))(?!,)|"
    r"nang cap|cai tao|sua chua|tu bo|ton tao|lap dat|lap moi|mo rong|lam moi|kien co hoa|"
    r"trong (?:moi|them|duoc)|thay the|khanh thanh)"
)
_KINDS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("model", re.compile(r"\bmo hinh\b(?! (?:kinh doanh|quan ly nha nuoc))")),
    ("training", re.compile(r"\b(?:mo|to chuc)\b[^.;]{0,40}\b(?:lop|tap huan|boi duong|day nghe)\b|"
                            r"\btap huan (?:cho|ve)\b")),
    ("work", re.compile(rf"{_DONE}(?:duoc )?{_BUILT}\b")),
    ("body", re.compile(r"\b(?:thanh lap|kien toan|ra mat)\b")),
    ("event", re.compile(r"\bto chuc (?:\d+ )?(?:hoi nghi|hoi thi|le |ngay hoi|giai |cuoc|dot|"
                         r"buoi|toa dam|chien dich)|\bra quan\b")),
    ("document", re.compile(r"\b(?:ban hanh|xay dung) (?:quy che|huong uoc|quy uoc|noi quy|"
                            r"phuong an|de an)\b")),
    ("cost", re.compile(r"\b(?:kinh phi|tong muc dau tu|tri gia|so tien)\b")),
)  # fmt: skip
_NOT: Final = re.compile(r"\b(?:chua|khong|se|can|de nghi|phai|yeu cau|quy dinh la)\b")
_PLACE: Final = re.compile(
    r"(?:tại|ở)\s+(?P<place>(?:các\s+)?(?:thôn|xóm|ấp|bản|khu|trường|chợ|trạm)\s+"
    r"(?:[A-ZĐÀ-Ỵ][a-zà-ỹđ]*|\d+)(?:(?:\s|,\s|\svà\s)(?:[A-ZĐÀ-Ỵ][a-zà-ỹđ]+|\d+)(?!\w)){0,8})"
)
_MARK: Final = re.compile(r"^[\s\-+*•–]*(?:[a-zđ]\)|\d{1,2}[.)])?\s*")
_SHORTEST, _LONGEST = 5, 320
_BILLION: Final = 10**9


def facts(passages: Sequence[Passage], topics: Topics) -> Iterator[Fact]:
    """Yield what sentences under the criteria say was done, each once.

    Parameters
    ----------
    passages : sequence of Passage
    topics : Topics
    """
    told: set[tuple[str, str]] = set()
    for passage in passages:
        if passage.criterion is None or passage.zone != "criterion":
            continue
        if passage.part in ("required", "claim") or passage.role not in ("prose", "result"):
            continue
        for one in _of(passage, topics):
            if (one.subject, one.text) not in told:
                told.add((one.subject, one.text))
                yield one


def _of(passage: Passage, topics: Topics) -> Iterator[Fact]:
    paragraph = passage.report.paragraphs[passage.place]
    for first, end in paragraph.sentences():
        start = max(first, passage.start)
        words = _MARK.sub("", " ".join(paragraph.text[start:end].split())).strip(" .;:")
        plain = fold(words)
        if end <= start or not len(words.split()) >= _SHORTEST or len(words) > _LONGEST:
            continue
        kind = next((kind for kind, pattern in _KINDS if pattern.search(plain)), "")
        if not kind or _NOT.search(plain) or is_plan(words):
            continue
        code, sure = indicator_of(passage, words, topics)
        place = _PLACE.search(words)
        amount = _money(paragraph.bare[start:end])
        if kind == "cost" and not amount:
            continue
        unit = "billion_vnd" if amount and "billion_vnd" in topics.rules.rulebook.units else ""
        yield Fact(
            code or str(passage.criterion), kind, words[:1].upper() + words[1:],
            " ".join(place["place"].split()) if place else "", amount if unit else "", unit,
            "likely" if sure != "guess" else "guess", passage.spot(start, end),
        )  # fmt: skip


def _money(bare: str) -> str:
    """Return the one sum of money that a sentence names, in thousand millions of dong."""
    sums = {each.value for each in mentions(bare) if each.dimension == "đồng" and not each.rate}
    return shown(Fraction(sums.pop()) / _BILLION) if len(sums) == 1 else ""
