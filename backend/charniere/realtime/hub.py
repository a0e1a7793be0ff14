"""The open rooms: opened from disk when somebody comes, closed when nobody was there for a while. The one way in for edits."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from msgspec import Raw, Struct

from charniere.domain.changes import Revision
from charniere.domain.document import DocumentKind
from charniere.domain.edits import BOARD
from charniere.domain.rights import Standing
from charniere.errors import Code, Refused
from charniere.realtime.attempt import Asked, Outcome
from charniere.realtime.codec import Codec, wire_of
from charniere.realtime.connection import Connection
from charniere.realtime.fanout import Later
from charniere.realtime.log import DiskLog
from charniere.realtime.protocol import Person, Settled
from charniere.realtime.room import Clocks, Room
from charniere.spec.draft import DRAFT
from charniere.store import documents
from charniere.store.database import Database

log = logging.getLogger(__name__)

IDLE: Final = 60.0  # seconds without anybody after which a room is closed
KINDS: Final[Mapping[str, DocumentKind[Any, Any, Any]]] = MappingProxyType(
    {BOARD.name: BOARD, DRAFT.name: DRAFT}
)

AnyRoom = Room[Any, Any, Any]


class Snapshot(NamedTuple):
    """A document at one moment. `value` is the kind's own (a Board), `records` the same as JSON."""

    epoch: int
    seq: int
    value: Any
    records: tuple[Raw, ...]


class _Open(NamedTuple):
    room: AnyRoom
    task: asyncio.Task[None]


class Hub:
    """`clock` gives milliseconds since 1970, `people` everybody who may be named on a document."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], int],
        new_id: Callable[[], str],
        people: Callable[[str], Awaitable[Sequence[Person]]],
        *,
        kinds: Mapping[str, DocumentKind[Any, Any, Any]] = KINDS,
        now: Callable[[], float] | None = None,
        later: Later | None = None,
    ) -> None:
        self.new_id = new_id
        self._database = database
        self._clock = clock
        self._people = people
        self._codecs = {name: Codec(kind) for name, kind in kinds.items()}
        self._now = now
        self._later = later
        self._rooms: dict[str, asyncio.Future[_Open]] = {}
        self._closed = False

    # --- the way in ----------------------------------------------------------------------------------------

    async def snapshot(self, document_id: str) -> Snapshot:
        """Raises Refused(not_found | unreadable)."""
        room = await self.room(document_id)
        return Snapshot(room.epoch, room.seq, room.value, room.shelf.records())

    async def submit(
        self, document_id: str, person_id: str, standing: Standing, edit_id: str, edit: Struct
    ) -> Revision[Any] | Settled:
        """The revision, once it is on disk. Raises Refused; `storage` means: not now, the same edit_id may be tried again."""
        room = await self.room(document_id)
        answer: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()

        def tell(outcome: Outcome) -> None:
            if not answer.done():
                answer.set_result(outcome)

        room.ask(Asked(edit_id, edit, person_id, lambda: standing, tell))
        outcome = await answer
        if isinstance(outcome, Refused):
            raise outcome
        return outcome

    async def log_since(self, document_id: str, since: int, limit: int) -> list[bytes]:
        """Revisions as they travel, oldest first, at most `limit`."""
        room = await self.room(document_id)
        entries = await self._database.read(
            lambda c: documents.log_since(c, document_id, since, limit, room.seq)
        )
        return [wire_of(entry) for entry in entries]

    # --- who is there --------------------------------------------------------------------------------------

    def announce(self, document_id: str, people: Sequence[Person]) -> None:
        """Somebody joined or was renamed: those who are there learn it."""
        for _, room in self._open(document_id):
            room.meet(people)

    def disconnect(self, person_id: str, document_id: str | None = None) -> None:
        """A right withdrawn, a session ended: the person's connections end, on one document or on all."""
        for connection in self._of(person_id, document_id):
            connection.bye(Code.not_allowed if document_id else Code.no_session, again=False)

    def restand(self, person_id: str, document_id: str, standing: Standing) -> None:
        """Another role or another level: the connections stay, their next edit is judged by it."""
        for connection in self._of(person_id, document_id):
            connection.standing = standing

    def count(self, document_id: str) -> int:
        """Persons connected now."""
        return len(
            {c.person.id for _, room in self._open(document_id) for c in room.fanout.connections.values()}
        )

    def _of(self, person_id: str, document_id: str | None) -> list[Connection]:
        return [
            connection
            for _, room in self._open(document_id)
            for connection in room.fanout.connections.values()
            if connection.person.id == person_id
        ]

    def _open(self, document_id: str | None) -> Iterator[tuple[str, AnyRoom]]:
        for name, opening in list(self._rooms.items()):
            one = _opened(opening)
            if document_id in (None, name) and one is not None:
                yield name, one.room

    # --- rooms ---------------------------------------------------------------------------------------------

    async def room(self, document_id: str) -> AnyRoom:
        """The room of this document, opened if need be; who asks meanwhile waits for the same opening."""
        if self._closed:
            raise Refused(Code.storage)
        opening = self._rooms.get(document_id)
        before = _opened(opening) if opening else None
        if opening is None or (opening.done() and (before is None or before.room.is_over)):
            opening = asyncio.ensure_future(self._read(document_id, before))
            self._rooms[document_id] = opening
            opening.add_done_callback(lambda done: self._keep(document_id, done))
        return (await asyncio.shield(opening)).room

    async def close(self) -> None:
        """Everybody is sent away to come back, and everything asked so far is on disk."""
        self._closed = True
        opened = await asyncio.gather(*self._rooms.values(), return_exceptions=True)
        for one in opened:
            if isinstance(one, _Open):
                one.room.over(Code.storage)
        await asyncio.gather(*(one.task for one in opened if isinstance(one, _Open)), return_exceptions=True)

    async def _read(self, document_id: str, before: _Open | None) -> _Open:
        if before is not None:
            await asyncio.wait({before.task})  # what it still had to record is on disk before it is read
        stored = await self._database.read(lambda c: documents.read(c, document_id))
        if stored is None:
            raise Refused(Code.not_found)
        codec = self._codecs.get(stored.head.kind)
        if codec is None:
            raise Refused(Code.unreadable)
        # a large document takes a while to decode: on a thread, others go on meanwhile
        value = await asyncio.to_thread(codec.value, stored.records)
        people = await self._people(document_id)
        disk = DiskLog(self._database, document_id, stored.head.epoch)
        room = Room(codec, stored.head, value, stored.bodies, disk, self._clocks(), people)
        return _Open(room, asyncio.get_running_loop().create_task(room.run()))

    def _keep(self, document_id: str, opening: "asyncio.Future[_Open]") -> None:
        """Until it ends, or was empty at two looks in a row."""
        one = _opened(opening)
        if one is None:
            self._forget(document_id, opening)
            return
        room = one.room
        one.task.add_done_callback(lambda _: self._forget(document_id, opening))

        def look(was_empty: bool) -> None:
            is_empty = not room.fanout.connections
            if room.is_over:
                return
            if was_empty and is_empty:
                room.stop()  # forgotten when its task has ended
            else:
                self._clocks().later(IDLE, lambda: look(is_empty))

        look(False)

    def _forget(self, document_id: str, opening: "asyncio.Future[_Open]") -> None:
        if self._rooms.get(document_id) is opening:
            del self._rooms[document_id]

    def _clocks(self) -> Clocks:
        loop = asyncio.get_running_loop()
        return Clocks(self._clock, self._now or loop.time, self._later or loop.call_later)


def _opened(opening: "asyncio.Future[_Open]") -> _Open | None:
    """None while it is being opened, and when it could not be."""
    if not opening.done() or opening.cancelled() or opening.exception() is not None:
        return None
    return opening.result()
