"""Migrations make exactly the tables that the code declares, and nothing is changed before it was copied."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from charniere.store import schema
from charniere.store.database import Database


def migrate(path: Path) -> schema.Migrated:
    return schema.migrate(path, path.parent / "backups", lambda: "20261121T200000Z")


def test_the_migrated_tables_are_the_declared_ones(tmp_path: Path) -> None:
    path = tmp_path / "charniere.db"
    assert migrate(path) == schema.Migrated(schema.head(), True, None)
    with schema.connect(path) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata()) == []
        tables = set(inspect(connection).get_table_names())
    assert tables == {"alembic_version", *schema.metadata().tables}


def test_declared_tables_made_directly_are_built_like_the_migrated_ones(tmp_path: Path) -> None:
    migrated, declared = tmp_path / "migrated.db", tmp_path / "declared.db"
    migrate(migrated)
    with schema.connect(declared) as connection:
        schema.metadata().create_all(connection)
    assert _shape(migrated) == _shape(declared)


def _shape(path: Path) -> dict[str, object]:
    """Columns, keys and indexes of each table, and whether it has row ids."""
    with closing(sqlite3.connect(path)) as db:
        names = [
            n
            for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'")
            if n != "alembic_version"
        ]
        return {
            name: (
                db.execute(f"PRAGMA table_info({name})").fetchall(),
                sorted(row[2:] for row in db.execute(f"PRAGMA foreign_key_list({name})")),
                sorted((row[2], row[3]) for row in db.execute(f"PRAGMA index_list({name})")),
                [row[4:] for row in db.execute("PRAGMA table_list") if row[1] == name],
            )
            for name in names
        }


def test_a_file_at_the_latest_migration_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "charniere.db"
    migrate(path)
    before = path.read_bytes()
    monkeypatch.setitem(__import__("sys").modules, "alembic.command", None)  # it must not even be imported
    assert migrate(path) == schema.Migrated(schema.head(), False, None)
    assert path.read_bytes() == before


def test_what_could_be_lost_is_copied_first_journal_included(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "charniere.db"
    latest = migrate(path).head
    database = Database.open(path, checkpoints=False)
    database.write_now(lambda c: c.exec_driver_sql("INSERT INTO person VALUES ('anna', 'Anna', '', 1)"))
    _new_migration(tmp_path, monkeypatch)
    with closing(sqlite3.connect(path)) as alive:  # the journal is not empty while the copy is made
        alive.execute("SELECT 1 FROM person").fetchall()
        database.close()
        done = migrate(path)
    assert (done.head, done.changed) == ("9999", True)
    assert done.backup == tmp_path / "backups" / f"charniere-20261121T200000Z-{latest}.db"
    assert done.backup.stat().st_mode & 0o077 == 0
    assert schema.at(done.backup) == latest
    assert schema.at(path) == "9999"
    with closing(sqlite3.connect(done.backup)) as copy:
        assert copy.execute("SELECT name FROM person").fetchall() == [("Anna",)]
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "charniere.db"
    latest = migrate(path).head
    _new_migration(
        tmp_path, monkeypatch, "    op.execute('ALTER TABLE person ADD COLUMN x')\n    raise RuntimeError\n"
    )
    with pytest.raises(RuntimeError):
        migrate(path)
    assert schema.at(path) == latest
    with closing(sqlite3.connect(path)) as db:
        assert "x" not in [row[1] for row in db.execute("PRAGMA table_info(person)")]


def test_a_file_of_a_later_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "charniere.db"
    migrate(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE alembic_version SET version_num = 'f00'")
        db.commit()
    before = path.read_bytes()
    with pytest.raises(schema.Newer) as refused:
        migrate(path)
    assert refused.value.found == "f00"
    assert path.read_bytes() == before


def _new_migration(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str = "    pass\n") -> None:
    """The migrations as a later version would have them."""
    import shutil

    later = folder / "later"
    shutil.copytree(schema.folder(), later)
    head = f'"""Later."""\n\nfrom alembic import op\n\nrevision = "9999"\ndown_revision = "{schema.head()}"\n\n\n'
    (later / "versions" / "9999_later.py").write_text(f"{head}def upgrade() -> None:\n    op.f('x')\n{body}")
    monkeypatch.setattr(schema, "folder", lambda: later)
    schema._parents.cache_clear()
    monkeypatch.setattr(schema, "_parents", schema._parents.__wrapped__)
