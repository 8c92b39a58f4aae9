"""One commune whose every text is hostile: what its report shows, and what comes of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from pypdf import PdfReader

from tests.book.page import read
from tests.end_to_end.conftest import copy_project
from tests.hostile.values import VALUES, printed

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ID = "gia-dinh-0001"
NAME = (
    "Tân_Phú*1*_~a~ $5$ <b>x</b> {{< include /etc/passwd >}} \"a\" -- 'b'... https://evil.example"
)
OUTSIDE = re.compile(r"(?!data:image/svg)[a-z][\w+.-]*:|//|\\\\", re.IGNORECASE)
# Whoever opens a connection to another machine while the main job runs, stops it.
NO_NETWORK = """
import socket
def refuse(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1"):
        raise SystemExit(f"a connection to {address}")
    return connect(self, address)
connect = socket.socket.connect
socket.socket.connect = socket.socket.connect_ex = refuse
def lookup(host, *args, **kwargs):
    if host not in ("127.0.0.1", "::1", "localhost"):
        raise SystemExit(f"a question about {host}")
    return getaddrinfo(host, *args, **kwargs)
getaddrinfo = socket.getaddrinfo
socket.getaddrinfo = lookup
"""


def _spoil(folder: Path) -> None:
    """Write a commune whose texts are the hostile values."""
    path = folder / "data" / "communes" / ID / "commune.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["name"] = NAME
    data["hamlets"] = VALUES
    appraisal = next(iter(data["appraisals"].values()))
    appraisal["appraiser"] = VALUES[0]
    texts = [{"vi": value, "en": value} for value in VALUES]
    appraisal["dossier"] = {
        "declared_complete": True,
        "items": [{"name": text, "present": True} for text in texts],
    }
    appraisal["leadership"] = {
        "facts": [{"text": text} for text in texts],
        "documents": [
            {"title": text, "number": value, "issuer": text, "date": "2024-01-02"}
            for text, value in zip(texts, VALUES, strict=True)
        ],
    }
    appraisal["plan"] = {
        "year": 2025,
        "tasks": [{"field": text, "tasks": [text]} for text in texts],
        "targets": [{"name": text, "text": text, "period": text} for text in texts],
    }
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _build(repository: Path) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        copy_project(repository, folder)
        for path in (folder / "params").glob("*.yaml"):
            if not path.name.startswith(ID):
                path.unlink()
        _spoil(folder)
        guard = folder / "guard"
        guard.mkdir()
        (guard / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "ntm_analysis", "build", "--renderer", "builtin"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(guard), "NTM_LANG": "en", "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    return make


@pytest.fixture(scope="session")
def hostile(repository: Path, once_per_run: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """The project of the hostile commune, with its book in all forms."""
    return once_per_run("hostile-book", _build(repository))


def _page(project: Path) -> Path:
    return project / "_book" / "reports" / f"{ID}-2024" / f"{ID}-2024.html"


def _even(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def test_the_page_shows_what_the_data_say(hostile: Path) -> None:
    page = read(_page(hostile))
    article = _even(page.find("article")[0].text)
    assert [value for value in VALUES if printed(value) not in article] == []
    assert NAME in _even(page.find("title")[0].text)
    assert NAME in _even(page.find("h1")[0].text)
    assert any(NAME in _even(link.text) for link in page.find("a"))


def test_no_page_has_a_link_or_a_picture_from_the_data(hostile: Path) -> None:
    for path in (hostile / "_book").rglob("*.html"):
        for element in read(path).find():
            for name in ("href", "src", "action", "srcset", "poster"):
                target = element.attrs.get(name, "")
                assert not re.match(r"(?!data:image/svg)[a-z][\w+.-]*:|//|\\\\", target, re.I), (
                    target
                )


def test_the_search_knows_the_texts(hostile: Path) -> None:
    index = _page(hostile).with_suffix(".text.js").read_text(encoding="utf-8")
    assert json.dumps(NAME, ensure_ascii=False)[1:-1].replace("<", "\\u003c") in index


def test_the_pdf_links_only_within_itself(hostile: Path) -> None:
    (path,) = (hostile / "_book").glob("*.pdf")
    reader = PdfReader(path)
    for page in reader.pages:
        for one in page.get("/Annots") or ():
            action = one.get_object().get("/A")
            assert action is None or action.get_object()["/S"] == "/GoTo"
    assert reader.attachments == {}
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    assert "".join(NAME.split()) in text


def test_the_word_file_links_only_within_itself(hostile: Path) -> None:
    (path,) = (hostile / "_book").glob("*.docx")
    with zipfile.ZipFile(path) as archive:
        document = archive.read("word/document.xml").decode()
        relations = archive.read("word/_rels/document.xml.rels").decode()
    assert 'TargetMode="External"' not in relations
    fields = re.findall(r"<w:instrText[^>]*>([^<]*)</w:instrText>", document)
    assert all(re.match(r"\s*(?:TOC|PAGEREF|REF) ", field) for field in fields)
    import docx

    text = _even(" ".join(p.text for p in docx.Document(str(path)).paragraphs))
    assert NAME in text
    missing = [value for value in VALUES if printed(value) not in text]
    assert missing == []


@pytest.mark.browser
def test_nothing_runs_or_leaves_in_a_browser(hostile: Path, chromium: Browser) -> None:
    troubles: list[str] = []
    context = chromium.new_context()
    try:
        tab = context.new_page()
        tab.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
        tab.on("pageerror", lambda error: troubles.append(str(error)))
        tab.on(
            "request",
            lambda asked: (
                None
                if asked.url.startswith(((hostile / "_book").as_uri(), "data:image/svg"))
                else troubles.append(asked.url)
            ),
        )
        tab.goto(_page(hostile).as_uri())
        tab.keyboard.press("/")
        tab.keyboard.type("script")
        tab.wait_for_selector(".search-status:not(:empty)")
        links = tab.evaluate("""() => [...document.querySelectorAll("article a")].map((link) => {
            link.addEventListener("click", (event) => event.preventDefault());
            link.click();
            return link.getAttribute("href");
        })""")
        assert links and not any(OUTSIDE.match(link) for link in links)
        assert troubles == []
    finally:
        context.close()
