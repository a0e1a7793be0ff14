"""How a word processor's file looks: styles, numbering of headings, headers and footers, language, properties."""

import datetime
from typing import Any, Final, NamedTuple

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


class Shape(NamedTuple):
    """How the paragraphs of a style are set: points, and lines of text to a line."""

    size: float
    bold: bool = False
    soft: bool = False
    before: float = 0
    after: float = 0
    lines: float = 1.1


_STYLES: Final = {
    "Normal": Shape(10, after=4),
    "Title": Shape(34, bold=True, before=60, after=10, lines=1),
    "Heading 1": Shape(20, bold=True, before=18, after=8),
    "Heading 2": Shape(12, bold=True, before=12, after=3),
    "Heading 3": Shape(10.5, bold=True, before=9, after=2),
    "Header": Shape(8.5, soft=True),
    "Footer": Shape(8.5, soft=True),
    "List Bullet": Shape(10, after=2),
    "Lead": Shape(12, soft=True, after=8),
    "Quoted": Shape(13, before=4, after=8),
    "Why": Shape(8.5, soft=True, before=3, after=1),
    "NoteQuote": Shape(8.5, after=1),
    "Cell": Shape(9, before=1.5, after=1.5, lines=1),
    "SmallCell": Shape(8, before=1.5, after=1.5, lines=1),
    "CellHead": Shape(8, bold=True, before=1.5, after=1.5, lines=1),
    "CellLabel": Shape(9, soft=True, before=1.5, after=1.5, lines=1),
    "ContentsTitle": Shape(20, bold=True, after=10),
    "toc 1": Shape(10.5, after=3),
}
# The same by the names that the file calls them by.
SHAPES: Final = {
    **{("TOC1" if name == "toc 1" else name.replace(" ", "")): shape for name, shape in _STYLES.items()},
    ANNEX: _STYLES["Heading 1"],
}
_NUMBERING: Final = (("Heading1", "decimal", 71), (ANNEX, "upperLetter", 72))


def dress(document: Any, outline: Outline) -> None:
    """Styles, numbering, language and properties: the same for every document but its language and its title."""
    known = {style.name for style in document.styles}
    for name, shape in _STYLES.items():
        style = (
            document.styles[name]
            if name in known
            else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name == "toc 1")
        )
        _look(style, shape)
    document.styles["toc 1"].element.set(qn("w:styleId"), "TOC1")
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
    _modern(document)


def _look(style: Any, shape: Shape) -> None:
    font, form = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = "Calibri", Pt(shape.size), shape.bold, False
    font.color.rgb = _SOFT if shape.soft else _INK
    form.space_before, form.space_after, form.line_spacing = Pt(shape.before), Pt(shape.after), shape.lines
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


def _modern(document: Any) -> None:
    """Word shows the file as one of today, not « in compatibility mode »."""
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _properties(document: Any, outline: Outline, language: str) -> None:
    held = document.core_properties
    held.title = _short(f"{outline.client} · {outline.title}")
    held.author, held.last_modified_by, held.comments, held.language = "Charnière", "Charnière", "", language
    held.created = held.modified = _MADE


def _short(text: str) -> str:
    """A property of the file: printable, 255 characters at most."""
    return "".join(c for c in text if c.isprintable())[:250]


def frame(document: Any, outline: Outline, pages: int) -> None:
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
        page = (field("PAGE", str(at + 1)), run(" / "), field("NUMPAGES", str(pages)))
        _only(section.footer, paragraph("Footer", "<w:r><w:tab/></w:r>", *page, properties=tabs))


def _only(part: Any, xml: str) -> None:
    """A header or footer with this paragraph and no other."""
    element = part._element  # the library gives its element no public name
    for old in list(element):
        element.remove(old)
    element.append(parse_xml(xml.replace("<w:p>", f"<w:p {NAMESPACE}>", 1)))
