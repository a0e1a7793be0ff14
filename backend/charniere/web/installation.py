"""What every route needs of the running installation: found on each request as `app.state.charniere`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Connection
from starlette.requests import HTTPConnection

from charniere.access.origin import base_url
from charniere.access.state import Access
from charniere.realtime.hub import Hub
from charniere.realtime.protocol import Person
from charniere.settings import Settings
from charniere.store import documents, people, specs
from charniere.store.database import Database
from charniere.web.assets import Assets


@dataclass(frozen=True)
class Installation:
    """`link_base` is what links to send around begin with; None: with the address that the asking browser uses."""

    settings: Settings
    database: Database
    hub: Hub
    access: Access
    assets: Assets
    clock: Callable[[], int]
    new_id: Callable[[], str]
    link_base: str | None = None


def installation_of(connection: HTTPConnection) -> Installation:
    return cast(Installation, connection.app.state.charniere)


def link(connection: HTTPConnection, path: str) -> str:
    """An address to send to somebody else."""
    return (installation_of(connection).link_base or base_url(connection)) + path


def people_now(connection: Connection, document: str) -> list[Person]:
    """Everybody who has a place on the board, or on the board of this draft, or ever wrote there."""
    board = specs.board_of(connection, document) or document
    members = people.members(connection, board)
    known = {member.id for member in members}
    wrote = [*documents.authors(connection, board), *documents.authors(connection, document)]
    gone = [author for author in dict.fromkeys(wrote) if author not in known]
    return [
        Person(person.id, person.name, person.team, person.role.value)
        for person in [*members, *people.named(connection, gone)]
    ]


async def people_of(database: Database, document: str) -> Sequence[Person]:
    return await database.read(lambda connection: people_now(connection, document))
