"""What people decide about lines, one edit at a time."""

import pytest

from charniere.errors import Code, Refused
from charniere.spec.draft import edits
from charniere.spec.draft.records import in_order, siblings
from charniere.spec.draft.standing import conflicts, effective, open_questions
from charniere.spec.lines import Field, Workflow
from spec.draft.desk import Desk


def refused(desk: Desk, edit: object) -> Code:
    with pytest.raises(Refused) as caught:
        desk.do(edit)  # type: ignore[arg-type]
    return caught.value.code


def test_a_new_draft_reads_as_the_compiler_wrote_it() -> None:
    desk = Desk()
    assert desk.spec() == desk.compiled()


def test_an_edited_attribute_stands_instead_of_the_proposal_and_the_line_says_so() -> None:
    desk = Desk()
    line = desk.line("fields", "Montant")
    desk.do(edits.SetLine(line.id, {"label": "Montant du devis", "definition": "TTC, aides déduites"}))
    (field,) = (one for one in desk.spec().fields if one.id == line.item)
    assert isinstance(field, Field)
    assert (field.label, field.definition) == ("Montant du devis", "TTC, aides déduites")
    assert desk.now(line).proposal["label"] == "Montant"


def test_the_proposals_own_value_is_no_decision() -> None:
    desk = Desk()
    line = desk.line("fields", "Montant")
    desk.do(edits.SetLine(line.id, {"label": "Prix"}))
    desk.do(edits.SetLine(line.id, {"label": "Montant"}))
    assert desk.now(line).set == {}
    assert desk.now(line).base == {}


def test_a_delay_is_typed_in_words_and_understood() -> None:
    desk = Desk()
    line = desk.line("workflows", "Relancer")
    desk.do(edits.SetLine(line.id, {"delay": "sous 2 jours ouvrés"}))
    (workflow,) = (one for one in desk.spec().workflows if one.id == line.item)
    assert isinstance(workflow, Workflow)
    assert workflow.delay is not None
    assert (workflow.delay.amount, workflow.delay.unit) == (2, "business_day")
    assert workflow.delay.words == "sous 2 jours ouvrés"


def test_words_without_a_figure_are_kept_as_they_are() -> None:
    desk = Desk()
    line = desk.line("workflows", "Relancer")
    desk.do(edits.SetLine(line.id, {"delay": {"words": "dès que possible"}}))
    assert effective(desk.now(line))["delay"]["words"] == "dès que possible"
    assert effective(desk.now(line))["delay"]["amount"] is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("type", "hologram"),
        ("type", ""),
        ("label", ""),
        ("values", "prix"),
        ("values", [{"label": 3}]),
        ("max_values", "trois"),
        ("sources", []),
        ("nothing", "x"),
        ("personal", "oui"),
    ],
)
def test_what_an_attribute_cannot_hold_is_refused_by_its_name(name: str, value: object) -> None:
    desk = Desk()
    line = desk.line("fields", "Montant")
    assert refused(desk, edits.SetLine(line.id, {name: value})) is Code.bad_value
    assert desk.now(line) == line


def test_a_text_over_the_limit_is_refused_however_deep_it_lies() -> None:
    desk = Desk()
    line = desk.line("fields", "Montant")
    assert refused(desk, edits.SetLine(line.id, {"values": [{"label": "x" * 2001}]})) is Code.too_long


def test_an_answer_closes_its_question() -> None:
    desk = Desk()
    line = desk.line("fields", "Montant")
    asked = {one.about for one in open_questions(line)}
    assert "update_rule" in asked
    desk.do(edits.SetLine(line.id, {"update_rule": "Par le commercial, après chaque rendez-vous"}))
    assert {one.about for one in open_questions(desk.now(line))} == asked - {"update_rule"}
    assert "update_rule" not in {
        q.about for one in desk.spec().fields if one.id == line.item for q in one.questions
    }


def test_an_accepted_line_is_validated_and_keeps_the_questions_that_nobody_answered() -> None:
    desk = Desk()
    line = desk.line("fields", "Montant")
    desk.do(edits.AcceptLines((line.id,)))
    (field,) = (one for one in desk.spec().fields if one.id == line.item)
    assert field.state == "validated"
    assert field.to_confirm == ()
    assert {one.about for one in field.questions} == {
        one.about for one in line.questions if not line.proposal.get(one.about)
    }


def test_a_line_is_set_aside_with_a_reason_or_not_at_all() -> None:
    desk = Desk()
    line = desk.line("fields", "Concurrent")
    assert refused(desk, edits.RejectLines((line.id,), "  ")) is Code.bad_value
    desk.do(edits.RejectLines((line.id,), "Hors du périmètre"))
    spec = desk.spec()
    assert line.item not in {one.id for one in spec.fields}
    (aside,) = (one for one in spec.rejected if one.id == line.item)
    assert (aside.why, aside.section, aside.code) == ("Hors du périmètre", "fields", line.code)
    desk.do(edits.ReconsiderLines((line.id,)))
    assert line.item in {one.id for one in desk.spec().fields}


def test_a_note_that_only_fed_lines_set_aside_says_so() -> None:
    desk = Desk()
    for line in desk.draft.lines.values():
        desk.do(edits.RejectLines((line.id,), "Rien de tout cela"))
    coverage = desk.spec().coverage
    assert {use.why_not for use in coverage.notes if use.note.number in (2, 3, 4)} == {"rejected"}


def test_a_merged_line_gives_its_sources_and_values_to_the_other() -> None:
    desk = Desk()
    into, line = desk.line("fields", "Montant"), desk.line("fields", "Concurrent")
    desk.do(edits.SetLine(line.id, {"values": [{"label": "Prix"}]}))
    desk.do(edits.MergeLines((line.id,), into.id))
    spec = desk.spec()
    (field,) = (one for one in spec.fields if one.id == into.item)
    assert [one.label for one in field.values] == ["Prix"]
    assert set(line.sources) <= set(field.sources)
    assert [(one.id, one.into) for one in spec.rejected] == [(line.item, into.item)]


def test_a_line_merges_with_its_own_section_only_and_not_with_itself() -> None:
    desk = Desk()
    field, workflow = desk.line("fields", "Montant"), desk.line("workflows", "Relancer")
    assert refused(desk, edits.MergeLines((field.id,), workflow.id)) is Code.bad_value
    assert refused(desk, edits.MergeLines((field.id,), field.id)) is Code.bad_value


def test_a_line_added_by_hand_gets_a_code_of_its_own_and_what_its_section_needs() -> None:
    desk = Desk()
    codes = {line.code for line in desk.draft.lines.values()}
    desk.do(edits.AddLine(line="handmade1", section="fields", set={"label": "Numéro de série"}))
    (field,) = (one for one in desk.spec().fields if one.label == "Numéro de série")
    assert field.code not in codes
    assert (field.api_name, field.type, field.reason.rule) == ("numero_serie", "text", "by_hand")
    assert desk.spec().fields[-1] is not None
    assert "item_without_source" not in {f.rule for f in desk.spec().findings if field.id in f.items}


@pytest.mark.parametrize(
    "section",
    [
        *("objects", "pipelines", "statuses", "fields", "transitions", "workflows", "views", "kpis", "sla"),
        *("scoring", "roles", "integrations", "content", "personal_data", "scenarios", "actions"),
    ],
)
def test_every_section_takes_a_line_added_by_hand(section: str) -> None:
    desk = Desk()
    desk.do(edits.AddLine(line="handmade1", section=section, set={"label": "À nous"}))  # type: ignore[arg-type]
    assert "À nous" in [one.label for one in getattr(desk.spec(), section)]


def test_a_step_is_added_to_its_pipeline() -> None:
    desk = Desk()
    pipeline = next(one for one in desk.draft.lines.values() if one.section == "pipelines")
    assert (
        refused(desk, edits.AddLine(line="handmade1", section="steps", set={"label": "x"})) is Code.bad_value
    )
    desk.do(edits.AddLine(line="handmade1", section="steps", set={"label": "Pose faite"}, parent=pipeline.id))
    (found,) = (one for one in desk.spec().pipelines if one.id == pipeline.item)
    assert found.stages[-1].label == "Pose faite"


def test_a_code_is_never_given_twice_even_after_a_removal() -> None:
    desk = Desk()
    desk.do(edits.AddLine(line="handmade1", section="fields", set={"label": "Un"}))
    first = desk.draft.lines["handmade1"].code
    desk.do(edits.RemoveLine("handmade1"))
    desk.do(edits.AddLine(line="handmade2", section="fields", set={"label": "Deux"}))
    assert desk.draft.lines["handmade2"].code != first
    desk.wall_moves(n4="Rendre obligatoires montant, concurrent, surface et région")
    codes = [line.code for line in desk.draft.lines.values()]
    assert len(codes) == len(set(codes))


def test_what_the_wall_gives_cannot_be_removed_only_set_aside() -> None:
    desk = Desk()
    assert refused(desk, edits.RemoveLine(desk.line("fields", "Montant").id)) is Code.not_allowed


def test_lines_go_where_they_are_put() -> None:
    desk = Desk()
    names = [one.item for one in siblings(desk.draft, "fields")]
    last, head = siblings(desk.draft, "fields")[-1], siblings(desk.draft, "fields")[0]
    desk.do(edits.MoveLine(last.id, head.id))
    assert [one.id for one in desk.spec().fields] == [names[-1], *names[:-1]]
    desk.do(edits.MoveLine(last.id))
    assert [one.id for one in desk.spec().fields] == names
    other = desk.line("workflows", "Relancer")
    assert refused(desk, edits.MoveLine(last.id, other.id)) is Code.bad_value


def test_undo_takes_back_ones_own_attribute_and_leaves_what_came_later() -> None:
    desk = Desk()
    line = desk.line("fields", "Montant")
    mine = desk.do(edits.SetLine(line.id, {"label": "Prix", "owner": "Ventes"}))
    desk.do(edits.SetLine(line.id, {"owner": "Direction"}), "other")
    back = desk.undo(mine)
    assert effective(desk.now(line))["label"] == "Montant"
    assert effective(desk.now(line))["owner"] == "Direction"
    desk.undo(back)
    assert effective(desk.now(line))["label"] == "Prix"
    with pytest.raises(Refused) as caught:
        desk.undo(mine, "other")
    assert caught.value.code is Code.not_yours


def test_an_acceptance_and_a_removal_can_be_taken_back() -> None:
    desk = Desk()
    line = desk.line("fields", "Montant")
    accepted = desk.do(edits.AcceptLines((line.id,)))
    desk.undo(accepted)
    assert desk.stands(line) == "proposed"
    assert desk.now(line).base == {}
    desk.do(edits.AddLine(line="handmade1", section="fields", set={"label": "Un"}))
    desk.do(edits.AddComment("comment01", "handmade1", "À voir"))
    removed = desk.do(edits.RemoveLine("handmade1"))
    assert desk.draft.comments == {}
    desk.undo(removed)
    assert {"handmade1"} == {one.line for one in desk.draft.comments.values()}
    assert "handmade1" in desk.draft.lines


def test_comments_belong_to_who_wrote_them_and_anybody_may_settle_them() -> None:
    desk = Desk()
    line = desk.line("fields", "Montant")
    desk.do(edits.AddComment("comment01", line.id, " Hors taxes ? "), "anna")
    assert desk.draft.comments["comment01"].text == "Hors taxes ?"
    assert refused(desk, edits.SetComment("comment01", "x")) is Code.not_yours
    assert refused(desk, edits.RemoveComment("comment01")) is Code.not_yours
    desk.do(edits.SettleComment("comment01", True))
    assert desk.draft.comments["comment01"].settled
    desk.do(edits.RemoveComment("comment01"), "anna")
    assert desk.draft.comments == {}
    assert refused(desk, edits.AddComment("comment02", line.id, "  ")) is Code.bad_value
    assert refused(desk, edits.AddComment("comment02", "nowhere", "x")) is Code.not_found


def test_a_frozen_draft_is_opened_again_as_the_next_version() -> None:
    desk = Desk()
    desk.do(edits.Freeze(1))
    assert desk.draft.info.frozen
    desk.do(edits.Reopen())
    assert (desk.draft.info.frozen, desk.draft.info.number) == (False, 2)


def test_steps_follow_their_pipeline_when_it_is_set_aside() -> None:
    desk = Desk()
    pipeline = next(one for one in desk.draft.lines.values() if one.section == "pipelines")
    steps = sorted((one for one in desk.draft.lines.values() if one.parent == pipeline.id), key=in_order)
    desk.do(edits.RejectLines((pipeline.id,), "Rien à vendre"))
    spec = desk.spec()
    assert pipeline.item not in {one.id for one in spec.pipelines}
    assert {one.item for one in (pipeline, *steps)} <= {one.id for one in spec.rejected}
    assert {one.why for one in spec.rejected} == {"Rien à vendre"}


def test_no_decision_makes_a_conflict_by_itself() -> None:
    desk = Desk()
    for line in list(desk.draft.lines.values()):
        desk.do(edits.SetLine(line.id, {"label": f"{line.proposal['label']} !"}))
        desk.do(edits.AcceptLines((line.id,)))
        assert conflicts(desk.now(line)) == ()
        assert desk.stands(line) == "validated"


def test_two_who_write_in_one_text_at_once_keep_both_their_words() -> None:
    desk = Desk()
    line = desk.line("fields", "Montant")
    typed_on = {"definition": str(line.proposal["definition"])}
    desk.do(edits.SetLine(line.id, {"definition": f"{typed_on['definition']} Hors taxes."}, typed_on))
    desk.do(edits.SetLine(line.id, {"definition": f"Toujours, {typed_on['definition']}"}, typed_on), "other")
    now = effective(desk.now(line))["definition"]
    assert now.startswith("Toujours, ")
    assert now.endswith("Hors taxes.")


def test_an_acceptance_stays_its_authors_whoever_edits_the_line_after() -> None:
    desk = Desk()
    line = desk.line("fields", "Montant")
    desk.do(edits.AcceptLines((line.id,)), "camille")
    desk.do(edits.SetLine(line.id, {"owner": "Direction"}), "karim")
    assert (desk.now(line).judged_by, desk.now(line).by) == ("camille", "karim")
    desk.do(edits.ReconsiderLines((line.id,)))
    assert desk.now(line).judged_by == ""


def test_what_a_line_had_absorbed_does_not_go_with_it_unseen() -> None:
    desk = Desk()
    into, line = desk.line("fields", "Montant"), desk.line("fields", "Concurrent")
    desk.do(edits.MergeLines((line.id,), into.id))
    desk.do(edits.RejectLines((into.id,), "Hors du périmètre"))
    assert desk.stands(line) not in ("merged", "rejected")
    assert {one.id for one in desk.spec().rejected} == {into.item}


@pytest.mark.parametrize(
    ("typed", "day"), [("15/04/2027", "2027-04-15"), ("avril 2027", None), ("31/02/2027", None), ("", None)]
)
def test_a_new_date_is_read_again(typed: str, day: str | None) -> None:
    desk = Desk()
    line = desk.line("actions", "Relancer")
    desk.do(edits.SetLine(line.id, {"due": typed}))
    (action,) = (one for one in desk.spec().actions if one.id == line.item)
    assert (action.due, action.due_day) == (typed, day)


@pytest.mark.parametrize(
    ("section", "words", "name", "value"),
    [
        ("actions", "Relancer", "impact", 9),
        ("actions", "Relancer", "votes", -1),
        ("fields", "Montant", "max_values", 0),
        ("fields", "Montant", "api_name", "9 Été=x"),
    ],
)
def test_no_figure_out_of_its_bounds_and_no_name_that_a_crm_cannot_take(
    section: str, words: str, name: str, value: object
) -> None:
    desk = Desk()
    assert refused(desk, edits.SetLine(desk.line(section, words).id, {name: value})) is Code.bad_value


def test_control_characters_stay_outside() -> None:
    desk = Desk()
    line = desk.line("fields", "Montant")
    desk.do(edits.SetLine(line.id, {"owner": "Anne\x0bMarie\x07"}))
    assert effective(desk.now(line))["owner"] == "AnneMarie"


def test_two_fields_of_one_technical_name_are_remarked() -> None:
    desk = Desk()
    line, twin = desk.line("fields", "Montant"), desk.line("fields", "Concurrent")
    name = effective(line)["api_name"]
    desk.do(edits.SetLine(twin.id, {"api_name": name, "object": effective(line)["object"]}))
    (found,) = (one for one in desk.spec().findings if one.rule == "duplicate_field")
    assert {line.item, twin.item} == set(found.items)
