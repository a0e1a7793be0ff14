"""What the edits about notes do, one sentence each."""

import pytest

from charniere.domain import limits
from charniere.domain.board import Board, Due, Kind, cell
from charniere.domain.edits import action, types
from charniere.domain.edits.types import (
    AddNotes,
    DuplicateNote,
    MoveNotes,
    NewNote,
    NewText,
    NotePatch,
    Place,
    RemoveNotes,
    RestoreNotes,
    SetNote,
    SetNoteText,
    SetTexts,
)
from charniere.domain.rights import Action
from charniere.errors import Code, Refused
from domain.builders import ANN, BOB, NOW, Log, board, note, touched

AX = Place(stage="stage-A", channel="channel-X")


def names(value: Board, at: str = "AX") -> list[str]:
    place = (f"stage-{at[0]}", f"channel-{at[1]}") if at else (None, None)
    return [n.id for n in cell(value, *place)]


def three() -> Log:
    return Log(board(*(note(n, rank=f"V00{i}", number=i + 1) for i, n in enumerate("abc"))))


def refused(log: Log, edit: types.BoardEdit, author: str = ANN) -> Refused:
    with pytest.raises(Refused) as caught:
        log.do(edit, author)
    return caught.value


def test_lines_pasted_become_notes_in_their_order_at_their_place() -> None:
    log = three()
    log.do(
        AddNotes(
            notes=(NewNote(id="new-one-1", text="un"), NewNote(id="new-two-2", text="deux", kind=Kind.need)),
            place=Place(stage="stage-A", channel="channel-X", before="note-b"),
        ),
        BOB,
    )
    assert names(log.board) == ["note-a", "new-one-1", "new-two-2", "note-b", "note-c"]
    added = log.board.notes["new-two-2"]
    assert (added.number, added.author, added.created_at, added.kind) == (5, BOB, NOW, Kind.need)


def test_numbers_are_never_given_twice() -> None:
    log = three()
    log.do(AddNotes(notes=(NewNote(id="new-one-1"),), place=AX))
    log.do(RemoveNotes(notes=("new-one-1",)))
    log.do(AddNotes(notes=(NewNote(id="new-two-2"),), place=AX))
    assert [log.board.notes[i].number for i in ("new-one-1", "new-two-2")] == [4, 5]


def test_a_place_that_is_gone_ends_in_the_parking() -> None:
    log = three()
    log.do(AddNotes(notes=(NewNote(id="new-one-1"),), place=Place(stage="gone", channel="channel-X")))
    assert (log.board.notes["new-one-1"].stage, log.board.notes["new-one-1"].channel) == (None, "channel-X")


def test_an_id_is_taken_once() -> None:
    assert refused(three(), AddNotes(notes=(NewNote(id="note-a"),), place=AX)).code is Code.id_taken
    twice = (NewNote(id="new-one-1"), NewNote(id="new-one-1"))
    assert refused(three(), AddNotes(notes=twice, place=AX)).code is Code.id_taken


@pytest.mark.parametrize(
    ("before", "moved", "order"),
    [
        (None, ("note-a",), ["note-b", "note-c", "note-a"]),
        ("note-a", ("note-c",), ["note-c", "note-a", "note-b"]),
        ("note-c", ("note-a",), ["note-b", "note-a", "note-c"]),
        ("note-a", ("note-c", "note-b"), ["note-c", "note-b", "note-a"]),
        ("note-b", ("note-b", "note-a"), ["note-c", "note-b", "note-a"]),  # before one that moves: at the end
        ("elsewhere", ("note-a",), ["note-b", "note-c", "note-a"]),
    ],
)
def test_notes_move_in_the_order_given(before: str | None, moved: tuple[str, ...], order: list[str]) -> None:
    log = three()
    log.do(MoveNotes(notes=moved, place=Place(stage="stage-A", channel="channel-X", before=before)))
    assert names(log.board) == order


def test_a_kind_that_is_set_stays_a_kind_and_does_not_become_a_word() -> None:
    """What reads a board asks which kind it is, not how it is spelt; a room lives long after the edit."""
    log = three()
    log.do(SetNote(note="note-a", set=NotePatch(kind=Kind.opportunity)))
    assert log.board.notes["note-a"].kind is Kind.opportunity


def test_a_move_to_where_it_stands_changes_nothing() -> None:
    log = three()
    stays = Place(stage="stage-A", channel="channel-X", before="note-b")
    assert log.do(MoveNotes(notes=("note-a",), place=stays)).changes == ()


def test_notes_in_the_bin_do_not_move_with_the_others() -> None:
    log = three()
    log.do(RemoveNotes(notes=("note-b",)))
    log.do(MoveNotes(notes=("note-a", "note-b"), place=Place(stage="stage-B", channel="channel-Y")))
    assert names(log.board, "BY") == ["note-a"]
    alone = MoveNotes(notes=("note-b",), place=AX)
    assert refused(log, alone).code is Code.note_removed
    assert refused(log, MoveNotes(notes=("nobody",), place=AX)).code is Code.not_found


def test_a_text_typed_on_an_older_one_is_merged() -> None:
    log = Log(board(note("a", "délai long")))
    log.do(SetNoteText(note="note-a", text="le délai long", base="délai long"), BOB)
    log.do(SetNoteText(note="note-a", text="délai trop long", base="délai long"))
    assert log.text("a") == "le délai trop long"


def test_commits_of_one_writer_chain_on_their_own_texts() -> None:
    """Several in flight: the base of each is the one before, whatever others wrote between."""
    log = Log(board(note("a", "un")))
    log.do(SetNoteText(note="note-a", text="un deux", base="un"))
    log.do(SetNoteText(note="note-a", text="zéro un deux", base="un deux"), BOB)
    log.do(SetNoteText(note="note-a", text="un deux trois", base="un deux"))
    log.do(SetNoteText(note="note-a", text="un deux trois quatre", base="un deux trois"))
    assert log.text("a") == "zéro un deux trois quatre"


def test_the_same_text_is_no_change() -> None:
    log = Log(board(note("a", "un")))
    assert log.do(SetNoteText(note="note-a", text="un", base="")).changes == ()


def test_several_texts_are_one_change_each_and_merged_with_what_others_wrote() -> None:
    log = Log(board(note("a", "Signature du bail"), note("b", "Relance", number=2), note("c", number=3)))
    log.do(SetNoteText(note="note-a", text="Signature du bail en agence", base="Signature du bail"), BOB)
    told = log.do(
        SetTexts(
            notes=(
                NewText("note-a", "Je signe le bail", "Signature du bail"),
                NewText("note-b", "Je suis relancé", "Relance"),
                NewText("note-c", "", ""),
            )
        )
    )
    assert touched(told.changes) == ["note-a", "note-b"]
    assert (log.text("a"), log.text("b")) == ("Je signe le bail en agence", "Je suis relancé")


def test_several_texts_are_undone_at_once() -> None:
    log = Log(board(note("a", "Relance"), note("b", "Appel", number=2)))
    told = log.do(
        SetTexts(notes=(NewText("note-a", "Je relance", "Relance"), NewText("note-b", "J’appelle", "Appel")))
    )
    log.do(types.Undo(edit=told.edit_id))
    assert (log.text("a"), log.text("b")) == ("Relance", "Appel")


def test_several_texts_leave_the_bin_alone_and_need_one_note() -> None:
    log = three()
    log.do(RemoveNotes(notes=("note-a",)))
    both = SetTexts(notes=(NewText("note-a", "Je signe", ""), NewText("note-b", "Je paie", "")))
    assert touched(log.do(both).changes) == ["note-b"]
    assert refused(log, SetTexts(notes=(NewText("note-a", "Je", ""),))).code is Code.note_removed
    assert refused(log, SetTexts(notes=(NewText("nobody", "Je", ""),))).code is Code.not_found


def test_the_texts_of_others_need_the_right_to_change_them() -> None:
    value = board(note("a"), note("b", number=2, author=BOB))
    mine = SetTexts(notes=(NewText("note-a", "Je", ""),))
    both = SetTexts(notes=(NewText("note-a", "Je", ""), NewText("note-b", "Je", "")))
    assert action(value, mine, ANN) == (Action.change_note, True)
    assert action(value, both, ANN) == (Action.change_note, False)


def test_only_the_fields_named_in_a_patch_change_and_null_clears() -> None:
    log = Log(board(note("a", kind=Kind.action, owner="Karim", due=Due(text="mars"))))
    log.do(SetNote(note="note-a", set=NotePatch(kind=None, emotion=-2)))
    after = log.board.notes["note-a"]
    assert (after.kind, after.emotion, after.owner, after.due) == (None, -2, "Karim", Due(text="mars"))


def test_a_copy_lies_right_after_and_has_no_votes_and_no_past() -> None:
    log = Log(
        board(note("a", "x", votes=4, ref="R1", imported={"Col": "v"}), note("b", rank="V001", number=2))
    )
    log.do(DuplicateNote(note="note-a", copy="copy-of-a"), BOB)
    assert names(log.board) == ["note-a", "copy-of-a", "note-b"]
    copy = log.board.notes["copy-of-a"]
    assert (copy.text, copy.votes, copy.ref, copy.imported, copy.author, copy.number) == (
        "x",
        None,
        "",
        {},
        BOB,
        3,
    )


def test_the_bin_gives_notes_back_where_they_were() -> None:
    log = three()
    log.do(RemoveNotes(notes=("note-b", "note-b", "note-c")))
    assert names(log.board) == ["note-a"]
    assert refused(log, SetNoteText(note="note-b", text="x", base="")).code is Code.note_removed
    assert log.do(RemoveNotes(notes=("note-b",))).changes == ()
    log.do(RestoreNotes(notes=("note-b", "note-a")))
    assert names(log.board) == ["note-a", "note-b"]


def test_a_note_restored_without_its_stage_waits_in_the_parking() -> None:
    log = three()
    log.do(RemoveNotes(notes=("note-a",)))
    log.do(types.RemoveStage(stage="stage-A"))
    log.do(RestoreNotes(notes=("note-a",)))
    assert (log.board.notes["note-a"].stage, log.board.notes["note-a"].channel) == (None, "channel-X")


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (SetNoteText(note="note-a", text="x" * (limits.TEXT_TYPED + 1), base=""), Code.too_long),
        (AddNotes(notes=(NewNote(id="new-one-1", text="x" * 2001),), place=AX), Code.too_long),
        (SetNote(note="note-a", set=NotePatch(owner="x" * (limits.FIELD + 1))), Code.too_long),
        (SetNote(note="note-a", set=NotePatch(due=Due(text="x" * (limits.FIELD + 1)))), Code.too_long),
        (MoveNotes(notes=tuple(f"n{i}" for i in range(limits.BATCH + 1)), place=AX), Code.limit_reached),
        (RemoveNotes(notes=tuple(f"n{i}" for i in range(limits.BATCH + 1))), Code.limit_reached),
        (SetNote(note="nobody", set=NotePatch()), Code.not_found),
        (DuplicateNote(note="nobody", copy="copy-of-a"), Code.not_found),
        (DuplicateNote(note="note-a", copy="note-b"), Code.id_taken),
        (RestoreNotes(notes=("nobody",)), Code.not_found),
    ],
)
def test_what_cannot_be_is_refused_by_name(edit: types.BoardEdit, code: Code) -> None:
    assert refused(three(), edit).code is code


def test_lengths_are_counted_in_characters_not_in_bytes() -> None:
    log = three()
    log.do(SetNoteText(note="note-a", text="🙂" * limits.TEXT_TYPED, base=""))
    assert len(log.text("a")) == limits.TEXT_TYPED


def test_a_text_that_an_import_made_long_can_still_be_edited() -> None:
    long = "mot " * 1_500
    log = Log(board(note("a", long)))
    log.do(SetNoteText(note="note-a", text=long + "fin", base=long))
    assert log.text("a").endswith("fin")


def test_the_board_has_room_for_so_many_notes_and_no_more() -> None:
    many = [note(f"n{i}", number=i + 1) for i in range(limits.NOTES)]
    log = Log(board(*many))
    assert refused(log, AddNotes(notes=(NewNote(id="new-one-1"),), place=AX)).detail == {
        "of": "notes",
        "limit": limits.NOTES,
    }
    assert refused(log, DuplicateNote(note="note-n0", copy="copy-of-a")).code is Code.limit_reached


def test_control_characters_are_left_out_and_everything_seen_is_kept() -> None:
    log = three()
    log.do(AddNotes(notes=(NewNote(id="d", text="un\x00 deux\x07\n\ttrois \u202e😀"),), place=AX))
    assert log.board.notes["d"].text == "un deux\n\ttrois \u202e😀"
    log.do(SetNoteText(note="d", text="quatre\x1b", base=log.board.notes["d"].text))
    assert log.board.notes["d"].text == "quatre"
    log.do(SetNote(note="d", set=NotePatch(owner="Lé\x00a", due=Due(text="ma\x08rs"))))
    assert (log.board.notes["d"].owner, log.board.notes["d"].due) == ("Léa", Due(text="mars"))
