"""From rows to notes. What a field cannot hold stays beside the note by the name of its column, and is reported."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from charniere.domain import limits
from charniere.domain.board import CRM_OBJECTS, Channel, Note, Stage
from charniere.imports import values
from charniere.imports.grid import Axis, made_id
from charniere.imports.layout import COLUMNS, fold
from charniere.imports.report import Level, Oddity, odd
from charniere.imports.table import Row, free_name

_STICKY: Final = 300  # characters: what a sticky note holds
_VOTES_MOST: Final = 1_000_000
_NUMBER_MOST: Final = 1_000_000_000


class Draft(NamedTuple):
    """A note without its rank and links: they depend on the other rows."""

    row: Row
    note: Note
    unread: dict[str, str]  # cells that no field could hold, by key or by header


class _Reading:
    """One row being read: fields found, cells left over, what there is to say."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.ref = " ".join(row.cells.get("ref", "").split())
        self.fields: dict[str, Any] = {}
        self.unread: dict[str, str] = dict(row.others)
        self.oddities: list[Oddity] = []

    def cell(self, key: str) -> str:
        return self.row.cells.get(key, "").strip()

    def say(self, code: str, level: Level = "read", **params: str | int) -> None:
        self.oddities.append(odd(code, self.row.line, self.ref[:40], level, **params))

    def keep(self, code: str, key: str, **params: str | int) -> None:
        """The words of the cell stay beside the note."""
        self.unread[key] = self.row.cells[key]
        self.say(code, "kept", words=self.row.cells[key], **params)


def drafts(
    rows: Sequence[Row],
    stages: Axis[Stage],
    channels: Axis[Channel],
    teams: Sequence[str],
    columns: Collection[str],
    lang: str,
) -> tuple[list[Draft], list[Oddity]]:
    """Notes in the order of the rows, numbered. Rows over a limit are refused and said. A column that is not among `columns`
    was said to be missing once; it is not said again on every row."""
    known_teams = {fold(team) for team in teams}
    found: list[Draft] = []
    oddities: list[Oddity] = []
    seen: dict[str, int] = {}
    for row in rows:
        reading = _Reading(row)
        if _refused(reading):
            oddities += reading.oddities
            continue
        _read_ref(reading, seen, "ref" in columns)
        _read_place(reading, stages, channels)
        _read_words(reading, "kind" in columns)
        _read_scales(reading)
        _read_owner(reading, known_teams)
        _read_due(reading)
        oddities += reading.oddities
        found.append(_draft(reading, lang))
    return _numbered(found, oddities), oddities


def _refused(reading: _Reading) -> bool:
    row = reading.row
    for key, cell in (*row.cells.items(), *row.others.items()):
        if len(cell) > limits.TEXT_STORED:
            params: dict[str, str | int] = {"limit": limits.TEXT_STORED, "length": len(cell), "words": cell}
            reading.say("text_too_long", "refused", column=key, **params)
            return True
    return False


def _read_ref(reading: _Reading, seen: dict[str, int], has_refs: bool) -> None:
    ref = reading.ref
    if len(ref) > limits.FIELD:
        reading.keep("ref_too_long", "ref", limit=limits.FIELD)
        ref = ""
    elif not ref and has_refs:
        reading.say("ref_missing")
    seen[ref] = seen.get(ref, 0) + 1
    if ref and seen[ref] > 1:
        reading.say("ref_twice", words=ref)
    reading.fields["ref"] = ref
    reading.fields["id"] = made_id("note", ref, str(seen[ref])) if ref else made_id("row", str(seen[ref]))


def _read_place(reading: _Reading, stages: Axis[Stage], channels: Axis[Channel]) -> None:
    for key, axis in (("stage", stages), ("channel", channels)):
        words = reading.cell(key)
        if not words:
            continue
        place, how = axis.place(words)
        if place is None:
            reading.keep(f"{key}_unknown", key)
        else:
            reading.fields[key] = place
        if how == "near":
            reading.say(f"{key}_near", words=words, name=axis.name(place))
    empty = [key for key in ("stage", "channel") if not reading.cell(key)]
    if empty:
        reading.say("no_place" if len(empty) == 2 else f"no_{empty[0]}")


def _read_words(reading: _Reading, has_kinds: bool) -> None:
    cells = reading.row.cells
    reading.fields["text"] = cells.get("text", "")
    if not reading.cell("text"):
        reading.say("text_empty")
    elif len(cells["text"]) > _STICKY:
        reading.say("text_long", length=len(cells["text"]))
    if words := reading.cell("kind"):
        found = values.kind(words)
        if found is None:
            reading.keep("kind_unknown", "kind")
        else:
            reading.fields["kind"] = found[0].value
            if found[1]:
                reading.fields["need_kind"] = found[1]
    elif has_kinds:
        reading.say("kind_missing")
    for key in ("source", "evidence"):
        _read_field(reading, key)
    if words := reading.cell("crm_object"):
        if len(words) > limits.FIELD:
            reading.keep("field_too_long", "crm_object", column="crm_object", limit=limits.FIELD)
        else:
            reading.fields["crm_object"] = code = values.crm_object(words)
            if code == words and code not in CRM_OBJECTS:
                reading.say("crm_words", words=words)
    if words := reading.cell("status"):
        status = values.status(words)
        if status is None:
            reading.keep("cell_unread", "status", column="status")
        else:
            reading.fields["status"] = status


def _read_scales(reading: _Reading) -> None:
    if words := reading.cell("emotion"):
        emotion = values.emotion(words)
        if emotion is None:
            reading.keep("cell_unread", "emotion", column="emotion")
        else:
            reading.fields["emotion"] = emotion[0]
            if emotion[1]:
                reading.say("emotion_read", words=words, value=f"{emotion[0]:+d}")
    for key in ("impact", "effort"):
        if words := reading.cell(key):
            score = values.score(words)
            if score is None:
                reading.keep("cell_unread", key, column=key)
            else:
                reading.fields[key] = score[0]
                if score[1]:
                    reading.say("score_read", column=key, words=words, value=score[0])
    if words := reading.cell("votes"):
        votes = values.votes(words)
        if votes is None or votes > _VOTES_MOST:
            reading.keep("cell_unread", "votes", column="votes")
        else:
            reading.fields["votes"] = votes
    if words := reading.cell("moment"):
        moment = values.yes(words)
        if moment is None:
            reading.keep("cell_unread", "moment", column="moment")
        else:
            reading.fields["moment_of_truth"] = moment


def _read_owner(reading: _Reading, known_teams: set[str]) -> None:
    """An owner is a person or a job: a team's name there is taken as the team, and said."""
    _read_field(reading, "team")
    _read_field(reading, "owner")
    owner, team = reading.fields.get("owner", ""), reading.fields.get("team", "")
    if not owner or fold(owner) not in known_teams | ({fold(team)} if team else set()):
        return
    if team and fold(team) != fold(owner):
        reading.say("owner_other_team", words=owner, team=team)
        return
    del reading.fields["owner"]
    reading.fields["team"] = team or owner
    reading.keep("owner_is_team", "owner")


def _read_field(reading: _Reading, key: str) -> None:
    if words := reading.cell(key):
        if len(words) > limits.FIELD:
            reading.keep("field_too_long", key, column=key, limit=limits.FIELD)
        else:
            reading.fields[key] = words


def _read_due(reading: _Reading) -> None:
    if words := reading.cell("due"):
        if len(words) > limits.FIELD:
            reading.keep("field_too_long", "due", column="due", limit=limits.FIELD)
            return
        due = values.due(words)
        reading.fields["due"] = due
        if due.day is None:
            reading.say("due_words", words=words)


def _draft(reading: _Reading, lang: str) -> Draft:
    imported: dict[str, str] = {}
    for key, words in reading.unread.items():
        imported[free_name(_column(key, lang), imported)] = words
    fields = {"type": "note", "number": 0, "rank": "", **reading.fields, "imported": imported}
    return Draft(reading.row, msgspec.convert(fields, Note), reading.unread)


def _column(key: str, lang: str) -> str:
    """The written name of a known column; any other is its own header."""
    return COLUMNS[lang][key][0] if key in COLUMNS[lang] else key


def _numbered(found: list[Draft], oddities: list[Oddity]) -> list[Draft]:
    """Numbers as the file gives them, the others after; without a number column: the order of the rows."""
    given: dict[int, int] = {}  # number -> index of its first holder
    for index, draft in enumerate(found):
        if words := draft.row.cells.get("number", "").strip():
            number = values.whole(words)
            if number is None or not 0 < number <= _NUMBER_MOST or number in given:
                oddities.append(odd("number_unread", draft.row.line, draft.note.ref[:40], words=words))
            else:
                given[number] = index
    by_index = {index: number for number, index in given.items()}
    following = max(given, default=0)
    numbered = []
    for index, draft in enumerate(found):
        if index in by_index:
            number = by_index[index]
        else:
            number = following = following + 1
        numbered.append(draft._replace(note=msgspec.structs.replace(draft.note, number=number)))
    return numbered


def teams_of(rows: Sequence[Row]) -> Mapping[str, str]:
    """The teams that the rows name, folded, each with its first spelling; a cell that names several is none."""
    found: dict[str, str] = {}
    for row in rows:
        team = " ".join(row.cells.get("team", "").split())
        if team and len(team) <= limits.NAME and not any(sign in team for sign in "+,/;&"):
            found.setdefault(fold(team), team)
    return found
