"""The hub on a real file: rooms open and close, nothing is told to who may not hear it, nothing asked is lost at the end."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import msgspec
import pytest

from builders import add, set_owner, write
from charniere.domain.board import Board
from charniere.domain.changes import Revision
from charniere.domain.rights import Role, Standing
from charniere.errors import Code, Refused
from charniere.realtime import hub as hubs
from charniere.realtime.connection import Connection
from charniere.realtime.endpoint.door import BURST, RATE, Bucket
from charniere.realtime.hub import Hub
from charniere.realtime.protocol import Hello, Person, Settled
from charniere.store import documents
from charniere.store.database import Database
from charniere.store.documents import Body, Entry
from realtime.app import fill, make_hub
from realtime.surroundings import Line

ANNA = Standing(Role.participant)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.open(tmp_path / "charniere.db")
    fill(database)
    yield database
    database.close()


@pytest.fixture
async def hub(database: Database) -> AsyncIterator[Hub]:
    hub = make_hub(database)
    yield hub
    await hub.close()


async def joined(hub: Hub, person: str = "anna", board: str = "b1") -> tuple[Connection, Line]:
    line = Line()
    connection = Connection(hub.new_id(), Person(person, person.title()), ANNA, line)
    room = await hub.room(board)
    await room.join(connection, Hello(1, room.epoch, room.seq))
    return connection, line


def byes(line: Line) -> list[tuple[str, bool]]:
    frames = [msgspec.json.decode(frame) for frame in line.frames]
    return [(frame["code"], frame["again"]) for frame in frames if frame["type"] == "bye"]


async def test_a_snapshot_is_the_value_and_the_same_as_records(hub: Hub) -> None:
    snapshot = await hub.snapshot("b1")
    assert isinstance(snapshot.value, Board)
    assert (snapshot.epoch, snapshot.seq) == (1, 0)
    assert sorted(msgspec.json.decode(r)["type"] for r in snapshot.records).count("note") == len(
        snapshot.value.notes
    )


async def test_an_edit_from_anywhere_becomes_a_revision_that_is_in_the_file(
    hub: Hub, database: Database
) -> None:
    revision = await hub.submit("b1", "anna", ANNA, "edit-0001", add("note-new", "mots"))
    assert isinstance(revision, Revision)
    assert revision.seq == 1
    assert database.read_now(lambda c: documents.entry_of(c, "b1", "edit-0001")) is not None
    assert (await hub.snapshot("b1")).value.notes["note-new"].text == "mots"
    again = await hub.submit("b1", "anna", ANNA, "edit-0001", add("note-new", "mots"))
    assert again == Settled("edit-0001", 1)


async def test_what_travels_of_the_log_is_what_was_sent(hub: Hub) -> None:
    """RV5"""
    _, line = await joined(hub)
    for number in range(3):
        await hub.submit("b1", "anna", ANNA, f"edit-{number:04}", set_owner("note-0000", f"owner {number}"))
    (await hub.room("b1")).fanout.flush()
    sent = [
        revision
        for frame in map(msgspec.json.decode, line.frames)
        if frame["type"] == "revisions"
        for revision in frame["revisions"]
    ]
    assert [msgspec.json.decode(wire) for wire in await hub.log_since("b1", 0, 10)] == sent
    assert [msgspec.json.decode(wire)["seq"] for wire in await hub.log_since("b1", 1, 1)] == [2]


async def test_a_refusal_is_raised(hub: Hub) -> None:
    with pytest.raises(Refused) as raised:
        await hub.submit("b1", "otto", Standing(Role.observer), "edit-0001", add("note-new"))
    assert raised.value.code is Code.not_allowed


async def test_a_document_that_does_not_exist_is_not_found(hub: Hub) -> None:
    for _ in range(2):
        with pytest.raises(Refused) as raised:
            await hub.snapshot("b404")
        assert raised.value.code is Code.not_found


async def test_a_document_that_cannot_be_read_is_an_error_and_never_empty(
    hub: Hub, database: Database
) -> None:
    """LI6"""
    bad = (Body("note", "note-0001", b'{"type":"note","id":"note-0001","colour":"red"}'),)
    row = (Entry(1, "edit-evil", "x", 1, "x", b"[]"),)
    database.write_now(lambda c: documents.append(c, "b1", 1, 0, row, bad))
    with pytest.raises(Refused) as raised:
        await hub.snapshot("b1")
    assert raised.value.code is Code.unreadable


async def test_a_document_of_an_unknown_kind_is_unreadable(hub: Hub, database: Database) -> None:
    database.write_now(lambda c: documents.create(c, "x1", "hologram", []))
    with pytest.raises(Refused) as raised:
        await hub.snapshot("x1")
    assert raised.value.code is Code.unreadable


async def test_many_who_ask_at_once_share_one_room(hub: Hub) -> None:
    rooms = await asyncio.gather(*(hub.room("b1") for _ in range(20)))
    assert len({id(room) for room in rooms}) == 1


async def test_a_withdrawn_right_ends_the_lines_of_that_person_there(hub: Hub) -> None:
    """LI7"""
    _, anna = await joined(hub)
    _, second = await joined(hub)
    _, bob = await joined(hub, "bob")
    hub.disconnect("anna", "b1")
    await hub.submit("b1", "bob", ANNA, "edit-0001", set_owner("note-0000", "after"))
    (await hub.room("b1")).fanout.flush()
    assert byes(anna) == byes(second) == [("not_allowed", False)]
    assert b"after" not in b"".join(anna.frames)
    assert byes(bob) == []


async def test_the_end_of_a_sign_in_ends_all_lines_of_that_person(hub: Hub) -> None:
    """LI7"""
    _, anna = await joined(hub)
    hub.disconnect("anna")
    assert byes(anna) == [("no_session", False)]


async def test_another_standing_counts_from_the_next_edit_on(hub: Hub) -> None:
    """RF4"""
    connection, _ = await joined(hub)
    hub.restand("anna", "b1", Standing(Role.observer))
    assert connection.standing.role is Role.observer


async def test_somebody_renamed_is_named_to_those_who_are_there(hub: Hub) -> None:
    """PR4"""
    _, line = await joined(hub)
    hub.announce("b1", [Person("anna", "Anne")])
    hub.announce("b9", [Person("anna", "Anne")])
    room = await hub.room("b1")
    room.fanout._send()
    assert b'"name":"Anne"' in line.frames[-1]


async def test_persons_are_counted_once_however_many_tabs_they_have(hub: Hub) -> None:
    for person in ("anna", "anna", "bob"):
        await joined(hub, person)
    assert hub.count("b1") == 2
    assert hub.count("b2") == 0


async def test_a_room_that_nobody_is_in_is_closed_after_a_while_and_opens_again(database: Database) -> None:
    due: list[object] = []
    hub = Hub(database, lambda: 1, lambda: "c1", _nobody, later=lambda delay, run: due.append((delay, run)))
    first = await hub.room("b1")
    for _ in range(2):
        looks = [run for delay, run in due if delay == hubs.IDLE]  # type: ignore[misc]
        due.clear()
        for look in looks:
            look()
    await asyncio.sleep(0)
    assert first.is_over
    second = await hub.room("b1")
    assert second is not first
    await hub.submit("b1", "anna", ANNA, "edit-0001", add("note-new"))
    await hub.close()


async def _nobody(document_id: str) -> list[Person]:
    return []


async def test_closing_records_what_was_asked_and_sends_everybody_to_come_back(database: Database) -> None:
    """LI5"""
    hub = make_hub(database)
    _, line = await joined(hub)
    asked = [
        asyncio.ensure_future(
            hub.submit("b1", "anna", ANNA, f"edit-{i:04}", set_owner("note-0000", f"owner {i}"))
        )
        for i in range(20)
    ]
    await asyncio.sleep(0)
    await hub.close()
    assert all(isinstance(outcome, Revision) for outcome in await asyncio.gather(*asked))
    assert byes(line) == [("storage", True)]
    head = database.read_now(lambda c: documents.head(c, "b1"))
    assert head is not None
    assert head.seq == 20
    with pytest.raises(Refused):
        await hub.room("b1")


async def test_two_hubs_on_one_file_agree(database: Database) -> None:
    """Two processes would do the same: who loses the race reads what it missed, and tries again."""
    one, two = make_hub(database), make_hub(database)
    await one.snapshot("b1")
    await two.snapshot("b1")
    edits = [
        (hub, f"edit-{name}-{i:03}", write("note-0000", f"texte 0 {name}{i}", "texte 0"))
        for i in range(20)
        for hub, name in ((one, "one"), (two, "two"))
    ]
    await asyncio.gather(*(hub.submit("b1", "anna", ANNA, edit_id, edit) for hub, edit_id, edit in edits))
    await one.submit("b1", "anna", ANNA, "edit-last-1", set_owner("note-0001", "a"))
    await two.submit("b1", "anna", ANNA, "edit-last-2", set_owner("note-0001", "b"))
    await one.submit("b1", "anna", ANNA, "edit-last-3", set_owner("note-0001", "c"))
    words = (await one.snapshot("b1")).value.notes["note-0000"].text.split()
    assert {f"{name}{i}" for i in range(20) for name in ("one", "two")} <= set(words)
    log = database.read_now(lambda c: documents.log_since(c, "b1", 0, 1000))
    assert [entry.seq for entry in log] == list(range(1, 44))
    await one.close()
    await two.close()


async def test_a_full_disk_says_not_now_loses_nothing_and_is_forgotten_when_there_is_room(
    hub: Hub, database: Database
) -> None:
    """RF1"""
    await hub.submit("b1", "anna", ANNA, "edit-0001", set_owner("note-0000", "before"))

    def limit(pages: int) -> None:
        database.write_now(lambda c: c.exec_driver_sql(f"PRAGMA max_page_count = {pages}"))

    limit(1)
    many = [(f"edit-full-{i}", write(f"note-000{i}", "é" * 1_990, f"texte {i}")) for i in range(3)]
    outcomes = await asyncio.gather(
        *(hub.submit("b1", "anna", ANNA, edit_id, edit) for edit_id, edit in many), return_exceptions=True
    )
    assert [getattr(outcome, "code", None) for outcome in outcomes] == [Code.storage] * 3
    assert (await hub.snapshot("b1")).seq == 1
    assert (await hub.snapshot("b1")).value.notes["note-0000"].text == "texte 0"
    limit(1_000_000)
    for edit_id, edit in many:
        assert isinstance(await hub.submit("b1", "anna", ANNA, edit_id, edit), Revision)
    assert len(await hub.log_since("b1", 0, 10)) == 4


def test_a_flood_is_read_more_slowly_and_a_person_never_notices() -> None:
    """LI3"""
    bucket = Bucket(0.0)
    assert [bucket.take(0.0) for _ in range(int(BURST))] == [0.0] * int(BURST)
    waits = [bucket.take(0.0) for _ in range(int(RATE))]
    assert waits == sorted(waits)
    assert waits[-1] == pytest.approx(1.0)
    calm = Bucket(0.0)
    assert max(calm.take(second / 40) for second in range(4_000)) == 0.0
