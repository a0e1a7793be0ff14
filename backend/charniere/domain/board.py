"""The board: records, the value they make up, and the only two ways to get a value: `load` and `advance`.

What may be asked of a board is in `edits`; how it is stored and sent is elsewhere.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from charniere.domain.changes import Id, Put, Remove, Revision


class Kind(StrEnum):
    """The seven kinds of note. A note without a kind is « à qualifier »."""

    touchpoint = "touchpoint"
    irritant = "irritant"
    delight = "delight"
    breakpoint = "breakpoint"
    need = "need"
    opportunity = "opportunity"
    action = "action"


class Archetype(StrEnum):
    """What a stage is, behind whatever name a team gives it."""

    discovery = "discovery"
    consideration = "consideration"
    evaluation = "evaluation"
    decision = "decision"
    onboarding = "onboarding"
    usage = "usage"
    support = "support"
    loyalty = "loyalty"


class LinkKind(StrEnum):
    """`resolves`: an action answers a pain. `concerns`: a remark is about a note. `leads_to`: one moment brings another."""

    resolves = "resolves"
    concerns = "concerns"
    leads_to = "leads_to"


Score: TypeAlias = Annotated[int, Meta(ge=1, le=5)]
Emotion: TypeAlias = Annotated[int, Meta(ge=-2, le=2)]
ActionStatus: TypeAlias = Literal["todo", "doing", "done", "dropped"]
Journey: TypeAlias = Literal["as_is", "to_be", "day_in_life", "blueprint"]
Nudge: TypeAlias = Literal["silent", "advice", "insistent"]  # to tell touchpoints with « je »
Feeling: TypeAlias = Literal[
    "enthusiasm",
    "curiosity",
    "satisfaction",
    "trust",
    "doubt",
    "confusion",
    "impatience",
    "frustration",
    "distrust",
]

# What a CRM calls its objects. A note may hold other words, kept as they were written.
CRM_OBJECTS = (
    "lead",
    "contact",
    "account",
    "opportunity",
    "ticket",
    "contract",
    "subscription",
    "campaign",
    "activity",
)


class Due(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A date as somebody said it, and the exact day (YYYY-MM-DD) when one was said."""

    text: str
    day: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None


class BoardInfo(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="board"
):
    """What the board is, as one record. Its id is always "board"."""

    id: Id = "board"
    title: str
    lang: Literal["fr", "en"] = "fr"
    journey: Journey = "as_is"
    persona: str = ""  # Persona.id
    teams: tuple[str, ...] = ()
    locked: bool = False
    je: Nudge = "advice"


class Stage(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="stage"):
    """A column. Empty words mean that nothing was decided."""

    id: Id
    name: str
    rank: str
    archetype: Archetype | None = None
    goal: str = ""
    exit_criteria: str = ""
    kpis: tuple[str, ...] = ()
    owner_team: str = ""
    expected_delay: str = ""
    parent: Id | None = None  # room for sub-stages
    group: Literal["before", "during", "after"] | None = None  # room for avant / pendant / après


class Channel(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="channel"
):
    """A row."""

    id: Id
    name: str
    rank: str
    mode: Literal["online", "offline"] | None = None
    relation: Literal["direct", "indirect", "internal"] | None = None
    family: Literal["marketing", "sales", "service", "lifecycle"] | None = None
    lane: Literal["people", "technology", "policy"] | None = None  # room for a service blueprint


class Note(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="note"):
    """A sticky note. It lies in the cell (stage, channel); without one of them it waits in the parking."""

    id: Id
    number: int  # « note n° 42 »: board-wide, never given twice
    rank: str
    text: str = ""
    kind: Kind | None = None
    stage: Id | None = None
    channel: Id | None = None
    emotion: Emotion | None = None
    moment_of_truth: bool = False
    crm_object: str = ""  # one of CRM_OBJECTS, or the words as written
    owner: str = ""  # a person or a job; a team alone is not an owner
    team: str = ""
    due: Due | None = None
    impact: Score | None = None
    effort: Score | None = None
    status: ActionStatus | None = None
    votes: int | None = None  # counted elsewhere and imported; None is "not counted", which is not 0
    author: str = ""  # person id; "" for an import
    created_at: int = 0  # milliseconds since 1970, UTC
    removed_at: int | None = None  # in the bin since
    ref: str = ""  # the note's name in the file it came from
    imported: dict[str, str] = {}  # cells of that file that no field could hold, by column name
    # room for later screens
    feeling: Feeling | None = None
    source: str = ""  # where this is known from: analytics, interviews, field team ...
    evidence: str = ""
    touch: Literal["human", "automated"] | None = None
    visible: bool | None = None
    tracked: bool | None = None
    measured: bool | None = None
    need_kind: Literal["need", "question", "reassurance"] | None = None
    private: bool = False


class Link(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="link"):
    """An arrow between two notes."""

    id: Id
    kind: LinkKind
    source: Id
    target: Id


class Gap(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="gap"):
    """A cell declared empty on purpose: « rien ici », which is not « oublié »."""

    id: Id  # gap_id(stage, channel)
    stage: Id
    channel: Id


BoardRecord: TypeAlias = BoardInfo | Stage | Channel | Note | Link | Gap
BoardChange: TypeAlias = Put[BoardRecord] | Remove[BoardRecord]
BoardRevision: TypeAlias = Revision[BoardRecord]


class Board(Struct, frozen=True):
    """The value of a board. Maps are by id, in no order; `rank` orders. Never change one in place."""

    info: BoardInfo
    stages: dict[str, Stage] = {}
    channels: dict[str, Channel] = {}
    notes: dict[str, Note] = {}  # the bin included
    links: dict[str, Link] = {}
    gaps: dict[str, Gap] = {}
    last_number: int = 0


def load(records: Iterable[BoardRecord]) -> Board:
    """The value that these records make up. Raises ValueError when there is no board record."""
    maps: dict[type, dict[str, BoardRecord]] = {
        cls: {} for cls in (BoardInfo, Stage, Channel, Note, Link, Gap)
    }
    last_number = 0
    for record in records:
        maps[type(record)][record.id] = record
        if isinstance(record, Note):
            last_number = max(last_number, record.number)
    info = maps[BoardInfo].get("board")
    if not isinstance(info, BoardInfo):
        raise ValueError("a board without its board record")
    return Board(info, maps[Stage], maps[Channel], maps[Note], maps[Link], maps[Gap], last_number)  # type: ignore[arg-type]


def records(board: Board) -> Iterator[BoardRecord]:
    """Every record of the board, in a stable order."""
    yield board.info
    for group in (board.stages, board.channels):
        yield from sorted(group.values(), key=in_order)
    yield from sorted(board.notes.values(), key=lambda note: note.number)
    yield from sorted(board.links.values(), key=lambda link: link.id)
    yield from sorted(board.gaps.values(), key=lambda gap: gap.id)


def advance(board: Board, changes: Iterable[BoardChange]) -> Board:
    """The value after these changes. Copies only the maps that they touch."""
    info, last_number = board.info, board.last_number
    maps: dict[type, dict[str, BoardRecord]] = {
        Stage: board.stages,  # type: ignore[dict-item]
        Channel: board.channels,  # type: ignore[dict-item]
        Note: board.notes,  # type: ignore[dict-item]
        Link: board.links,  # type: ignore[dict-item]
        Gap: board.gaps,  # type: ignore[dict-item]
    }
    copied: set[type] = set()
    for change in changes:
        record = change.record if isinstance(change, Put) else change.was
        if isinstance(record, BoardInfo):
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
        if isinstance(record, Note):
            last_number = max(last_number, record.number)
    return Board(info, maps[Stage], maps[Channel], maps[Note], maps[Link], maps[Gap], last_number)  # type: ignore[arg-type]


def in_order(record: Stage | Channel | Note) -> tuple[str, str]:
    """Sort key: rank, ties broken by id."""
    return (record.rank, record.id)


def cell(board: Board, stage: str | None, channel: str | None) -> list[Note]:
    """The notes of one cell (or of one axis, or of no place), in order, without those in the bin."""
    return sorted(
        (
            n
            for n in board.notes.values()
            if n.stage == stage and n.channel == channel and n.removed_at is None
        ),
        key=in_order,
    )


def gap_id(stage: str, channel: str) -> str:
    """The id of the record that declares a cell empty. Made ids have 24 characters at most, so it fits an Id."""
    return f"{stage}_{channel}"
