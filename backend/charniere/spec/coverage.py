"""Coverage: what became of every note, and what the links of the wall leave without an answer. Exact, or it is worth nothing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from charniere.domain.board import Kind
from charniere.phrasing import assess
from charniere.spec.model import Coverage, Matrix, NoteUse
from charniere.spec.parts import Item, Source
from charniere.spec.wall import Place, Told, Wall


def coverage(wall: Wall, items: Iterable[Item], matrix: Matrix) -> Coverage:
    """`items` are all lines of all sections; the events of the matrix count as uses of their notes."""
    used: dict[tuple[str, str], list[str]] = {}
    for item in items:
        for source in item.sources:
            if source.note:
                used.setdefault((source.board, source.note), []).append(item.id)
    for cell in matrix.cells:
        for event in cell.events:
            for source in event.sources:
                used.setdefault((source.board, source.note or ""), []).append(
                    f"matrix.{cell.object}.{cell.journey_stage}"
                )
    notes = tuple(
        _use(wall, told, used)
        for told in sorted(wall.everything, key=lambda t: (list(wall.boards).index(t.board), t.note.number))
    )
    pains = [t for t in wall.notes if t.is_pain and not wall.answers.get(t.at)]
    acts = wall.of_kind(Kind.action)
    return Coverage(
        notes=notes,
        not_answered=tuple(n.note for n in notes if not n.items and n.why_not != "unanswered"),
        irritant_without_action=_sources(t for t in pains if t.kind is Kind.irritant),
        breakpoint_without_action=_sources(t for t in pains if t.kind is Kind.breakpoint),
        action_without_owner=_sources(t for t in acts if not t.note.owner.strip()),
        action_without_date=_sources(t for t in acts if t.note.due is None),
        stage_without_exit=_stages(p for p in wall.places if not p.exit_criteria),
        stage_without_signal=_stages(
            p
            for p in wall.places
            if not any(t.place is p and t.kind is Kind.touchpoint and not t.internal for t in wall.notes)
        ),
        stage_without_owner=_stages(p for p in wall.places if not p.owner_team),
        touchpoint_without_object=_sources(
            t for t in wall.of_kind(Kind.touchpoint) if not t.note.crm_object and not t.indirect
        ),
        near_duplicates=tuple(
            (first.source, *(t.source for t in wall.repeats[first.at]))
            for first in wall.notes
            if first.at in wall.repeats
        ),
        not_told_with_je=_sources(
            t for t in wall.of_kind(Kind.touchpoint) if not _told_with_je(t.text, t.lang)
        ),
    )


@lru_cache(maxsize=8192)
def _told_with_je(text: str, lang: str) -> bool:
    """Kept between compiles: a board is compiled again at every visit, its words seldom change."""
    return assess(text, lang).verdict == "yes"


def _use(wall: Wall, told: Told, used: dict[tuple[str, str], list[str]]) -> NoteUse:
    items = tuple(dict.fromkeys(used.get(told.at, ())))
    if items:
        return NoteUse(note=told.source, items=items)
    aside = wall.aside.get(told.at)
    if aside:
        return NoteUse(note=told.source, why_not=aside[1])  # type: ignore[arg-type]
    twin = wall.twins.get(told.at)
    if twin:
        return NoteUse(note=told.source, why_not="duplicate", of=twin.source)
    if told.is_pain and not wall.answers.get(told.at):
        return NoteUse(note=told.source, why_not="unanswered")
    return NoteUse(note=told.source, why_not="out_of_crm" if told.kind is not None else "not_understood")


def _sources(notes: Iterable[Told]) -> tuple[Source, ...]:
    return tuple(t.source for t in sorted(notes, key=lambda t: (t.board, t.note.number)))


def _stages(places: Iterable[Place]) -> tuple[Source, ...]:
    return tuple(s for place in places for s in place.sources())
