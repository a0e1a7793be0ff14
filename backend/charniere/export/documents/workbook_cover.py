"""The first sheet of a workbook: what it is, which version, who approved it, and where each sheet is."""

import io
from collections.abc import Callable, Sequence
from typing import Any, Final

from charniere.export.documents.parts import Release, Table
from charniere.export.documents.words import Reading

_FONT: Final = {"font_name": "Calibri", "font_size": 10, "font_color": "#1C2029", "valign": "top"}
_SOFT: Final = {"font_color": "#5A606E"}
_WIDTHS: Final = (24, 30, 26, 20, 28)
_LOGO_POINTS: Final = (160.0, 48.0)
_PIXELS: Final = 96 / 72  # a spreadsheet's pixels in a point
_LETTERS: Final = 115  # on a line across the merged columns
_LINE: Final = 14.5
_SIGN_POINTS: Final = 30


def add(
    book: Any,
    sheet: Any,
    reading: Reading,
    release: Release,
    sheets: Sequence[tuple[str, int]],
    clean: Callable[[str], str],
) -> None:
    """Fills the sheet; `sheets` names the others with their number of lines. `clean` makes words fit to be written."""
    formats = {name: book.add_format({**_FONT, **look}) for name, look in _LOOKS.items()}
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    row = _head(sheet, reading, release, formats, clean)
    row = _approvals(sheet, row, reading, release.approvals, formats, clean)
    _contents(sheet, row, reading, sheets, formats, clean)
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)


_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True, "font_size": 20},
    "client": {**_SOFT, "font_size": 12},
    "section": {"bold": True, "font_size": 12, "valign": "bottom"},
    "label": _SOFT,
    "text": {"text_wrap": True, "align": "left"},
    "head": {"bold": True, "bottom": 2, "bottom_color": "#1C2029"},
    "line": {"text_wrap": True, "align": "left", "valign": "vcenter", "bottom": 1, "bottom_color": "#B9B09B"},
    "link": {"underline": 1},
    "count": {"num_format": "0", "align": "left", **_SOFT},
}


def _head(
    sheet: Any, reading: Reading, release: Release, formats: dict[str, Any], clean: Callable[[str], str]
) -> int:
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, clean(reading.say("document.title")), formats["title"])
    sheet.write_string(1, 0, clean(reading.spec.project.client), formats["client"])
    if release.logo:
        logo = release.logo
        width, height = logo.within(*_LOGO_POINTS)
        options = {
            "image_data": io.BytesIO(logo.data),
            "x_scale": width * _PIXELS / logo.width,
            "y_scale": height * _PIXELS / logo.height,
            "description": clean(reading.say("document.logo", client=reading.spec.project.client)),
        }
        sheet.insert_image(0, 4, "logo", options)
    row = 3
    for fact in release.facts:
        sheet.write_string(row, 0, clean(fact.label), formats["label"])
        words = clean("\n".join(fact.words))
        sheet.merge_range(row, 1, row, 4, "", formats["text"])
        sheet.write_string(row, 1, words, formats["text"])
        sheet.set_row(row, 3 + _LINE * sum(max(1, -(-len(one) // _LETTERS)) for one in words.split("\n")))
        row += 1
    sheet.merge_range(row, 1, row, 4, "", formats["text"])
    sheet.write_string(row, 1, clean(release.lead), formats["text"])
    sheet.set_row(row, 3 + _LINE * max(1, -(-len(release.lead) // _LETTERS)))
    return row + 2


def _approvals(
    sheet: Any,
    row: int,
    reading: Reading,
    approvals: Table,
    formats: dict[str, Any],
    clean: Callable[[str], str],
) -> int:
    sheet.write_string(row, 0, clean(reading.say("document.release.approvals")), formats["section"])
    for at, column in enumerate(approvals.columns):
        sheet.write_string(row + 1, at, clean(column.label), formats["head"])
    row += 2
    for line in approvals.rows:
        sheet.set_row(row, _SIGN_POINTS)
        for at, cell in enumerate(line):
            if cell:
                sheet.write_string(row, at, clean(cell), formats["line"])
            else:
                sheet.write_blank(row, at, None, formats["line"])
        row += 1
    return row + 1


def _contents(
    sheet: Any,
    row: int,
    reading: Reading,
    sheets: Sequence[tuple[str, int]],
    formats: dict[str, Any],
    clean: Callable[[str], str],
) -> None:
    sheet.write_string(row, 0, clean(reading.say("document.release.sheets")), formats["section"])
    for at, (name, lines) in enumerate(sheets, row + 1):
        sheet.write_url(at, 0, f"internal:'{name}'!A1", formats["link"], name)
        sheet.write_number(at, 1, lines, formats["count"])
