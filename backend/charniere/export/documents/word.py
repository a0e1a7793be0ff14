"""A specification as a word processor's file: cover, contents with page numbers, chapters, annexes on their side."""

import io
import zipfile
from collections.abc import Iterator
from typing import Final

from docx import Document
from docx.oxml import parse_xml

from charniere.export.documents import wordml, wordstyles
from charniere.export.documents.parts import (
    Block,
    Bullets,
    Chapter,
    Drawing,
    Entry,
    Fact,
    Facts,
    Outline,
    Table,
    Text,
)
from charniere.export.documents.wordml import paragraph, run
from charniere.export.documents.wordpictures import Pictures
from charniere.i18n import t

_LABELS: Final = 2200  # width of the labels before facts
_SMALL: Final = 7  # columns from which a table is set smaller
_SOFT: Final = '<w:color w:val="5A606E"/>'
_WARM: Final = '<w:shd w:val="clear" w:color="auto" w:fill="FBE6CD"/>'
_DRAWING: Final = 390.0  # points that a drawing has under the heading of a page on its side
_COVER_DRAWING: Final = 300.0
_SIGNED: Final = 640  # height of a line to sign
_MADE: Final = (1980, 1, 1, 0, 0, 0)


def write(outline: Outline) -> bytes:
    """The same outline gives the same bytes."""
    document = Document()
    wordstyles.dress(document, outline)
    body = document.element.body
    for old in list(body):
        body.remove(old)
    pieces = "".join(_body(outline, Pictures(document, outline.lang)))
    for piece in parse_xml(f"<w:body {wordml.NAMESPACE}>{pieces}</w:body>"):
        body.append(piece)
    wordstyles.frame(document, outline)
    file = io.BytesIO()
    document.save(file)
    return _settled(file.getvalue())


def _settled(data: bytes) -> bytes:
    """The same archive with no trace of when it was packed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as packed,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again,
    ):
        for name in packed.namelist():
            again.writestr(zipfile.ZipInfo(name, _MADE), packed.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _body(outline: Outline, pictures: Pictures) -> Iterator[str]:
    yield from _cover(outline, pictures)
    yield _turn(wide=False)
    yield from _release(outline)
    yield from _contents(outline)
    wide = False
    for number, chapter in enumerate(outline.chapters, 1):
        if chapter.wide != wide or number == 1:
            yield _turn(wide=wide)
            wide = chapter.wide
        yield from _chapter(outline.lang, chapter, number, pictures)
    yield wordml.section(wide=wide)


def _turn(*, wide: bool) -> str:
    """The end of a section."""
    return f"<w:p><w:pPr>{wordml.section(wide=wide)}</w:pPr></w:p>"


def _cover(outline: Outline, pictures: Pictures) -> Iterator[str]:
    """The product's name and the client's mark, the title, what the document is."""
    mark = pictures.logo(outline) or run(outline.client)
    half = wordml.room(wide=False) // 2
    right = paragraph("Normal", mark, properties='<w:jc w:val="right"/>')
    top = [paragraph("Normal", run("Charnière", "<w:b/>")), right]
    yield wordml.table((half, half), [top], head=False, lines=False)
    if outline.picture:
        drawn = pictures.drawing(outline.picture, wordml.room(wide=False) / 20, _COVER_DRAWING)
        yield paragraph("Normal", drawn, properties='<w:spacing w:before="500"/>')
    yield paragraph("Title", run(outline.title))
    yield paragraph("Lead", run(outline.subtitle))
    yield paragraph("Normal")
    yield from _facts(outline.lang, outline.cover)


def _release(outline: Outline) -> Iterator[str]:
    """Which version, who approved it, room to sign for those who have not."""
    release, lang = outline.release, outline.lang
    yield paragraph("ContentsTitle", run(t(lang, "document.release.heading")))
    yield paragraph("Lead", run(release.lead))
    yield from _facts(lang, release.facts)
    yield paragraph("Heading2", run(t(lang, "document.release.approvals")))
    widths = wordml.shares([column.width for column in release.approvals.columns], wordml.room(wide=False))
    rows = [[paragraph("CellHead", run(column.label)) for column in release.approvals.columns]]
    rows += [[paragraph("Cell", run(cell)) for cell in row] for row in release.approvals.rows]
    yield wordml.table(widths, rows, head=True, height=_SIGNED)


def _contents(outline: Outline) -> Iterator[str]:
    """The table of contents: a real field, its lines filled in; the page numbers come when the file is first opened."""
    title = run(t(outline.lang, "document.contents"))
    yield paragraph("ContentsTitle", title, properties="<w:pageBreakBefore/>")
    right = wordml.room(wide=False)
    tabs = f'<w:tabs><w:tab w:val="left" w:pos="567"/><w:tab w:val="right" w:pos="{right}"/></w:tabs>'
    style = "toc1"
    for at, chapter in enumerate(outline.chapters, 1):
        begin = wordml.field_open(f'TOC \\o "1-1" \\t "{wordstyles.ANNEX};1" \\h \\z') if at == 1 else ""
        page = wordml.field(f"PAGEREF {_mark(at)} \\h", "")
        text = f"{run(chapter.number)}<w:r><w:tab/></w:r>{run(chapter.title)}<w:r><w:tab/></w:r>{page}"
        link = f'<w:hyperlink w:anchor="{_mark(at)}" w:history="1">{text}</w:hyperlink>'
        end = wordml.FIELD_END if at == len(outline.chapters) else ""
        yield paragraph(style, begin, link, end, properties=tabs)


def _mark(number: int) -> str:
    return f"_Toc{number:08d}"


def _chapter(lang: str, chapter: Chapter, number: int, pictures: Pictures) -> Iterator[str]:
    style = "Heading1" if chapter.number.isdecimal() else wordstyles.ANNEX
    yield paragraph(style, wordml.bookmarked(_mark(number), number, run(chapter.title)))
    above: Block | None = None
    for block in chapter.blocks:
        fresh = "<w:pageBreakBefore/>" if isinstance(above, Drawing) else ""
        if isinstance(block, Drawing):
            yield from _drawing(block, pictures, fresh)
        elif fresh and isinstance(block, Text):
            yield paragraph("Lead", run(block.words), properties=fresh)
        else:
            yield from _block(lang, block, wide=chapter.wide)
        above = block


def _drawing(drawing: Drawing, pictures: Pictures, fresh: str) -> Iterator[str]:
    if drawing.title:
        yield paragraph("Heading2", run(drawing.title), properties=fresh)
        fresh = ""
    shown = pictures.drawing(drawing, wordml.room(wide=True) / 20, _DRAWING)
    yield paragraph("Normal", shown, properties=fresh)


def _block(lang: str, block: Block, *, wide: bool) -> Iterator[str]:
    match block:
        case Drawing():
            return  # set with its chapter, which knows the page
        case Text(words, "heading"):
            yield paragraph("Heading2", run(words))
        case Text(words, "quote"):
            yield paragraph("Quoted", run(words, "<w:i/>"))
        case Text(words, "lead"):
            yield paragraph("Lead", run(words))
        case Text(words):
            yield paragraph("Normal", run(words))
        case Bullets(items):
            yield from (paragraph("ListBullet", run(item)) for item in items)
        case Facts(rows):
            yield from _facts(lang, rows)
        case Entry():
            yield from _entry(lang, block)
        case Table():
            yield _table(block, wide=wide)
            yield paragraph("Normal")


def _entry(lang: str, entry: Entry) -> Iterator[str]:
    state = run(f"  {entry.state_name}", f'{_SOFT}<w:sz w:val="17"/>') if entry.state != "proposed" else ""
    head = (run(f"{entry.code}  ", _SOFT), run(entry.label), state)
    yield paragraph("Heading3" if entry.step else "Heading2", *head)
    yield from _facts(lang, entry.facts)
    said = [entry.why]
    if entry.sources:
        said.append(t(lang, "document.colon", label=t(lang, "document.sources"), words=entry.sources) + ".")
    yield paragraph("Why", run(" ".join(said)))
    for note in entry.notes:
        yield paragraph("NoteQuote", run(f"{note.label}  ", f"<w:b/>{_SOFT}"), run(note.text))


def _facts(lang: str, facts: tuple[Fact, ...]) -> Iterator[str]:
    if not facts:
        return
    rows = [(paragraph("CellLabel", run(fact.label)), _said(lang, fact)) for fact in facts]
    yield wordml.table((_LABELS, wordml.room(wide=False) - _LABELS), rows, head=False)


def _said(lang: str, fact: Fact) -> str:
    out = [paragraph("Cell", run(words)) for words in fact.words]
    if fact.default:
        out.append(paragraph("CellLabel", run(t(lang, "document.by_default"))))
    if fact.question:
        lead = run(f"{t(lang, 'document.to_complete')}. ", "<w:b/>")
        out.append(paragraph("Cell", lead, run(fact.question), properties=_WARM))
    return "".join(out) or paragraph("Cell")


def _table(table: Table, *, wide: bool) -> str:
    widths = wordml.shares([column.width for column in table.columns], wordml.room(wide=wide))
    style = "SmallCell" if len(table.columns) >= _SMALL else "Cell"
    rows = [[paragraph("CellHead", run(column.label)) for column in table.columns]]
    rows += [[paragraph(style, run(cell)) for cell in row] for row in table.rows]
    return wordml.table(widths, rows, head=True)
