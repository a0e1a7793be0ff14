"""Links that let people in: invitations, used by many, and entries, used once. Synchronous functions of a Connection.

Tokens come here hashed; how they are made and who may make them is decided in `access`.
"""

from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update
from sqlmodel import Field, SQLModel

from charniere.domain.rights import Role
from charniere.store.people import moment, of_person


class InvitationRow(SQLModel, table=True):
    """A link that gives a role on one board to whoever opens it, until it is revoked."""

    __tablename__ = "invitation"

    id: str = Field(primary_key=True)
    token_hash: str = Field(unique=True)
    board: str = Field(index=True)
    role: str
    author: str
    created_at: int = Field(sa_column=moment())
    revoked_at: int | None = Field(default=None, sa_column=moment(nullable=True))
    uses: int = 0


class EntryRow(SQLModel, table=True):
    """A link that signs one person in, once."""

    __tablename__ = "entry"

    id: str = Field(primary_key=True)
    token_hash: str = Field(unique=True)
    person: str = Field(sa_column=of_person())
    board: str
    created_at: int = Field(sa_column=moment())
    until: int = Field(sa_column=moment())
    used_at: int | None = Field(default=None, sa_column=moment(nullable=True))


class Invitation(NamedTuple):
    id: str
    board: str
    role: Role
    created_at: int
    revoked_at: int | None
    uses: int


class Entry(NamedTuple):
    """`open`: it still lets somebody in."""

    person: str
    board: str
    open: bool


_invitations = SQLModel.metadata.tables["invitation"]
_entries = SQLModel.metadata.tables["entry"]
_seen = tuple(_invitations.c[name] for name in Invitation._fields)


def invite(
    connection: Connection, invitation: str, token_hash: str, board: str, role: Role, author: str, at: int
) -> None:
    connection.execute(
        insert(_invitations).values(
            id=invitation,
            token_hash=token_hash,
            board=board,
            role=role.value,
            author=author,
            created_at=at,
            uses=0,
        )
    )


def find(connection: Connection, token_hash: str) -> Invitation | None:
    """The invitation of that link, revoked or not."""
    row = connection.execute(select(*_seen).where(_invitations.c.token_hash == token_hash)).first()
    return _invitation(*row) if row else None


def of_board(connection: Connection, board: str) -> list[Invitation]:
    """The board's invitations, revoked ones included, oldest first."""
    rows = connection.execute(
        select(*_seen)
        .where(_invitations.c.board == board)
        .order_by(_invitations.c.created_at, _invitations.c.id)
    )
    return [_invitation(*row) for row in rows]


def count_use(connection: Connection, invitation: str) -> None:
    connection.execute(
        update(_invitations).where(_invitations.c.id == invitation).values(uses=_invitations.c.uses + 1)
    )


def revoke(connection: Connection, board: str, invitation: str, at: int) -> bool:
    """True when the board had this invitation and it was still good."""
    done = connection.execute(
        update(_invitations)
        .where(
            _invitations.c.id == invitation,
            _invitations.c.board == board,
            _invitations.c.revoked_at.is_(None),
        )
        .values(revoked_at=at)
    )
    return done.rowcount == 1


def add_entry(
    connection: Connection, entry: str, token_hash: str, person: str, board: str, at: int, until: int
) -> None:
    """A new one-time link; those whose time has passed are swept on the way."""
    connection.execute(delete(_entries).where(_entries.c.until <= at))
    connection.execute(
        insert(_entries).values(
            id=entry, token_hash=token_hash, person=person, board=board, created_at=at, until=until
        )
    )


def find_entry(connection: Connection, token_hash: str, at: int) -> Entry | None:
    row = connection.execute(
        select(_entries.c.person, _entries.c.board, _entries.c.until, _entries.c.used_at).where(
            _entries.c.token_hash == token_hash
        )
    ).first()
    return Entry(row.person, row.board, row.used_at is None and row.until > at) if row else None


def use_entry(connection: Connection, token_hash: str, at: int) -> bool:
    """True for the one caller that uses it; False for all later ones."""
    done = connection.execute(
        update(_entries)
        .where(_entries.c.token_hash == token_hash, _entries.c.used_at.is_(None), _entries.c.until > at)
        .values(used_at=at)
    )
    return done.rowcount == 1


def _invitation(
    invitation: str, board: str, role: str, created_at: int, revoked_at: int | None, uses: int
) -> Invitation:
    return Invitation(invitation, board, Role(role), created_at, revoked_at, uses)
