"""A specification as a word processor's file: cover, contents with page numbers, chapters, annexes on their side."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from charniere.export.documents import wordml, wordpages, wordstyles
from charniere.export.documents.drawing import FILLS
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
from charniere.export.documents.wordpages import Pages
from charniere.export.documents.wordpictures import Pictures
from charniere.i18n import t

_FRESH: Final = frozenset({"context"})  # chapters that begin a page: the essentials have theirs to themselves
_FRESHLY: Final = "<w:pageBreakBefore/>"
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
    laid = wordpages.pages(body)
    _number(body, laid)
    wordstyles.frame(document, outline, laid.count)
    file = io.BytesIO()
    document.save(file)
    return _settled(file.getvalue())


def _number(body: Any, laid: Pages) -> None:
    """The page of each chapter in the contents, until somebody has them worked out again.

    The field is not marked as stale: that makes Word ask a question about other files before it opens this one.
    """
    for link in body.iter(qn("w:hyperlink")):
        page = laid.of.get(link.get(qn("w:anchor")))
        if page is not None:
            list(link.iter(qn("w:t")))[-1].text = str(page)


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
            wide, fresh = chapter.wide, False
        else:  # a table that fills pages on their side begins one: LibreOffice loses some that begin low on a page
            fresh = chapter.wide or chapter.key in _FRESH
        yield from _chapter(outline.lang, chapter, number, pictures, fresh=fresh)
    yield wordml.section(wide=wide)


def _turn(*, wide: bool) -> str:
    """The end of a section."""
    thin = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return f"<w:p><w:pPr>{thin}{wordml.section(wide=wide)}</w:pPr></w:p>"


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
    """The table of contents: a real field, its lines and its page numbers filled in."""
    title = run(t(outline.lang, "document.contents"))
    yield paragraph("ContentsTitle", title, properties=_FRESHLY)
    right = wordml.room(wide=False)
    tabs = f'<w:tabs><w:tab w:val="left" w:pos="567"/><w:tab w:val="right" w:pos="{right}"/></w:tabs>'
    style = "TOC1"
    for at, chapter in enumerate(outline.chapters, 1):
        begin = wordml.field_open(r'TOC \o "1-1" \h \z \u') if at == 1 else ""
        page = wordml.field(f"PAGEREF {_mark(at)} \\h", "")
        text = f"{run(chapter.number)}<w:r><w:tab/></w:r>{run(chapter.title)}<w:r><w:tab/></w:r>{page}"
        link = f'<w:hyperlink w:anchor="{_mark(at)}" w:history="1">{text}</w:hyperlink>'
        end = wordml.FIELD_END if at == len(outline.chapters) else ""
        yield paragraph(style, begin, link, end, properties=tabs)


def _mark(number: int) -> str:
    return f"_Toc{number:08d}"


def _chapter(lang: str, chapter: Chapter, number: int, pictures: Pictures, *, fresh: bool) -> Iterator[str]:
    style = "Heading1" if chapter.number.isdecimal() else wordstyles.ANNEX
    title = wordml.bookmarked(_mark(number), number, run(chapter.title))
    yield paragraph(style, title, properties=_FRESHLY if fresh else "")
    above: Block | None = None
    for block in chapter.blocks:
        turned = _FRESHLY if isinstance(above, Drawing) else ""
        if isinstance(block, Drawing):
            yield from _drawing(block, pictures, turned)
        elif turned and isinstance(block, Text):
            yield paragraph("Lead", run(block.words), properties=turned, keep=True)
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
            yield paragraph("Lead", run(words), keep=True)
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
    """An entry stays on one page unless it is too long for that."""
    keep = not entry.long
    state = run(f"  {entry.state_name}", f'{_SOFT}<w:sz w:val="17"/>') if entry.state != "proposed" else ""
    head = (run(f"{entry.code}  ", _SOFT), run(entry.label), state)
    yield paragraph("Heading3" if entry.step else "Heading2", *head)
    yield from _facts(lang, entry.facts, keep=keep)
    said = [entry.why]
    if entry.sources:
        said.append(t(lang, "document.colon", label=t(lang, "document.sources"), words=entry.sources) + ".")
    notes = [(run(f"{note.label}  ", f"<w:b/>{_SOFT}"), run(note.text)) for note in entry.notes]
    yield paragraph("Why", run(" ".join(said)), keep=keep and bool(notes))
    for at, note in enumerate(notes, 1):
        bar = _bar(entry.notes[at - 1].kind)
        yield paragraph("NoteQuote", *note, properties=bar, keep=keep and at < len(notes))


def _bar(kind: str) -> str:
    """The colour of a note beside its words, as on the wall."""
    colour = FILLS[kind][1:] if kind != "none" else "C9C1B0"
    return (
        f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="5" w:color="{colour.upper()}"/></w:pBdr>'
        '<w:ind w:left="130"/>'
    )


def _facts(lang: str, facts: tuple[Fact, ...], *, keep: bool = False) -> Iterator[str]:
    if not facts:
        return
    rows = [
        (paragraph("CellLabel", run(fact.label), keep=keep), _said(lang, fact, keep=keep)) for fact in facts
    ]
    yield wordml.table((_LABELS, wordml.room(wide=False) - _LABELS), rows, head=False)


def _said(lang: str, fact: Fact, *, keep: bool) -> str:
    out = [paragraph("Cell", run(words), keep=keep) for words in fact.words]
    if fact.default:
        out.append(paragraph("CellLabel", run(t(lang, "document.by_default")), keep=keep))
    if fact.question:
        lead = run(f"{t(lang, 'document.to_complete')}. ", "<w:b/>")
        out.append(paragraph("Cell", lead, run(fact.question), properties=_WARM, keep=keep))
    return "".join(out) or paragraph("Cell", keep=keep)


def _table(table: Table, *, wide: bool) -> str:
    widths = wordml.shares([column.width for column in table.columns], wordml.room(wide=wide))
    style = "SmallCell" if len(table.columns) >= _SMALL else "Cell"
    rows = [[paragraph("CellHead", run(column.label)) for column in table.columns]]
    rows += [[paragraph(style, run(cell)) for cell in row] for row in table.rows]
    cut = {at for at, row in enumerate(table.rows, 1) if table.tall(row)}
    return wordml.table(widths, rows, head=True, cut=cut)
