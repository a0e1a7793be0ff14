"""Changes and revisions: what an accepted edit did, and its place in the order of a document.

A change puts or removes one record and keeps the record it replaced, so that it can be undone and audited. `was` of a `Put`
is kept in the log and left out on the wire (see `without_past`).
"""

from typing import Annotated, Generic, TypeVar

from msgspec import Meta, Struct
from msgspec.structs import replace

R = TypeVar("R", covariant=True)

# Ids are made by the browser (96 random bits or more) and are names, never places in memory or order.
Id = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{1,64}$")]
NewId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{8,24}$")]


class Put(Struct, Generic[R], frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="put"):
    """The record now stands as `record`; before it was `was`, or nothing."""

    record: R
    was: R | None = None


class Remove(Struct, Generic[R], frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="remove"):
    """The record `was` is no longer there."""

    was: R


class Revision(Struct, Generic[R], frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One accepted edit: broadcast item, log row, catch-up item, acknowledgement, unit of history and of undo."""

    seq: int  # 1, 2, 3 ... without a gap, per document
    edit_id: Id
    author: str  # person id, or "system"
    at: int  # milliseconds since 1970, UTC, by the server's clock
    what: str  # the edit's `type`
    changes: tuple[Put[R] | Remove[R], ...]


def without_past(revision: Revision[R]) -> Revision[R]:
    """The revision as it travels: nobody on the wire needs the records that were replaced."""
    return replace(
        revision, changes=tuple(replace(c, was=None) if isinstance(c, Put) else c for c in revision.changes)
    )


def inverse(revision: Revision[R]) -> tuple[Put[R] | Remove[R], ...]:
    """The changes that bring a value back to where it was before this revision. It must have its past (`was`)."""
    return tuple(_inverse(change) for change in reversed(revision.changes))


def _inverse(change: Put[R] | Remove[R]) -> Put[R] | Remove[R]:
    if isinstance(change, Remove):
        return Put(change.was)
    return Remove(change.record) if change.was is None else Put(change.was, change.record)
