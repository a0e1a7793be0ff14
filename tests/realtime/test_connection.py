"""A connection cuts the line of who does not read, and of nobody else."""

import pytest

from charniere.domain.rights import Role, Standing
from charniere.errors import Code
from charniere.realtime.connection import BACKLOG, Connection
from charniere.realtime.frames import Frame
from charniere.realtime.protocol import Person
from realtime.surroundings import Line


def connected() -> tuple[Connection, Line]:
    line = Line()
    return Connection("c1", Person("anna", "Anna"), Standing(Role.participant), line), line


def of(size: int) -> Frame:
    return Frame(b"x" * size)


def test_a_reader_that_takes_nothing_is_cut_off_at_the_limit() -> None:
    """LI2"""
    connection, line = connected()
    for _ in range(BACKLOG // 1000):
        connection.send(of(1000), 0)
    assert connection.is_open
    connection.send(of(1000), 0)
    assert not connection.is_open
    assert line.is_cut
    assert not line.frames


@pytest.mark.parametrize("size", [BACKLOG // 2, BACKLOG - 1, BACKLOG + 1, BACKLOG * 3])
def test_whatever_the_size_of_its_first_frame_a_slow_reader_has_room_for_what_follows(size: int) -> None:
    connection, _ = connected()
    connection.welcome(of(size), 0)
    connection.send(of(BACKLOG // 2 - 100), 0)
    assert connection.is_open


def test_once_the_first_frame_was_taken_its_size_no_longer_counts() -> None:
    connection, line = connected()
    connection.welcome(of(BACKLOG * 3), 0)
    line.frames.clear()
    connection.send(of(10), 0)
    connection.send(of(BACKLOG), 0)
    assert not connection.is_open


def test_who_was_sent_away_hears_nothing_more() -> None:
    connection, line = connected()
    connection.bye(Code.no_session, again=False)
    connection.send(of(10), 0)
    connection.bye(Code.broken, again=True)
    assert list(line.frames) == [b'{"type":"bye","code":"no_session","again":false}']


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 70_000])
def test_a_frame_says_its_own_length(size: int) -> None:
    wire = of(size).wire
    head = 2 if size < 126 else 4 if size < 65_536 else 10
    assert wire[0] == 0x81
    assert len(wire) == head + size
    if head > 2:
        assert int.from_bytes(wire[2:head], "big") == size
