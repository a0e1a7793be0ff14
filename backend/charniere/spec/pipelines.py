"""Pipelines: what the trade needs (sales, requests, start-up, support, renewal), told as the customer's milestones."""

from __future__ import annotations

import itertools

from msgspec.structs import replace

from charniere.domain.board import Archetype, Kind
from charniere.spec.items import because, ident, sources
from charniere.spec.lexicon import table
from charniere.spec.lines import Pipeline, PipelineStage, Status
from charniere.spec.milestones import Milestone
from charniere.spec.objects import sale_of, sold
from charniere.spec.pipeline_handling import handling
from charniere.spec.pipeline_renewal import renewal
from charniere.spec.pipeline_steps import gather, pipeline, stage
from charniere.spec.wall import Place, Wall, read
from charniere.spec.words import api_name, squash

_SALES = (Archetype.consideration, Archetype.evaluation, Archetype.decision)
_START = (Archetype.onboarding, Archetype.usage)


def pipelines(wall: Wall, known: frozenset[str], statuses: tuple[Status, ...]) -> tuple[Pipeline, ...]:
    """The pipelines of the wall, those only that it speaks of."""
    out: list[Pipeline | None] = []
    family, target = ("sales", sale_of(wall, known)) if sold(wall, known) else ("request", _requested(known))
    apart = _apart(wall, family)
    for persona, part in apart.items():
        out.append(_of_persona(_journey(part, family, target, _along(part, family)), persona, wall))
    if not apart:
        out.append(_journey(wall, family, target, _along(wall, family)))
    start = [p for p in wall.places if p.archetype in _START]
    served = ("contract", "subscription", "account", "case_file")
    out.append(_journey(wall, "onboarding", next((o for o in served if o in known), "contact"), start))
    for name in ("ticket", "complaint"):
        mine = [s for s in statuses if s.object == name]
        if name in known and (name == "ticket" or mine):
            out.append(handling(wall, name, mine))
    out.append(renewal(wall, known))
    return tuple(p for p in out if p is not None)


def _along(wall: Wall, family: str) -> list[Place]:
    return _selling(wall) if family == "sales" else _asking(wall)


def _apart(wall: Wall, family: str) -> dict[str, Wall]:
    """One wall a persona, where their ways to a yes truly differ: fewer than half of the milestones in common."""
    personas = list(dict.fromkeys(wall.boards[f.id].info.persona for f in wall.files))
    if len(personas) < 2 or "" in personas:
        return {}
    walls = {p: read([f for f in wall.files if wall.boards[f.id].info.persona == p]) for p in personas}
    ways = {p: {m.label for m in gather(part, family, _along(part, family))} for p, part in walls.items()}
    if any(len(way) < _ENOUGH for way in ways.values()):
        return {}
    alike = all(
        len(ways[a] & ways[b]) * 2 >= len(ways[a] | ways[b]) for a, b in itertools.combinations(personas, 2)
    )
    return {} if alike else walls


_ENOUGH = 3  # milestones without which two ways cannot be said to differ


def _of_persona(made: Pipeline | None, persona: str, wall: Wall) -> Pipeline | None:
    """The same pipeline, for one persona alone: its ids and its name say so."""
    if made is None:
        return None
    name = next((p.name for p in wall.personas if p.id == persona), persona)
    stages = tuple(replace(s, id=f"{s.id}.{api_name(persona)}") for s in made.stages)
    return replace(
        made,
        id=f"{made.id}.{api_name(persona)}",
        label=f"{made.label} ({name})",
        personas=(persona,),
        stages=stages,
    )


def _selling(wall: Wall) -> list[Place]:
    found = [p for p in wall.places if p.archetype in _SALES]
    if any(p.archetype is not Archetype.consideration for p in found):
        return found
    return [*(p for p in wall.places if p.archetype is Archetype.discovery), *found]


def _requested(known: frozenset[str]) -> str:
    wanted = ("application", "case_file", "donation", "reservation", "order", "ticket")
    return next((o for o in wanted if o in known), "contact")


def _asking(wall: Wall) -> list[Place]:
    later = (Archetype.support, Archetype.loyalty, Archetype.discovery, Archetype.usage)
    return [p for p in wall.places if p.archetype not in later] or list(wall.places)


def _journey(wall: Wall, family: str, target: str, places: list[Place]) -> Pipeline | None:
    """A pipeline along stages of the journey: touchpoints that tell a milestone, and what the stages' exits say."""
    steps = gather(wall, family, places)
    if len(steps) < _least(family, places, steps):
        return None
    if family != "onboarding" and not any(s.outcome == "won" for s in steps):
        _mark_the_end(steps)
    stages = [stage(wall, family, step, index, steps) for index, step in enumerate(steps)]
    if family == "onboarding":
        stages[-1] = replace(stages[-1], outcome="done")
    else:
        words = table(wall.lang, "pipelines")["words"]
        stages.append(_lost(wall, family, words["lost" if family == "sales" else "refused"], places))
    return pipeline(wall, family, target, places, stages)


def _least(family: str, places: list[Place], steps: list[Milestone]) -> int:
    """How many steps make a pipeline worth having; a stage of start is worth one even with a single step."""
    if family == "sales" or (family == "request" and any(s.outcome == "won" for s in steps)):
        return 1
    if family == "onboarding" and any(p.archetype is Archetype.onboarding for p in places):
        return 1
    return 2


def _mark_the_end(steps: list[Milestone]) -> None:
    """Nobody named the moment of yes: the last milestone is it."""
    steps[-1].outcome = "won"


def _lost(wall: Wall, family: str, words: str, places: list[Place]) -> PipelineStage:
    breaks = [t for t in wall.of_kind(Kind.breakpoint) if t.place in places]
    return PipelineStage(
        id=ident("pipelines", "lost", family),
        label=words,
        state="proposed" if breaks else "to_confirm",
        reason=because("lost_told" if breaks else "lost_usual"),
        sources=sources(breaks) or sources(*(p.sources() for p in places[-1:])),
        milestone=squash(breaks[0].text) if breaks else "",
        outcome="lost",
        probability=0 if family == "sales" else None,
        journey_stage=places[-1].label if places else "",
        to_confirm=() if breaks else ("label",),
    )
