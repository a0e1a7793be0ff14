"""A specification as a workbook: a sheet a section, filters, headers that stay, lists to choose from. Texts are texts."""

import datetime
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

import xlsxwriter

from charniere.export.documents import annexes, workbook_cover
from charniere.export.documents.parts import Column, Release, Table
from charniere.export.documents.words import Reading, table

# The order of the sheets; what is not here follows.
_ORDER: Final = (
    "fields", "pipelines", "steps", "statuses", "workflows", "transitions", "views", "kpis", "sla", "matrix", "scenarios",
    "actions", "coverage", "questions", "objects", "scoring", "roles", "integrations", "content", "personal_data",
    "findings", "rejected",
)  # fmt: skip
_RESULT: Final = ("result", "tester", "day", "remark")
_RESULTS: Final = ("ok", "ko", "blocked", "not_run")
_STATES: Final = ("proposed", "to_confirm", "to_complete", "validated", "rejected")
_NUMBERS: Final = frozenset({"votes", "impact", "effort", "max_values", "count"})
_MADE: Final = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
_CELL_MOST: Final = 32_000  # characters; a spreadsheet holds 32,767
_ROW_MOST: Final = 409.0  # points
_LINE_POINTS: Final = 14.5
_LETTERS: Final = 1.05  # letters that fit where a column counts one digit
_SHEET_MOST: Final = 31
_SPARE_ROWS: Final = 200  # below the last line, where somebody will add theirs
_NO_XML: Final = {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD} | dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
_FONT: Final = {"font_name": "Calibri", "font_size": 10, "font_color": "#1C2029", "valign": "top"}
_LINE: Final = {"bottom": 1, "bottom_color": "#E9E2D3"}


class _Formats(NamedTuple):
    """The styles of a workbook; the library has no types."""

    header: Any
    text: Any
    strong: Any
    open: Any
    number: Any
    free: Any


def write(reading: Reading, release: Release) -> bytes:
    """The same specification in the same edition gives the same bytes."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        title = f"{reading.spec.project.client} · {reading.say('document.title')}"
        book.set_properties({"title": _clean(title)[:250], "created": _MADE})
        formats = _formats(book)
        front = book.add_worksheet(_name(reading, "release"))
        made = [(name, _table(reading, name)) for name in _ORDER]
        for name, found in made:
            _sheet(book, reading, name, found, release.running, formats)
        contents = [(_name(reading, name), len(found.rows)) for name, found in made]
        workbook_cover.add(book, front, reading, release, contents, _clean)
    return file.getvalue()


def _table(reading: Reading, name: str) -> Table:
    match name:
        case "matrix":
            return annexes.matrix(reading)
        case "coverage":
            return annexes.coverage(reading)
        case "questions":
            return annexes.questions(reading)
        case "findings":
            return annexes.findings(reading)
        case "rejected":
            return annexes.rejected(reading)
        case "steps":
            return table(reading, "steps", reading.steps())
        case "scenarios":
            return _with_results(reading, table(reading, "scenarios"))
        case _:
            return table(reading, name)


def _with_results(reading: Reading, found: Table) -> Table:
    """The acceptance scenarios with empty columns for whoever plays them."""
    added = tuple(Column(key, reading.say(f"document.result.{key}"), 16) for key in _RESULT)
    rows = tuple((*row, *("" for _ in _RESULT)) for row in found.rows)
    return replace(found, columns=(*found.columns, *added), rows=rows)


def _sheet(book: Any, reading: Reading, name: str, found: Table, version: str, formats: _Formats) -> None:
    sheet = book.add_worksheet(_name(reading, name))
    sheet.set_row(0, 30)
    for at, column in enumerate(found.columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, _clean(column.label), formats.header)
    for row, cells in enumerate(found.rows, 1):
        sheet.set_row(row, _height(found.columns, cells))
        for at, (column, cell) in enumerate(zip(found.columns, cells, strict=True)):
            _write(sheet, row, at, column.key, cell, formats)
    last = max(len(found.rows), 1)
    _choices(sheet, reading, found, last + _SPARE_ROWS)
    _finish(sheet, found, last, version)


def _write(sheet: Any, row: int, at: int, key: str, cell: str, formats: _Formats) -> None:
    if not cell:
        sheet.write_blank(row, at, None, formats.free if key in _RESULT else formats.text)
    elif key in _NUMBERS and cell.isascii() and cell.isdecimal() and len(cell) < 10:
        sheet.write_number(row, at, int(cell), formats.number)
    else:
        style = formats.strong if key == "label" else formats.open if key == "questions" else formats.text
        sheet.write_string(row, at, _clean(cell), style)


def _choices(sheet: Any, reading: Reading, found: Table, last: int) -> None:
    """Lists to choose from: the state of a line, the result of a scenario, a day for it."""
    for at, column in enumerate(found.columns):
        if column.key == "state":
            source = [reading.say(f"spec.state.{one}") for one in _STATES]
        elif column.key == "result":
            source = [reading.say(f"document.result.{one}") for one in _RESULTS]
        else:
            continue
        sheet.data_validation(1, at, last, at, {"validate": "list", "source": source})


def _finish(sheet: Any, found: Table, last: int, version: str) -> None:
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, last, len(found.columns) - 1)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3: some of these tables have fifteen columns
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L&9{version.replace('&', '&&')} · &A&R&9&P / &N")


def _name(reading: Reading, name: str) -> str:
    """What a sheet may be called: our own words, without what a spreadsheet forbids."""
    words = reading.say(f"document.sheet.{name}")
    return "".join(c for c in words if c not in "[]:*?/\\'")[:_SHEET_MOST]


def _height(columns: Sequence[Column], cells: Sequence[str]) -> float:
    """Points for the longest cell once wrapped: not every spreadsheet measures rows when it opens a file."""
    lines = 1
    for column, cell in zip(columns, cells, strict=True):
        fit = max(1, round(column.width * _LETTERS))
        lines = max(lines, sum(max(1, -(-len(line) // fit)) for line in cell.split("\n")))
    return min(_ROW_MOST, lines * _LINE_POINTS + 5)


def _formats(book: Any) -> _Formats:
    wrapped = {**_FONT, **_LINE, "text_wrap": True, "align": "left"}
    head = {
        "bold": True,
        "font_color": "#FBF7EE",
        "bg_color": "#1C2029",
        "valign": "vcenter",
        "text_wrap": True,
    }
    return _Formats(
        header=book.add_format({**_FONT, **head, "align": "left"}),
        text=book.add_format(wrapped),
        strong=book.add_format({**wrapped, "bold": True}),
        open=book.add_format({**wrapped, "bg_color": "#FBE6CD"}),
        number=book.add_format({**_FONT, **_LINE, "align": "center", "num_format": "0"}),
        free=book.add_format({**wrapped, "bg_color": "#F7F3EA"}),
    )


def _clean(text: str) -> str:
    """What a workbook can hold: no character that XML has not, no more than a cell takes."""
    text = text.translate(_NO_XML)
    return text if len(text) <= _CELL_MOST else text[: _CELL_MOST - 1] + "…"
