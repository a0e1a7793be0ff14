"""A room driven by plain calls: one bad edit, a disk that fails, another process, a room that breaks."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from builders import add, move, set_owner, undo, write
from charniere.domain.document import By
from charniere.domain.edits.types import BoardEdit
from charniere.domain.rights import Role, Standing
from charniere.realtime import room as rooms
from charniere.realtime.attempt import Asked, Outcome
from charniere.realtime.codec import Codec
from charniere.store.documents import Doubled
from realtime.world import CODEC, Replica, World


@pytest.fixture
def world() -> Iterator[World]:
    world = World()
    for replica in world.replicas:
        world.reconnect(replica)
    world.pass_by(1)
    for replica in world.replicas:
        world.download(replica)
    yield world
    world.close()


def heard(replica: Replica) -> list[dict[str, Any]]:
    assert replica.line is not None
    return [msgspec.json.decode(frame) for frame in replica.line.frames]


def of_type(replica: Replica, kind: str) -> list[dict[str, Any]]:
    return [frame for frame in heard(replica) if frame["type"] == kind]


def asked(world: World, replica: Replica, *edits: BoardEdit) -> list[str]:
    """Edited and sent."""
    ids = []
    for edit in edits:
        ids.append(world.edit(replica, edit))
        world.upload(replica)
    return ids


def all_on_disk(world: World) -> None:
    while world.disk.waiting:
        world.commit()
    world.pass_by(0.1)


def test_nothing_is_shown_before_it_is_on_disk(world: World) -> None:
    """RV3"""
    anna, bob, _ = world.replicas
    asked(world, anna, add("note-new"))
    world.pass_by(1)
    assert of_type(bob, "revisions") == []
    all_on_disk(world)
    assert len(of_type(bob, "revisions")) == 1


def test_edits_of_one_connection_are_applied_in_the_order_they_came(world: World) -> None:
    """ID5"""
    ids = asked(world, world.replicas[0], *[set_owner("note-0000", f"owner {i}") for i in range(9)])
    all_on_disk(world)
    assert [entry.edit_id for entry in world.disk.log] == ids


def test_while_the_disk_is_busy_edits_wait_and_then_share_a_commit(world: World) -> None:
    asked(world, world.replicas[0], *[set_owner("note-0000", f"owner {i}") for i in range(9)])
    world.commit()
    (batch,) = world.disk.waiting
    assert len(batch[1]) == 8


def test_when_the_disk_fails_edits_are_told_not_now_and_so_are_those_behind_them(world: World) -> None:
    """RF1, RF2"""
    anna, bob, _ = world.replicas
    asked(world, bob, set_owner("note-0002", "first"))
    a1, a2 = asked(world, anna, set_owner("note-0000", "one"), set_owner("note-0000", "two"))
    (b2,) = asked(world, bob, set_owner("note-0001", "three"))
    world.commit()
    world.fail()  # the three together
    world.fail()  # then the first of anna's alone
    all_on_disk(world)
    assert {(r["edit_id"], r["code"]) for r in of_type(anna, "refused")} == {(a1, "storage"), (a2, "storage")}
    assert [entry.edit_id for entry in world.disk.log][1:] == [b2]
    world.settle()
    world.check()
    assert world.room.value.notes["note-0000"].owner == "two"


def test_a_bug_in_one_edit_is_logged_without_its_text_and_hurts_nobody_else(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """RF5"""

    def apply(value: Any, edit: Any, by: By) -> Any:
        if getattr(edit, "text", "").startswith("secret"):
            raise ZeroDivisionError(edit.text)
        return CODEC.kind.apply(value, edit, by)

    world.room.codec = Codec(replace(CODEC.kind, apply=apply))
    anna, bob, _ = world.replicas
    asked(world, bob, set_owner("note-0002", "first"))
    with caplog.at_level(logging.ERROR):
        (bad,) = asked(world, anna, write("note-0000", "secret words"))
        (good,) = asked(world, bob, write("note-0000", "good words"))
        all_on_disk(world)
    assert [(r["edit_id"], r["code"]) for r in of_type(anna, "refused")] == [(bad, "broken")]
    assert world.disk.log[-1].edit_id == good
    assert "ZeroDivisionError" in caplog.text
    assert "secret words" not in caplog.text


def test_a_text_that_cannot_be_encoded_is_refused_and_hurts_nobody_else(world: World) -> None:
    """RF5: such a text is stopped at the socket already; were it not, the room would live."""
    anna, bob, _ = world.replicas
    (bad,) = asked(world, anna, write("note-0000", "half \ud83d"))
    (good,) = asked(world, bob, write("note-0000", "good words"))
    all_on_disk(world)
    assert [r["edit_id"] for r in of_type(anna, "refused")] == [bad]
    assert [entry.edit_id for entry in world.disk.log] == [good]


def test_rights_are_those_of_the_moment_in_which_the_edit_is_applied(world: World) -> None:
    """RF4"""
    anna = world.replicas[0]
    assert anna.connection is not None
    asked(world, anna, set_owner("note-0000", "first"))
    asked(world, anna, set_owner("note-0000", "second"))
    anna.connection.standing = Standing(Role.observer)
    all_on_disk(world)
    assert [r["code"] for r in of_type(anna, "refused")] == ["not_allowed"]
    assert world.room.value.notes["note-0000"].owner == "first"


def test_a_refusal_seen_through_an_edit_that_then_failed_is_not_told(world: World) -> None:
    """Two add the same note; the first add is lost on the disk, so the second is no double."""
    anna, bob, carl = world.replicas
    asked(world, carl, set_owner("note-0002", "busy"))
    asked(world, anna, add("note-new", "anna's"))
    asked(world, bob, add("note-new", "bob's"))
    world.commit()
    world.fail()
    world.fail()
    all_on_disk(world)
    assert of_type(bob, "refused") == []
    assert world.room.value.notes["note-new"].text == "bob's"


def test_an_undo_of_an_edit_in_the_same_batch_finds_it(world: World) -> None:
    anna = world.replicas[0]
    asked(world, anna, set_owner("note-0002", "busy"))
    (first,) = asked(world, anna, write("note-0000", "new words", "texte 0"))
    asked(world, anna, undo(first))
    all_on_disk(world)
    assert world.room.value.notes["note-0000"].text == "texte 0"


def test_an_undo_of_an_edit_from_before_a_restart_finds_it_in_the_log(world: World) -> None:
    (first,) = asked(world, world.replicas[0], write("note-0000", "new words", "texte 0"))
    all_on_disk(world)
    world.crash(after_commit=True)
    anna = world.replicas[0]
    world.reconnect(anna)
    world.download(anna)
    asked(world, anna, undo(first))
    all_on_disk(world)
    assert world.room.value.notes["note-0000"].text == "texte 0"


def test_what_another_process_recorded_comes_first_and_is_shown_to_all(world: World) -> None:
    anna, bob, _ = world.replicas
    world.write_elsewhere(set_owner("note-0000", "elsewhere"))
    (mine,) = asked(world, anna, set_owner("note-0001", "here"))
    all_on_disk(world)
    (frame,) = of_type(bob, "revisions")
    assert [r["author"] for r in frame["revisions"]] == ["elsewhere", "anna"]
    assert world.disk.log[-1].edit_id == mine


def test_a_document_with_another_history_sends_everybody_away_to_read_it_anew(world: World) -> None:
    """LI6"""
    anna, bob, _ = world.replicas
    world.write_elsewhere(set_owner("note-0000", "elsewhere"))
    world.disk.epoch = 2
    asked(world, anna, set_owner("note-0001", "here"))
    all_on_disk(world)
    assert world.task.done()
    assert heard(bob)[-1] == {"type": "bye", "code": "broken", "again": True}


def test_a_fault_of_the_room_itself_answers_everybody_who_waits(world: World) -> None:
    """LI6"""
    outcomes: list[Outcome] = []

    def ask(number: int) -> None:
        edit = set_owner("note-0000", f"owner {number}")
        standing = Standing(Role.participant)
        world.room.ask(Asked(f"edit-{number:04}", edit, "anna", lambda: standing, outcomes.append))

    world.room._advance = None  # type: ignore[assignment,method-assign]
    for number in range(3):
        ask(number)
    world.spin()
    world.commit()
    assert world.task.done()
    assert len(outcomes) == 3
    ask(4)
    assert len(outcomes) == 4


def test_a_log_that_cannot_be_read_means_not_now(world: World) -> None:
    """RF1: of an undo, whose revision must be looked up, and of an edit that looks like one to refuse."""
    anna = world.replicas[0]
    entry_of = world.disk.entry_of

    async def cannot(edit_id: str) -> None:
        raise OSError

    world.disk.entry_of = cannot  # type: ignore[method-assign,assignment]
    asked(world, anna, undo("edit-unknown"), move("note-unknown"))
    world.pass_by(1)
    assert [r["code"] for r in of_type(anna, "refused")] == ["storage", "storage"]
    world.disk.entry_of = entry_of  # type: ignore[method-assign]
    world.settle()
    world.check()
    assert len(anna.refused) == 2


def test_an_inbox_that_is_full_says_not_now(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "INBOX", 2)
    anna = world.replicas[0]
    asked(world, anna, *[set_owner("note-0000", f"owner {i}") for i in range(6)])
    world.pass_by(1)
    assert {r["code"] for r in of_type(anna, "refused")} == {"too_fast"}
    world.settle()
    world.check()


def test_a_double_that_only_the_disk_knows_is_settled_and_its_batch_goes_on(world: World) -> None:
    """ID2"""
    anna, bob, carl = world.replicas
    keep = world.disk.keep

    (old,) = asked(world, anna, write("note-0000", "new words", "texte 0"))
    all_on_disk(world)
    world.room._recent._by_edit.clear()
    asked(world, carl, set_owner("note-0002", "busy"))
    world.edit(anna, write("note-0000", "new words again", "texte 0"))
    anna.pending[-1].edit_id = old
    world.upload(anna)
    (good,) = asked(world, bob, move("note-0001"))
    world.disk.keep = keep  # type: ignore[method-assign]
    world.commit()
    with pytest.raises(Doubled):
        world.disk.keep(len(world.disk.log), world.disk.waiting[0][1])
    all_on_disk(world)
    assert [(s["edit_id"], s["seq"]) for s in of_type(anna, "settled")] == [(old, 1)]
    assert world.disk.log[-1].edit_id == good


def test_far_behind_gets_the_whole_value(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """HE4"""
    monkeypatch.setattr(rooms, "CATCH_UP", 2)
    anna, bob, _ = world.replicas
    world.drop(bob)
    asked(world, anna, *[set_owner("note-0000", f"owner {i}") for i in range(3)])
    all_on_disk(world)
    world.reconnect(bob)
    assert "snapshot" in heard(bob)[0]


def test_behind_what_is_kept_at_hand_the_log_is_read_in_pages(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HE3, RV2"""
    monkeypatch.setattr(rooms, "PAGE", 2)
    anna, bob, _ = world.replicas
    asked(world, anna, *[set_owner("note-0000", f"owner {i}") for i in range(7)])
    all_on_disk(world)
    world.crash(after_commit=True)
    world.reconnect(bob)
    assert [len(frame["revisions"]) for frame in of_type(bob, "revisions")] == [2, 2, 2, 1]
    world.settle()
    world.check()


def test_revisions_made_while_somebody_catches_up_reach_them_once(world: World) -> None:
    """RV2"""
    anna, bob, _ = world.replicas
    world.drop(bob)
    asked(world, anna, set_owner("note-0000", "one"))
    world.commit()  # recorded, and its frame not yet sent
    world.reconnect(bob)
    world.pass_by(1)
    assert [r["seq"] for frame in of_type(bob, "revisions") for r in frame["revisions"]] == [1]


def test_a_newcomer_is_named_before_anything_they_do(world: World) -> None:
    """PR4"""
    anna = world.replicas[0]
    dora = Replica("dora", world.disk.value())
    world.replicas.append(dora)
    world.reconnect(dora)
    asked(world, dora, set_owner("note-0000", "hers"))
    all_on_disk(world)
    kinds = [frame["type"] for frame in heard(anna)]
    assert kinds.index("people") < kinds.index("revisions")
    assert of_type(anna, "people")[0]["people"] == [{"id": "dora", "name": "Dora"}]


def test_who_says_nothing_hears_a_beat(world: World) -> None:
    """LI1"""
    anna = world.replicas[0]
    asked(world, world.replicas[1], set_owner("note-0000", "one"))
    all_on_disk(world)
    world.download(anna)
    world.pass_by(4.5)
    assert of_type(anna, "beat") == [{"type": "beat", "seq": 1}]
    world.pass_by(60)
    assert len(of_type(anna, "beat")) >= 60 / 5


def test_presence_is_left_out_for_a_slow_reader(world: World) -> None:
    """PR2"""
    anna, bob, _ = world.replicas
    assert anna.connection is not None
    assert anna.line is not None
    anna.line.frames.append(b" " * 40_000)
    assert bob.connection is not None
    world.room.fanout.here(bob.connection.seen)
    world.pass_by(1)
    assert of_type(world.replicas[2], "presence")
    assert len(anna.line.frames) == 1


def test_a_presence_is_told_ten_times_a_second_at_most(world: World) -> None:
    """PR1"""
    anna, bob, _ = world.replicas
    assert bob.connection is not None
    for _ in range(100):
        world.room.fanout.here(bob.connection.seen)
        world.pass_by(0.01)
    assert 9 <= len(of_type(anna, "presence")) <= 11
