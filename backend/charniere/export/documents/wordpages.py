"""On which page of a word processor's file each chapter begins: a layout of the file's own XML, near enough for a table of
contents that nobody has refreshed yet. Widths are those of the letters of the font that the file asks for.

Only what this product writes is understood: paragraphs, tables of fixed columns, pictures in line, sections.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from docx.oxml.ns import qn

from charniere.export.documents.wordlines import height_of

_BORDER: Final = 0.5
_MARGINS: Final = 120  # left and right of a cell, in twentieths of a point
_CELL_LINE: Final = 10.0  # of a row that may be cut
_SLACK: Final = 1.0  # points that rounding may have added
_LEAST_LINES: Final = 2  # of a paragraph that a page may end or begin with


@dataclass
class _Piece:
    """What is set at once: a paragraph or a row. Heights in points; of two spaces that meet, the larger is kept."""

    height: float
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    fresh: bool = False
    head: float = 0.0  # of the row that a table repeats at the top of a page
    line: float = 0.0  # of one line, where a paragraph may be cut
    marks: tuple[str, ...] = ()


@dataclass
class _Section:
    pieces: list[_Piece] = field(default_factory=list)
    height: float = 0.0
    width: float = 0.0


@dataclass
class Pages:
    """Where bookmarks are, counted from 1, and how many pages there are."""

    of: dict[str, int]
    count: int


def pages(body: Any) -> Pages:
    """Reads the body of a document, sections included."""
    found: dict[str, int] = {}
    page = 0
    for section in _sections(body):
        page = _set(section, page + 1, found)
    return Pages(found, page)


def _sections(body: Any) -> Iterator[_Section]:
    held: list[Any] = []
    for element in body:
        ends = element if element.tag == qn("w:sectPr") else element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if element.tag != qn("w:sectPr"):
            held.append(element)
        if ends is not None:
            section = _page_of(ends)
            for one in held:
                section.pieces += _pieces(one, section.width)
            yield section
            held = []


def _page_of(properties: Any) -> _Section:
    size, margins = properties.find(qn("w:pgSz")), properties.find(qn("w:pgMar"))

    def points(element: Any, name: str) -> float:
        return int(element.get(qn(f"w:{name}"))) / 20

    return _Section(
        height=points(size, "h") - points(margins, "top") - points(margins, "bottom"),
        width=points(size, "w") - points(margins, "left") - points(margins, "right"),
    )


def _pieces(element: Any, width: float) -> Iterator[_Piece]:
    if element.tag == qn("w:p"):
        yield _paragraph(element, width)
    elif element.tag == qn("w:tbl"):
        yield from _rows(element)


def _paragraph(element: Any, width: float) -> _Piece:
    properties = element.find(qn("w:pPr"))
    style = properties.find(qn("w:pStyle")) if properties is not None else None
    name = style.get(qn("w:val")) if style is not None else "Normal"
    tall = height_of(element, name, width)
    return _Piece(
        tall.lines,
        tall.before,
        tall.after,
        keep=name in _KEPT or (properties is not None and properties.find(qn("w:keepNext")) is not None),
        fresh=properties is not None and properties.find(qn("w:pageBreakBefore")) is not None,
        line=tall.line,
        marks=tuple(mark.get(qn("w:name")) for mark in element.iter(qn("w:bookmarkStart"))),
    )


_KEPT: Final = frozenset({"Heading1", "Heading2", "Heading3", "AnnexHeading"})


def _rows(table: Any) -> Iterator[_Piece]:
    widths = [int(one.get(qn("w:w"))) for one in table.find(qn("w:tblGrid"))]
    head = 0.0
    for row in table.iter(qn("w:tr")):
        piece = _row(row, widths)
        if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None:
            head, piece.keep = piece.height, True
        else:
            piece.head = head
        yield piece


def _row(row: Any, widths: Sequence[int]) -> _Piece:
    least = row.find(f"{qn('w:trPr')}/{qn('w:trHeight')}")
    tall = int(least.get(qn("w:val"))) / 20 if least is not None else 0.0
    keep = True
    for cell, width in zip(row.iter(qn("w:tc")), widths, strict=False):
        held = [_paragraph(one, (width - _MARGINS) / 20) for one in cell.iter(qn("w:p"))]
        tall = max(tall, _stacked(held, 0.0, whole=True))
        keep = keep and all(one.keep for one in held)
    whole = row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
    return _Piece(tall + _BORDER, keep=keep and whole, line=0.0 if whole else _CELL_LINE)


def _stacked(pieces: Sequence[_Piece], space: float, *, whole: bool = False) -> float:
    """How tall they are one under the other, `space` being what the one above leaves; with what the last leaves if `whole`."""
    taken = 0.0
    for piece in pieces:
        taken += max(space, piece.before) + piece.height
        space = piece.after
    return taken + space if whole else taken


def _set(section: _Section, page: int, found: dict[str, int]) -> int:
    """Fills pages from `page` on; gives the last one."""
    taken, space, at, pieces = 0.0, 0.0, 0, section.pieces
    while at < len(pieces):
        group = _together(pieces, at, section.height)
        first, last = group[0], group[-1]
        need = _stacked(group, space)
        if first.fresh and taken:
            page, taken, need = page + 1, 0.0, _stacked(group, 0.0)
        if taken and taken + need > section.height + _SLACK:
            room = section.height - taken - max(space, first.before)
            page, taken = page + 1, 0.0
            if len(group) == 1 and _cut(first, room):
                need = first.head + first.height - room // first.line * first.line
            else:  # a page begins without the space above its first lines
                taken, need = first.head, _stacked(group, 0.0) - first.before
        for one in group:
            found.update(dict.fromkeys(one.marks, page))
        taken, space = taken + need, last.after
        while taken > section.height + _SLACK:  # taller than a page
            page, taken = page + 1, taken - section.height
        at += len(group)
    return page


def _cut(piece: _Piece, room: float) -> bool:
    if not piece.line:
        return False
    lines, above = round(piece.height / piece.line), int(room // piece.line)
    return above >= _LEAST_LINES and lines - above >= _LEAST_LINES


def _together(pieces: Sequence[_Piece], at: int, height: float) -> Sequence[_Piece]:
    """The pieces that stay on one page with this one; alone when they would not fit on any."""
    end = at
    while end < len(pieces) - 1 and pieces[end].keep and not pieces[end + 1].fresh:
        end += 1
    group = pieces[at : end + 1]
    return group if _stacked(group, 0.0) <= height else pieces[at : at + 1]
