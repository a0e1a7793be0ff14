"""The action list: what is decided, most wanted first; no text of it is ever a formula."""

import csv
import io
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given, settings

from charniere import demo
from charniere.domain.board import Board, BoardInfo, Due, Kind, Link, LinkKind, Note, load
from charniere.domain.boardfile import BoardFile
from charniere.export import actions, workbook
from export.boards import HOSTILE, boards

DAY = datetime.fromisoformat("2027-03-31")


def an_action(number: int, text: str = "faire", **given: object) -> Note:
    return Note(id=f"note-{number:04}", number=number, rank="V", text=text, kind=Kind.action, **given)  # type: ignore[arg-type]


def a_board(*records: Note | Link, lang: str = "fr") -> Board:
    return load([BoardInfo(title="Essai", lang=lang), *records])  # type: ignore[arg-type]


def rows(board: Board) -> list[list[str]]:
    text = actions.write_csv(board).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_actions_come_by_votes_then_by_worth_for_effort() -> None:
    board = a_board(
        an_action(1, votes=2),
        an_action(2, votes=9, impact=3, effort=3),
        an_action(3, votes=9, impact=5, effort=1),
        an_action(4),
        an_action(5, votes=9),
    )
    assert [action.note.number for action in actions.listed(board)] == [3, 2, 5, 1, 4]


def test_only_actions_out_of_the_bin_are_listed() -> None:
    board = a_board(an_action(1, removed_at=5), Note(id="note-0002", number=2, rank="V", kind=Kind.need))
    assert actions.listed(board) == []


def test_an_action_names_what_it_answers_with_numbers() -> None:
    pain = Note(id="note-0002", number=2, rank="V", text="Ça\ncoince", kind=Kind.irritant)
    gone = Note(id="note-0003", number=3, rank="V", text="parti", kind=Kind.irritant, removed_at=1)
    links = [
        Link(id=f"link-000{n}", kind=LinkKind.resolves, source="note-0001", target=f"note-000{n}")
        for n in (2, 3)
    ]
    assert rows(a_board(an_action(1), pain, gone, *links))[1][2] == "n°\u00a02 · Ça coince"


def test_what_nobody_answers_is_listed_beside() -> None:
    pains = [Note(id=f"note-000{n}", number=n, rank="V", kind=Kind.irritant, votes=n) for n in (2, 3, 4)]
    links = [
        Link(id="link-0001", kind=LinkKind.resolves, source="note-0001", target="note-0002"),
        Link(id="link-0002", kind=LinkKind.concerns, source="note-0001", target="note-0003"),
    ]
    assert [note.number for note in actions.unanswered(a_board(an_action(1), *pains, *links))] == [4, 3]


def test_a_date_without_an_exact_day_stays_words() -> None:
    board = a_board(an_action(1, due=Due("T2 2027")), an_action(2, due=Due("31/03/2027", "2027-03-31")))
    assert [row[10] for row in rows(board)[1:]] == ["T2 2027", "31/03/2027"]
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.write(board)))["Actions"]
    assert [sheet["K2"].value, sheet["K3"].value] == ["T2 2027", DAY]


def test_numbers_are_numbers_and_empty_votes_are_empty() -> None:
    board = a_board(an_action(1, votes=0, impact=5), an_action(2))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.write(board)))["Actions"]
    assert [[cell.value for cell in row[5:8]] for row in sheet.iter_rows(min_row=2, max_row=3)] == [
        [0, 5, None],
        [None, None, None],
    ]


@pytest.mark.parametrize(
    "text", [*HOSTILE, "https://example.com", "1e5", "\ufffe", "_x000D_", "<b>&amp;</b>"]
)
def test_every_text_of_the_workbook_is_a_text_and_is_whole(text: str) -> None:
    pain = Note(id="note-0002", number=2, rank="V", text=text, kind=Kind.irritant)
    data = workbook.write(a_board(an_action(1, text, owner=text, team=text), pain))
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet, at in (("Actions", "B2"), ("Actions", "I2"), ("Irritants sans action", "B2")):
        cell = book[sheet][at]
        assert cell.data_type == "s"
        assert cell.hyperlink is None
        assert openpyxl.utils.escape.unescape(cell.value) == openpyxl.utils.escape.unescape(
            text.replace("\ufffe", "\ufffd")
        )


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_the_csv_can_start_a_formula(text: str) -> None:
    for row in rows(a_board(an_action(1, text, owner=text, ref=text, due=Due(text))))[1:]:
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "\t")) for cell in row)


@settings(max_examples=15, deadline=None)
@given(boards())
def test_the_same_board_gives_the_same_bytes(file: BoardFile) -> None:
    assert workbook.write(file.board) == workbook.write(file.board)
    assert len(rows(file.board)) == 1 + len(actions.listed(file.board))


def test_a_text_longer_than_a_cell_is_cut_with_a_mark_rather_than_dropped() -> None:
    data = workbook.write(a_board(an_action(1, "a" * 40_000)))
    value = openpyxl.load_workbook(io.BytesIO(data))["Actions"]["B2"].value
    assert value.startswith("aaa")
    assert value.endswith("…")


def test_the_sheets_of_the_demonstration_are_in_its_language_with_filters_and_a_header_that_stays() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(demo.load().board)))
    assert book.sheetnames == ["Actions", "Irritants sans action"]
    sheet = book["Actions"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == f"A1:M{sheet.max_row}"
    assert sheet["B2"].value.startswith("Une page de synthèse")
    english = openpyxl.load_workbook(io.BytesIO(workbook.write(a_board(lang="en"))))
    assert english.sheetnames == ["Actions", "Irritants without action"]
