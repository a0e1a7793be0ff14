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
from charniere.imports import encoding, grid, header, links, notes, table
from charniere.imports.companion import Companion
from charniere.imports.grid import made_id
from charniere.imports.layout import COLUMNS, Lang
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
    lang = header.lang(told, lang)
    text, encoded, found = encoding.decode(data)
    oddities += found
    sheet, found = table.read(text)
    oddities += found
    project, persona = header.project(told, name), header.persona(told)
    info = header.info(told, project, persona, header.teams(told, sheet.rows), lang, title)
    everything, found = _records(sheet, told, info)
    oddities += found
    file = BoardFile(
        id=_board_id(project, persona, everything),
        project=project,
        personas=(persona,) if persona else (),
        records=everything,
    )
    oddities.sort(key=lambda oddity: oddity.row)
    rows = len(sheet.rows) + sheet.beyond
    refused = rows - sum(isinstance(record, Note) for record in everything)
    return Imported(file, tuple(oddities), rows, refused, encoded, sheet.delimiter)


def _companion(data: bytes | None) -> tuple[Companion | None, list[Oddity]]:
    if data is None:
        return None, []
    told, oddities = companions.read(data)
    if not told.stages:
        oddities.append(odd("companion_no_stages"))
    if not told.channels:
        oddities.append(odd("companion_no_channels"))
    return told, oddities


def _records(
    sheet: table.Table, told: Companion | None, info: BoardInfo
) -> tuple[tuple[BoardRecord, ...], list[Oddity]]:
    """Grid, notes and links, in the stable order of a board file."""
    words = COLUMNS[info.lang]
    oddities = [
        odd("column_missing", column=words[key][0])
        for key in ("ref", "stage", "channel", "kind")
        if key not in sheet.columns
    ]
    stages, channels = grid.stages(told), grid.channels(told)
    gaps, found = grid.gaps(told, stages, channels)
    oddities += found
    drafts, found = notes.drafts(sheet.rows, stages, channels, info.teams, sheet.columns, info.lang)
    oddities += found
    made, nowhere, found = links.links(drafts)
    oddities += found
    oddities += review(drafts, made.values(), info.lang)
    groups: tuple[Iterable[BoardRecord], ...] = (
        (info,),
        stages.records,
        channels.records,
        _placed(drafts, nowhere, words["links"][0]),
        made.values(),
        gaps.values(),
    )
    return tuple(records(load(itertools.chain.from_iterable(groups)))), oddities


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
