"""What a batch of edits would do to a value: rights, the domain's answer, numbers. Pure: no disk, no clock, no connection."""

import logging
from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeAlias, TypeVar

from msgspec import Struct

from charniere.domain.changes import Revision
from charniere.domain.document import By
from charniere.domain.rights import Standing, may
from charniere.errors import Code, Refused
from charniere.realtime.codec import Codec, Made, encoded, tag_of
from charniere.realtime.protocol import Settled

log = logging.getLogger(__name__)

V = TypeVar("V")
E = TypeVar("E", bound=Struct)
R = TypeVar("R")

Outcome: TypeAlias = Revision[object] | Settled | Refused


@dataclass(slots=True)
class Asked(Generic[E]):
    """An edit that waits for its outcome. `standing` is asked when the edit is applied: a right may go meanwhile."""

    edit_id: str
    edit: E
    person: str
    standing: Callable[[], Standing]
    tell: Callable[[Outcome], None]
    is_answered: bool = False

    def answer(self, outcome: Outcome) -> None:
        """Once; what breaks later has nothing to add."""
        if not self.is_answered:
            self.is_answered = True
            self.tell(outcome)


@dataclass(slots=True)
class Attempt(Generic[V, E]):
    """The value after the batch, what is to be recorded, and what is to be answered once it is."""

    value: V
    made: list[Made] = field(default_factory=list)
    answers: list[tuple[Asked[E], Outcome]] = field(default_factory=list)


def attempt(
    codec: Codec[V, E, R],
    value: V,
    seq: int,
    batch: Sequence[Asked[E]],
    at: int,
    known: Callable[[str], int | None],
    undone: Mapping[str, Revision[object]],
) -> Attempt[V, E]:
    """`known` gives the seq of an edit recorded lately, `undone` the revisions that undos of this batch name."""
    result: Attempt[V, E] = Attempt(value)
    staged: dict[str, Revision[object]] = {}
    names: Mapping[str, Revision[object]] = ChainMap(staged, dict(undone))
    for asked in batch:
        earlier = staged.get(asked.edit_id)
        recorded = earlier.seq if earlier else known(asked.edit_id)
        if recorded is not None:
            result.answers.append((asked, Settled(asked.edit_id, recorded)))
            continue
        outcome = _one(codec, result.value, seq + len(result.made) + 1, asked, at, names)
        if isinstance(outcome, tuple):
            made, result.value = outcome
            result.made.append(made)
            staged[asked.edit_id] = made.revision
            result.answers.append((asked, made.revision))
        else:
            result.answers.append((asked, outcome))
    return result


def _one(
    codec: Codec[V, E, R],
    value: V,
    seq: int,
    asked: Asked[E],
    at: int,
    undone: Mapping[str, Revision[object]],
) -> tuple[Made, V] | Settled | Refused:
    """The revision and the value after it, or the answer. A bug met here is the edit's alone."""
    try:
        check(codec, value, asked)
        named = codec.kind.undoes(asked.edit)
        by = By(asked.person, at, undone.get(named) if named else None)
        changes = codec.kind.apply(value, asked.edit, by)
        if not changes:
            return Settled(asked.edit_id)
        revision = Revision(seq, asked.edit_id, asked.person, at, tag_of(asked.edit), changes)
        return encoded(revision), codec.kind.advance(value, changes)
    except Refused as refused:
        return refused
    except Exception as bug:
        # the traceback's last line could quote what somebody wrote: its type and place are enough to find it
        log.error("bug in %s: %s", tag_of(asked.edit), type(bug).__name__, exc_info=_without_text(bug))
        return Refused(Code.broken)


def check(codec: Codec[V, E, R], value: V, asked: Asked[E]) -> None:
    """Raises Refused(not_allowed)."""
    action, own = codec.kind.action(value, asked.edit, asked.person)
    standing = asked.standing()
    if codec.kind.locked(value):
        standing = standing._replace(locked=True)
    if not may(standing, action, own=own):
        raise Refused(Code.not_allowed)


def _without_text(bug: Exception) -> BaseException:
    return RuntimeError(type(bug).__name__).with_traceback(bug.__traceback__)
