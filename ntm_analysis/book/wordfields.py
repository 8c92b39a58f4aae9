"""Captions of a Word document as Word numbers them, and references that follow them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

LABEL = re.compile(
    r'<w:bookmarkStart\b[^>]*\bw:name="(?P<anchor>[^"]+)"[^>]*>'
    r'|(?P<caption><w:p><w:pPr>(?:(?!</w:pPr>).)*?<w:pStyle w:val="(?:Table|Image)Caption" ?/>)'
    r"|<w:r>(?P<look><w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t[^>]*>"
    r"(?P<word>[^<\u00a0\d]+)\u00a0(?P<chapter>(?:[\dA-Z]+\.)?)(?P<number>\d+)(?P<rest>:?)</w:t></w:r>"
    r"|(?P<end></w:p>|<w:t[ >])",
    re.DOTALL,
)
"""What has to be seen to find captions: names of places, captions' paragraphs, runs that label,
and what ends the wait for one: other text."""
LINK = re.compile(
    r'<w:hyperlink w:anchor="(?P<anchor>[^"]+)"[^>]*>'
    r"<w:r>(?P<look><w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t[^>]*>(?P<text>[^<]*)</w:t></w:r>"
    r"</w:hyperlink>",
    re.DOTALL,
)
BOOKMARK = re.compile(r'<w:bookmarkStart\b[^>]*\bw:id="(\d+)"')
NO_IDENTIFIER = re.compile(r"\W+")
FIRST, RESTART = "1", " \\r 1"
"""A chapter's first begins anew. (`\\s 1`, anew after each heading, is unknown to LibreOffice.)"""


@dataclass(frozen=True, slots=True)
class Caption:
    """A numbered caption: where its label stands, and what of it is referred to."""

    run: re.Match[str]
    anchor: str

    @property
    def number(self) -> str:
        """E.g. `2.1`."""
        return self.run["chapter"] + self.run["number"]

    @property
    def label(self) -> str:
        """E.g. `Bảng 2.1`, with a no-break space."""
        return f"{self.run['word']}\u00a0{self.number}"


def numbered_by_word(document: str) -> str:
    r"""Return a document of pandoc's with numbers of captions, and references to them, as fields.

    A caption's number becomes a `SEQ` field that begins anew with each chapter, so that Word makes
    lists of figures and numbers what is added. A link that reads as a caption's label, or as its
    number alone, becomes a `REF` field to it; other links stay. What fields show at first is what
    stood there.

    Parameters
    ----------
    document : str
        `word/document.xml`.

    Examples
    --------
    >>> caption = (
    ...     '<w:bookmarkStart w:id="1" w:name="tbl-a" /><w:p><w:pPr>'
    ...     '<w:pStyle w:val="TableCaption" /></w:pPr><w:r><w:t>Bảng\u00a02.1:</w:t></w:r></w:p>'
    ... )
    >>> "SEQ Bảng" in numbered_by_word(caption)
    True
    """
    captions = {caption.anchor: caption for caption in _captions(document)}
    links = [
        (link, captions[link["anchor"]])
        for link in LINK.finditer(document)
        if link["anchor"] in captions
    ]
    full = {one.anchor for link, one in links if link["text"] == one.label}
    short = {one.anchor for link, one in links if link["text"] == one.number}
    ids = count(1 + max(map(int, BOOKMARK.findall(document)), default=0))
    names: dict[tuple[str, bool], str] = {}
    edits: list[tuple[int, int, str]] = []
    for anchor, caption in captions.items():
        for whole, wanted in ((True, full), (False, short)):
            if anchor in wanted:
                names[anchor, whole] = f"_Ref{2_0000_0000 + len(names) + 1}"
        marks = [
            (next(ids), names[key]) if (key := (anchor, whole)) in names else None
            for whole in (True, False)
        ]
        edits.append((*caption.run.span(), _label(caption, *marks)))
    for link, caption in links:
        key = (caption.anchor, link["text"] == caption.label)
        if link["text"] in (caption.label, caption.number):
            field = _field(link["look"], f"REF {names[key]} \\h", link["text"])
            edits.append((*link.span(), field))
    return _edited(document, edits)


def _captions(document: str) -> Iterator[Caption]:
    anchor, inside = "", False
    for found in LABEL.finditer(document):
        if found["anchor"]:
            anchor = found["anchor"]
        elif found["caption"]:
            inside = True
        elif found["end"]:
            inside = False
        elif inside and anchor:
            yield Caption(found, anchor)
            anchor, inside = "", False  # later runs are the caption's own words


def _label(caption: Caption, whole: tuple[int, str] | None, number: tuple[int, str] | None) -> str:
    look, run = caption.run["look"], caption.run
    word, identifier = run["word"], NO_IDENTIFIER.sub("_", run["word"].strip())
    parts = [_start(whole), _run(look, f"{word}\u00a0"), _start(number)]
    if run["chapter"]:
        parts.append(_run(look, run["chapter"]))
    code = f"SEQ {identifier} \\* ARABIC" + (RESTART if run["number"] == FIRST else "")
    parts += [
        _field(look, code, run["number"]),
        _end(number),
        _end(whole),
        _run(look, run["rest"]) if run["rest"] else "",
    ]
    return "".join(parts)


def _start(mark: tuple[int, str] | None) -> str:
    return f'<w:bookmarkStart w:id="{mark[0]}" w:name="{mark[1]}" />' if mark else ""


def _end(mark: tuple[int, str] | None) -> str:
    return f'<w:bookmarkEnd w:id="{mark[0]}" />' if mark else ""


def _run(look: str | None, text: str) -> str:
    return f'<w:r>{look or ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _field(look: str | None, code: str, shown: str) -> str:
    def run(content: str) -> str:
        return f"<w:r>{look or ''}{content}</w:r>"

    return (
        run('<w:fldChar w:fldCharType="begin" />')
        + run(f'<w:instrText xml:space="preserve"> {code} </w:instrText>')
        + run('<w:fldChar w:fldCharType="separate" />')
        + _run(look, shown)
        + run('<w:fldChar w:fldCharType="end" />')
    )


def _edited(document: str, edits: list[tuple[int, int, str]]) -> str:
    parts, at = [], 0
    for start, end, text in sorted(edits):
        parts += [document[at:start], text]
        at = end
    return "".join([*parts, document[at:]])
