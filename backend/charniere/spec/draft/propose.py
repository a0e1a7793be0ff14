"""What the wall gives now, put beside what people decided: proposals change, decisions stay. Nothing decided is ever overwritten.

A line that the wall gives no more goes away, unless somebody took a position on it: then it stays and says so.
"""

from bisect import insort
from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec.structs import replace

from charniere.domain import rank
from charniere.domain.changes import Put, Remove
from charniere.domain.document import By
from charniere.spec.draft.decisions import Changes
from charniere.spec.draft.edits import Freeze, Propose, Reopen
from charniere.spec.draft.records import (
    SYSTEM,
    Draft,
    DraftChange,
    DraftInfo,
    Line,
    Part,
    Pin,
    Section,
    advance,
    in_order,
    line_id,
)
from charniere.spec.draft.standing import is_decided
from charniere.spec.draft.values import values_of
from charniere.spec.model import SECTIONS, Spec
from charniere.spec.parts import Item

PARTS: Final = ("project", "personas", "boards", "journey", "matrix", "coverage", "findings", "codes")


def propose(draft: Draft, edit: Propose, by: By) -> Changes:
    """The changes that bring the proposals to `edit.spec`; () when it says what was known."""
    spec = edit.spec
    done: list[DraftChange] = list(_parts(draft, spec))
    seen: set[str] = set()
    groups: dict[tuple[Section, str | None], list[Line]] = {}
    for section, parent, item in _items(spec):
        line = _line(draft, section, parent, item)
        seen.add(line.id)
        groups.setdefault((section, parent), []).append(line)
    for group in groups.values():
        done += _ranked(draft, group)
    done += _vanished(draft, seen)
    if not done and draft.info.proposed_at:
        return ()
    return (*done, Put(_info(draft, spec, by), draft.info))


def first(spec: Spec, at: int) -> Draft:
    """A draft of what a board gives, that nobody has looked at yet."""
    empty = Draft(DraftInfo(lang=spec.lang))
    return advance(empty, propose(empty, Propose(spec), By(SYSTEM, at)))


def freeze(draft: Draft, edit: Freeze, by: By) -> Changes:
    """The draft is that version now, and rests."""
    after = replace(draft.info, frozen=edit.frozen, number=edit.number)
    return () if after == draft.info else (Put(after, draft.info),)


def reopen(draft: Draft, edit: Reopen, by: By) -> Changes:
    if not draft.info.frozen:
        return ()
    return (Put(replace(draft.info, frozen=False, number=draft.info.number + 1), draft.info),)


def _items(spec: Spec) -> Iterator[tuple[Section, str | None, Item]]:
    for name in SECTIONS:
        section: Section = name  # type: ignore[assignment]
        for item in getattr(spec, name):
            yield section, None, item
            for step in getattr(item, "stages", ()):
                yield "steps", line_id(item.id), step


def _line(draft: Draft, section: Section, parent: str | None, item: Item) -> Line:
    """The line as it will stand, its place not yet known if it is new."""
    name = line_id(item.id)
    known = draft.lines.get(name)
    said = values_of(item)
    envelope = {
        "proposal": said,
        "reason": item.reason,
        "sources": item.sources,
        "questions": item.questions,
        "to_confirm": item.to_confirm,
        "state": item.state,
        "code": item.code,
        "parent": parent,
    }
    if known is None:
        return Line(id=name, item=item.id, section=section, rank="", **envelope)  # type: ignore[arg-type]
    if known.by_hand:  # kept by hand after it had vanished, and it is back
        envelope["proposal"] = {}
        return replace(known, **envelope)
    return replace(known, gone=False, **envelope)


def _ranked(draft: Draft, group: list[Line]) -> Iterator[DraftChange]:
    """In the order of the wall, unless somebody chose a place in this group: then only what is new finds its place."""
    fellows = [
        one
        for one in draft.lines.values()
        if (one.section, one.parent) == (group[0].section, group[0].parent)
    ]
    taken = sorted(one.rank for one in fellows)
    if not any(one.moved for one in fellows):
        places = iter(sorted(one.rank for one in group if one.rank))
        group = [replace(one, rank=next(places)) if one.rank else one for one in group]
    last: str | None = None
    for line in group:
        if not line.rank:
            line = replace(
                line,
                rank=rank.between(last, next((one for one in taken if last is None or one > last), None)),
            )
            insort(taken, line.rank)
        last = line.rank
        yield from _changed(line, draft.lines.get(line.id))


def _vanished(draft: Draft, seen: set[str]) -> Iterator[DraftChange]:
    """What nobody spoke of goes away; the rest stays, with what it hangs on."""
    spoken = {one.line for one in draft.comments.values()}
    kept = seen | {one.id for one in draft.lines.values() if is_decided(one) or one.id in spoken}
    kept |= {one.parent or one.into or one.id for one in draft.lines.values() if one.id in kept}
    for line in sorted(draft.lines.values(), key=in_order):
        if line.id in seen or line.by_hand:
            continue
        if line.id in kept:
            yield from _changed(replace(line, gone=True), line)
        else:
            yield Remove(line)


def _parts(draft: Draft, spec: Spec) -> Iterator[DraftChange]:
    for name in PARTS:
        body = msgspec.json.decode(msgspec.json.encode(getattr(spec, name)))
        past = draft.parts.get(name)
        if past is None or past.body != body:
            yield Put(Part(id=name, body=body), past)


def _changed(line: Line, past: Line | None) -> Iterator[DraftChange]:
    if line != past:
        yield Put(line, past)


def _info(draft: Draft, spec: Spec, by: By) -> DraftInfo:
    last = dict(draft.info.last)
    for code in spec.codes.values():
        prefix, _, number = code.partition("-")
        last[prefix] = max(last.get(prefix, 0), int(number))
    boards = tuple(Pin(one.id, one.seq, one.title) for one in spec.boards)
    return replace(draft.info, lang=spec.lang, boards=boards, proposed_at=by.at, last=last)
