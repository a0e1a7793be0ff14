"""The demonstration project put into a database: project, personas, board, people, links. The board itself is a file beside."""

from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection

from charniere.access import invitations
from charniere.demo.board import load, participants
from charniere.domain.boardfile import BoardFile
from charniere.domain.edits import BOARD
from charniere.domain.rights import Role
from charniere.i18n import t
from charniere.store import documents, people, projects

FACILITATOR: Final = "demo-facilitator"


def prepare(
    connection: Connection, lang: str, secret: bytes, token: str, new_id: Callable[[], str], now: int
) -> str:
    """The board of the demonstration, made if it is not there, and a one-time link to it. Returns the board's id."""
    file = load()
    if not projects.has_project(connection, file.project.id):
        create(connection, file, lang, secret, new_id, now)
    invitations.add_entry_now(connection, token, new_id(), FACILITATOR, file.id, now)
    return file.id


def create(
    connection: Connection, file: BoardFile, lang: str, secret: bytes, new_id: Callable[[], str], now: int
) -> None:
    projects.add_project(connection, file.project, file.personas, now)
    projects.add_board(connection, file.id, file.project.id, now)
    documents.create(connection, file.id, BOARD.name, file.records)
    people.add_person(connection, FACILITATOR, t(lang, "demo.facilitator"), t(lang, "demo.team"), now)
    people.join(connection, file.id, FACILITATOR, Role.facilitator, now)
    teams = {person.id: person.team for person in participants()}
    for person, name in sorted(file.people.items()):
        people.add_person(connection, person, name, teams.get(person, ""), now)
        people.join(connection, file.id, person, Role.participant, now)
    invitations.invite_now(connection, secret, new_id(), file.id, Role.participant, FACILITATOR, now)
