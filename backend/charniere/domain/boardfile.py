"""`board.json`: one board as a file: its value at a seq, its project and persona. No log, no ballot, no private text.

Equal after a round trip up to id, epoch and participants.
"""

from typing import Literal

import msgspec
from msgspec import Struct

from charniere.domain import board as boards
from charniere.domain.board import Board, BoardRecord, Channel, Note, Stage
from charniere.domain.project import Persona, Project
from charniere.domain.rank import is_rank
from charniere.errors import Code, Refused


class BoardFile(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """The file as read and written. `people` maps the author ids found in the notes to the names they had."""

    format: Literal["charniere-board"] = "charniere-board"
    version: Literal[1] = 1
    id: str
    seq: int = 0
    project: Project
    personas: tuple[Persona, ...] = ()
    people: dict[str, str] = {}
    records: tuple[BoardRecord, ...]

    @property
    def board(self) -> Board:
        return boards.load(self.records)


_DECODER = msgspec.json.Decoder(BoardFile)


def read(data: bytes) -> BoardFile:
    """Raises Refused(unreadable) for anything that is not a whole board file."""
    try:
        file = _DECODER.decode(data)
        boards.load(file.records)
        if not all(
            is_rank(record.rank) for record in file.records if isinstance(record, Stage | Channel | Note)
        ):
            raise ValueError("a rank that no other can precede")
    except (msgspec.DecodeError, ValueError, RecursionError) as problem:
        raise Refused(Code.unreadable, why=str(problem)) from problem
    return file


def write(file: BoardFile) -> bytes:
    """The bytes of the file; the same value gives the same bytes."""
    document = msgspec.to_builtins(file)
    document = {"format": file.format, "version": file.version, **document}
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"
