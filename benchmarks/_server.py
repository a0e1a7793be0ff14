"""The real engine behind uvicorn, on a file, with a door that believes whoever comes: what the measurements run against.

`python benchmarks/_server.py FILE PORT [NOTES]` makes the file with one board, `b1`, if it is not there.
"""

import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from builders import records
from charniere.app import milliseconds, new_id
from charniere.domain.rights import Role, Standing
from charniere.realtime.endpoint.door import Door, serve
from charniere.realtime.endpoint.wires import UVICORN
from charniere.realtime.hub import Hub
from charniere.realtime.protocol import Person
from charniere.store import documents
from charniere.store.database import Database
from charniere.store.tables import create_all


class Guest:
    def __init__(self, name: str) -> None:
        self.person_id = name
        self.name = name.title()
        self.team = ""


async def identify(connection: HTTPConnection) -> Guest | None:
    return Guest(connection.query_params["person"])


async def standing(connection: HTTPConnection, person_id: str, document_id: str) -> Standing | None:
    return Standing(Role.participant)


async def nobody(document_id: str) -> Sequence[Person]:
    return ()


def make_app(path: Path, notes: int) -> Starlette:
    door = Door(lambda _: True, identify, standing)

    is_new = not path.exists()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        database = Database.open(path)
        if is_new:
            database.write_now(create_all)
            database.write_now(lambda c: documents.create(c, "b1", "board", records(notes, 6, 7)))
        app.state.hub = Hub(database, milliseconds, new_id, nobody)
        yield
        await app.state.hub.close()
        database.close()

    async def socket(websocket: WebSocket) -> None:
        await serve(websocket, websocket.path_params["document_id"], app.state.hub, door)

    async def ready(request: Request) -> PlainTextResponse:
        return PlainTextResponse("ready")

    app = Starlette(
        routes=[WebSocketRoute("/ws/{document_id}", socket), Route("/readyz", ready)], lifespan=lifespan
    )
    return app


@contextmanager
def running(path: Path, port: int, notes: int = 300) -> "Iterator[subprocess.Popen[bytes]]":
    """A server of its own process, ready; it is ended by its id."""
    process = start(path, port, notes)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def start(path: Path, port: int, notes: int = 300) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen([sys.executable, __file__, str(path), str(port), str(notes)])
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2).read()
            return process
        except OSError:
            time.sleep(0.02)
    raise TimeoutError("the server did not start")


def usage(pid: int) -> tuple[float, float]:
    """CPU seconds since the start, memory in MB."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    status = Path(f"/proc/{pid}/status").read_text()
    rss = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return (int(fields[11]) + int(fields[12])) / 100, int(rss.split()[1]) / 1024


def main() -> None:
    path, port, notes = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    config = uvicorn.Config(
        make_app(path, notes), port=port, log_level="warning", access_log=False, loop="uvloop", **UVICORN
    )
    uvicorn.Server(config).run()


if __name__ == "__main__":
    main()
