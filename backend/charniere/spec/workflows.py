"""Workflows: what an action (or an opportunity) wants done by itself: when, what, for whom, how fast, against which pain."""

from __future__ import annotations

import re
from typing import cast

from charniere.domain.board import Kind
from charniere.spec import lines
from charniere.spec.items import ask, because, ident, sources
from charniere.spec.lexicon import cues, phrase
from charniere.spec.lines import Trigger, Workflow
from charniere.spec.objects import MEANS, mentions, object_label, subject_of
from charniere.spec.parts import Condition, Measure, Question, Rule
from charniere.spec.reading import Effect, Start, effects, lapses, promise, thresholds, trigger
from charniere.spec.wall import Told, Wall
from charniere.spec.words import fold, label

# Effects that are an automatism by themselves; the others need a trigger or a delay to be one.
_ALONE = frozenset(
    (
        "alert",
        "escalate",
        "approve",
        "assign",
        "deduplicate",
        "sequence",
        "stop",
        "handover",
        "survey",
        "protect",
    )
)
_AT_ARRIVAL = frozenset(
    ("assign", "deduplicate")
)  # without a trigger in words, they happen when the record arrives
_WITH_DELAY = frozenset(("task", "follow_up", "send"))  # a delay alone makes these an automatism
_WITH_CAUSE = frozenset(("task", "follow_up", "send", "create", "update", "schedule", "offer"))


def workflows(wall: Wall, known: frozenset[str]) -> tuple[Workflow, ...]:
    """The workflows that the wall asks for, in journey order."""
    out = []
    for told in wall.of_kind(Kind.action, Kind.opportunity):
        wanted = effects(told)
        start = trigger(told)
        if _is_workflow(told, wanted, start):
            out.append(_workflow(wall, known, told, wanted, start))
    return tuple(_together(out, wall))


def _is_workflow(told: Told, wanted: list[Effect], start: Start | None) -> bool:
    kinds = {e.kind for e in wanted}
    itself = cues(told.lang, "triggers_words")["itself"].search(told.folded) is not None
    cause = start is not None or any(
        m.direction in ("within", "after", "before", "since") for m in lapses(told)
    )
    if told.kind is Kind.opportunity:
        return bool(kinds) and (cause or bool(kinds & {"sequence", "alert"}))
    if kinds & _ALONE:
        return True
    if itself and kinds & _WITH_CAUSE:
        return True
    if cause and any(e.kind == "create" and mentions(fold(e.words), told.lang) - MEANS for e in wanted):
        return True
    if kinds & _WITH_CAUSE and (start is not None or (cause and kinds & _WITH_DELAY)):
        return True
    given = promise(told)
    if (
        start is not None
        and start.kind != "date"
        and told.kind is Kind.action
        and mentions(told.folded, told.lang) - MEANS
    ):
        return not cues(told.lang, "views")["record"].search(told.folded)
    return bool(given and given.done and start)


def _workflow(
    wall: Wall, known: frozenset[str], told: Told, wanted: list[Effect], start: Start | None
) -> Workflow:
    pains = [t for t in wall.resolves.get(told.at, ()) if t.is_pain]
    given = promise(told)
    target = subject_of(told, wall.resolves.get(told.at, ()), known)
    questions: list[Question] = []
    arrives = cues(wall.lang, "notes")["arrival"].search(told.folded)
    assumed = start is None and (bool({e.kind for e in wanted} & _AT_ARRIVAL) or arrives is not None)
    if assumed:
        start = Start("event", phrase(wall.lang, "arrival", object=object_label(wall.lang, target)))
    if start is None:
        questions.append(ask("trigger", "workflow_trigger"))
    elif start.measure is not None and start.measure.direction == "after" and not start.measure.anchor:
        questions.append(ask("trigger", "workflow_anchor"))
    elif start.kind == "date" and start.measure is None:
        questions.append(ask("delay", "workflow_ahead"))
    if not told.note.owner:
        questions.append(ask("owner", "workflow_owner"))
    if any(e.kind in ("alert", "assign", "escalate", "task") and not e.recipient for e in wanted):
        questions.append(ask("actions", "workflow_recipient"))
    found = (
        Trigger()
        if start is None
        else Trigger(kind=start.kind, words=start.words, object=target, measure=start.measure)
    )
    return Workflow(
        id=ident("workflows", "workflow", told),
        label=label(told.text),
        state="to_complete" if start is None else "to_confirm" if assumed else "proposed",
        reason=because(
            "workflow_" + ("opportunity" if told.kind is Kind.opportunity else "action"),
            count=str(len(pains)),
        ),
        sources=sources(told, wall.resolves.get(told.at, ())),
        questions=tuple(questions),
        object=target,
        trigger=found,
        conditions=Rule(conditions=_conditions(told, start)),
        actions=tuple(_effect(e, target) for e in wanted)
        or _from_promise(told, target)
        or _as_said(told, target),
        delay=given.delay if given else _delay(told, wanted),
        owner=told.note.owner,
        team=told.note.team,
        journey_stage=told.stage_label,
        answers=tuple(p.source for p in pains),
        to_confirm=("trigger",) if assumed else (),
    )


def _conditions(told: Told, start: Start | None) -> tuple[Condition, ...]:
    used = start.measure if start else None
    return tuple(
        Condition(words=_words(m), kind="threshold", measure=m)
        for m in thresholds(told)
        if m is not used and not re.search(r"champs|statuts|motifs|choix|fields|reasons", told.folded)
    )


def _words(measure: Measure) -> str:
    return f"{measure.subject} {measure.words}".strip()


def _effect(effect: Effect, target: str) -> lines.Effect:
    return lines.Effect(
        kind=cast(lines.EffectKind, effect.kind),
        words=effect.words,
        recipient=effect.recipient,
        object=target,
        delay=effect.delay,
    )


def _from_promise(told: Told, target: str) -> tuple[lines.Effect, ...]:
    given = promise(told)
    if given is None or not given.done:
        return ()
    return (
        lines.Effect(
            kind="other", words=f"{given.subject} {given.done}".strip(), object=target, delay=given.delay
        ),
    )


def _as_said(told: Told, target: str) -> tuple[lines.Effect, ...]:
    """An effect that no verb of the lexicon names keeps the words of the note."""
    return (lines.Effect(kind="other", words=label(told.text), object=target),)


def _delay(told: Told, wanted: list[Effect]) -> Measure | None:
    return next((e.delay for e in wanted if e.delay), None) or next(
        (m for m in lapses(told) if m.direction in ("after", "before", "since")), None
    )


def _together(found: list[Workflow], wall: Wall) -> list[Workflow]:
    """An opportunity that an action of the room takes up is the action's workflow, not a second one."""
    taken = {(s.board, s.note) for w in found if w.reason.rule == "workflow_action" for s in w.sources}
    return [
        w
        for w in found
        if w.reason.rule == "workflow_action" or (w.sources[0].board, w.sources[0].note) not in taken
    ]
