"""A server of sockets alone, whose visitors say who they are in the query: ?person=anna&role=participant."""

import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from starlette.applications import Starlette
from starlette.requests import HTTPConnection
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from builders import records
from charniere.domain.rights import Role, Standing
from charniere.realtime.endpoint.door import Door, serve
from charniere.realtime.hub import Hub
from charniere.realtime.protocol import Person
from charniere.store import documents
from charniere.store.database import Database
from charniere.store.tables import create_all

FORBIDDEN: set[str] = set()  # persons who lost their place


class Guest(NamedTuple):
    person_id: str
    name: str
    team: str


async def identify(connection: HTTPConnection) -> Guest | None:
    person = connection.query_params.get("person")
    return Guest(person, person.title(), "") if person else None


async def standing(connection: HTTPConnection, person_id: str, document_id: str) -> Standing | None:
    role = connection.query_params.get("role", "participant")
    if person_id in FORBIDDEN:
        return None
    return Standing(Role(role)) if role in {r.value for r in Role} else None


def folder(connection: HTTPConnection) -> Path:
    where: Path = connection.app.state.folder
    return where


DOOR = Door(
    lambda connection: connection.headers.get("origin") != "http://evil.example", identify, standing, folder
)


async def nobody(document_id: str) -> Sequence[Person]:
    return ()


def fill(database: Database, notes: int = 3, document_id: str = "b1") -> None:
    """The tables, and one board."""
    database.write_now(create_all)
    database.write_now(lambda c: documents.create(c, document_id, "board", records(notes)))


def make_hub(database: Database) -> Hub:
    ids, ticks = itertools.count(), itertools.count(1_000)
    return Hub(database, lambda: next(ticks), lambda: f"connection-{next(ids)}", nobody)


def make_app(path: Path) -> Starlette:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        database = Database.open(path)
        app.state.hub = make_hub(database)
        app.state.folder = path.parent
        yield
        await app.state.hub.close()
        database.close()

    async def socket(websocket: WebSocket) -> None:
        await serve(websocket, websocket.path_params["document_id"], websocket.app.state.hub, DOOR)

    return Starlette(routes=[WebSocketRoute("/ws/{document_id}", socket)], lifespan=lifespan)
