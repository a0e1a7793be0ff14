"""`charniere import` and `charniere export`, as typed in a shell."""

from pathlib import Path

import pytest

from charniere.cli import main
from charniere.domain import boardfile

NOTES = (
    "ref;étape;canal;type;texte;émotion\r\nA1;Découverte;Web;irritant;Trop long;bof\r\n;Découverte;Web;;;\r\n"
)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.csv"
    path.write_bytes(NOTES.encode("utf-8-sig"))
    return path


def test_an_import_writes_the_board_and_says_what_is_odd_row_by_row(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    board = notes.with_name("board.json")
    assert main(["import", str(notes), "-o", str(board)]) == 0
    assert len(boardfile.read(board.read_bytes()).board.notes) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[0] == (
        "Ligne 2, A1\u00a0: émotion\u00a0: «\u00a0bof\u00a0» n’a pas été compris\u202f; les mots sont gardés avec la note"
    )
    assert "Ligne 3\u00a0: sans texte" in said
    assert said[-2].startswith("2 lignes lues, 2 notes, 0 lien, 1 étape, 1 canal, 0 note à placer")
    assert said[-2].endswith("aucune ligne perdue.")


def test_the_report_is_in_english_when_asked(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(notes), "--lang", "en", "-o", str(notes.with_name("b.json"))]) == 0
    assert "Row 2, A1: emotion: “bof” was not understood" in capsys.readouterr().err


def test_the_board_goes_to_standard_output_by_default(
    notes: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["import", str(notes)]) == 0
    assert boardfile.read(capfdbinary.readouterr().out).board.info.title == "Parcours actuel de notes"


@pytest.mark.parametrize(
    ("lang", "last"),
    [
        ("fr", "Écrit\u00a0: {path}, sans la ligne refusée (code de sortie\u00a03)"),
        ("en", "Written: {path}, without the row that was refused (exit code 3)"),
    ],
)
def test_rows_that_were_refused_end_with_3_and_the_last_sentence_says_so(
    notes: Path, capsys: pytest.CaptureFixture[str], lang: str, last: str
) -> None:
    board = notes.with_name("board.json")
    notes.write_text(NOTES + "A2;Découverte;Web;irritant;" + "x" * 8_001 + ";\r\n", encoding="utf-8-sig")
    assert main(["import", str(notes), "--lang", lang, "-o", str(board)]) == 3
    assert len(boardfile.read(board.read_bytes()).board.notes) == 2
    assert capsys.readouterr().err.splitlines()[-1] == last.format(path=board)


def test_rows_that_were_refused_are_said_of_standard_output_too(
    notes: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    notes.write_text(NOTES + "A2;;;;" + "x" * 8_001 + ";\r\n", encoding="utf-8-sig")
    assert main(["import", str(notes)]) == 3
    assert "la sortie standard, sans la ligne refusée" in capfd.readouterr().err.splitlines()[-1]


def test_the_help_of_an_import_tells_its_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["import", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert "3, le tableau est écrit mais des lignes ont été refusées" in said


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "est vide"),
        (b"PK\x03\x04", "Enregistrez la feuille des notes au format CSV"),
        (b"a;b\n1;2\n", "ref;étape;canal;type;texte"),
        (None, "Vérifiez son nom"),
    ],
)
def test_what_cannot_be_read_at_all_ends_with_2_and_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes | None, said: str
) -> None:
    path = tmp_path / "notes.csv"
    if data is not None:
        path.write_bytes(data)
    assert main(["import", str(path), "-o", str(tmp_path / "board.json")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "board.json").exists()


def test_a_broken_companion_is_named(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    companion = notes.with_name("workshop.yaml")
    companion.write_text("a: [", encoding="utf-8")
    assert main(["import", str(notes), "--companion", str(companion)]) == 2
    assert "workshop.yaml n’est pas du YAML lisible (ligne 1)" in capsys.readouterr().err


@pytest.mark.parametrize(
    "format_", ["notes.csv", "actions.csv", "actions.xlsx", "board.json", "companion.yaml"]
)
def test_a_board_is_written_in_every_format(
    notes: Path, format_: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    board = notes.with_name("board.json")
    main(["import", str(notes), "-o", str(board)])
    capfdbinary.readouterr()
    assert main(["export", str(board), "--format", format_]) == 0
    assert len(capfdbinary.readouterr().out) > 30


def test_out_and_in_again_gives_the_same_file(notes: Path) -> None:
    first, rows, told, second = (notes.with_name(n) for n in ("a.json", "b.csv", "b.yaml", "c.json"))
    main(["import", str(notes), "-o", str(first)])
    assert main(["export", str(first), "--format", "notes.csv", "-o", str(rows)]) == 0
    assert main(["export", str(first), "--format", "companion.yaml", "-o", str(told)]) == 0
    assert main(["import", str(rows), "--companion", str(told), "-o", str(second)]) == 0
    assert second.read_bytes() == first.read_bytes()


def test_what_a_format_does_not_carry_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from charniere import demo

    board = tmp_path / "board.json"
    board.write_bytes(boardfile.write(demo.load()))
    assert main(["export", str(board), "--format", "notes.csv", "-o", str(tmp_path / "notes.csv")]) == 0
    said = capsys.readouterr().err.splitlines()
    assert said[:3] == [
        "Ce que ce format ne porte pas\u00a0:",
        "- 1 note dans la corbeille",
        "- le nom des auteurs (7 personnes)",
    ]


@pytest.mark.parametrize("data", [b"", b"{}", b"[" * 5000, b"\xff"])
def test_a_file_that_is_no_board_ends_with_2(
    tmp_path: Path, data: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    board = tmp_path / "board.json"
    board.write_bytes(data)
    assert main(["export", str(board), "--format", "notes.csv"]) == 2
    assert "n’est pas un tableau Charnière lisible" in capsys.readouterr().err
