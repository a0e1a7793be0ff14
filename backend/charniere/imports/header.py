"""What a board is besides its notes: project, persona, title, teams; from the companion, else from the notes."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from charniere.domain import limits
from charniere.domain.board import BoardInfo, Journey
from charniere.domain.project import Persona, Project
from charniere.imports import notes, table
from charniere.imports.companion import Companion
from charniere.imports.grid import made_id
from charniere.imports.layout import Lang, fold


def lang(told: Companion | None, asked: Lang) -> Lang:
    if told and told.lang == "fr":
        return "fr"
    return "en" if told and told.lang == "en" else asked


def info(
    told: Companion | None,
    project: Project,
    persona: Persona | None,
    teams: tuple[str, ...],
    lang: Lang,
    title: Callable[[Journey, str], str],
) -> BoardInfo:
    journey: Journey = msgspec.convert(told.journey or "as_is", Journey) if told else "as_is"
    given = told.title if told else ""
    return BoardInfo(
        title=(given or title(journey, persona.name if persona else project.client))[: limits.NAME],
        lang=lang,
        journey=journey,
        persona=persona.id if persona else "",
        teams=teams,
        locked=told.locked if told else False,
    )


def teams(told: Companion | None, rows: Sequence[table.Row]) -> tuple[str, ...]:
    """The teams of the workshop: as listed by the companion, else those that it or the notes name."""
    if told and told.teams is not None:
        return told.teams
    found: dict[str, str] = {}
    if told:
        listed = next((v for k, v in told.workshop.items() if fold(k) in ("equipes", "teams")), "")
        named = [*listed.split(","), *(str(stage.get("owner_team", "")) for stage in told.stages)]
        for team in (" ".join(words.split()) for words in named):
            if team and len(team) <= limits.NAME:
                found.setdefault(fold(team), team)
    for key, team in notes.teams_of(rows).items():
        found.setdefault(key, team)
    return tuple(found.values())[: limits.TEAMS]


def project(told: Companion | None, name: str) -> Project:
    values: Mapping[str, object] = told.project if told else {}
    client = str(values.get("client", "")) or name
    workshop = told.workshop if told else {}
    return msgspec.convert(
        {**values, "client": client, "workshop": workshop, "id": made_id("project", client)}, Project
    )


def persona(told: Companion | None) -> Persona | None:
    if told is None or not told.persona:
        return None
    name = str(told.persona.get("name", ""))
    return msgspec.convert({**told.persona, "name": name, "id": made_id("persona", name)}, Persona)
