"""One socket as its room sees it: who is there, with which right, and how far behind the line is."""

from typing import Final

import msgspec

from charniere.domain.rights import Standing
from charniere.errors import Code
from charniere.realtime.frames import Frame, Wire
from charniere.realtime.protocol import Bye, Down, Person, Seen

BACKLOG: Final = 1024 * 1024  # bytes that may wait for one slow reader, besides the snapshot it asked for
PRESENCE_BACKLOG: Final = 32 * 1024  # beyond this, who is where is left out: it never waits behind revisions
CLOSED: Final = 1000
POLICY: Final = 1008

_encode = msgspec.json.Encoder().encode


class Connection:
    """`standing` may be replaced at any time; it is asked at every edit. `id` is new for every socket, never a tab's."""

    def __init__(self, connection_id: str, person: Person, standing: Standing, wire: Wire) -> None:
        self.id = connection_id
        self.person = person
        self.standing = standing
        self.seen = Seen(connection=connection_id, person=person.id)
        self.is_open = True
        self.is_dropped = False
        self.spoke_at = 0.0  # when something was last sent, on the room's own clock
        self._wire = wire
        self._allowance = 0

    def send(self, frame: Frame, now: float) -> None:
        """Drops the line when too much waits on it: its browser comes back and asks for what it missed."""
        if not self.is_open:
            return
        self._wire.write(frame)
        self.spoke_at = now
        waiting = self._wire.backlog()
        if (
            waiting <= BACKLOG // 2
        ):  # not BACKLOG: a first frame just below it would leave no room for what follows
            self._allowance = 0
        elif waiting > BACKLOG + self._allowance:
            self.drop()

    def welcome(self, frame: Frame, now: float) -> None:
        """A first frame may be as large as the document; it does not count as being slow."""
        self._allowance += len(frame.wire)
        self.send(frame, now)

    def is_slow(self) -> bool:
        return self._wire.backlog() > PRESENCE_BACKLOG

    def bye(self, code: Code, *, again: bool) -> None:
        """The last frame, then the goodbye."""
        if self.is_open:
            self.is_open = False
            farewell(self._wire, code, again=again)

    def drop(self) -> None:
        if self.is_open:
            self.is_open = False
            self.is_dropped = True
            self._wire.abort()


def farewell(wire: Wire, code: Code, *, again: bool) -> None:
    wire.write(Frame(message(Bye(code, again))))
    wire.close(CLOSED if again else POLICY)


def message(down: Down) -> bytes:
    return _encode(down)
