"""Word's equations (OMML) on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ntm_analysis.documents.ooxml import attribute, child, children, descendants, name

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as _Element


def linear(element: _Element) -> str:
    """Return an equation as one would type it: a fraction as `(33-14)/(2692-14)`."""
    kind = name(element)
    if kind == "t":
        return element.text or ""
    if kind == "f":
        return f"{_grouped(child(element, 'num'))}/{_grouped(child(element, 'den'))}"
    if kind in ("sSup", "sSub"):
        sign, part = ("^", "sup") if kind == "sSup" else ("_", "sub")
        return f"{_inner(child(element, 'e'))}{sign}{_grouped(child(element, part))}"
    if kind == "rad":
        return f"√({_inner(child(element, 'e'))})"
    if kind == "d":
        edges = child(element, "dPr")
        begin = attribute(child(edges, "begChr"), "val") or "("
        end = attribute(child(edges, "endChr"), "val") or ")"
        return begin + "; ".join(_inner(each) for each in children(element, "e")) + end
    if kind == "nary":
        sign = next((attribute(each, "val") for each in descendants(element, "chr")), "∑")
        return sign + _inner(child(element, "e"))
    return "" if kind.endswith("Pr") else _inner(element)


def _inner(element: _Element | None) -> str:
    return "".join(linear(each) for each in element) if element is not None else ""


def _grouped(element: _Element | None) -> str:
    text = _inner(element).strip()
    whole = text.replace(".", "").replace(",", "").isalnum() or (
        text.startswith("(") and text.find(")") == len(text) - 1
    )
    return text if whole else f"({text})"
