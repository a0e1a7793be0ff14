"""Promises of delay: those of the stage sheets, and those that actions make. Never a figure that a pain complains of."""

from __future__ import annotations

import re

from charniere.domain.board import Archetype, Kind
from charniere.spec.items import ask, because, ident, sources
from charniere.spec.lexicon import phrase
from charniere.spec.lines import Sla
from charniere.spec.measures import measures
from charniere.spec.objects import subject_of, usual_object
from charniere.spec.parts import Measure, Question
from charniere.spec.reading import Promise, effects, promises, trigger
from charniere.spec.wall import Place, Told, Wall
from charniere.spec.words import capital, fold, label, trim


def slas(wall: Wall, known: frozenset[str]) -> tuple[Sla, ...]:
    """Promises of actions first, then the expected delay of each stage; a stage of service without one is asked for."""
    out: list[Sla] = []
    for told in wall.of_kind(Kind.action, Kind.opportunity):
        out += _promised(wall, known, told)
    out += [one for place in wall.places for one in _expected(wall, known, place)]
    return tuple(out)


def _is_service(told: Told, given: Promise) -> bool:
    """« 2 mois offerts », « protégé 90 jours », « une option de 10 jours » are spans, not promises to be quick."""
    words = given.delay.words
    if given.delay.amount is None:
        return False
    around = told.folded[max(0, told.folded.find(fold(words)) - 14) :][: len(words) + 30]
    if any(w in around for w in _SPANS):
        return False
    if not fold(words).strip()[:1].isdigit():
        return True
    return bool(re.search(r"\bdelai|\bsla\b|\bdelay|=", around))


_SPANS = (
    "offert",
    "protege",
    "engagement",
    "gratuit",
    "free",
    "essai de",
    "projet <",
    "project <",
    "option de",
    "periode de",
)


def _promised(wall: Wall, known: frozenset[str], told: Told) -> list[Sla]:
    start = trigger(told)
    missed = next((e.words for e in effects(told) if e.kind in ("alert", "escalate")), "")
    pains = wall.resolves.get(told.at, ())
    made = _levels(told) or [(_clause(told, p), p.delay, "") for p in promises(told) if _is_service(told, p)]
    out = []
    for index, (words, delay, level) in enumerate(made):
        starts = level or delay.anchor or (start.words if start else "")
        questions: list[Question] = []
        if not told.note.owner:
            questions.append(ask("owner", "sla_owner"))
        if not starts:
            questions.append(ask("starts", "sla_starts"))
        if not missed:
            questions.append(ask("if_missed", "sla_missed"))
        out.append(
            Sla(
                id=ident("sla", "sla_promise", told, index if index else ""),
                label=_bare(told.text) if len(made) == 1 else words,
                reason=because("sla_promise", delay=delay.words),
                sources=sources(told, pains),
                questions=tuple(questions),
                object=subject_of(told, pains, known),
                journey_stage=told.stage_label,
                delay=delay,
                starts=starts,
                owner=told.note.owner,
                team=told.note.team or (told.place.owner_team if told.place else ""),
                if_missed=missed,
            )
        )
    return out


def _bare(text: str) -> str:
    """Without the word that says what it is: « SLA : toute demande … »."""
    return label(re.sub(r"^\s*(?:sla|delais?|engagement)\s*:\s*", "", text, flags=re.I))


def _clause(told: Told, given: Promise) -> str:
    return label(" ".join(filter(None, (given.subject, given.done, given.delay.words))))


def _levels(told: Told) -> list[tuple[str, Measure, str]]:
    """« vitre cassée = 24 h, infiltration = 48 h »: one promise a level, its level first."""
    found: list[tuple[str, Measure, str]] = []
    for match in re.finditer(
        r"(?:^|[,;:(/])\s*(?P<level>[^,;:()=]{3,40}?)\s*=\s*(?P<what>[^,;=]{1,60})", told.text
    ):
        delay = next(
            (f.measure for f in told.measures if match.start("what") <= f.start < match.end("what")), None
        )
        if delay and delay.amount is not None:
            level = capital(trim(match["level"]))
            found.append(
                (
                    f"{level} : {trim(match['what'])}"
                    if told.lang == "fr"
                    else f"{level}: {trim(match['what'])}",
                    delay,
                    level,
                )
            )
    return found if len(found) >= 2 else []


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
