"""Steps of a pipeline: gathered from touchpoints and exits, put in order, made into stages. Shared by all pipelines."""

from __future__ import annotations

import re
from collections.abc import Iterable

from charniere.domain.board import Archetype, Kind
from charniere.spec.items import ask, because, ident, sources
from charniere.spec.lexicon import table
from charniere.spec.lines import Pipeline, PipelineStage
from charniere.spec.measures import measures
from charniere.spec.milestones import Milestone, exit_milestones, told_milestone
from charniere.spec.parts import Condition, Measure, Rule, Source
from charniere.spec.reading import promise
from charniere.spec.wall import Place, Told, Wall
from charniere.spec.words import fold, key, squash


def gather(wall: Wall, family: str, places: list[Place]) -> list[Milestone]:
    """The milestones of some stages of the journey, in order, the end last."""
    found: dict[str, Milestone] = {}
    inside = {p.index for p in places}
    for told in wall.of_kind(Kind.touchpoint):
        if told.place is None or told.internal:
            continue
        # a welcome or a first access often comes right after the signature
        early = family == "onboarding" and told.place.archetype is Archetype.decision
        if told.place.index not in inside and not early:
            continue
        step = told_milestone(told, family)
        if step is not None:
            have = found.setdefault(step.key, step)
            if have is not step:
                have.notes.append(told)
    for place in places:
        if family == "onboarding" and not _starts_something(place, places, found):
            continue
        for step in exit_milestones(place, wall.lang, family):
            _take_exit(found, step, place)
    return _in_order(_closed(_named_once(list(found.values())), family))


def _named_once(steps: list[Milestone]) -> list[Milestone]:
    """Two milestones of one name are one: the words of the second go to the first."""
    by_name: dict[str, Milestone] = {}
    for step in _in_order(steps):
        first = by_name.setdefault(key(step.label), step)
        if first is not step:
            first.notes += step.notes
            first.criterion = first.criterion or step.criterion
            first.outcome = step.outcome if step.outcome == "won" else first.outcome
    return list(by_name.values())


def _starts_something(place: Place, places: list[Place], found: dict[str, Milestone]) -> bool:
    """The exit of a stage of use is about starting where touchpoints tell a start there, or where a start is still to come."""
    if any(p.archetype is Archetype.onboarding and p.index > place.index for p in places):
        return True
    return place.archetype is Archetype.onboarding or any(
        t.place is place for m in found.values() for t in m.notes
    )


def _take_exit(found: dict[str, Milestone], step: Milestone, place: Place) -> None:
    """A clause of an exit: the milestone that touchpoints told already, the yes itself, or one more milestone."""
    yes = next((m for m in found.values() if m.outcome == "won"), None)
    same = found.get(step.key) or (yes if step.outcome == "won" else None)
    if same is None:
        found[step.key] = step
        return
    same.criterion = same.criterion or step.criterion
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
        and _comes_after(m, last)
    ]
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


def stage(wall: Wall, family: str, step: Milestone, index: int, steps: list[Milestone]) -> PipelineStage:
    """One milestone as a stage: what brings the customer in, what takes them on, how long, how likely."""
    told = sorted(step.notes, key=weight)
    following = steps[index + 1] if index + 1 < len(steps) else None
    delay, delay_notes = _delay(wall, family, step, steps)
    asks = not delay and step.outcome == "open"
    likely = _probability(family, step, index, steps)
    said = (step.criterion or step.more) and step.place
    name = step.label if step.key.startswith("exit_") else step.key
    return PipelineStage(
        id=ident("pipelines", "milestone", f"{family} {name}"),
        label=step.label,
        reason=because(
            "milestone_told" if told else "milestone_exit", stage=step.place.label if step.place else ""
        ),
        sources=sources(
            told, step.place.sources("exit_criteria") if said and step.place else (), delay_notes
        ),
        questions=(ask("max_delay", "stage_delay", label=step.label),) if asks else (),
        to_confirm=("probability",) if likely is not None and step.outcome == "open" else (),
        milestone=squash(told[0].text) if told else step.criterion,
        outcome=step.outcome,
        probability=likely,
        entry=Rule(conditions=(*_criteria(told, step.criterion), *(Condition(words=w) for w in step.more))),
        exit=Rule(conditions=_criteria(following.notes, following.criterion) if following else ()),
        journey_stage=step.place.label if step.place else "",
        owner_team=step.place.owner_team if step.place else "",
        max_delay=delay,
    )


def _probability(family: str, step: Milestone, index: int, steps: list[Milestone]) -> int | None:
    """The method's ladder, from 10 % up by tens, to be confirmed; a yes is 100 %."""
    if family != "sales":
        return None
    if step.outcome == "won":
        return 100
    rungs = sum(1 for m in steps if m.outcome == "open")
    return int(round(10 + 80 * index / max(1, rungs) - 0.001, -1))


def weight(told: Told) -> tuple[bool, bool, int]:
    """The moment of truth tells a milestone best; then a note that names its object; then the most voted."""
    return (not told.note.moment_of_truth, not told.note.crm_object, -(told.note.votes or 0))


def _criteria(told: Iterable[Told], criterion: str) -> tuple[Condition, ...]:
    words = [criterion] if criterion else [squash(t.text) for t in list(told)[:1]]
    return tuple(Condition(words=w, kind="event") for w in words if w)


def _delay(
    wall: Wall, family: str, step: Milestone, steps: list[Milestone]
) -> tuple[Measure | None, list[Told]]:
    """A delay promised for this milestone by an action; else, for the last of a journey stage, the delay of that stage."""
    told_before = next(
        (f.measure for t in step.notes for f in t.measures if f.measure.direction == "before"), None
    )
    if told_before:
        return told_before, []
    for told in wall.of_kind(Kind.action):
        given = promise(told)
        if given and _says(f"{given.subject} {given.done}", step):
            return given.delay, [told]
    if step.place is None or step.outcome in ("won", "lost"):
        return None, []
    last = [m for m in steps if m.place is step.place][-1]
    own = not (family == "onboarding" and step.place.archetype is Archetype.decision)
    found = measures(step.place.expected_delay, wall.lang) if last is step and own else []
    return (found[0].measure, []) if found else (None, [])


_PRODUCED = {
    "proposal": r"\b(?:devis|proposition|offre|quote|proposal|offer)\b(?! de reparation).*(?:envoy|remis|transmis|sent|made)",
    "acknowledged": r"\baccuse|\backnowledg",
    "decided": r"\b(?:decision|reponse|decided|answer)\b",
    "welcome": r"\bbienvenue\b|\bwelcome\b",
    "demo": r"\bdemo\b.*(?:faite|realis|done|given)",
    "visit": r"\b(?:visite?|metrage|tour)\b.*(?:faite?|realis|propos|fix|sous|booked|offered)",
}


def _says(words: str, step: Milestone) -> bool:
    cue = _PRODUCED.get(step.key)
    return bool(cue and re.search(cue, fold(words)))


def pipeline(
    wall: Wall, family: str, target: str, places: list[Place], stages: list[PipelineStage]
) -> Pipeline:
    """The pipeline around its stages, named by the words of the stages it runs through."""
    values = table(wall.lang, "pipelines")[family]
    names = fold(" ".join(p.label for p in places))
    name = next(
        (n for cue, n in values.get("names", {}).items() if re.search(rf"\b(?:{cue})", names)),
        values["label"],
    )
    teams = [p.owner_team for p in places if p.owner_team]
    told: tuple[Source, ...] = sources(*(s.sources for s in stages))
    return Pipeline(
        id=ident("pipelines", family, family),
        label=name,
        state="to_complete" if any(s.state == "to_complete" for s in stages) else "proposed",
        reason=because(f"pipeline_{family}", stages=", ".join(p.label for p in places)),
        sources=told,
        key=family,
        object=target,
        purpose=values["purpose"],
        owner_team=max(teams, key=teams.count) if teams else "",
        questions=() if teams else (ask("owner_team"),),
        stages=tuple(stages),
    )
