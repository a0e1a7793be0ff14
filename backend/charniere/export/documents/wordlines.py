"""How tall a paragraph of a word processor's file is: its letters measured, its lines broken where readers break them."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from docx.oxml.ns import qn

from charniere.export.documents.wordstyles import SHAPES

_NATURAL: Final = 1.2207  # height of a line of this font, for a size of 1
_UNKNOWN: Final = 1.0  # em, for letters that the font lacks: emoji, other scripts
_EMU: Final = 12_700
_PIECES: Final = re.compile(r"[^ \-]*[ \-]?")
_HANGING: Final = {
    "Heading1": 28.35,
    "AnnexHeading": 28.35,
    "ListBullet": 18.0,
}  # what a number or a bullet takes


class _Words(NamedTuple):
    text: str
    size: float
    bold: bool


class Height(NamedTuple):
    """Of a paragraph, in points: its lines, the spaces around them, one line where a page may cut it (0 where none may)."""

    lines: float
    before: float
    after: float
    line: float = 0.0


def height_of(element: Any, style: str, width: float) -> Height:
    shape = SHAPES[style]
    before, after = shape.before, shape.after
    spacing = element.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
    if spacing is not None:
        before = int(spacing.get(qn("w:before"), round(before * 20))) / 20
        after = int(spacing.get(qn("w:after"), round(after * 20))) / 20
        if spacing.get(qn("w:lineRule")) == "exact":
            return Height(int(spacing.get(qn("w:line"))) / 20, before, after)
    picture = next(element.iter(_EXTENT), None)
    line = shape.size * _NATURAL * shape.lines
    if picture is not None:
        return Height(int(picture.get("cy")) / _EMU + line * 0.2, before, after)
    count = _lines(list(_runs(element, shape.size, bold=shape.bold)), width - _HANGING.get(style, 0.0))
    return Height(count * line, before, after, line if count > 1 else 0.0)


_EXTENT: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"


def _runs(element: Any, size: float, *, bold: bool) -> Iterator[_Words]:
    for run in element.iter(qn("w:r")):
        look = run.find(qn("w:rPr"))
        own = look.find(qn("w:sz")) if look is not None else None
        strong = bold or (look is not None and look.find(qn("w:b")) is not None)
        at = int(own.get(qn("w:val"))) / 2 if own is not None else size
        for one in run:
            if one.tag == qn("w:t"):
                yield _Words(one.text or "", at, strong)
            elif one.tag == qn("w:br"):
                yield _Words("\n", at, strong)


def _lines(runs: Sequence[_Words], width: float) -> int:
    """Lines broken as soon as a word does not fit, after a space or a hyphen."""
    count, taken = 1, 0.0
    for words in runs:
        if words.text == "\n":
            count, taken = count + 1, 0.0
            continue
        for piece in _PIECES.findall(words.text):
            if not piece:
                continue
            whole = _wide(piece, words)
            seen = whole - (_wide(" ", words) if piece.endswith(" ") else 0.0)
            if taken + seen <= width:
                taken += whole
                continue
            if taken:
                count += 1
            count += max(0, int(seen // width)) if seen > width else 0
            taken = whole % width if seen > width else whole
    return count


def _wide(piece: str, words: _Words) -> float:
    letters = _letters(words.bold)
    return words.size * sum(letters.get(c, _UNKNOWN) for c in piece)


@cache
def _letters(bold: bool) -> dict[str, float]:
    """How wide each letter is, for a size of 1."""
    held = json.loads((files(__package__) / "letters.json").read_text(encoding="utf-8"))
    widths = held["bold" if bold else "regular"]
    return {letter: width / held["em"] for letter, width in zip(held["letters"], widths, strict=True)}
