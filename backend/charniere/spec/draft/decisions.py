"""What people decide about lines: edit, accept, set aside, merge, settle, add, move. One function an edit."""

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from charniere.domain import limits, rank
from charniere.domain.changes import Put, Remove
from charniere.domain.document import By
from charniere.domain.text import merge
from charniere.errors import Code, Refused
from charniere.spec.codes import PREFIX
from charniere.spec.draft.edits import (
    AcceptLines,
    AddLine,
    KeepLine,
    MergeLines,
    MoveLine,
    ReconsiderLines,
    RejectLines,
    RemoveLine,
    SetLine,
    SettleConflict,
)
from charniere.spec.draft.records import STRUCTS, Draft, DraftChange, Json, Line, Values, section_of, siblings
from charniere.spec.draft.standing import conflicts, effective, known
from charniere.spec.draft.values import completed, entered

Changes = tuple[DraftChange, ...]
WHY_MOST: Final = limits.FIELD


def set_line(draft: Draft, edit: SetLine, by: By) -> Changes:
    line = line_of(draft, edit.line)
    chosen, base = dict(line.set), dict(line.base)
    for name, typed in edit.set.items():
        raw = _with_theirs(line, name, typed, edit.typed_on.get(name))
        said = line.proposal.get(name)
        # What the wall says comes back as it is: read again, a delay would lose what the words around it told.
        back = not line.by_hand and known(raw) is not None and raw == said
        value = said if back else entered(line.section, name, raw, draft.info.lang)
        if line.by_hand:
            chosen[name] = value
            continue
        base[name] = said
        if known(value) == known(said):
            chosen.pop(name, None)
            if line.verdict != "accepted":
                base.pop(name)
        else:
            chosen[name] = value
    return _put(line, by, set=chosen, base=base)


def _with_theirs(line: Line, name: str, typed: Json, typed_on: str | None) -> Json:
    """Two who write in one text at once keep both their words, as in a note."""
    now = effective(line).get(name, "")
    if typed_on is None or not isinstance(typed, str) or not isinstance(now, str) or now == typed_on:
        return typed
    return merge(typed_on, now, typed)


def accept_lines(draft: Draft, edit: AcceptLines, by: By) -> Changes:
    """An agreement is with the whole line as the wall has it now; a conflict must be settled before."""
    done: list[DraftChange] = []
    for line in _lines(draft, edit.lines):
        if line.gone or conflicts(line):
            raise Refused(Code.unsettled)
        if line.verdict != "accepted":
            done += _put(line, by, verdict="accepted", base=_agreed(line), why="", into=None, **_judged(by))
    return tuple(done)


def reject_lines(draft: Draft, edit: RejectLines, by: By) -> Changes:
    why = edit.why.strip()
    if not why:
        raise Refused(Code.bad_value, field="why")
    if len(why) > WHY_MOST:
        raise Refused(Code.too_long, limit=WHY_MOST, length=len(why))
    lines = _lines(draft, edit.lines)
    names = {one.id for one in lines}
    # what they had absorbed is there again, to be looked at: it does not go with them unseen
    held = [one for one in draft.lines.values() if one.into in names and one.id not in names]
    return (
        *(c for one in lines for c in _put(one, by, verdict="rejected", why=why, into=None, **_judged(by))),
        *(c for one in held for c in _put(one, by, into=None, judged_by="", judged_at=0)),
    )


def reconsider_lines(draft: Draft, edit: ReconsiderLines, by: By) -> Changes:
    """What was edited keeps its base, so that what the wall said meanwhile shows."""
    return tuple(
        change
        for line in _lines(draft, edit.lines)
        for change in _put(
            line,
            by,
            verdict="",
            why="",
            into=None,
            judged_by="",
            judged_at=0,
            base={name: value for name, value in line.base.items() if name in line.set},
        )
    )


def settle_conflict(draft: Draft, edit: SettleConflict, by: By) -> Changes:
    line = line_of(draft, edit.line)
    if edit.name not in conflicts(line):
        return ()
    said = line.proposal.get(edit.name)
    chosen, base = dict(line.set), {**line.base, edit.name: said}
    if edit.keep == "wall":
        chosen.pop(edit.name, None)
        if line.verdict != "accepted":
            base.pop(edit.name)
    else:
        chosen[edit.name] = effective(line).get(edit.name)
    return _put(line, by, set=chosen, base=base)


def keep_line(draft: Draft, edit: KeepLine, by: By) -> Changes:
    line = line_of(draft, edit.line)
    if not line.gone:
        return ()
    return _put(line, by, gone=False, by_hand=True, set=effective(line), proposal={}, base={})


def add_line(draft: Draft, edit: AddLine, by: By) -> Changes:
    if edit.line in draft.lines:
        raise Refused(Code.id_taken)
    if len(draft.lines) >= limits.DRAFT_LINES:
        raise Refused(Code.limit_reached, limit=limits.DRAFT_LINES, of="lines")
    if (edit.section == "steps") != (edit.parent is not None):
        raise Refused(Code.bad_value, field="parent")
    if edit.parent is not None and line_of(draft, edit.parent).section != "pipelines":
        raise Refused(Code.bad_value, field="parent")
    if "label" not in edit.set:
        raise Refused(Code.bad_value, field="label")
    given = {name: entered(edit.section, name, value, draft.info.lang) for name, value in edit.set.items()}
    before = line_of(draft, edit.before) if edit.before else None
    if before is not None and (before.section, before.parent) != (edit.section, edit.parent):
        raise Refused(Code.bad_value, field="before")
    home = section_of(edit.section)
    prefix = PREFIX[home]
    number = draft.info.last.get(prefix, 0) + 1
    line = Line(
        id=edit.line,
        item=f"{home}.by_hand.{edit.line}",
        section=edit.section,
        code=f"{prefix}-{number:02d}",
        rank=_rank(siblings(draft, edit.section, edit.parent), before, None),
        parent=edit.parent,
        by_hand=True,
        set=_whole(draft, edit, given),
        moved=True,
        by=by.author,
        at=by.at,
    )
    info = replace(draft.info, last={**draft.info.last, prefix: number})
    return (Put(line), Put(info, draft.info))


def remove_line(draft: Draft, edit: RemoveLine, by: By) -> Changes:
    line = line_of(draft, edit.line)
    if not (line.by_hand or line.gone):
        raise Refused(Code.not_allowed)
    steps = [one for one in draft.lines.values() if one.parent == line.id]
    if any(not (one.by_hand or one.gone) for one in steps):
        raise Refused(Code.not_allowed)
    gone = {line.id, *(one.id for one in steps)}
    said = [one for one in draft.comments.values() if one.line in gone]
    return (*map(Remove, said), *map(Remove, steps), Remove(line))


def move_line(draft: Draft, edit: MoveLine, by: By) -> Changes:
    line = line_of(draft, edit.line)
    before = line_of(draft, edit.before) if edit.before else None
    if before is not None and (before.section, before.parent) != (line.section, line.parent):
        raise Refused(Code.bad_value, field="before")
    if before is line:
        return ()
    others = siblings(draft, line.section, line.parent)
    index = others.index(line)
    after = others[index + 1] if index + 1 < len(others) else None
    if after is before:
        return ()
    return _put(line, by, rank=_rank(others, before, line), moved=True)


def merge_lines(draft: Draft, edit: MergeLines, by: By) -> Changes:
    """Those that were merged into one of `lines` follow it."""
    into = line_of(draft, edit.into)
    if into.into is not None or into.verdict == "rejected" or into.id in edit.lines:
        raise Refused(Code.bad_value, field="into")
    lines = _lines(draft, edit.lines)
    if any((one.section, one.parent) != (into.section, into.parent) for one in lines):
        raise Refused(Code.bad_value, field="into")
    names = {one.id for one in lines}
    lines += [one for one in draft.lines.values() if one.into in names and one.id not in names]
    return tuple(
        change for one in lines for change in _put(one, by, into=into.id, verdict="", why="", **_judged(by))
    )


def line_of(draft: Draft, name: str) -> Line:
    """Raises Refused(not_found)."""
    line = draft.lines.get(name)
    if line is None:
        raise Refused(Code.not_found)
    return line


def _lines(draft: Draft, names: Iterable[str]) -> list[Line]:
    wanted = list(dict.fromkeys(names))
    if len(wanted) > limits.BATCH:
        raise Refused(Code.limit_reached, limit=limits.BATCH, of="lines")
    return [line_of(draft, name) for name in wanted]


def _put(line: Line, by: By, **changed: Json) -> Changes:
    after = replace(line, **changed)
    return () if after == line else (Put(replace(after, by=by.author, at=by.at), line),)


def _judged(by: By) -> dict[str, Json]:
    return {"judged_by": by.author, "judged_at": by.at}


def _agreed(line: Line) -> Values:
    """The whole proposal, and of what only the decision names, that the wall said nothing."""
    return {**dict.fromkeys(line.set), **line.proposal}


def _rank(others: list[Line], before: Line | None, moving: Line | None) -> str:
    rest = [one for one in others if one is not moving]
    at = rest.index(before) if before is not None else len(rest)
    low = rest[at - 1].rank if at else None
    high = rest[at].rank if at < len(rest) else None
    return rank.between(low, high)


def _whole(draft: Draft, edit: AddLine, given: Values) -> Values:
    """With an object and, for a transition, a field, as its neighbours have them."""
    fellows = [one for one in siblings(draft, edit.section, edit.parent) if not one.by_hand]
    for name in ("object", "field"):
        if name in STRUCTS[edit.section].__struct_fields__ and name not in given and fellows:
            given = {**given, name: effective(fellows[-1]).get(name, "")}
    return completed(edit.section, given)
