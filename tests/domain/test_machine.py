"""Long series of edits of every kind: what must hold after each of them."""

import random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from charniere.domain.board import Board, BoardChange, BoardRecord, Note, advance, load, records
from charniere.domain.changes import Put, Remove, Revision
from charniere.domain.document import By
from charniere.domain.edits import apply, types
from charniere.errors import Refused
from domain.builders import NOW, board, note
from domain.write_vectors import some_edit

CHANGES = msgspec.json.Decoder(tuple[BoardChange, ...])
SEEDS = st.integers(min_value=0, max_value=1_000_000)


def walk(seed: int, steps: int = 60) -> list[tuple[Board, types.BoardEdit, tuple[BoardChange, ...], Board]]:
    """(before, edit, changes, after) of each edit that was not refused; anything but Refused is a failure."""
    chance = random.Random(seed)
    value = board(note("first", "délai"), note("second", "réseau", rank="V001", number=2, at="BY"))
    revisions: dict[str, Revision[BoardRecord]] = {}
    done = []
    for step in range(steps):
        edit = some_edit(chance, value, step, revisions)
        undone = revisions.get(edit.edit) if isinstance(edit, types.Undo) else None
        try:
            changes = apply(value, edit, By("ann", NOW + step, undone))  # type: ignore[arg-type]
        except Refused:
            continue
        name = f"edit-{step}"
        revisions[name] = Revision(step, name, "ann", NOW, "", changes)
        done.append((value, edit, changes, value := advance(value, changes)))
    return done


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_a_change_tells_what_it_replaced(seed: int) -> None:
    for before, _, changes, _ in walk(seed):
        for change in changes:
            record = change.record if isinstance(change, Put) else change.was
            assert change.was == {r.id: r for r in records(before) if type(r) is type(record)}.get(record.id)
            assert isinstance(change, Remove) or change.record != change.was


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_a_record_is_changed_once_an_edit(seed: int) -> None:
    for _, edit, changes, _ in walk(seed):
        touched = [(type(r), r.id) for r in (c.record if isinstance(c, Put) else c.was for c in changes)]
        assert len(touched) == len(set(touched)), edit


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_a_value_is_what_its_records_make_up_and_its_changes_travel(seed: int) -> None:
    for _, _, changes, after in walk(seed):
        assert load(records(after)) == after
        assert CHANGES.decode(msgspec.json.encode(changes)) == changes


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_the_grid_cannot_be_broken(seed: int) -> None:
    for _, edit, _, after in walk(seed):
        on_board = [n for n in after.notes.values() if n.removed_at is None]
        assert all(n.stage is None or n.stage in after.stages for n in on_board), edit
        assert all(n.channel is None or n.channel in after.channels for n in on_board), edit
        numbers = [n.number for n in after.notes.values()]
        assert len(numbers) == len(set(numbers))
        assert max(numbers) <= after.last_number
        assert all(s.parent is None or s.parent in after.stages for s in after.stages.values())
        assert all(g.stage in after.stages and g.channel in after.channels for g in after.gaps.values()), edit


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_applying_changes_nothing_in_place(seed: int) -> None:
    chance = random.Random(seed)
    value = board(note("first", "délai"))
    for step in range(30):
        copy = load(records(value))
        edit = some_edit(chance, value, step, {})
        try:
            changes = apply(value, edit, By("ann", NOW))
        except Refused:
            changes = ()
        assert value == copy
        value = advance(value, changes)


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_undo_at_once_gives_the_board_back(seed: int) -> None:
    """Except that an added note goes to the bin instead of out of existence."""
    for before, edit, changes, after in walk(seed, 40):
        if isinstance(edit, types.Undo):
            continue
        revision = Revision(1, "edit", "ann", NOW, "", changes)
        back = advance(after, apply(after, types.Undo(edit="edit"), By("ann", NOW, revision)))
        binned = {n.id for n in back.notes.values()} - before.notes.keys()
        assert all(back.notes[i].removed_at is not None for i in binned)
        rest = [r for r in records(back) if not (isinstance(r, Note) and r.id in binned)]
        assert rest == list(records(before)), edit


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_the_undo_of_an_undo_does_it_again(seed: int) -> None:
    for _, edit, changes, after in walk(seed, 40):
        if isinstance(edit, types.Undo) or not changes:
            continue
        first = Revision(1, "edit", "ann", NOW, "", changes)
        taken = apply(after, types.Undo(edit="edit"), By("ann", NOW, first))
        back = advance(after, taken)
        second = Revision(2, "undo", "ann", NOW, "", taken)
        again = advance(back, apply(back, types.Undo(edit="undo"), By("ann", NOW, second)))
        assert list(records(again)) == list(records(after)), edit
