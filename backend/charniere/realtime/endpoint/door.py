"""One socket from its handshake to its end: hello, edits, presence. Who may come in is asked of a Door, the rest of the room."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final, NamedTuple, Protocol

import msgspec
from msgspec import Struct
from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket, WebSocketState

from charniere.domain import limits
from charniere.domain.rights import Action, Standing, may
from charniere.errors import Code, Refused
from charniere.realtime.attempt import Asked, Outcome
from charniere.realtime.connection import Connection, farewell, message
from charniere.realtime.endpoint import phrases
from charniere.realtime.endpoint.wires import has_ended, wire_of
from charniere.realtime.hub import AnyRoom, Hub
from charniere.realtime.protocol import (
    VERSION,
    AskPhrasing,
    DismissPhrasing,
    Hello,
    Here,
    Person,
    Rejected,
    Seen,
    Settled,
    Submit,
    Up,
)

HELLO_WITHIN: Final = 10.0  # seconds
RATE: Final = 50.0  # frames a second that one connection may send for long
BURST: Final = 300.0  # and at once; beyond it the line is read more slowly, and nothing is refused
RECHECK: Final = (
    300.0  # seconds after which a line that is still open is asked again who it is and what it may
)
IN_FLIGHT: Final = 300  # edits of one connection that wait for the disk

log = logging.getLogger(__name__)

_decoder: Final = msgspec.json.Decoder(Up)


class Visitor(Protocol):
    """Who stands behind a request (see access/sessions)."""

    @property
    def person_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def team(self) -> str: ...


class Door(NamedTuple):
    """What is asked of access: may this page open a socket, who is it, and how does that person stand before the document.

    `folder` is where refused proposals are counted.
    """

    allowed: Callable[[HTTPConnection], bool]
    identify: Callable[[HTTPConnection], Awaitable[Visitor | None]]
    standing: Callable[[HTTPConnection, str, str], Awaitable[Standing | None]]  # person id, document id
    folder: Callable[[HTTPConnection], Path]


async def serve(websocket: WebSocket, document_id: str, hub: Hub, door: Door) -> None:
    """Until either side ends it. Raises nothing for what a browser may send."""
    if not door.allowed(websocket):
        await websocket.close(1008)  # before accepting: the handshake is answered 403
        return
    visitor = await door.identify(websocket)
    standing = await door.standing(websocket, visitor.person_id, document_id) if visitor else None
    await websocket.accept()
    wire = wire_of(websocket)
    if visitor is None:
        farewell(wire, Code.no_session, again=False)
    elif standing is None or not may(standing, Action.read):
        farewell(wire, Code.not_found, again=False)  # whether it exists is not told to who may not see it
    else:
        person = Person(visitor.person_id, visitor.name, visitor.team, standing.role.value)
        connection = Connection(hub.new_id(), person, standing, wire)
        try:
            await _converse(websocket, connection, hub, document_id, door)
        except asyncio.CancelledError:
            if connection.is_dropped:  # the pump's way of ending at once: nothing is left to be read
                return
            raise
    while await _received(websocket) is not None:  # what was on its way while we said goodbye
        pass


async def _converse(
    websocket: WebSocket, connection: Connection, hub: Hub, document_id: str, door: Door
) -> None:
    room: AnyRoom | None = None
    try:
        hello = await _hello(websocket)
        if hello is None:
            return
        room = await hub.room(document_id)
        await room.join(connection, hello)
        watch = asyncio.create_task(_watch(websocket, connection, document_id, door))
        try:
            await _listen(websocket, connection, room, door.folder(websocket))
        finally:
            watch.cancel()
    except Refused as refused:
        connection.bye(refused.code, again=refused.code is Code.storage)
    except Exception as error:
        log.error("a socket broke: %s", type(error).__name__, exc_info=error)
        connection.bye(Code.broken, again=True)
    finally:
        connection.is_open = False
        if room is not None:
            room.leave(connection)


async def _hello(websocket: WebSocket) -> Hello | None:
    """None when the browser left first. Raises Refused."""
    try:
        async with asyncio.timeout(HELLO_WITHIN):
            data = await _received(websocket)
    except TimeoutError:
        raise Refused(Code.bad_frame) from None
    if data is None:
        return None
    hello = _decoded(data)
    if not isinstance(hello, Hello):
        raise Refused(Code.bad_frame)
    if hello.version != VERSION:
        raise Refused(Code.protocol_version)
    return hello


async def _listen(websocket: WebSocket, connection: Connection, room: AnyRoom, folder: Path) -> None:
    bucket = Bucket(asyncio.get_running_loop().time())
    flying = asyncio.Semaphore(IN_FLIGHT)
    while connection.is_open and (data := await _received(websocket)) is not None:
        wait = bucket.take(asyncio.get_running_loop().time())
        if wait and not has_ended(websocket):  # what it had sent is recorded, and then its person is gone
            await asyncio.sleep(wait)
        up = _decoded(data)
        if isinstance(up, Submit):
            await flying.acquire()
            _submit(connection, room, up, len(data), flying)
        elif isinstance(up, Here):
            _here(connection, room, up)
        elif isinstance(up, AskPhrasing):
            await phrases.answer(connection, up)
        elif isinstance(up, DismissPhrasing):
            await phrases.dismissed(connection, up.rule, folder)
        else:
            raise Refused(Code.bad_frame)


async def _watch(websocket: WebSocket, connection: Connection, document_id: str, door: Door) -> None:
    """Rights end while lines stay open. Whoever takes one away says so to the hub; this is for what nobody said."""
    while connection.is_open:
        await asyncio.sleep(RECHECK)
        visitor = await door.identify(websocket)
        standing = await door.standing(websocket, visitor.person_id, document_id) if visitor else None
        if standing is None:
            connection.bye(Code.not_found if visitor else Code.no_session, again=False)
        else:
            connection.standing = standing


class Bucket:
    """Tokens for frames: `take` gives the seconds to wait before this one is read."""

    def __init__(self, now: float) -> None:
        self._tokens = BURST
        self._at = now

    def take(self, now: float) -> float:
        self._tokens = min(BURST, self._tokens + (now - self._at) * RATE) - 1
        self._at = now
        return max(0.0, -self._tokens / RATE)


async def _received(websocket: WebSocket) -> bytes | None:
    """The bytes of one text frame, or None when the line has ended. Raises Refused for a binary frame."""
    if websocket.client_state is WebSocketState.DISCONNECTED:
        return None
    received = await websocket.receive()
    if received["type"] != "websocket.receive":
        return None
    text = received.get("text")
    if not isinstance(text, str):
        return b""
    return text.encode("utf-8", "replace")


def _decoded(data: bytes) -> Up:
    """A frame that is too large is read as far as needed to answer it by name; one that is no message ends the connection."""
    try:
        up: Up = _decoder.decode(data)
    except (msgspec.DecodeError, ValueError, RecursionError) as problem:
        raise Refused(Code.too_large if len(data) > limits.FRAME_BYTES else Code.bad_frame) from problem
    if len(data) > limits.FRAME_BYTES and not isinstance(up, Submit):
        raise Refused(Code.too_large)
    return up


def _submit(
    connection: Connection, room: AnyRoom, submit: Submit, size: int, flying: asyncio.Semaphore
) -> None:
    def tell(outcome: Outcome) -> None:
        flying.release()
        _tell(connection, room, submit.edit_id, outcome)

    try:
        if size > limits.FRAME_BYTES:
            raise Refused(Code.too_large, limit=limits.FRAME_BYTES)
        edit: Struct = room.codec.edit(submit.edit)
    except Refused as refused:
        tell(refused)
        return
    room.ask(Asked(submit.edit_id, edit, connection.person.id, lambda: connection.standing, tell))


def _tell(connection: Connection, room: AnyRoom, edit_id: str, outcome: Outcome) -> None:
    """A revision needs no answer: its author finds it among the others'."""
    if isinstance(outcome, Settled):
        room.fanout.answer(connection, message(outcome))
    elif isinstance(outcome, Refused):
        room.fanout.answer(connection, message(Rejected(edit_id, outcome.code, outcome.detail)))


def _here(connection: Connection, room: AnyRoom, here: Here) -> None:
    if may(connection.standing, Action.be_present):
        seen = Seen(
            connection=connection.id,
            person=connection.person.id,
            stage=here.stage,
            channel=here.channel,
            note=here.note,
            doing=here.doing,
        )
        connection.seen = seen
        room.fanout.here(seen)
