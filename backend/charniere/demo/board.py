"""The demonstration's board: an invented renovation company, read from the two files that anybody could import.

What the import layout cannot say (who wrote a note, when, what is in the bin) is put back here.
"""

import datetime
from importlib.resources import files
from typing import Final, NamedTuple

from msgspec.structs import replace

from charniere.domain.board import BoardRecord, Note
from charniere.domain.boardfile import BoardFile
from charniere.imports import workshop
from charniere.imports.grid import made_id

ID: Final = "demonstration"  # of the board document
_DAY: Final = datetime.datetime(2026, 11, 12, 9, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))
_EVERY: Final = 95  # seconds between two notes: a morning and an afternoon of writing
_TEAMS: Final = {
    "Étienne": "Direction",
    "Hugo": "Marketing",
    "Lucas": "Informatique",
    "Mathilde": "Relation client",
    "Nadège": "Conseil habitat",
    "Samira": "Dossiers & aides",
    "Yvan": "Travaux",
}


class Participant(NamedTuple):
    """Somebody who wrote on the demonstration's board; `id` is what the notes hold."""

    id: str
    name: str
    team: str


def participants() -> tuple[Participant, ...]:
    return tuple(Participant(made_id("person", name), name, team) for name, team in _TEAMS.items())


def load() -> BoardFile:
    """The demonstration's board; the same at every call. Notes are numbered and timed in the order of the file."""
    folder = files("charniere.demo")
    imported = workshop.read(
        (folder / "notes.csv").read_bytes(), (folder / "workshop.yaml").read_bytes(), lang="fr"
    )
    ids = {person.name: person.id for person in participants()}
    return replace(
        imported.file,
        id=ID,
        people={person.id: person.name for person in participants()},
        records=tuple(_as_written(record, ids) for record in imported.file.records),
    )


def _as_written(record: BoardRecord, ids: dict[str, str]) -> BoardRecord:
    """The note as its author wrote it on the wall: with its hour, without the name of its row."""
    if not isinstance(record, Note):
        return record
    at = int((_DAY.timestamp() + _EVERY * record.number) * 1000)
    beside = dict(record.imported)
    return replace(
        record,
        author=ids[beside.pop("auteur")],
        created_at=at,
        removed_at=at + 3_600_000 if beside.pop("corbeille", "") else None,
        ref="",
        imported=beside,
    )
