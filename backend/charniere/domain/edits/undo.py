"""Undo: takes back what one edit put there and nothing that came later.

Field by field: a field that somebody changed since stays as it is; a text gives back its own words by a three-way merge.
The undo of an undo is a redo, by the same rules.
"""

from collections.abc import Callable
from typing import TypeAlias

from msgspec.structs import fields, replace

from charniere.domain.board import (
    Board,
    BoardChange,
    BoardInfo,
    BoardRecord,
    Channel,
    Gap,
    Link,
    Note,
    Stage,
    advance,
)
from charniere.domain.changes import Put, Remove, Revision
from charniere.domain.document import By
from charniere.domain.edits.grid import remove_channel, remove_stage
from charniere.domain.edits.notes import home
from charniere.domain.edits.types import RemoveChannel, RemoveStage, Undo
from charniere.domain.text import merge
from charniere.errors import Code, Refused

Step: TypeAlias = Callable[[Board, BoardChange, By], tuple[BoardChange, ...]]


def undo(board: Board, edit: Undo, by: By) -> tuple[BoardChange, ...]:
    """Raises `cannot_undo` when the edit is not known, `not_yours` when somebody else made it."""
    revision: Revision[object] | None = by.undone
    if revision is None:
        raise Refused(Code.cannot_undo)
    if revision.author != by.author:
        raise Refused(Code.not_yours)
    done: list[BoardChange] = []
    fresh: list[BoardChange] = []  # not yet in `board`, which is costly to advance
    # what was removed comes first: the rest may refer to it
    steps: tuple[Step, ...] = (_bring_back, _revert, _take_out)
    for step in steps:
        for change in reversed(revision.changes):
            record = change.record if isinstance(change, Put) else change.was
            if fresh and isinstance(
                record, Stage | Channel | Gap
            ):  # what happens to these depends on the others
                board, fresh = advance(board, fresh), []
            changes = step(board, change, by)  # type: ignore[arg-type]
            done += changes
            fresh += changes
        board, fresh = advance(board, fresh), []
    return tuple(_folded(done))


def _folded(changes: list[BoardChange]) -> list[BoardChange]:
    """One change a record: the last state over the first past."""
    last: dict[tuple[type, str], BoardChange] = {}
    for change in changes:
        record = change.record if isinstance(change, Put) else change.was
        key = (type(record), record.id)
        earlier = last.pop(key, None)
        if earlier is None:
            last[key] = change
            continue
        past = earlier.was
        if isinstance(change, Put):
            last[key] = Put(change.record, past)
        elif past is not None:
            last[key] = Remove(past)
    return list(last.values())


def _revert(board: Board, change: BoardChange, by: By) -> tuple[BoardChange, ...]:
    if isinstance(change, Remove) or change.was is None:
        return ()
    now = _current(board, change.record)
    if now is None:
        return ()
    after = _reverted(now, put=change.record, was=change.was)
    if isinstance(after, Note):
        after = home(board, after)
    return () if after == now else (Put(after, now),)


def _bring_back(board: Board, change: BoardChange, by: By) -> tuple[BoardChange, ...]:
    if isinstance(change, Put) or _current(board, change.was) is not None:
        return ()
    gone = change.was
    if isinstance(gone, Gap) and (gone.stage not in board.stages or gone.channel not in board.channels):
        return ()
    return (Put(gone),)


def _take_out(board: Board, change: BoardChange, by: By) -> tuple[BoardChange, ...]:
    """Takes back an addition. A note goes to the bin, unless words came to it since: those stay, on the wall."""
    if isinstance(change, Remove) or change.was is not None:
        return ()
    now = _current(board, change.record)
    if now is None:
        return ()
    if isinstance(now, Note):
        return _without_my_words(now, change.record, by)
    if isinstance(now, Stage):
        return remove_stage(board, RemoveStage(stage=now.id), by)
    if isinstance(now, Channel):
        return remove_channel(board, RemoveChannel(channel=now.id), by)
    return (Remove(now),)


def _without_my_words(now: Note, put: BoardRecord, by: By) -> tuple[BoardChange, ...]:
    if now.removed_at is not None:
        return ()
    assert isinstance(put, Note)
    left = "" if now.text == put.text else merge(put.text, now.text, "")
    after = replace(now, text=left) if left.strip() else replace(now, removed_at=by.at)
    return () if after == now else (Put(after, now),)


def _reverted(now: BoardRecord, put: BoardRecord, was: BoardRecord) -> BoardRecord:
    values: dict[str, object] = {}
    for field in fields(now):
        mine, before, current = (getattr(r, field.name) for r in (put, was, now))
        if mine == before:
            continue
        if current == mine:
            values[field.name] = before
        elif field.name == "text":
            values["text"] = merge(mine, current, before)
    return replace(now, **values)


def _current(board: Board, record: BoardRecord) -> BoardRecord | None:
    if isinstance(record, BoardInfo):
        return board.info
    if isinstance(record, Note):
        return board.notes.get(record.id)
    if isinstance(record, Stage):
        return board.stages.get(record.id)
    if isinstance(record, Channel):
        return board.channels.get(record.id)
    if isinstance(record, Link):
        return board.links.get(record.id)
    assert isinstance(record, Gap)
    return board.gaps.get(record.id)
