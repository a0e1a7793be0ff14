"""The action list: what the room decided, and the opportunities that somebody still has to take up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from charniere.domain.board import Kind
from charniere.spec.items import ask, because, ident, sources
from charniere.spec.lines import ActionLine
from charniere.spec.parts import Item, Question
from charniere.spec.wall import Told, Wall
from charniere.spec.words import label

_HIGH = 4  # impact from here on is high, on 1 to 5
_LOW = 2  # effort up to here is low


def actions(wall: Wall, items: Iterable[Item]) -> tuple[ActionLine, ...]:
    """Every action, most voted first inside a stage; then every opportunity."""
    feeds: dict[tuple[str, str], list[str]] = {}
    for item in items:
        for source in item.sources:
            if source.note:
                feeds.setdefault((source.board, source.note), []).append(item.id)
    decided = [_line(wall, told, feeds) for told in wall.of_kind(Kind.action)]
    open_ones = [_line(wall, told, feeds) for told in wall.of_kind(Kind.opportunity)]
    return (*decided, *open_ones)


def _line(wall: Wall, told: Told, feeds: dict[tuple[str, str], list[str]]) -> ActionLine:
    note = told.note
    questions: list[Question] = []
    if not note.owner:
        questions.append(ask("owner", "action_owner"))
    if not note.due:
        questions.append(ask("due", "action_due"))
    chance = told.kind is Kind.opportunity
    takers = wall.answers.get(told.at, ())
    return ActionLine(
        id=ident("actions", "opportunity" if chance else "action", told),
        label=label(told.text, 300),
        state="to_complete" if questions else "proposed",
        reason=because(("opportunity_taken" if takers else "opportunity") if chance else "action"),
        sources=sources(told, wall.resolves.get(told.at, ()), takers if chance else ()),
        questions=() if chance and takers else tuple(questions),
        nature="opportunity" if chance else "decided",
        owner=note.owner,
        team=note.team,
        due=note.due.text if note.due else "",
        due_day=note.due.day if note.due else None,
        impact=note.impact,
        effort=note.effort,
        votes=note.votes,
        status=note.status or "",
        journey_stage=told.stage_label,
        family=_family(note.impact, note.effort),
        resolves=tuple(t.source for t in wall.resolves.get(told.at, ())),
        feeds=tuple(dict.fromkeys(feeds.get(told.at, ()))),
    )


def _family(
    impact: int | None, effort: int | None
) -> Literal["quick_win", "project", "fill_in", "later", ""]:
    if impact is None or effort is None:
        return ""
    if impact >= _HIGH:
        return "quick_win" if effort <= _LOW else "project"
    return "fill_in" if effort <= _LOW else "later"
