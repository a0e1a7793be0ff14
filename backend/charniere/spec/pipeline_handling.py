"""Pipelines of requests (tickets, complaints): their stages are the statuses, told by the touchpoints that open them."""

from __future__ import annotations

import re

from msgspec.structs import replace

from charniere.domain.board import Archetype, Kind
from charniere.spec.items import ask, because, ident, sources
from charniere.spec.lexicon import table
from charniere.spec.lines import Pipeline, PipelineStage, Status
from charniere.spec.milestones import Milestone, exit_milestones
from charniere.spec.objects import given_object, mentions
from charniere.spec.parts import Condition, Measure, Rule
from charniere.spec.pipeline_steps import pipeline, weight
from charniere.spec.reading import promise
from charniere.spec.wall import Place, Told, Wall
from charniere.spec.words import fold, squash


def handling(wall: Wall, target: str, values: list[Status]) -> Pipeline | None:
    """None without a status."""
    if not values:
        return None
    places = [p for p in wall.places if p.archetype is Archetype.support]
    exits = exit_milestones(places[0], wall.lang, "request") if places else []
    places = places or [p for p in wall.places if p.archetype in (Archetype.onboarding, Archetype.usage)][-1:]
    place = places[0] if places else None
    ends = [s for s in values if s.category == "done"]
    stages = []
    for status in values:
        if status is values[0]:
            stages.append(_opening(wall, target, status, place))
        elif ends and status is ends[-1]:
            stages.append(_closing(status, place, exits))
        else:
            stages.append(_between(status, place))
    return pipeline(wall, "support" if target == "ticket" else "complaint", target, places, stages)


def _between(status: Status, place: Place | None) -> PipelineStage:
    return PipelineStage(
        id=ident("pipelines", "status_stage", f"{status.object} {status.label}"),
        label=status.label,
        state=status.state,
        reason=because("stage_from_status", label=status.label),
        sources=status.sources,
        questions=(ask("exit", "stage_exit", label=status.label),),
        to_confirm=status.to_confirm,
        outcome="done" if status.category == "done" else "open",
        journey_stage=place.label if place else "",
        owner_team=place.owner_team if place else "",
    )


def _opening(wall: Wall, target: str, status: Status, place: Place | None) -> PipelineStage:
    """The customer opens the request; an action may say how fast it is taken up."""
    told = _asked(wall, target)
    delay, promised = _first_delay(wall, target)
    return replace(
        _between(status, place),
        sources=sources(told, status.sources, promised),
        milestone=squash(told[0].text) if told else "",
        entry=Rule(conditions=tuple(Condition(words=squash(t.text)) for t in told[:1])),
        max_delay=delay,
    )


def _closing(status: Status, place: Place | None, exits: list[Milestone]) -> PipelineStage:
    made = _between(status, place)
    if not exits or place is None:
        return made
    return replace(
        made,
        sources=sources(status.sources, place.sources("exit_criteria")),
        questions=(),
        milestone=exits[0].criterion,
        entry=Rule(conditions=tuple(Condition(words=e.criterion) for e in exits)),
    )


def _asked(wall: Wall, target: str) -> list[Told]:
    """Touchpoints by which the customer opens a request."""
    opens = re.compile(table(wall.lang, "pipelines")["words"]["opens"])
    found = [t for t in wall.of_kind(Kind.touchpoint) if not t.internal and opens.search(t.folded)]
    mine = [
        t
        for t in found
        if _is_about(t.folded, target, wall) or (given_object(t) == target and target == "ticket")
    ]
    return sorted(mine, key=weight)[:3]


def _is_about(folded: str, target: str, wall: Wall) -> bool:
    """A complaint is not a ticket like another where complaints have their own way."""
    named = mentions(folded, wall.lang)
    return target in named and (target != "ticket" or "complaint" not in named)


def _first_delay(wall: Wall, target: str) -> tuple[Measure | None, list[Told]]:
    """How fast a request is taken up, when an action says so."""
    taken = re.compile(table(wall.lang, "pipelines")["words"]["taken"])
    for told in wall.of_kind(Kind.action):
        given = promise(told)
        about = told.folded + " " + " ".join(t.folded for t in wall.resolves.get(told.at, ()))
        named = _is_about(about, target, wall)
        if given and named and taken.search(fold(f"{given.subject} {given.done}")):
            return given.delay, [told]
    return None, []
