"""What a room says to its connections, and when: one frame a tick for all, built once. It decides nothing about the document.

The tick follows the cost of the last one: at once when quiet, and never more than a quarter of the time spent sending.
"""

from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Raw

from charniere.realtime.connection import Connection, message
from charniere.realtime.frames import Frame
from charniere.realtime.protocol import HEARTBEAT, Beat, People, Person, Presence, Revisions, Seen

SHARE: Final = 4  # a tick is this many times as long as its sending took
LONGEST_TICK: Final = 0.03  # seconds
PRESENCE_TICK: Final = 0.1
PRESENCE_AT_ONCE: Final = 50  # persons named in one frame; the tick grows with the number of readers
SWEEP: Final = 1.0  # how often silent lines are looked for
FRAME_REVISIONS: Final = 500

Later = Callable[[float, Callable[[], None]], object]


class Fanout:
    """`now` is a monotonic clock in seconds; `later` runs a function after so many seconds (asyncio's `call_later`)."""

    def __init__(self, seq: int, now: Callable[[], float], later: Later) -> None:
        self.connections: dict[str, Connection] = {}
        self._seq = seq
        self._now = now
        self._later = later
        self._revisions: list[bytes] = []
        self._answers: list[tuple[Connection, Frame]] = []
        self._people: dict[str, Person] = {}
        self._moved: dict[str, Seen] = {}
        self._ticking = self._presence_ticking = self._sweeping = False
        self._last_tick = self._cost = 0.0

    def join(self, connection: Connection) -> None:
        """From here on it hears everything. Its welcome is already written."""
        self.connections[connection.id] = connection
        if not self._sweeping:
            self._sweeping = True
            self._later(SWEEP, self._sweep)

    def leave(self, connection: Connection) -> None:
        if self.connections.pop(connection.id, None) and self.connections:
            self.here(Seen(connection=connection.id, person=connection.person.id, gone=True))

    def publish(self, revisions: Sequence[bytes], seq: int) -> None:
        self._revisions += revisions
        self._seq = seq
        self._wake()

    def answer(self, connection: Connection, payload: bytes) -> None:
        """Never overtakes a revision that was recorded before the answer was known."""
        self._answers.append((connection, Frame(payload)))
        self._wake()

    def here(self, seen: Seen) -> None:
        self._moved.pop(seen.connection, None)
        self._moved[seen.connection] = seen
        if not self._presence_ticking:
            self._presence_ticking = True
            self._later(self._presence_tick(), self._send_presence)

    def people(self, people: Sequence[Person]) -> None:
        """Heard before anything that these persons do from now on."""
        self._people.update({person.id: person for person in people})
        self._wake()

    def flush(self) -> None:
        """Sends the revisions that wait, now. A join calls it first, so that nobody gets one twice."""
        if self._revisions or self._answers:
            self._send()

    def _send(self) -> None:
        began = self._now()
        people, self._people = self._people, {}
        if people:
            self._to_all(Frame(message(People(tuple(people.values())))))
        revisions, self._revisions = self._revisions, []
        for start in range(0, len(revisions), FRAME_REVISIONS):
            several = Raw(b",".join(revisions[start : start + FRAME_REVISIONS]))
            self._to_all(Frame(message(Revisions((several,)))))
        answers, self._answers = self._answers, []
        for connection, frame in answers:
            connection.send(frame, began)
        self._last_tick = self._now()
        if revisions or people:
            # a machine busy elsewhere makes one sending look dear: cost may fall at once, and rises by steps
            self._cost = min(self._last_tick - began, self._cost * 1.5 + 0.0005)

    def _wake(self) -> None:
        if not self._ticking:
            self._ticking = True
            tick = min(LONGEST_TICK, self._cost * SHARE)
            self._later(max(0.0, self._last_tick + tick - self._now()), self._tick)

    def _tick(self) -> None:
        self._ticking = False
        self._send()

    def _to_all(self, frame: Frame) -> None:
        now = self._now()
        for connection in list(self.connections.values()):
            connection.send(frame, now)

    def _presence_tick(self) -> float:
        return PRESENCE_TICK * max(1.0, len(self.connections) / PRESENCE_AT_ONCE)

    def _send_presence(self) -> None:
        names = list(self._moved)[:PRESENCE_AT_ONCE]
        frame = Frame(message(Presence(tuple(self._moved.pop(name) for name in names))))
        now = self._now()
        for connection in list(self.connections.values()):
            if not connection.is_slow():
                connection.send(frame, now)
        self._presence_ticking = bool(self._moved)
        if self._moved:
            self._later(self._presence_tick(), self._send_presence)

    def _sweep(self) -> None:
        now = self._now()
        beat = Frame(message(Beat(self._seq)))
        self._sweeping = bool(self.connections)
        for connection in list(self.connections.values()):
            if now - connection.spoke_at >= HEARTBEAT - SWEEP:
                connection.send(beat, now)
        if self._sweeping:
            self._later(SWEEP, self._sweep)
