"""A workshop as a consultant's spreadsheet holds it -> a board file. The one entry of the package for CSV."""

import hashlib
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from charniere.domain import limits, rank
from charniere.domain.board import BoardInfo, BoardRecord, Journey, Note, load, records
from charniere.domain.boardfile import BoardFile
from charniere.domain.project import Persona, Project
from charniere.errors import Code, Refused
from charniere.imports import companion as companions
from charniere.imports import encoding, grid, links, notes, table
from charniere.imports.companion import Companion
from charniere.imports.grid import made_id
from charniere.imports.layout import COLUMNS, Lang, fold
from charniere.imports.report import Imported, Oddity, odd
from charniere.imports.review import review


def read(
    data: bytes,
    companion: bytes | None = None,
    *,
    lang: Lang = "fr",
    name: str = "",
    title: Callable[[Journey, str], str] = lambda journey, of: of,
) -> Imported:
    """The board that `notes.csv` and its companion describe; the same bytes give the same board.

    `name` stands in for the client when no companion names one; `title` words the board's title from the journey and the
    persona's (or client's) name. Raises Refused(unreadable | too_large) with the catalogue key's end under `reason`.
    """
    if len(data) > limits.UPLOAD_BYTES:
        raise Refused(Code.too_large, limit=limits.UPLOAD_BYTES)
    told, oddities = _companion(companion)
    board_lang: Lang = {"fr": "fr", "en": "en"}.get(told.lang if told else "", lang)  # type: ignore[assignment]
    text, encoded, found = encoding.decode(data)
    oddities += found
    sheet, found = table.read(text)
    oddities += found
    oddities += [
        odd("column_missing", column=COLUMNS[board_lang][key][0])
        for key in ("ref", "stage", "channel", "kind")
        if key not in sheet.columns
    ]
    stages, channels = grid.stages(told), grid.channels(told)
    gaps, found = grid.gaps(told, stages, channels)
    oddities += found
    teams = _teams(told, sheet.rows)
    drafts, found = notes.drafts(sheet.rows, stages, channels, teams, "ref" in sheet.columns, board_lang)
    oddities += found
    made, nowhere, found = links.links(drafts)
    oddities += found
    oddities += review(drafts, made.values(), board_lang)
    project, persona = _project(told, name), _persona(told)
    journey: Journey = msgspec.convert(told.journey or "as_is", Journey) if told else "as_is"
    info = BoardInfo(
        title=((told.title if told else "") or title(journey, persona.name if persona else project.client))[
            : limits.NAME
        ],
        lang=board_lang,
        journey=journey,
        persona=persona.id if persona else "",
        teams=teams,
        locked=told.locked if told else False,
    )
    on_board = _placed(drafts, nowhere, COLUMNS[board_lang]["links"][0])
    parts: tuple[Iterable[BoardRecord], ...] = (
        [info],
        stages.records,
        channels.records,
        on_board,
        made.values(),
        gaps.values(),
    )
    everything = tuple(records(load(itertools.chain.from_iterable(parts))))
    file = BoardFile(
        id=_board_id(project, persona, everything),
        project=project,
        personas=(persona,) if persona else (),
        records=everything,
    )
    oddities.sort(key=lambda oddity: oddity.row)
    read_rows = len(sheet.rows) + sheet.beyond
    return Imported(file, tuple(oddities), read_rows, read_rows - len(drafts), encoded, sheet.delimiter)


def _companion(data: bytes | None) -> tuple[Companion | None, list[Oddity]]:
    if data is None:
        return None, []
    told, oddities = companions.read(data)
    if not told.stages:
        oddities.append(odd("companion_no_stages"))
    if not told.channels:
        oddities.append(odd("companion_no_channels"))
    return told, oddities


def _teams(told: Companion | None, rows: Sequence[table.Row]) -> tuple[str, ...]:
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


def _project(told: Companion | None, name: str) -> Project:
    values: Mapping[str, object] = told.project if told else {}
    client = str(values.get("client", "")) or name
    workshop = told.workshop if told else {}
    return msgspec.convert(
        {**values, "client": client, "workshop": workshop, "id": made_id("project", client)}, Project
    )


def _persona(told: Companion | None) -> Persona | None:
    if told is None or not told.persona:
        return None
    name = str(told.persona.get("name", ""))
    return msgspec.convert({**told.persona, "name": name, "id": made_id("persona", name)}, Persona)


def _placed(drafts: Sequence[notes.Draft], nowhere: Mapping[str, str], column: str) -> list[Note]:
    """The notes with their ranks: in each cell, the order of the rows."""
    last: dict[tuple[str | None, str | None], str] = {}
    placed = []
    for draft in drafts:
        note = draft.note
        place = (note.stage, note.channel)
        last[place] = rank.between(last.get(place), None)
        imported = note.imported
        if note.id in nowhere:
            words = ", ".join(filter(None, (imported.get(column), nowhere[note.id])))
            imported = {**imported, column: words}
        placed.append(msgspec.structs.replace(note, rank=last[place], imported=imported))
    return placed


def _board_id(project: Project, persona: Persona | None, everything: tuple[BoardRecord, ...]) -> str:
    digest = hashlib.sha256(msgspec.json.encode((project, persona, everything))).hexdigest()
    return made_id("board", digest)
