"""Boards put into a stopped installation from the command line, and the links into them."""

from pathlib import Path

import pytest

from builders import records
from charniere import cli, opening, settings
from charniere.domain import board as boards
from charniere.domain import boardfile
from charniere.domain.board import BoardRecord, Note
from charniere.domain.boardfile import BoardFile
from charniere.domain.edits import BOARD
from charniere.domain.project import Persona, Project
from charniere.store import documents, people, projects
from charniere.store.database import Database


def said(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    captured = capsys.readouterr()
    return captured.out, captured.err


def board_of(data: Path, board: str) -> boards.Board:
    import msgspec

    database = Database.open(data / "charniere.db")
    stored = database.read_now(lambda c: documents.read(c, board))
    database.close()
    assert stored is not None
    decoder = msgspec.json.Decoder(BoardRecord)
    return BOARD.load([decoder.decode(body) for body in stored.records])


def test_a_new_board_has_the_proposed_grid_and_nothing_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        cli.main(["board", "new", "Parcours de Claire", "--client", "Logivia", "--data", str(tmp_path)]) == 0
    )
    out, _ = said(capsys)
    assert "/enter/" in out
    board = board_of(tmp_path, out.split()[1])
    assert board.info.title == "Parcours de Claire"
    stages = sorted(board.stages.values(), key=boards.in_order)
    assert [s.name for s in stages][:2] == ["Découverte", "Considération"]
    assert len(board.channels) == 7
    assert not board.notes


def test_a_new_board_in_english_speaks_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["board", "new", "Claire", "--lang", "en", "--data", str(tmp_path)])
    board = board_of(tmp_path, said(capsys)[0].split()[1])
    assert {"Discovery", "Loyalty"} <= {s.name for s in board.stages.values()}
    assert board.info.lang == "en"


def test_a_board_file_comes_in_whole_under_ids_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notes = [
        Note(id="n-author", number=900, rank="V000", text="=1+1 écrit par Anne", author="anne"),
        *records(12, 3, 3),
    ]
    file = BoardFile(
        id="from-elsewhere",
        project=Project(id="p", client="Logivia"),
        personas=(Persona(id="claire", name="Claire"),),
        people={"anne": "Anne"},
        records=tuple(notes),
    )
    path = tmp_path / "board.json"
    path.write_bytes(boardfile.write(file))
    data = tmp_path / "data"
    for _ in range(2):  # the same file twice is two boards
        assert cli.main(["board", "add", str(path), "--data", str(data)]) == 0
    first, second = (line.split()[1] for line in said(capsys)[0].splitlines() if line.startswith("Tableau"))
    assert first != second
    board = board_of(data, first)
    assert len(board.notes) == 13
    database = Database.open(data / "charniere.db")
    names = {m.id: m.name for m in database.read_now(lambda c: people.members(c, first))}
    listed = database.read_now(projects.titles)
    database.close()
    assert names[board.notes["n-author"].author] == "Anne"
    assert [client for _, _, client in listed] == ["Logivia", "Logivia"]


def test_nothing_is_done_while_a_server_holds_the_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held = opening.take(settings.load(data=str(tmp_path)))
    try:
        assert cli.main(["board", "new", "Claire", "--data", str(tmp_path)]) == 2
    finally:
        held.close()
    assert "Arrêtez-la" in said(capsys)[1]


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"\xff\xfe", b'{"format":"charniere-board"}', b"[" * 100_000]
)
def test_what_is_no_board_file_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "board.json"
    path.write_bytes(content)
    assert cli.main(["board", "add", str(path), "--data", str(tmp_path / "data")]) == 2
    assert "fichier de tableau" in said(capsys)[1]


def test_a_lost_link_is_replaced_and_an_unknown_board_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["board", "new", "Claire", "--data", str(tmp_path)])
    out, _ = said(capsys)
    board, first = out.split()[1], out.split("/enter/")[1]
    assert cli.main(["board", "link", board, "--data", str(tmp_path)]) == 0
    out, _ = said(capsys)
    assert out.split("/enter/")[1] != first
    assert cli.main(["board", "link", "nulle-part", "--data", str(tmp_path)]) == 2
    assert cli.main(["board", "list", "--data", str(tmp_path)]) == 0
    assert "Claire" in said(capsys)[0]
