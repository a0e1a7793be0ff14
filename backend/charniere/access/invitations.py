"""Links that let people in: making them, opening them, taking them back. A wrong link is answered like one that was revoked."""

from typing import Final, NamedTuple

from sqlalchemy import Connection
from starlette.requests import HTTPConnection

from charniere.access.state import Access, access_of
from charniere.access.tokens import TOKEN_LENGTH, address_key, derived_token, hashed
from charniere.domain.rights import Role
from charniere.errors import Code, Refused
from charniere.store import invitations, people
from charniere.store.invitations import Entry, Invitation

ENTRY_LASTS: Final = 24 * 3600 * 1000
FORM_LASTS: Final = 5 * 60 * 1000  # after that, a form's key signs nobody in again
MADE_FOR: Final = (Role.participant, Role.observer, Role.facilitator)


class Arrival(NamedTuple):
    """`signed_in`: the browser had a session, `person` is theirs; otherwise it comes from `arriving`."""

    person: str
    name: str
    team: str
    signed_in: bool


class Entered(NamedTuple):
    person: str
    board: str


def link_token(secret: bytes, invitation: str) -> str:
    return derived_token(secret, "invitation", invitation)


def invite_now(
    connection: Connection, secret: bytes, invitation: str, board: str, role: Role, author: str, at: int
) -> str:
    """A new invitation inside a writing that is under way; returns its token."""
    token = link_token(secret, invitation)
    invitations.invite(connection, invitation, hashed(token), board, role, author, at)
    return token


async def invite(access: Access, board: str, role: Role, author: str) -> Invitation:
    invitation, now = access.new_id(), access.clock()
    await access.database.write(lambda c: invite_now(c, access.secret, invitation, board, role, author, now))
    return Invitation(invitation, board, role, now, None, 0)


async def open_invitation(connection: HTTPConnection, token: str, person: str | None = None) -> Invitation:
    """A revoked one is given to a `person` who already has a place on its board, and to nobody else: who is in stays in.

    Raises Refused: invitation_closed for every link that does not open, too_fast for an address that tries many.
    """
    access = access_of(connection)
    token_hash = _checked(connection, token)

    def work(c: Connection) -> Invitation | None:
        found = invitations.find(c, token_hash)
        if found is None or found.revoked_at is None:
            return found
        return found if person and people.role_of(c, found.board, person) is not None else None

    found = await access.database.read(work)
    if found is None:
        _wrong(connection)
        raise Refused(Code.invitation_closed)
    return found


async def accept(access: Access, invitation: Invitation, who: Arrival) -> Role:
    """Lets somebody in under this name. Raises Refused: too_fast, or bad_frame for a form that is no longer fresh."""
    if access.joins.is_over(invitation.id):
        raise Refused(Code.too_fast)
    access.joins.count(invitation.id)
    now = access.clock()

    def work(c: Connection) -> Role:
        since = people.known_since(c, who.person)
        if since is None:
            people.add_person(c, who.person, who.name, who.team, now)
        elif who.signed_in or now - since < FORM_LASTS:
            people.rename(c, who.person, who.name, who.team)
        else:
            raise Refused(Code.bad_frame)
        invitations.count_use(c, invitation.id)
        return people.join(c, invitation.board, who.person, invitation.role, now)

    return await access.database.write(work)


def arriving(access: Access, key: str) -> str:
    """The id of the person whom a form makes. The form carries a random key, so that sending it twice (a double click, a
    lost answer) makes one person."""
    return derived_token(access.secret, "person", key)[:16]


async def raise_role(access: Access, invitation: Invitation, person: str) -> Role:
    """A member opens another link of the same board: it may give a higher role."""
    now = access.clock()
    return await access.database.write(
        lambda c: people.join(c, invitation.board, person, invitation.role, now)
    )


def add_entry_now(connection: Connection, token: str, entry: str, person: str, board: str, at: int) -> None:
    """A one-time link that signs `person` in, inside a writing that is under way."""
    invitations.add_entry(connection, entry, hashed(token), person, board, at, at + ENTRY_LASTS)


async def enter(connection: HTTPConnection, token: str, visitor_id: str | None) -> Entered:
    """Uses a one-time link. The person who already came in through it may open it again.

    Raises Refused: invitation_closed or too_fast.
    """
    access = access_of(connection)
    token_hash, now = _checked(connection, token), access.clock()

    def work(c: Connection) -> tuple[Entry | None, bool]:
        return invitations.find_entry(c, token_hash, now), invitations.use_entry(c, token_hash, now)

    found, used = await access.database.write(work)
    if found is not None and (used or found.person == visitor_id):
        return Entered(found.person, found.board)
    _wrong(connection)
    raise Refused(Code.invitation_closed)


def _checked(connection: HTTPConnection, token: str) -> str:
    access = access_of(connection)
    if access.wrong_links.is_over(_who(connection)):
        raise Refused(Code.too_fast)
    if len(token) != TOKEN_LENGTH:
        _wrong(connection)
        raise Refused(Code.invitation_closed)
    return hashed(token)


def _wrong(connection: HTTPConnection) -> None:
    access_of(connection).wrong_links.count(_who(connection))


def _who(connection: HTTPConnection) -> str:
    return address_key(connection.client.host if connection.client else None)
