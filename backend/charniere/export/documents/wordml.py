"""The small pieces of a word processor's file: paragraphs, tables, fields, sections, as XML. Every word is escaped here."""

import re
from collections.abc import Collection, Sequence
from typing import Final
from xml.sax.saxutils import escape

from charniere.export.documents.typography import solid

NAMESPACE: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PORTRAIT: Final = (11906, 16838)  # A4, in twentieths of a point
MARGIN: Final = 1134
_NO_XML: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LINES: Final = re.compile("[\n\x0b\u2028\u2029]")


def clean(text: str) -> str:
    """Words without the characters that XML has not."""
    return _NO_XML.sub(" ", text)


def words(text: str) -> str:
    """Words as XML characters."""
    return escape(solid(clean(text)))


def run(text: str, properties: str = "") -> str:
    """Words with one look; a line break stays one."""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{words(line)}</w:t>' for line in _LINES.split(text))
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{lines}</w:r>"


def paragraph(style: str, *runs: str, properties: str = "", keep: bool = False) -> str:
    """`keep` holds it on the page of what follows."""
    kept = "<w:keepNext/><w:keepLines/>" if keep else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}{properties}</w:pPr>{"".join(runs)}</w:p>'


def bookmarked(name: str, number: int, inner: str) -> str:
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f'{start}{inner}<w:bookmarkEnd w:id="{number}"/>'


def field(instruction: str, shown: str) -> str:
    """A field with what it shows until somebody's word processor works it out."""
    return f"{field_open(instruction)}{run(shown)}{FIELD_END}"


def field_open(instruction: str) -> str:
    """The beginning of a field that holds paragraphs; FIELD_END closes it."""
    code = f'<w:r><w:instrText xml:space="preserve"> {words(instruction)} </w:instrText></w:r>'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{code}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


FIELD_END: Final = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def section(*, wide: bool) -> str:
    """The properties of a section: A4, upright or on its side."""
    width, height = reversed(PORTRAIT) if wide else PORTRAIT
    side = ' w:orient="landscape"' if wide else ""
    m = MARGIN
    return (
        f'<w:sectPr {NAMESPACE}><w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{side}/>'
        f'<w:pgMar w:top="{m + 300}" w:right="{m}" w:bottom="{m}" w:left="{m}" '
        'w:header="600" w:footer="500" w:gutter="0"/></w:sectPr>'
    )


def room(*, wide: bool) -> int:
    """How wide a text may be."""
    return (PORTRAIT[1] if wide else PORTRAIT[0]) - 2 * MARGIN


def table(
    widths: Sequence[int],
    rows: Sequence[Sequence[str]],
    *,
    head: bool,
    lines: bool = True,
    height: int = 0,
    cut: Collection[int] = (),
) -> str:
    """Rows of cells; a cell is paragraphs as XML. Widths stand on the grid and on every cell: readers differ.

    `height` is the least that a row takes, the head excepted. `cut` are the rows that may go on on the next page: one that
    is taller than a page and may not is lost to some readers.
    """
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    ruled = '<w:bottom w:val="single" w:sz="4" w:color="E2DAC8"/><w:insideH w:val="single" w:sz="4" w:color="E2DAC8"/>'
    borders = f"<w:tblBorders>{ruled}</w:tblBorders>" if lines else ""
    margins = '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
    properties = (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders}'
        f'<w:tblLayout w:type="fixed"/>{margins}</w:tblPr>'
    )
    body = "".join(
        _row(widths, row, head=head and at == 0, height=0 if head and at == 0 else height, cut=at in cut)
        for at, row in enumerate(rows)
    )
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def _row(widths: Sequence[int], cells: Sequence[str], *, head: bool, height: int, cut: bool) -> str:
    tall = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    whole = "" if cut else "<w:cantSplit/>"
    repeated = "<w:tblHeader/>" if head else ""
    dark = '<w:shd w:val="clear" w:color="auto" w:fill="F1ECE0"/>' if head else ""
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{dark}</w:tcPr>{cell}</w:tc>'
        for width, cell in zip(widths, cells, strict=True)
    )
    return f"<w:tr><w:trPr>{whole}{tall}{repeated}</w:trPr>{inside}</w:tr>"


def shares(weights: Sequence[int], whole: int) -> list[int]:
    """Widths in proportion, the last taking what rounding left."""
    total = sum(weights)
    out = [weight * whole // total for weight in weights]
    out[-1] += whole - sum(out)
    return out
