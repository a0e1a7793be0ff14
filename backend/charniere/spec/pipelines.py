"""Pipelines: what the trade needs (sales, requests, start-up, support, renewal), told as the customer's milestones."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from charniere.domain.board import Archetype, Kind
from charniere.spec.items import ask, because, ident, sources
from charniere.spec.lexicon import table
from charniere.spec.lines import Pipeline, PipelineStage, Status
from charniere.spec.measures import measures
from charniere.spec.milestones import Milestone, exit_milestones, told_milestone
from charniere.spec.objects import sold
from charniere.spec.parts import Condition, Measure, Outcome, Rule, Source
from charniere.spec.reading import promise
from charniere.spec.wall import Place, Told, Wall
from charniere.spec.words import fold, squash

_SALES = (Archetype.consideration, Archetype.evaluation, Archetype.decision)
_START = (Archetype.onboarding, Archetype.usage)


def pipelines(wall: Wall, known: frozenset[str], statuses: tuple[Status, ...]) -> tuple[Pipeline, ...]:
    """The pipelines of the wall, those only that it speaks of."""
    out: list[Pipeline | None] = []
    if sold(wall, known):
        out.append(_journey(wall, "sales", "opportunity", _selling(wall), known))
    else:
        target = next(
            (o for o in ("application", "case_file", "donation", "reservation", "order") if o in known),
            "ticket",
        )
        places = [
            p
            for p in wall.places
            if p.archetype not in (Archetype.support, Archetype.loyalty, Archetype.discovery)
        ] or list(wall.places)
        out.append(_journey(wall, "request", target, places, known))
    start = [p for p in wall.places if p.archetype in _START]
    out.append(
        _journey(
            wall,
            "onboarding",
            next((o for o in ("contract", "subscription", "account", "case_file") if o in known), "contact"),
            start,
            known,
        )
    )
    for name in ("ticket", "complaint"):
        if name in known and (name == "ticket" or any(s.object == name for s in statuses)):
            out.append(_handling(wall, name, [s for s in statuses if s.object == name]))
    out.append(_renewal(wall, known))
    return tuple(p for p in out if p is not None)


def _selling(wall: Wall) -> list[Place]:
    found = [p for p in wall.places if p.archetype in _SALES]
    return (
        found
        if any(p.archetype is not Archetype.consideration for p in found)
        else [*found, *(p for p in wall.places if p.archetype is Archetype.discovery)]
    )


def _journey(
    wall: Wall, family: str, target: str, places: list[Place], known: frozenset[str]
) -> Pipeline | None:
    """A pipeline along stages of the journey: touchpoints that tell a milestone, and what the stages' exits say."""
    steps = _gather(wall, family, places)
    if len(steps) < (2 if family != "sales" else 1):
        return None
    ends = {s.outcome for s in steps}
    if family in ("sales", "request") and "won" not in ends:
        _mark_the_end(steps)
    words = table(wall.lang, "pipelines")["words"]
    stages = [_stage(wall, family, step, index, steps) for index, step in enumerate(steps)]
    if family == "onboarding":
        last = stages[-1]
        stages[-1] = _ending(last, "done")
    if family in ("sales", "request"):
        stages.append(_lost(wall, family, words["lost" if family == "sales" else "refused"], places))
    return _pipeline(wall, family, target, places, stages)


def _gather(wall: Wall, family: str, places: list[Place]) -> list[Milestone]:
    found: dict[str, Milestone] = {}
    inside = {p.index for p in places}
    for told in wall.of_kind(Kind.touchpoint):
        if told.place is None or told.place.index not in inside or told.internal:
            continue
        step = told_milestone(told, family)
        if step is None:
            continue
        have = found.setdefault(step.key, step)
        if have is not step:
            have.notes.append(told)
    for place in places:
        for step in exit_milestones(place, wall.lang, family):
            _take_exit(found, step, place)
    return _in_order(_closed(list(found.values()), family))


def _take_exit(found: dict[str, Milestone], step: Milestone, place: Place) -> None:
    """A clause of an exit: the milestone that touchpoints told already, the yes itself, or one more milestone."""
    yes = next((m for m in found.values() if m.outcome == "won"), None)
    same = found.get(step.key) or (yes if step.outcome == "won" else None)
    if same is None:
        found[step.key] = step
        return
    same.criterion = same.criterion or step.criterion
    if step.outcome == "won":
        same.place = place


def _closed(steps: list[Milestone], family: str) -> list[Milestone]:
    """One yes only, the last; what the exits want after it are conditions of the yes, not steps."""
    yes = [m for m in _in_order(steps) if m.outcome == "won"]
    for extra in yes[:-1]:
        extra.outcome = "open"
    if not yes or family not in ("sales", "request"):
        return steps
    last = yes[-1]
    at = last.place.index if last.place else 99
    after = [
        m
        for m in steps
        if m.key.startswith("exit_")
        and m.place
        and (m.place.index > at or (m.place.index == at and last.criterion))
    ]
    after = [m for m in after if m.place and _comes_after(m, last)]
    last.more = [m.criterion for m in _in_order(after)]
    return [m for m in steps if m not in after]


def _comes_after(step: Milestone, yes: Milestone) -> bool:
    """In the words of the exit, or because its stage comes later."""
    if step.place is not yes.place or step.place is None:
        return True
    words = step.place.exit_criteria
    return words.find(step.criterion[:20]) > words.find(yes.criterion[:20])


def _in_order(steps: list[Milestone]) -> list[Milestone]:
    return sorted(
        steps, key=lambda m: (m.outcome in ("won", "lost"), m.place.index if m.place else 99, m.rank)
    )


def _mark_the_end(steps: list[Milestone]) -> None:
    """Nobody named the moment of yes: the last milestone is it, to be confirmed."""
    steps[-1].outcome = "won"


def _stage(wall: Wall, family: str, step: Milestone, index: int, steps: list[Milestone]) -> PipelineStage:
    criterion = step.criterion
    told = list(step.notes)
    milestone = squash(told[0].text) if told else criterion
    place_sources: tuple[Source, ...] = (
        step.place.sources("exit_criteria") if (criterion or step.more) and step.place else ()
    )
    open_steps = [m for m in steps if m.outcome == "open"]
    probability = None
    if family == "sales":
        probability = (
            100 if step.outcome == "won" else round(10 + 80 * index / max(1, len(open_steps)) - 0.001, -1)
        )
    delay, delay_notes = _delay(wall, family, step, steps)
    following = steps[index + 1] if index + 1 < len(steps) else None
    questions = [] if delay or step.outcome != "open" else [ask("max_delay", "stage_delay", label=step.label)]
    entry = Rule(conditions=_criteria(told, criterion) + tuple(Condition(words=w) for w in step.more))
    leave = Rule(conditions=_criteria(following.notes, following.criterion) if following else ())
    return PipelineStage(
        id=ident(
            "pipelines",
            "milestone",
            f"{family} {step.key}" if not step.key.startswith("exit_") else f"{family} {step.label}",
        ),
        label=step.label,
        state="proposed",
        reason=because(
            "milestone_told" if told else "milestone_exit", stage=step.place.label if step.place else ""
        ),
        sources=sources(told, place_sources, delay_notes),
        questions=tuple(questions),
        to_confirm=("probability",) if probability is not None and step.outcome == "open" else (),
        milestone=milestone,
        outcome=step.outcome,  # type: ignore[arg-type]
        probability=int(probability) if probability is not None else None,
        entry=entry,
        exit=leave,
        journey_stage=step.place.label if step.place else "",
        owner_team=step.place.owner_team if step.place else "",
        max_delay=delay,
    )


def _criteria(told: Iterable[Told], criterion: str) -> tuple[Condition, ...]:
    words = [criterion] if criterion else [squash(t.text) for t in list(told)[:1]]
    return tuple(Condition(words=w, kind="event") for w in words if w)


def _delay(
    wall: Wall, family: str, step: Milestone, steps: list[Milestone]
) -> tuple[Measure | None, list[Told]]:
    """A delay promised for this milestone by an action; else, for the last of a journey stage, the delay of that stage."""
    for told in wall.of_kind(Kind.action):
        given = promise(told)
        if given and step.key.split("_")[0] != "exit":
            said = f"{given.subject} {given.done}"
            if _says(said, step):
                return given.delay, [told]
    if step.place is None or step.outcome in ("won", "lost"):
        return None, []
    last = [m for m in steps if m.place is step.place][-1]
    found = measures(step.place.expected_delay, wall.lang) if last is step else []
    return (found[0].measure, []) if found else (None, [])


def _says(words: str, step: Milestone) -> bool:
    nouns = {
        "proposal": r"\b(?:devis|proposition|offre|quote|proposal|offer)\b.*(?:envoy|remis|transmis|sent|issued)",
        "acknowledged": r"accuse|acknowledg",
        "decided": r"decision|reponse|decided|answer",
        "demo": r"\bdemo\b.*(?:faite|realis|done)",
    }
    cue = nouns.get(step.key)
    return bool(cue and re.search(cue, fold(words))) and "reparation" not in fold(words)


def _ending(stage: PipelineStage, outcome: Outcome) -> PipelineStage:
    return replace(stage, outcome=outcome)


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


def _handling(wall: Wall, target: str, values: list[Status]) -> Pipeline | None:
    """A pipeline whose stages are the statuses of a request."""
    if not values:
        return None
    places = [p for p in wall.places if p.archetype is Archetype.support] or [
        p for p in wall.places if p.archetype in _START
    ][-1:]
    place = places[0] if places else None
    exits = (
        exit_milestones(place, wall.lang, "request") if place and place.archetype is Archetype.support else []
    )
    stages = []
    for index, status in enumerate(values):
        last = status.category == "done" and index == max(
            i for i, s in enumerate(values) if s.category == "done"
        )
        stages.append(
            PipelineStage(
                id=ident("pipelines", "status_stage", f"{target} {status.label}"),
                label=status.label,
                state=status.state,
                reason=because("stage_from_status", label=status.label),
                sources=(
                    *status.sources,
                    *(place.sources("exit_criteria") if last and exits and place else ()),
                ),
                questions=() if last else (ask("exit", "stage_exit", label=status.label),),
                to_confirm=status.to_confirm,
                milestone=exits[0].criterion if last and exits else "",
                outcome="done" if status.category == "done" else "open",
                entry=Rule(conditions=tuple(Condition(words=e.criterion) for e in exits) if last else ()),
                journey_stage=place.label if place else "",
                owner_team=place.owner_team if place else "",
            )
        )
    family = "support" if target == "ticket" else "complaint"
    return _pipeline(wall, family, target, places, stages)


def _renewal(wall: Wall, known: frozenset[str]) -> Pipeline | None:
    """Only where something lasts and may not be renewed."""
    places = [p for p in wall.places if p.archetype is Archetype.loyalty]
    target = next((o for o in ("contract", "subscription") if o in known), "")
    speaks = [t for t in wall.notes if re.search(table(wall.lang, "pipelines")["words"]["renews"], t.folded)]
    if not target or not places or not speaks:
        return None
    steps = [s for s in _gather(wall, "renewal", places) if s.outcome != "lost"]
    words = table(wall.lang, "pipelines")["words"]
    alerts = [
        t
        for t in speaks
        if t.kind is Kind.action and any(f.measure.direction == "before" for f in t.measures)
    ]
    ahead = next((f.measure for t in alerts for f in t.measures if f.measure.direction == "before"), None)
    stages = [
        PipelineStage(
            id=ident("pipelines", "renewal", "prepare"),
            label=words["prepare"],
            state="proposed" if ahead else "to_complete",
            reason=because("renewal_prepare"),
            sources=sources(alerts or speaks[:2]),
            questions=() if ahead else (ask("max_delay", "renewal_ahead"),),
            journey_stage=places[0].label,
            owner_team=places[0].owner_team,
            max_delay=ahead,
        )
    ]
    stages += [_stage(wall, "renewal", step, index, steps) for index, step in enumerate(steps)]
    if not any(s.outcome == "won" for s in stages):
        exits = [p for p in places if p.exit_criteria]
        stages.append(
            PipelineStage(
                id=ident("pipelines", "renewal", "renewed"),
                label=words["renewed"],
                outcome="won",
                state="proposed" if exits else "to_complete",
                reason=because("renewal_end"),
                sources=sources(speaks[:1], *(p.sources() for p in places)),
                milestone=exits[0].exit_criteria if exits else "",
                journey_stage=places[-1].label,
                owner_team=places[-1].owner_team,
                questions=() if exits else (ask("entry", "stage_exit", label=words["renewed"]),),
            )
        )
    leaving = [t for t in speaks if re.search(table(wall.lang, "pipelines")["words"]["leaves"], t.folded)]
    stages.append(
        PipelineStage(
            id=ident("pipelines", "renewal", "left"),
            label=words["left"],
            outcome="lost",
            state="proposed" if leaving else "to_confirm",
            reason=because("renewal_left"),
            sources=sources(leaving) or sources(*(p.sources() for p in places)),
            milestone=squash(leaving[0].text) if leaving else "",
            journey_stage=places[-1].label,
            owner_team=places[-1].owner_team,
        )
    )
    return _pipeline(wall, "renewal", target, places, stages)


def _pipeline(
    wall: Wall, family: str, target: str, places: list[Place], stages: list[PipelineStage]
) -> Pipeline:
    values = table(wall.lang, "pipelines")[family]
    names = fold(" ".join(p.label for p in places))
    name = next(
        (n for cue, n in values.get("names", {}).items() if re.search(rf"\b(?:{cue})", names)),
        values["label"],
    )
    teams = [p.owner_team for p in places if p.owner_team]
    return Pipeline(
        id=ident("pipelines", family, family),
        label=name,
        state="to_complete" if any(s.state == "to_complete" for s in stages) else "proposed",
        reason=because(f"pipeline_{family}", stages=", ".join(p.label for p in places)),
        sources=sources(*(s.sources for s in stages)),
        key=family,
        object=target,
        purpose=values["purpose"],
        owner_team=max(teams, key=teams.count) if teams else "",
        questions=() if teams else (ask("owner_team"),),
        stages=tuple(stages),
    )
