"""The writer: one group, one commit; one bad job spoils nothing; an answer means that the disk has it."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from charniere.store.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.open(tmp_path / "charniere.db")
    database.write_now(lambda c: c.execute(text("CREATE TABLE word (w TEXT UNIQUE)")))
    yield database
    database.close()


def put(word: str) -> Callable[[Connection], str]:
    def work(connection: Connection) -> str:
        connection.execute(text("INSERT INTO word VALUES (:w)"), {"w": word})
        return word

    return work


def words(database: Database) -> set[str]:
    return set(database.read_now(lambda c: c.execute(text("SELECT w FROM word")).scalars().all()))


async def together(database: Database, *jobs: object) -> list[object]:
    """Answers of jobs that are in one group for certain: the writer is held up while they are handed in."""
    gate = threading.Event()
    first = asyncio.ensure_future(database.write(lambda c: gate.wait(10)))
    await asyncio.sleep(0)
    rest = [asyncio.ensure_future(database.write(job)) for job in jobs]  # type: ignore[arg-type]
    await asyncio.sleep(0)
    gate.set()
    await first
    return await asyncio.gather(*rest, return_exceptions=True)


async def test_a_bad_job_is_answered_with_its_own_error_and_the_others_are_kept(database: Database) -> None:
    def poison(connection: Connection) -> None:
        connection.execute(text("INSERT INTO word VALUES ('half')"))
        raise KeyError("poison")

    answers = await together(database, put("one"), poison, put("two"))
    assert answers[0] == "one"
    assert isinstance(answers[1], KeyError)
    assert answers[2] == "two"
    assert words(database) == {"one", "two"}


async def test_a_job_that_breaks_a_constraint_spoils_nothing(database: Database) -> None:
    answers = await together(database, put("one"), put("one"), put("two"))
    assert isinstance(answers[1], Exception)
    assert words(database) == {"one", "two"}


async def test_a_group_that_cannot_be_committed_is_tried_one_by_one(database: Database) -> None:
    def takes_all_back(connection: Connection) -> None:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.rollback()  # what SQLite does by itself when the disk is full
        raise sqlite3.OperationalError("database or disk is full")

    answers = await together(database, put("one"), takes_all_back, put("two"))
    assert answers[0] == "one"
    assert isinstance(answers[1], sqlite3.OperationalError)
    assert answers[2] == "two"
    assert words(database) == {"one", "two"}


async def test_a_job_that_ends_the_transaction_itself_does_not_stop_the_writer(database: Database) -> None:
    def commits(connection: Connection) -> None:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.commit()

    answers = await together(database, commits, put("one"))
    assert isinstance(answers[0], Exception)
    assert answers[1] == "one"
    assert await database.write(put("two")) == "two"


async def test_an_answer_comes_after_the_commit(database: Database, tmp_path: Path) -> None:
    await database.write(put("one"))
    with sqlite3.connect(tmp_path / "charniere.db") as other:
        assert other.execute("SELECT w FROM word").fetchall() == [("one",)]


async def test_who_no_longer_waits_disturbs_nobody(database: Database) -> None:
    waiting = asyncio.ensure_future(database.write(put("one")))
    await asyncio.sleep(0)
    waiting.cancel()
    assert await database.write(put("two")) == "two"
    assert words(database) == {"one", "two"}


def test_closing_writes_what_waits_and_refuses_what_comes_later(database: Database, tmp_path: Path) -> None:
    threads = [threading.Thread(target=database.write_now, args=(put(f"w{i}"),)) for i in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    database.close()
    with pytest.raises(RuntimeError):
        database.write_now(put("late"))
    with sqlite3.connect(tmp_path / "charniere.db") as other:
        assert other.execute("SELECT count(*) FROM word").fetchone() == (20,)


def test_a_read_is_of_one_moment(database: Database) -> None:
    def count(connection: Connection) -> tuple[int, int]:
        first = connection.execute(text("SELECT count(*) FROM word")).scalar_one()
        database.write_now(put(f"n{first}"))
        return first, connection.execute(text("SELECT count(*) FROM word")).scalar_one()

    assert database.read_now(count) == (0, 0)
    assert database.read_now(count) == (1, 1)
