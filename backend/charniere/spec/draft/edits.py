"""The edits one may ask of a draft: one tagged union, decoded strictly at the door.

`Propose` and `Freeze` are the server's own.
"""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from charniere.domain.changes import Id, NewId
from charniere.spec.draft.records import Section, Values
from charniere.spec.model import Spec

Lines: TypeAlias = Annotated[tuple[Id, ...], Meta(min_length=1)]


class SetLine(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="set_line"):
    """New values of some attributes, `label` included; null or empty clears one. A delay is given in words, or as {words}.

    `typed_on`: the text that a text was typed on; when it has moved since, the two are merged by words.
    """

    line: Id
    set: Annotated[Values, Meta(min_length=1)]
    typed_on: dict[str, str] = {}


class AcceptLines(Struct, frozen=True, forbid_unknown_fields=True, tag="accept_lines"):
    """As they stand now. What the wall says of them later is a conflict."""

    lines: Lines


class RejectLines(Struct, frozen=True, forbid_unknown_fields=True, tag="reject_lines"):
    lines: Lines
    why: str


class ReconsiderLines(Struct, frozen=True, forbid_unknown_fields=True, tag="reconsider_lines"):
    """Neither accepted nor set aside any more, nor merged; what was edited stays."""

    lines: Lines


class SettleConflict(Struct, frozen=True, forbid_unknown_fields=True, tag="settle_conflict"):
    """`wall`: what the wall says now. `mine`: what was decided, against it."""

    line: Id
    name: str
    keep: Literal["wall", "mine"]


class KeepLine(Struct, frozen=True, forbid_unknown_fields=True, tag="keep_line"):
    """The wall gives it no more; it stays, as a line added by hand."""

    line: Id


class AddLine(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="add_line"
):
    """By hand, at the end or before another. `set` holds at least a label. A step needs its pipeline."""

    line: NewId
    section: Section
    set: Values
    parent: Id | None = None
    before: Id | None = None


class RemoveLine(Struct, frozen=True, forbid_unknown_fields=True, tag="remove_line"):
    """A line added by hand, or one that the wall gives no more. Its comments go with it."""

    line: Id


class MoveLine(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="move_line"):
    """Within its section, or its pipeline; without `before`: to the end."""

    line: Id
    before: Id | None = None


class MergeLines(Struct, frozen=True, forbid_unknown_fields=True, tag="merge_lines"):
    """`lines` become part of `into`, of the same section, which takes their sources and the values of their lists."""

    lines: Lines
    into: Id


class AddComment(Struct, frozen=True, forbid_unknown_fields=True, tag="add_comment"):
    comment: NewId
    line: Id
    text: str


class SetComment(Struct, frozen=True, forbid_unknown_fields=True, tag="set_comment"):
    comment: Id
    text: str


class SettleComment(Struct, frozen=True, forbid_unknown_fields=True, tag="settle_comment"):
    """Dealt with, or again open."""

    comment: Id
    settled: bool


class RemoveComment(Struct, frozen=True, forbid_unknown_fields=True, tag="remove_comment"):
    comment: Id


class Reopen(Struct, frozen=True, forbid_unknown_fields=True, tag="reopen"):
    """The frozen version stays; what comes now is the draft of the next."""


class UndoDraft(Struct, frozen=True, forbid_unknown_fields=True, tag="undo"):
    """Takes back one's own edit; the undo of an undo is a redo."""

    edit: Id


class Propose(Struct, frozen=True, forbid_unknown_fields=True, tag="propose"):
    """What the board gives now. Only the server asks this: no browser's frame decodes to it."""

    spec: Spec


class Freeze(Struct, frozen=True, forbid_unknown_fields=True, tag="freeze"):
    """This draft is kept as version `number`, or could not be (`frozen` false). Only the server asks this."""

    number: int
    frozen: bool = True


DraftEdit: TypeAlias = (
    SetLine
    | AcceptLines
    | RejectLines
    | ReconsiderLines
    | SettleConflict
    | KeepLine
    | AddLine
    | RemoveLine
    | MoveLine
    | MergeLines
    | AddComment
    | SetComment
    | SettleComment
    | RemoveComment
    | Reopen
    | UndoDraft
)
