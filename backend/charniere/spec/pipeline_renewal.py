"""The pipeline of renewal: only where something lasts and may not be renewed."""

from __future__ import annotations

import re

from charniere.domain.board import Archetype, Kind
from charniere.spec.items import ask, because, ident, sources
from charniere.spec.lexicon import table
from charniere.spec.lines import Pipeline, PipelineStage
from charniere.spec.milestones import Milestone
from charniere.spec.pipeline_steps import gather, pipeline, stage
from charniere.spec.reading import effects
from charniere.spec.wall import Place, Told, Wall
from charniere.spec.words import fold, squash


def renewal(wall: Wall, known: frozenset[str]) -> Pipeline | None:
    """From the end date that comes near to the customer who stays, or leaves."""
    places = [p for p in wall.places if p.archetype is Archetype.loyalty]
    target = next((o for o in ("subscription", "contract") if o in known), "")
    words = table(wall.lang, "pipelines")["words"]
    speaks = [t for t in wall.notes if re.search(words["renews"], t.folded)]
    figures = " ".join(fold(k) for p in places for _, record in p.records for k in record.kpis)
    there = [t for t in speaks if t.place in places or t.kind is Kind.action]
    if not target or not places or not (there or re.search(words["renews"], figures)):
        return None
    steps = [s for s in gather(wall, "renewal", places) if s.outcome != "lost"]
    _tell_before(speaks, steps, places[0], wall.lang)
    stages = [
        _prepare(wall, speaks, places[0]),
        *(stage(wall, "renewal", step, i, steps) for i, step in enumerate(steps)),
    ]
    if not any(s.outcome == "won" for s in stages):
        stages.append(_stays(wall, speaks, places))
    stages.append(_leaves(wall, speaks, places))
    return pipeline(wall, "renewal", target, places, stages)


def _tell_before(speaks: list[Told], steps: list[Milestone], place: Place, lang: str) -> None:
    """« courrier au client à J-40 »: an action that tells the customer before the end date makes a milestone of it."""
    if any(s.key == "notified" for s in steps):
        return
    for told in speaks:
        sent = [e for e in effects(told) if e.kind == "send" and e.delay and e.delay.direction == "before"]
        if told.kind is Kind.action and sent:
            name = table(lang, "milestones")["renewal"]["notified"]["label"]
            steps.append(Milestone("notified", name, 30, "open", place, [told], sent[0].words))
            steps.sort(key=lambda m: (m.outcome == "won", m.rank))
            return


def _prepare(wall: Wall, speaks: list[Told], place: Place) -> PipelineStage:
    alerts = [
        t
        for t in speaks
        if t.kind is Kind.action and any(f.measure.direction == "before" for f in t.measures)
    ]
    ahead = next((f.measure for t in alerts for f in t.measures if f.measure.direction == "before"), None)
    return PipelineStage(
        id=ident("pipelines", "renewal", "prepare"),
        label=table(wall.lang, "pipelines")["words"]["prepare"],
        state="proposed" if ahead else "to_complete",
        reason=because("renewal_prepare"),
        sources=sources(alerts or [t for t in speaks if t.place is place][:2], place.sources()),
        questions=() if ahead else (ask("max_delay", "renewal_ahead"),),
        journey_stage=place.label,
        owner_team=place.owner_team,
        max_delay=ahead,
    )


def _stays(wall: Wall, speaks: list[Told], places: list[Place]) -> PipelineStage:
    exits = [p for p in places if p.exit_criteria]
    words = table(wall.lang, "pipelines")["words"]
    return PipelineStage(
        id=ident("pipelines", "renewal", "renewed"),
        label=words["renewed"],
        outcome="won",
        state="proposed" if exits else "to_complete",
        reason=because("renewal_end"),
        sources=sources(*(p.sources() for p in places)),
        milestone=exits[0].exit_criteria if exits else "",
        journey_stage=places[-1].label,
        owner_team=places[-1].owner_team,
        questions=() if exits else (ask("entry", "stage_exit", label=words["renewed"]),),
    )


def _leaves(wall: Wall, speaks: list[Told], places: list[Place]) -> PipelineStage:
    words = table(wall.lang, "pipelines")["words"]
    leaving = [t for t in speaks if t.place in places and re.search(words["leaves"], t.folded)]
    told = [t for t in leaving if t.kind in (Kind.breakpoint, Kind.touchpoint)] or leaving
    return PipelineStage(
        id=ident("pipelines", "renewal", "left"),
        label=words["left"],
        outcome="lost",
        state="proposed" if leaving else "to_confirm",
        reason=because("renewal_left"),
        sources=sources(told, leaving) or sources(*(p.sources() for p in places)),
        milestone=squash(told[0].text) if told else "",
        journey_stage=places[-1].label,
        owner_team=places[-1].owner_team,
        to_confirm=() if leaving else ("label",),
    )
