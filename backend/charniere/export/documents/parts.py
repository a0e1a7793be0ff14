"""What a document is made of: chapters of texts, facts, entries and tables. Plain words only, in the document's language.

No format lives here: every word is data to whoever sets it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

_LETTERS: Final = 52  # on a line of an entry
_ACROSS: Final = 105  # letters on a line of a table as wide as a page, and of one on its side
_ACROSS_WIDE: Final = 170
_ROW_LINES: Final = 18
_LINES: Final = 34  # of an entry that one page still holds, with its title


@dataclass(frozen=True)
class NoteCard:
    """A note quoted beside what it justifies."""

    label: str  # n° 42
    kind: str
    text: str


@dataclass(frozen=True)
class Fact:
    """An attribute in words. `question` is asked where nobody said it; `default` marks what the method proposes."""

    label: str
    words: tuple[str, ...] = ()
    question: str = ""
    default: bool = False


@dataclass(frozen=True)
class Entry:
    """One item of the specification, or one stage of a pipeline (`step`)."""

    code: str
    label: str
    state: str
    state_name: str
    facts: tuple[Fact, ...]
    why: str
    sources: str
    notes: tuple[NoteCard, ...] = ()
    step: bool = False

    @property
    def long(self) -> bool:
        """Too long to be kept on one page: about the lines that it takes, in the narrowest format."""
        said = [words for fact in self.facts for words in (*fact.words, fact.question) if words]
        return sum(-(-len(words) // _LETTERS) for words in said) + len(self.sources) // 90 > _LINES


@dataclass(frozen=True)
class Text:
    """A paragraph. `kind` is one of lead, text, quote, heading."""

    words: str
    kind: str = "text"


@dataclass(frozen=True)
class Bullets:
    """A short list."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Labels and what stands against them."""

    rows: tuple[Fact, ...]


@dataclass(frozen=True)
class Column:
    """A column: what it is called in the code, its heading, its width relative to the others."""

    key: str
    label: str
    width: int = 10


@dataclass(frozen=True)
class Table:
    """Rows of words under columns. `wide` asks for a page on its side."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: bool = False

    def tall(self, row: Sequence[str]) -> bool:
        """Whether a row takes so much of a page that it may go on on the next one."""
        whole = sum(column.width for column in self.columns)
        across = _ACROSS_WIDE if self.wide else _ACROSS
        for column, cell in zip(self.columns, row, strict=True):
            letters = max(4, column.width * across // whole)
            if sum(-(-len(line) // letters) or 1 for line in cell.split("\n")) > _ROW_LINES:
                return True
        return False


@dataclass(frozen=True)
class Drawing:
    """A vector drawing on a page of its own side; `alternative` says what it shows. Sides in points."""

    svg: str
    width: float
    height: float
    alternative: str
    title: str = ""


Block: TypeAlias = Text | Bullets | Facts | Entry | Table | Drawing


@dataclass(frozen=True)
class Chapter:
    """A numbered part of the document: « 4 » in the body, « B » among the annexes."""

    key: str
    number: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def wide(self) -> bool:
        return any(
            isinstance(block, Drawing) or (isinstance(block, Table) and block.wide) for block in self.blocks
        )


@dataclass(frozen=True)
class Picture:
    """A picture whose bytes were found sound. Sides in pixels."""

    media_type: str
    data: bytes
    width: int
    height: int

    def within(self, width: float, height: float) -> tuple[float, float]:
        """Its sides once it fits, never made larger than a pixel a point."""
        scale = min(width / self.width, height / self.height, 1)
        return self.width * scale, self.height * scale


@dataclass(frozen=True)
class Release:
    """Which edition the document is. `running` is what the foot of a page has room for."""

    title: str
    running: str
    lead: str
    facts: tuple[Fact, ...]
    approvals: Table
    frozen: bool
    logo: Picture | None


@dataclass(frozen=True)
class Outline:
    """The whole document."""

    lang: str
    title: str
    client: str
    subtitle: str
    release: Release
    cover: tuple[Fact, ...]
    picture: Drawing | None
    chapters: tuple[Chapter, ...]
