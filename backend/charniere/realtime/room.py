"""One open document: an actor. Its one task owns the value and alone changes it; what it recorded, it tells its connections.

It knows neither sockets nor the database: it is given a log, clocks and connections, and can be driven by plain calls.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

from msgspec import Raw, Struct

from charniere.domain.changes import Revision
from charniere.domain.document import DocumentKind
from charniere.errors import Code, Refused
from charniere.realtime.attempt import Asked, Attempt, Outcome, attempt
from charniere.realtime.codec import Codec, Made, wire_of
from charniere.realtime.connection import Connection, message
from charniere.realtime.fanout import Fanout, Later
from charniere.realtime.frames import Frame
from charniere.realtime.log import Log
from charniere.realtime.protocol import Hello, Person, Revisions, Settled, Welcome
from charniere.realtime.recent import Recent
from charniere.realtime.shelf import Shelf
from charniere.store.documents import Body, Doubled, Head, Outrun

log = logging.getLogger(__name__)

V = TypeVar("V")
E = TypeVar("E", bound=Struct)
R = TypeVar("R")

BATCH: Final = 50  # edits in one commit
INBOX: Final = 5_000  # edits that may wait in one room
PAGE: Final = 500  # revisions read from the log at once
CATCH_UP: Final = 2_000  # revisions; who is further behind gets the whole value


class Broken(Exception):
    """This room can no longer be right: the document is gone or has another history."""


class Clocks(NamedTuple):
    at: Callable[[], int]  # milliseconds since 1970, UTC
    now: Callable[[], float]  # monotonic, seconds
    later: Later


class Room(Generic[V, E, R]):
    """Made by the hub from a document just read. `run` is its task; everything else is called from the same loop."""

    def __init__(
        self,
        codec: Codec[V, E, R],
        head: Head,
        value: V,
        shelf: Iterable[Body],
        disk: Log,
        clocks: Clocks,
        people: Sequence[Person] = (),
    ) -> None:
        self.codec = codec
        self.epoch, self.seq = head.epoch, head.seq
        self.value = value
        self.shelf = Shelf(shelf)
        self.people = {person.id: person for person in people}
        self.fanout = Fanout(head.seq, clocks.now, clocks.later)
        self.is_over = False
        self._disk = disk
        self._clocks = clocks
        self._recent = Recent(head.seq)
        self._inbox: deque[Asked[E]] = deque()
        self._wake = asyncio.Event()

    @property
    def kind(self) -> DocumentKind[V, E, R]:
        return self.codec.kind

    # --- edits ---------------------------------------------------------------------------------------------

    def ask(self, asked: Asked[E]) -> None:
        """Its outcome comes through `asked.answer`, always, and only once it is on disk."""
        if self.is_over:
            asked.answer(Refused(Code.storage))
        elif len(self._inbox) >= INBOX:
            asked.answer(Refused(Code.too_fast))
        else:
            self._inbox.append(asked)
            self._wake.set()

    async def run(self) -> None:
        """Until `stop`, with nothing left in the inbox; or until something breaks that no edit is to blame for."""
        try:
            while not self.is_over or self._inbox:
                await self._wake.wait()
                self._wake.clear()
                while self._inbox:
                    batch = [self._inbox.popleft() for _ in range(min(BATCH, len(self._inbox)))]
                    await self._serve(batch)
        except Exception as error:
            expected = isinstance(error, Broken | Refused)
            log.error("a room broke: %s", type(error).__name__, exc_info=None if expected else error)
            self.over(Code.broken)
        finally:
            self.is_over = True
            self._fail(self._take_inbox())

    def stop(self) -> None:
        """No new edit; the task ends when the inbox is empty."""
        self.is_over = True
        self._wake.set()

    def over(self, code: Code) -> None:
        """Sends everybody away, to come back to a room read anew from the disk."""
        self.is_over = True
        self.fanout.flush()
        for connection in list(self.fanout.connections.values()):
            connection.bye(code, again=True)
        self._wake.set()

    async def _serve(self, batch: list[Asked[E]]) -> None:
        """All in one commit; if that fails, one by one, so that one edit never stops the others."""
        try:
            if await self._record(batch):
                return
            failed: set[str] = set()
            for asked in batch:
                # what somebody asked after an edit that failed may stand on it: it waits its turn too
                if asked.person in failed or not await self._record([asked]):
                    failed.add(asked.person)
                    self._fail([asked])
        except BaseException:
            self._fail(batch)
            raise

    async def _record(self, batch: list[Asked[E]]) -> bool:
        """False when the disk would not: then nothing was recorded and the value has not moved."""
        while True:
            try:
                tried = await self._attempt(batch)
                if tried.made:
                    await self._disk.append(self.seq, tried.made)
            except Outrun as outrun:
                await self._catch_up(outrun.head)
                continue
            except Doubled:
                if len(batch) > 1:
                    return False
                tried = Attempt(self.value, [], [(batch[0], Settled(batch[0].edit_id))])
            except Exception as error:
                log.error("the disk refused %d edits: %s", len(batch), type(error).__name__)
                return False
            if tried.made:
                self._advance(tried.made, tried.value)
            await self._answer(tried)
            return True

    async def _attempt(self, batch: Sequence[Asked[E]]) -> Attempt[V, E]:
        undone: dict[str, Revision[object]] = {}
        for asked in batch:
            named = self.kind.undoes(asked.edit)
            if named and named not in undone:
                made = self._recent.of(named) or await self._made(named)
                if made:
                    undone[named] = made.revision
        return attempt(
            self.codec, self.value, self.seq, batch, self._clocks.at(), self._recent.seq_of, undone
        )

    async def _answer(self, tried: Attempt[V, E]) -> None:
        unsure: list[tuple[Asked[E], Outcome]] = []
        for asked, outcome in tried.answers:
            if isinstance(outcome, Revision) or (isinstance(outcome, Settled) and outcome.seq is not None):
                asked.answer(outcome)
            else:
                unsure.append((asked, outcome))
        if unsure:
            await asyncio.gather(*(self._look_up(asked, outcome) for asked, outcome in unsure))

    async def _look_up(self, asked: Asked[E], outcome: Outcome) -> None:
        """A refusal, or a settlement without number, may be of an edit recorded long ago: the log knows."""
        try:
            entry = await self._disk.entry_of(asked.edit_id)
        except Exception as error:
            log.error("the log cannot be read: %s", type(error).__name__)
            asked.answer(Refused(Code.storage))  # not to be known now: the edit is sent again later
        else:
            asked.answer(Settled(asked.edit_id, entry.seq) if entry else outcome)

    def _advance(self, made: Sequence[Made], value: V) -> None:
        """The one place where a value is replaced: after the commit, without a pause, with everything that follows it."""
        self.value = value
        self.seq = made[-1].revision.seq
        for one in made:
            self.shelf.put(one.bodies)
            self._recent.add(one)
        self.fanout.publish([one.wire for one in made], self.seq)

    async def _catch_up(self, head: Head | None) -> None:
        """Somebody else wrote to this document: their revisions come first."""
        if head is None or head.epoch != self.epoch or head.seq <= self.seq:
            raise Broken
        while self.seq < head.seq:
            entries = await self._disk.since(self.seq, PAGE, head.seq)
            made = [self.codec.made(entry) for entry in entries]
            if not made or made[0].revision.seq != self.seq + 1:
                raise Broken
            value = self.value
            for one in made:
                value = self.kind.advance(value, one.revision.changes)  # type: ignore[arg-type]
            self._advance(made, value)

    async def _made(self, edit_id: str) -> Made | None:
        entry = await self._disk.entry_of(edit_id)
        return self.codec.made(entry) if entry else None

    def _fail(self, batch: Sequence[Asked[E]]) -> None:
        for asked in batch:
            asked.answer(Refused(Code.storage))

    def _take_inbox(self) -> list[Asked[E]]:
        left, self._inbox = list(self._inbox), deque()
        return left

    # --- connections ---------------------------------------------------------------------------------------

    async def join(self, connection: Connection, hello: Hello) -> None:
        """Welcomes and catches up. When it returns, the connection has everything and hears what follows."""
        since = hello.since
        known = hello.epoch == self.epoch and since <= self.seq and self.seq - since <= CATCH_UP
        missed = self._recent.after(since) if known else None
        self.fanout.flush()
        self._greet(connection, whole=not known)
        while known and missed is None and connection.is_open:
            entries = await self._disk.since(since, PAGE, self.seq)
            if not entries or entries[0].seq != since + 1:
                connection.bye(Code.unreadable, again=False)
                return
            self._say(connection, [wire_of(entry) for entry in entries])
            since = entries[-1].seq
            missed = self._recent.after(since)
        self.fanout.flush()
        self._say(connection, missed or [])
        self.fanout.join(connection)
        self.fanout.here(connection.seen)
        if self.is_over:
            connection.bye(Code.storage, again=True)

    def meet(self, people: Sequence[Person]) -> None:
        """Tells everybody of persons who are new here, or renamed."""
        new = [person for person in people if self.people.get(person.id) != person]
        self.people.update({person.id: person for person in new})
        if new:
            self.fanout.people(new)

    def leave(self, connection: Connection) -> None:
        self.fanout.leave(connection)

    def _greet(self, connection: Connection, *, whole: bool) -> None:
        self.meet([connection.person])
        here = tuple(other.seen for other in self.fanout.connections.values() if other.is_open)
        welcome = Welcome(
            epoch=self.epoch,
            seq=self.seq,
            you=connection.person,
            people=tuple(self.people.values()),
            here=here,
            snapshot=(self.shelf.joined(),) if whole else None,
        )
        connection.welcome(Frame(message(welcome)), self._clocks.now())

    def _say(self, connection: Connection, wires: Sequence[bytes]) -> None:
        if wires:
            frame = Frame(message(Revisions((Raw(b",".join(wires)),))))
            connection.welcome(frame, self._clocks.now())
