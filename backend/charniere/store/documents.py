"""Documents in the database: created, read whole, appended to, their log read. Synchronous functions of a Connection.

Records are bytes here: which kinds there are and what they mean is the domain's.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, func, insert, select

from charniere.store.tables import DocumentRow, RecordRow, RevisionRow


class Head(NamedTuple):
    kind: str
    epoch: int
    seq: int


class Entry(NamedTuple):
    """A row of the log. `changes` is JSON, with the records that were replaced."""

    seq: int
    edit_id: str
    author: str
    at: int
    what: str
    changes: bytes


class Body(NamedTuple):
    """A record to put (`body`), or to remove (None)."""

    kind: str
    id: str
    body: bytes | None


class Stored(NamedTuple):
    """A whole document: its head and its records, ordered by kind and id."""

    head: Head
    bodies: list[Body]

    @property
    def records(self) -> list[bytes]:
        return [body.body for body in self.bodies if body.body is not None]


class Outrun(Exception):
    """Somebody else wrote to this document since it was read; `head` is where it stands, None if it is gone."""

    def __init__(self, head: Head | None) -> None:
        super().__init__(head)
        self.head = head


class Doubled(Exception):
    """The log holds an edit of this id already."""


def create(
    connection: Connection, document_id: str, kind: str, records: Iterable[Struct], epoch: int = 1
) -> None:
    """A new document of that kind (`DocumentKind.name`) with its first records, at seq 0."""
    connection.execute(insert(DocumentRow).values(id=document_id, kind=kind, epoch=epoch, seq=0))
    rows = [
        {"document": document_id, "kind": name, "id": record_id, "body": body}
        for name, record_id, body in map(body_of, records)
    ]
    if rows:
        connection.execute(insert(RecordRow), rows)


def body_of(record: Struct) -> Body:
    """A record as it is stored: its tag, its id, its JSON."""
    return Body(str(record.__struct_config__.tag), record.id, msgspec.json.encode(record))  # type: ignore[attr-defined]


def head(connection: Connection, document_id: str) -> Head | None:
    row = connection.execute(
        select(_documents.c.kind, _documents.c.epoch, _documents.c.seq).where(_documents.c.id == document_id)
    ).first()
    return Head(*row) if row else None


def read(connection: Connection, document_id: str) -> Stored | None:
    """The document as it stands, or None when there is none of that id."""
    found = head(connection, document_id)
    if found is None:
        return None
    rows = connection.execute(
        select(_records.c.kind, _records.c.id, _records.c.body)
        .where(_records.c.document == document_id)
        .order_by(_records.c.kind, _records.c.id)
    )
    return Stored(found, [Body(*row) for row in rows])


def append(
    connection: Connection,
    document_id: str,
    epoch: int,
    expected: int,
    entries: Sequence[Entry],
    bodies: Sequence[Body],
) -> None:
    """Adds revisions `expected + 1 ...` to the log and brings the records up to them.

    Raises Outrun when the document is not at `expected` of `epoch`, Doubled when an edit id is in the log already. Straight to
    the driver: this is the one statement of the server that runs at every keystroke.
    """
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    taken = driver.execute(
        "UPDATE document SET seq = ? WHERE id = ? AND epoch = ? AND seq = ?",
        (entries[-1].seq, document_id, epoch, expected),
    )
    if taken.rowcount != 1:
        raise Outrun(head(connection, document_id))
    try:
        driver.executemany(
            "INSERT INTO revision (document, seq, edit_id, author, at, what, changes) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(document_id, *entry) for entry in entries],
        )
    except sqlite3.IntegrityError as error:
        raise Doubled from error
    driver.executemany(
        "INSERT INTO record (document, kind, id, body) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (document, kind, id) DO UPDATE SET body = excluded.body",
        [(document_id, *body) for body in bodies if body.body is not None],
    )
    gone = [(document_id, body.kind, body.id) for body in bodies if body.body is None]
    if gone:
        driver.executemany("DELETE FROM record WHERE document = ? AND kind = ? AND id = ?", gone)


def log_since(
    connection: Connection, document_id: str, since: int, limit: int, until: int | None = None
) -> list[Entry]:
    """At most `limit` entries after `since`, in order; none after `until`."""
    query = (
        select(*_entry)
        .where(_revisions.c.document == document_id, _revisions.c.seq > since)
        .order_by(_revisions.c.seq)
        .limit(limit)
    )
    if until is not None:
        query = query.where(_revisions.c.seq <= until)
    return [Entry(*row) for row in connection.execute(query)]


def entry_of(connection: Connection, document_id: str, edit_id: str) -> Entry | None:
    """The entry of that edit, if it was ever accepted."""
    row = connection.execute(
        select(*_entry).where(_revisions.c.document == document_id, _revisions.c.edit_id == edit_id)
    ).first()
    return Entry(*row) if row else None


def authors(connection: Connection, document_id: str) -> list[str]:
    """Everybody who ever wrote in the log of this document."""
    least = select(func.min(_revisions.c.author)).where(_revisions.c.document == document_id)
    found: list[str] = []
    author = connection.execute(least).scalar()
    while author is not None:  # from one to the next by the index: a long log is not read through
        found.append(author)
        author = connection.execute(least.where(_revisions.c.author > author)).scalar()
    return found


_documents = DocumentRow.metadata.tables["document"]
_revisions = RevisionRow.metadata.tables["revision"]
_records = RecordRow.metadata.tables["record"]
_entry = tuple(_revisions.c[name] for name in Entry._fields)
