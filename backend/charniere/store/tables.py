"""Three tables hold every document, whatever its kind: its head, its log, its records. There is no table per kind of note.

The tables of cold nouns (people, projects ...) are declared beside their functions; all share `SQLModel.metadata`.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

_OF_A_DOCUMENT = "document.id"


class DocumentRow(SQLModel, table=True):
    """The head of a document. `seq` is the number of its last revision; a higher `epoch` means another history."""

    __tablename__ = "document"

    id: str = Field(primary_key=True)
    kind: str
    epoch: int = 1
    seq: int = 0


class RevisionRow(SQLModel, table=True):
    """One accepted edit. `changes` is the JSON of its changes, with the records that they replaced."""

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("document", "edit_id", name="uq_revision_edit_id"),
        Index("ix_revision_author", "document", "author"),
        {"sqlite_with_rowid": False},
    )

    document: str = Field(
        sa_column=Column(String, ForeignKey(_OF_A_DOCUMENT, ondelete="CASCADE"), primary_key=True)
    )
    seq: int = Field(primary_key=True)
    edit_id: str
    author: str
    at: int = Field(sa_column=Column(BigInteger, nullable=False))  # milliseconds since 1970, UTC
    what: str
    changes: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class RecordRow(SQLModel, table=True):
    """One record of a document as it stands at the document's seq. `body` is its JSON."""

    __tablename__ = "record"
    __table_args__ = {"sqlite_with_rowid": False}

    document: str = Field(
        sa_column=Column(String, ForeignKey(_OF_A_DOCUMENT, ondelete="CASCADE"), primary_key=True)
    )
    kind: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


def create_all(connection: Connection) -> None:
    """Every table, for tests and measurements; installations are made by migrations."""
    from charniere.store import schema  # which knows the modules that declare tables, this one included

    schema.metadata().create_all(connection)
