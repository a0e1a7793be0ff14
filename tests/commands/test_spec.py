"""`charniere spec` and `charniere schema`, as run in a terminal: no server, no database, errors in words."""

import json
from pathlib import Path

import pytest

from charniere.cli import main
from charniere.domain import boardfile
from charniere.domain.board import Kind
from charniere.spec.compile import decode
from spec.builders import GOLDEN, board, note, workshop


@pytest.fixture
def given(tmp_path: Path) -> Path:
    path = tmp_path / "board.json"
    path.write_bytes(boardfile.write(workshop(GOLDEN / "fenetres-particuliers")))
    return path


def test_a_board_file_becomes_a_specification_file(
    given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["spec", str(given), "--format", "json", "-o", str(tmp_path / "out")]) == 0
    spec = decode((tmp_path / "out" / "spec.json").read_bytes())
    assert spec.project.client == "Menuiseries Aubrac"
    assert "51 notes lues, 1 hors de la spécification" in capsys.readouterr().err


def test_the_same_board_gives_the_same_file(given: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert main(["spec", str(given), "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / "a" / "spec.json").read_bytes() == (tmp_path / "b" / "spec.json").read_bytes()


def test_several_boards_make_one_specification(given: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_bytes(boardfile.write(board(note(1, Kind.touchpoint, "Je signe", 3), board_id="other")))
    assert main(["spec", str(given), str(other), "-o", str(tmp_path / "out")]) == 0
    assert len(decode((tmp_path / "out" / "spec.json").read_bytes()).boards) == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere.json"], "Impossible de lire nowhere.json"),
        (["{bad}"], "n'est pas un fichier de tableau"),
        (["{board}", "{board}"], "est le même tableau"),
        (["{board}", "--format", "odt"], "Format inconnu : odt"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(
    given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{}")
    words = [a.format(board=given, bad=bad) for a in arguments]
    assert main(["spec", *words, "-o", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err.replace("\u00a0", " ").replace("’", "'")
    assert sentence in said
    assert not (tmp_path / "out" / "spec.json").exists()


def test_the_published_schema_describes_the_file(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["schema", "spec"]) == 0
    schema = json.loads(capfdbinary.readouterr().out)
    assert schema["$schema"].endswith("2020-12/schema")
    spec = schema["$defs"]["Spec"]
    assert {"objects", "pipelines", "coverage", "findings"} <= set(spec["properties"])
