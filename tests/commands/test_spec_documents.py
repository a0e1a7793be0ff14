"""`charniere spec --format`: a file for each document, in the folder that was given."""

from pathlib import Path

import pytest

from charniere.cli import main
from charniere.domain import boardfile
from charniere.export.documents.formats import DOCUMENTS
from spec.builders import GOLDEN, workshop


def test_a_board_file_gives_every_document_without_a_server(tmp_path: Path) -> None:
    given = tmp_path / "board.json"
    given.write_bytes(boardfile.write(workshop(GOLDEN / "presque-vide")))
    wanted = ["json", *DOCUMENTS]
    assert main(["spec", str(given), "--format", ",".join(wanted), "-o", str(tmp_path / "out")]) == 0
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == sorted(
        f"spec.{one}" for one in wanted
    )
    assert all(file.stat().st_size > 500 for file in (tmp_path / "out").iterdir())


def test_the_terminal_names_every_file_that_was_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "board.json"
    given.write_bytes(boardfile.write(workshop(GOLDEN / "presque-vide")))
    assert main(["spec", str(given), "--format", "md,feature", "-o", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().err
    assert "spec.md" in said
    assert "spec.feature" in said
