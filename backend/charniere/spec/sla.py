"""Promises of delay: those of the stage sheets, and those that actions make. Never a figure that a pain complains of."""

from __future__ import annotations

from charniere.domain.board import Archetype, Kind
from charniere.spec.items import ask, because, ident, sources
from charniere.spec.lexicon import phrase
from charniere.spec.lines import Sla
from charniere.spec.measures import measures
from charniere.spec.objects import mentions, object_of, usual_object
from charniere.spec.parts import Question
from charniere.spec.reading import effects, lapses, promise, trigger
from charniere.spec.wall import Place, Told, Wall
from charniere.spec.words import fold, label


def slas(wall: Wall, known: frozenset[str]) -> tuple[Sla, ...]:
    """Promises of actions first, then the expected delay of each stage; a stage of service without one is asked for."""
    out: list[Sla] = []
    for told in wall.of_kind(Kind.action, Kind.opportunity):
        given = promise(told)
        if given and (given.delay.amount is not None) and _is_service(told):
            out += _promised(wall, known, told)
    out += [one for place in wall.places for one in _expected(wall, known, place)]
    return tuple(out)


def _is_service(told: Told) -> bool:
    """« 1 mois offert », « protégé 90 jours », « sur 5 ans » are spans, not promises to be quick."""
    given = promise(told)
    if given is None:
        return False
    words = given.delay.words
    around = told.folded[max(0, told.folded.find(fold(words)) - 12) :][: len(words) + 30]
    lead = fold(words).strip()[:1].isdigit()
    if any(
        w in around
        for w in (
            "offert",
            "protege",
            "sur 5",
            "sur 1",
            "engagement",
            "gratuit",
            "free",
            "essai de",
            "projet <",
            "project <",
        )
    ):
        return False
    return not lead or any(w in told.folded for w in ("sous", "delai", "=", "within", "sla"))


def _promised(wall: Wall, known: frozenset[str], told: Told) -> list[Sla]:
    found = [m for m in lapses(told) if m.direction == "within"]
    start = trigger(told)
    missed = next((e.words for e in effects(told) if e.kind in ("alert", "escalate")), "")
    pains = wall.resolves.get(told.at, ())
    about = told if mentions(told.folded, told.lang) & known or not pains else pains[0]
    out = []
    for index, delay in enumerate(found):
        questions: list[Question] = []
        if not told.note.owner:
            questions.append(ask("owner", "sla_owner"))
        if not start and not delay.anchor:
            questions.append(ask("starts", "sla_starts"))
        if not missed:
            questions.append(ask("if_missed", "sla_missed"))
        out.append(
            Sla(
                id=ident("sla", "sla_promise", told, index if index else ""),
                label=label(told.text) if len(found) == 1 else f"{label(told.text)} ({delay.words})",
                reason=because("sla_promise", delay=delay.words),
                sources=sources(told, pains),
                questions=tuple(questions),
                object=object_of(about, known),
                journey_stage=told.stage_label,
                delay=delay,
                starts=delay.anchor or (start.words if start else ""),
                owner=told.note.owner,
                team=told.note.team or (told.place.owner_team if told.place else ""),
                if_missed=missed,
            )
        )
    return out


def _expected(wall: Wall, known: frozenset[str], place: Place) -> list[Sla]:
    found = measures(place.expected_delay, wall.lang)
    if not found:
        if place.expected_delay or place.archetype not in (
            Archetype.support,
            Archetype.consideration,
            Archetype.evaluation,
        ):
            return []
        return [
            Sla(
                id=ident("sla", "sla_stage", place.label),
                label=place.label,
                state="to_complete",
                reason=because("sla_stage_open", stage=place.label),
                sources=sources(place.sources()),
                questions=(ask("delay", "sla_delay", stage=place.label),),
                object=usual_object(place.archetype, known),
                journey_stage=place.label,
                team=place.owner_team,
            )
        ]
    return [
        Sla(
            id=ident("sla", "sla_stage", place.label, index if index else ""),
            label=phrase(
                wall.lang,
                "sla_stage",
                stage=place.label,
                delay=place.expected_delay if len(found) == 1 else one.measure.words,
            ),
            reason=because("sla_stage", stage=place.label),
            sources=sources(place.sources("expected_delay")),
            questions=() if place.owner_team else (ask("owner", "sla_owner"),),
            object=usual_object(place.archetype, known),
            journey_stage=place.label,
            delay=one.measure,
            starts=one.measure.anchor,
            stops=place.exit_criteria,
            team=place.owner_team,
        )
        for index, one in enumerate(found)
    ]
