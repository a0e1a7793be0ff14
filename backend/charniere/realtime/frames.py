"""One text frame, built once for everybody, and what a connection needs of its socket. What it says never lives here."""

from typing import Final, Protocol

_TEXT: Final = 0x81  # FIN, opcode 1


class Frame:
    """A message as JSON (`payload`) and as the WebSocket frame around it (`wire`, unmasked: server to client)."""

    __slots__ = ("payload", "wire")

    def __init__(self, payload: bytes) -> None:
        self.payload = payload
        size = len(payload)
        if size < 126:
            head = bytes((_TEXT, size))
        elif size < 1 << 16:
            head = bytes((_TEXT, 126)) + size.to_bytes(2, "big")
        else:
            head = bytes((_TEXT, 127)) + size.to_bytes(8, "big")
        self.wire = head + payload


class Wire(Protocol):
    """What a connection needs of its socket. None of these waits or raises."""

    def write(self, frame: Frame) -> None: ...

    def backlog(self) -> int:
        """Bytes that were written and have not left."""

    def close(self, code: int) -> None:
        """Says goodbye after what was written."""

    def abort(self) -> None:
        """Ends at once: what was written and has not left is dropped."""
