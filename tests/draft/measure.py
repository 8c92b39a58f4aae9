"""Drafts measured against what is known of a report."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from docx import Document as WordDocument

from ntm_analysis.documents import read_document
from ntm_analysis.draft import Draft, Found, draft_documents
from ntm_analysis.rulebook import Rulebook, RulesInForce, rules_in_force
from tests.draft.wrapped import wrapped

REPORTS = Path(__file__).parent / "reports"
FONTS = Path(__file__).parents[2] / "ntm_analysis" / "fonts"
Known = tuple[str, str, str]


@dataclass
class Measure:
    """How good a draft is: of what is known how much is right, of what is said how much wrong."""

    known: int = 0
    right: list[Known] = field(default_factory=list)
    missing: list[Known] = field(default_factory=list)
    wrong: list[Found] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        return len(self.right) / self.known

    def wrong_among(self, sure: str) -> float:
        count = sum(one.sure == sure for one in self.wrong)
        return count / self.said[sure] if self.said[sure] else 0.0

    def line(self, name: str) -> str:
        return (
            f"{name:<14} {self.known:>4} known {len(self.right):>4} right "
            f"{100 * self.recall:5.1f} %  wrong: sure {100 * self.wrong_among('sure'):.1f} % of "
            f"{self.said['sure']}, likely {100 * self.wrong_among('likely'):.1f} % of "
            f"{self.said['likely']}, guess {100 * self.wrong_among('guess'):.1f} % of "
            f"{self.said['guess']}"
        )


def measure(draft: Draft, truth: Iterable[Known], also: Iterable[Known] = ()) -> Measure:
    """Compare a draft with what is known; `also` is right too, and not wanted."""
    truth, also = list(truth), set(also)
    found = {(one.indicator, one.variable, value_of(one.value)) for one in draft.found}
    wanted = {*truth, *also}
    made = Measure(len(truth))
    for one in truth:
        (made.right if one in found else made.missing).append(one)
    for one in draft.found:
        made.said[one.sure] += 1
        if (one.indicator, one.variable, value_of(one.value)) not in wanted:
            made.wrong.append(one)
    return made


def value_of(text: str) -> str:
    """Return a value in one spelling: `86.0` and `86` are one."""
    return re.sub(r"\d+\.\d+", lambda m: f"{float(m[0]):g}", text)


@dataclass(frozen=True)
class Sample:
    """A report with what is known of it."""

    name: str
    text: str
    kind: str
    rules: RulesInForce
    truth: tuple[Known, ...]
    also: tuple[Known, ...]
    never: tuple[Known, ...]
    documents: tuple[tuple[str, str, str], ...]

    def write(self, folder: Path) -> Path:
        """Write it as a file of its kind."""
        path = folder / f"{self.name}.{self.kind}"
        WRITERS[self.kind](path, self.text)
        return path

    def draft(self, folder: Path) -> Draft:
        return draft_documents([read_document(self.write(folder))], self.rules)


def samples(book: Rulebook) -> list[Sample]:
    """Return the reports that are kept beside this file."""
    return [_sample(path, book) for path in sorted(REPORTS.glob("*.yaml"))]


def _sample(path: Path, book: Rulebook) -> Sample:
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    on = data["day"]
    assert isinstance(on, dt.date)
    rules = rules_in_force(book, data["set"], data["place"], on)
    rows = {key: _rows(data.get(key, "")) for key in ("truth", "also", "wrong_if")}
    papers = tuple(tuple(line.split()) for line in data.get("documents", "").splitlines() if line)
    return Sample(
        path.stem, data["text"], data["kind"], rules, rows["truth"], rows["also"],
        rows["wrong_if"], papers,
    )  # type: ignore[arg-type]  # fmt: skip


def _rows(text: str) -> tuple[Known, ...]:
    rows = (line.split() for line in text.splitlines() if line.strip())
    return tuple((code.strip("-"), name, value_of(value)) for code, name, value in rows)


def _txt(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _docx(path: Path, text: str) -> None:
    document = WordDocument()
    rows: list[list[str]] = []

    def flush() -> None:
        if not rows:
            return
        table = document.add_table(len(rows), max(map(len, rows)))
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                table.cell(number, column).text = cell
        rows.clear()

    for line in text.splitlines():
        if " | " in line:
            rows.append([cell.strip() for cell in line.split("|")])
            continue
        flush()
        document.add_paragraph(line)
    flush()
    document.save(str(path))


def _columns(path: Path, text: str) -> None:
    _pdf(path, text, "#set page(columns: 2)\n#set par(justify: true)\n")


def _pdf(path: Path, text: str, setting: str = "") -> None:
    import typst

    quoted = "\n\n".join(
        f'#par[#"{line}"]' for line in text.replace("\\", "").replace('"', "”").splitlines() if line
    )
    source = path.with_suffix(".typ")
    source.write_text(
        f'{setting}#set text(font: "Liberation Serif", size: 12pt)\n{quoted}', encoding="utf-8"
    )
    typst.compile(str(source), output=str(path), font_paths=[str(FONTS)])


def _xlsx(path: Path, text: str) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Kết quả")
    for number, line in enumerate(text.splitlines()):
        for column, cell in enumerate(line.split("|")):
            if cell.strip():
                sheet.write_string(number, column, cell.strip())
    book.close()


def _numbers(path: Path, text: str) -> None:
    """Write a workbook of numbers: `=12` is a number, `=0.98%` one in percent format."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Biểu 01")
    percent = book.add_format({"num_format": "0.0%"})
    for number, line in enumerate(text.splitlines()):
        for column, cell in enumerate(one.strip() for one in line.split("|")):
            if cell.startswith("="):
                kind = [percent] if cell.endswith("%") else []
                sheet.write_number(number, column, float(cell.strip("=%")), *kind)
            elif cell:
                sheet.write_string(number, column, cell)
    book.close()


WRITERS = {
    "txt": _txt,
    "docx": _docx,
    "pdf": _pdf,
    "columns.pdf": _columns,
    "xlsx": _xlsx,
    "numbers.xlsx": _numbers,
    "wrapped.docx": wrapped,
}


def by_kind(drafts: Sequence[tuple[Draft, Measure]]) -> str:
    """Return a table of right and wrong by kind of figure."""
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for draft, made in drafts:
        wrong = {id(one) for one in made.wrong}
        for one in draft.found:
            said[one.kind] += 1
            right[one.kind] += id(one) not in wrong
    return "\n".join(f"{kind:<8} {right[kind]}/{said[kind]}" for kind in sorted(said))
