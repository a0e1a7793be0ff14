"""Browsers, room and disk agree in the end, whatever happened on the way; and the machine that says so sees when they do not."""

import os
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from charniere.realtime.attempt import Attempt
from charniere.realtime.codec import Made
from charniere.realtime.connection import Connection
from charniere.realtime.fanout import Fanout
from charniere.realtime.protocol import Hello
from charniere.realtime.recent import Recent
from charniere.realtime.room import Room
from charniere.store.documents import Entry, Head
from realtime.machine import Machine
from realtime.surroundings import Disk
from realtime.world import AnyRoom

RUNS = int(os.environ.get("CHARNIERE_RUNS", "100"))


@pytest.mark.timeout(900)
def test_all_views_are_the_state_and_the_state_is_the_log() -> None:
    """RV1, RV2, RV3, RV5, ID2, ID4, RF1"""
    run_state_machine_as_test(
        Machine, settings=settings(max_examples=RUNS, stateful_step_count=40, deadline=None)
    )


# --- rooms with a planted bug: if one of these goes unseen, the test above proves nothing


class LosesTheLastOneMissed(Room[Any, Any, Any]):
    async def join(self, connection: Connection, hello: Hello) -> None:
        after = self._recent.after
        self._recent.after = lambda since: (after(since) or [])[:-1]  # type: ignore[method-assign]
        await super().join(connection, hello)
        self._recent.after = after  # type: ignore[method-assign]


class WelcomesWithoutListening(Room[Any, Any, Any]):
    async def join(self, connection: Connection, hello: Hello) -> None:
        await super().join(connection, hello)
        if connection.person.id == "carl":
            self.fanout.connections.pop(connection.id, None)


class JoinsWithoutFlushing(Room[Any, Any, Any]):
    async def join(self, connection: Connection, hello: Hello) -> None:
        self.fanout.flush = lambda: None  # type: ignore[method-assign]
        await super().join(connection, hello)
        del self.fanout.flush  # type: ignore[method-assign]


class ShowsBeforeDisk(Room[Any, Any, Any]):
    async def _attempt(self, batch: Sequence[Any]) -> Attempt[Any, Any]:
        tried = await super()._attempt(batch)
        self.fanout.publish([made.wire for made in tried.made], self.seq)
        self.fanout.flush()
        return tried


class KeepsWhatTheDiskRefused(Room[Any, Any, Any]):
    async def _attempt(self, batch: Sequence[Any]) -> Attempt[Any, Any]:
        tried = await super()._attempt(batch)
        self.value = tried.value
        return tried


class HidesWhatOthersRecorded(Room[Any, Any, Any]):
    async def _catch_up(self, head: Head | None) -> None:
        said = self.fanout.publish
        self.fanout.publish = lambda revisions, seq: None  # type: ignore[method-assign]
        await super()._catch_up(head)
        self.fanout.publish = said  # type: ignore[method-assign]


class AnswersAheadOfRevisions(Room[Any, Any, Any]):
    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.fanout.answer = self._at_once  # type: ignore[method-assign]

    def _at_once(self, connection: Connection, payload: bytes) -> None:
        from charniere.realtime.frames import Frame

        connection.send(Frame(payload), 0.0)


class SkipsFramesOfSlowReaders(Room[Any, Any, Any]):
    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.fanout.__class__ = _Skips


class _Skips(Fanout):
    def _to_all(self, frame: Any) -> None:
        for connection in list(self.connections.values()):
            if connection._wire.backlog() < 1_000:
                connection.send(frame, self._now())


class ForgetsOldEdits(Disk):
    """Neither looks an old edit up, nor refuses its double."""

    async def entry_of(self, edit_id: str) -> Entry | None:
        return None

    def keep(self, expected: int, made: Sequence[Made]) -> None:
        log, self.log = self.log, [entry._replace(edit_id=f"{entry.seq}") for entry in self.log]
        try:
            super().keep(expected, made)
        finally:
            self.log = log + self.log[len(log) :]


class _Amnesia(Recent):
    def seq_of(self, edit_id: str) -> int | None:
        return None


class NeverHeardOfDoubles(Room[Any, Any, Any]):
    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._recent.__class__ = _Amnesia


class WrongShelf(Room[Any, Any, Any]):
    """The snapshot misses what was put by the last revision of a batch."""

    def _advance(self, made: Sequence[Made], value: Any) -> None:
        put = self.shelf.put
        self.shelf.put = lambda bodies: put(list(bodies)[:-1])  # type: ignore[method-assign]
        super()._advance(made, value)
        self.shelf.put = put  # type: ignore[method-assign]


PLANTED: list[tuple[type[AnyRoom], type[Disk] | None]] = [
    (LosesTheLastOneMissed, None),
    (WelcomesWithoutListening, None),
    (JoinsWithoutFlushing, None),
    (ShowsBeforeDisk, None),
    (KeepsWhatTheDiskRefused, None),
    (HidesWhatOthersRecorded, None),
    (AnswersAheadOfRevisions, None),
    (SkipsFramesOfSlowReaders, None),
    (NeverHeardOfDoubles, ForgetsOldEdits),
    (Room, ForgetsOldEdits),
    (WrongShelf, None),
]


@pytest.mark.parametrize(
    ("room", "disk"),
    PLANTED,
    ids=[f"{room.__name__}-{disk.__name__ if disk else 'disk'}" for room, disk in PLANTED],
)
def test_the_machine_sees_a_planted_bug(room: type[AnyRoom], disk: type[Disk] | None) -> None:
    planted = type("Planted", (Machine,), {"room": room, "disk": disk})
    hunt = settings(
        max_examples=1_500,  # ends at the first that bites; a seldom bug bites once in a few hundred
        stateful_step_count=40,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate,),
        print_blob=False,
    )
    with pytest.raises((AssertionError, ExceptionGroup)):
        run_state_machine_as_test(planted, settings=hunt)
