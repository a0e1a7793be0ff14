"""The draft of a specification under review: records, the value they make up, `load` and `advance`.

A line keeps what the wall proposes apart from what people decided; what the two give together is in `standing`.
"""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal, TypeAlias

from msgspec import Struct

from charniere.domain.changes import Id, Put, Remove
from charniere.spec.attributes import STEPS
from charniere.spec.lines import (
    ActionLine,
    Content,
    CrmObject,
    Field,
    Integration,
    Kpi,
    PersonalData,
    Pipeline,
    PipelineStage,
    Role,
    Scenario,
    Scoring,
    Sla,
    Status,
    Transition,
    View,
    Workflow,
)
from charniere.spec.parts import Item, Question, Reason, Source, State

Json: TypeAlias = Any  # a JSON value: it has the type that the section's Struct says, checked in `values`
Values: TypeAlias = dict[str, Json]  # attribute -> value; what is absent has the default of the Struct

Section: TypeAlias = Literal[
    "objects",
    "pipelines",
    "steps",
    "statuses",
    "fields",
    "transitions",
    "workflows",
    "views",
    "kpis",
    "sla",
    "scoring",
    "roles",
    "integrations",
    "content",
    "personal_data",
    "scenarios",
    "actions",
]
STRUCTS: Final[dict[Section, type[Item]]] = {
    "objects": CrmObject,
    "pipelines": Pipeline,
    "steps": PipelineStage,
    "statuses": Status,
    "fields": Field,
    "transitions": Transition,
    "workflows": Workflow,
    "views": View,
    "kpis": Kpi,
    "sla": Sla,
    "scoring": Scoring,
    "roles": Role,
    "integrations": Integration,
    "content": Content,
    "personal_data": PersonalData,
    "scenarios": Scenario,
    "actions": ActionLine,
}
SYSTEM: Final = "system"  # the author of what the wall proposes


class Pin(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The board that the proposals come from, and at which revision."""

    board: Id
    seq: int
    title: str = ""


class DraftInfo(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="draft"
):
    """What the draft is, as one record. Its id is always "draft"."""

    id: Id = "draft"
    lang: Literal["fr", "en"] = "fr"
    number: int = 1  # of the version that it becomes
    frozen: bool = False  # it is that version: nothing moves until it is opened again
    boards: tuple[Pin, ...] = ()
    proposed_at: int = 0  # milliseconds since 1970, UTC
    last: dict[str, int] = {}  # prefix of printed codes -> the last number given


class Part(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="part"):
    """What the compiler gives besides lines, by its key in `spec.json` (coverage, matrix, findings, codes ...), as JSON."""

    id: Id
    body: Json


class Line(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="line"):
    """One line under review. Absent or empty values are the same."""

    id: Id  # `line_id(item)`, or made by the browser for a line added by hand
    item: str  # the id in the specification
    section: Section
    code: str
    rank: str
    parent: Id | None = None  # the pipeline of a step
    # what the wall says
    proposal: Values = {}
    reason: Reason | None = None
    sources: tuple[Source, ...] = ()
    questions: tuple[Question, ...] = ()
    to_confirm: tuple[str, ...] = ()
    state: State = "proposed"  # of the proposal, before anybody decided
    gone: bool = False  # the wall gives it no more; `proposal` is the last it gave
    # what people decided
    by_hand: bool = False
    set: Values = {}  # what stands instead of the proposal
    base: Values = {}  # what the wall said of an attribute when it was decided
    verdict: Literal["", "accepted", "rejected"] = ""
    why: str = ""  # of the rejection
    into: Id | None = None  # the line that it was merged into
    moved: bool = False  # its place was chosen
    judged_by: str = ""  # who accepted it or set it aside, and when: a later edit is not theirs
    judged_at: int = 0
    by: str = ""  # who decided last, whatever it was
    at: int = 0


class Comment(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="comment"
):
    """What somebody remarks on a line."""

    id: Id
    line: Id
    text: str
    author: str
    at: int
    settled: bool = False


DraftRecord: TypeAlias = DraftInfo | Part | Line | Comment
DraftChange: TypeAlias = Put[DraftRecord] | Remove[DraftRecord]


class Draft(Struct, frozen=True):
    """The value of a draft. Maps are by id, in no order. Never change one in place."""

    info: DraftInfo
    lines: dict[str, Line] = {}
    parts: dict[str, Part] = {}
    comments: dict[str, Comment] = {}


def load(records: Iterable[DraftRecord]) -> Draft:
    """The value that these records make up. Raises ValueError when there is no draft record."""
    maps: dict[type, dict[str, DraftRecord]] = {DraftInfo: {}, Line: {}, Part: {}, Comment: {}}
    for record in records:
        maps[type(record)][record.id] = record
    info = maps[DraftInfo].get("draft")
    if not isinstance(info, DraftInfo):
        raise ValueError("a draft without its draft record")
    return Draft(info, maps[Line], maps[Part], maps[Comment])  # type: ignore[arg-type]


def records(draft: Draft) -> Iterator[DraftRecord]:
    """Every record, in a stable order."""
    yield draft.info
    for group in (draft.parts, draft.lines, draft.comments):
        yield from (group[name] for name in sorted(group))


def advance(draft: Draft, changes: Iterable[DraftChange]) -> Draft:
    """The value after these changes. Copies only the maps that they touch."""
    info = draft.info
    maps: dict[type, dict[str, DraftRecord]] = {
        Line: draft.lines,  # type: ignore[dict-item]
        Part: draft.parts,  # type: ignore[dict-item]
        Comment: draft.comments,  # type: ignore[dict-item]
    }
    copied: set[type] = set()
    for change in changes:
        record = change.record if isinstance(change, Put) else change.was
        if isinstance(record, DraftInfo):
            info = record
            continue
        cls = type(record)
        if cls not in copied:
            maps[cls] = dict(maps[cls])
            copied.add(cls)
        if isinstance(change, Put):
            maps[cls][record.id] = record
        else:
            maps[cls].pop(record.id, None)
    return Draft(info, maps[Line], maps[Part], maps[Comment])  # type: ignore[arg-type]


def line_id(item: str) -> str:
    """The record's name of an item: its own id is too long, and has dots."""
    return urlsafe_b64encode(hashlib.sha256(item.encode()).digest()[:12]).decode()


def in_order(line: Line) -> tuple[str, str]:
    """Sort key: rank, ties broken by id."""
    return (line.rank, line.id)


def siblings(draft: Draft, section: Section, parent: str | None = None) -> list[Line]:
    """The lines of a section (of one pipeline, for steps), in order, with those that were set aside."""
    found = (one for one in draft.lines.values() if one.section == section and one.parent == parent)
    return sorted(found, key=in_order)


def section_of(section: Section) -> str:
    """Where the lines of a section are in `spec.json`: steps are inside their pipelines."""
    return "pipelines" if section == STEPS else section
