"""A strict reader of Word documents: what is broken in them, and what a person would miss."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from PIL import Image

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
DOCUMENT = "word/document.xml"
LONGEST_TEXT = 2000
"""Characters of an alternative text; what is longer is no text."""

# The order of children that the schema prescribes (ECMA-376, part 1, annex A).
ORDER = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers "
        "pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
        "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
        "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle "
        "rPr sectPr pPrChange"
    ),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
        "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
        "tblDescription tblPrChange"
    ),
    "tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText "
        "vAlign hideMark"
    ),
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
}
FIRST = {"p": "pPr", "r": "rPr", "tc": "tcPr"}


def faults(docx: Path) -> list[str]:
    """Return what is wrong with a Word document; nothing if all is well."""
    with zipfile.ZipFile(docx) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    trees: dict[str, ET.Element] = {}
    found = []
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = ET.fromstring(content)
            except ET.ParseError as error:
                found.append(f"{name}: {error}")
    if found:
        return found
    body = trees[DOCUMENT]
    targets = _targets(trees, DOCUMENT)
    return [
        *_package(parts, trees),
        *_order(body),
        *_styles(body, trees.get("word/styles.xml")),
        *_names(body),
        *_references(body, targets),
        *_pictures(body, targets, parts),
    ]


def _targets(trees: dict[str, ET.Element], part: str) -> dict[str, str]:
    folder, name = posixpath.split(part)
    tree = trees.get(f"{folder}/_rels/{name}.rels")
    return {} if tree is None else {one.get("Id", ""): one.get("Target", "") for one in tree}


def _package(parts: dict[str, bytes], trees: dict[str, ET.Element]) -> Iterator[str]:
    types = trees["[Content_Types].xml"]
    suffixes = {one.get("Extension", "").lower() for one in types.iter(f"{TYPE}Default")}
    named = {one.get("PartName", "") for one in types.iter(f"{TYPE}Override")}
    for name in parts:
        known = name.rpartition(".")[2].lower() in suffixes or f"/{name}" in named
        if not known and name != "[Content_Types].xml":
            yield f"{name}: no content type"
    for name in named:
        if name.lstrip("/") not in parts:
            yield f"{name}: has a type, but is not there"
    for rels, tree in trees.items():
        if not rels.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(rels))
        ids = Counter(one.get("Id") for one in tree)
        yield from (f"{rels}: {name} twice" for name, count in ids.items() if count > 1)
        for one in tree:
            target = one.get("Target", "")
            path = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
            if one.get("TargetMode") != "External" and path not in parts:
                yield f"{rels}: {target} is not there"


def _order(body: ET.Element) -> Iterator[str]:
    for parent in body.iter():
        name = parent.tag.removeprefix(W)
        children = [child.tag.removeprefix(W) for child in parent]
        first = FIRST.get(name)
        if first in children and (children[0] != first or children.count(first) > 1):
            yield f"w:{name}: w:{first} is not its first child, once: {children[:4]}"
        blocks = [child for child in children if not child.startswith("bookmark")]
        if name == "tc" and blocks[-1:] != ["p"]:
            yield f"w:tc: ends with {blocks[-1:]}, not with a paragraph"
        if name in ORDER:
            order = ORDER[name].split()
            places = [order.index(child) for child in children if child in order]
            if places != sorted(places):
                yield f"w:{name}: {children} are not in the schema's order"
            strange = [child for child in children if child not in order]
            if strange:
                yield f"w:{name}: {strange} do not belong there"


def _styles(body: ET.Element, styles: ET.Element | None) -> Iterator[str]:
    if styles is None:
        yield "word/styles.xml is not there"
        return
    known = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    used = {
        one.get(f"{W}val")
        for kind in ("pStyle", "rStyle", "tblStyle")
        for one in body.iter(W + kind)
    }
    yield from (f"style {name} is not there" for name in sorted(filter(None, used - known)))


def _names(body: ET.Element) -> Iterator[str]:
    bookmarks = list(body.iter(f"{W}bookmarkStart"))
    for key in ("id", "name"):
        count = Counter(one.get(W + key) for one in bookmarks)
        yield from (f"bookmark {key} {name} twice" for name, times in count.items() if times > 1)
    names = {one.get(f"{W}name") for one in bookmarks}
    for link in body.iter(f"{W}hyperlink"):
        anchor = link.get(f"{W}anchor")
        if anchor and anchor not in names:
            yield f"a link leads to {anchor}, which is not there"


def _references(body: ET.Element, targets: dict[str, str]) -> Iterator[str]:
    for element in body.iter():
        for key, value in element.attrib.items():
            if key.startswith(R) and value not in targets:
                yield f"{element.tag.rpartition('}')[2]}: {value} is not there"


def _pictures(body: ET.Element, targets: dict[str, str], parts: dict[str, bytes]) -> Iterator[str]:
    for drawing in body.iter(f"{W}drawing"):
        properties = drawing.find(f".//{WP}docPr")
        text = "" if properties is None else properties.get("descr", "")
        if not text.strip() or "base64" in text or len(text) > LONGEST_TEXT:
            yield f"a picture says of itself: “{text[:40]}”"
        extent = drawing.find(f".//{WP}extent")
        if extent is None or "0" in (extent.get("cx"), extent.get("cy")):
            yield f"the picture “{text[:40]}” has no size"
        blips: Sequence[ET.Element] = list(drawing.iter(f"{A}blip"))
        if not blips:
            yield f"the picture “{text[:40]}” has no content"
        for blip in blips:
            name = f"word/{targets.get(blip.get(f'{R}embed', ''), '')}"
            if reason := _unseen(name, parts.get(name, b"")):
                yield f"{name}: {reason}"


def _unseen(name: str, content: bytes) -> str:
    """Return why nobody would see a picture; empty if all do."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            colours = picture.convert("RGB").getcolors(maxcolors=1 << 24)
    except OSError:
        return "no picture that every word processor shows"
    return "empty" if colours is not None and len(colours) < 2 else ""
