"""The documentation's links lead somewhere, every page is reached, and its commands exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from typer.main import get_command

from ntm_analysis.cli.app import app
from tests.support.node import ROOT

PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")], key=lambda page: page.as_posix()
)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^()\s]+)\)")
FENCES = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
SPOKEN = re.compile(r"`(ntm [^`]+)`|^(?:    |\$ |NTM_LANG=\w+ )?(ntm .+)$", re.MULTILINE)


def links(page: Path) -> Iterator[str]:
    """Yield a page's links to other files and places of the project."""
    text = FENCES.sub("", page.read_text(encoding="utf-8"))
    for link in LINK.findall(text):
        if not re.match(r"[a-z]+:", link):
            yield unquote(link)


def anchors(page: Path) -> set[str]:
    """Return the addresses of a page's headings, as GitHub makes them."""
    text = FENCES.sub("", page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    words = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {one.strip().replace(" ", "-") for one in words}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in links(page):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), link


def test_every_page_is_reached_from_the_readme() -> None:
    reached, new = set[Path](), {ROOT / "README.md", ROOT / "README.vi.md"}
    while new:
        reached |= new
        found = {
            (page.parent / link.partition("#")[0]).resolve() for page in new for link in links(page)
        }
        new = {one for one in found if one.suffix == ".md" and one.is_file()} - reached
    decisions = ROOT / "docs" / "decisions"
    lost = {page for page in PAGES if page not in reached and page.parent != decisions}
    assert not {page.relative_to(ROOT).as_posix() for page in lost}


def _commands() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        if page.name == "CHANGELOG.md" or page.parent.name == "decisions":
            continue
        for spoken, typed in SPOKEN.findall(page.read_text(encoding="utf-8")):
            yield str(page.relative_to(ROOT)), (spoken or typed).split(" | ")[0].split(" # ")[0]


@pytest.mark.parametrize(("page", "line"), sorted(set(_commands())))
def test_commands_exist_with_their_options(page: str, line: str) -> None:
    command: Any = get_command(app)
    words = re.sub(r"\"[^\"]*\"|'[^']*'", "X", line).split()[1:]
    while words and hasattr(command, "commands"):
        name = words.pop(0).strip("…,.;:)")
        if name.startswith("-") or not name:
            break
        assert name in command.commands, line
        command = command.commands[name]
    known = {one for parameter in command.params for one in parameter.opts} | {"--help", "-h"}
    for word in words:
        if option := re.match(r"--[a-z-]+", word):
            assert option[0] in known, line
