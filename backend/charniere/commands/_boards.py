"""A board file put into a database: its project, its board, its people, a link to take part and one to lead.

What the board says lives elsewhere.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from charniere.access import invitations
from charniere.domain.boardfile import BoardFile
from charniere.domain.edits import BOARD
from charniere.domain.rights import Role
from charniere.store import documents, people, projects


class Writer(NamedTuple):
    """Somebody who leads the board or wrote on it."""

    id: str
    name: str
    team: str


def put(
    connection: Connection,
    file: BoardFile,
    lead: Writer,
    writers: Sequence[Writer],
    secret: bytes,
    new_id: Callable[[], str],
    now: int,
) -> bool:
    """False, and nothing changed on the board, when a board of this id is there already; `lead` may enter it all the same."""
    made = documents.head(connection, file.id) is None
    if made:
        if not projects.has_project(connection, file.project.id):
            projects.add_project(connection, file.project, file.personas, now)
        projects.add_board(connection, file.id, file.project.id, now)
        documents.create(connection, file.id, BOARD.name, file.records)
        for writer in writers:
            _seat(connection, file.id, writer, Role.participant, now)
        invitations.invite_now(connection, secret, new_id(), file.id, Role.participant, lead.id, now)
    _seat(connection, file.id, lead, Role.facilitator, now)
    return made


def _seat(connection: Connection, board: str, writer: Writer, role: Role, now: int) -> None:
    if people.known_since(connection, writer.id) is None:
        people.add_person(connection, writer.id, writer.name, writer.team, now)
    people.join(connection, board, writer.id, role, now)
