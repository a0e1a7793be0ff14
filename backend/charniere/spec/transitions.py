"""« Étape de parcours »: when it moves on, by whom, how fast, with which data. Read from the exit criteria of stages."""

from __future__ import annotations

import re

from charniere.domain.board import Kind
from charniere.spec.items import ask, because, ident, sources
from charniere.spec.lexicon import phrase
from charniere.spec.lines import Field, Transition
from charniere.spec.measures import measures
from charniere.spec.milestones import clauses, milestone_label
from charniere.spec.objects import mentions, usual_object
from charniere.spec.parts import Condition, Question, Rule
from charniere.spec.wall import Place, Told, Wall
from charniere.spec.words import api_name, fold, stems


def transitions(wall: Wall, known: frozenset[str], fields: tuple[Field, ...]) -> tuple[Transition, ...]:
    """One a step of the journey, the entry excepted; what was not decided is asked."""
    name = api_name(phrase(wall.lang, "journey_field"))
    carrier = next((f.object for f in fields if f.api_name == name), "contact")
    return tuple(
        _transition(wall, known, fields, carrier, name, before, after)
        for before, after in zip(wall.places, wall.places[1:], strict=False)
    )


def _transition(
    wall: Wall,
    known: frozenset[str],
    fields: tuple[Field, ...],
    carrier: str,
    name: str,
    before: Place,
    after: Place,
) -> Transition:
    said = before.exit_criteria
    proofs = _proofs(wall, before) if said else []
    delay = measures(before.expected_delay, wall.lang)
    needed = tuple(dict.fromkeys(f.label for f in fields if f.required_at == before.label))
    questions: list[Question] = []
    if not said:
        questions.append(ask("criterion", "transition_criterion", stage=before.label))
    if not before.owner_team:
        questions.append(ask("responsible", "transition_responsible", stage=before.label))
    if not delay:
        questions.append(ask("delay", "transition_delay", stage=before.label))
    if not needed:
        questions.append(ask("data_quality", "transition_data", stage=before.label))
    return Transition(
        id=ident("transitions", "exit_criteria", f"{before.label} {after.label}"),
        label=f"{before.label} → {after.label}",
        state="proposed" if said else "to_complete",
        reason=because("transition" if said else "transition_open", stage=before.label),
        sources=sources(
            before.sources("exit_criteria") or before.sources(), before.sources("expected_delay"), proofs
        ),
        questions=tuple(questions),
        object=carrier,
        field=name,
        from_stage=before.label,
        to=after.label,
        rule=Rule(
            conditions=tuple(_condition(clause, wall, known, before) for clause in clauses(said, wall.lang))
        ),
        criterion=said,
        responsible=before.owner_team,
        delay=delay[0].measure if delay else None,
        data_quality=needed,
    )


def _condition(clause: str, wall: Wall, known: frozenset[str], place: Place) -> Condition:
    folded = fold(clause)
    named = [
        o
        for o in ("contract", "opportunity", "ticket", "lead", "activity", "account")
        if o in mentions(folded, wall.lang) & known
    ]
    found = [f.measure for f in measures(clause, wall.lang)]
    limit = next((m for m in found if m.unit in ("percent", "count", "currency")), None)
    kind = (
        "threshold"
        if limit
        else "field"
        if re.search(r"\b(?:connus?|connues?|renseigne\w*|complet\w*|known|filled|complete)\b", folded)
        else "event"
    )
    return Condition(
        words=clause,
        kind=kind,  # type: ignore[arg-type]
        object=named[0] if named else usual_object(place.archetype, known),
        value=milestone_label(clause, wall.lang),
        operator="ge" if limit else "known" if kind == "field" else "",
        measure=limit,
    )


def _proofs(wall: Wall, place: Place) -> list[Told]:
    """Touchpoints of the stage that say the same thing as its exit: what the CRM can observe."""
    wanted = stems(place.exit_criteria)
    told = [
        t
        for t in wall.of_kind(Kind.touchpoint)
        if t.place is place and not t.internal and t.note.moment_of_truth
    ]
    return [t for t in told if len(stems(t.text) & wanted) >= 1][:3]
