"""The two ways to put a ready frame on a socket.

Under uvicorn with `FramesProtocol` the bytes go straight to the transport: about half the CPU of asking the protocol
implementation to build the same frame for each reader. Under any other server (tests) a pump sends the text.
"""

import asyncio
import contextlib
from collections import deque
from typing import Any, Final, cast

from starlette.websockets import WebSocket
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import State

from charniere.realtime.frames import Frame, Wire

EXTENSION: Final = "charniere.frames"


def wire_of(websocket: WebSocket) -> Wire:
    """The direct way where the server offers it. Call it from the task that serves the socket, after accepting."""
    protocol = websocket.scope.get("extensions", {}).get(EXTENSION)
    return _Direct(websocket, protocol) if isinstance(protocol, FramesProtocol) else _Pump(websocket)


class FramesProtocol(WebSocketsSansIOProtocol):
    """uvicorn's own protocol, which lets the application reach its transport. For `uvicorn.Config(ws=FramesProtocol)`."""

    async def run_asgi(self) -> None:
        if not self.conn.extensions:  # a compressed stream has a state that ready frames would not know of
            cast(dict[str, Any], self.scope["extensions"])[EXTENSION] = self
        await super().run_asgi()

    def keepalive_timeout(self) -> None:
        """A dead line is let go of at once: what waits on it would otherwise keep it, and its person present, for minutes."""
        super().keepalive_timeout()
        self.transport.abort()


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


# What the server is started with: `uvicorn.Config(app, **UVICORN)`. A line that answers no ping for 9 seconds is dead. A frame
# over limits.FRAME_BYTES is refused in words, one over this size ends the line.
UVICORN: Final[dict[str, Any]] = {
    "ws": FramesProtocol,
    "ws_max_size": 256 * 1024,
    "ws_per_message_deflate": False,
    "ws_ping_interval": 4.0,
    "ws_ping_timeout": 5.0,
}
