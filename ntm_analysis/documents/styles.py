"""What a Word file's styles and list definitions say of a paragraph: fonts, level, numbers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from ntm_analysis.documents.ooxml import attribute, child, children, descendants

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as _Element

_DEEPEST: Final = 12
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


class Styles:
    """The styles of a document.

    Parameters
    ----------
    root : lxml element or None
        The part `styles.xml`.
    """

    def __init__(self, root: _Element | None) -> None:
        self._styles: dict[str, _Element] = {}
        self._default = ""
        self._font = ""
        for style in descendants(root, "style") if root is not None else ():
            key = attribute(style, "styleId")
            self._styles[key] = style
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in (
                "1",
                "true",
            ):
                self._default = key
        for defaults in descendants(root, "rPrDefault") if root is not None else ():
            self._font = font_of(child(defaults, "rPr"))

    def _chain(self, key: str) -> list[_Element]:
        found: list[_Element] = []
        while key in self._styles and len(found) < _DEEPEST:
            found.append(self._styles[key])
            key = attribute(child(found[-1], "basedOn"), "val")
        return found

    def font(self, paragraph_style: str, run_style: str) -> str:
        """Return the font that styles give a run; empty if none does."""
        for key in (run_style, paragraph_style or self._default):
            for style in self._chain(key):
                if name := font_of(child(style, "rPr")):
                    return name
        return self._font

    def level(self, paragraph: _Element) -> int | None:
        """Return the outline level of a paragraph, from 1; None for body text."""
        own = child(paragraph, "pPr")
        places = [own, *(child(each, "pPr") for each in self._chain(style_of(own)))]
        for place in places:
            value = attribute(child(place, "outlineLvl"), "val")
            if value.isdigit():
                return int(value) + 1 if int(value) < 9 else None
        return None

    def numbering(self, paragraph: _Element) -> tuple[str, int] | None:
        """Return the list that a paragraph belongs to, and its level there."""
        own = child(paragraph, "pPr")
        places = [own, *(child(each, "pPr") for each in self._chain(style_of(own)))]
        for place in places:
            numbered = child(place, "numPr")
            if numbered is None:
                continue
            key = attribute(child(numbered, "numId"), "val")
            level = attribute(child(numbered, "ilvl"), "val")
            return (key, int(level) if level.isdigit() else 0) if key not in ("", "0") else None
        return None


def style_of(properties: _Element | None) -> str:
    """Return the style that properties of a paragraph name."""
    return attribute(child(properties, "pStyle"), "val")


def font_of(properties: _Element | None) -> str:
    """Return the font that properties of a run name; empty if none."""
    fonts = child(properties, "rFonts")
    return attribute(fonts, "ascii") or attribute(fonts, "hAnsi")


class Lists:
    """The numbers and bullets that Word puts before paragraphs.

    Parameters
    ----------
    root : lxml element or None
        The part `numbering.xml`.
    """

    def __init__(self, root: _Element | None) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is None:
            return
        abstract = {
            attribute(each, "abstractNumId"): {
                int(attribute(level, "ilvl") or 0): _level(level) for level in children(each, "lvl")
            }
            for each in children(root, "abstractNum")
        }
        for each in children(root, "num"):
            key = attribute(child(each, "abstractNumId"), "val")
            levels = dict(abstract.get(key, {}))
            for override in children(each, "lvlOverride"):
                at = int(attribute(override, "ilvl") or 0)
                own, start = child(override, "lvl"), child(override, "startOverride")
                if own is not None:
                    levels[at] = _level(own)
                elif start is not None and at in levels:
                    levels[at] = (*levels[at][:2], int(attribute(start, "val") or 1))
            self._levels[attribute(each, "numId")] = levels

    def label(self, key: str, level: int) -> str:
        """Return the next label of a list at a level, such as `2.1.`."""
        levels = self._levels.get(key, {})
        if level not in levels:
            return ""
        counts = self._counts[key]
        style, pattern, start = levels[level]
        counts[level] = counts[level] + 1 if level in counts else start
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if style == "bullet":
            return "-"
        if style == "none":
            return ""
        text = pattern
        for at in range(level + 1):
            kind, _, first = levels.get(at, ("decimal", "", 1))
            text = text.replace(f"%{at + 1}", _counted(counts.setdefault(at, first), kind))
        return text.strip()


def _level(level: _Element) -> tuple[str, str, int]:
    start = attribute(child(level, "start"), "val")
    style = attribute(child(level, "numFmt"), "val") or "decimal"
    pattern = attribute(child(level, "lvlText"), "val")
    return style, pattern, int(start) if start.isdigit() else 1


def _counted(number: int, style: str) -> str:
    if style in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if style == "upperLetter" else letter
    if style in ("lowerRoman", "upperRoman"):
        text = ""
        for value, letters in _ROMAN:
            text += letters * (number // value)
            number %= value
        return text.upper() if style == "upperRoman" else text
    return f"{number:02d}" if style == "decimalZero" else str(number)
