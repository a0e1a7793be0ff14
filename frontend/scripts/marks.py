"""Makes src/theme/marks.ttf: the kinds and moods of theme/icons.svg as letters, for the notes of the wall.

A large board has thousands of these marks; a letter costs the page no element, and is drawn once for all. To make the font anew
after a change of these icons: `pip install fonttools skia-pathops`, then `python frontend/scripts/marks.py`. The font carries the
digest of what it was made of, and a test compares it.
"""

import hashlib
import re
from pathlib import Path

THEME = Path(__file__).resolve().parents[1] / "src" / "theme"
FONT = THEME / "marks.ttf"
# letter → icon, width of its stroke on the grid of 24; src/theme/marks.css names the letters
KINDS = ("none", "touchpoint", "irritant", "delight", "breakpoint", "need", "opportunity", "action")
MOODS = ("m2", "m1", "0", "p1", "p2")
MARKS = {
    **{0xE000 + index: (kind, 2.0) for index, kind in enumerate(KINDS)},
    **{0xE010 + index: (f"mood-{mood}", 2.25) for index, mood in enumerate(MOODS)},
}
GRID = 24
UNITS = 40  # of the font, for one of the grid
MITRE = 4.0


def sources() -> dict[int, str]:
    """What each letter is drawn from."""
    drawn = dict(re.findall(r'<symbol id="i-([^"]+)"[^>]*>(.*?)</symbol>', (THEME / "icons.svg").read_text()))
    return {letter: drawn[icon] for letter, (icon, _) in MARKS.items()}


def digest() -> str:
    """SHA-256 of what the font is made of, and how."""
    made = repr([(letter, *MARKS[letter], source) for letter, source in sources().items()])
    return hashlib.sha256(f"{GRID} {UNITS} {made}".encode()).hexdigest()


def main() -> None:
    import pathops
    from fontTools.fontBuilder import FontBuilder
    from fontTools.misc.transform import Transform
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.svgLib.path import SVGPath

    def outline(source: str, stroke: float) -> pathops.Path:
        """Every shape of the icon, its stroke laid out as a surface."""
        surfaces = []
        for shape in re.findall(r"<\w+[^>]*/>", source):
            path = pathops.Path()
            SVGPath.fromstring(f"<svg>{shape}</svg>".encode()).draw(path.getPen(glyphSet=None))
            if 'fill="currentColor"' in shape:
                surfaces.append(pathops.Path(path))
            if 'stroke="none"' in shape:
                continue
            dashes = re.search(r'stroke-dasharray="([^"]+)"', shape)
            path.stroke(
                stroke,
                pathops.LineCap.ROUND_CAP,
                pathops.LineJoin.ROUND_JOIN,
                MITRE,
                dash_array=[float(one) for one in dashes[1].split()] if dashes else None,
            )
            path.convertConicsToQuads()
            surfaces.append(path)
        whole = pathops.Path()
        for surface in surfaces:
            whole = pathops.op(whole, surface, pathops.PathOp.UNION)
        return whole

    flip = Transform(UNITS, 0, 0, -UNITS, 0, GRID * UNITS)
    glyphs = {".notdef": TTGlyphPen(None).glyph()}
    for letter, source in sources().items():
        pen = TTGlyphPen(None)
        outline(source, MARKS[letter][1]).draw(TransformPen(Cu2QuPen(pen, 1.0, reverse_direction=True), flip))
        glyphs[f"uni{letter:04X}"] = pen.glyph()
    em = GRID * UNITS
    font = FontBuilder(em, isTTF=True)
    font.setupGlyphOrder(list(glyphs))
    font.setupCharacterMap({letter: f"uni{letter:04X}" for letter in MARKS})
    font.setupGlyf(glyphs)
    font.setupHorizontalMetrics(
        {name: (em, glyph.xMin if glyph.numberOfContours else 0) for name, glyph in glyphs.items()}
    )
    font.setupHorizontalHeader(ascent=em, descent=0)
    font.setupNameTable({"familyName": "Charniere Marks", "styleName": "Regular", "version": digest()})
    font.setupOS2(sTypoAscender=em, sTypoDescender=0, usWinAscent=em, usWinDescent=0)
    font.setupPost(keepGlyphNames=False)
    font.font["head"].created = font.font["head"].modified = 0  # the same icons give the same file
    font.font.recalcTimestamp = False
    font.save(FONT)


if __name__ == "__main__":
    main()
