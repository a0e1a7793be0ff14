"""One board as a file."""

import msgspec
import pytest

from charniere.domain import boardfile
from charniere.domain.board import Board, load, records
from charniere.domain.boardfile import BoardFile
from charniere.domain.project import Persona, Project
from charniere.errors import Code, Refused
from domain.builders import board, note


def a_file(value: Board) -> BoardFile:
    return BoardFile(
        id="board-1",
        seq=7,
        project=Project(id="project-1", client="Réseau"),
        personas=(Persona(id="persona-1", name="Claire"),),
        people={"ann": "Ann"},
        records=tuple(records(value)),
    )


def test_a_board_is_equal_after_a_round_trip() -> None:
    value = board(note("a", "délai 🙂", imported={"Col": "v"}), note("b", at="", number=2, removed_at=5))
    file = boardfile.read(boardfile.write(a_file(value)))
    assert file.board == value
    assert (file.seq, file.project.client, file.personas[0].name) == (7, "Réseau", "Claire")


def test_the_same_board_gives_the_same_bytes() -> None:
    value = board(note("a"), note("b", number=2))
    other = load(reversed(list(records(value))))
    assert boardfile.write(a_file(value)) == boardfile.write(a_file(other))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: b"{",
        lambda d: b"[]",
        lambda d: msgspec.json.encode({**d, "version": 2}),
        lambda d: msgspec.json.encode({**d, "more": 1}),
        lambda d: msgspec.json.encode({**d, "records": d["records"][1:]}),  # no board record
        lambda d: msgspec.json.encode({**d, "records": [*d["records"], {"type": "moon", "id": "m"}]}),
        lambda d: msgspec.json.encode({**d, "records": [{**r, "rank": "é"} if "rank" in r else r for r in d["records"]]}),
        lambda d: msgspec.json.encode({**d, "records": [{**r, "rank": "00"} if "rank" in r else r for r in d["records"]]}),
        lambda d: b'{"a":' * 10_000,
    ],
)  # fmt: skip
def test_what_is_not_a_whole_board_file_is_refused(spoil: object) -> None:
    document = msgspec.json.decode(boardfile.write(a_file(board(note("a")))))
    with pytest.raises(Refused) as caught:
        boardfile.read(spoil(document))  # type: ignore[operator]
    assert caught.value.code is Code.unreadable


def test_records_without_a_board_record_are_no_board() -> None:
    with pytest.raises(ValueError, match="board record"):
        load([note("a")])
