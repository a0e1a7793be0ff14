"""Requests that come slowly, on real sockets: the line is closed in time, and nobody who is answered or listens loses theirs."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from websockets.asyncio.client import connect

from charniere.commands._serving import configured
from charniere.realtime.endpoint.wires import UVICORN
from charniere.settings import Settings
from charniere.web import timely

HEAD = b"GET /?wait=0 HTTP/1.1\r\nHost: x\r\n"


async def _answer(request: Request) -> PlainTextResponse:
    body = await request.body()
    await asyncio.sleep(float(request.query_params["wait"]))
    return PlainTextResponse(f"got {len(body)}")


async def _socket(websocket: WebSocket) -> None:
    await websocket.accept()
    async for text in websocket.iter_text():
        await websocket.send_text(text)


@asynccontextmanager
async def serving() -> AsyncIterator[int]:
    app = Starlette(
        routes=[Route("/", _answer, methods=["GET", "POST"]), WebSocketRoute("/ws", _socket)],
    )
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="error", **UVICORN, http=timely.TimelyProtocol)
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup([listening])
    try:
        yield listening.getsockname()[1]
    finally:
        await server.shutdown([listening])


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timely, "HEAD_WITHIN", 0.3)
    monkeypatch.setattr(timely, "BODY_WITHIN", 0.3)


@pytest.mark.parametrize(
    "sent",
    [b"", HEAD, HEAD + b"X-A: 1", b"POST /?wait=0 HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc"],
    ids=["nothing", "half a head", "half a line", "half a body"],
)
async def test_a_request_that_is_not_whole_in_time_ends_the_line(sent: bytes) -> None:
    async with serving() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        async with asyncio.timeout(5):
            await reader.read()
        writer.close()


async def test_a_byte_now_and_then_gains_no_time() -> None:
    async with serving() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HEAD)
        ended = asyncio.create_task(reader.read())
        async with asyncio.timeout(5):
            while not ended.done():
                with contextlib.suppress(OSError):
                    writer.write(b"X-A: 1\r\n")
                await asyncio.wait({ended}, timeout=0.05)
        writer.close()


async def test_the_second_request_of_a_line_has_the_same_time() -> None:
    async with serving() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HEAD + b"\r\n")
        assert await reader.readuntil(b"got 0")
        writer.write(HEAD)
        async with asyncio.timeout(3):  # less than a line may be kept for between two requests
            await reader.read()
        writer.close()


async def test_an_answer_may_take_longer() -> None:
    async with serving() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(
            b"POST /?wait=0.6 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc"
        )
        assert b"got 3" in await reader.read()
        writer.close()


async def test_a_socket_stays_open() -> None:
    async with serving() as port, connect(f"ws://127.0.0.1:{port}/ws") as line:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.7):
                await line.recv()
        await line.send("still here")
        assert await line.recv() == "still here"


def test_the_server_is_started_so() -> None:
    config = configured(Starlette(), Settings())  # type: ignore[arg-type]
    config.load()
    assert config.http_protocol_class is timely.TimelyProtocol
