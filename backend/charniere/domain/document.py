"""What the engine needs to know of a kind of document. Rooms, the log and replicas are written against this alone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct

from charniere.domain.changes import Put, Remove, Revision
from charniere.domain.rights import Action

V = TypeVar("V")  # the value
E = TypeVar("E", bound=Struct)  # its edits, a tagged union
R = TypeVar("R")  # its records, a tagged union


class By(NamedTuple):
    """By whom and when an edit is applied; for an undo also the revision that it takes back."""

    author: str
    at: int  # milliseconds since 1970, UTC
    undone: Revision[object] | None = None


@dataclass(frozen=True)
class DocumentKind(Generic[V, E, R]):
    """One kind of document. `apply` returns no change for an edit without effect and raises Refused for one that cannot be."""

    name: str
    edit: type[E]  # for decoding
    record: type[R]  # for decoding
    load: Callable[[Iterable[R]], V]
    records: Callable[[V], Iterable[R]]
    apply: Callable[[V, E, By], tuple[Put[R] | Remove[R], ...]]
    advance: Callable[[V, Iterable[Put[R] | Remove[R]]], V]
    action: Callable[
        [V, E, str], tuple[Action, bool]
    ]  # the right an edit needs, and whether all it touches is the person's own
    undoes: Callable[[E], str | None]  # the edit id that an undo names
    locked: Callable[[V], bool]
