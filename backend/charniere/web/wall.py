"""The drawing beside the way in: an invented wall, the same for everybody. It never shows a real one."""

from typing import Final

_KINDS: Final = {
    "t": "touchpoint",
    "i": "irritant",
    "d": "delight",
    "b": "breakpoint",
    "n": "need",
    "o": "opportunity",
    "a": "action",
}
# one word per cell, one letter per note; six stages a row
_DRAWN: Final = """
tttin ttbinn tito . . t
. ttiaotn tiitb titd td tbti
tt t . . . .
tit t . . . t
ti ttiid t t tti i
. . tdtitno tinb t tt
tnt t tn . . to
. . . t titttinbi .
tiaaa niaaaaia iitaaaan iaataai iaaiaaa iaoaan
tti tin td t . to
. tii nt tbi tta .
t . td tno i tt
"""

WALL: Final[tuple[tuple[str, ...], ...]] = tuple(
    tuple(_KINDS[letter] for letter in cell if letter != ".") for cell in _DRAWN.split()
)
