"""What the edits about stages, channels, empty cells, links and the board itself do."""

import pytest

from charniere.domain import limits
from charniere.domain.board import Archetype, Channel, LinkKind, Stage, gap_id, in_order
from charniere.domain.edits import types
from charniere.domain.edits.types import (
    AddChannel,
    AddLink,
    AddStage,
    BoardPatch,
    ChannelPatch,
    DeclareEmpty,
    MoveStage,
    RemoveChannel,
    RemoveLink,
    RemoveNotes,
    RemoveStage,
    RestoreNotes,
    SetBoard,
    SetChannel,
    SetStage,
    StagePatch,
    Undo,
)
from charniere.errors import Code, Refused
from domain.builders import Log, board, note


def order(log: Log) -> str:
    return "".join(s.name[0] for s in sorted(log.board.stages.values(), key=in_order))


def abc() -> Log:
    return Log(board(note("a"), note("b", at="BY", number=2), stages="ABC"))


def refused(log: Log, edit: types.BoardEdit) -> Code:
    with pytest.raises(Refused) as caught:
        log.do(edit)
    return caught.value.code


@pytest.mark.parametrize(
    ("before", "after"), [(None, "ABCN"), ("stage-A", "NABC"), ("stage-C", "ABNC"), ("gone", "ABCN")]
)
def test_a_stage_is_added_where_it_is_wanted(before: str | None, after: str) -> None:
    log = abc()
    log.do(AddStage(stage="stage-new", name=" Nouvelle ", before=before))
    assert (order(log), log.board.stages["stage-new"].name) == (after, "Nouvelle")


@pytest.mark.parametrize(
    ("stage", "before", "after"),
    [("A", None, "BCA"), ("C", "stage-A", "CAB"), ("A", "stage-C", "BAC"), ("B", "stage-B", "ACB")],
)
def test_a_stage_moves(stage: str, before: str | None, after: str) -> None:
    log = abc()
    log.do(MoveStage(stage=f"stage-{stage}", before=before))
    assert order(log) == after


def test_a_stage_that_stands_there_does_not_move() -> None:
    log = abc()
    assert log.do(MoveStage(stage="stage-A", before="stage-B")).changes == ()
    assert log.do(MoveStage(stage="stage-C")).changes == ()


def test_the_notes_of_a_removed_stage_wait_in_the_parking_with_their_channel() -> None:
    log = abc()
    log.do(DeclareEmpty(stage="stage-A", channel="channel-Y", empty=True))
    log.do(RemoveStage(stage="stage-A"))
    assert (log.board.notes["note-a"].stage, log.board.notes["note-a"].channel) == (None, "channel-X")
    assert (order(log), log.board.gaps) == ("BC", {})


def test_the_notes_of_a_removed_channel_keep_their_stage() -> None:
    log = abc()
    log.do(RemoveChannel(channel="channel-X"))
    assert (log.board.notes["note-a"].stage, log.board.notes["note-a"].channel) == ("stage-A", None)


def test_sub_stages_survive_their_stage() -> None:
    log = Log(board(Stage(id="sub-1", name="Sous", rank="V009", parent="stage-A")))
    log.do(RemoveStage(stage="stage-A"))
    assert log.board.stages["sub-1"].parent is None


def test_a_stage_brought_back_to_a_rank_given_away_leaves_room_between() -> None:
    log = abc()
    removed = log.do(RemoveStage(stage="stage-C"))
    log.do(AddStage(stage="stage-new", name="Nouvelle"))
    log.do(Undo(edit=removed.edit_id))
    assert log.board.stages["stage-C"].rank == log.board.stages["stage-new"].rank
    for index, before in enumerate(("stage-C", "stage-new")):
        log.do(AddStage(stage=f"stage-more-{index}", name="Encore", before=before))
    log.do(MoveStage(stage="stage-C", before="stage-new"))


def test_fields_of_a_stage_are_set_and_cleared() -> None:
    log = abc()
    log.do(SetStage(stage="stage-A", set=StagePatch(archetype=Archetype.usage, kpis=("NPS",), goal="x")))
    log.do(SetStage(stage="stage-A", set=StagePatch(archetype=None)))
    stage = log.board.stages["stage-A"]
    assert (stage.archetype, stage.kpis, stage.goal, stage.name) == (None, ("NPS",), "x", "A")
    assert log.do(SetStage(stage="stage-A", set=StagePatch(goal="x"))).changes == ()


def test_a_cell_is_said_to_be_empty_and_unsaid() -> None:
    log = abc()
    say = DeclareEmpty(stage="stage-C", channel="channel-X", empty=True)
    log.do(say)
    assert gap_id("stage-C", "channel-X") in log.board.gaps
    assert log.do(say).changes == ()
    log.do(DeclareEmpty(stage="stage-C", channel="channel-X", empty=False))
    assert log.board.gaps == {}


def test_a_gap_does_not_come_back_where_its_stage_is_gone() -> None:
    log = abc()
    log.do(DeclareEmpty(stage="stage-C", channel="channel-X", empty=True))
    unsaid = log.do(DeclareEmpty(stage="stage-C", channel="channel-X", empty=False))
    log.do(RemoveStage(stage="stage-C"))
    assert log.do(Undo(edit=unsaid.edit_id)).changes == ()


def test_the_undo_of_a_removed_stage_brings_back_its_notes_and_its_gaps() -> None:
    log = abc()
    log.do(DeclareEmpty(stage="stage-A", channel="channel-Y", empty=True))
    before = log.board
    removed = log.do(RemoveStage(stage="stage-A"))
    log.do(Undo(edit=removed.edit_id))
    assert log.board == before


def test_two_notes_are_linked_once_a_kind() -> None:
    log = abc()
    log.do(AddLink(link="link-one-1", kind=LinkKind.resolves, source="note-a", target="note-b"))
    same = AddLink(link="link-two-2", kind=LinkKind.resolves, source="note-a", target="note-b")
    assert log.do(same).changes == ()
    log.do(AddLink(link="link-two-2", kind=LinkKind.concerns, source="note-a", target="note-b"))
    assert len(log.board.links) == 2
    log.do(RemoveLink(link="link-one-1"))
    assert log.do(RemoveLink(link="link-one-1")).changes == ()


def test_links_stay_through_the_bin() -> None:
    log = abc()
    log.do(AddLink(link="link-one-1", kind=LinkKind.resolves, source="note-a", target="note-b"))
    log.do(RemoveNotes(notes=("note-b",)))
    link = AddLink(link="link-two-2", kind=LinkKind.concerns, source="note-a", target="note-b")
    assert refused(log, link) is Code.note_removed
    log.do(RestoreNotes(notes=("note-b",)))
    assert "link-one-1" in log.board.links


def test_the_board_is_renamed_and_locked() -> None:
    log = abc()
    log.do(SetBoard(set=BoardPatch(title="  Abonnement ", teams=("Ventes",), locked=True)))
    assert (log.board.info.title, log.board.info.teams, log.board.info.locked) == (
        "Abonnement",
        ("Ventes",),
        True,
    )


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (AddStage(stage="stage-A", name="x"), Code.id_taken),
        (AddStage(stage="stage-new", name="  "), Code.bad_value),
        (AddStage(stage="stage-new", name="x" * (limits.NAME + 1)), Code.too_long),
        (SetStage(stage="gone", set=StagePatch()), Code.not_found),
        (SetStage(stage="stage-A", set=StagePatch(name="")), Code.bad_value),
        (SetStage(stage="stage-A", set=StagePatch(goal="x" * (limits.SHEET_TEXT + 1))), Code.too_long),
        (SetStage(stage="stage-A", set=StagePatch(kpis=("x",) * (limits.KPIS + 1))), Code.limit_reached),
        (MoveStage(stage="gone"), Code.not_found),
        (RemoveStage(stage="gone"), Code.not_found),
        (SetChannel(channel="gone", set=ChannelPatch()), Code.not_found),
        (DeclareEmpty(stage="gone", channel="channel-X", empty=True), Code.not_found),
        (SetBoard(set=BoardPatch(title=" ")), Code.bad_value),
        (SetBoard(set=BoardPatch(teams=("x",) * (limits.TEAMS + 1))), Code.limit_reached),
        (SetBoard(set=BoardPatch(teams=("x" * (limits.NAME + 1),))), Code.too_long),
        (
            AddLink(link="link-one-1", kind=LinkKind.resolves, source="note-a", target="note-a"),
            Code.bad_value,
        ),
        (AddLink(link="link-one-1", kind=LinkKind.resolves, source="note-a", target="gone"), Code.not_found),
    ],
)
def test_what_cannot_be_is_refused_by_name(edit: types.BoardEdit, code: Code) -> None:
    assert refused(abc(), edit) is code


def test_there_is_room_for_so_many_stages_and_channels() -> None:
    stages = [Stage(id=f"s{i}", name="x", rank=f"V1{i:02}1") for i in range(limits.STAGES - 2)]
    channels = [Channel(id=f"c{i}", name="x", rank=f"V1{i:02}1") for i in range(limits.CHANNELS - 2)]
    log = Log(board(*stages, *channels))
    assert refused(log, AddStage(stage="stage-new", name="x")) is Code.limit_reached
    assert refused(log, AddChannel(channel="channel-new", name="x")) is Code.limit_reached
