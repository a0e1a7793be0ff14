"""Undo on a draft: what one edit put there goes back, attribute by attribute; what came later stays."""

from typing import Any

from msgspec.structs import fields, replace

from charniere.domain.changes import Put, Remove, Revision
from charniere.domain.document import By
from charniere.errors import Code, Refused
from charniere.spec.draft.decisions import Changes
from charniere.spec.draft.edits import UndoDraft
from charniere.spec.draft.records import Comment, Draft, DraftChange, DraftInfo, DraftRecord, Line, Part

_STAYS = ("by", "at")  # who decided last is who undoes


def undo(draft: Draft, edit: UndoDraft, by: By) -> Changes:
    """Raises `cannot_undo` when the edit is not known or has no way back, `not_yours` when somebody else made it."""
    revision: Revision[Any] | None = by.undone
    if revision is None or revision.what in ("propose", "freeze", "reopen"):
        raise Refused(Code.cannot_undo)
    if revision.author != by.author:
        raise Refused(Code.not_yours)
    done: list[DraftChange] = []
    for change in reversed(revision.changes):
        done += _undone(draft, change)
    return tuple(done)


def _undone(draft: Draft, change: DraftChange) -> Changes:
    if isinstance(change, Remove):
        return () if _now(draft, change.was) is not None else (Put(change.was),)
    now = _now(draft, change.record)
    if now is None or isinstance(now, DraftInfo | Part):  # codes once given are never given again
        return ()
    if change.was is None:
        return (Remove(now),)
    after = _reverted(now, change.record, change.was)
    return () if after == now else (Put(after, now),)


def _reverted(now: Any, put: Any, was: Any) -> Any:
    """Fields, and attributes in them, that still hold what the edit put there."""
    changed: dict[str, object] = {}
    for field in fields(now):
        name = field.encode_name
        current, given, past = getattr(now, name), getattr(put, name), getattr(was, name)
        if given == past or name in _STAYS:
            continue
        if current == given:
            changed[name] = past
        elif isinstance(current, dict):
            changed[name] = _reverted_map(current, given, past)
    return replace(now, **changed)


def _reverted_map(now: dict[str, Any], put: dict[str, Any], was: dict[str, Any]) -> dict[str, Any]:
    after = dict(now)
    for name in {*put, *was}:
        if put.get(name) == was.get(name) or now.get(name) != put.get(name):
            continue
        if name in was:
            after[name] = was[name]
        else:
            after.pop(name, None)
    return after


def _now(draft: Draft, record: DraftRecord) -> DraftRecord | None:
    if isinstance(record, Line):
        return draft.lines.get(record.id)
    if isinstance(record, Comment):
        return draft.comments.get(record.id)
    return draft.info if isinstance(record, DraftInfo) else draft.parts.get(record.id)
