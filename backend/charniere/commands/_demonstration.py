"""The demonstration put into a database: its project, board, people and links. What it says is in `charniere.demo`."""

from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection

from charniere.access import invitations
from charniere.domain.edits import BOARD
from charniere.domain.rights import Role
from charniere.i18n import t
from charniere.store import documents, people, projects

FACILITATOR: Final = "demo-facilitator"


def prepare(
    connection: Connection, lang: str, secret: bytes, token: str, new_id: Callable[[], str], now: int
) -> str:
    """Makes the board if it is not there, and a one-time link to it. Returns the board's id."""
    known = people.boards_of(connection, FACILITATOR, 1)
    board = known[0][0] if known else _create(connection, lang, secret, new_id, now)
    invitations.add_entry_now(connection, token, new_id(), FACILITATOR, board, now)
    return board


def _create(connection: Connection, lang: str, secret: bytes, new_id: Callable[[], str], now: int) -> str:
    from charniere import demo  # reads YAML and CSV: only the first start has to wait for that

    file = demo.load()
    projects.add_project(connection, file.project, file.personas, now)
    projects.add_board(connection, file.id, file.project.id, now)
    documents.create(connection, file.id, BOARD.name, file.records)
    people.add_person(connection, FACILITATOR, t(lang, "demo.facilitator"), t(lang, "demo.team"), now)
    people.join(connection, file.id, FACILITATOR, Role.facilitator, now)
    for person in demo.participants():
        people.add_person(connection, person.id, person.name, person.team, now)
        people.join(connection, file.id, person.id, Role.participant, now)
    invitations.invite_now(connection, secret, new_id(), file.id, Role.participant, FACILITATOR, now)
    return file.id
