"""The typesetter: the fonts that it is given, and drawings made into pictures. What is typeset is in `printed`."""

from functools import cache
from importlib.resources import as_file, files
from typing import Final

import typst

LONG_AGO: Final = 946_684_800  # 1 January 2000: a file says nothing of when it was made
_PICTURE: Final = b"""#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg")"""
_DOTS: Final = 160.0  # to the inch


@cache
def fonts() -> typst.Fonts:
    """The fonts that come with the product, and no other: the same pages on every machine."""
    with as_file(files("charniere") / "fonts") as folder:
        return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])


def png(svg: str) -> bytes:
    """A drawing as a picture, for whoever cannot read drawings. The same drawing gives the same bytes."""
    made: bytes = typst.compile(
        _PICTURE, format="png", ppi=_DOTS, font_paths=fonts(), sys_inputs={"svg": svg}, timestamp=LONG_AGO
    )
    return made
