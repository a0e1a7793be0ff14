"""Undo takes back what one edit put there, and nothing that came later."""

import pytest

from charniere.domain.board import Kind, LinkKind
from charniere.domain.edits.types import (
    AddLink,
    AddNotes,
    AddStage,
    MoveNotes,
    NewNote,
    NotePatch,
    Place,
    RemoveNotes,
    RemoveStage,
    SetNote,
    SetNoteText,
    Undo,
)
from charniere.errors import Code, Refused
from domain.builders import BOB, Log, board, note

BY = Place(stage="stage-B", channel="channel-Y")


def two() -> Log:
    return Log(board(note("a", "délai long"), note("b", rank="V001", number=2)))


def test_a_field_that_somebody_changed_since_stays() -> None:
    log = two()
    mine = log.do(SetNote(note="note-a", set=NotePatch(kind=Kind.irritant, emotion=-1)))
    log.do(SetNote(note="note-a", set=NotePatch(emotion=2)), BOB)
    log.do(Undo(edit=mine.edit_id))
    assert (log.board.notes["note-a"].kind, log.board.notes["note-a"].emotion) == (None, 2)


def test_a_text_gives_back_its_own_words_and_keeps_those_of_others() -> None:
    log = two()
    mine = log.do(SetNoteText(note="note-a", text="délai trop long", base="délai long"))
    log.do(SetNoteText(note="note-a", text="le délai trop long", base="délai trop long"), BOB)
    log.do(Undo(edit=mine.edit_id))
    assert log.text("a") == "le délai long"


def test_a_move_is_taken_back_while_others_wrote_in_the_note() -> None:
    log = two()
    mine = log.do(MoveNotes(notes=("note-a", "note-b"), place=BY))
    log.do(SetNoteText(note="note-a", text="autre", base="délai long"), BOB)
    log.do(Undo(edit=mine.edit_id))
    assert (log.board.notes["note-a"].stage, log.text("a")) == ("stage-A", "autre")


def test_an_added_note_goes_to_the_bin_and_comes_back() -> None:
    log = two()
    mine = log.do(AddNotes(notes=(NewNote(id="new-one-1", text="un"),), place=BY))
    undone = log.do(Undo(edit=mine.edit_id))
    assert log.board.notes["new-one-1"].removed_at is not None
    log.do(Undo(edit=undone.edit_id))
    assert (log.board.notes["new-one-1"].removed_at, log.board.notes["new-one-1"].text) == (None, "un")


def test_an_added_note_in_which_others_wrote_keeps_their_words_on_the_wall() -> None:
    log = two()
    mine = log.do(AddNotes(notes=(NewNote(id="new-one-1", text="un"),), place=BY))
    log.do(SetNoteText(note="new-one-1", text="un deux", base="un"), BOB)
    undone = log.do(Undo(edit=mine.edit_id))
    assert (log.board.notes["new-one-1"].removed_at, log.board.notes["new-one-1"].text.strip()) == (
        None,
        "deux",
    )
    log.do(Undo(edit=undone.edit_id))
    assert log.board.notes["new-one-1"].text == "un deux"


def test_notes_come_back_from_the_bin() -> None:
    log = two()
    mine = log.do(RemoveNotes(notes=("note-a", "note-b")))
    log.do(Undo(edit=mine.edit_id))
    assert all(n.removed_at is None for n in log.board.notes.values())


def test_an_added_stage_goes_and_notes_put_there_since_wait_in_the_parking() -> None:
    log = two()
    mine = log.do(AddStage(stage="stage-new", name="Nouvelle"))
    log.do(MoveNotes(notes=("note-a",), place=Place(stage="stage-new", channel="channel-X")), BOB)
    log.do(Undo(edit=mine.edit_id))
    assert "stage-new" not in log.board.stages
    assert log.board.notes["note-a"].stage is None


def test_a_note_moved_on_since_stays_where_it_is_when_its_stage_comes_back() -> None:
    log = two()
    mine = log.do(RemoveStage(stage="stage-A"))
    log.do(MoveNotes(notes=("note-a",), place=BY), BOB)
    log.do(Undo(edit=mine.edit_id))
    assert (log.board.notes["note-a"].stage, log.board.notes["note-b"].stage) == ("stage-B", "stage-A")


def test_a_move_whose_stage_is_gone_is_taken_back_into_the_parking() -> None:
    log = two()
    mine = log.do(MoveNotes(notes=("note-a",), place=BY))
    log.do(RemoveStage(stage="stage-A"), BOB)
    log.do(Undo(edit=mine.edit_id))
    assert (log.board.notes["note-a"].stage, log.board.notes["note-a"].channel) == (None, "channel-X")


def test_a_link_goes_and_comes_back() -> None:
    log = two()
    mine = log.do(AddLink(link="link-one-1", kind=LinkKind.concerns, source="note-a", target="note-b"))
    undone = log.do(Undo(edit=mine.edit_id))
    assert log.board.links == {}
    log.do(Undo(edit=undone.edit_id))
    assert list(log.board.links) == ["link-one-1"]


def test_one_takes_back_only_ones_own_edits() -> None:
    log = two()
    mine = log.do(SetNote(note="note-a", set=NotePatch(emotion=1)))
    with pytest.raises(Refused) as caught:
        log.do(Undo(edit=mine.edit_id), BOB)
    assert caught.value.code is Code.not_yours
    with pytest.raises(Refused) as unknown:
        log.do(Undo(edit="edit-nobody-made"))
    assert unknown.value.code is Code.cannot_undo


def test_taking_back_twice_changes_nothing_the_second_time() -> None:
    log = two()
    mine = log.do(SetNote(note="note-a", set=NotePatch(emotion=1)))
    log.do(Undo(edit=mine.edit_id))
    assert log.do(Undo(edit=mine.edit_id)).changes == ()
