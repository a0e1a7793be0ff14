"""What the edits about notes do: add, write, set, move, duplicate, remove, restore."""

from enum import StrEnum

from msgspec import UNSET, Struct
from msgspec.structs import asdict, replace

from charniere.domain import limits
from charniere.domain.board import Board, BoardChange, Due, Note, cell
from charniere.domain.changes import Put
from charniere.domain.document import By
from charniere.domain.edits.types import (
    AddNotes,
    DuplicateNote,
    MoveNotes,
    NewText,
    Place,
    RemoveNotes,
    RestoreNotes,
    SetNote,
    SetNoteText,
    SetTexts,
)
from charniere.domain.rank import between, spread
from charniere.domain.text import merge, plain
from charniere.errors import Code, Refused

Changes = tuple[BoardChange, ...]


def add_notes(board: Board, edit: AddNotes, by: By) -> Changes:
    _check_batch(len(edit.notes))
    if len(board.notes) + len(edit.notes) > limits.NOTES:
        raise Refused(Code.limit_reached, of="notes", limit=limits.NOTES)
    ids = {new.id for new in edit.notes}
    if len(ids) < len(edit.notes) or ids & board.notes.keys():
        raise Refused(Code.id_taken)
    place = _existing(board, edit.place)
    ranks = _ranks_at(board, place, len(edit.notes), moving=frozenset())
    changes: list[BoardChange] = []
    for index, new in enumerate(edit.notes):
        _check_length("text", new.text, limits.TEXT_TYPED)
        note = Note(
            id=new.id,
            number=board.last_number + 1 + index,
            rank=ranks[index],
            text=plain(new.text),
            kind=new.kind,
            emotion=new.emotion,
            stage=place.stage,
            channel=place.channel,
            author=by.author,
            created_at=by.at,
        )
        changes.append(Put(note))
    return tuple(changes)


def set_note_text(board: Board, edit: SetNoteText, by: By) -> Changes:
    """Never refuses for what others typed meanwhile: the result holds the words of all (see `domain.text`)."""
    return _write(on_board(board, edit.note), edit)


def set_texts(board: Board, edit: SetTexts, by: By) -> Changes:
    """Each as `set_note_text` does. Notes removed meanwhile are left out: who removed them wins."""
    _check_batch(len(edit.notes))
    asked = {each.note: each for each in edit.notes}
    notes = [board.notes[i] for i in asked if i in board.notes and board.notes[i].removed_at is None]
    if not notes:
        raise Refused(Code.note_removed if any(i in board.notes for i in asked) else Code.not_found)
    return tuple(change for note in notes for change in _write(note, asked[note.id]))


def set_note(board: Board, edit: SetNote, by: By) -> Changes:
    note = on_board(board, edit.note)
    for name in ("crm_object", "owner", "team", "source", "evidence"):
        value = getattr(edit.set, name)
        if isinstance(value, str):
            _check_length(name, value, limits.FIELD)
    if edit.set.due and len(edit.set.due.text) > limits.FIELD:
        raise Refused(Code.too_long, field="due", limit=limits.FIELD, length=len(edit.set.due.text))
    return _put(note, replace(note, **given(edit.set)))


def move_notes(board: Board, edit: MoveNotes, by: By) -> Changes:
    """All at the place, in the order given. Notes in the bin are left there: who removed them wins."""
    _check_batch(len(edit.notes))
    notes = [
        board.notes[i]
        for i in dict.fromkeys(edit.notes)
        if i in board.notes and board.notes[i].removed_at is None
    ]
    if not notes:
        raise Refused(Code.note_removed if any(i in board.notes for i in edit.notes) else Code.not_found)
    place = _existing(board, edit.place)
    moving = frozenset(n.id for n in notes)
    if _stands_there(board, notes, place):
        return ()
    ranks = _ranks_at(board, place, len(notes), moving)
    moved = (
        (replace(n, stage=place.stage, channel=place.channel, rank=r), n)
        for n, r in zip(notes, ranks, strict=True)
    )
    return tuple(Put(after, before) for after, before in moved if after != before)


def duplicate_note(board: Board, edit: DuplicateNote, by: By) -> Changes:
    note = on_board(board, edit.note)
    if edit.copy in board.notes:
        raise Refused(Code.id_taken)
    if len(board.notes) >= limits.NOTES:
        raise Refused(Code.limit_reached, of="notes", limit=limits.NOTES)
    following = next((n for n in cell(board, note.stage, note.channel) if n.rank > note.rank), None)
    copy = replace(
        note,
        id=edit.copy,
        number=board.last_number + 1,
        rank=between(note.rank, following.rank if following else None),
        author=by.author,
        created_at=by.at,
        votes=None,
        ref="",
        imported={},
    )
    return (Put(copy),)


def remove_notes(board: Board, edit: RemoveNotes, by: By) -> Changes:
    _check_batch(len(edit.notes))
    notes = [_known(board, i) for i in dict.fromkeys(edit.notes)]
    return tuple(Put(replace(n, removed_at=by.at), n) for n in notes if n.removed_at is None)


def restore_notes(board: Board, edit: RestoreNotes, by: By) -> Changes:
    """Back where they were; without their stage or channel if that is gone."""
    _check_batch(len(edit.notes))
    notes = [_known(board, i) for i in dict.fromkeys(edit.notes)]
    return tuple(Put(home(board, replace(n, removed_at=None)), n) for n in notes if n.removed_at is not None)


def on_board(board: Board, note_id: str) -> Note:
    """The note, if it exists and is not in the bin."""
    note = _known(board, note_id)
    if note.removed_at is not None:
        raise Refused(Code.note_removed)
    return note


def home(board: Board, note: Note) -> Note:
    """The note without a stage or a channel that no longer exists."""
    stage = note.stage if note.stage in board.stages else None
    channel = note.channel if note.channel in board.channels else None
    return (
        note
        if (stage, channel) == (note.stage, note.channel)
        else replace(note, stage=stage, channel=channel)
    )


def given(patch: Struct) -> dict[str, object]:
    """The fields that a patch names, their words plain."""
    return {name: _plain(value) for name, value in asdict(patch).items() if value is not UNSET}


def _plain(value: object) -> object:
    match value:
        case StrEnum():  # a kind, an archetype: words of ours, and they stay what they are
            return value
        case str():
            return plain(value)
        case tuple():
            return tuple(map(_plain, value))
        case Due():
            return replace(value, text=plain(value.text))
    return value


def _known(board: Board, note_id: str) -> Note:
    try:
        return board.notes[note_id]
    except KeyError:
        raise Refused(Code.not_found, what="note") from None


def _write(note: Note, new: SetNoteText | NewText) -> Changes:
    _check_length("text", new.base, limits.TEXT_STORED * 2)
    # a text that an import made longer than what one may type can still be edited, not lengthened beyond its limit
    _check_length(
        "text", new.text, limits.TEXT_TYPED if len(new.base) <= limits.TEXT_TYPED else limits.TEXT_STORED * 2
    )
    return _put(note, replace(note, text=plain(merge(new.base, note.text, new.text))))


def _put(before: Note, after: Note) -> Changes:
    return () if after == before else (Put(after, before),)


def _existing(board: Board, place: Place) -> Place:
    """The place, less what a facilitator removed meanwhile: words end in the parking, they are not refused."""
    return replace(
        place,
        stage=place.stage if place.stage in board.stages else None,
        channel=place.channel if place.channel in board.channels else None,
    )


def _ranks_at(board: Board, place: Place, count: int, moving: frozenset[str]) -> list[str]:
    ranks = sorted(n.rank for n in cell(board, place.stage, place.channel) if n.id not in moving)
    before = board.notes.get(place.before) if place.before else None
    if before is None or before.id in moving or before.rank not in ranks:
        return spread(ranks[-1] if ranks else None, None, count)
    index = ranks.index(before.rank)
    return spread(ranks[index - 1] if index else None, before.rank, count)


def _stands_there(board: Board, notes: list[Note], place: Place) -> bool:
    """Would the move change nothing? True when the notes already follow each other at that place."""
    here = [n.id for n in cell(board, place.stage, place.channel)]
    wanted = [n.id for n in notes]
    rest = [i for i in here if i not in set(wanted)]
    at = rest.index(place.before) if place.before in rest else len(rest)
    return here == rest[:at] + wanted + rest[at:]


def _check_batch(count: int) -> None:
    if count > limits.BATCH:
        raise Refused(Code.limit_reached, of="batch", limit=limits.BATCH)


def _check_length(field: str, value: str, limit: int) -> None:
    if len(value) > limit:
        raise Refused(Code.too_long, field=field, limit=limit, length=len(value))
