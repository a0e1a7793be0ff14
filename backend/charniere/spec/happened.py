"""What happened on boards between two moments, record by record: read from the log, from the first state to the last. What was
done and undone is nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, TypeAlias

from msgspec import Struct

from charniere.domain.board import Board, BoardRecord, BoardRevision, Channel, Link, Note, Stage
from charniere.domain.changes import Put
from charniere.spec.compare import Plain, names_of, plain

Subject: TypeAlias = Literal["note", "stage", "channel", "link"]
What: TypeAlias = Literal[
    "added", "removed", "restored", "text", "moved", "kind", "attribute", "linked", "unlinked"
]
Key: TypeAlias = tuple[str, Subject, str]  # board, what it is, its id
RANK: Final = "rank"
PLACE: Final[tuple[Literal["stage", "channel"], ...]] = ("stage", "channel")
_HERE: Final = ""  # the hands that added, removed or restored
_SUBJECTS: Final[dict[type, Subject]] = {Note: "note", Stage: "stage", Channel: "channel", Link: "link"}
# Of a note: what is told otherwise, who and when, what came with an import.
_NOT_SET: Final = frozenset(
    "id number author created_at removed_at ref imported text kind stage channel rank private".split()
)


class Cause(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What became of one thing between the two specifications, from the first state to the last.

    `before` and `after`: words of a note, name of a stage or a channel (added, removed, restored); place of a note by the
    names of its stage and channel (moved, unless only the order changed: then `attribute` is `rank` and both are None);
    value of `attribute`; kind and ends of a link. `author`, `at`, `seq` are of the last edit that did it, `others` had a
    hand in it.
    """

    board: str
    subject: Subject
    id: str
    number: int | None = None  # of a note
    what: What
    attribute: str = ""
    before: Plain = None
    after: Plain = None
    author: str
    at: int  # milliseconds since 1970, UTC
    seq: int
    others: tuple[str, ...] = ()


class Tied(NamedTuple):
    """A link that came or went, seen from one of its ends."""

    cause: Cause
    other: Key


class Happened(NamedTuple):
    """What became of each note, stage and channel that was touched; of links, by the notes at their ends."""

    records: dict[Key, tuple[Cause, ...]]
    links: dict[Key, list[Tied]]


def happened(
    revisions: Mapping[str, Sequence[BoardRevision]],
    since: Mapping[str, int],
    until: Mapping[str, int],
    boards: Mapping[str, Board],
) -> Happened:
    """By board: its log in order, with what each change replaced; the seq after which and up to which it is read; the board as it
    stands now, for names and numbers."""
    wall = _Wall(_touched(revisions, since, until), boards)
    return Happened({key: tuple(_of_record(wall, key)) for key in wall.touched}, _of_links(wall))


@dataclass
class _Touched:
    """A record between the two pins: as it was, as it is, and who did what to it by field."""

    first: BoardRecord | None
    last: BoardRecord | None = None
    hands: dict[str, list[BoardRevision]] = field(default_factory=dict)


class _Wall(NamedTuple):
    """What was touched, and the boards as they stand now."""

    touched: dict[Key, _Touched]
    boards: Mapping[str, Board]

    def name(self, key: Key, *, before: bool) -> str:
        """The name of a stage or of a channel on that side."""
        touched = self.touched.get(key)
        board, subject, one = key
        if touched is not None:
            record = (touched.first or touched.last) if before else (touched.last or touched.first)
        elif board in self.boards:
            value = self.boards[board]
            record = value.stages.get(one) if subject == "stage" else value.channels.get(one)
        else:
            record = None
        return record.name if isinstance(record, Stage | Channel) else ""

    def number(self, board: str, note: str) -> int | None:
        touched = self.touched.get((board, "note", note))
        record = touched.last or touched.first if touched else None
        if record is None and board in self.boards:
            record = self.boards[board].notes.get(note)
        return record.number if isinstance(record, Note) else None


def _touched(
    revisions: Mapping[str, Sequence[BoardRevision]], since: Mapping[str, int], until: Mapping[str, int]
) -> dict[Key, _Touched]:
    found: dict[Key, _Touched] = {}
    for board, log in revisions.items():
        for revision in log:
            if not since.get(board, 0) < revision.seq <= until.get(board, revision.seq):
                continue
            for change in revision.changes:
                record = change.record if isinstance(change, Put) else change.was
                now = record if isinstance(change, Put) else None
                subject = _SUBJECTS.get(type(record))
                if subject is None:
                    continue
                touched = found.setdefault((board, subject, record.id), _Touched(change.was))
                for name in _differing(change.was, now):
                    touched.hands.setdefault(name, []).append(revision)
                touched.last = now
    return found


def _differing(was: BoardRecord | None, now: BoardRecord | None) -> list[str]:
    if was is None or now is None:
        return [_HERE]
    names = [name for name in names_of(type(now)) if getattr(was, name) != getattr(now, name)]
    return [_HERE if name == "removed_at" else name for name in names]


def _of_record(wall: _Wall, key: Key) -> Iterator[Cause]:
    touched = wall.touched[key]
    was, now = touched.first, touched.last
    if isinstance(was or now, Note):
        assert was is None or isinstance(was, Note)
        assert now is None or isinstance(now, Note)
        yield from _of_note(wall, key, was, now)
    elif isinstance(was or now, Stage | Channel):
        assert was is None or isinstance(was, Stage | Channel)
        assert now is None or isinstance(now, Stage | Channel)
        yield from _of_sheet(wall, key, was, now)


def _of_note(wall: _Wall, key: Key, was: Note | None, now: Note | None) -> Iterator[Cause]:
    """The words of a private note are told to nobody."""
    old, new = _words(was), _words(now)
    here_before = was is not None and was.removed_at is None
    here_now = now is not None and now.removed_at is None
    if was is None or now is None or here_before != here_now:
        if here_now and new is not None:
            yield _cause(wall, key, "added" if was is None else "restored", (_HERE, "text"), after=new)
        elif here_before and old is not None:
            yield _cause(wall, key, "removed", (_HERE,), before=old)
        return
    if not here_now:
        return
    if was.private or now.private:
        if was.private != now.private:
            yield _cause(wall, key, "attribute", ("private",), was.private, now.private, "private")
        return
    if old != new:
        yield _cause(wall, key, "text", ("text",), old, new)
    if was.kind != now.kind:
        yield _cause(wall, key, "kind", ("kind",), plain(was.kind), plain(now.kind))
    if (was.stage, was.channel) != (now.stage, now.channel):
        before, after = _place(wall, key[0], was, before=True), _place(wall, key[0], now, before=False)
        yield _cause(wall, key, "moved", PLACE, before, after)
    elif was.rank != now.rank:
        yield _cause(wall, key, "moved", (RANK,), attribute=RANK)
    yield from _attributes(wall, key, was, now, _NOT_SET)


def _words(note: Note | None) -> str | None:
    return None if note is None or note.private else note.text


def _place(wall: _Wall, board: str, note: Note, *, before: bool) -> Plain:
    return {
        subject: wall.name((board, subject, one), before=before) if (one := getattr(note, subject)) else ""
        for subject in PLACE
    }


def _of_sheet(
    wall: _Wall, key: Key, was: Stage | Channel | None, now: Stage | Channel | None
) -> Iterator[Cause]:
    if was is None or now is None:
        if now is not None:
            yield _cause(wall, key, "added", (_HERE, "name"), after=now.name)
        elif was is not None:
            yield _cause(wall, key, "removed", (_HERE,), before=was.name)
        return
    if was.rank != now.rank:
        yield _cause(wall, key, "moved", (RANK,), attribute=RANK)
    yield from _attributes(wall, key, was, now, frozenset({"id", RANK}))


def _attributes(wall: _Wall, key: Key, was: Struct, now: Struct, left_out: frozenset[str]) -> Iterator[Cause]:
    for name in names_of(type(now)):
        before, after = getattr(was, name), getattr(now, name)
        if name not in left_out and before != after:
            yield _cause(wall, key, "attribute", (name,), plain(before), plain(after), name)


def _of_links(wall: _Wall) -> dict[Key, list[Tied]]:
    """By note. Links of one kind between the same two notes are one link: drawn again under another id, it never left."""
    same: dict[tuple[str, str, str, str], list[tuple[Key, _Touched]]] = {}
    for key, touched in wall.touched.items():
        link = touched.first or touched.last
        if isinstance(link, Link):
            same.setdefault((key[0], link.kind.value, link.source, link.target), []).append((key, touched))
    found: dict[Key, list[Tied]] = {}
    for (board, kind, source, target), members in same.items():
        before, after = (any(one.first for _, one in members), any(one.last for _, one in members))
        if before == after:
            continue
        ends: Plain = {
            "kind": kind,
            "source": source,
            "target": target,
            "source_number": wall.number(board, source),
            "target_number": wall.number(board, target),
        }
        key = next(key for key, one in members if (one.last if after else one.first))
        cause = _cause(
            wall,
            key,
            "linked" if after else "unlinked",
            (_HERE,),
            None if after else ends,
            ends if after else None,
        )
        one: Key = (board, "note", source)
        two: Key = (board, "note", target)
        found.setdefault(one, []).append(Tied(cause, two))
        found.setdefault(two, []).append(Tied(cause, one))
    return found


def _cause(
    wall: _Wall,
    key: Key,
    what: What,
    by: Sequence[str],
    before: Plain = None,
    after: Plain = None,
    attribute: str = "",
) -> Cause:
    """`by` names the fields that it is about. Who adds a note does it, whoever wrote in it next. What was taken away and put back
    another is the work of who put it back."""
    board, subject, one = key
    hands = wall.touched[key].hands
    had = sorted((each for name in by for each in hands.get(name, ())), key=lambda each: each.seq)
    did = hands[_HERE] if _HERE in by or not had else had
    last = did[0 if what == "added" else -1]
    return Cause(
        board=board,
        subject=subject,
        id=one,
        number=wall.number(board, one) if subject == "note" else None,
        what=what,
        attribute=attribute,
        before=before,
        after=after,
        author=last.author,
        at=last.at,
        seq=last.seq,
        others=tuple(dict.fromkeys(each.author for each in had if each.author != last.author)),
    )
