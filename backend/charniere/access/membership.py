"""How somebody stands before a board: asked at every request and by every socket.

What a standing allows is in `domain.rights`.
"""

from sqlalchemy import Connection
from starlette.requests import HTTPConnection

from charniere.access.sessions import Visitor, identify
from charniere.access.state import Access, access_of
from charniere.domain.rights import Action, Role, Standing, may
from charniere.errors import Code, Refused
from charniere.store import people, specs


async def standing(access: Access, person_id: str, document_id: str) -> Standing | None:
    """None for a board that does not exist and for one that the person has no place on: nobody learns which.

    Before the draft of a specification one stands as before its board.
    """
    role = await access.database.read(lambda c: _role(c, document_id, person_id))
    return Standing(role) if role is not None else None


def _role(connection: Connection, document_id: str, person_id: str) -> Role | None:
    role = people.role_of(connection, document_id, person_id)
    if role is None and (board := specs.board_of(connection, document_id)):
        role = people.role_of(connection, board, person_id)
    return role


async def admit(connection: HTTPConnection, board_id: str, action: Action) -> tuple[Visitor, Standing]:
    """The visitor and their standing. Raises Refused: no_session, not_found (no place on it) or not_allowed."""
    visitor = await identify(connection)
    if visitor is None:
        raise Refused(Code.no_session)
    found = await standing(access_of(connection), visitor.person_id, board_id)
    if found is None:
        raise Refused(Code.not_found)
    if not may(found, action):
        raise Refused(Code.not_allowed)
    return visitor, found
