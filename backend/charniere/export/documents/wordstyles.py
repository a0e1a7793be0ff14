"""How a word processor's file looks: styles, numbering of headings, headers and footers, language, properties."""

import datetime
from typing import Any, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from charniere.export.documents.parts import Outline
from charniere.export.documents.wordml import NAMESPACE, field, paragraph, room, run
from charniere.i18n import t

ANNEX: Final = "AnnexHeading"
_MADE: Final = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
_INK: Final = RGBColor(0x1C, 0x20, 0x29)
_SOFT: Final = RGBColor(0x5A, 0x60, 0x6E)
# name, size, bold, soft, space before, space after (points)
_STYLES: Final = (
    ("Normal", 10, False, False, 0, 4),
    ("Title", 34, True, False, 60, 10),
    ("Heading 1", 20, True, False, 18, 8),
    ("Heading 2", 12, True, False, 12, 3),
    ("Heading 3", 10.5, True, False, 9, 2),
    ("Header", 8.5, False, True, 0, 0),
    ("Footer", 8.5, False, True, 0, 0),
    ("List Bullet", 10, False, False, 0, 2),
    ("Lead", 12, False, True, 0, 8),
    ("Quoted", 13, False, False, 4, 8),
    ("Why", 8.5, False, True, 3, 1),
    ("NoteQuote", 8.5, False, False, 0, 1),
    ("Cell", 9, False, False, 1, 1),
    ("SmallCell", 8, False, False, 1, 1),
    ("CellHead", 8, True, False, 1, 1),
    ("CellLabel", 9, False, True, 1, 1),
    ("ContentsTitle", 20, True, False, 0, 10),
    ("toc 1", 10.5, False, False, 0, 3),
)
_NUMBERING: Final = (("Heading1", "decimal", 71), (ANNEX, "upperLetter", 72))


def dress(document: Any, outline: Outline) -> None:
    """Styles, numbering, language and properties: the same for every document but its language and its title."""
    known = {style.name for style in document.styles}
    for name, size, bold, soft, before, after in _STYLES:
        style = (
            document.styles[name]
            if name in known
            else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        )
        _look(style, size, bold, soft)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    annex = document.styles.add_style(ANNEX, WD_STYLE_TYPE.PARAGRAPH)
    annex.base_style = document.styles["Heading 1"]
    annex.next_paragraph_style = document.styles["Normal"]
    _number(document)
    language = "fr-FR" if outline.lang == "fr" else "en-GB"
    defaults = document.styles.element.find(".//" + qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(
        parse_xml(f'<w:lang {NAMESPACE} w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>')
    )
    _properties(document, outline, language)


def _look(style: Any, size: float, bold: bool, soft: bool) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = "Calibri", Pt(size), bold, False
    font.color.rgb = _SOFT if soft else _INK
    fonts = style.element.rPr.rFonts
    for attribute in [name for name in fonts.attrib if "heme" in name]:
        del fonts.attrib[attribute]
    for unwanted in ("w:pBdr", "w:tabs"):
        for old in list(style.element.iter(qn(unwanted))):
            old.getparent().remove(old)


def _number(document: Any) -> None:
    """1, 2, 3 before chapters and A, B, C before annexes: numbering of the style, not typed."""
    numbering = document.part.numbering_part.element
    first = numbering.find(qn("w:num"))
    for style, form, number in _NUMBERING:
        level = (
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style}"/>'
            '<w:lvlText w:val="%1"/>'
            '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl>'
        )
        kind = f'<w:multiLevelType w:val="singleLevel"/>{level}'
        first.addprevious(
            parse_xml(f'<w:abstractNum {NAMESPACE} w:abstractNumId="{number}">{kind}</w:abstractNum>')
        )
        numbering.append(
            parse_xml(f'<w:num {NAMESPACE} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
        )
        properties = document.styles.element.xpath(f'w:style[@w:styleId="{style}"]')[0].get_or_add_pPr()
        properties._insert_numPr(  # the library has no public way to number a style
            parse_xml(f'<w:numPr {NAMESPACE}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')
        )
        for old in properties.findall(qn("w:outlineLvl")):
            properties.remove(old)
        properties.append(parse_xml(f'<w:outlineLvl {NAMESPACE} w:val="0"/>'))


def _properties(document: Any, outline: Outline, language: str) -> None:
    held = document.core_properties
    held.title = _short(f"{outline.client} · {outline.title}")
    held.author, held.last_modified_by, held.comments, held.language = "Charnière", "Charnière", "", language
    held.created = held.modified = _MADE


def _short(text: str) -> str:
    """A property of the file: printable, 255 characters at most."""
    return "".join(c for c in text if c.isprintable())[:250]


def frame(document: Any, outline: Outline) -> None:
    """Headers and footers of every section; the cover has none."""
    for at, section in enumerate(document.sections):
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        if at == 0:
            continue
        wide = section.page_width > section.page_height
        tabs = f'<w:tabs><w:tab w:val="right" w:pos="{room(wide=wide)}"/></w:tabs>'
        left = run(t(outline.lang, "document.running", client=outline.client))
        right = run(outline.release.running)
        _only(section.header, paragraph("Header", left, "<w:r><w:tab/></w:r>", right, properties=tabs))
        page = (field("PAGE", str(at + 1)), run(" / "), field("NUMPAGES", str(len(document.sections))))
        _only(section.footer, paragraph("Footer", "<w:r><w:tab/></w:r>", *page, properties=tabs))


def _only(part: Any, xml: str) -> None:
    """A header or footer with this paragraph and no other."""
    element = part._element  # the library gives its element no public name
    for old in list(element):
        element.remove(old)
    element.append(parse_xml(xml.replace("<w:p>", f"<w:p {NAMESPACE}>", 1)))
