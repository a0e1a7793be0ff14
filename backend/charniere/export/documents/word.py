"""A specification as a word processor's file: cover, contents with page numbers, chapters, annexes on their side."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from docx import Document
from docx.oxml import parse_xml

from charniere.export.documents import wordml, wordpictures, wordstyles
from charniere.export.documents.parts import Block, Bullets, Chapter, Entry, Fact, Facts, Outline, Table, Text
from charniere.export.documents.wordml import paragraph, run
from charniere.i18n import t

_LABELS: Final = 2200  # width of the labels before facts
_SMALL: Final = 7  # columns from which a table is set smaller
_SOFT: Final = '<w:color w:val="5A606E"/>'
_WARM: Final = '<w:shd w:val="clear" w:color="auto" w:fill="FBE6CD"/>'
_SIGNED: Final = 640  # height of a line to sign
_MADE: Final = (1980, 1, 1, 0, 0, 0)


def write(outline: Outline) -> bytes:
    """The same outline gives the same bytes."""
    document = Document()
    wordstyles.dress(document, outline)
    body = document.element.body
    for old in list(body):
        body.remove(old)
    pieces = "".join(_body(outline, _logo(document, outline)))
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


def _body(outline: Outline, logo: str) -> Iterator[str]:
    yield from _cover(outline, logo)
    yield _turn(wide=False)
    yield from _release(outline)
    yield from _contents(outline)
    wide = False
    for number, chapter in enumerate(outline.chapters, 1):
        if chapter.wide != wide or number == 1:
            yield _turn(wide=wide)
            wide = chapter.wide
        yield from _chapter(outline.lang, chapter, number)
    yield wordml.section(wide=wide)


def _logo(document: Any, outline: Outline) -> str:
    logo = outline.release.logo
    if logo is None:
        return ""
    ending = logo.media_type.rpartition("/")[2]
    shown = wordpictures.add(document, f"logo.{ending}", logo.media_type, logo.data)
    alternative = t(outline.lang, "document.logo", client=outline.client)
    return wordpictures.inline(1, shown, logo.within(180, 56), alternative)


def _turn(*, wide: bool) -> str:
    """The end of a section."""
    return f"<w:p><w:pPr>{wordml.section(wide=wide)}</w:pPr></w:p>"


def _cover(outline: Outline, logo: str) -> Iterator[str]:
    """The product's name and the client's mark, the title, what the document is."""
    mark = logo or run(outline.client)
    half = wordml.room(wide=False) // 2
    right = paragraph("Normal", mark, properties='<w:jc w:val="right"/>')
    top = [paragraph("Normal", run("Charnière", "<w:b/>")), right]
    yield wordml.table((half, half), [top], head=False, lines=False)
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


def _chapter(lang: str, chapter: Chapter, number: int) -> Iterator[str]:
    style = "Heading1" if chapter.number.isdecimal() else wordstyles.ANNEX
    yield paragraph(style, wordml.bookmarked(_mark(number), number, run(chapter.title)))
    for block in chapter.blocks:
        yield from _block(lang, block, wide=chapter.wide)


def _block(lang: str, block: Block, *, wide: bool) -> Iterator[str]:
    match block:
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
