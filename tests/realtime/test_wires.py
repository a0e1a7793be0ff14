"""Frames on real sockets: uvicorn as the server is started, websockets' own client as the browser."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
import uvicorn
from starlette.applications import Starlette
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from builders import add
from charniere.realtime import connection
from charniere.realtime.endpoint import door, wires
from charniere.realtime.endpoint.wires import UVICORN
from charniere.realtime.frames import Frame
from charniere.store.database import Database
from realtime.app import fill, make_app

HELLO = '{"type":"hello","version":1,"epoch":0,"since":0}'


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()


@asynccontextmanager
async def serving(path: Path, **options: Any) -> AsyncIterator[tuple[Starlette, str]]:
    database = Database.open(path)
    fill(database)
    database.close()
    app = make_app(path)
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="error", **{**UVICORN, **options})
    server = _Server(config)
    serving = asyncio.create_task(server.serve([listening]))
    await server.is_up.wait()
    try:
        yield app, f"ws://127.0.0.1:{listening.getsockname()[1]}/ws/b1"
    finally:
        server.should_exit = True
        await serving


async def hear(line: ClientConnection, kind: str) -> Any:
    while True:
        frame = msgspec.json.decode(await line.recv())
        if frame["type"] == kind:
            return frame


async def submit(line: ClientConnection, edit_id: str, note: str, text: str = "") -> None:
    edit = {"type": "submit", "edit_id": edit_id, "edit": add(note, text)}
    await line.send(msgspec.json.encode(edit).decode())


async def test_ready_frames_of_every_size_are_read_by_a_client_that_checks_them(tmp_path: Path) -> None:
    async with serving(tmp_path / "c.db") as (app, url), connect(f"{url}?person=anna", max_size=None) as line:
        await line.send(HELLO)
        await hear(line, "welcome")
        room = await app.state.hub.room("b1")
        (seat,) = room.fanout.connections.values()
        assert type(seat._wire).__name__ == "_Direct"
        for size in (0, 100, 125, 126, 65_535, 65_536, 300_000):
            payload = msgspec.json.encode({"type": "test", "x": "x" * size})
            seat.send(Frame(payload), 0.0)
            assert (await hear(line, "test"))["x"] == "x" * size


async def test_the_pump_says_the_same_under_a_server_that_is_not_ours(tmp_path: Path) -> None:
    async with (
        serving(tmp_path / "c.db", ws="websockets-sansio") as (app, url),
        connect(f"{url}?person=anna") as line,
    ):
        await line.send(HELLO)
        await hear(line, "welcome")
        room = await app.state.hub.room("b1")
        (seat,) = room.fanout.connections.values()
        assert type(seat._wire).__name__ == "_Pump"
        await submit(line, "edit-0001", "note-new")
        assert (await hear(line, "revisions"))["revisions"][0]["edit_id"] == "edit-0001"


@pytest.mark.parametrize("ws", [wires.FramesProtocol, "websockets-sansio"], ids=["direct", "pump"])
async def test_who_never_reads_is_cut_off_and_the_others_hear_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ws: Any
) -> None:
    """LI2"""
    monkeypatch.setattr(connection, "BACKLOG", 100_000)
    async with serving(tmp_path / "c.db", ws=ws) as (app, url):
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", int(url.split(":")[2].split("/")[0]), limit=2_000
        )
        room = await app.state.hub.room("b1")
        joined = asyncio.Event()
        join = room.fanout.join
        room.fanout.join = lambda connection: (join(connection), joined.set())
        await _upgrade(reader, writer)
        await joined.wait()
        async with connect(f"{url}?person=anna", max_size=None) as anna:
            await anna.send(HELLO)
            await hear(anna, "welcome")
            assert len(room.fanout.connections) == 2
            for _ in range(1_000):  # 30 MB: more than all buffers of the system between here and there
                room.fanout._to_all(Frame(b'{"type":"test","x":"' + b"x" * 30_000 + b'"}'))
                await hear(anna, "test")
                if len(room.fanout.connections) == 1:
                    break
            assert [seat.person.id for seat in room.fanout.connections.values()] == ["anna"]
            await submit(anna, "edit-0001", "note-new")
            assert (await hear(anna, "revisions"))["revisions"][0]["seq"] == 1
        writer.close()


async def test_a_line_that_answers_no_ping_is_let_go_of_though_much_waits_on_it(tmp_path: Path) -> None:
    """LI1"""
    async with serving(tmp_path / "c.db", ws_ping_interval=0.5, ws_ping_timeout=0.5) as (app, url):
        room = await app.state.hub.room("b1")
        left = asyncio.Event()
        leave = room.leave
        room.leave = lambda connection: (leave(connection), left.set())
        port = int(url.split(":")[2].split("/")[0])
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2_000)
        joined = asyncio.Event()
        join = room.fanout.join

        def joining(connection: connection.Connection) -> None:
            join(connection)
            connection.welcome(Frame(b"x" * 20_000_000), 0.0)  # more than any system's own buffers
            joined.set()

        room.fanout.join = joining
        await _upgrade(reader, writer)
        await asyncio.wait_for(joined.wait(), 5)
        await asyncio.wait_for(left.wait(), 5)
        assert not room.fanout.connections
        writer.close()


async def test_who_sends_more_than_is_read_is_slowed_and_keeps_the_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LI3: what is read takes many times longer than a pong may take, and each pong waits behind it."""
    monkeypatch.setattr(door, "BURST", 100.0)
    monkeypatch.setattr(door, "RATE", 300.0)
    async with (
        serving(tmp_path / "c.db", ws_ping_interval=0.3, ws_ping_timeout=0.3) as (_, url),
        connect(f"{url}?person=anna", max_size=None, ping_interval=None) as line,
    ):
        await line.send(HELLO)
        await hear(line, "welcome")
        for n in range(1_000):
            await submit(line, f"edit-{n:04}", f"fast-{n:04}")
        seen: list[str] = []
        while len(seen) < 1_000:
            seen += [r["edit_id"] for r in (await hear(line, "revisions"))["revisions"]]
        assert seen == [f"edit-{n:04}" for n in range(1_000)]


async def test_who_sends_much_and_reads_nothing_is_noticed_though_not_all_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LI1, LI3: what it sent holds the reading up, so no pong could be read: the system says that nothing arrives there."""
    monkeypatch.setattr(door, "BURST", 1.0)
    monkeypatch.setattr(door, "RATE", 5.0)
    async with serving(tmp_path / "c.db", ws_ping_interval=0.3, ws_ping_timeout=0.3) as (app, url):
        room = await app.state.hub.room("b1")
        left = asyncio.Event()
        leave, join = room.leave, room.fanout.join
        room.leave = lambda connection: (leave(connection), left.set())
        port = int(url.split(":")[2].split("/")[0])
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2_000)

        def joining(connection: connection.Connection) -> None:
            join(connection)
            connection.welcome(Frame(b"x" * 20_000_000), 0.0)  # more than any system's own buffers

        room.fanout.join = joining
        await _upgrade(reader, writer)
        here = b'{"type":"here"}'
        writer.write((bytes([0x81, 0x80 | len(here), 0, 0, 0, 0]) + here) * 1_000)
        await asyncio.wait_for(left.wait(), 5)
        assert not room.fanout.connections
        writer.close()


async def test_a_goodbye_comes_before_the_end(tmp_path: Path) -> None:
    """LI5, LI7"""
    async with serving(tmp_path / "c.db") as (app, url), connect(f"{url}?person=anna") as line:
        await line.send(HELLO)
        await hear(line, "welcome")
        app.state.hub.disconnect("anna", "b1")
        assert await hear(line, "bye") == {"type": "bye", "code": "not_allowed", "again": False}
        with pytest.raises(ConnectionClosed):
            await line.recv()


async def _upgrade(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A browser that says hello and then reads nothing: its own buffer and its system's are a few kilobytes."""
    raw: socket.socket = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    writer.write(
        b"GET /ws/b1?person=slow HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    while (await reader.readline()).strip():  # as a browser: nothing is sent before the answer
        pass
    hello = HELLO.encode()
    writer.write(bytes([0x81, 0x80 | len(hello), 0, 0, 0, 0]) + hello)
    await writer.drain()
