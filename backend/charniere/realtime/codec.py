"""Between the bytes of one kind of document and its values: edits that come in, revisions and records that go out."""

import logging
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar, cast

import msgspec
from msgspec import Raw, Struct

from charniere.domain.changes import Put, Remove, Revision, without_past
from charniere.domain.document import DocumentKind
from charniere.errors import Code, Refused
from charniere.store.documents import Body, Entry, body_of

log = logging.getLogger(__name__)

V = TypeVar("V")
E = TypeVar("E", bound=Struct)
R = TypeVar("R")

_encode = msgspec.json.Encoder().encode


class _Put(Struct, frozen=True, tag="put"):
    """A change of the log whose record stays as it is. (`Put[Raw]` is no type to decode: Raw and null do not mix.)"""

    record: Raw


class _Remove(Struct, frozen=True, tag="remove"):
    was: Raw


_UNDECODED = msgspec.json.Decoder(tuple[_Put | _Remove, ...])


class Made(NamedTuple):
    """A revision in its three forms: a row of the log, what travels, the records that it leaves."""

    revision: Revision[object]
    entry: Entry
    wire: bytes  # JSON, without the records that were replaced
    bodies: tuple[Body, ...]


class Codec(Generic[V, E, R]):
    """Decodes strictly; made once for a kind."""

    def __init__(self, kind: DocumentKind[V, E, R]) -> None:
        self.kind = kind
        record = kind.record
        self._edit = msgspec.json.Decoder(kind.edit)
        self._record = msgspec.json.Decoder(record)
        self._changes: msgspec.json.Decoder[tuple[Put[R] | Remove[R], ...]] = msgspec.json.Decoder(
            tuple[Put[record] | Remove[record], ...]  # type: ignore[valid-type]
        )

    def edit(self, data: Raw | bytes) -> E:
        """Raises Refused(bad_frame) for anything that is not an edit of this kind."""
        try:
            return self._edit.decode(data)
        except (msgspec.DecodeError, UnicodeError, ValueError, RecursionError) as problem:
            raise Refused(Code.bad_frame) from problem

    def value(self, bodies: Iterable[bytes]) -> V:
        """Raises Refused(unreadable): a document that cannot be read is an error, never an empty document."""
        try:
            return self.kind.load([self._record.decode(body) for body in bodies])
        except (msgspec.DecodeError, ValueError, RecursionError) as problem:
            log.error("a stored %s cannot be read: %s", self.kind.name, type(problem).__name__)
            raise Refused(Code.unreadable) from problem

    def made(self, entry: Entry) -> Made:
        """A row of the log as it was when it was made. Raises Refused(unreadable)."""
        try:
            changes = self._changes.decode(entry.changes)
        except (msgspec.DecodeError, ValueError) as problem:
            raise Refused(Code.unreadable) from problem
        return encoded(Revision(entry.seq, entry.edit_id, entry.author, entry.at, entry.what, changes))


def encoded(revision: Revision[R]) -> Made:
    """Raises what the encoder raises for a text that no database takes (a lone surrogate)."""
    entry = Entry(
        revision.seq,
        revision.edit_id,
        revision.author,
        revision.at,
        revision.what,
        _encode(revision.changes),
    )
    return Made(
        cast(Revision[object], revision),
        entry,
        _encode(without_past(revision)),
        tuple(_left(change) for change in revision.changes),
    )


def wire_of(entry: Entry) -> bytes:
    """What travels of a row of the log, without knowing its kind: `was` of a put is left out."""
    changes = _UNDECODED.decode(entry.changes)
    return _encode(
        {
            "seq": entry.seq,
            "edit_id": entry.edit_id,
            "author": entry.author,
            "at": entry.at,
            "what": entry.what,
            "changes": changes,
        }
    )


def tag_of(struct: Struct) -> str:
    """The `type` of a tagged struct."""
    return str(struct.__struct_config__.tag)


def _left(change: Put[R] | Remove[R]) -> Body:
    if isinstance(change, Put):
        return body_of(cast(Struct, change.record))
    gone = cast(Struct, change.was)
    return Body(tag_of(gone), gone.id, None)  # type: ignore[attr-defined]
