"""The action list as a workbook (XLSX): what is decided, and what nobody answers yet. Every text is written as text."""

import datetime
import io
from collections.abc import Sequence
from typing import Any, Final, NamedTuple, TypeAlias

import xlsxwriter

from charniere.domain.board import Board, Due
from charniere.export.actions import COLUMNS, listed, place, unanswered
from charniere.i18n import t

_OPEN_COLUMNS: Final = ("number", "open_text", "kind", "stage", "channel", "votes", "team", "ref")
_NUMBERS: Final = frozenset({"number", "votes", "impact", "effort"})
_WIDTHS: Final = {
    "number": 6,
    "text": 52,
    "open_text": 64,
    "resolves": 46,
    "kind": 17,
    "stage": 19,
    "channel": 21,
    "votes": 8,
    "impact": 9,
    "effort": 8,
    "owner": 16,
    "team": 19,
    "due": 13,
    "status": 12,
    "ref": 9,
}
_Cell: TypeAlias = str | int | Due | None
_LETTERS: Final = 1.05  # letters of bold text that fit where a column counts one digit
_LINE_POINTS: Final = 15.0
_ROW_MOST: Final = 409.0
_CELL_MOST: Final = 32_000  # characters; a spreadsheet holds 32,767
_NO_XML: Final = {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
_LONG_AGO: Final = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
_FONT: Final = {"font_name": "Calibri", "font_size": 11, "font_color": "#1C2029", "valign": "top"}
_LINE: Final = {"bottom": 1, "bottom_color": "#E9E2D3"}


class _Formats(NamedTuple):
    """The styles of a workbook; the library has no types."""

    header: Any
    number_header: Any
    text: Any
    strong: Any
    whole: Any
    day: Any


def write(board: Board) -> bytes:
    """The same board gives the same bytes: the workbook is as old as the newest note."""
    lang = board.info.lang
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": _clean(board.info.title)[:250], "created": _made(board)})
        formats = _formats(book, lang)
        _actions(book, board, formats)
        _open(book, board, formats)
    return file.getvalue()


def _actions(book: Any, board: Board, formats: _Formats) -> None:
    sheet = _sheet(book, "sheet", COLUMNS, board.info.lang, formats)
    actions = listed(board)
    for row, action in enumerate(actions, 1):
        note = action.note
        cells: dict[str, _Cell] = {
            "number": note.number,
            "text": note.text,
            "resolves": action.resolves,
            "stage": action.stage,
            "channel": action.channel,
            "votes": note.votes,
            "impact": note.impact,
            "effort": note.effort,
            "owner": note.owner,
            "team": note.team,
            "due": note.due,
            "status": action.status,
            "ref": note.ref,
        }
        in_order = [cells[column] for column in COLUMNS]
        _row(sheet, row, in_order, [_WIDTHS[c] for c in COLUMNS], formats, strong=COLUMNS.index("text"))
    _finish(sheet, COLUMNS, len(actions))


def _open(book: Any, board: Board, formats: _Formats) -> None:
    lang = board.info.lang
    sheet = _sheet(book, "open_sheet", _OPEN_COLUMNS, lang, formats)
    pains = unanswered(board)
    for row, note in enumerate(pains, 1):
        cells: list[_Cell] = [
            note.number,
            note.text,
            t(lang, f"export.kind.{note.kind}"),
            place(board.stages, note.stage),
            place(board.channels, note.channel),
            note.votes,
            note.team,
            note.ref,
        ]
        _row(sheet, row, cells, [_WIDTHS[c] for c in _OPEN_COLUMNS], formats, strong=1)
    _finish(sheet, _OPEN_COLUMNS, len(pains))


def _sheet(book: Any, name: str, columns: Sequence[str], lang: str, formats: _Formats) -> Any:
    sheet = book.add_worksheet(t(lang, f"export.actions.{name}"))
    sheet.set_row(0, 24)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, _WIDTHS[column])
        style = formats.number_header if column in _NUMBERS else formats.header
        sheet.write_string(0, index, t(lang, f"export.actions.{column}"), style)
    return sheet


def _row(
    sheet: Any, row: int, cells: Sequence[_Cell], widths: Sequence[int], formats: _Formats, *, strong: int
) -> None:
    sheet.set_row(row, _height(cells, widths))
    for column, cell in enumerate(cells):
        if isinstance(cell, Due):
            day = _day(cell)
            if day is not None:
                sheet.write_datetime(row, column, day, formats.day)
                continue
            cell = cell.text
        if isinstance(cell, int):
            sheet.write_number(row, column, cell, formats.whole)
        elif cell:
            sheet.write_string(
                row, column, _clean(cell), formats.strong if column == strong else formats.text
            )
        else:
            sheet.write_blank(row, column, None, formats.text)


def _height(cells: Sequence[_Cell], widths: Sequence[int]) -> float:
    """Points for the longest cell once wrapped: not every spreadsheet measures rows when it opens a file."""
    lines = 1
    for cell, width in zip(cells, widths, strict=True):
        text = cell.text if isinstance(cell, Due) else cell if isinstance(cell, str) else ""
        fit = max(1, round(width * _LETTERS))
        lines = max(lines, sum(max(1, -(-len(line) // fit)) for line in text.split("\n")))
    return min(_ROW_MOST, lines * _LINE_POINTS + 6)


def _finish(sheet: Any, columns: Sequence[str], rows: int) -> None:
    """What is the same on every sheet: header that stays, filters, and one page wide on paper."""
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(rows, 1), len(columns) - 1)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&9&A&R&9&P / &N")


def _formats(book: Any, lang: str) -> _Formats:
    days = "dd/mm/yyyy" if lang == "fr" else "yyyy-mm-dd"
    wrapped = {**_FONT, **_LINE, "text_wrap": True, "align": "left", "indent": 1}
    header = {
        **_FONT,
        "bold": True,
        "font_color": "#FBF7EE",
        "bg_color": "#1C2029",
        "valign": "vcenter",
        "text_wrap": True,
    }
    return _Formats(
        header=book.add_format({**header, "align": "left", "indent": 1}),
        number_header=book.add_format({**header, "align": "center"}),
        text=book.add_format(wrapped),
        strong=book.add_format({**wrapped, "bold": True}),
        whole=book.add_format({**_FONT, **_LINE, "align": "center", "num_format": "0"}),
        day=book.add_format({**_FONT, **_LINE, "align": "left", "indent": 1, "num_format": days}),
    )


def _day(due: Due) -> datetime.datetime | None:
    if due.day is None:
        return None
    try:
        return datetime.datetime.combine(datetime.date.fromisoformat(due.day), datetime.time())
    except ValueError:
        return None


def _made(board: Board) -> datetime.datetime:
    newest = max((note.created_at for note in board.notes.values()), default=0)
    made = datetime.datetime.fromtimestamp(newest / 1000, datetime.UTC) if newest else _LONG_AGO
    return made.replace(tzinfo=None)


def _clean(text: str) -> str:
    """What a workbook can hold: no character that XML has not, no more than a cell takes."""
    text = text.translate(_NO_XML)
    return text if len(text) <= _CELL_MOST else text[: _CELL_MOST - 1] + "…"
