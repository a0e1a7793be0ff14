"""The wall moves under a review: three ways between what it said, what it says and what was decided."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from charniere.errors import Code, Refused
from charniere.spec.compile import compile_spec, items
from charniere.spec.draft import edits
from charniere.spec.draft.records import Line
from charniere.spec.draft.standing import conflicts, effective, known, standing
from spec.draft.desk import NOTES, Desk

CALL = "Rappeler toute demande de devis sous 4 h ouvrées"
QUICKER = "Rappeler toute demande de devis sous 1 h ouvrée"


def test_a_wall_that_says_the_same_changes_no_line() -> None:
    desk = Desk()
    before = desk.draft.lines
    desk.wall_moves()
    assert desk.draft.lines == before
    assert desk.draft.info.boards[0].seq == 1


def test_what_nobody_decided_follows_the_wall() -> None:
    desk = Desk()
    line = desk.line("sla", "Rappeler")
    desk.wall_moves(n2=QUICKER)
    assert effective(desk.now(line))["delay"]["amount"] == 1
    assert desk.stands(line) != "conflict"
    assert desk.spec() == compile_spec([desk.file()], desk.draft.parts["codes"].body)


def test_a_decision_is_never_overwritten_and_the_two_are_shown() -> None:
    desk = Desk()
    line = desk.line("sla", "Rappeler")
    desk.do(edits.SetLine(line.id, {"delay": "sous 1 jour ouvré"}))
    desk.wall_moves(n2=QUICKER)
    assert conflicts(desk.now(line)) == ("delay",)
    assert effective(desk.now(line))["delay"]["words"] == "sous 1 jour ouvré"
    assert "conflict" in {one.rule for one in desk.spec().findings}
    with pytest.raises(Refused) as caught:
        desk.do(edits.AcceptLines((line.id,)))
    assert caught.value.code is Code.unsettled


@pytest.mark.parametrize(("keep", "words"), [("mine", "sous 1 jour ouvré"), ("wall", "sous 1 h ouvrée")])
def test_a_conflict_is_settled_for_either_side(keep: str, words: str) -> None:
    desk = Desk()
    line = desk.line("sla", "Rappeler")
    desk.do(edits.SetLine(line.id, {"delay": "sous 1 jour ouvré"}))
    desk.wall_moves(n2=QUICKER)
    desk.do(edits.SettleConflict(line.id, "delay", keep))  # type: ignore[arg-type]
    assert conflicts(desk.now(line)) == ()
    assert effective(desk.now(line))["delay"]["words"] == words
    desk.do(edits.AcceptLines((line.id,)))
    assert desk.stands(line) == "validated"


def test_a_wall_that_comes_to_the_decision_is_no_conflict() -> None:
    desk = Desk()
    line = desk.line("fields", "Montant")
    desk.do(edits.SetLine(line.id, {"label": "Surface"}))
    assert conflicts(desk.now(line)) == ()
    changed = desk.now(line).proposal | {"label": "Surface"}
    same = Line(
        **{name: getattr(desk.now(line), name) for name in Line.__struct_fields__} | {"proposal": changed}
    )
    assert conflicts(same) == ()


def test_an_accepted_line_that_the_wall_changes_waits_to_be_settled() -> None:
    desk = Desk()
    line = desk.line("sla", "Rappeler")
    desk.do(edits.AcceptLines((line.id,)))
    desk.wall_moves(n2=QUICKER)
    assert "delay" in conflicts(desk.now(line))
    assert effective(desk.now(line))["delay"]["amount"] == 4
    for name in conflicts(desk.now(line)):
        desk.do(edits.SettleConflict(line.id, name, "wall"))
    assert desk.stands(line) == "validated"
    assert effective(desk.now(line))["delay"]["amount"] == 1


def test_a_wall_that_changes_its_mind_twice_leaves_the_acceptance_in_peace() -> None:
    desk = Desk()
    line = desk.line("sla", "Rappeler")
    desk.do(edits.AcceptLines((line.id,)))
    desk.wall_moves(n2=QUICKER)
    desk.wall_moves(n2=CALL)
    assert desk.stands(line) == "validated"


def test_a_line_that_nobody_decided_goes_with_its_note() -> None:
    desk = Desk()
    line = desk.line("sla", "Rappeler")
    desk.wall_moves(drop=2)
    assert line.id not in desk.draft.lines


@pytest.mark.parametrize("decision", ["edited", "accepted", "said"])
def test_a_decision_whose_item_vanished_stays_and_is_a_finding(decision: str) -> None:
    desk = Desk()
    line = desk.line("sla", "Rappeler")
    if decision == "edited":
        desk.do(edits.SetLine(line.id, {"owner": "Anna"}))
    elif decision == "accepted":
        desk.do(edits.AcceptLines((line.id,)))
    else:
        desk.do(edits.AddComment("comment01", line.id, "À garder ?"))
    desk.wall_moves(drop=2)
    assert desk.now(line).gone
    (finding,) = (
        one
        for one in desk.spec().findings
        if one.rule == "decision_without_proposal" and line.item in one.items
    )
    assert {one.kind for one in finding.corrections} == {"keep", "remove"}
    desk.do(edits.KeepLine(line.id))
    assert desk.now(line).by_hand
    assert line.item in {one.id for one in desk.spec().sla}
    assert "decision_without_proposal" not in {f.rule for f in desk.spec().findings if line.item in f.items}


def test_a_line_set_aside_stays_so_when_its_note_comes_back() -> None:
    desk = Desk()
    line = desk.line("sla", "Rappeler")
    desk.do(edits.RejectLines((line.id,), "Non"))
    whole = list(desk.notes)
    desk.wall_moves(drop=2)
    desk.notes = whole
    desk.wall_moves()
    assert desk.stands(line) == "rejected"
    assert not desk.now(line).gone


def test_new_lines_find_their_place_among_lines_that_were_put_elsewhere() -> None:
    desk = Desk()
    shown = [one.id for one in desk.spec().fields]
    last, head = (
        desk.line("fields", "Concurrent"),
        next(one for one in desk.draft.lines.values() if one.item == shown[0]),
    )
    desk.do(edits.MoveLine(last.id, head.id))
    moved = [one.id for one in desk.spec().fields]
    desk.wall_moves(
        n4="Rendre obligatoires montant, surface du logement, date de signature prévue et concurrent"
    )
    after = [one.id for one in desk.spec().fields]
    assert [one for one in after if one in moved] == moved
    assert len(after) == len(moved) + 1


class Review(RuleBasedStateMachine):
    """Any walk of walls and decisions: no decision is lost, the specification can always be read, codes never meet."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk()
        self.decided: dict[str, dict[str, object]] = {}

    def pick(self, index: int) -> Line:
        lines = sorted(self.desk.draft.lines.values(), key=lambda one: one.id)
        return lines[index % len(lines)]

    def attempt(self, edit: object) -> bool:
        try:
            self.desk.do(edit)  # type: ignore[arg-type]
        except Refused as refused:
            if refused.code not in (Code.unsettled, Code.bad_value, Code.not_allowed):
                raise
            return False
        return True

    @rule(index=st.integers(0, 200), words=st.sampled_from(["Un", "Deux", "Trois"]))
    def edit(self, index: int, words: str) -> None:
        line = self.pick(index)
        if self.attempt(edits.SetLine(line.id, {"label": words})):
            self.decided.setdefault(line.id, {})["label"] = words

    @rule(index=st.integers(0, 200))
    def accept(self, index: int) -> None:
        line = self.pick(index)
        if self.attempt(edits.AcceptLines((line.id,))):
            self.decided.setdefault(line.id, {}).update(effective(self.desk.now(line)))

    @rule(index=st.integers(0, 200))
    def reject(self, index: int) -> None:
        self.attempt(edits.RejectLines((self.pick(index).id,), "Non"))

    @rule(index=st.integers(0, 200))
    def reconsider(self, index: int) -> None:
        line = self.pick(index)
        self.attempt(edits.ReconsiderLines((line.id,)))
        self.decided[line.id] = dict(self.desk.now(line).set)

    @rule(index=st.integers(0, 200), into=st.integers(0, 200))
    def merge(self, index: int, into: int) -> None:
        self.attempt(edits.MergeLines((self.pick(index).id,), self.pick(into).id))

    @rule(index=st.integers(0, 200), before=st.integers(0, 200))
    def move(self, index: int, before: int) -> None:
        self.attempt(edits.MoveLine(self.pick(index).id, self.pick(before).id))

    @rule(section=st.sampled_from(["fields", "workflows", "kpis"]))
    def add(self, section: str) -> None:
        name = f"handmade{len(self.desk.log)}"
        self.attempt(edits.AddLine(line=name, section=section, set={"label": "À nous"}))  # type: ignore[arg-type]

    @rule(index=st.integers(0, 200), keep=st.sampled_from(["wall", "mine"]))
    def settle(self, index: int, keep: str) -> None:
        line = self.pick(index)
        for name in conflicts(line):
            self.attempt(edits.SettleConflict(line.id, name, keep))  # type: ignore[arg-type]
            self.decided.setdefault(line.id, {})[name] = effective(self.desk.now(line)).get(name)

    @rule(index=st.integers(0, 5), words=st.sampled_from([CALL, QUICKER, "Je paie en ligne", ""]))
    def wall_says(self, index: int, words: str) -> None:
        self.desk.wall_moves(**{f"n{index + 1}": words})

    @precondition(lambda self: len(self.desk.notes) > 2)
    @rule(index=st.integers(0, 5))
    def wall_loses(self, index: int) -> None:
        self.desk.wall_moves(drop=index + 1)

    @rule()
    def wall_comes_back(self) -> None:
        self.desk.notes = list(NOTES)
        self.desk.wall_moves()

    @invariant()
    def decisions_stand(self) -> None:
        for name, said in self.decided.items():
            line = self.desk.draft.lines.get(name)
            if line is None:
                assert not said
                continue
            now = effective(line)
            assert {k: known(v) for k, v in said.items()} == {k: known(now.get(k)) for k in said}

    @invariant()
    def it_reads(self) -> None:
        spec = self.desk.spec()
        made = [one.id for one in items(spec)]
        assert len(made) == len(set(made))
        codes = [line.code for line in self.desk.draft.lines.values()]
        assert len(codes) == len(set(codes))
        shown = {*made, *(one.id for one in spec.rejected)}
        assert shown == {line.item for line in self.desk.draft.lines.values()}
        noted = {use.note.note for use in spec.coverage.notes}
        assert noted == {one.id for one in self.desk.notes}

    @invariant()
    def what_is_gone_is_said(self) -> None:
        for line in self.desk.draft.lines.values():
            assert not line.gone or standing(line) in ("conflict", "rejected", "merged")
            assert standing(line) != "conflict" or line.gone or conflicts(line)


Review.TestCase.settings = settings(
    max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
test_any_review_over_any_wall = Review.TestCase
