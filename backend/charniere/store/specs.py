"""Specifications that are kept: the draft of a board, its frozen versions, who approved them, the client's logo.

Synchronous functions of a Connection. A version is written once and never changed: there is no function that would. The draft's
content is a document, stored by `documents`; how a specification is made and compared is the business of `spec`.
"""

import hashlib
import zlib
from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from msgspec.structs import replace
from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    LargeBinary,
    RowMapping,
    String,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlmodel import Field, SQLModel

from charniere.domain import boardfile, limits
from charniere.domain.boardfile import BoardFile
from charniere.errors import Code, Refused
from charniere.spec.edition import Approval, Logo
from charniere.store.people import moment


def _of_board(*, unique: bool = False) -> Column[str]:
    return Column(String, ForeignKey("board.id", ondelete="CASCADE"), nullable=False, unique=unique)


def _blob() -> Column[bytes]:
    return Column(LargeBinary, nullable=False)


class DraftRow(SQLModel, table=True):
    """Which document is the review draft of which board: one a board."""

    __tablename__ = "draft"

    document: str = Field(
        sa_column=Column(String, ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    )
    board: str = Field(sa_column=_of_board(unique=True))
    created_at: int = Field(sa_column=moment())


class VersionRow(SQLModel, table=True):
    """A frozen specification. `spec` and `boards` are compressed (zlib); the digests are of what was compressed."""

    __tablename__ = "spec_version"
    __table_args__ = (UniqueConstraint("board", "number", name="uq_spec_version_number"),)

    id: str = Field(primary_key=True)
    board: str = Field(sa_column=_of_board())
    number: int
    digest: str
    author: str  # a person; no foreign key: a version outlives whoever froze it
    at: int = Field(sa_column=moment())
    note: str
    draft_seq: int
    spec: bytes = Field(sa_column=_blob())
    boards: bytes = Field(sa_column=_blob())
    boards_digest: str


class ApprovalRow(SQLModel, table=True):
    """A signature under a version; `person` is who wrote it down. Withdrawn ones are kept: they were there."""

    __tablename__ = "spec_approval"

    id: str = Field(primary_key=True)
    version: str = Field(
        sa_column=Column(
            String, ForeignKey("spec_version.id", ondelete="CASCADE"), nullable=False, index=True
        )
    )
    name: str
    role: str
    team: str
    day: str
    person: str
    at: int = Field(sa_column=moment())
    withdrawn_at: int | None = Field(default=None, sa_column=moment(nullable=True))


class LogoRow(SQLModel, table=True):
    """The client's mark, printed on the documents of a project."""

    __tablename__ = "project_logo"

    project: str = Field(
        sa_column=Column(String, ForeignKey("project.id", ondelete="CASCADE"), primary_key=True)
    )
    media_type: str
    data: bytes = Field(sa_column=_blob())
    at: int = Field(sa_column=moment())


class Freezing(NamedTuple):
    """What is frozen. `spec` is `spec.json` as written, `boards` what it was compiled from, `draft_seq` where the draft stood."""

    id: str
    author: str
    at: int
    note: str
    spec: bytes
    boards: Sequence[BoardFile]
    draft_seq: int


class VersionHead(NamedTuple):
    """A version without its content. `digest` is the SHA-256 of `spec.json`; `approvals` counts those that stand."""

    id: str
    board: str
    number: int
    digest: str
    author: str
    at: int
    note: str
    draft_seq: int
    approvals: int


class Version(NamedTuple):
    """A whole version: the very bytes that were frozen, and the boards without anybody's name."""

    head: VersionHead
    spec: bytes
    boards: tuple[BoardFile, ...]


class Signature(NamedTuple):
    """An approval as it was recorded: by whom, when, and since when it no longer counts."""

    id: str
    approval: Approval
    person: str
    at: int
    withdrawn_at: int | None


_drafts = SQLModel.metadata.tables["draft"]
_versions = SQLModel.metadata.tables["spec_version"]
_approvals = SQLModel.metadata.tables["spec_approval"]
_logos = SQLModel.metadata.tables["project_logo"]
_stands = _approvals.c.withdrawn_at.is_(None)
# declared here because only now the column is known: one approval that stands, of one name for one team
Index(
    "ix_spec_approval_standing",
    _approvals.c.version,
    _approvals.c.team,
    _approvals.c.name,
    unique=True,
    sqlite_where=_stands,
    postgresql_where=_stands,
)
_head = (
    *(_versions.c[name] for name in VersionHead._fields if name != "approvals"),
    select(func.count())
    .where(_approvals.c.version == _versions.c.id, _stands)
    .scalar_subquery()
    .label("approvals"),
)


def add_draft(connection: Connection, document: str, board: str, at: int) -> None:
    """Says that this document is the draft of that board, which has none yet."""
    connection.execute(insert(_drafts).values(document=document, board=board, created_at=at))


def draft_of(connection: Connection, board: str) -> str | None:
    return connection.execute(select(_drafts.c.document).where(_drafts.c.board == board)).scalar()


def board_of(connection: Connection, document: str) -> str | None:
    """The board that a draft belongs to; None when the document is no draft."""
    return connection.execute(select(_drafts.c.board).where(_drafts.c.document == document)).scalar()


def freeze(connection: Connection, board: str, frozen: Freezing) -> VersionHead:
    """Writes the next version of a board. Raises Refused: the note is too long, or the board has all the versions it may have."""
    _fits("note", frozen.note, limits.VERSION_NOTE)
    last = connection.execute(
        select(func.coalesce(func.max(_versions.c.number), 0)).where(_versions.c.board == board)
    ).scalar_one()
    if last >= limits.VERSIONS:
        raise Refused(Code.limit_reached, of="versions", limit=limits.VERSIONS)
    boards = _write_boards(frozen.boards)
    head = VersionHead(
        id=frozen.id,
        board=board,
        number=last + 1,
        digest=_digest(frozen.spec),
        author=frozen.author,
        at=frozen.at,
        note=frozen.note,
        draft_seq=frozen.draft_seq,
        approvals=0,
    )
    row = {name: value for name, value in head._asdict().items() if name != "approvals"}
    connection.execute(
        insert(_versions).values(
            **row,
            spec=zlib.compress(frozen.spec, 9),
            boards=zlib.compress(boards, 9),
            boards_digest=_digest(boards),
        )
    )
    return head


def versions_of(connection: Connection, board: str) -> list[VersionHead]:
    """Every version of a board, the newest first."""
    rows = connection.execute(
        select(*_head).where(_versions.c.board == board).order_by(_versions.c.number.desc())
    )
    return [VersionHead(*row) for row in rows]


def version(connection: Connection, board: str, number: int) -> Version | None:
    """A whole version, or None when the board has no such number. Raises Refused(unreadable) when it is not what was frozen."""
    row = (
        connection.execute(
            select(*_head, _versions.c.spec, _versions.c.boards, _versions.c.boards_digest).where(
                _versions.c.board == board, _versions.c.number == number
            )
        )
        .mappings()
        .first()
    )
    return _version(row) if row else None


def approve(
    connection: Connection, version: str, signature: str, approval: Approval, person: str, at: int
) -> bool:
    """Writes a signature down. False when this name has signed for this team already. Raises Refused for words that are too long
    or missing, and when the version has all the signatures it may have, withdrawn ones included."""
    signed = replace(
        approval, name=approval.name.strip(), role=approval.role.strip(), team=approval.team.strip()
    )
    if not signed.name:
        raise Refused(Code.bad_value, field="name")
    for field, words in (("name", signed.name), ("role", signed.role), ("team", signed.team)):
        _fits(field, words, limits.APPROVAL_WORDS)
    held = approvals_of(connection, version)
    same = (signed.name, signed.team)
    if any((one.approval.name, one.approval.team) == same and one.withdrawn_at is None for one in held):
        return False
    if len(held) >= limits.APPROVALS:
        raise Refused(Code.limit_reached, of="approvals", limit=limits.APPROVALS)
    connection.execute(
        insert(_approvals).values(
            id=signature, version=version, person=person, at=at, **msgspec.structs.asdict(signed)
        )
    )
    return True


def withdraw(connection: Connection, version: str, signature: str, at: int) -> bool:
    """True when the version had this signature and it still stood."""
    done = connection.execute(
        update(_approvals)
        .where(_approvals.c.id == signature, _approvals.c.version == version, _stands)
        .values(withdrawn_at=at)
    )
    return done.rowcount == 1


def approvals_of(connection: Connection, version: str) -> list[Signature]:
    """The signatures under a version (its id), in the order in which they were given, withdrawn ones included."""
    rows = connection.execute(
        select(_approvals).where(_approvals.c.version == version).order_by(_approvals.c.at, _approvals.c.id)
    )
    return [
        Signature(
            row.id,
            Approval(name=row.name, role=row.role, team=row.team, day=row.day),
            row.person,
            row.at,
            row.withdrawn_at,
        )
        for row in rows
    ]


def set_logo(connection: Connection, project: str, logo: Logo, at: int) -> None:
    """Puts the logo in the place of the one before. Raises Refused when it is too large."""
    if len(logo.data) > limits.LOGO_BYTES:
        raise Refused(Code.too_large, limit=limits.LOGO_BYTES)
    remove_logo(connection, project)
    connection.execute(
        insert(_logos).values(project=project, media_type=logo.media_type, data=logo.data, at=at)
    )


def remove_logo(connection: Connection, project: str) -> bool:
    """True when there was one."""
    return connection.execute(delete(_logos).where(_logos.c.project == project)).rowcount == 1


def logo_of(connection: Connection, project: str) -> Logo | None:
    row = connection.execute(
        select(_logos.c.media_type, _logos.c.data).where(_logos.c.project == project)
    ).first()
    return Logo(media_type=row.media_type, data=row.data) if row else None


def _version(row: RowMapping) -> Version:
    head = VersionHead(*(row[name] for name in VersionHead._fields))
    spec = _opened(row["spec"], head.digest)
    boards = _opened(row["boards"], row["boards_digest"])
    return Version(head, spec, tuple(boardfile.read(bytes(one)) for one in _raw_of(boards)))


def _write_boards(files: Sequence[BoardFile]) -> bytes:
    """A JSON array of board files. Names of people stay in the one table where they can be erased."""
    return b"[" + b",".join(boardfile.write(replace(file, people={})) for file in files) + b"]"


def _opened(packed: bytes, digest: str) -> bytes:
    try:
        data = zlib.decompress(packed)
    except zlib.error as problem:
        raise Refused(Code.unreadable, why=str(problem)) from problem
    if _digest(data) != digest:
        raise Refused(Code.unreadable, why="the digest differs")
    return data


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _fits(field: str, words: str, limit: int) -> None:
    if len(words) > limit:
        raise Refused(Code.too_long, field=field, limit=limit, length=len(words))


_raw_of = msgspec.json.Decoder(list[msgspec.Raw]).decode
