"""Taking hold of the data folder: its lock, its secret, its database brought up to date. What is in it never lives here."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

from charniere.access.tokens import random_token
from charniere.i18n import both
from charniere.settings import Settings
from charniere.store import schema
from charniere.store.database import Database

_SECRET_FILE: Final = "secret"  # noqa: S105 its name, not its content
_LOCK_FILE: Final = "charniere.lock"


class CannotStart(Exception):
    """Why the program stops before it starts: a sentence in French, then in English."""


@dataclass(frozen=True)
class Opened:
    """The data folder, held by this process alone until `close`."""

    database: Database
    secret: bytes
    migrated: schema.Migrated
    _lock: IO[str]

    def close(self) -> None:
        self.database.close()
        self._lock.close()


def take(settings: Settings) -> Opened:
    """Raises CannotStart when the folder cannot be written, is in use, or holds a later version's database."""
    lock = hold(settings.data)
    try:
        secret = settings.secret.encode() if settings.secret else _own_secret(settings.data)
        migrated = bring_up_to_date(settings)
        return Opened(Database.open(settings.database), secret, migrated, lock)
    except BaseException:
        lock.close()
        raise


def hold(data: Path) -> IO[str]:
    """The folder's lock: one process at a time. It goes with the process, however that ends."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (data / _LOCK_FILE).open("a")
    except OSError as problem:
        raise CannotStart(both("start.data", path=str(data), why=problem.strerror or "?")) from problem
    try:
        _lock(lock)
    except OSError as problem:
        lock.close()
        raise CannotStart(both("start.locked", path=str(data))) from problem
    return lock


def bring_up_to_date(settings: Settings, stamp: Callable[[], str] | None = None) -> schema.Migrated:
    try:
        return schema.migrate(settings.database, settings.data / "backups", stamp or _now)
    except schema.Newer as problem:
        raise CannotStart(both("start.newer", found=problem.found)) from problem


def _now() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")


def _own_secret(data: Path) -> bytes:
    """The installation's own secret, made at the first start, readable by its owner alone."""
    file = data / _SECRET_FILE
    if not file.exists():
        new = data / f"{_SECRET_FILE}.new"
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            out.write(random_token() + random_token())
        new.replace(file)
    return file.read_bytes().strip()


def _lock(file: IO[str]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
