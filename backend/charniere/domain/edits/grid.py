"""What the edits about the grid do: stages, channels, cells declared empty, the board record itself."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from charniere.domain import limits
from charniere.domain.board import Board, BoardChange, Channel, Gap, Stage, gap_id, in_order
from charniere.domain.changes import Put, Remove
from charniere.domain.document import By
from charniere.domain.edits.notes import given
from charniere.domain.edits.types import (
    AddChannel,
    AddStage,
    DeclareEmpty,
    MoveChannel,
    MoveStage,
    RemoveChannel,
    RemoveStage,
    SetBoard,
    SetChannel,
    SetStage,
)
from charniere.domain.rank import between
from charniere.domain.text import plain
from charniere.errors import Code, Refused

Changes = tuple[BoardChange, ...]
T = TypeVar("T")


def add_stage(board: Board, edit: AddStage, by: By) -> Changes:
    _check_room("stages", board.stages, edit.stage, limits.STAGES)
    return (Put(Stage(id=edit.stage, name=_name(edit.name), rank=_rank(board.stages, edit.before))),)


def set_stage(board: Board, edit: SetStage, by: By) -> Changes:
    stage = _found(board.stages, edit.stage, "stage")
    values = _checked(edit.set)
    after = replace(stage, **values)
    return () if after == stage else (Put(after, stage),)


def move_stage(board: Board, edit: MoveStage, by: By) -> Changes:
    stage = _found(board.stages, edit.stage, "stage")
    if _stands_before(board.stages, edit.stage, edit.before):
        return ()
    after = replace(stage, rank=_rank(board.stages, edit.before, but=stage.id))
    return () if after == stage else (Put(after, stage),)


def remove_stage(board: Board, edit: RemoveStage, by: By) -> Changes:
    stage = _found(board.stages, edit.stage, "stage")
    notes = [Put(replace(n, stage=None), n) for n in board.notes.values() if n.stage == stage.id]
    children = [Put(replace(s, parent=None), s) for s in board.stages.values() if s.parent == stage.id]
    gaps = [Remove(g) for g in board.gaps.values() if g.stage == stage.id]
    return (*notes, *children, *gaps, Remove(stage))


def add_channel(board: Board, edit: AddChannel, by: By) -> Changes:
    _check_room("channels", board.channels, edit.channel, limits.CHANNELS)
    return (Put(Channel(id=edit.channel, name=_name(edit.name), rank=_rank(board.channels, edit.before))),)


def set_channel(board: Board, edit: SetChannel, by: By) -> Changes:
    channel = _found(board.channels, edit.channel, "channel")
    after = replace(channel, **_checked(edit.set))
    return () if after == channel else (Put(after, channel),)


def move_channel(board: Board, edit: MoveChannel, by: By) -> Changes:
    channel = _found(board.channels, edit.channel, "channel")
    if _stands_before(board.channels, edit.channel, edit.before):
        return ()
    after = replace(channel, rank=_rank(board.channels, edit.before, but=channel.id))
    return () if after == channel else (Put(after, channel),)


def remove_channel(board: Board, edit: RemoveChannel, by: By) -> Changes:
    channel = _found(board.channels, edit.channel, "channel")
    notes = [Put(replace(n, channel=None), n) for n in board.notes.values() if n.channel == channel.id]
    gaps = [Remove(g) for g in board.gaps.values() if g.channel == channel.id]
    return (*notes, *gaps, Remove(channel))


def declare_empty(board: Board, edit: DeclareEmpty, by: By) -> Changes:
    """A note that comes to lie in the cell hides the declaration; it shows again when the cell is empty again."""
    _found(board.stages, edit.stage, "stage")
    _found(board.channels, edit.channel, "channel")
    gap = board.gaps.get(gap_id(edit.stage, edit.channel))
    if edit.empty is (gap is not None):
        return ()
    if gap is not None:
        return (Remove(gap),)
    return (Put(Gap(id=gap_id(edit.stage, edit.channel), stage=edit.stage, channel=edit.channel)),)


def set_board(board: Board, edit: SetBoard, by: By) -> Changes:
    values = _checked(edit.set)
    if "title" in values:
        values["title"] = _name(str(values["title"]))
    after = replace(board.info, **values)
    return () if after == board.info else (Put(after, board.info),)


def _name(name: str) -> str:
    name = plain(name)
    if not name.strip():
        raise Refused(Code.bad_value, field="name")
    if len(name) > limits.NAME:
        raise Refused(Code.too_long, field="name", limit=limits.NAME, length=len(name))
    return name.strip()


def _checked(patch: Struct) -> dict[str, object]:
    """The fields that a patch names, each within its limit."""
    values = given(patch)
    for field, value in values.items():
        if field == "name":
            values[field] = _name(str(value))
            continue
        most, longest = (limits.TEAMS, limits.NAME) if field == "teams" else (limits.KPIS, limits.SHEET_TEXT)
        if isinstance(value, tuple) and len(value) > most:
            raise Refused(Code.limit_reached, of=field, limit=most)
        for words in value if isinstance(value, tuple) else (value,):
            if isinstance(words, str) and len(words) > longest:
                raise Refused(Code.too_long, field=field, limit=longest, length=len(words))
    return values


def _found(group: Mapping[str, T], record_id: str, what: str) -> T:
    if record_id not in group:
        raise Refused(Code.not_found, what=what)
    return group[record_id]


def _check_room(of: str, group: Mapping[str, object], new_id: str, limit: int) -> None:
    if new_id in group:
        raise Refused(Code.id_taken)
    if len(group) >= limit:
        raise Refused(Code.limit_reached, of=of, limit=limit)


def _others(group: Mapping[str, Stage] | Mapping[str, Channel], but: str = "") -> Iterator[Stage | Channel]:
    return iter(sorted((record for record in group.values() if record.id != but), key=in_order))


def _rank(group: Mapping[str, Stage] | Mapping[str, Channel], before: str | None, but: str = "") -> str:
    """A rank right before the record `before`, or at the end when it is not (or no longer) there."""
    ranks = [record.rank for record in _others(group, but)]
    target = group.get(before) if before and before != but else None
    if target is None:
        return between(ranks[-1] if ranks else None, None)
    # an undo may have brought back a record to a rank given away meanwhile: nothing lies between two equal ones
    lower = [rank for rank in ranks if rank < target.rank]
    return between(lower[-1] if lower else None, target.rank)


def _stands_before(
    group: Mapping[str, Stage] | Mapping[str, Channel], record_id: str, before: str | None
) -> bool:
    order = [record.id for record in _others(group)]
    rest = [i for i in order if i != record_id]
    at = rest.index(before) if before in rest else len(rest)
    return order == [*rest[:at], record_id, *rest[at:]]
