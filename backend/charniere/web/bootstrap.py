"""What the pages of a board and of its review carry for their script: who you are, the whole document, the project around it.

One JSON in the page.
"""

from typing import Final

import msgspec
from msgspec import Raw, Struct

from charniere.domain.board import Board
from charniere.domain.project import Persona, Project
from charniere.realtime.protocol import Welcome


class Bootstrap(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """`invitation` is the participants' link, for those who may invite."""

    version: int  # of the protocol
    board: str
    project: Project
    persona: Persona | None = None
    role: str
    lang: str
    welcome: Welcome
    invitation: str | None = None


class Option(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One attribute of a section, and with what it is edited (see `spec.attributes`). `values`: of a choice."""

    name: str
    widget: str
    choices: str = ""  # `spec.value.<choices>.<value>` are their words
    values: tuple[str, ...] = ()


class ReviewBootstrap(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """The page of the review. `welcome` is the draft's; `records` are the board's at `seq`, for the notes beside each line."""

    version: int
    board: str
    document: str  # the draft's
    project: Project
    personas: tuple[Persona, ...] = ()
    role: str
    lang: str
    welcome: Welcome
    seq: int
    records: tuple[Raw, ...]
    attributes: dict[str, tuple[Option, ...]]  # section -> in order


_ENCODER: Final = msgspec.json.Encoder()
_SAFE: Final = (
    (b"<", b"\\u003c"),
    (b">", b"\\u003e"),
    (b"&", b"\\u0026"),
    (b"\xe2\x80\xa8", b"\\u2028"),
    (b"\xe2\x80\xa9", b"\\u2029"),
)


def in_page(value: Struct) -> str:
    """JSON that can stand inside a <script> element: no text in it can close the element or open another."""
    text = _ENCODER.encode(value)
    for mark, written in _SAFE:
        text = text.replace(mark, written)
    return text.decode()


def persona_of(board: Board, personas: list[Persona]) -> Persona | None:
    return next((persona for persona in personas if persona.id == board.info.persona), None)
