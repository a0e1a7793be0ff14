"""A room without sockets, disk or time: replicas that behave as browsers do, a disk that commits when told, a clock by hand.

Everything that may go wrong between them is a method here; what must hold at all times is checked as it happens.
"""

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from builders import add, records
from charniere.domain.board import Board, BoardRecord, advance, load
from charniere.domain.board import records as records_of
from charniere.domain.changes import Put, Remove, Revision
from charniere.domain.document import By
from charniere.domain.edits import BOARD, apply
from charniere.domain.edits.types import BoardEdit
from charniere.domain.rights import Role, Standing
from charniere.errors import Refused
from charniere.realtime.attempt import Asked, Outcome
from charniere.realtime.codec import Codec, encoded, tag_of
from charniere.realtime.connection import Connection, message
from charniere.realtime.protocol import Hello, Person, Rejected, Settled
from charniere.realtime.room import Clocks, Room
from charniere.store.documents import Body, body_of
from realtime.surroundings import RECORD, Disk, Line, Timers

AnyRoom = Room[Any, Any, Any]
BoardChange = Put[BoardRecord] | Remove[BoardRecord]

CODEC = Codec(BOARD)


@dataclass
class Pending:
    edit_id: str
    edit: BoardEdit
    is_sent: bool = False


@dataclass
class Replica:
    """What a browser keeps: the confirmed value, its own edits on their way. It never merges and never guesses here."""

    person: str
    value: Board
    seq: int = 0
    epoch: int = 1
    pending: list[Pending] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    line: Line | None = None
    connection: Connection | None = None
    typed: dict[str, str] = field(default_factory=dict)  # note to the text last typed there
    trace: list[dict[str, Any]] | None = None

    def hear(self, payload: bytes, disk: Disk) -> None:
        frame = msgspec.json.decode(payload)
        if self.trace is not None and frame["type"] not in ("presence", "people", "beat"):
            self.trace.append({"type": "frame", "frame": frame})
        match frame["type"]:
            case "welcome":
                if "snapshot" in frame:
                    self.value = load([msgspec.convert(r, BoardRecord) for r in frame["snapshot"]])
                    self.seq, self.epoch = frame["seq"], frame["epoch"]
                assert frame["epoch"] == self.epoch, "another history came without its value"
            case "revisions":
                for revision in frame["revisions"]:
                    self._advance(revision, disk)
            case "settled":
                assert frame["seq"] is None or frame["seq"] <= self.seq, "an answer overtook its revision"
                self._drop(frame["edit_id"])
            case "refused" if frame["code"] in ("storage", "too_fast"):
                for pending in self.pending:
                    pending.is_sent = pending.is_sent and pending.edit_id != frame["edit_id"]
            case "refused":
                assert all(e.edit_id != frame["edit_id"] for e in disk.log), "refused, and yet recorded"
                self.refused.add(frame["edit_id"])
                self._drop(frame["edit_id"])
            case "bye":
                self.line = self.connection = None

    def _advance(self, revision: dict[str, Any], disk: Disk) -> None:
        assert revision["seq"] == self.seq + 1, f"{revision['seq']} after {self.seq}"
        assert revision["seq"] <= len(disk.log), "shown before it was on disk"
        assert disk.log[revision["seq"] - 1].edit_id == revision["edit_id"], "shown under another number"
        changes = [_change(change) for change in revision["changes"]]
        self.value = advance(self.value, changes)
        self.seq += 1
        self._drop(revision["edit_id"])

    def _drop(self, edit_id: str) -> None:
        self.pending = [pending for pending in self.pending if pending.edit_id != edit_id]
        self.done.add(edit_id)


def _change(change: dict[str, Any]) -> BoardChange:
    if change["type"] == "put":
        assert "was" not in change, "the past travelled"
        return Put(msgspec.convert(change["record"], BoardRecord))  # type: ignore[arg-type]
    return Remove(msgspec.convert(change["was"], BoardRecord))  # type: ignore[arg-type]


class World:
    """`make_room` may be a room with a planted bug."""

    def __init__(
        self, persons: Sequence[str] = ("anna", "bob", "carl"), notes: int = 3, room: type[AnyRoom] = Room
    ) -> None:
        self.loop = asyncio.new_event_loop()
        self.timers = Timers()
        self.disk = Disk(records(notes))
        self.replicas = [Replica(person, self.disk.value()) for person in persons]
        self.words: dict[str, str] = {}  # word to the edit that brought it
        self._make_room = room
        self._count = itertools.count(1)
        self._at = itertools.count(1_000_000)
        self.open_room()

    # --- the server

    def open_room(self) -> None:
        clocks = Clocks(lambda: next(self._at), lambda: self.timers.now, self.timers.later)
        value = self.disk.value()
        bodies: list[Body] = [body_of(record) for record in records_of(value)]
        self.room = self._make_room(CODEC, self.disk.head, value, bodies, self.disk, clocks)
        self.task = self.loop.create_task(self.room.run())
        self.spin()

    def spin(self) -> None:
        """Until every task waits for something that only a test can give."""

        async def turns() -> None:
            for _ in range(12):
                await asyncio.sleep(0)

        self.loop.run_until_complete(turns())

    def commit(self, *, lose_answer: bool = False) -> None:
        if self.disk.waiting:
            self.disk.commit(lose_answer=lose_answer)
            self.spin()

    def fail(self) -> None:
        if self.disk.waiting:
            self.disk.fail()
            self.spin()

    def pass_by(self, seconds: float) -> None:
        self.timers.pass_by(seconds)
        self.spin()

    def crash(self, *, after_commit: bool) -> None:
        """The process dies, before or after what it was just writing; it starts again from the disk."""
        if self.disk.waiting and after_commit:
            self.disk.commit()
        self.disk.waiting.clear()
        for replica in self.replicas:
            self.drop(replica)
        self.task.cancel()
        self.spin()
        self.open_room()

    def write_elsewhere(self, edit: BoardEdit) -> None:
        """Another process records an edit in the same document."""
        value = self.disk.value()
        edit_id = f"elsewhere-{next(self._count):06}"
        try:
            changes = apply(value, edit, By("elsewhere", next(self._at)))
        except Refused:
            return
        if changes:
            seq = len(self.disk.log) + 1
            made = encoded(Revision(seq, edit_id, "elsewhere", 1, tag_of(edit), changes))
            self.disk.keep(seq - 1, [made])

    # --- browsers

    def edit(self, replica: Replica, edit: BoardEdit) -> str:
        edit_id = f"{replica.person:-<6}{next(self._count):015}"
        replica.pending.append(Pending(edit_id, edit))
        if replica.trace is not None:
            replica.trace.append({"type": "edit", "edit_id": edit_id, "edit": msgspec.to_builtins(edit)})
        return edit_id

    def upload(self, replica: Replica, *, again: bool = False) -> None:
        """The next edit that was not sent on this line; or, `again`, one that was."""
        connection, room = replica.connection, self.room
        if connection is None or not connection.is_open:
            return
        pending = next((p for p in replica.pending if p.is_sent is again), None)
        if pending is None:
            return
        pending.is_sent = True

        def tell(outcome: Outcome) -> None:
            if isinstance(outcome, Settled):
                room.fanout.answer(connection, message(outcome))
            elif isinstance(outcome, Refused):
                room.fanout.answer(
                    connection, message(Rejected(pending.edit_id, outcome.code, outcome.detail))
                )

        room.ask(Asked(pending.edit_id, pending.edit, replica.person, lambda: connection.standing, tell))
        self.spin()

    def download(self, replica: Replica, most: int = 10**9) -> None:
        for _ in range(most):
            line = replica.line
            if line is None:
                return
            if not line.frames:
                if line.is_cut:
                    self.drop(replica)
                return
            replica.hear(line.frames.popleft(), self.disk)

    def drop(self, replica: Replica) -> None:
        """The line is cut: what was under way is lost both ways."""
        if replica.connection is not None:
            replica.connection.is_open = False
            self.room.leave(replica.connection)
            if replica.trace is not None:
                replica.trace.append({"type": "cut"})
        replica.line = replica.connection = None

    def reconnect(self, replica: Replica) -> None:
        if replica.connection is not None:
            return
        replica.line = Line()
        if replica.trace is not None:
            replica.trace.append({"type": "open"})
        person = Person(replica.person, replica.person.title())
        connection = Connection(f"c{next(self._count)}", person, Standing(Role.participant), replica.line)
        replica.connection = connection
        for pending in replica.pending:
            pending.is_sent = False
        hello = Hello(1, replica.epoch, replica.seq)
        join = self.loop.create_task(self.room.join(connection, hello))
        self.spin()
        assert join.done()
        join.result()

    # --- the end

    def settle(self) -> None:
        """All is well again: everybody is connected, everything arrives; one more edit, for a room hears of another process's
        revisions when it next writes."""
        first = self.replicas[0]
        self.edit(first, add("note-last-word"))
        for _ in range(200):
            for replica in self.replicas:
                self.download(replica)
                self.reconnect(replica)
                self.upload(replica)
            while self.disk.waiting:
                self.commit()
            self.pass_by(0.1)
            if all(not r.pending and r.line and not r.line.frames for r in self.replicas):
                return
        raise AssertionError("some edit never found its end")

    def check(self) -> None:
        """All views = state = log replayed; every word there; every edit once."""
        value = self.room.value
        assert value == self.disk.value() == self.disk.replayed()
        assert self.room.seq == len(self.disk.log)
        for replica in self.replicas:
            assert replica.seq == self.room.seq
            assert same(replica.value, value)
        shelf = load([RECORD.decode(bytes(record)) for record in self.room.shelf.records()])
        assert same(shelf, value)
        ids = [entry.edit_id for entry in self.disk.log]
        assert len(ids) == len(set(ids)), "an edit was recorded twice"
        assert [entry.seq for entry in self.disk.log] == list(range(1, len(ids) + 1))
        self._check_words(value)

    def _check_words(self, value: Board) -> None:
        there = set(" ".join(note.text for note in value.notes.values()).split())
        recorded = {entry.edit_id for entry in self.disk.log}
        for word, edit_id in self.words.items():
            if edit_id in recorded:
                assert word in there, f"the word {word} was lost"

    def close(self) -> None:
        self.task.cancel()
        self.spin()
        self.loop.close()


def same(one: Board, other: Board) -> bool:
    """A replica counts numbers from what it saw."""
    return msgspec.structs.replace(one, last_number=0) == msgspec.structs.replace(other, last_number=0)
