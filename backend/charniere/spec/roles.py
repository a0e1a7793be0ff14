"""Who does what, when: teams that own stages, people whom workflows alert, owners of actions, what is done by hand today."""

from __future__ import annotations

import re

from charniere.domain.board import Kind
from charniere.spec.items import ask, because, ident, sources
from charniere.spec.lexicon import cues, phrase
from charniere.spec.lines import Duty, Role, Workflow
from charniere.spec.parts import Source
from charniere.spec.wall import Told, Wall
from charniere.spec.words import capital, key, squash, trim


def roles(wall: Wall, workflows: tuple[Workflow, ...]) -> tuple[Role, ...]:
    """Teams in the order of the journey, then the jobs that notes name."""
    duties: dict[str, list[Duty]] = {key(team): [] for team in wall.teams}
    names = {key(team): team for team in wall.teams}
    kinds = dict.fromkeys(duties, "team")
    for place in wall.places:
        if place.owner_team:
            _add(
                duties,
                place.owner_team,
                Duty(
                    words=phrase(wall.lang, "owns", stage=place.label),
                    journey_stage=place.label,
                    kind="owns_stage",
                    sources=place.sources("owner_team"),
                ),
            )
    for told in wall.of_kind(Kind.action):
        for team in wall.teams_in(told.note.team):
            _add(
                duties,
                team,
                Duty(
                    words=squash(told.text),
                    journey_stage=told.stage_label,
                    kind="acts",
                    sources=(told.source,),
                ),
            )
    for workflow in workflows:
        for effect in workflow.actions:
            if effect.recipient and _is_ours(effect.recipient, wall):
                name = capital(effect.recipient)
                names.setdefault(key(name), name)
                kinds.setdefault(key(name), "job")
                duty = Duty(
                    words=workflow.label,
                    journey_stage=workflow.journey_stage,
                    kind="decides" if effect.kind == "approve" else "is_alerted",
                    sources=workflow.sources[:1],
                )
                duties.setdefault(key(name), []).append(duty)
    for told in wall.of_kind(Kind.touchpoint):
        if told.internal:
            _today(wall, told, duties, names, kinds)
    return tuple(_role(names[name], kinds[name], found) for name, found in duties.items())


def _add(duties: dict[str, list[Duty]], team: str, duty: Duty) -> None:
    duties.setdefault(key(team), []).append(duty)


def _is_ours(words: str, wall: Wall) -> bool:
    return bool(cues(wall.lang, "roles")["ours"].search(key(words)))


def _today(
    wall: Wall, told: Told, duties: dict[str, list[Duty]], names: dict[str, str], kinds: dict[str, str]
) -> None:
    """« L'ADV ressaisit la commande »: what is done by hand today, by the one named or by the team of the stage."""
    match = re.match(
        r"\s*(?:l'|le |la |les |un |une |the |a )?(?P<who>[a-z]+(?:[ -](?:commercial|client|des ventes|manager|team|desk))?)\b",
        told.folded,
    )
    who = told.text[match.start("who") : match.end("who")] if match else ""
    team = next((t for t in wall.teams if key(t) == key(who)), "")
    if not team and who and _is_ours(who, wall):
        team = capital(who)
        names.setdefault(key(team), team)
        kinds.setdefault(key(team), "job")
    team = team or (told.place.owner_team if told.place else "")
    if team:
        names.setdefault(key(team), team)
        kinds.setdefault(key(team), "team")
        _add(
            duties,
            team,
            Duty(
                words=trim(told.text),
                journey_stage=told.stage_label,
                kind="does_today",
                sources=(told.source,),
            ),
        )


def _role(name: str, kind: str, duties: list[Duty]) -> Role:
    found: tuple[Source, ...] = sources(*(d.sources for d in duties))
    return Role(
        id=ident("roles", "role", name),
        label=name,
        state="proposed" if duties else "to_complete",
        reason=because("role_team" if kind == "team" else "role_job"),
        sources=found,
        questions=() if duties else (ask("duties", "role_duties"),),
        kind="team" if kind == "team" else "job",
        duties=tuple(duties),
    )
