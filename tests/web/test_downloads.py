"""What the « Télécharger » menu gives, to whom, and under which name."""

import csv
import io
from collections.abc import AsyncIterator
from pathlib import Path

import openpyxl
import pytest

from charniere.domain import boardfile
from charniere.export.documents.formats import DOCUMENTS
from charniere.imports.workshop import read
from charniere.spec.compile import compile_spec, encode
from charniere.web.downloads import file_name
from web.house import BOARD, NOTES, House, house


@pytest.fixture
async def home(tmp_path: Path, template: Path) -> AsyncIterator[House]:
    async with house(tmp_path, template) as made:
        yield made


async def got(home: House, what: str, role: str = "participant") -> bytes:
    client = await home.as_role(role)
    answer = await client.get(f"/b/{BOARD}/download/{what}")
    assert answer.status_code == 200
    return bytes(answer.content)


async def test_the_board_file_holds_the_board_its_project_and_its_persona(home: House) -> None:
    file = boardfile.read(await got(home, "board.json"))
    assert (file.id, len(file.board.notes)) == (BOARD, NOTES)
    assert file.project.client == "Logivia"
    assert [persona.name for persona in file.personas] == ["Claire"]


async def test_the_notes_can_be_imported_again(home: House) -> None:
    board = boardfile.read(await got(home, "board.json")).board
    again = read(await got(home, "notes.csv")).file.board
    assert sorted(n.text for n in again.notes.values()) == sorted(n.text for n in board.notes.values())


async def test_the_action_list_comes_as_csv_and_as_a_workbook(home: House) -> None:
    rows = list(csv.reader(io.StringIO((await got(home, "actions.csv")).decode("utf-8-sig")), delimiter=";"))
    book = openpyxl.load_workbook(io.BytesIO(await got(home, "actions.xlsx")))
    assert [cell.value for cell in book["Actions"][1]] == rows[0]
    assert rows[0][:3] == ["N°", "Action", "Répond à"]


async def test_the_specification_is_that_of_the_board_file(home: House) -> None:
    file = boardfile.read(await got(home, "board.json"))
    assert await got(home, "spec.json") == encode(compile_spec([file]))


@pytest.mark.parametrize("kind", sorted(DOCUMENTS))
async def test_every_document_of_the_specification_is_that_of_the_command_line(
    home: House, kind: str
) -> None:
    file = boardfile.read(await got(home, "board.json"))
    assert await got(home, f"spec.{kind}") == DOCUMENTS[kind](compile_spec([file]), [file])


async def test_a_document_that_cannot_be_made_is_a_fault_of_ours_and_the_next_one_is_made(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await home.as_role("participant")
    with monkeypatch.context() as broken:
        broken.setattr("charniere.web.making.COMMAND", ("/bin/false",))
        assert (await client.get(f"/b/{BOARD}/download/spec.pdf")).status_code == 500
    assert (await client.get(f"/b/{BOARD}/download/spec.pdf")).content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("role", "status"),
    [("anonymous", 401), ("stranger", 404), ("screen", 403), ("observer", 200), ("facilitator", 200)],
)
@pytest.mark.parametrize(
    "what", ["actions.csv", "actions.xlsx", "notes.csv", "board.json", "spec.json", "spec.pdf"]
)
async def test_members_download_and_nobody_else(home: House, what: str, role: str, status: int) -> None:
    client = await home.as_role(role)
    answer = await client.get(f"/b/{BOARD}/download/{what}")
    assert answer.status_code == status


@pytest.mark.parametrize("what", ["actions.pdf", "spec", "board.json.exe", "%2e%2e%2fsecret"])
async def test_nothing_else_can_be_downloaded(home: House, what: str) -> None:
    client = await home.as_role("participant")
    answer = await client.get(f"/b/{BOARD}/download/{what}")
    assert answer.status_code in (404, 405)


async def test_a_download_is_saved_under_a_plain_name_and_kept_nowhere(home: House) -> None:
    client = await home.as_role("participant")
    answer = await client.get(f"/b/{BOARD}/download/actions.csv")
    assert answer.headers["content-disposition"] == (
        'attachment; filename="Parcours-de-Claire-board-one-actions.csv"; '
        "filename*=UTF-8''Parcours-de-Claire-board-one-actions.csv"
    )
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Parcours « été » d'Hélène", "Parcours-été-d-Hélène"),
        ("../../etc/passwd", "etc-passwd"),
        ('a"\r\nSet-Cookie: x', "a-Set-Cookie-x"),
        ("...", "charniere"),
        ("😀", "charniere"),
        ("a" * 300, "a" * 80),
    ],
)
def test_a_file_name_is_safe_whatever_the_title(words: str, name: str) -> None:
    assert file_name(words) == name
