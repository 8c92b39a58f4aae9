"""The index's list of the books of a shelf: pages that do not grow with their number."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ntm_analysis.batch.card import Card
from ntm_analysis.book.config import Entry
from ntm_analysis.book.manuscript import relative
from ntm_analysis.book.shelf import Volume, area_title
from ntm_analysis.book.volume import CATALOGUE
from ntm_analysis.language import Lang, translate
from ntm_analysis.tables import Md, escape, pipe_table

MOST = 64
"""Rows on a page: there have been 63 provinces."""
FOLDER = "reports/book/catalogue"


@dataclass
class _Shelf:
    """A province or district, with what stands in it."""

    name: str
    folder: str
    parts: dict[str, _Shelf] = field(default_factory=dict)
    volume: Volume | None = None

    @property
    def volumes(self) -> Iterator[Volume]:
        """All books below."""
        if self.volume is not None:
            yield self.volume
        for part in self.parts.values():
            yield from part.volumes


def catalogue(
    volumes: Sequence[Volume], lang: Lang, printed: Sequence[str], name: str
) -> dict[Entry, str]:
    """Return the pages of the catalogue with their sources.

    Parameters
    ----------
    volumes : sequence of Volume
        In reading order.
    lang : {"vi", "en"}
    printed : sequence of str
        Suffixes of the printed forms that stand beside each book.
    name : str
        Of these files, before the book's own name.

    Returns
    -------
    dict of Entry to str
        The first page is a chapter of the index; the others stand aside.
    """
    root = _tree(volumes, lang)
    pages: dict[Entry, str] = {}
    writer = _Writer(lang, tuple(printed), name)
    for number, (page, title, text) in enumerate(writer.pages(root)):
        place = "aside" if number else "here"
        source = posixpath.join(FOLDER, f"{number:05}.qmd")
        head = f"# {escape(title)} {{.unnumbered}}\n\n"
        pages[Entry(source, "chapter", page=page, place=place)] = head + text  # type: ignore[arg-type]
    return pages


def _tree(volumes: Sequence[Volume], lang: Lang) -> _Shelf:
    root = _Shelf(translate("shelf.catalogue", lang), "")
    for volume in volumes:
        here, folder = root, volume.slug.split("/")
        for depth, name in enumerate(volume.place[:-1], start=1):
            if not name:
                continue
            kind = ("province", "district")[depth - 1]
            title = area_title(kind, volume.cards[0], lang)
            # By its folder: `Hòa Vang` and `Hoà Vang` are one district.
            where = "/".join(folder[:depth])
            here = here.parts.setdefault(where, _Shelf(title, where))
        here.parts[volume.slug] = _Shelf(volume.title, volume.slug, volume=volume)
    while len(root.parts) == 1 and (only := next(iter(root.parts.values()))).volume is None:
        root = _Shelf(root.name, "", only.parts)  # a list of one thing leads nowhere
    return root


def areas(volumes: Sequence[Volume], lang: Lang) -> list[tuple[str, str, list[Card]]]:
    """Return what the list's first page names: name, page in the site, reports."""
    return [
        (
            part.name,
            part.volume.home if part.volume else _path(part.folder, 0),
            [card for volume in part.volumes for card in volume.cards],
        )
        for part in _tree(volumes, lang).parts.values()
    ]


@dataclass(frozen=True)
class _Writer:
    lang: Lang
    printed: tuple[str, ...]
    name: str

    def pages(self, shelf: _Shelf) -> Iterator[tuple[str, str, str]]:
        """Give path, title and text of a shelf's pages, and of those below it."""
        rows = list(shelf.parts.values())
        chunks = [rows[at : at + MOST] for at in range(0, len(rows), MOST)]
        paths = [_path(shelf.folder, number) for number in range(len(chunks))]
        for number, chunk in enumerate(chunks):
            text = self._summary(shelf) + self._table(chunk, paths[number])
            if len(chunks) > 1:
                text += self._turn(chunks, paths, number)
            title = shelf.name if not number else f"{shelf.name} ({number + 1})"
            yield paths[number], title, text
        for part in rows:
            if part.volume is None:
                yield from self.pages(part)

    def _summary(self, shelf: _Shelf) -> str:
        volumes = list(shelf.volumes)
        text = translate(
            "shelf.summary",
            self.lang,
            volumes=len(volumes),
            communes=sum(volume.communes for volume in volumes),
            reports=sum(len(volume.cards) for volume in volumes),
            synthetic=len({c.commune for v in volumes for c in v.cards if c.synthetic}),
        )
        return f"{escape(text)}\n\n"

    def _table(self, parts: Sequence[_Shelf], page: str) -> str:
        rows = [self._row(part, page) for part in parts]
        heads = ("place", "communes", "reports", "complete", "concluded_all", "files")
        number = posixpath.splitext(page)[0].replace("/", "-")
        return pipe_table(
            [translate(f"shelf.head_{head}", self.lang) for head in heads],
            rows,
            translate("shelf.catalogue_caption", self.lang),
            f"tbl-catalogue-{number}",
            (16, 5, 6, 8, 8, 9),
            ("left", "right", "right", "right", "right", "left"),
        )

    def _row(self, part: _Shelf, page: str) -> tuple[str, ...]:
        volumes = list(part.volumes)
        cards = [card for volume in volumes for card in volume.cards]
        complete = sum(card.counted == card.indicators for card in cards)
        concluded = sum(card.concluded == card.indicators for card in cards)
        target = part.volume.home if part.volume else _path(part.folder, 0)
        mark = ""
        if all(volume.synthetic for volume in volumes):
            mark = f" ({escape(translate('shelf.synthetic', self.lang))})"
        link = Md(f"[{escape(part.name)}]({relative(page, target)}){mark}")
        communes = sum(volume.communes for volume in volumes)
        files = Md(self._files(part.volume, page)) if part.volume else Md("–")
        return link, str(communes), str(len(cards)), str(complete), str(concluded), files

    def _files(self, volume: Volume, page: str) -> str:
        stem = f"{self.name}-{volume.slug.replace('/', '-')}"
        return (
            " · ".join(
                f"[{suffix[1:].upper()}]({relative(page, f'{volume.slug}/{stem}{suffix}')})"
                for suffix in self.printed
            )
            or "–"
        )

    def _turn(self, chunks: Sequence[Sequence[_Shelf]], paths: Sequence[str], here: int) -> str:
        links = []
        for number, chunk in enumerate(chunks):
            span = escape(f"{chunk[0].name} – {chunk[-1].name}")
            link = f"[{span}]({relative(paths[here], paths[number])})"
            links.append(f"**{span}**" if number == here else link)
        return "\n" + " · ".join(links) + "\n"


def _path(folder: str, number: int) -> str:
    name = "index" if folder else posixpath.splitext(CATALOGUE)[0]
    file = f"{name}.html" if not number else f"{name}-{number + 1}.html"
    return posixpath.join(folder, file) if folder else file
