"""Two specifications side by side: what came, went, says something else, stands otherwise, moved; and nothing else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from charniere.domain.board import Archetype, Kind
from charniere.domain.project import Persona, Project
from charniere.spec.attributes import STEPS
from charniere.spec.compare import COMPARED, Comparison, SectionComparison, compare
from charniere.spec.compile import compile_spec
from charniere.spec.lines import ActionLine, Field, Kpi, Pipeline, PipelineStage, Status, Value, Workflow
from charniere.spec.model import SECTIONS, BoardPin, JourneyStage, SetAside, Spec
from charniere.spec.parts import Measure, Question, Reason, Source, State
from spec.builders import GOLDEN, board, note, workshop

BOARDS = sorted(p.parent for p in GOLDEN.glob("*/notes.csv"))
WHY = Reason(rule="field_named")


def cited(*numbers: int) -> tuple[Source, ...]:
    return tuple(Source(board="b1", note=f"n{n}", number=n, stage="s1", channel="c1") for n in numbers)


def field(name: str, label: str = "", *, by: tuple[int, ...] = (1,), **more: Any) -> Field:
    said: dict[str, Any] = {"object": "lead", "api_name": name, "type": "text", **more}
    return Field(
        id=f"fields.field_named.{name}",
        code=f"CH-{name}",
        label=label or name,
        reason=WHY,
        sources=cited(*by),
        **said,
    )


def fields(*found: Field) -> Spec:
    return Spec(project=Project(id="p1", client="Logivia"), fields=found)


def step(name: str, label: str = "") -> PipelineStage:
    return PipelineStage(id=f"pipelines.milestone.{name}", label=label or name, reason=WHY)


def pipeline(name: str, *steps: PipelineStage) -> Pipeline:
    return Pipeline(
        id=f"pipelines.{name}.{name}", label=name, reason=WHY, key=name, object="opportunity", stages=steps
    )


def statuses(*names: str, of: str = "lead") -> tuple[Status, ...]:
    return tuple(
        Status(id=f"statuses.{of}.{name}", label=name, reason=WHY, object=of, set="status", order=order)
        for order, name in enumerate(names, 1)
    )


def only(comparison: Comparison) -> SectionComparison:
    (section,) = comparison.sections
    return section


def test_a_small_case_is_told_whole() -> None:
    before = replace(
        fields(
            field("budget", "Budget", type="text"),
            field("sector", "Secteur", state="to_complete", questions=(Question(about="values", rule="v"),)),
            field("gone", "Parti"),
        ),
        boards=(BoardPin(id="b1", seq=4, digest="d4"),),
    )
    after = replace(
        fields(
            field("sector", "Secteur", state="validated", values=(Value(label="BTP", sources=cited(9)),)),
            field("budget", "Budget annuel", type="currency", by=(2,)),
            field("new", "Nouveau"),
        ),
        boards=(BoardPin(id="b1", seq=9, digest="d9"),),
    )
    told = msgspec.json.decode(msgspec.json.encode(compare(before, after)))
    pin = {"title": "", "journey": "as_is", "persona": ""}
    note_1, note_2 = (
        {"board": "b1", "note": f"n{n}", "number": n, "ref": "", "stage": "s1", "channel": "c1", "part": ""}
        for n in (1, 2)
    )

    def line(name: str, label: str, source: dict[str, Any], state: State = "proposed") -> dict[str, Any]:
        same = {"id": f"fields.field_named.{name}", "code": f"CH-{name}", "label": label, "state": state}
        return {**same, "sources": [source], "aside": None}

    budget, sector = line("budget", "Budget annuel", note_2), line("sector", "Secteur", note_1, "validated")
    assert told == {
        "before": [{"id": "b1", "seq": 4, "digest": "d4", **pin}],
        "after": [{"id": "b1", "seq": 9, "digest": "d9", **pin}],
        "sections": [
            {
                "name": "fields",
                "added": [line("new", "Nouveau", note_1)],
                "removed": [line("gone", "Parti", note_1)],
                "changed": [
                    {"line": sector, "attributes": [{"name": "values", "before": [], "after": [{"label": "BTP"}]}]},
                    {
                        "line": budget,
                        "attributes": [
                            {"name": "label", "before": "Budget", "after": "Budget annuel"},
                            {"name": "type", "before": "text", "after": "currency"},
                        ],
                    },
                ],
                "standing": [
                    {
                        "line": sector,
                        "before": "to_complete",
                        "after": "validated",
                        "opened": [],
                        "settled": ["values"],
                    }
                ],
                "cited": [{"line": budget, "added": [note_2], "removed": [note_1]}],
                "moved": [{"line": sector, "before": 2, "after": 1}],
            }
        ],
    }  # fmt: skip


def test_codes_reasons_numbers_and_derived_references_are_no_difference() -> None:
    def spec(number: int, code: str, params: dict[str, str]) -> Spec:
        source = (Source(board="b1", note="n1", number=number, ref=f"r{number}", stage=f"s{number}"),)
        reason = Reason(rule="action", params=params)
        return replace(
            fields(),
            fields=(field("a", values=(Value(label="x", sources=source),)),),
            workflows=(
                Workflow(id="w", code=code, label="w", reason=reason, sources=source, answers=source),
            ),
            actions=(ActionLine(id="a", label="a", reason=reason, feeds=(code,), resolves=source),),
            codes={"w": code},
        )

    assert compare(spec(1, "WF-01", {}), spec(2, "WF-02", {"delay": "2 h"})).sections == ()


def test_what_an_action_answers_is_content_and_named_by_its_notes() -> None:
    def spec(*numbers: int) -> Spec:
        line = Workflow(id="w", label="w", reason=WHY, sources=cited(1), answers=cited(*numbers))
        return replace(fields(), workflows=(line,))

    (change,) = only(compare(spec(2), spec(2, 3))).changed
    (answers,) = change.attributes
    two, three = ({"board": "b1", "note": f"n{n}", "number": n} for n in (2, 3))
    assert (answers.name, answers.before, answers.after) == ("answers", [two], [two, three])


def test_the_parts_of_a_sheet_are_sources_of_their_own() -> None:
    def spec(*parts: str) -> Spec:
        found = tuple(Source(board="b1", stage="s1", part=part) for part in parts)
        return replace(fields(), kpis=(Kpi(id="k", label="k", reason=WHY, sources=found),))

    (citation,) = only(compare(spec("kpis"), spec("name"))).cited
    assert [s.part for s in (*citation.added, *citation.removed)] == ["name", "kpis"]


def test_a_measure_is_compared_in_all_its_parts() -> None:
    def spec(amount: float, words: str) -> Spec:
        delay = Measure(words=words, amount=amount, unit="day")
        return replace(fields(), workflows=(Workflow(id="w", label="w", reason=WHY, delay=delay),))

    (change,) = only(compare(spec(2, "sous 2 jours"), spec(3, "sous 3 jours"))).changed
    (delay,) = change.attributes
    assert isinstance(delay.before, dict)
    assert isinstance(delay.after, dict)
    assert (delay.name, delay.before["amount"], delay.after["amount"]) == ("delay", 2.0, 3.0)
    assert delay.after["words"] == "sous 3 jours"


def test_standing_is_told_apart_from_content() -> None:
    asked = field("a", state="to_confirm", to_confirm=("type",))
    agreed = field("a", state="validated")
    section = only(compare(fields(asked), fields(agreed)))
    (standing,) = section.standing
    assert (standing.before, standing.after, standing.settled) == ("to_confirm", "validated", ("type",))
    assert (section.changed, section.added, section.moved) == ((), (), ())
    (back,) = only(compare(fields(agreed), fields(asked))).standing
    assert back.opened == ("type",)


def test_a_line_that_people_set_aside_is_removed_and_tells_why_and_comes_back_as_it_went() -> None:
    aside = SetAside(
        id="fields.field_named.a",
        code="CH-a",
        section="fields",
        label="a",
        why="Doublon",
        into="fields.field_named.b",
    )
    before = fields(field("a"), field("b"))
    after = replace(fields(field("b")), rejected=(aside,))
    (gone,) = only(compare(before, after)).removed
    assert gone.aside == aside
    (back,) = only(compare(after, before)).added
    assert back.aside == aside
    (vanished,) = only(compare(before, fields(field("b")))).removed
    assert vanished.aside is None


def test_an_archetype_that_somebody_chose_is_settled() -> None:
    def spec(inferred: bool) -> Spec:
        stage = JourneyStage(
            label="Visite",
            archetype=Archetype.decision,
            inferred=inferred,
            sources=(Source(board="b1", stage="s1", part="name"),),
        )
        return replace(fields(), journey=(stage,))

    section = only(compare(spec(True), spec(False)))
    assert section.name == "journey"
    assert [one.settled for one in section.standing] == [("archetype",)]


def test_a_stage_of_the_journey_that_is_renamed_is_the_same_stage() -> None:
    def spec(label: str, goal: str) -> Spec:
        source = (Source(board="b1", stage="s1", part="name"),)
        return replace(
            fields(),
            journey=(JourneyStage(label=label, archetype=Archetype.usage, goal=goal, sources=source),),
        )

    section = only(compare(spec("Essai", ""), spec("Période d’essai", "Adopter")))
    assert (section.added, section.removed) == ((), ())
    assert [one.name for one in section.changed[0].attributes] == ["label", "goal"]
    assert section.changed[0].line.label == "Période d’essai"


def test_the_project_and_its_personas_are_compared_too() -> None:
    before = replace(fields(), personas=(Persona(id="a", name="Claire"), Persona(id="b", name="Yann")))
    after = replace(
        fields(),
        project=Project(id="p1", client="Logivia", purpose="Choisir un CRM"),
        personas=(Persona(id="a", name="Claire", goals=("Savoir où en est son ticket",)),),
    )
    project, personas = compare(before, after).sections
    assert (project.name, project.changed[0].line.label) == ("project", "Logivia")
    assert [line.label for line in personas.removed] == ["Yann"]
    (change,) = personas.changed
    assert [(one.name, one.after) for one in change.attributes] == [
        ("goals", ["Savoir où en est son ticket"])
    ]


# --- order ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "now", "moved"),
    [
        ("abcd", "abcd", ""),
        ("abcd", "xaybcdz", ""),  # lines that come push no other
        ("abcd", "bd", ""),
        ("abcd", "bcda", "a"),
        ("abcd", "dabc", "d"),
        ("abcde", "aecdb", "be"),
        ("abcd", "xbcya", "a"),
    ],
)
def test_only_lines_that_changed_places_with_others_have_moved(was: str, now: str, moved: str) -> None:
    comparison = compare(fields(*map(field, was)), fields(*map(field, now)))
    found = comparison.sections[0].moved if comparison.sections else ()
    assert sorted(one.line.label for one in found) == list(moved)


def test_a_move_tells_both_places_counted_from_one() -> None:
    (move,) = only(compare(fields(*map(field, "abcd")), fields(*map(field, "xbcda")))).moved
    assert (move.line.label, move.before, move.after) == ("a", 1, 5)


def test_a_status_put_between_others_changes_none_of_them() -> None:
    before = replace(fields(), statuses=statuses("nouveau", "gagné"))
    after = replace(fields(), statuses=statuses("nouveau", "qualifié", "gagné"))
    section = only(compare(before, after))
    assert [line.label for line in section.added] == ["qualifié"]
    assert (section.changed, section.moved) == ((), ())


def test_statuses_have_an_order_within_their_own_object() -> None:
    lead, ticket = statuses("a", "b"), statuses("c", "d", of="ticket")
    apart = compare(
        replace(fields(), statuses=(*lead, *ticket)), replace(fields(), statuses=(*ticket, *lead))
    )
    assert apart.sections == ()
    (move,) = only(
        compare(replace(fields(), statuses=lead), replace(fields(), statuses=statuses("b", "a")))
    ).moved
    assert {move.before, move.after} == {1, 2}


def test_steps_are_lines_of_their_own_after_the_pipelines() -> None:
    before = replace(fields(), pipelines=(pipeline("sales", step("a"), step("b"), step("c")),))
    after = replace(fields(), pipelines=(pipeline("sales", step("c"), step("a", "A+"), step("d")),))
    section = only(compare(before, after))
    assert section.name == STEPS
    assert [line.label for line in section.added] == ["d"]
    assert [line.label for line in section.removed] == ["b"]
    assert [change.line.label for change in section.changed] == ["A+"]
    assert len(section.moved) == 1
    assert COMPARED.index(STEPS) == COMPARED.index("pipelines") + 1
    assert set(COMPARED) >= set(SECTIONS)


def test_pipelines_that_change_places_do_not_move_their_steps() -> None:
    one, two = pipeline("sales", step("a"), step("b")), pipeline("support", step("c"))
    section = only(compare(replace(fields(), pipelines=(one, two)), replace(fields(), pipelines=(two, one))))
    assert (section.name, len(section.moved)) == ("pipelines", 1)


def test_a_step_that_goes_to_another_pipeline_says_so() -> None:
    before = replace(fields(), pipelines=(pipeline("sales", step("a"), step("b")), pipeline("support")))
    after = replace(fields(), pipelines=(pipeline("sales", step("b")), pipeline("support", step("a"))))
    section = only(compare(before, after))
    (change,) = section.changed
    assert [(d.name, d.before, d.after) for d in change.attributes] == [
        ("pipeline", "pipelines.sales.sales", "pipelines.support.support")
    ]
    assert section.moved == ()


# --- whatever the specifications --------------------------------------------------------------------------


@pytest.mark.parametrize("folder", BOARDS, ids=lambda p: p.name)
def test_a_specification_does_not_differ_from_itself(folder: Path) -> None:
    file = workshop(folder)
    assert compare(compile_spec([file]), compile_spec([file])).sections == ()


@pytest.mark.parametrize("folder", BOARDS, ids=lambda p: p.name)
def test_a_comparison_with_an_empty_board_is_nothing_but_what_came(folder: Path) -> None:
    """From a board of the same grid without its notes, and back."""
    file = workshop(folder)
    full = compile_spec([file])
    bare = compile_spec([replace(file, records=tuple(r for r in file.records if not hasattr(r, "text")))])
    there, back = compare(bare, full), compare(full, bare)
    assert mirrored(there) == told(back)
    came = {line.id for section in there.sections for line in section.added}
    assert {w.id for w in full.workflows} <= came


def test_a_comparison_travels_as_json() -> None:
    before = compile_spec(
        [board(note(1, Kind.action, "Relancer tout devis sans réponse depuis 10 jours", 2))]
    )
    after = compile_spec([board(note(1, Kind.action, "Relancer tout devis sans réponse depuis 12 jours", 2))])
    comparison = compare(before, after)
    assert comparison.sections
    assert msgspec.json.decode(msgspec.json.encode(comparison), type=Comparison) == comparison
    assert "Comparison" in msgspec.json.schema(Comparison)["$defs"]


def told(comparison: Comparison) -> dict[str, dict[str, Any]]:
    """What it says of each section, without the order of lines: that is one side's."""
    return {s.name: _said(s, lambda a, b: (a, b)) for s in comparison.sections}


def mirrored(comparison: Comparison) -> dict[str, dict[str, Any]]:
    """The same, as somebody who comes from the other side would say it."""
    found = {s.name: _said(s, lambda a, b: (b, a)) for s in comparison.sections}
    for said in found.values():
        said["added"], said["removed"] = said["removed"], said["added"]
    return found


def _said(section: SectionComparison, way: Callable[[Any, Any], tuple[Any, Any]]) -> dict[str, Any]:
    return {
        "added": {line.id: line for line in section.added},
        "removed": {line.id: line for line in section.removed},
        "changed": {
            c.line.id: {d.name: way(str(d.before), str(d.after)) for d in c.attributes}
            for c in section.changed
        },
        "standing": {s.line.id: (way(s.before, s.after), way(s.opened, s.settled)) for s in section.standing},
        "cited": {c.line.id: way(set(c.added), set(c.removed)) for c in section.cited},
        "moved": {m.line.id: way(m.before, m.after) for m in section.moved},
    }


names = st.sampled_from("abcdefgh")
states = st.sampled_from(["proposed", "to_confirm", "to_complete", "validated"])
drawn_fields = st.builds(
    lambda name, label, state, by, values, asked: field(
        name,
        label,
        state=state,
        by=tuple(sorted(by)),
        values=tuple(Value(label=one, sources=cited(1)) for one in values),
        questions=tuple(Question(about=one, rule=one) for one in asked),
    ),
    names,
    st.sampled_from(["", "x", "y"]),
    states,
    st.sets(st.integers(1, 4), max_size=3),
    st.lists(names, max_size=2),
    st.sets(st.sampled_from(["type", "values"])),
)
drawn_steps = st.lists(
    st.tuples(names, st.sampled_from("xy"), st.booleans()), max_size=6, unique_by=lambda s: s[0]
)
drawn_statuses = st.lists(st.tuples(names, st.booleans()), max_size=6, unique_by=lambda s: s[0])


@st.composite
def specs(draw: st.DrawFn) -> Spec:
    steps, values = draw(drawn_steps), draw(drawn_statuses)
    sales = pipeline("sales", *(step(name, label) for name, label, here in steps if here))
    support = pipeline("support", *(step(name, label) for name, label, here in steps if not here))
    return replace(
        fields(*draw(st.lists(drawn_fields, max_size=7, unique_by=lambda one: one.id))),
        pipelines=draw(st.sampled_from([(sales, support), (support, sales)])),
        statuses=(
            *statuses(*(name for name, here in values if here)),
            *statuses(*(name for name, here in values if not here), of="ticket"),
        ),
    )


@settings(max_examples=150, deadline=None)
@given(specs())
def test_nothing_differs_from_itself(spec: Spec) -> None:
    assert compare(spec, spec).sections == ()


@settings(max_examples=300, deadline=None)
@given(specs(), specs())
def test_a_comparison_is_the_mirror_of_the_one_from_the_other_side(one: Spec, two: Spec) -> None:
    assert mirrored(compare(one, two)) == told(compare(two, one))


@settings(max_examples=300, deadline=None)
@given(specs(), specs())
def test_nothing_is_left_out_two_specifications_without_a_difference_are_equal(one: Spec, two: Spec) -> None:
    """Equal but for the order of groups: these specifications hold nothing that is no content."""
    same = not compare(one, two).sections
    assert same == (_in_groups(one) == _in_groups(two) and one.pipelines == two.pipelines)


def _in_groups(spec: Spec) -> object:
    return (spec.fields, sorted(spec.statuses, key=lambda s: (s.object, s.order)))


@settings(max_examples=200, deadline=None)
@given(st.permutations("abcdefgh"), st.permutations("abcdefgh"))
def test_what_did_not_move_is_in_the_same_order_and_no_smaller_move_would_do(
    was: list[str], now: list[str]
) -> None:
    comparison = compare(fields(*map(field, was)), fields(*map(field, now)))
    moved = {m.line.label for s in comparison.sections for m in s.moved}
    stayed = [one for one in was if one not in moved]
    assert stayed == [one for one in now if one not in moved]
    for back in moved:  # none of them could have stayed too
        kept = {*stayed, back}
        assert [one for one in was if one in kept] != [one for one in now if one in kept]
