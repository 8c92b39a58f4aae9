"""The strict reader finds each fault that was put into a sound document."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from PIL import Image, ImageDraw

from tests.support.word_document import DOCUMENT, faults

Parts = dict[str, bytes]


def picture(*, blank: bool = False) -> bytes:
    image = Image.new("RGB", (40, 20), "white")
    if not blank:
        ImageDraw.Draw(image).rectangle((5, 5, 20, 10), fill="black")
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    document = Document()
    document.add_heading("Kết quả", 1)
    document.add_paragraph("Xã đạt 16/19 tiêu chí.", style="List Bullet")
    document.add_picture(io.BytesIO(picture()))
    document.add_table(rows=2, cols=2)
    path = tmp_path / "sound.docx"
    document.save(str(path))
    spoil(
        path,
        DOCUMENT,
        lambda text: re.sub(r"(<wp:docPr[^>]*?)(\s*/?>)", r'\1 descr="Hỏa táng 25%."\2', text),
    )
    return path


def spoil(path: Path, part: str, change: Callable[[str], str]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = parts[part]
    parts[part] = change(before.decode()).encode()
    assert parts[part] != before
    write(path, parts)


def write(path: Path, parts: Parts) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_a_sound_document(sound: Path) -> None:
    assert faults(sound) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("</w:body>", "", "document.xml"),
        (' descr="Hỏa táng 25%."', "", "says of itself"),
        ("Hỏa táng 25%.", "data:image/svg+xml;base64,AAAA", "says of itself"),
        ("<w:pPr>", "<w:pPr/><w:pPr>", "its first child, once"),
        ('<w:pStyle w:val="Heading1"/>', '<w:jc w:val="left"/><w:pStyle w:val="Heading1"/>',
         "schema's order"),
        ('w:val="Heading1"', 'w:val="Heading 99"', "style Heading 99"),
        ("<w:body>", '<w:body><w:p><w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/>'
         '<w:bookmarkStart w:id="1" w:name="b"/><w:bookmarkEnd w:id="1"/></w:p>', "id 1 twice"),
        ("<w:body>", '<w:body><w:p><w:hyperlink w:anchor="tbl-x"/></w:p>', "leads to tbl-x"),
        ('r:embed="', 'r:embed="x', "is not there"),
        ('<wp:extent cx="', '<wp:extent cx="0" was="', "has no size"),
    ],
)  # fmt: skip
def test_each_fault_is_found(sound: Path, old: str, new: str, said: str) -> None:
    spoil(sound, DOCUMENT, lambda text: text.replace(old, new, 1))
    assert any(said in fault for fault in faults(sound)), faults(sound)


@pytest.mark.parametrize(
    ("content", "said"),
    [(picture(blank=True), "empty"), (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture")],
)
def test_pictures_that_nobody_sees(sound: Path, content: bytes, said: str) -> None:
    with zipfile.ZipFile(sound) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    write(sound, {name: content if name.endswith(".png") else old for name, old in parts.items()})
    assert any(said in fault for fault in faults(sound))


@pytest.mark.parametrize("name", ["word/styles.xml", "word/media/image1.png"])
def test_missing_parts(sound: Path, name: str) -> None:
    with zipfile.ZipFile(sound) as archive:
        parts = {part: archive.read(part) for part in archive.namelist() if part != name}
    write(sound, parts)
    assert faults(sound)
