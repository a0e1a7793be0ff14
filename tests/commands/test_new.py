"""An empty board from the command line."""

from pathlib import Path

import pytest

from charniere import cli
from charniere.domain import board as boards
from charniere.domain import boardfile


@pytest.mark.parametrize(("lang", "first"), [("fr", "Découverte"), ("en", "Discovery")])
def test_a_new_board_has_the_proposed_grid_and_nothing_written(tmp_path: Path, lang: str, first: str) -> None:
    path = tmp_path / "board.json"
    assert cli.main(["new", "Claire", "--client", "Logivia", "--lang", lang, "-o", str(path)]) == 0
    file = boardfile.read(path.read_bytes())
    stages = sorted(file.board.stages.values(), key=boards.in_order)
    assert [stage.archetype for stage in stages] == [
        "discovery", "consideration", "evaluation", "decision", "usage", "loyalty"
    ]  # fmt: skip
    assert stages[0].name == first
    assert len(file.board.channels) == 7
    assert (file.board.info.title, file.board.info.lang, file.project.client) == ("Claire", lang, "Logivia")
    assert not file.board.notes


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "board.json"
    path.write_text("précieux")
    assert cli.main(["new", "Claire", "-o", str(path)]) == 2
    assert path.read_text() == "précieux"
    assert "existe déjà" in capsys.readouterr().err


@pytest.mark.parametrize("title", ["", "  ", "x" * 121])
def test_a_title_that_cannot_be_one_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], title: str
) -> None:
    assert cli.main(["new", title, "-o", str(tmp_path / "board.json")]) == 2
    assert "120" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_folder_that_does_not_exist_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["new", "Claire", "-o", str(tmp_path / "nowhere" / "board.json")]) == 2
    assert "nowhere" in capsys.readouterr().err
