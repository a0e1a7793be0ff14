"""A draft as a specification: what stands of each line, in `spec.json`'s own shape. Documents and versions are made of this."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from charniere.domain.project import Persona, Project
from charniere.spec.attributes import STEPS
from charniere.spec.draft.records import STRUCTS, Draft, Json, Line, Section, Values, in_order, section_of
from charniere.spec.draft.standing import conflicts, effective, open_questions, standing, unconfirmed
from charniere.spec.draft.values import day_in, item_of
from charniere.spec.lines import Field, Kpi
from charniere.spec.lint import BY_HAND, OF_LINES, of_lines
from charniere.spec.model import (
    SECTIONS,
    BoardPin,
    Cell,
    Correction,
    Coverage,
    Finding,
    JourneyStage,
    Matrix,
    NoteUse,
    SetAside,
    Spec,
)
from charniere.spec.parts import Item, Reason, Source, State

_STATES: Final[dict[str, State]] = {"conflict": "to_complete"}
_LISTS: Final = ("values", "answers", "duties", "flows")  # a merged line's go to the line that took it


def assemble(draft: Draft) -> Spec:
    """Pure; the same draft gives the same specification, once it has been proposed."""
    live, aside = _sorted(draft)
    merged: dict[str, list[Line]] = defaultdict(list)
    for line in aside:
        if line.into is not None:
            merged[line.into].append(line)
    made = {line.id: _item(line, merged[line.id]) for line in live}
    spec = Spec(
        lang=draft.info.lang,
        project=_part(draft, "project", Project),
        personas=_part(draft, "personas", tuple[Persona, ...]),
        boards=_part(draft, "boards", tuple[BoardPin, ...]),
        journey=_part(draft, "journey", tuple[JourneyStage, ...]),
        rejected=tuple(_rejected(draft, line) for line in aside),
        codes=_part(draft, "codes", dict[str, str]) | {one.item: one.code for one in draft.lines.values()},
    )
    changed: dict[str, Any] = {
        name: tuple(made[line.id] for line in live if line.section == name) for name in SECTIONS
    }
    changed["pipelines"] = tuple(
        replace(
            made[line.id],
            stages=tuple(made[s.id] for s in live if s.section == STEPS and s.parent == line.id),
        )
        for line in live
        if line.section == "pipelines"
    )
    spec = replace(spec, **changed)
    spec = replace(spec, matrix=_matrix(draft, spec))
    spec = replace(spec, coverage=_coverage(draft, spec))
    return replace(spec, findings=tuple(_findings(draft, live, spec)))


def _sorted(draft: Draft) -> tuple[list[Line], list[Line]]:
    """The lines that stand and those set aside, in order. A step goes with its pipeline."""
    lines = sorted(draft.lines.values(), key=in_order)
    out = {line.id for line in lines if standing(line) in ("rejected", "merged")}
    out |= {line.id for line in lines if line.parent in out}
    return [one for one in lines if one.id not in out], [one for one in lines if one.id in out]


def _item(line: Line, merged: list[Line]) -> Item:
    said = effective(line)
    for other in merged:
        said = _joined(line.section, said, effective(other))
    if line.section == "actions" and "due" in line.set:
        said = {**said, "due_day": day_in(str(said.get("due") or ""))}
    state = standing(line)
    return item_of(
        line.section,
        said,
        id=line.item,
        code=line.code,
        state=_STATES.get(state, state),
        reason=msgspec.to_builtins(line.reason or Reason(rule=BY_HAND)),
        sources=msgspec.to_builtins(_united([line, *merged])),
        questions=msgspec.to_builtins(open_questions(line)),
        to_confirm=list(unconfirmed(line)),
    )


def _joined(section: Section, into: Values, other: Values) -> Values:
    """With what the lists of the merged line hold besides."""
    joined = dict(into)
    for name in _LISTS:
        if name in STRUCTS[section].__struct_fields__ and other.get(name):
            mine: list[Json] = list(joined.get(name) or ())
            labels = [_name(one) for one in mine]
            joined[name] = mine + [one for one in other[name] if _name(one) not in labels]
    return joined


def _name(value: Json) -> Json:
    return value["label"] if isinstance(value, dict) and "label" in value else value


def _united(lines: list[Line]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(source for line in lines for source in line.sources))


def _rejected(draft: Draft, line: Line) -> SetAside:
    into = draft.lines.get(line.into or "")
    parent = draft.lines.get(line.parent or "")
    return SetAside(
        id=line.item,
        code=line.code,
        section=section_of(line.section),
        label=str(effective(line).get("label", "")),
        why=line.why or (parent.why if parent else ""),
        into=into.item if into else "",
        by=line.judged_by or (parent.judged_by if parent else ""),
        sources=line.sources,
    )


def _matrix(draft: Draft, spec: Spec) -> Matrix:
    """The events of the wall, with the fields and indicators as they stand."""
    compiled: Matrix = _part(draft, "matrix", Matrix)
    home = {one: cell.journey_stage for cell in compiled.cells for one in (*cell.fields, *cell.kpis)}
    held: dict[tuple[str, str], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for item in (*spec.fields, *spec.kpis):
        if isinstance(item, Field) and (stage := item.required_at or home.get(item.id, "")):
            held[stage, item.object][0].append(item.id)
        if isinstance(item, Kpi) and item.journey_stage:
            held[item.journey_stage, item.object][1].append(item.id)
    events = {(cell.journey_stage, cell.object): cell.events for cell in compiled.cells if cell.events}
    objects = tuple(one.key for one in spec.objects)
    stages = {name: index for index, name in enumerate(compiled.stages)}
    rank = {name: index for index, name in enumerate(objects)}
    keys = sorted({*held, *events}, key=lambda at: (stages.get(at[0], 99), rank.get(at[1], 99), at))
    cells = tuple(
        Cell(
            journey_stage=stage,
            object=name,
            fields=tuple(held[stage, name][0]),
            events=events.get((stage, name), ()),
            kpis=tuple(held[stage, name][1]),
        )
        for stage, name in keys
        if stage in stages
    )
    return Matrix(stages=compiled.stages, objects=objects, cells=cells)


def _coverage(draft: Draft, spec: Spec) -> Coverage:
    """Every note again with the lines that it feeds now: what only fed lines set aside says so."""
    used: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for name in SECTIONS:
        for item in getattr(spec, name):
            for one in (item, *getattr(item, "stages", ())):
                for source in one.sources:
                    used[source.board, source.note].append(one.id)
    for cell in spec.matrix.cells:
        for event in cell.events:
            for source in event.sources:
                used[source.board, source.note].append(f"matrix.{cell.object}.{cell.journey_stage}")
    compiled: Coverage = _part(draft, "coverage", Coverage)
    notes = tuple(_use(use, used[use.note.board, use.note.note]) for use in compiled.notes)
    return replace(
        compiled,
        notes=notes,
        not_answered=tuple(use.note for use in notes if not use.items and use.why_not != "unanswered"),
    )


def _use(use: NoteUse, items: list[str]) -> NoteUse:
    if items:
        return NoteUse(note=use.note, items=tuple(dict.fromkeys(items)))
    return replace(use, items=(), why_not=use.why_not or "rejected")


def _findings(draft: Draft, live: list[Line], spec: Spec) -> Iterator[Finding]:
    for line in live:
        if line.gone:
            yield Finding(
                id=f"findings.decision_without_proposal.{line.item}",
                rule="decision_without_proposal",
                severity="error",
                params={"label": str(effective(line).get("label", ""))},
                items=(line.item,),
                sources=line.sources,
                corrections=(
                    Correction(kind="keep", item=line.item),
                    Correction(kind="remove", item=line.item),
                ),
            )
        for name in conflicts(line):
            yield Finding(
                id=f"findings.conflict.{line.item}.{name}",
                rule="conflict",
                severity="error",
                params={"label": str(effective(line).get("label", "")), "attribute": name},
                items=(line.item,),
            )
    wall = (one for one in _part(draft, "findings", tuple[Finding, ...]) if one.rule not in OF_LINES)
    for one in (*wall, *of_lines(spec)):
        yield replace(one, code=spec.codes.get(one.id, ""))


def _part(draft: Draft, name: str, shape: Any) -> Any:
    return msgspec.convert(draft.parts[name].body, shape)
