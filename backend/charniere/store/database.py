"""The database: one writer thread that groups commits, and readers that cannot write. What is written lives elsewhere.

SQLite in WAL mode with synchronous=FULL: an answer means that the disk has it. Another database would come in here, behind the
same four functions.
"""

import asyncio
import logging
import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import URL, Connection, Engine, NullPool, QueuePool, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection

log = logging.getLogger(__name__)

T = TypeVar("T")

READERS: Final = 4  # threads
BATCH: Final = 200  # jobs in one commit
BUSY_MS: Final = 5_000  # how long another process may hold the file
CHECKPOINT_PAGES: Final = 1_000  # of 4 kB
WAL_BYTES: Final = 64 * 1024 * 1024  # to which a grown journal is cut back


class _Job(Generic[T]):
    """Something to write and who waits for it: a coroutine on `loop`, or a thread when there is none."""

    __slots__ = ("error", "future", "loop", "result", "work")

    def __init__(self, work: Callable[[Connection], T], loop: asyncio.AbstractEventLoop | None) -> None:
        self.work = work
        self.loop = loop
        self.future: asyncio.Future[T] | Future[T] = loop.create_future() if loop else Future()
        self.result: T | None = None
        self.error: BaseException | None = None


class Database:
    """One file. `write` and `read` take functions of a Connection; a writing one may be run twice (see `_commit_alone`)."""

    def __init__(self, writer: Engine, reader: Engine) -> None:
        self._reader = reader
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._jobs: queue.SimpleQueue[_Job[Any] | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(
            target=_write_all, args=(writer, self._jobs), name="writer", daemon=True
        )
        self._thread.start()

    @staticmethod
    def open(path: Path, *, checkpoints: bool = True) -> "Database":
        """The file is made if it is not there. Only the server's connection may copy the journal back (`checkpoints`): the
        command line passes False, because two that do it at once can damage the file on SQLite before 3.51.3."""
        _warn_of_old_sqlite()
        pages = CHECKPOINT_PAGES if checkpoints else 0
        writer = _engine(
            path,
            "BEGIN IMMEDIATE",
            ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}",
             f"wal_autocheckpoint={pages}", f"journal_size_limit={WAL_BYTES}"),
            poolclass=NullPool,
        )  # fmt: skip
        reader = _engine(
            path,
            "BEGIN",
            ("query_only=ON", f"busy_timeout={BUSY_MS}", "wal_autocheckpoint=0"),
            poolclass=QueuePool,
            pool_size=READERS,
        )
        database = Database(writer, reader)
        database.write_now(lambda connection: None)  # the file exists, in WAL mode, before anybody reads it
        return database

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` in a savepoint of the next group; returns after the commit. Raises what `work` raised, then nothing of
        it is kept, or the disk's own error."""
        job = _Job(work, asyncio.get_running_loop())
        self._put(job)
        assert isinstance(job.future, asyncio.Future)
        return await job.future

    def write_now(self, work: Callable[[Connection], T]) -> T:
        """The same for a thread that may wait: the command line, migrations, tests."""
        job = _Job(work, None)
        self._put(job)
        assert isinstance(job.future, Future)
        return job.future.result()

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` on a reader thread, in one transaction: all that it reads is of one moment."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self.read_now, work)

    def read_now(self, work: Callable[[Connection], T]) -> T:
        with self._reader.connect() as connection, connection.begin():
            return work(connection)

    def close(self) -> None:
        """Writes what waits, then lets the file go."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
            self._thread.join()
            self._readers.shutdown()
            self._reader.dispose()

    def _put(self, job: _Job[Any]) -> None:
        if self._closed:
            raise RuntimeError("the database is closed")
        self._jobs.put(job)


def _engine(path: Path, begin: str, pragmas: Sequence[str], **options: Any) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)), connect_args={"check_same_thread": False}, **options
    )

    @event.listens_for(engine, "connect")
    def _(connection: DBAPIConnection, _record: object) -> None:
        assert isinstance(connection, sqlite3.Connection)
        connection.isolation_level = None  # transactions are begun by us, never by the driver
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _warn_of_old_sqlite() -> None:
    if sqlite3.sqlite_version_info < (3, 51, 3):
        log.info(
            "SQLite %s: only one process at a time may checkpoint (bug of WAL reset, mended in 3.51.3)",
            sqlite3.sqlite_version,
        )


# --- the writer's thread ----------------------------------------------------------------------------------


def _write_all(engine: Engine, jobs: "queue.SimpleQueue[_Job[Any] | None]") -> None:
    """Until None comes: takes whatever waits, commits it as one, answers."""
    connection: Connection | None = None
    closing = False
    while not closing:
        batch, closing = _take(jobs)
        try:
            connection = connection or engine.connect()
            _commit(connection, batch)
        except BaseException as error:
            if not isinstance(error, Exception):
                log.critical("the writer met %r", error)
            for job in batch:
                job.error = job.error or error
            _drop(connection)
            connection = None
        _answer(batch)
    _drop(connection)
    engine.dispose()


def _take(jobs: "queue.SimpleQueue[_Job[Any] | None]") -> tuple[list[_Job[Any]], bool]:
    batch: list[_Job[Any]] = []
    item = jobs.get()
    while item is not None:
        batch.append(item)
        if len(batch) >= BATCH:
            return batch, False
        try:
            item = jobs.get_nowait()
        except queue.Empty:
            return batch, False
    return batch, True


def _commit(connection: Connection, batch: list[_Job[Any]]) -> None:
    """One transaction for all, one savepoint each. If the transaction as a whole fails, each gets a transaction of its own."""
    try:
        with connection.begin():
            for job in batch:
                _run(connection, job)
    except Exception as error:
        if len(batch) == 1:
            batch[0].error = batch[0].error or error
            return
        log.warning("a group of %d could not be committed: %s", len(batch), type(error).__name__)
        for job in batch:
            _commit(connection, [_anew(job)])


def _run(connection: Connection, job: _Job[Any]) -> None:
    """Raises only when the transaction itself is lost; what the job did wrong is kept for who asked."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.execute("SAVEPOINT job")
    try:
        job.result = job.work(connection)
        driver.execute("RELEASE job")
    except Exception as error:
        job.error = error
        if not driver.in_transaction:
            raise  # a full disk, for example, takes the whole transaction back
        driver.execute("ROLLBACK TO job")
        driver.execute("RELEASE job")


def _anew(job: _Job[Any]) -> _Job[Any]:
    job.result = job.error = None
    return job


def _drop(connection: Connection | None) -> None:
    if connection is not None:
        try:
            connection.close()
        except Exception as error:
            log.warning("closing a connection: %s", type(error).__name__)


def _answer(batch: list[_Job[Any]]) -> None:
    """Wakes every loop once, whatever the number of jobs."""
    for loop in {job.loop for job in batch}:
        mine = [job for job in batch if job.loop is loop]
        if loop is None:
            _resolve(mine)
            continue
        try:
            loop.call_soon_threadsafe(_resolve, mine)
        except RuntimeError:  # the loop has ended: nobody waits any more
            log.info("%d answers had nobody to go to", len(mine))


def _resolve(jobs: list[_Job[Any]]) -> None:
    for job in jobs:
        if job.future.done():
            continue
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.result)
