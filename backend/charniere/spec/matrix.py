"""The matrix Parcours × Objets: what is observed at each stage on each object: fields, events, indicators."""

from __future__ import annotations

from collections import defaultdict

from charniere.domain.board import Kind
from charniere.spec.lines import CrmObject, Field, Kpi
from charniere.spec.model import Cell, Event, Matrix
from charniere.spec.objects import object_of
from charniere.spec.scenarios import seen
from charniere.spec.wall import Told, Wall
from charniere.spec.words import label


def matrix(
    wall: Wall, objects: tuple[CrmObject, ...], fields: tuple[Field, ...], kpis: tuple[Kpi, ...]
) -> Matrix:
    """Only the crossings that hold something, in journey order then in the order of objects."""
    known = frozenset(o.key for o in objects)
    stage_of = {t.at: t.stage_label for t in wall.notes}
    held: dict[tuple[str, str], tuple[list[str], list[Event], list[str]]] = defaultdict(lambda: ([], [], []))
    for field in fields:
        stage = field.required_at or next(
            (stage_of[s.board, s.note] for s in field.sources if s.note and stage_of.get((s.board, s.note))),
            "",
        )
        if stage:
            held[stage, field.object][0].append(field.id)
    for told in wall.of_kind(Kind.touchpoint):
        if told.place and told.at not in wall.twins:
            held[told.stage_label, object_of(told, known)][1].append(_event(wall, told))
    for kpi in kpis:
        if kpi.journey_stage:
            held[kpi.journey_stage, kpi.object][2].append(kpi.id)
    stages = [p.label for p in wall.places]
    keys = [o.key for o in objects]
    rank = {name: index for index, name in enumerate(keys)}
    cells = [
        Cell(journey_stage=stage, object=name, fields=tuple(f), events=tuple(e), kpis=tuple(k))
        for (stage, name), (f, e, k) in sorted(
            held.items(), key=lambda one: (stages.index(one[0][0]), rank.get(one[0][1], 99))
        )
    ]
    return Matrix(stages=tuple(stages), objects=tuple(keys), cells=tuple(cells))


def _event(wall: Wall, told: Told) -> Event:
    twins = wall.repeats.get(told.at, ())
    return Event(
        label=label(told.text, 90), observed=seen(told), sources=(told.source, *(t.source for t in twins))
    )
