"""Boards and edits for tests, in as few words as a test should need."""

from charniere.domain.board import Board, BoardInfo, BoardRecord, Channel, Note, Stage
from charniere.domain.board import load as load_board
from charniere.domain.edits.types import (
    AddNotes,
    MoveNotes,
    NewNote,
    NotePatch,
    Place,
    RemoveNotes,
    SetNote,
    SetNoteText,
    Undo,
)
from charniere.domain.rank import spread

STAGES = ("stage-00", "stage-01", "stage-02")
CHANNELS = ("channel-00", "channel-01")


def records(notes: int = 0, stages: int = 3, channels: int = 2, author: str = "anna") -> list[BoardRecord]:
    """A board with notes `note-0000` ... spread over its cells; its words are `texte 0` ..."""
    rows: list[BoardRecord] = [BoardInfo(title="Parcours")]
    columns = spread(None, None, stages)
    lanes = spread(None, None, channels)
    ranks = spread(None, None, notes)
    rows += [Stage(id=f"stage-{i:02}", name=f"Étape {i}", rank=columns[i]) for i in range(stages)]
    rows += [Channel(id=f"channel-{i:02}", name=f"Canal {i}", rank=lanes[i]) for i in range(channels)]
    rows += [
        Note(
            id=f"note-{i:04}",
            number=i + 1,
            rank=ranks[i],
            text=f"texte {i}",
            stage=f"stage-{i % stages:02}",
            channel=f"channel-{i // stages % channels:02}",
            author=author,
            created_at=1_000,
        )
        for i in range(notes)
    ]
    return rows


def board(notes: int = 0, stages: int = 3, channels: int = 2) -> Board:
    return load_board(records(notes, stages, channels))


def add(
    note_id: str, text: str = "", stage: str | None = STAGES[0], channel: str | None = CHANNELS[0]
) -> AddNotes:
    return AddNotes(notes=(NewNote(id=note_id, text=text),), place=Place(stage, channel))


def write(note_id: str, text: str, base: str = "") -> SetNoteText:
    return SetNoteText(note=note_id, text=text, base=base)


def move(note_id: str, stage: str | None = STAGES[1], channel: str | None = CHANNELS[1]) -> MoveNotes:
    return MoveNotes(notes=(note_id,), place=Place(stage, channel))


def remove(*note_ids: str) -> RemoveNotes:
    return RemoveNotes(notes=note_ids)


def set_owner(note_id: str, owner: str) -> SetNote:
    return SetNote(note=note_id, set=NotePatch(owner=owner))


def undo(edit_id: str) -> Undo:
    return Undo(edit=edit_id)
