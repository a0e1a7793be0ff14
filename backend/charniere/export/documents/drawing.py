"""The wall and its curve as SVG: vector, without script, style sheet or address, words escaped. One drawing for every format.

Sides and letters are in points. A kind is told by its colour and by its shape.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from charniere.export.documents.curve import STEP, smooth, spread
from charniere.export.documents.parts import Drawing
from charniere.export.documents.svgwords import fitted, text, wide
from charniere.export.documents.wall import Mark, Wall, alternative, felt
from charniere.i18n import t

WIDTH: Final = 760.0
INK, SOFT, LINE, BRASS, PAPER = "#1c2029", "#5a606e", "#e2dac8", "#d9a441", "#faf7f0"
FILLS: Final = {
    "touchpoint": "#8fb0d0", "irritant": "#dd7a56", "delight": "#74ab72", "breakpoint": "#6a1420",
    "need": "#9c84c0", "opportunity": "#e0b93c", "action": INK, "none": "#ffffff",
}  # fmt: skip
_PALE: Final = frozenset({"breakpoint", "action"})  # whose number is white
_NAMES: Final = 112.0  # the column of channels
_HEAD: Final = 30.0
_ROOM: Final = 262.0  # what the rows may take for the whole to stand on a page
_PAD: Final = 4.0
_FOOT: Final = 82.0
_UNIT: Final = 15.0  # points for a degree of emotion
_LEGEND: Final = 20.0


class _Size(NamedTuple):
    """A mark, and its number's letters; 0 when there is no room for one."""

    width: float
    height: float
    letters: float
    gap: float


_SIZES: Final = (
    _Size(18, 11, 7, 2.5), _Size(16, 10, 6.5, 2.2), _Size(14, 8.6, 5.8, 2), _Size(12, 7.4, 5, 1.6), _Size(8, 6, 0, 1.5),
    _Size(6, 5, 0, 1.3), _Size(4.5, 4, 0, 1), _Size(3, 3, 0, 0.8),
)  # fmt: skip


def journey(wall: Wall, lang: str) -> Drawing | None:
    """Channels and stages with every note, the curve under them. None for a board without rows or columns."""
    if not wall.stages or not wall.channels:
        return None
    column = (WIDTH - _NAMES) / len(wall.stages)
    size = _size(wall, column)
    rows = _rows(wall, column, size)
    bottom = _HEAD + sum(rows)
    height = bottom + _FOOT + _LEGEND
    pieces = [
        *_heads(wall, column),
        *_grid(wall, column, rows, size),
        *_curve(wall, column, bottom + 10, lang),
        *_legend(wall, height - 6, lang),
    ]
    return Drawing(_svg(WIDTH, height, pieces), WIDTH, height, alternative(wall, lang), wall.title)


def cover(wall: Wall, lang: str, width: float, tallest: float) -> Drawing | None:
    """The board from afar, small papers without numbers; None when it would not fit."""
    used = [row for row in wall.cells if any(row)]
    if not used or len(wall.stages) > 14:
        return None
    column = width / len(wall.stages)
    size = _Size(9, 6.5, 0, 3)
    rows = [max(24.0, _needed(row, column, size)) for row in used]
    height = sum(rows) + 16
    if height > tallest:
        return None
    pieces = list(_cells(used, 0, 0, column, rows, size))
    for at, name in enumerate(wall.stages):
        said = fitted(name, column - 6, 7.5, 1)[0]
        pieces.append(text(said, at * column + 3, height - 3, 7.5, SOFT))
    said = t(lang, "document.map.cover", notes=wall.placed, channels=len(used), stages=len(wall.stages))
    return Drawing(_svg(width, height, pieces), width, height, said, wall.title)


def _svg(width: float, height: float, pieces: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}" height="{_n(height)}" '
        f'viewBox="0 0 {_n(width)} {_n(height)}" font-family="Inter, Calibri, Arial, sans-serif">'
        f"{''.join(pieces)}</svg>"
    )


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _fit(column: float, size: _Size) -> int:
    return max(1, int((column - 2 * _PAD + size.gap) // (size.width + size.gap)))


def _needed(row: Sequence[Sequence[Mark] | None], column: float, size: _Size) -> float:
    lines = max((-(-len(cell or ()) // _fit(column, size)) for cell in row), default=0)
    return 2 * _PAD + lines * (size.height + size.gap) - size.gap if lines else 2 * _PAD


def _rows(wall: Wall, column: float, size: _Size) -> list[float]:
    """Each row as tall as its fullest cell, and its name; what is left of the page is shared out."""
    least = [8.0 + 9 * len(fitted(name, _NAMES - 28, 8, 2)) for name in wall.channels]
    tall = [max(low, _needed(row, column, size)) for low, row in zip(least, wall.cells, strict=True)]
    spare = max(0.0, min(_ROOM - sum(tall), 8.0 * len(tall)))
    return [one + spare / len(tall) for one in tall]


def _size(wall: Wall, column: float) -> _Size:
    """The largest marks with which the rows fit; the smallest when none do: the page then shows the whole smaller."""
    for size in _SIZES:
        tall = [_needed(row, column, size) for row in wall.cells]
        names = [8.0 + 9 * len(fitted(name, _NAMES - 28, 8, 2)) for name in wall.channels]
        if sum(map(max, tall, names)) <= _ROOM and size.width <= column - 2 * _PAD:
            return size
    return _SIZES[-1]


def _heads(wall: Wall, column: float) -> Iterator[str]:
    for at, name in enumerate(wall.stages):
        x = _NAMES + at * column
        lines = fitted(name, column - 26, 8.5, 2)
        for i, line in enumerate(lines):
            yield text(line, x + _PAD, _HEAD - 7 - 10 * (len(lines) - 1 - i), 8.5, INK, weight=600)
        yield text(str(wall.count(at)), x + column - _PAD, _HEAD - 7, 7.5, SOFT, anchor="end")


def _grid(wall: Wall, column: float, rows: Sequence[float], size: _Size) -> Iterator[str]:
    y = _HEAD
    for name, tall, row in zip(wall.channels, rows, wall.cells, strict=True):
        lines = fitted(name, _NAMES - 28, 8, 2)
        first = y + tall / 2 + 3 - 4.5 * (len(lines) - 1)
        for i, line in enumerate(lines):
            yield text(line, 0, first + 9 * i, 8, INK)
        held = sum(len(cell or ()) for cell in row)
        if held:
            yield text(str(held), _NAMES - 6, y + tall / 2 + 3, 7.5, SOFT, anchor="end")
        y += tall
    yield from _cells(wall.cells, _NAMES, _HEAD, column, rows, size)


def _cells(
    cells: Sequence[Sequence[Sequence[Mark] | None]],
    left: float,
    top: float,
    column: float,
    rows: Sequence[float],
    size: _Size,
) -> Iterator[str]:
    """Lines, then the marks of each cell, as many on a line as there is room for."""
    columns = max(map(len, cells))
    right, bottom = left + columns * column, top + sum(rows)
    fit = _fit(column, size)
    y = top
    for row, tall in zip(cells, rows, strict=True):
        yield _line(left, y, right, y)
        for at, cell in enumerate(row):
            x = left + at * column
            if cell is None:  # declared empty
                yield _line(x + column / 2 - 4, y + tall / 2, x + column / 2 + 4, y + tall / 2, "#b9b09b")
                continue
            for i, mark in enumerate(cell):
                place = (
                    x + _PAD + i % fit * (size.width + size.gap),
                    y + _PAD + i // fit * (size.height + size.gap),
                )
                yield _mark(mark, *place, size)
        y += tall
    yield _line(left, bottom, right, bottom)
    for at in range(columns + 1):
        yield _line(left + at * column, top, left + at * column, bottom)


def _line(x1: float, y1: float, x2: float, y2: float, ink: str = LINE) -> str:
    return f'<path d="M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}" stroke="{ink}" stroke-width="0.75" fill="none"/>'


def _mark(mark: Mark, x: float, y: float, size: _Size) -> str:
    out = _shape(mark.kind, x, y, size.width, size.height)
    letters = min(size.letters, (size.width - 2) / (0.62 * len(str(mark.number))))
    if letters >= 4:
        ink = "#ffffff" if mark.kind in _PALE else INK
        middle = y + size.height / 2 + letters * 0.36
        out += text(str(mark.number), x + size.width / 2, middle, letters, ink, anchor="middle", weight=500)
    if mark.truth:
        out += lozenge(x + size.width, y, min(3.2, size.height * 0.36))
    return out


def lozenge(x: float, y: float, half: float) -> str:
    h = _n(half)
    d = f"M{_n(x)} {_n(y - half)}l{h} {h}-{h} {h}-{h}-{h}z"
    return f'<path d="{d}" fill="{BRASS}" stroke="{INK}" stroke-width="0.7"/>'


def _shape(kind: str, x: float, y: float, w: float, h: float) -> str:
    fill = f'fill="{FILLS[kind]}"'
    if kind in ("touchpoint", "delight", "action", "none"):
        radius = {"touchpoint": 1.6, "delight": h / 2}.get(kind, 0)
        outline = f' stroke="{SOFT}" stroke-width="0.7" stroke-dasharray="1.5 1"' if kind == "none" else ""
        return (
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(w)}" height="{_n(h)}" rx="{_n(min(radius, w / 2))}" '
            f"{fill}{outline}/>"
        )
    points = " ".join(f"{_n(x + a)},{_n(y + b)}" for a, b in _CORNERS[kind](w, h, min(h / 3, w / 4)))
    return f'<polygon points="{points}" {fill}/>'


_Corners = Callable[[float, float, float], tuple[tuple[float, float], ...]]
_CORNERS: Final[dict[str, _Corners]] = {
    "irritant": lambda w, h, c: ((c, 0), (w - c, 0), (w, h / 2), (w - c, h), (c, h), (0, h / 2)),
    "breakpoint": lambda w, h, c: ((c, 0), (w, 0), (w - c, h), (0, h)),
    "need": lambda w, h, c: ((0, 0), (w - c, 0), (w, c), (w, h), (0, h)),
    "opportunity": lambda w, h, c: (
        (c, 0), (w - c, 0), (w, c), (w, h - c), (w - c, h), (c, h), (0, h - c), (0, c),
    ),
}  # fmt: skip


def _curve(wall: Wall, column: float, top: float, lang: str) -> Iterator[str]:
    """Above zero in green, below in red, the touchpoints that it is made of, the mean of each stage."""
    middle = top + 2 * _UNIT + 3
    left, right = _NAMES, _NAMES + column * len(wall.stages)
    yield text(t(lang, "board.curve"), 0, middle + 3, 8, INK)
    for degree in (2, 0, -2):
        y = middle - degree * _UNIT
        sign = "+" if degree > 0 else "\u2212" if degree else ""
        yield text(f"{sign}{abs(degree)}", left - 6, y + 2.5, 7, SOFT, anchor="end")
        yield _line(left, y, right, y, "#b9b09b" if degree == 0 else LINE)
    dots = spread(wall.felt)
    points = smooth(dots, len(wall.stages))
    if points:
        for fill, keep in (("#d8ecd4", max), ("#f8cdb9", min)):
            side = [(x, keep(height, 0.0)) for x, height in points]
            d = _path([(0.0, 0.0), *side, (points[-1][0], 0.0)], column, middle)
            yield f'<path d="{d}Z" fill="{fill}"/>'
    for at in range(len(wall.stages) + 1):
        x = left + at * column
        yield _line(x, middle - 2 * _UNIT, x, middle + 2 * _UNIT)
    for dot in dots:
        if not dot.truth:
            x, y = left + dot.x * column, middle - dot.emotion * _UNIT
            yield f'<circle cx="{_n(x)}" cy="{_n(y)}" r="1.6" fill="{SOFT}"/>'
    if points:
        d = _path(points[:: 1 if len(points) < 40 * STEP else 3], column, middle)
        yield f'<path d="{d}" fill="none" stroke="{INK}" stroke-width="1.4" stroke-linejoin="round"/>'
    for dot in dots:
        if dot.truth:
            yield lozenge(left + dot.x * column, middle - dot.emotion * _UNIT, 3.4)
    for at in range(len(wall.stages)):
        if wall.felt[at]:
            yield text(
                felt(wall, at, lang), left + at * column + 4, middle - 2 * _UNIT - 5, 7.5, INK, weight=600
            )


def _path(points: Sequence[tuple[float, float]], column: float, middle: float) -> str:
    return "".join(
        f"{'L' if i else 'M'}{_n(_NAMES + x * column)} {_n(middle - height * _UNIT)}"
        for i, (x, height) in enumerate(points)
    )


def _legend(wall: Wall, y: float, lang: str) -> Iterator[str]:
    """What shapes mean, with how many there are."""
    said = [(kind, f"{t(lang, f'kind.{kind}')} {count}") for kind, count in wall.kinds.items()]
    if wall.truths:
        said.append(("", f"{t(lang, 'document.map.truth')} {wall.truths}"))
    taken = sum(16 + wide(words, 7.5) for _, words in said)
    between = min(14.0, (WIDTH - taken) / max(1, len(said) - 1))
    x = 0.0
    for kind, words in said:
        yield _shape(kind, x, y - 7, 12, 7.5) if kind else lozenge(x + 7, y - 3.2, 3.6)
        yield text(words, x + 16, y - 0.5, 7.5, SOFT)
        x += 16 + wide(words, 7.5) + between
