"""What surrounds a room in tests: a disk that commits when told, a clock moved by hand, lines whose frames wait to be taken."""

import asyncio
import heapq
import itertools
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from charniere.domain.board import Board, BoardRecord, advance, load
from charniere.domain.changes import Put, Remove
from charniere.realtime.codec import Made
from charniere.realtime.frames import Frame
from charniere.store.documents import Doubled, Entry, Head, Outrun, body_of

CHANGES = msgspec.json.Decoder(tuple[Put[BoardRecord] | Remove[BoardRecord], ...])
RECORD: "msgspec.json.Decoder[BoardRecord]" = msgspec.json.Decoder(BoardRecord)


class DiskFull(Exception):
    pass


class Disk:
    """The log of one document as the contract of store/documents says; each append waits until it is let through."""

    def __init__(self, first: Sequence[BoardRecord]) -> None:
        self.first = list(first)
        self.epoch = 1
        self.log: list[Entry] = []
        self.bodies = {(body.kind, body.id): body for body in map(body_of, first)}
        self.waiting: deque[tuple[int, Sequence[Made], asyncio.Future[None]]] = deque()

    @property
    def head(self) -> Head:
        return Head("board", self.epoch, len(self.log))

    async def append(self, expected: int, made: Sequence[Made]) -> None:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waiting.append((expected, made, done))
        await done

    async def since(self, since: int, limit: int, until: int) -> list[Entry]:
        return self.log[since:until][:limit]

    async def entry_of(self, edit_id: str) -> Entry | None:
        return next((entry for entry in self.log if entry.edit_id == edit_id), None)

    def commit(self, *, lose_answer: bool = False) -> None:
        expected, made, done = self.waiting.popleft()
        problem: Exception | None = DiskFull() if lose_answer else None
        try:
            self.keep(expected, made)
        except (Outrun, Doubled) as refused:
            problem = refused
        if not done.done():
            done.set_exception(problem) if problem else done.set_result(None)

    def fail(self) -> None:
        _, _, done = self.waiting.popleft()
        if not done.done():
            done.set_exception(DiskFull())

    def keep(self, expected: int, made: Sequence[Made]) -> None:
        if expected != len(self.log):
            raise Outrun(self.head)
        if {m.entry.edit_id for m in made} & {entry.edit_id for entry in self.log}:
            raise Doubled
        self.log += [m.entry for m in made]
        self.put(body for m in made for body in m.bodies)

    def put(self, bodies: Any) -> None:
        for body in bodies:
            if body.body is None:
                self.bodies.pop((body.kind, body.id), None)
            else:
                self.bodies[body.kind, body.id] = body

    def value(self) -> Board:
        return load([RECORD.decode(body.body) for body in self.bodies.values() if body.body])

    def replayed(self) -> Board:
        """What the log says, from the first records on."""
        value = load(self.first)
        for entry in self.log:
            value = advance(value, CHANGES.decode(entry.changes))
        return value


class Timers:
    """`call_later` on a clock moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._count = itertools.count()

    def later(self, delay: float, run: Callable[[], None]) -> None:
        heapq.heappush(self._due, (self.now + delay, next(self._count), run))

    def pass_by(self, seconds: float) -> None:
        until = self.now + seconds
        while self._due and self._due[0][0] <= until:
            self.now, _, run = heapq.heappop(self._due)
            run()
        self.now = until


class Line:
    """The wire of one connection: frames wait on it until the browser takes them."""

    def __init__(self) -> None:
        self.frames: deque[bytes] = deque()
        self.is_cut = False

    def write(self, frame: Frame) -> None:
        if not self.is_cut:
            self.frames.append(frame.payload)

    def backlog(self) -> int:
        return sum(map(len, self.frames))

    def close(self, code: int) -> None:
        pass

    def abort(self) -> None:
        self.frames.clear()
        self.is_cut = True
