"""One commune whose every text is hostile: what is shown of it, and what comes of it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pyarrow.parquet as pq
import pytest
import yaml
from pypdf import PdfReader

from ntm_analysis.dataset.text import safe
from tests.book.page import read
from tests.end_to_end.conftest import copy_project
from tests.hostile import spoiled_law
from tests.hostile.spoiled import ID, SHOWN, YEAR, Fields, free_texts, spoil
from tests.hostile.values import VALUES, printed
from tests.support.looks import text_below_heads

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RUN = f"{ID}-{YEAR}"
OUTSIDE = re.compile(r"(?!data:image/svg)[a-z][\w+.-]*:|//|\\\\", re.IGNORECASE)
# The fonts of the printed book have no such letters, or they run from right to left.
NOT_PRINTED = ("עברית العربية", "Z̷a̷l̷g̷o̷", "日本語 中文 한국어", "😀👩\u200d🌾🇻🇳")
# What in a cell stands for an error, or for nothing, is not read as text.
NOT_TEXT = ("#REF!", "#N/A", "-", "...", "--")
# Whoever opens a connection to another machine while the main job runs, stops it.
NO_NETWORK = """
import socket
HERE = ("127.0.0.1", "::1", "localhost")
def guarded(real, place):
    def call(self, *arguments):
        address = arguments[place]
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in HERE:
            raise SystemExit(f"a connection to {address}")
        return real(self, *arguments)
    return call
socket.socket.connect = guarded(socket.socket.connect, 0)
socket.socket.connect_ex = guarded(socket.socket.connect_ex, 0)
socket.socket.sendto = guarded(socket.socket.sendto, -1)
def lookup(host, *args, **kwargs):
    if host not in (*HERE, None, ""):
        raise SystemExit(f"a question about {host}")
    return getaddrinfo(host, *args, **kwargs)
getaddrinfo = socket.getaddrinfo
socket.getaddrinfo = lookup
"""


def _guarded(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder, where it cannot reach another machine."""
    guard = folder / "guard"
    guard.mkdir(exist_ok=True)
    (guard / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(guard), "NTM_LANG": "en", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


COMMANDS = {
    "run": ["run"],
    "book": ["book", "--renderer", "builtin"],
    "export": ["export", "--out", "dataset"],
    "documents": ["documents", RUN, "--out", "documents"],
    "form": ["form", "--fill", RUN, "--out", "form.xlsx"],
    "import": ["import", "form.xlsx", "--force", "--yes"],
}


def _build(repository: Path) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        copy_project(repository, folder)
        for path in (folder / "params").glob("*.yaml"):
            if not path.name.startswith(ID):
                path.unlink()
        given = spoil(folder)
        given |= spoiled_law.spoil_law(folder / "data" / "rulebook")
        given |= spoiled_law.spoil_title(folder / "_quarto.yml")
        given |= spoiled_law.spoil_files(folder / "data" / "communes" / ID)
        (folder / "given.json").write_text(json.dumps(given), encoding="utf-8")
        for name, words in COMMANDS.items():
            if name == "form":  # without the cells that an import must refuse
                commune = folder / "data" / "communes" / ID
                shutil.rmtree(commune)
                shutil.copytree(repository / "data" / "communes" / ID, commune)
                spoil(folder, [one for one in VALUES if one not in NOT_TEXT])
                spoiled_law.spoil_files(commune)
                shutil.copytree(commune, folder / "spoiled")
            done = _guarded(folder, "-m", "ntm_analysis", *words)
            assert done.returncode == 0, (name, done.stdout + done.stderr)

    return make


@pytest.fixture(scope="session")
def hostile(repository: Path, once_per_run: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """The project of the hostile commune, with its book in all forms, its dataset and form."""
    return once_per_run("hostile-book", _build(repository))


@cache
def _given(project: Path) -> Fields:
    """Return what was written, by field."""
    fields: Fields = json.loads((project / "given.json").read_text(encoding="utf-8"))
    return fields


def _missing(project: Path, text: str, look: Callable[[str], str] = printed) -> list[str]:
    """Return the texts that a report must show and that are not in what it shows."""
    fields = _given(project)
    shown = (*SHOWN, *spoiled_law.SHOWN)
    return [one for field in shown for one in fields[field] if look(one) not in text]


def test_the_guard_stops_what_leaves(tmp_path: Path) -> None:
    code = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    assert "a question about 192.0.2.1" in _guarded(tmp_path, "-c", code).stderr
    code = "import socket; socket.socket().connect(('192.0.2.1', 80))"
    assert "a connection to" in _guarded(tmp_path, "-c", code).stderr


def test_no_free_field_is_left_out(hostile: Path) -> None:
    fields = _given(hostile)
    assert len(VALUES) >= 150
    assert {one for many in fields.values() for one in many} >= set(VALUES)
    assert sum(len(many) for many in fields.values()) > 14_000
    known = {name.removeprefix("appraisals.") for name in free_texts()}
    assert known - set(fields) - KEYS == set()


# Keys of what stands elsewhere, and codes: a wrong one is refused.
KEYS = {
    "classes.decision", "classes.source", "identity.classes.decision", "identity.classes.source",
    "identity.province", "set",
    "sources.relies_on", "petition.relies_on", "legal_bases", "legal_bases.relies_on",
    "citations.decision", "dossier.under", "dossier.items.condition",
    "leadership.documents.relies_on", "base_set.against", "conditions.document.relies_on",
    "plan.targets.indicator", "plan.targets.requires", "plan.targets.unit",
}  # fmt: skip


def test_the_dataset_holds_what_the_data_say(hostile: Path) -> None:
    given, folder = _given(hostile), hostile / "dataset"
    parquet = pq.read_table(folder / "figures.parquet")
    with (folder / "figures.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for column in ("note", "note_en"):
        want = given[f"figures.csv:{column}"]
        assert parquet.column(column).to_pylist() == [_kept(one) for one in want]
        assert [row[column] for row in rows] == [safe(_kept(one)) for one in want]
    for path in folder.glob("*.csv"):
        for cell in _cells(path.read_text(encoding="utf-8")):
            assert not re.match(r"\s*[=+@＝＋－＠]|\s*-(?![\d.]+$)", cell), cell


def _cells(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


def _kept(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def test_the_form_holds_texts_and_no_formula_of_theirs(hostile: Path) -> None:
    book = openpyxl.load_workbook(hostile / "form.xlsx")
    ours = _formulas(book)
    assert not any(re.search(r"evil|HYPERLINK|cmd|WEBSERVICE|DDE", one) for one in ours)
    texts = {
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row
        if cell.data_type == "s"
    }  # fmt: skip
    assert [one for one in VALUES if one not in (*NOT_TEXT, *texts) and ";" not in one] == []
    with zipfile.ZipFile(hostile / "form.xlsx") as archive:
        for name in archive.namelist():
            assert "externalLink" not in name
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in archive.read(name)


def _formulas(book: openpyxl.Workbook) -> set[str]:
    return {
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row
        if cell.data_type == "f"
    }  # fmt: skip


def test_the_form_brings_the_data_back(hostile: Path) -> None:
    before, after = hostile / "spoiled", hostile / "data" / "communes" / ID
    for name in ("figures", "evidence", "appraisal", "requests", "facts"):
        assert _table(after / f"{name}.csv") == _table(before / f"{name}.csv"), name
    old, new = (_leaves(folder / "commune.yaml") for folder in (before, after))
    now = {key: text for key, text in old.items() if ".identity." in key}
    # The only year says what the commune is now.
    old = {
        key: text for key, text in old.items() if key not in now and not key.startswith(".hamlets.")
    }
    old |= {key.rpartition(".identity")[2]: text for key, text in now.items()}
    assert new == old


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [{key: " ".join(cell.split()) for key, cell in row.items() if cell} for row in rows]


def _leaves(path: Path) -> dict[str, str]:
    found: dict[str, str] = {}

    def walk(node: Any, at: str) -> None:
        if isinstance(node, dict | list):
            pairs = node.items() if isinstance(node, dict) else enumerate(node)
            for key, value in pairs:
                walk(value, f"{at}.{key}")
        else:
            found[at] = " ".join(str(node).split())

    walk(yaml.safe_load(path.read_text(encoding="utf-8")), "")
    return found


OWN_HTML = re.compile(r"^```\{=html\}\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(?<!\\)`[^`\n]*`")
OWN_TAGS = frozenset(
    [
        "a",
        "b",
        "circle",
        "code",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "g",
        "h5",
        "input",
        "label",
        "legend",
        "li",
        "line",
        "nav",
        "p",
        "rect",
        "section",
        "small",
        "span",
        "summary",
        "svg",
        "text",
        "ul",
    ]
)
OWN_LINK = re.compile(r"#(?:\d[\d.]*|sec-[a-z0-9-]+)")


class _Foreign(HTMLParser):
    """What of a block of HTML is none of our templates'."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        address = given.get("href")
        if tag not in OWN_TAGS or (address is not None and not OWN_LINK.fullmatch(address)):
            self.found.append(f"{tag} {address}")
        self.found += [
            name for name in given if name.startswith("on") or name in ("src", "style", "action")
        ]

    def handle_comment(self, data: str) -> None:
        self.found.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def _foreign(block: str) -> list[str]:
    reader = _Foreign()
    reader.feed(block)
    reader.close()
    return reader.found


@pytest.mark.parametrize(
    "block",
    [
        "<p><script>x</script></p>", '<a href="https://x">x</a>', '<a href="javascript:x">x</a>',
        '<p onclick="x">x</p>', '<p style="x">x</p>', "<p><img src=x></p>", "<!-- x -->",
        '<a href="#x y">x</a>', "<?php x ?>",
    ],
)  # fmt: skip
def test_what_is_foreign_is_seen(block: str) -> None:
    assert _foreign(block) != []
    assert _foreign('<p class="x">&lt;a href=1&gt;<a href="#17.8">17.8</a></p>') == []


def test_the_notebook_holds_no_link_and_no_script(hostile: Path) -> None:
    (path,) = (hostile / "reports" / RUN).glob("*.ipynb")
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", ()):
            html = "".join(output.get("data", {}).get("text/html", ()))
            assert not re.search(r"<(script|a|iframe|link|meta|base|form)\b", html, re.I)
            assert all(
                one.startswith("data:image/svg")
                for one in re.findall(r'<img[^>]*src="([^"]*)', html)
            )
            markdown = "".join(output.get("data", {}).get("text/markdown", ()))
            for block in OWN_HTML.findall(markdown):
                assert _foreign(block) == []
            markdown = CODE.sub("", OWN_HTML.sub("", markdown))
            assert "{=html}" not in markdown.replace("\\{=html\\}", "")
            assert not re.search(
                r"(?<!\\)\]\((?!#|[\w./-]*\.(?:svg|qmd|ipynb)|data:image)", markdown
            )


def _page(project: Path) -> Path:
    return project / "_book" / "reports" / RUN / f"{RUN}.html"


def _even(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def test_the_page_shows_what_the_data_say(hostile: Path) -> None:
    page = read(_page(hostile))
    pages = [read(path).find("article")[0].text for path in (hostile / "_book").rglob("*.html")]
    assert _missing(hostile, _even(" ".join(pages))) == []
    # An indicator without a chart, or that is excepted, is told by its name alone.
    for name in ("short", "evidence"):
        texts = _given(hostile)[f"advanced.criterion.indicators.{name}.vi"]
        assert sum(printed(one) in _even(" ".join(pages)) for one in texts) >= len(texts) - 2 > 70
    name = _name(hostile)
    assert name in _even(page.find("title")[0].text)
    assert name in _even(page.find("h1")[0].text)
    assert any(name in _even(link.text) for link in page.find("a"))


def _name(project: Path) -> str:
    """Return what the commune was called in that year."""
    return printed(_given(project)["identity.name"][0])


def test_no_page_has_a_link_or_a_picture_from_the_data(hostile: Path) -> None:
    for path in (hostile / "_book").rglob("*.html"):
        for element in read(path).find():
            for name in ("href", "src", "action", "srcset", "poster"):
                target = element.attrs.get(name, "")
                assert not OUTSIDE.match(target), target


def test_the_search_knows_the_texts(hostile: Path) -> None:
    index = _page(hostile).with_suffix(".text.js").read_text(encoding="utf-8")
    assert json.dumps(_name(hostile), ensure_ascii=False)[1:-1].replace("<", "\\u003c") in index


def _pages(pdf: Path) -> str:
    """Return what pages show, without their heads, which come between the halves of a sentence."""
    return "\n".join(text_below_heads(pdf))


def _even_signs(text: str) -> str:
    """Return a text without spaces and ligatures; U+FFFE is PDFium's hyphen at a line's end."""
    return "".join(unicodedata.normalize("NFKC", text.replace("\ufffe", "-")).split())


def test_the_pdf_links_only_within_itself(hostile: Path) -> None:
    (path,) = (hostile / "_book").glob("*.pdf")
    reader = PdfReader(path)
    for page in reader.pages:
        for one in page.get("/Annots") or ():
            action = one.get_object().get("/A")
            assert action is None or action.get_object()["/S"] == "/GoTo"
    assert reader.attachments == {}
    missing = _missing(hostile, _even_signs(_pages(path)), _even_signs)
    assert [one for one in missing if not one.startswith(NOT_PRINTED)] == []
    title = _plan(hostile)["title"]
    assert reader.metadata is not None and reader.metadata.title == title


def test_the_word_file_links_only_within_itself(hostile: Path) -> None:
    (path,) = (hostile / "_book").glob("*.docx")
    with zipfile.ZipFile(path) as archive:
        document = archive.read("word/document.xml").decode()
        relations = archive.read("word/_rels/document.xml.rels").decode()
    assert 'TargetMode="External"' not in relations
    fields = re.findall(r"<w:instrText[^>]*>([^<]*)</w:instrText>", document)
    assert all(re.match(r"\s*(?:TOC|PAGEREF|REF|SEQ) ", field) for field in fields)
    import docx

    made = docx.Document(str(path))
    text = _even(" ".join(_paragraphs(document)))
    assert _missing(hostile, text) == []
    properties = made.core_properties
    assert properties.title == _plan(hostile)["title"]
    assert properties.comments == _plan(hostile)["description"]
    told = {properties.subject, properties.keywords, properties.category}
    assert not any(value in one for value in VALUES if len(value) > 8 for one in told)


OFFICE_SHOWN = (
    "office.symbol", "office.unit", "office.recipients.vi", "office.team.name",
    "office.team.post.vi", "office.team.role.vi", "office.visits.place.vi", "office.visits.seen.vi",
    "office.meeting.at.vi", "office.meeting.begun", "office.meeting.secretary.name",
    "office.meeting.attendees.name", "office.meeting.attendees.post.vi",
    "office.meeting.opinions.by.vi", "office.meeting.opinions.text.vi", "office.signatory.name",
    "office.recommendations.vi", "office.papers.number", "petition.number",
    "identity.hamlets", "evidence.csv:document", "evidence.csv:number", "evidence.csv:issuer",
    "evidence.csv:file", "plan.tasks.tasks.vi", "facts.csv:place", "dossier.items.name.vi",
)  # fmt: skip
"""The fields of which the documents to sign show every text; posts of signatories in capitals."""


def test_the_documents_to_sign_show_all_and_link_to_nothing(hostile: Path) -> None:
    given, folder = _given(hostile), hostile / "documents"
    words, print_ = "", ""
    for path in sorted(folder.glob("*.docx")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                content = archive.read(name)
                assert not (name.endswith(".rels") and b'TargetMode="External"' in content)
                if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name):
                    words += " ".join(_paragraphs(content.decode())) + " "
                    fields = re.findall(rb"<w:instrText[^>]*>([^<]*)</w:instrText>", content)
                    assert all(re.match(rb"\s*(?:PAGE|NUMPAGES)\b", one) for one in fields)
    for path in sorted(folder.glob("*.pdf")):
        print_ += _pages(path)
        assert all(not page.get("/Annots") for page in PdfReader(path).pages)
    words, print_ = _even(words), _even_signs(print_)
    shown = [one for field in OFFICE_SHOWN for one in given[field]]
    assert [one for one in shown if printed(one) not in words] == []
    missing = [one for one in shown if _even_signs(printed(one)) not in print_]
    assert [one for one in missing if not any(odd in one for odd in NOT_PRINTED)] == []


def _paragraphs(document: str) -> list[str]:
    from xml.etree import ElementTree

    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    root = ElementTree.fromstring(document)
    return ["".join(one.text or "" for one in p.iter(f"{w}t")) for p in root.iter(f"{w}p")]


def _plan(project: Path) -> dict[str, Any]:
    plan: dict[str, Any] = yaml.safe_load((project / "_quarto.yml").read_text(encoding="utf-8"))
    book: dict[str, Any] = plan["book"]
    return book


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
