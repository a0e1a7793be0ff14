"""How long a browser may take to send a request. Without a limit, a thousand half-sent ones hold every place there is.

For `uvicorn.Config(http=TimelyProtocol)`. What an answer may take is not limited here.
"""

import asyncio
from typing import Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_WITHIN: Final = (
    10.0  # seconds from the connection, or from the first byte after an answer, to the end of the head
)
BODY_WITHIN: Final = 300.0  # a file of the largest size on a poor line


class TimelyProtocol(H11Protocol):
    """uvicorn's own protocol, which closes a line whose request is not whole in time."""

    _waits_for: type[h11.IDLE | h11.SEND_BODY] | None = None
    _until: asyncio.TimerHandle | None = None
    _is_a_socket = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.conn.their_state is not h11.IDLE:  # between two requests uvicorn's own limit holds
            self._watch()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        self._is_a_socket = True
        super().handle_websocket_upgrade(event)

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget()
        super().connection_lost(exc)

    def _watch(self) -> None:
        """A byte now and then gains no time: only the next state does."""
        state = None if self._is_a_socket else self.conn.their_state
        if state is not None and state is self._waits_for:
            return
        self._forget()
        if state is h11.IDLE or state is h11.SEND_BODY:
            self._waits_for = state
            within = HEAD_WITHIN if state is h11.IDLE else BODY_WITHIN
            self._until = self.loop.call_later(within, self.transport.close)

    def _forget(self) -> None:
        self._waits_for = None
        if self._until is not None:
            self._until.cancel()
            self._until = None
