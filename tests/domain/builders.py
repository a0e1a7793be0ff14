"""Boards and edits in few words, for the tests of the domain."""

from charniere.domain.board import (
    Board,
    BoardChange,
    BoardInfo,
    BoardRecord,
    Channel,
    Note,
    Stage,
    advance,
    load,
)
from charniere.domain.changes import Revision
from charniere.domain.document import By
from charniere.domain.edits import apply
from charniere.domain.edits.types import BoardEdit

ANN, BOB = "ann", "bob"
NOW = 1_700_000_000_000


def board(*records: BoardRecord, stages: str = "AB", channels: str = "XY") -> Board:
    """A board with stages `stage-A` ..., channels `channel-X` ..., and these records besides."""
    grid: list[BoardRecord] = [BoardInfo(title="Parcours")]
    grid += [Stage(id=f"stage-{s}", name=s, rank=f"V00{i}") for i, s in enumerate(stages)]
    grid += [Channel(id=f"channel-{c}", name=c, rank=f"V00{i}") for i, c in enumerate(channels)]
    return load([*grid, *records])


def note(
    name: str, text: str = "", *, rank: str = "V000", number: int = 1, at: str = "AX", **fields: object
) -> Note:
    """A note in cell `at` ("AX" is stage A, channel X; "" the parking)."""
    place = {"stage": f"stage-{at[0]}", "channel": f"channel-{at[1]}"} if at else {}
    return Note(id=f"note-{name}", text=text, rank=rank, number=number, **{"author": ANN, **place, **fields})  # type: ignore[arg-type]


class Log:
    """A board and what happened to it: `do` applies an edit as the room would and returns its revision."""

    def __init__(self, start: Board) -> None:
        self.board = start
        self.revisions: dict[str, Revision[BoardRecord]] = {}

    def do(self, edit: BoardEdit, author: str = ANN, at: int = NOW) -> Revision[BoardRecord]:
        undone = self.revisions.get(getattr(edit, "edit", ""))
        changes = apply(self.board, edit, By(author, at, undone))  # type: ignore[arg-type]
        seq = len(self.revisions) + 1
        revision = Revision(
            seq, f"edit-{seq:04}", author, at, type(edit).__struct_config__.tag or "", changes
        )  # type: ignore[arg-type]
        self.revisions[revision.edit_id] = revision
        self.board = advance(self.board, changes)
        return revision

    def text(self, name: str) -> str:
        return self.board.notes[f"note-{name}"].text


def touched(changes: tuple[BoardChange, ...]) -> list[str]:
    return [(c.record if hasattr(c, "record") else c.was).id for c in changes]
