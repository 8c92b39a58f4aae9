"""Totals of a commune, which any section may give: households, people, hamlets."""

from __future__ import annotations

import re
from typing import Final

from ntm_analysis.draft.passages import Passage
from ntm_analysis.draft.quantities import Quantity
from ntm_analysis.draft.topics import NO_FIT, Fit, Topic, Topics, words_of
from ntm_analysis.spelling import fold

_GENERAL: Final = 2.7
_LOOSE: Final = frozenset(
    ("hien xa toan dan cu sinh song voi gom khoang nhan khau ho nguoi thon "  # noqa: SIM905
     "trung binh thuong tru").split()
)  # fmt: skip
_SHORT: Final = (
    r"^(?:tong )?(?:so )?(?:ho(?: dan| gia dinh)?|(?:nhan )?khau|dan so|thon|xom|ap|ban)"
    r"(?: (?:toan|cua) xa)?\b"
)
_WHOLE: Final = re.compile(
    r"^(?:tong cong|tong so|tong|cong|toan xa)\s+(?=tong|so|dan|ho|nhan|khau)"
)
_OPENED: Final = re.compile(r"^\s*(?:[A-ZĐÀ-Ỵ][^\W\d_]*\s+){2,4}(?=(?:hiện\s+)?(?:có|gồm)\b)")
_NAMED_SHORT: Final = re.compile(rf"(?:^|[;.])\W*{_SHORT.removeprefix('^')}\s*(?:la)?\s*:?\s*$")
_LISTED: Final = re.compile(
    r"\d ?(?:ho(?: dan| gia dinh)?|nguoi|(?:nhan )?khau|thon|xom|ap)[^\d;.]{0,25}"
    r"(?:,|/|\bva|\bvoi|\bo|\btai|\bthuoc|\btren|\bco|\bthanh|\bgom)"
    r"(?: (?:chia thanh|duoc chia thanh|phan bo (?:o|tai)|gom|co))?\s*$"
)


def total(topics: Topics, passage: Passage, one: Quantity, topic: Topic) -> Fit:
    """Return how well a count is a total of the commune: named so, or bare at the start."""
    if one.kind != "amount" or one.dimension not in topics.counted_in(topic.value):
        return NO_FIT
    if passage.role != "prose":
        return _row(topics, passage, topic)
    following = words_of(re.split(r"[,;.()\d]", passage.text[one.end :])[0])
    if any(word not in _LOOSE for word in following):
        return NO_FIT
    lead = re.split(r"[;.(]", passage.text[: one.start])[-1]
    before = fold(_OPENED.sub("xã ", lead))
    clause = re.split(r",", before)[-1]
    names = "|".join(fold(alias) for alias in topics.variable(topic.value).aliases)
    named = list(re.finditer(rf"\b(?:{names})\b(?P<rest>[^,;]*)$", clause))
    if re.search(r"\btong so\s*$", clause) and one.dimension in ("hộ", "thôn"):
        return Fit(_GENERAL, 1.0, True)
    if named and all(word in _LOOSE for word in words_of(named[-1]["rest"])):
        return Fit(_GENERAL, 1.0, True)
    start = passage.criterion is None and passage.zone in ("start", "other")
    if start and (_LISTED.search(before) or _NAMED_SHORT.search(clause)):
        return Fit(_GENERAL, 1.0, True)
    owner = re.search(r"\b(?:xa|dia phuong|dia ban)\b", before)
    strange = [w for w in words_of(clause) if w not in _LOOSE] if not owner else []
    heads = one.dimension != "người" or "khau" in fold(passage.text[one.start : one.end])
    if start and (owner or before != clause) and len(strange) < 2 and heads:
        return Fit(_GENERAL, 1.0, True)
    return NO_FIT


def _row(topics: Topics, passage: Passage, topic: Topic) -> Fit:
    """Return how well a cell is a total of the commune: its row's name says no more."""
    name = _WHOLE.sub("", fold(passage.context))
    names = "|".join(fold(alias) for alias in topics.variable(topic.value).aliases)
    rest, count = re.subn(rf"^(?:tong )?(?:so )?(?:{names})\b|{_SHORT}", "", name, count=1)
    alone = all(word in _LOOSE for word in words_of(rest))
    return Fit(_GENERAL, 1.0, True) if count and alone else NO_FIT
