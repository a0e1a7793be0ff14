"""Pictures in a word processor's file: the parts that hold their bytes, and the drawing that shows them where they stand."""

from typing import Any, Final
from xml.sax.saxutils import quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from charniere.export.documents.parts import Drawing, Outline
from charniere.export.documents.typeset import png
from charniere.export.documents.wordml import clean
from charniere.i18n import t

_EMU: Final = 12_700  # of them in a point
_MAIN: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_ALTERNATIVE_MOST: Final = 1500


class Pictures:
    """The pictures of one document, numbered as they come."""

    def __init__(self, document: Any, lang: str) -> None:
        self._document, self._lang, self._number = document, lang, 0

    def logo(self, outline: Outline) -> str:
        logo = outline.release.logo
        if logo is None:
            return ""
        self._number += 1
        ending = logo.media_type.rpartition("/")[2]
        shown = _add(self._document, f"logo.{ending}", logo.media_type, logo.data)
        said = t(self._lang, "document.logo", client=outline.client)
        return _inline(self._number, shown, logo.within(180, 56), said)

    def drawing(self, drawing: Drawing, width: float, height: float) -> str:
        """As SVG, and as a picture for word processors that do not read it."""
        self._number += 1
        name = f"drawing{self._number}"
        shown = _add(self._document, f"{name}.png", "image/png", png(drawing.svg))
        vector = _add(self._document, f"{name}.svg", "image/svg+xml", drawing.svg.encode())
        scale = min(width / drawing.width, height / drawing.height, 1)
        size = (drawing.width * scale, drawing.height * scale)
        return _inline(self._number, shown, size, drawing.alternative, vector)


def _add(document: Any, name: str, media_type: str, data: bytes) -> str:
    """Puts the bytes in the file and gives the id that a drawing calls them by."""
    part = Part(PackURI(f"/word/media/{name}"), media_type, data, document.part.package)
    identity: str = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    return identity


def _inline(number: int, shown: str, size: tuple[float, float], alternative: str, vector: str = "") -> str:
    """A run with the picture, `size` in points. `vector` is the same picture as SVG, for those who can draw it."""
    width, height = (round(side * _EMU) for side in size)
    said = quoteattr(clean(alternative)[:_ALTERNATIVE_MOST])
    drawn = ""
    if vector:
        drawn = (
            '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">'
            '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
            f'r:embed="{vector}"/></a:ext></a:extLst>'
        )
    frame = (
        f'<pic:pic xmlns:pic="{_PICTURE}"><pic:nvPicPr><pic:cNvPr id="{number}" name="Image {number}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{shown}">{drawn}</a:blip><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        f'xmlns:a="{_MAIN}"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="Image {number}" descr={said}/>'
        f'<a:graphic><a:graphicData uri="{_PICTURE}">{frame}</a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
