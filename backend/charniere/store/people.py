"""Who takes part: names (in the one table that can be erased), sign-ins, places on boards. Synchronous functions of a Connection.

Tokens come here hashed. What a role allows is the domain's.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    String,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlmodel import Field, SQLModel

from charniere.domain.rights import Role


def moment(*, nullable: bool = False, index: bool = False) -> Column[int]:
    """A column of milliseconds since 1970, UTC."""
    return Column(BigInteger, nullable=nullable, index=index)


def of_person(*, primary_key: bool = False) -> Column[str]:
    return Column(
        String,
        ForeignKey("person.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
        index=not primary_key,
    )


class PersonRow(SQLModel, table=True):
    """The only table that holds a person's name. Erased: name and team are empty."""

    __tablename__ = "person"

    id: str = Field(primary_key=True)
    name: str
    team: str = ""
    created_at: int = Field(sa_column=moment())


class SessionRow(SQLModel, table=True):
    """A sign-in of one browser. Over when `until` has passed; ended ones are deleted."""

    __tablename__ = "session"

    id: str = Field(primary_key=True)
    token_hash: str = Field(unique=True)
    person: str = Field(sa_column=of_person())
    created_at: int = Field(sa_column=moment())
    seen_at: int = Field(sa_column=moment())
    until: int = Field(sa_column=moment(index=True))


class MembershipRow(SQLModel, table=True):
    """What a person is on one board."""

    __tablename__ = "membership"

    board: str = Field(primary_key=True)
    person: str = Field(sa_column=of_person(primary_key=True))
    role: str
    since: int = Field(sa_column=moment())


class Named(NamedTuple):
    """A person as the members of a board see them."""

    id: str
    name: str
    team: str
    role: Role


class SignedIn(NamedTuple):
    """What a valid session says."""

    session: str
    person: str
    name: str
    team: str
    seen_at: int


_RANK: Final = {Role.screen: 0, Role.observer: 1, Role.participant: 2, Role.facilitator: 3}
_people = SQLModel.metadata.tables["person"]
_sessions = SQLModel.metadata.tables["session"]
_members = SQLModel.metadata.tables["membership"]


def add_person(connection: Connection, person: str, name: str, team: str, at: int) -> None:
    connection.execute(insert(_people).values(id=person, name=name, team=team, created_at=at))


def known_since(connection: Connection, person: str) -> int | None:
    """When this person was first written down; None for nobody."""
    return connection.execute(select(_people.c.created_at).where(_people.c.id == person)).scalar()


def rename(connection: Connection, person: str, name: str, team: str) -> None:
    connection.execute(update(_people).where(_people.c.id == person).values(name=name, team=team))


def open_session(
    connection: Connection, session: str, token_hash: str, person: str, at: int, until: int
) -> None:
    """A new sign-in; sessions that are over are swept on the way."""
    connection.execute(delete(_sessions).where(_sessions.c.until <= at))
    connection.execute(
        insert(_sessions).values(
            id=session, token_hash=token_hash, person=person, created_at=at, seen_at=at, until=until
        )
    )


def signed_in(connection: Connection, token_hash: str, at: int) -> SignedIn | None:
    row = connection.execute(
        select(_sessions.c.id, _people.c.id, _people.c.name, _people.c.team, _sessions.c.seen_at)
        .join(_people, _people.c.id == _sessions.c.person)
        .where(_sessions.c.token_hash == token_hash, _sessions.c.until > at)
    ).first()
    return SignedIn(*row) if row else None


def keep_session(connection: Connection, session: str, at: int, idle: int, longest: int) -> None:
    """It was used: it lasts `idle` more, `longest` at most since it was opened (milliseconds)."""
    until = func.min(_sessions.c.created_at + longest, at + idle)
    connection.execute(update(_sessions).where(_sessions.c.id == session).values(seen_at=at, until=until))


def end_session(connection: Connection, session: str) -> None:
    connection.execute(delete(_sessions).where(_sessions.c.id == session))


def role_of(connection: Connection, board: str, person: str) -> Role | None:
    found = connection.execute(
        select(_members.c.role).where(_members.c.board == board, _members.c.person == person)
    ).scalar()
    return Role(found) if found else None


def join(connection: Connection, board: str, person: str, role: Role, at: int) -> Role:
    """The person's role on the board from now on: a link may raise it, never lower it."""
    held = role_of(connection, board, person)
    if held is None:
        connection.execute(insert(_members).values(board=board, person=person, role=role.value, since=at))
        return role
    if _RANK[role] <= _RANK[held]:
        return held
    connection.execute(
        update(_members).where(_members.c.board == board, _members.c.person == person).values(role=role.value)
    )
    return role


def leave(connection: Connection, board: str, person: str) -> None:
    """The right is withdrawn; what the person wrote stays, with the name as long as it is not erased."""
    connection.execute(delete(_members).where(_members.c.board == board, _members.c.person == person))


def members(connection: Connection, board: str) -> list[Named]:
    """Everybody who has a place on the board, by name."""
    rows = connection.execute(
        select(_people.c.id, _people.c.name, _people.c.team, _members.c.role)
        .join(_members, _members.c.person == _people.c.id)
        .where(_members.c.board == board)
        .order_by(_people.c.name, _people.c.id)
    )
    return [Named(person, name, team, Role(role)) for person, name, team, role in rows]


def named(connection: Connection, persons: Sequence[str]) -> list[Named]:
    """These persons, whatever place they have or had: authors whose right was withdrawn are told by name too."""
    rows = connection.execute(
        select(_people.c.id, _people.c.name, _people.c.team).where(_people.c.id.in_(persons))
    )
    return [Named(person, name, team, Role.observer) for person, name, team in rows]


def boards_of(connection: Connection, person: str, limit: int) -> list[tuple[str, Role]]:
    """The boards the person has a place on, latest first."""
    rows = connection.execute(
        select(_members.c.board, _members.c.role)
        .where(_members.c.person == person)
        .order_by(_members.c.since.desc(), _members.c.board)
        .limit(limit)
    )
    return [(board, Role(role)) for board, role in rows]
