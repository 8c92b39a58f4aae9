"""A book's pictures: out of the Markdown into files, and as PNG for word processors."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote_to_bytes

from ntm_analysis.book.errors import BookError
from ntm_analysis.book.memo import Memo, key_of
from ntm_analysis.book.typesetting import compile_png
from ntm_analysis.language import say

MEDIA = "ntm-media"
DATA_URI = re.compile(r"\(data:image/(svg\+xml|png|jpeg)(?:;charset=[\w-]+)?(;base64)?,([^\s)]*)")
SUFFIX = {"svg+xml": ".svg", "png": ".png", "jpeg": ".jpg"}
PNG_PPI = 220
POINTS = {"": 0.75, "px": 0.75, "pt": 1.0, "in": 72.0, "mm": 72 / 25.4, "cm": 72 / 2.54}
LENGTH = re.compile(r"\s*([\d.]+)\s*([a-z]*)\s*$")


def extract(text: str, folder: Path, chapter: str) -> str:
    """Write the pictures that stand in a Markdown text into files, and point to these.

    Small texts make pandoc fast, and a picture is kept once however often it is shown.

    Raises
    ------
    BookError
        If a picture is not valid base64.
    """

    def moved(match: re.Match[str]) -> str:
        kind, encoded, data = match.groups()
        try:
            content = base64.b64decode(data, validate=True) if encoded else unquote_to_bytes(data)
        except binascii.Error as error:
            raise BookError(say("book.picture", chapter=chapter, detail=error)) from None
        name = hashlib.sha256(content).hexdigest()[:20] + SUFFIX[kind]
        path = folder / MEDIA / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return f"({MEDIA}/{name}"

    return DATA_URI.sub(moved, text)


def copy_images(project: Path, folder: Path, images: Iterable[str], chapter: str) -> None:
    """Copy the pictures that a chapter names as files.

    Raises
    ------
    BookError
        If one is missing or lies outside the project.
    """
    for image in images:
        if image.startswith(f"{MEDIA}/"):
            continue
        source = project / image
        if image.startswith("..") or not source.is_file():
            raise BookError(say("book.image_missing", chapter=chapter, file=image))
        target = folder / image
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def svg_width(path: Path) -> float:
    """Return an SVG's own width in points, or 0 if it states none."""
    try:
        root = ET.parse(path).getroot()
    except ET.ParseError:
        return 0.0
    found = LENGTH.match(root.get("width", ""))
    if found and found.group(2) in POINTS:
        return float(found.group(1)) * POINTS[found.group(2)]
    box = root.get("viewBox", "").replace(",", " ").split()
    return float(box[2]) * 0.75 if len(box) == 4 else 0.0


def rasterise(folder: Path, memo: Memo, names: Iterable[str] | None = None) -> dict[str, float]:
    """Draw SVGs below a folder as PNGs beside them.

    Parameters
    ----------
    folder : Path
    memo : Memo
    names : iterable of str, optional
        Their paths below the folder; by default all that are there.

    Returns
    -------
    dict of str to float
        For each SVG, its path below the folder and its width in points.
    """
    chosen = folder.rglob("*.svg") if names is None else (folder / name for name in names)
    drawings = sorted(set(chosen))
    keys = {path: key_of(("png", path.read_bytes(), str(PNG_PPI))) for path in drawings}
    # All that are missing are drawn at once: the program that draws starts slowly.
    missing = [path for path in drawings if not memo.has(keys[path])]
    drawn = dict(zip(missing, compile_png(folder, missing, PNG_PPI), strict=True))
    for path in drawings:

        def draw(path: Path = path) -> bytes:
            return drawn[path] if path in drawn else compile_png(folder, [path], PNG_PPI)[0]

        path.with_suffix(".png").write_bytes(memo.bytes(keys[path], draw))
    return {path.relative_to(folder).as_posix(): svg_width(path) for path in drawings}


def digest_of_pictures(folder: Path, names: Iterable[str]) -> str:
    """Return one hash over pictures, by their paths below a folder."""
    parts: list[str | bytes] = []
    for name in sorted(set(names)):
        parts += [name, (folder / name).read_bytes()]
    return key_of(parts)
