"""Sign-ins: one cookie per browser, its token kept as a hash. Who comes, not what they may do."""

from typing import Final, NamedTuple

from sqlalchemy import Connection
from starlette.requests import HTTPConnection
from starlette.responses import Response

from charniere.access.origin import is_https
from charniere.access.state import access_of
from charniere.access.tokens import TOKEN_LENGTH, hashed, random_token
from charniere.store import people

COOKIE: Final = "charniere"
SECURE_COOKIE: Final = (
    "__Host-charniere"  # a browser takes this name over https only, for this host and path alone
)
DAY: Final = 24 * 3600 * 1000
IDLE: Final = 30 * DAY
LONGEST: Final = 90 * DAY
_REFRESH: Final = 3600 * 1000  # a session in use is written again once an hour at most


class Visitor(NamedTuple):
    """Somebody with a valid sign-in."""

    person_id: str
    name: str
    team: str
    session_id: str


async def identify(connection: HTTPConnection) -> Visitor | None:
    """Who sent this request or opened this socket; None for an unknown, ended or overdue sign-in."""
    access = access_of(connection)
    token = connection.cookies.get(_cookie_name(connection))
    if token is None or len(token) != TOKEN_LENGTH:
        return None
    token_hash, now = hashed(token), access.clock()
    found = await access.database.read(lambda c: people.signed_in(c, token_hash, now))
    if found is None:
        return None
    if now - found.seen_at > _REFRESH:
        await access.database.write(lambda c: people.keep_session(c, found.session, now, IDLE, LONGEST))
    return Visitor(found.person, found.name, found.team, found.session)


async def sign_in(connection: HTTPConnection, response: Response, person: str) -> None:
    """A new session for this person, its cookie on the response. The one this browser had ends."""
    access = access_of(connection)
    token, session, now = random_token(), access.new_id(), access.clock()
    before = await identify(connection)

    def work(c: Connection) -> None:
        if before is not None:
            people.end_session(c, before.session_id)
        people.open_session(c, session, hashed(token), person, now, now + IDLE)

    await access.database.write(work)
    set_cookie(connection, response, token)


async def sign_out(connection: HTTPConnection, response: Response, visitor: Visitor) -> None:
    await access_of(connection).database.write(lambda c: people.end_session(c, visitor.session_id))
    secure = is_https(connection)
    response.delete_cookie(_cookie_name(connection), secure=secure, httponly=True, samesite="lax")


def set_cookie(connection: HTTPConnection, response: Response, token: str) -> None:
    response.set_cookie(
        _cookie_name(connection),
        token,
        max_age=LONGEST // 1000,
        secure=is_https(connection),
        httponly=True,
        samesite="lax",
    )


def _cookie_name(connection: HTTPConnection) -> str:
    return SECURE_COOKIE if is_https(connection) else COOKIE
