"""What a document is made of: chapters of texts, facts, entries and tables. Plain words only, in the document's language.

No format lives here: every word is data to whoever sets it.
"""

from dataclasses import dataclass
from typing import TypeAlias


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
    """Rows of words under columns. `wide` asks for a landscape page."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: bool = False


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
