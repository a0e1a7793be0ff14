"""What an import has to say: oddities, each a code with its parameters, and what became of the rows.

Sentences are in the catalogues under `import.<code>`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

from charniere.domain.boardfile import BoardFile

# `kept`: words that no field could hold are beside the note. `read`: something was understood in a way worth checking.
# `refused`: the row is not on the board. `look`: it is, as written, and the facilitator may want to do something about it.
Level: TypeAlias = Literal["kept", "read", "refused", "look"]


class Oddity(NamedTuple):
    """One thing to look at. `row` counts as a spreadsheet does, from 1; 0 is the file as a whole."""

    code: str
    row: int = 0
    ref: str = ""
    level: Level = "read"
    params: Mapping[str, str | int] = MappingProxyType({})


class Imported(NamedTuple):
    """A board file and how it came to be."""

    file: BoardFile
    oddities: tuple[Oddity, ...]
    rows: int  # rows of the file that held something
    refused: int
    encoding: str
    delimiter: str


def odd(code: str, row: int = 0, ref: str = "", level: Level = "read", **params: str | int) -> Oddity:
    return Oddity(code, row, ref, level, {k: _short(v) for k, v in params.items()})


def _short(value: str | int) -> str | int:
    """Long cells are quoted by their beginning: the whole is on the board."""
    if isinstance(value, int):
        return value
    line = " ".join(value.split())
    return line if len(line) <= 80 else line[:79] + "…"
