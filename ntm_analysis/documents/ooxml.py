"""Walking the XML of a Word file by local names, which the strict and the usual dialect share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as _Element


def name(element: _Element) -> str:
    """Return an element's name without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: _Element | None, wanted: str) -> Iterator[_Element]:
    """Yield the children of that name."""
    if element is not None:
        yield from (each for each in element if name(each) == wanted)


def child(element: _Element | None, wanted: str) -> _Element | None:
    """Return the first child of that name, if any."""
    return next(children(element, wanted), None)


def descendants(element: _Element, wanted: str) -> Iterator[_Element]:
    """Yield what is of that name at any depth."""
    yield from (each for each in element.iter() if name(each) == wanted)


def attribute(element: _Element | None, wanted: str) -> str:
    """Return an attribute by its local name; empty if it is not there."""
    if element is None:
        return ""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == wanted:
            return str(value)
    return ""


def is_on(properties: _Element | None, wanted: str) -> bool:
    """Whether a switch such as bold or hidden is set."""
    switch = child(properties, wanted)
    return switch is not None and attribute(switch, "val") not in ("0", "false", "off", "none")
