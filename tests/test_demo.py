"""The demonstration is whole, rich, and the same every time."""

from collections import Counter

from charniere import demo
from charniere.domain import boardfile
from charniere.domain.board import Kind, Note, cell


def notes() -> list[Note]:
    return list(demo.load().board.notes.values())


def test_the_demonstration_is_the_same_file_at_every_call_and_reads_back() -> None:
    data = boardfile.write(demo.load())
    assert data == boardfile.write(demo.load())
    assert boardfile.read(data) == demo.load()


def test_it_has_seven_channels_six_stages_and_about_120_notes_of_every_kind() -> None:
    board = demo.load().board
    assert (len(board.channels), len(board.stages)) == (7, 6)
    assert 115 <= len(board.notes) <= 140
    kinds = Counter(note.kind for note in notes())
    assert set(kinds) == {*Kind, None}
    assert kinds[Kind.touchpoint] > 30
    assert kinds[Kind.irritant] > 20
    assert kinds[Kind.action] > 20


def test_every_cell_holds_notes_or_is_one_of_few_left_open_or_is_declared_empty() -> None:
    board = demo.load().board
    empty = {(s, c) for s in board.stages for c in board.channels if not cell(board, s, c)}
    declared = {(gap.stage, gap.channel) for gap in board.gaps.values()}
    assert len(declared) == 2
    assert declared <= empty
    assert len(empty - declared) <= 6


def test_it_shows_what_a_workshop_leaves_open() -> None:
    board = demo.load().board
    answered = {link.target for link in board.links.values() if link.kind == "resolves"}
    irritants = {note.id for note in notes() if note.kind is Kind.irritant}
    assert irritants & answered
    assert irritants - answered
    actions = [note for note in notes() if note.kind is Kind.action]
    assert any(not action.owner for action in actions)
    assert any(action.due and action.due.day is None for action in actions)
    assert sum(not stage.exit_criteria for stage in board.stages.values()) == 1
    assert 2 <= sum(n.removed_at is None and not (n.stage and n.channel) for n in notes()) <= 3
    assert sum(n.removed_at is not None for n in notes()) == 1


def test_every_note_has_an_author_with_a_name_and_a_team_and_a_time_of_its_own() -> None:
    names = {person.id: person for person in demo.participants()}
    assert demo.load().people == {person.id: person.name for person in demo.participants()}
    assert {note.author for note in notes()} <= names.keys()
    assert {person.team for person in names.values()} == set(demo.load().board.info.teams)
    assert len({note.created_at for note in notes()}) == len(notes())


def test_nothing_of_the_file_it_came_from_is_left_on_its_notes() -> None:
    assert all(note.ref == "" and note.imported == {} for note in notes())
