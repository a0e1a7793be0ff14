"""Why lines differ: what the log says of the notes, stages, channels and links behind them, and nothing more."""

from collections.abc import Sequence
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from charniere.domain.board import Board, BoardChange, BoardRevision, Kind, LinkKind, Note, advance, records
from charniere.domain.boardfile import BoardFile
from charniere.domain.changes import Put, Remove, Revision
from charniere.domain.document import By
from charniere.domain.edits import apply
from charniere.domain.edits import types as edits
from charniere.domain.edits.types import BoardEdit, ChannelPatch, NewNote, NotePatch, Place, StagePatch
from charniere.errors import Refused
from charniere.spec.causes import LineCauses, causes
from charniere.spec.compare import compare
from charniere.spec.compile import compile_spec
from charniere.spec.happened import Cause
from charniere.spec.lines import Kpi
from charniere.spec.model import Spec
from charniere.spec.parts import Reason, Source
from spec.builders import board, note

FOLLOW_UP = "Relancer tout devis sans réponse depuis 10 jours"
ALERT = "Alerte au CSM si baisse de fréquentation de 25 %"
WALL = board(
    note(1, Kind.touchpoint, "Je demande un devis sur le site", 1, "c2"),
    note(2, Kind.action, FOLLOW_UP, 2, "c3"),
    note(3, Kind.irritant, "Je n’ai plus de nouvelles après le devis", 2),
    note(4, Kind.action, ALERT, 4, "c3"),
    note(5, Kind.opportunity, "Proposer une visite du chantier", 3),
)


class Told:
    """A board, a specification of it, and what people then do: `why` says what the difference comes from."""

    def __init__(self, start: BoardFile = WALL) -> None:
        self.start = start
        self.board: Board = start.board
        self.log: list[BoardRevision] = []

    def do(self, edit: BoardEdit, author: str = "ann") -> "Told":
        at = 1_000 + len(self.log)
        undone = next((r for r in self.log if r.edit_id == getattr(edit, "edit", "")), None)
        changes = apply(self.board, edit, By(author, at, undone))
        if changes:
            seq = self.start.seq + len(self.log) + 1
            self.log.append(Revision(seq, f"edit-{seq}", author, at, "x", changes))
            self.board = advance(self.board, changes)
        return self

    @property
    def file(self) -> BoardFile:
        return replace(self.start, seq=self.start.seq + len(self.log), records=tuple(records(self.board)))

    def causes(self) -> tuple[LineCauses, ...]:
        before, after = compile_spec([self.start]), compile_spec([self.file])
        return causes(compare(before, after), {self.start.id: self.log}, [self.file])

    def why(self, line: str) -> tuple[Cause, ...]:
        """Of the one line whose id is that."""
        (found,) = [one.causes for one in self.causes() if one.id == line]
        return found


def short(found: Sequence[Cause]) -> list[tuple[object, ...]]:
    return [(c.subject, c.id, c.what, c.attribute, c.before, c.after) for c in found]


def log(told: Told, author: str, change: BoardChange) -> None:
    """Straight into the log: what a later screen, or an undo, would do."""
    seq = told.start.seq + len(told.log) + 1
    told.log.append(Revision(seq, f"edit-{seq}", author, 1_000 + seq, "x", (change,)))
    told.board = advance(told.board, (change,))


def put(told: Told, after: Note) -> None:
    log(told, "ann", Put(after, told.board.notes.get(after.id)))


def text(note: str, words: str, base: str) -> BoardEdit:
    return edits.SetNoteText(note=note, text=words, base=base)


def add(note: str, words: str = "", kind: Kind | None = None) -> BoardEdit:
    return edits.AddNotes(notes=(NewNote(id=note, text=words, kind=kind),), place=Place("s1", "c3"))


def remove(note: str) -> BoardEdit:
    return edits.RemoveNotes(notes=(note,))


def restore(note: str) -> BoardEdit:
    return edits.RestoreNotes(notes=(note,))


def move(note: str, stage: str | None, channel: str | None, before: str | None = None) -> BoardEdit:
    return edits.MoveNotes(notes=(note,), place=Place(stage, channel, before))


def change(note: str, **said: Any) -> BoardEdit:
    return edits.SetNote(note=note, set=NotePatch(**said))


def link(source: str, target: str, name: str = "link-new-1") -> BoardEdit:
    return edits.AddLink(link=name, kind=LinkKind.resolves, source=source, target=target)


def unlink(name: str = "link-new-1") -> BoardEdit:
    return edits.RemoveLink(link=name)


def sheet(stage: str, **said: Any) -> BoardEdit:
    return edits.SetStage(stage=stage, set=StagePatch(**said))


def undo(edit: str) -> BoardEdit:
    return edits.Undo(edit=edit)


WORKFLOW = "workflows.workflow.n2"


def test_words_that_changed_are_told_once_from_the_first_to_the_last() -> None:
    told = Told()
    last = FOLLOW_UP
    for days, author in (("11", "ann"), ("12", "bob"), ("15", "ann")):
        words = f"Relancer tout devis sans réponse depuis {days} jours"
        told.do(text("n2", words, last), author)
        last = words
    (cause,) = told.why(WORKFLOW)
    assert cause == Cause(
        board="board-1",
        subject="note",
        id="n2",
        number=2,
        what="text",
        before=FOLLOW_UP,
        after=last,
        author="ann",
        at=1_002,
        seq=3,
        others=("bob",),
    )


def test_what_was_done_and_undone_is_no_cause() -> None:
    told = Told().do(text("n2", "Autre chose", FOLLOW_UP)).do(undo("edit-1"))
    told.do(remove("n4")).do(restore("n4")).do(change("n2", owner="Yann"))
    assert short(told.why(WORKFLOW)) == [("note", "n2", "attribute", "owner", "", "Yann")]
    assert not any(c.id == "n4" for one in told.causes() for c in one.causes)


def test_a_note_that_was_added_brings_its_line_with_its_last_words() -> None:
    told = Told().do(add("note-new-1", "Alerte", Kind.action))
    told.do(text("note-new-1", "Alerte au directeur si note inférieure à 3", "Alerte"), "bob")
    (cause,) = told.why("workflows.workflow.note-new-1")
    assert (cause.what, cause.before, cause.after, cause.number) == (
        "added", None, "Alerte au directeur si note inférieure à 3", 6,
    )  # fmt: skip
    assert (cause.author, cause.seq, cause.others) == ("ann", 1, ("bob",))


def test_a_note_in_the_bin_takes_its_line_away_and_one_restored_brings_it_back() -> None:
    told = Told().do(remove("n2"), "bob")
    assert short(told.why(WORKFLOW)) == [("note", "n2", "removed", "", FOLLOW_UP, None)]
    back = Told(told.file).do(restore("n2"))
    assert short(back.why(WORKFLOW)) == [("note", "n2", "restored", "", None, FOLLOW_UP)]


def test_a_note_that_was_added_and_removed_meanwhile_was_never_there() -> None:
    told = Told().do(add("note-new-1", "Alerte au CSM"))
    told.do(remove("note-new-1")).do(remove("n2"))
    assert {c.id for one in told.causes() for c in one.causes} == {"n2"}


def test_a_note_that_was_moved_says_from_where_to_where_by_name() -> None:
    told = Told().do(sheet("s3", name="Choix")).do(move("n2", "s3", "c1"))
    (moved,) = [c for c in told.why(WORKFLOW) if c.what == "moved"]
    assert moved.before == {"stage": "Évaluation", "channel": "Coulisses"}
    assert moved.after == {"stage": "Choix", "channel": "Téléphone"}


def test_notes_of_a_stage_that_was_removed_went_to_the_parking() -> None:
    told = Told().do(edits.RemoveStage(stage="s2"))
    (moved,) = [c for c in told.why("actions.action.n2") if c.what == "moved"]
    assert moved.before == {"stage": "Évaluation", "channel": "Coulisses"}
    assert moved.after == {"stage": "", "channel": "Coulisses"}
    assert ("stage", "s2", "removed", "", "Évaluation", None) in short(
        told.why("views.view_stage.evaluation")
    )


def test_what_was_taken_away_and_put_back_another_is_told_by_what_differs() -> None:
    """A stage that was removed comes back by an undo, with what it has become since."""
    told = Told()
    stage = told.board.stages["s2"]
    log(told, "ann", Remove(stage))
    log(told, "bob", Put(replace(stage, name="Devis")))
    (cause,) = [c for c in told.why(WORKFLOW) if c.subject == "stage"]
    assert (cause.what, cause.attribute, cause.before, cause.after) == (
        "attribute",
        "name",
        "Évaluation",
        "Devis",
    )
    assert (cause.author, cause.others) == ("bob", ())


def test_a_kind_that_changed_is_told_as_such() -> None:
    told = Told().do(change("n2", kind=Kind.opportunity))
    assert ("note", "n2", "kind", "", "action", "opportunity") in short(told.why("actions.action.n2"))


def test_the_line_of_a_sheet_is_caused_by_that_part_of_the_sheet() -> None:
    told = Told().do(sheet("s2", kpis=("Taux de transformation",), goal="Convaincre"))
    (line,) = [one for one in told.causes() if one.section == "kpis"]
    assert short(line.causes) == [("stage", "s2", "attribute", "kpis", [], ["Taux de transformation"])]
    (stage,) = [one for one in told.causes() if one.section == "journey"]
    assert {c.attribute for c in stage.causes} == {"kpis", "goal"}


def test_what_a_note_takes_from_its_stage_and_its_channel_is_a_cause_the_rest_of_the_sheet_is_none() -> None:
    told = Told().do(sheet("s2", name="Devis", goal="Convaincre"))
    told.do(edits.SetChannel(channel="c3", set=ChannelPatch(relation="direct", mode="online")))
    assert short(told.why(WORKFLOW)) == [
        ("stage", "s2", "attribute", "name", "Évaluation", "Devis"),
        ("channel", "c3", "attribute", "relation", "internal", "direct"),
    ]


def test_stages_that_changed_places_are_a_cause_of_what_moved() -> None:
    told = Told().do(edits.MoveStage(stage="s5", before="s1"))
    (journey,) = [one for one in told.causes() if one.id == "board-1.s5"]
    assert short(journey.causes) == [("stage", "s5", "moved", "rank", None, None)]


def test_the_order_of_notes_is_a_cause_only_of_lines_that_moved() -> None:
    start = board(note(1, Kind.action, FOLLOW_UP, 2, "c3"), note(2, Kind.action, ALERT, 2, "c3"))
    told = Told(start).do(move("n2", "s2", "c3", "n1")).do(change("n2", owner="Yann"))
    found = {(one.section, one.id): short(one.causes) for one in told.causes()}
    ranked = ("note", "n2", "moved", "rank", None, None)
    moved = [names for names, why in found.items() if ranked in why]
    assert moved
    comparison = compare(compile_spec([start]), compile_spec([told.file]))
    really = {(s.name, m.line.id) for s in comparison.sections for m in s.moved}
    assert set(moved) <= really


# --- links ------------------------------------------------------------------------------------------------


def test_a_link_between_cited_notes_is_a_cause_with_both_ends() -> None:
    told = Told().do(link("n2", "n3"))
    (cause,) = told.why(WORKFLOW)
    assert (cause.subject, cause.id, cause.what, cause.before, cause.number) == (
        "link", "link-new-1", "linked", None, None,
    )  # fmt: skip
    assert cause.after == {
        "kind": "resolves", "source": "n2", "target": "n3", "source_number": 2, "target_number": 3,
    }  # fmt: skip
    back = Told(told.file).do(unlink(), "bob")
    (gone,) = back.why(WORKFLOW)
    assert (gone.what, gone.before, gone.after, gone.author) == ("unlinked", cause.after, None, "bob")


def test_a_link_drawn_again_never_left() -> None:
    linked = Told().do(link("n2", "n3")).file
    told = Told(linked).do(unlink()).do(link("n2", "n3", "link-new-2"))
    told.do(change("n2", owner="Yann"))
    assert short(told.why(WORKFLOW)) == [("note", "n2", "attribute", "owner", "", "Yann")]


def test_a_link_to_a_note_that_a_line_does_not_cite_may_bring_it_but_changes_none() -> None:
    told = Told().do(link("n4", "n5"))
    kpi = Kpi(
        id="k", label="k", reason=Reason(rule="kpi"), sources=(Source(board="board-1", note="n5", number=5),)
    )
    there = Spec(project=WALL.project, kpis=(kpi,))
    changed = replace(there, kpis=(replace(kpi, unit="count"),))
    past = {"board-1": told.log}
    (brought,) = causes(compare(replace(there, kpis=()), there), past, [told.file])
    assert [c.what for c in brought.causes] == ["linked"]
    (other,) = causes(compare(there, changed), past, [told.file])
    assert other.causes == ()


# --- what is told to nobody, and to what extent -----------------------------------------------------------


def test_the_words_of_a_private_note_are_never_told() -> None:
    told = Told()
    put(told, replace(told.board.notes["n2"], text="Un secret", private=True))
    put(told, replace(told.board.notes["n2"], id="note-new-1", number=6, text="Un secret, encore"))
    assert b"secret" not in msgspec.json.encode(told.causes())
    assert short(told.why(WORKFLOW)) == [("note", "n2", "attribute", "private", False, True)]
    back = Told(told.file)
    put(back, replace(back.board.notes["n2"], text=FOLLOW_UP, private=False))
    assert b"secret" not in msgspec.json.encode(back.causes())
    removed = Told(told.file).do(remove("n2"))
    assert b"secret" not in msgspec.json.encode(removed.causes())


def test_the_words_of_a_private_note_are_never_told_even_of_a_line_that_cites_it() -> None:
    told = Told()
    put(told, replace(told.board.notes["n2"], id="note-new-1", number=6, text="Un secret", private=True))
    cited = Kpi(
        id="k", label="k", reason=Reason(rule="kpi"), sources=(Source(board="board-1", note="note-new-1"),)
    )
    there = Spec(project=WALL.project, kpis=(cited,))
    added = causes(compare(replace(there, kpis=()), there), {"board-1": told.log}, [told.file])
    before = told.file
    told = Told(before)
    told.do(remove("note-new-1"))
    gone = causes(compare(there, replace(there, kpis=())), {"board-1": told.log}, [told.file])
    assert b"secret" not in msgspec.json.encode((added, gone))


def test_the_log_is_read_between_the_two_pins_only() -> None:
    told = Told(replace(WALL, seq=40)).do(
        text("n2", "Relancer tout devis sans réponse depuis 12 jours", FOLLOW_UP)
    )
    early: BoardRevision = Revision(
        40, "edit-40", "eve", 1, "x", (Put(replace(WALL.board.notes["n2"], owner="E")),)
    )
    late = replace(early, seq=42, edit_id="edit-42")
    comparison = compare(compile_spec([told.start]), compile_spec([told.file]))
    found = causes(comparison, {"board-1": [early, *told.log, late]}, [told.file])
    assert {c.author for one in found for c in one.causes} == {"ann"}


def test_a_line_without_a_cause_of_its_own_is_there_without_one() -> None:
    told = Told().do(text("n2", "Relancer tout devis sans réponse depuis 12 jours", FOLLOW_UP))
    comparison = compare(compile_spec([told.start]), compile_spec([told.file]))
    found = causes(comparison, {}, [told.file])
    assert found
    assert all(one.causes == () for one in found)


def test_every_line_of_the_comparison_is_there_once_and_travels_as_json() -> None:
    told = Told().do(edits.RemoveStage(stage="s2")).do(remove("n4"))
    comparison = compare(compile_spec([told.start]), compile_spec([told.file]))
    named = {
        (s.name, line.id)
        for s in comparison.sections
        for line in (
            *s.added, *s.removed, *(one.line for group in (s.changed, s.standing, s.cited, s.moved) for one in group),
        )
    }  # fmt: skip
    found = told.causes()
    assert [(one.section, one.id) for one in found if (one.section, one.id) not in named] == []
    assert len(found) == len(named)
    assert msgspec.json.decode(msgspec.json.encode(found), type=tuple[LineCauses, ...]) == found


def test_two_boards_keep_their_notes_apart() -> None:
    other = replace(WALL, id="board-2")
    told = Told().do(text("n2", "Relancer tout devis sans réponse depuis 12 jours", FOLLOW_UP))
    before, after = compile_spec([WALL, other]), compile_spec([told.file, other])
    found = causes(compare(before, after), {"board-1": told.log, "board-2": []}, [told.file, other])
    assert {c.board for one in found for c in one.causes} == {"board-1"}


# --- whatever happens -------------------------------------------------------------------------------------

some_note = st.sampled_from(["n1", "n2", "n3", "n4", "n5", "note-new-1"])
some_stage, some_channel = st.sampled_from(["s1", "s2", "s3"]), st.sampled_from(["c1", "c3"])
words = st.sampled_from(["", FOLLOW_UP, ALERT, "Je signe", "Relancer sous 2 jours"])
some_edits = st.one_of(
    st.builds(lambda note, said: text(note, said, said), some_note, words),
    st.builds(remove, some_note),
    st.builds(restore, some_note),
    st.builds(move, some_note, some_stage, some_channel),
    st.builds(lambda note, kind: change(note, kind=kind), some_note, st.sampled_from([None, *Kind])),
    st.builds(lambda note: edits.DuplicateNote(note=note, copy="note-new-1"), some_note),
    st.builds(link, some_note, some_note),
    st.builds(unlink),
    st.builds(lambda stage, name: sheet(stage, name=name), some_stage, st.sampled_from(["A", "B"])),
    st.builds(lambda stage: edits.RemoveStage(stage=stage), some_stage),
    st.builds(lambda stage: edits.MoveStage(stage=stage, before="s1"), some_stage),
    st.builds(lambda number: undo(f"edit-{number}"), st.integers(1, 8)),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(some_edits, st.sampled_from(["ann", "bob"])), max_size=14))
def test_whatever_people_do_causes_tell_the_first_and_the_last_state(
    asked: list[tuple[BoardEdit, str]],
) -> None:
    told = Told()
    for edit, author in asked:
        try:
            told.do(edit, author)
        except Refused:
            continue
    found = [cause for one in told.causes() for cause in one.causes]
    for cause in found:
        assert cause.before != cause.after or cause.attribute == "rank"
        assert 0 < cause.seq <= len(told.log)
        assert told.log[cause.seq - 1].author == cause.author
        assert cause.author not in cause.others
        if cause.what == "text":
            assert cause.before == told.start.board.notes[cause.id].text
            assert cause.after == told.board.notes[cause.id].text
    for one in told.causes():
        kept = [(c.board, c.subject, c.id, c.what, c.attribute) for c in one.causes]
        assert len(kept) == len(set(kept))


def test_a_thousand_edits_of_one_note_are_one_cause() -> None:
    told = Told()
    for days in range(11, 1_011):
        now = told.board.notes["n2"]
        put(told, replace(now, text=f"Relancer tout devis sans réponse depuis {days} jours"))
    (cause,) = told.why(WORKFLOW)
    assert (cause.before, cause.after, cause.seq) == (FOLLOW_UP, told.board.notes["n2"].text, 1_000)
