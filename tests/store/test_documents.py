"""The contract of the store: what documents promise, on a real file."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Connection, text

from charniere.domain.board import BoardInfo, Stage
from charniere.store import documents
from charniere.store.database import Database
from charniere.store.documents import Body, Doubled, Entry, Head, Outrun
from charniere.store.tables import create_all


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.open(tmp_path / "charniere.db")
    database.write_now(create_all)
    database.write_now(lambda c: documents.create(c, "b1", "board", [BoardInfo(title="Parcours")]))
    yield database
    database.close()


def entry(seq: int, edit_id: str = "") -> Entry:
    return Entry(seq, edit_id or f"edit-{seq:04}", "anna", 1_000 + seq, "set_note", b"[]")


def add(
    database: Database, expected: int, *entries: Entry, bodies: tuple[Body, ...] = (), epoch: int = 1
) -> None:
    database.write_now(lambda c: documents.append(c, "b1", epoch, expected, entries, bodies))


def test_a_new_document_is_read_back_with_its_records(database: Database) -> None:
    stored = database.read_now(lambda c: documents.read(c, "b1"))
    assert stored is not None
    assert stored.head == Head("board", 1, 0)
    assert stored.records == [msgspec.json.encode(BoardInfo(title="Parcours"))]


def test_a_document_that_was_never_made_is_none(database: Database) -> None:
    assert database.read_now(lambda c: documents.read(c, "b2")) is None


def test_a_document_is_made_once(database: Database) -> None:
    with pytest.raises(Exception, match="UNIQUE"):
        database.write_now(lambda c: documents.create(c, "b1", "board", []))


def test_appended_entries_come_back_in_order_and_whole(database: Database) -> None:
    entries = [entry(1), entry(2), entry(3)]
    add(database, 0, *entries)
    assert database.read_now(lambda c: documents.log_since(c, "b1", 0, 10)) == entries
    assert database.read_now(lambda c: documents.log_since(c, "b1", 1, 1)) == entries[1:2]
    assert database.read_now(lambda c: documents.log_since(c, "b1", 0, 10, until=2)) == entries[:2]
    assert database.read_now(lambda c: documents.head(c, "b1")) == Head("board", 1, 3)


def test_records_are_put_replaced_and_removed(database: Database) -> None:
    stage = documents.body_of(Stage(id="s1", name="Découverte", rank="V000"))
    add(database, 0, entry(1), bodies=(stage,))
    add(database, 1, entry(2), bodies=(stage._replace(body=b'{"type":"stage"}'),))
    stored = database.read_now(lambda c: documents.read(c, "b1"))
    assert stored is not None
    assert b'{"type":"stage"}' in stored.records
    assert len(stored.records) == 2
    add(database, 2, entry(3), bodies=(stage._replace(body=None),))
    stored = database.read_now(lambda c: documents.read(c, "b1"))
    assert stored is not None
    assert len(stored.records) == 1


def test_a_writer_that_was_outrun_learns_where_the_document_stands_and_writes_nothing(
    database: Database,
) -> None:
    add(database, 0, entry(1))
    with pytest.raises(Outrun) as raised:
        add(database, 0, entry(1, "another-1"))
    assert raised.value.head == Head("board", 1, 1)
    assert database.read_now(lambda c: documents.entry_of(c, "b1", "another-1")) is None


def test_another_epoch_is_another_document(database: Database) -> None:
    with pytest.raises(Outrun):
        add(database, 0, entry(1), epoch=2)


def test_an_edit_id_is_recorded_once_and_its_double_leaves_no_trace(database: Database) -> None:
    add(database, 0, entry(1, "the-same"))
    with pytest.raises(Doubled):
        add(database, 1, entry(2), entry(3, "the-same"))
    assert database.read_now(lambda c: documents.head(c, "b1")) == Head("board", 1, 1)
    assert len(database.read_now(lambda c: documents.log_since(c, "b1", 0, 10))) == 1


def test_an_entry_is_found_by_its_edit_id_in_its_own_document_only(database: Database) -> None:
    database.write_now(lambda c: documents.create(c, "b2", "board", []))
    add(database, 0, entry(1, "mine-only"))
    assert database.read_now(lambda c: documents.entry_of(c, "b1", "mine-only")) == entry(1, "mine-only")
    assert database.read_now(lambda c: documents.entry_of(c, "b2", "mine-only")) is None


def test_the_authors_of_a_document_are_those_of_its_log(database: Database) -> None:
    add(database, 0, entry(1), entry(2)._replace(author="bob"), entry(3))
    assert database.read_now(lambda c: documents.authors(c, "b1")) == ["anna", "bob"]


def test_the_authors_of_a_long_log_are_found_by_an_index(database: Database) -> None:
    def plan(connection: Connection) -> str:
        query = "EXPLAIN QUERY PLAN SELECT min(author) FROM revision WHERE document = 'b1' AND author > 'a'"
        return str(connection.execute(text(query)).all())

    assert "ix_revision_author" in database.read_now(plan)


def test_every_commit_is_synced_and_the_file_is_in_wal_mode(database: Database) -> None:
    def pragma(name: str) -> object:
        return database.write_now(lambda c: c.execute(text(f"PRAGMA {name}")).scalar())

    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2
    assert pragma("foreign_keys") == 1


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(Exception, match="readonly"):
        database.read_now(lambda c: documents.create(c, "b9", "board", []))


def test_what_is_written_is_in_the_file_for_any_other_program(database: Database, tmp_path: Path) -> None:
    add(database, 0, entry(1))
    with sqlite3.connect(tmp_path / "charniere.db") as other:
        assert other.execute("SELECT seq FROM document").fetchall() == [(1,)]
