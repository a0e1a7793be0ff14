"""The database's shape: which migration it is at, and bringing it to the latest, after a copy of what could be lost.

The migrations themselves are in `migrations/`; Alembic is imported only when there is something to do.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import URL, Connection, MetaData, NullPool, create_engine, event
from sqlmodel import SQLModel

_TABLES = ("tables", "people", "invitations", "projects", "specs")
_REVISION = re.compile(r'^(revision|down_revision) *(?::[^=]*)?= *(?:"([^"]+)"|None)$', re.M)
DATABASE = "charniere.db"


class Newer(Exception):
    """The file was written by a later version of the program; `found` is its migration."""

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found


class Migrated(NamedTuple):
    """`head`: the migration the file is at now. `backup`: the copy made before, if there was something to lose."""

    head: str
    changed: bool
    backup: Path | None


def migrate(path: Path, backups: Path, stamp: Callable[[], str]) -> Migrated:
    """Brings the file to the latest migration, making it if it is not there. Nobody else may have it open.

    `stamp` names the copy. Raises Newer for a file that this program does not know.
    """
    found, wanted = at(path), head()
    if found == wanted:
        return Migrated(wanted, False, None)
    if found is not None and found not in _parents():
        raise Newer(found)
    copy = _copy(path, backups / f"charniere-{stamp()}-{found}.db") if found is not None else None
    from alembic.command import upgrade
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder()).replace("%", "%%"))
    with connect(path) as connection:
        config.attributes["connection"] = connection
        upgrade(config, "head")
    return Migrated(wanted, True, copy)


def answers(connection: Connection) -> None:
    """Raises when the database cannot be asked any more."""
    connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()


def at(path: Path) -> str | None:
    """The migration that the file is at, or None when there is no database in it yet."""
    if not path.is_file():
        return None
    with closing(sqlite3.connect(path)) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError:
            return None
    return str(row[0]) if row else None


def head() -> str:
    """The latest migration: the one that no other names as its parent."""
    parents = _parents()
    (last,) = set(parents) - {parent for parent in parents.values() if parent}
    return last


def folder() -> Path:
    """The migrations, beside the package in the tree, inside it once installed."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "migrations"
    return inside if inside.is_dir() else package.parents[1] / "migrations"


def metadata() -> MetaData:
    """Every table of the program."""
    for name in _TABLES:
        import_module(f"charniere.store.{name}")
    return SQLModel.metadata


def file_in(data: str) -> Path:
    return Path(data) / DATABASE


@contextmanager
def connect(path: Path) -> Iterator[Connection]:
    """A connection for migrations alone: foreign keys off, as SQLite's table rebuilds need."""
    engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # else the driver leaves CREATE TABLE out of the transaction

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.begin() as connection:
        yield connection
    engine.dispose()


@cache
def _parents() -> dict[str, str | None]:
    """Each migration and its parent, read from the files without running them: a start need not wait for Alembic."""
    parents: dict[str, str | None] = {}
    for file in folder().glob("versions/*.py"):
        named = {name: value or None for name, value in _REVISION.findall(file.read_text(encoding="utf-8"))}
        if own := named.get("revision"):
            parents[own] = named.get("down_revision")
    return parents


def _copy(path: Path, target: Path) -> Path:
    """SQLite's own online copy: whole, journal included, unlike a copy of the file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    target.chmod(0o600)
    return target
