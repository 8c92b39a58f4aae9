"""The plain parts of a form's sheets: formats, headings, input cells, protection, print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from ntm_analysis.forms.layout import DATES, MARK, Column
from ntm_analysis.language import Lang, say, translate
from ntm_analysis.problems import DataErrors, Problem

HEADER_ROW: Final = 3
"""From 0: a title, an instruction, the hidden row of keys, the headings."""
FIRST_ROW: Final = 4
_INK, _INPUT, _BAND = "#17405B", "#FFF8DC", "#EEF3F7"


_ENGLISH: Final = ("_en", ".en")
_POINTS_A_LINE: Final = 13.5
_CELL: Final = 32767
"""The letters that a cell can hold."""


class Book:
    """A workbook in the making, with its formats.

    Parameters
    ----------
    path : str or file object
    lang : {"vi", "en"}
    """

    def __init__(self, path: Any, lang: Lang) -> None:
        self.lang = lang
        self._sheets: list[Sheet] = []
        self.workbook = xlsxwriter.Workbook(
            path, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        # The same form twice is the same file.
        self.workbook.set_properties(
            {"title": translate("forms.title", lang), "created": dt.datetime(2000, 1, 1)}
        )
        self.workbook.set_calc_mode("auto")
        base = {"font_name": "Arial", "font_size": 10, "valign": "top"}
        self.formats = {
            "title": self._format(base, bold=True, font_size=14, font_color=_INK),
            "lead": self._format(base, text_wrap=True, italic=True, font_color="#444444"),
            "head": self._format(
                base, bold=True, text_wrap=True, bg_color=_INK, font_color="white", border=1,
                valign="vcenter",
            ),
            "shown": self._format(base, text_wrap=True, border=1, border_color="#CCCCCC"),
            "input": self._format(
                base, text_wrap=True, border=1, bg_color=_INPUT, locked=False, num_format="@"
            ),
            "number": self._format(base, border=1, bg_color=_INPUT, locked=False, align="right"),
            "date": self._format(
                base, border=1, bg_color=_INPUT, locked=False, num_format="dd/mm/yyyy",
                align="right",
            ),
            "result": self._format(base, border=1, bg_color=_BAND, num_format="#,##0.00##"),
            "band": self._format(base, bold=True, bg_color=_BAND, top=1, bottom=1, font_color=_INK),
            "plain": self._format(base, text_wrap=True),
        }  # fmt: skip

    def _format(self, base: dict[str, Any], **more: Any) -> Any:
        return self.workbook.add_format({**base, **more})

    def sheet(self, name: str, columns: Sequence[Column], lead: str, last: int) -> Sheet:
        """Add a sheet with its headings; `last` is the last row for input, from 0."""
        made = Sheet(self, name, columns, lead, last)
        self._sheets.append(made)
        return made

    def close(self) -> None:
        """Finish the file."""
        for sheet in self._sheets:
            sheet.fit_heights()
        self.workbook.close()


class Sheet:
    """One sheet: columns by key."""

    def __init__(
        self, book: Book, name: str, columns: Sequence[Column], lead: str, last: int
    ) -> None:
        self.book, self.name, self.columns, self.last = book, name, columns, last
        self.place = {column.key: number for number, column in enumerate(columns)}
        self.letters = {key: xl_col_to_name(number) for key, number in self.place.items()}
        sheet = self.sheet = book.workbook.add_worksheet(name)
        formats = book.formats
        sheet.hide_gridlines(2)
        sheet.write_string(0, self._first_shown, name, formats["title"])
        sheet.write_string(1, self._first_shown, lead, formats["lead"])
        sheet.set_row(1, 15 * (1 + len(lead) // 130), formats["plain"])
        if self._first_shown < len(columns) - 1:
            sheet.merge_range(
                1, self._first_shown, 1, min(self._first_shown + 7, len(columns) - 1), lead,
                formats["lead"],
            )  # fmt: skip
        self._lines: dict[int, int] = {}
        for column in columns:
            number = self.place[column.key]
            # English columns of a Vietnamese form stay out of the way; they can be shown.
            away = column.hidden or (book.lang == "vi" and column.key.endswith(_ENGLISH))
            sheet.set_column(number, number, column.width, None, {"hidden": away})
            sheet.write_string(2, number, f"{MARK}{column.key}", formats["plain"])
            star = " *" if column.needed else ""
            title = column.title(book.lang) + star
            sheet.write_string(HEADER_ROW, number, title, formats["head"])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(HEADER_ROW, 32)
        sheet.freeze_panes(FIRST_ROW, self._frozen)
        sheet.set_paper(9)
        if sum(c.width for c in columns if not c.hidden) > 95:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER_ROW)
        sheet.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer("&L&A&R&P/&N")
        sheet.protect(
            "", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True}
        )

    @property
    def _first_shown(self) -> int:
        return next(n for n, column in enumerate(self.columns) if not column.hidden)

    @property
    def _frozen(self) -> int:
        return self._first_shown + 1

    def fit_heights(self) -> None:
        """Give rows with long text the height that it needs."""
        for row, lines in self._lines.items():
            if lines > 1:
                self.sheet.set_row(row, _POINTS_A_LINE * min(lines, 12))

    def blank(self, row: int) -> None:
        """Prepare a row of empty input cells."""
        for column in self.columns:
            name = self._style(column) if column.input else "shown"
            self.sheet.write_blank(row, self.place[column.key], None, self.book.formats[name])

    def _style(self, column: Column) -> str:
        if column.key in DATES:
            return "date"
        is_number = column.key in ("value", "claimed_value", "amount") and len(self.columns) > 4
        return "number" if is_number else "input"

    def band(self, row: int, text: str) -> None:
        """Write a heading across the columns that are shown."""
        style = self.book.formats["band"]
        for number in range(self._first_shown, len(self.columns)):
            if not self.columns[number].hidden:
                self.sheet.write_blank(row, number, None, style)
        self.sheet.write_string(row, self._first_shown, text, style)

    def write(self, row: int, key: str, value: Any, *, style: str = "") -> None:
        """Write a cell: text as text, numbers as numbers, dates as dates.

        Raises
        ------
        DataErrors
            If a text is longer than a cell can hold, as the end of it would be lost.
        """
        column = self.columns[self.place[key]]
        named = style or (self._style(column) if column.input else "shown")
        form = self.book.formats[named]
        number = self.place[key]
        if isinstance(value, str) and not column.hidden:
            width = max(1, int(column.width * 1.05))
            lines = sum(max(1, -(-len(line) // width)) for line in value.split("\n"))
            self._lines[row] = max(self._lines.get(row, 1), lines)
        if isinstance(value, str) and len(value) > _CELL:
            told = say("forms.too_long", count=len(value), most=_CELL)
            cell = f"{xl_col_to_name(number)}{row + 1}"
            wanted = say("forms.too_long_wanted")
            raise DataErrors([Problem(f"{self.name}!{cell}", told, wanted)])
        if value in (None, ""):
            self.sheet.write_blank(row, number, None, form)
        elif isinstance(value, bool):
            self.sheet.write_string(row, number, translate(
                "forms.yes" if value else "forms.no", self.book.lang), form)  # fmt: skip
        elif isinstance(value, dt.date):
            date = self.book.formats["date"]
            self.sheet.write_datetime(
                row, number, dt.datetime(value.year, value.month, value.day), date
            )
        elif isinstance(value, int | float):
            self.sheet.write_number(row, number, value, form)
        else:
            self.sheet.write_string(row, number, str(value), form)

    def choose_from(
        self, row: int, key: str, words: Sequence[str], last: int | None = None
    ) -> None:
        """Offer a drop-down; other words are refused."""
        number = self.place[key]
        self.sheet.data_validation(
            row, number, last if last is not None else row, number,
            {"validate": "list", "source": list(words),
             "error_title": translate("forms.choose_title", self.book.lang),
             "error_message": translate("forms.choose", self.book.lang)},
        )  # fmt: skip

    def dates_in(self, row: int, key: str, last: int) -> None:
        """Ask for dates."""
        number = self.place[key]
        self.sheet.data_validation(
            row, number, last, number,
            {"validate": "date", "criteria": "between", "minimum": dt.date(1990, 1, 1),
             "maximum": dt.date(2100, 12, 31),
             "error_title": translate("forms.date_title", self.book.lang),
             "error_message": translate("forms.date", self.book.lang)},
        )  # fmt: skip

    def warn(self, row: int, key: str, formula: str, message: str) -> None:
        """Warn where an input does not satisfy a formula; it can be kept (`>40`)."""
        number = self.place[key]
        self.sheet.data_validation(
            row, number, row, number,
            {"validate": "custom", "value": formula, "error_type": "warning",
             "error_title": translate("forms.number_title", self.book.lang),
             "error_message": message},
        )  # fmt: skip
