"""The two ways to put a ready frame on a socket.

Under uvicorn with `FramesProtocol` the bytes go straight to the transport: about half the CPU of asking the protocol
implementation to build the same frame for each reader. Under any other server (tests) a pump sends the text.
"""

import asyncio
import contextlib
import struct
import sys
from collections import deque
from typing import Any, Final, cast

from starlette.websockets import WebSocket
from uvicorn._types import ASGIReceiveEvent
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import State

from charniere.realtime.frames import Frame, Wire

EXTENSION: Final = "charniere.frames"


def wire_of(websocket: WebSocket) -> Wire:
    """The direct way where the server offers it. Call it from the task that serves the socket, after accepting."""
    protocol = websocket.scope.get("extensions", {}).get(EXTENSION)
    return _Direct(websocket, protocol) if isinstance(protocol, FramesProtocol) else _Pump(websocket)


def has_ended(websocket: WebSocket) -> bool:
    """The line is gone, though what it had sent may still wait to be read. False where the server does not tell."""
    protocol = websocket.scope.get("extensions", {}).get(EXTENSION)
    return isinstance(protocol, FramesProtocol) and protocol.disconnected


class FramesProtocol(WebSocketsSansIOProtocol):
    """uvicorn's own protocol, which lets the application reach its transport. For `uvicorn.Config(ws=FramesProtocol)`."""

    sent = 0  # bytes of frames
    _sent_before_ping = 0
    _heard_at = 0.0

    def data_received(self, data: bytes) -> None:
        self._heard_at = self.loop.time()
        super().data_received(data)

    async def receive(self) -> ASGIReceiveEvent:
        was_paused = self.read_paused
        event = await super().receive()
        if was_paused and not self.read_paused:
            self._heard_at = self.loop.time()  # what waits, a pong may be in it, is read after this
        return event

    async def run_asgi(self) -> None:
        if not self.conn.extensions:  # a compressed stream has a state that ready frames would not know of
            cast(dict[str, Any], self.scope["extensions"])[EXTENSION] = self
        await super().run_asgi()

    def send_keepalive_ping(self) -> None:
        self._sent_before_ping = self.sent
        super().send_keepalive_ping()

    def keepalive_timeout(self) -> None:
        """A dead line is let go of at once: what waits on it would otherwise keep it, and its person present, for minutes.

        A pong may be late through no fault of the line: it waits behind frames that are being sent, or that we read slowly.
        Then it is asked again at once, so that a line that dies meanwhile is noticed within two timeouts.
        """
        if self._heard_at > self.ping_sent_at or (self.read_paused and self._ping_arrived()):
            self.pong_timer = None
            self.send_keepalive_ping()
            return
        super().keepalive_timeout()
        self.transport.abort()

    def _ping_arrived(self) -> bool:
        """Whether the other end's system has confirmed it, read or not. True where this system does not tell."""
        if sys.platform != "linux":
            return True
        import fcntl
        import termios

        here = self.transport.get_write_buffer_size()
        there = fcntl.ioctl(self.transport.get_extra_info("socket").fileno(), termios.TIOCOUTQ, bytes(4))
        unconfirmed: int = here + struct.unpack("i", there)[0]
        return unconfirmed <= self.sent - self._sent_before_ping  # the oldest are confirmed first


class _Closing:
    """The goodbye is the server's coroutine; it is started here and kept until it ends."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket
        self._goodbye: asyncio.Task[None] | None = None

    def close(self, code: int) -> None:
        if self._goodbye is None:
            self._goodbye = asyncio.get_running_loop().create_task(self._close(code))

    async def _close(self, code: int) -> None:
        with contextlib.suppress(Exception):  # whoever left first has nothing to be told
            await self._websocket.close(code)


class _Direct(_Closing):
    def __init__(self, websocket: WebSocket, protocol: FramesProtocol) -> None:
        super().__init__(websocket)
        self._protocol = protocol
        self._transport = protocol.transport

    def write(self, frame: Frame) -> None:
        protocol = self._protocol
        if not (self._transport.is_closing() or protocol.close_sent) and protocol.conn.state is State.OPEN:
            protocol.sent += len(frame.wire)
            self._transport.write(frame.wire)

    def backlog(self) -> int:
        return 0 if self._transport.is_closing() else self._transport.get_write_buffer_size()

    def abort(self) -> None:
        self._transport.abort()


class _Pump(_Closing):
    def __init__(self, websocket: WebSocket) -> None:
        super().__init__(websocket)
        self._waiting: deque[Frame] = deque()
        self._bytes = 0
        self._more = asyncio.Event()
        self._ends = False
        self._serving = asyncio.current_task()
        self._pump = asyncio.get_running_loop().create_task(self._send_all())

    def write(self, frame: Frame) -> None:
        self._waiting.append(frame)
        self._bytes += len(frame.payload)
        self._more.set()

    def backlog(self) -> int:
        return self._bytes

    def abort(self) -> None:
        self._pump.cancel()
        if self._serving is not None:
            self._serving.cancel()

    async def _close(self, code: int) -> None:
        self._ends = True
        self._more.set()
        await asyncio.wait({self._pump})
        await super()._close(code)

    async def _send_all(self) -> None:
        with contextlib.suppress(Exception):
            while self._waiting or not self._ends:
                await self._more.wait()
                self._more.clear()
                while self._waiting:
                    frame = self._waiting[0]
                    await self._websocket.send_text(frame.payload.decode())
                    self._waiting.popleft()
                    self._bytes -= len(frame.payload)


# What the server is started with: `uvicorn.Config(app, **UVICORN)`. A line that answers no ping for 9 seconds is dead (10 when
# something else came after the ping). A frame over limits.FRAME_BYTES is refused in words, one over this size ends the line.
UVICORN: Final[dict[str, Any]] = {
    "ws": FramesProtocol,
    "ws_max_size": 256 * 1024,
    "ws_per_message_deflate": False,
    "ws_ping_interval": 4.0,
    "ws_ping_timeout": 5.0,
}
