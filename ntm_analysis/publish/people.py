"""Persons in a text that goes public: names beyond roles, telephone numbers, identity numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

SURNAMES: Final = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Lương|Trịnh|Đoàn|"
    "Lâm|Mai|Trương|Cao|Tạ|Tống|Chu|Đào|Phùng|Quách|Lò|Giàng|Kiều|Tô"
)
"""Surnames that most people in Vietnam have; a list that looks for more finds places instead."""
_UPPER: Final = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠ-Ỹ"
_WORD: Final = rf"[{_UPPER}][^\W\d_]*"
_ADDRESSED: Final = r"(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Aa]nh|[Cc]hị|đ/c|Đ/c|Mr\.?|Mrs\.?|Ms\.?)"
_FULL: Final = re.compile(rf"(?<![\w-])(?:{SURNAMES})(?:\s+{_WORD}){{2,3}}(?![\w])")
_CALLED: Final = re.compile(rf"(?<!\w){_ADDRESSED}\s+({_WORD}(?:\s+{_WORD}){{1,3}})")
_PUBLIC: Final = ("Hồ Chí Minh",)
_PLACE: Final = re.compile(
    r"(?:đường|phố|xã|phường|huyện|tỉnh|quận|thôn|xóm|làng|trường|trạm|chùa|đền|đình|công ty|"
    r"HTX|hợp tác xã|cầu|chợ|THCS|THPT|Tiểu học|Mầm non)\s+$",
    re.IGNORECASE,
)
_NUMBERS: Final = (
    ("telephone", re.compile(r"(?<![\d.,/])0[235789]\d{2}[ .]?\d{3}[ .]?\d{3}(?![\d.,/])")),
    ("identity", re.compile(r"(?<![\d.,/-])0\d{11}(?![\d.,/-])")),
    ("email", re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+\w")),
)
_SKIPPED: Final = ("script", "style", "head")
_BREAKS: Final = (
    *("p", "li", "td", "th", "tr", "div", "section", "summary", "br", "dt", "dd"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "caption"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """What may tell who somebody is.

    Attributes
    ----------
    page, anchor : str
        Where it stands: the last id before it.
    kind : {"name", "telephone", "identity", "email"}
    value : str
    """

    page: str
    anchor: str
    kind: str
    value: str


def found_in(text: str) -> Iterator[tuple[str, str]]:
    """Give kind and words of what may tell who somebody is.

    Parameters
    ----------
    text : str
        A paragraph or cell.

    Examples
    --------
    >>> list(found_in("Trưởng thôn: ông Trần Văn Ba, điện thoại 0912 345 678"))
    [('name', 'Trần Văn Ba'), ('telephone', '0912 345 678')]
    >>> list(found_in("đường Nguyễn Văn Cừ; Chủ tịch Ủy ban nhân dân"))
    []
    """
    names: dict[str, None] = {}
    for match in _FULL.finditer(text):
        if match[0] not in _PUBLIC and not _PLACE.search(text[: match.start()]):
            names[match[0]] = None
    for match in _CALLED.finditer(text):
        if not any(match[1] in name or name in match[1] for name in names):
            names[match[1]] = None
    yield from (("name", name) for name in names)
    for kind, pattern in _NUMBERS:
        yield from ((kind, found[0]) for found in pattern.finditer(text))


def persons_in(page: str, tree: Any) -> Iterator[Person]:
    """Give what may tell who somebody is on a page, each once.

    Parameters
    ----------
    page : str
    tree : Element
        As html5lib reads it.
    """
    seen: set[tuple[str, str]] = set()
    for anchor, text in _blocks(tree):
        for found in found_in(" ".join(text.split())):
            if found not in seen:
                seen.add(found)
                yield Person(page, anchor, *found)


def _blocks(tree: Any) -> Iterator[tuple[str, str]]:
    anchor, held = "", [""]

    def walk(element: Any) -> Iterator[tuple[str, str]]:
        nonlocal anchor
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            return
        breaks = element.tag in _BREAKS
        if breaks:
            yield anchor, "".join(held)
            held.clear()
        anchor = element.get("id") or anchor
        held.append(element.text or "")
        for child in element:
            yield from walk(child)
            held.append(child.tail or "")
        if breaks:
            yield anchor, "".join(held)
            held.clear()

    yield from walk(tree)
    yield anchor, "".join(held)
