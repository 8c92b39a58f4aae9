"""Make the documentation's pages in _docs/, by the renderer of the reports: `make docs`."""

from __future__ import annotations

import posixpath
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import yaml

from ntm_analysis.book.builtin import render
from ntm_analysis.book.config import read_config
from ntm_analysis.paths import MARKER

ROOT = Path(__file__).resolve().parent.parent
HOME = "docs/index.md"
PARTS: Mapping[str, Sequence[str]] = {
    "Learn": ("docs/tutorial/first-report.md",),
    "How to": (
        "docs/how-to/add-a-commune.md",
        "docs/how-to/fill-in-the-form.md",
        "docs/how-to/draft-from-a-report.md",
        "docs/how-to/audit-a-report.md",
        "docs/how-to/add-a-province.md",
        "docs/how-to/test-the-law.md",
        "docs/how-to/sign-and-send.md",
        "docs/how-to/put-online.md",
        "docs/how-to/publish-many-communes.md",
        "docs/how-to/make-an-english-book.md",
        "docs/how-to/make-up-communes.md",
        "docs/how-to/use-the-dataset.md",
        "docs/how-to/use-quarto.md",
        "docs/how-to/run-on-a-cluster.md",
    ),
    "Explanation": (
        "docs/explanation/from-figure-to-conclusion.md",
        "docs/explanation/law-by-place-and-day.md",
    ),
    "Reference": ("docs/reference/*.md",),
    "Tiếng Việt": (
        "README.vi.md",
        "docs/index.vi.md",
        "docs/tutorial/bao-cao-dau-tien.md",
        "docs/how-to/dien-bieu-mau.md",
        "docs/how-to/doc-bao-cao.md",
        "docs/how-to/dua-len-mang.md",
        "docs/explanation/tu-so-lieu-den-ket-luan.md",
        "docs/reference/*.vi.md",
    ),
    "The project": ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/decisions/*.md"),
}  # fmt: skip
LINK = re.compile(r"(!?\[[^\]]*\])\(([^()\s]+)\)")


def pages(root: Path) -> dict[str, list[str]]:
    """Return the pages by part, each by its path in the project.

    Raises
    ------
    SystemExit
        If a page of `docs/` stands in no part, or one that is named is missing.
    """
    parts = {
        part: [
            file.relative_to(root).as_posix()
            for name in names
            for file in sorted(root.glob(name))
            if name.endswith(".vi.md") or not file.name.endswith(".vi.md")
        ]
        for part, names in PARTS.items()
    }
    planned = {HOME, *(page for one in parts.values() for page in one)}
    there = {file.relative_to(root).as_posix() for file in (root / "docs").rglob("*.md")}
    named = {one for names in PARTS.values() for one in names if "*" not in one}
    if wrong := sorted((there - planned) | {one for one in named if one not in planned}):
        sys.exit(f"PARTS in {Path(__file__).name} does not fit docs/: {', '.join(wrong)}")
    return parts


def targets(text: str, page: str) -> Iterator[str]:
    """Yield the files that a page links to or shows, by their paths in the project."""
    for _, link in LINK.findall(text):
        name = link.partition("#")[0]
        if name and not re.match(r"[a-z]+:", link):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(page), name))


def _for_the_web(text: str, page: str, chapters: Sequence[str]) -> str:
    """Return a page's text with links to pages as the web has them; a folder is its first page."""
    here = posixpath.dirname("index.qmd" if page == HOME else page)

    def link(match: re.Match[str]) -> str:
        words, address = match.groups()
        name, mark, anchor = address.partition("#")
        if not name or re.match(r"[a-z]+:", address):
            return match[0]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), name))
        within = [one for one in chapters if one.startswith(f"{target}/")]
        target = within[0] if within else target
        if target.endswith(".ipynb"):
            return words[1:-1]
        if target == HOME:
            target = "index.html"
        elif target in chapters:
            target = target.removesuffix(".md") + ".html"
        return f"{words}({posixpath.relpath(target, here or '.')}{mark}{anchor})"

    return LINK.sub(link, text)


def make(root: Path, out: Path) -> list[str]:
    """Make the pages and return their paths in `out`.

    Parameters
    ----------
    root : Path
        The project.
    out : Path
        A folder that is made anew; what pages link to besides pages is copied into it.
    """
    parts = pages(root)
    chapters = [page for one in parts.values() for page in one]
    with tempfile.TemporaryDirectory() as scratch:
        project, site = Path(scratch, "project"), Path(scratch, "site")
        for name in [HOME, *chapters]:
            text = (root / name).read_text(encoding="utf-8")
            if name.endswith(".vi.md"):  # a page and its translation number the same tables
                text = text.replace("#tbl-", "#tbl-vi-").replace("@tbl-", "@tbl-vi-")
            for target in targets(text, name):
                if target not in chapters and (root / target).is_file():
                    for base in (project, site):
                        (base / target).parent.mkdir(parents=True, exist_ok=True)
                        shutil.copy2(root / target, base / target)
            file = project / ("index.qmd" if name == HOME else name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_for_the_web(text, name, chapters), encoding="utf-8")
        shutil.copytree(root / "book", project / "book")
        plan = {
            "project": {"type": "book", "output-dir": "site"},
            "lang": "en",
            "language": "book/lang-en.yml",
            "book": {
                "title": "ntm_analysis: documentation",
                "chapters": [
                    "index.qmd",
                    *({"part": part, "chapters": own} for part, own in parts.items()),
                ],
            },
        }
        (project / MARKER).write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")
        config = read_config(project, profiles=False)
        render(project, config, ["html"], Path(scratch, "work"), site, {})
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(site, out)
    return sorted(page.relative_to(out).as_posix() for page in out.rglob("*.html"))


if __name__ == "__main__":
    made = make(ROOT, ROOT / "_docs")
    print(f"_docs/index.html: {len(made)} pages")
