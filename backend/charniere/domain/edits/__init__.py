"""One dispatch table from an edit to what it does, and the right that it needs."""

from collections.abc import Callable
from typing import Final

from charniere.domain import board as boards
from charniere.domain.board import Board, BoardChange, BoardRecord
from charniere.domain.document import By, DocumentKind
from charniere.domain.edits import grid, links, notes, types
from charniere.domain.edits.types import BoardEdit
from charniere.domain.edits.undo import undo
from charniere.domain.rights import Action

_APPLY: Final[dict[type, Callable[..., tuple[BoardChange, ...]]]] = {
    types.AddNotes: notes.add_notes,
    types.SetNoteText: notes.set_note_text,
    types.SetTexts: notes.set_texts,
    types.SetNote: notes.set_note,
    types.MoveNotes: notes.move_notes,
    types.DuplicateNote: notes.duplicate_note,
    types.RemoveNotes: notes.remove_notes,
    types.RestoreNotes: notes.restore_notes,
    types.AddLink: links.add_link,
    types.RemoveLink: links.remove_link,
    types.AddStage: grid.add_stage,
    types.SetStage: grid.set_stage,
    types.MoveStage: grid.move_stage,
    types.RemoveStage: grid.remove_stage,
    types.AddChannel: grid.add_channel,
    types.SetChannel: grid.set_channel,
    types.MoveChannel: grid.move_channel,
    types.RemoveChannel: grid.remove_channel,
    types.DeclareEmpty: grid.declare_empty,
    types.SetBoard: grid.set_board,
    types.Undo: undo,
}

_ACTIONS: Final[dict[type, Action]] = {
    types.AddNotes: Action.add_note,
    types.DuplicateNote: Action.add_note,
    types.SetNoteText: Action.change_note,
    types.SetTexts: Action.change_note,
    types.SetNote: Action.change_note,
    types.MoveNotes: Action.change_note,
    types.RemoveNotes: Action.change_note,
    types.RestoreNotes: Action.change_note,
    types.AddLink: Action.link_notes,
    types.RemoveLink: Action.link_notes,
    types.SetBoard: Action.set_board,
    types.Undo: Action.undo,
}


def apply(board: Board, edit: BoardEdit, by: By) -> tuple[BoardChange, ...]:
    """What the edit changes; () when it changes nothing. Raises Refused, and nothing else, for what cannot be done."""
    return _APPLY[type(edit)](board, edit, by)


def action(board: Board, edit: BoardEdit, person: str) -> tuple[Action, bool]:
    """The right that the edit needs, and whether every note that it touches was written by `person`."""
    touched = {getattr(edit, name) for name in ("note", "source") if hasattr(edit, name)} | _several(edit)
    own = all(board.notes[i].author == person for i in touched if i in board.notes)
    return _ACTIONS.get(type(edit), Action.shape_grid), own


def _several(edit: BoardEdit) -> set[str]:
    if isinstance(edit, types.MoveNotes | types.RemoveNotes | types.RestoreNotes):
        return set(edit.notes)
    if isinstance(edit, types.SetTexts):
        return {each.note for each in edit.notes}
    return set()


def _undoes(edit: BoardEdit) -> str | None:
    return edit.edit if isinstance(edit, types.Undo) else None


BOARD: Final = DocumentKind[Board, BoardEdit, BoardRecord](
    name="board",
    edit=BoardEdit,  # type: ignore[arg-type]
    record=BoardRecord,  # type: ignore[arg-type]
    load=boards.load,
    records=boards.records,
    apply=apply,
    advance=boards.advance,
    action=action,
    undoes=_undoes,
    locked=lambda board: board.info.locked,
)
