"""Words in a drawing: escaped, and cut to the room that they have. Widths are those of common letters, near enough to fit."""

from typing import Final

from charniere.export.documents.wordml import words

_NARROW: Final = frozenset("ijlI.,;:!|'’()[] \u00a0\u202ftfr-")
_BROAD: Final = frozenset("mwMW@%&—")


def text(
    said: str, x: float, y: float, size: float, ink: str, *, anchor: str = "start", weight: int = 400
) -> str:
    """One line; `y` is where the letters stand."""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    bold = "" if weight == 400 else f' font-weight="{weight}"'
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size:.2f}" fill="{ink}"{place}{bold}>{words(said)}</text>'
    )


def wide(said: str, size: float) -> float:
    """About how many points the words take."""
    return size * sum(_letter(c) for c in said)


def _letter(c: str) -> float:
    if c in _NARROW:
        return 0.34
    if c in _BROAD or ord(c) > 0x2E80:
        return 0.95
    return 0.7 if c.isupper() else 0.58


def fitted(said: str, room: float, size: float, lines: int) -> list[str]:
    """The words on so many lines at most, the rest cut with an ellipsis."""
    out = [""]
    for word in said.split():
        longer = f"{out[-1]} {word}".strip()
        if wide(longer, size) <= room or not out[-1]:
            out[-1] = longer
        elif len(out) < lines:
            out.append(word)
        else:
            out[-1] = f"{longer}…"
            break
    return [_cut(line, room, size) for line in out]


def _cut(line: str, room: float, size: float) -> str:
    if wide(line, size) <= room:
        return line
    while len(line) > 1 and wide(line, size) > room - size:
        line = line[:-1]
    return f"{line.rstrip()}…"
