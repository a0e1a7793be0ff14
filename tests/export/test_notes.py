"""What goes out as `notes.csv` comes back equal."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from charniere.domain import boardfile
from charniere.domain.board import Board, BoardInfo, Link, LinkKind, Note, Stage, in_order
from charniere.domain.boardfile import BoardFile
from charniere.domain.project import Project
from charniere.export import companion, notes
from charniere.imports.layout import link_kind
from charniere.imports.workshop import read
from export.boards import HOSTILE, boards


def back(file: BoardFile) -> BoardFile:
    """Out as two files and in again."""
    rows, _ = notes.write(file.board)
    told, _ = companion.write(file)
    return read(rows, told, lang=file.board.info.lang).file


def told(board: Board) -> list[object]:
    """All that the layout carries of a board, without ids."""
    names = {r.id: r.name for r in (*board.stages.values(), *board.channels.values())}
    live = {n.id: n for n in board.notes.values() if n.removed_at is None}
    places: dict[tuple[str | None, str | None], list[int]] = {}
    for note in sorted(live.values(), key=in_order):
        places.setdefault((names.get(note.stage or ""), names.get(note.channel or "")), []).append(
            note.number
        )
    return [
        replace(board.info, persona="", teams=()),
        [replace(s, id="x", rank="") for s in sorted(board.stages.values(), key=in_order)],
        [replace(c, id="x", rank="") for c in sorted(board.channels.values(), key=in_order)],
        sorted((names[g.stage], names[g.channel]) for g in board.gaps.values()),
        places,
        [
            replace(n, id="x", rank="", stage=None, channel=None)
            for n in sorted(live.values(), key=lambda n: n.number)
        ],
        sorted(
            (live[link.source].number, live[link.target].number, link.kind)
            for link in board.links.values()
            if link.kind is link_kind(live[link.source].kind)
        ),
    ]


@settings(max_examples=120, deadline=None)
@given(boards())
def test_a_board_comes_back_equal(file: BoardFile) -> None:
    assert told(back(file).board) == told(file.board)


@settings(max_examples=40, deadline=None)
@given(boards())
def test_coming_back_a_second_time_changes_not_one_byte(file: BoardFile) -> None:
    once = back(file)
    assert boardfile.write(back(once)) == boardfile.write(once)
    assert notes.write(back(once).board)[0] == notes.write(once.board)[0]


def a_board(*records: Note | Link | Stage) -> BoardFile:
    everything = (BoardInfo(title="Essai"), *records)
    return BoardFile(id="essai-board", project=Project(id="essai", client="Essai"), records=everything)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_the_file_can_start_a_formula(text: str) -> None:
    note = Note(id="note-0001", number=1, rank="V", text=text, owner=text.strip(), ref=text.strip())
    data, _ = notes.write(a_board(note).board)
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"):
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t")), cell


def test_numbers_stay_numbers() -> None:
    note = Note(id="note-0001", number=1, rank="V", text="a", emotion=-2, votes=0)
    data, _ = notes.write(a_board(note).board)
    assert b";a;-2;;0;" in data


def test_the_layout_is_the_one_that_spreadsheets_of_workshops_have() -> None:
    data, losses = notes.write(a_board(Note(id="note-0001", number=1, rank="V", text="a\nb")).board)
    assert (
        data
        == (
            "\ufeffref;étape;canal;type;texte;émotion;moment_de_vérité;votes;responsable;équipe;échéance;impact;effort;"
            'lié_à;objet_crm\r\n;;;;"a\nb";;;;;;;;;;\r\n'
        ).encode()
    )
    assert losses == ()


def test_a_note_without_a_word_is_not_lost() -> None:
    file = a_board(Note(id="note-0001", number=1, rank="V"), Note(id="note-0002", number=2, rank="W"))
    assert len(back(file).board.notes) == 2


def test_what_the_layout_cannot_carry_is_said() -> None:
    file = a_board(
        Stage(id="stage-01", name="A", rank="1"),
        Stage(id="stage-02", name="A", rank="2"),
        Note(id="note-0001", number=1, rank="V", author="p", created_at=5, feeling="doubt"),
        Note(id="note-0002", number=2, rank="W", removed_at=9),
        Note(id="note-0003", number=3, rank="X"),
        Link(id="link-0001", kind=LinkKind.leads_to, source="note-0001", target="note-0003"),
    )
    _, losses = notes.write(file.board)
    assert [(loss.code, dict(loss.params)) for loss in losses] == [
        ("bin", {"n": 1}),
        ("authors", {"n": 1}),
        ("times", {"n": 1}),
        ("link", {"kind": "leads_to", "source": 1, "target": 3}),
        ("field", {"field": "feeling", "n": 1}),
        ("same_name", {"name": "A"}),
    ]


@pytest.mark.parametrize("folder", ["editeur-saas-b2b", "industriel-sav", "mutuelle-contact"])
def test_the_sample_workshops_come_back_to_the_byte(shared: Path, folder: str) -> None:
    place = shared / "workshops" / folder
    file = read((place / "notes.csv").read_bytes(), (place / "workshop.yaml").read_bytes()).file
    assert boardfile.write(back(file)) == boardfile.write(file)


def test_the_sample_workshops_notes_go_out_as_they_came_in(shared: Path) -> None:
    data = (shared / "workshops" / "industriel-sav" / "notes.csv").read_bytes()
    out, losses = notes.write(read(data).file.board)
    assert losses == ()
    before, after = (
        list(csv.reader(io.StringIO(d.decode("utf-8-sig"), newline=""), delimiter=";")) for d in (data, out)
    )
    assert [row[4] for row in after] == [row[4] for row in before]
    assert after[0] == before[0]
