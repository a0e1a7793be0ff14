"""The edits one may ask of a board: intents, never results. One tagged union, decoded strictly at the door.

In a patch a field that is absent is left alone, and null clears it.
"""

from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

from charniere.domain.board import (
    ActionStatus,
    Archetype,
    Due,
    Emotion,
    Feeling,
    Journey,
    Kind,
    LinkKind,
    Nudge,
    Score,
)
from charniere.domain.changes import Id, NewId


class Place(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A cell (or one axis, or the parking), and before which of its notes; without `before`: at the end."""

    stage: Id | None = None
    channel: Id | None = None
    before: Id | None = None


class NewNote(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A note to add. `number`, rank, author and time are the server's to give."""

    id: NewId
    text: str = ""
    kind: Kind | None = None
    emotion: Emotion | None = None


class NotePatch(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What may be set on a note besides its text and its place."""

    kind: Kind | None | UnsetType = UNSET
    emotion: Emotion | None | UnsetType = UNSET
    moment_of_truth: bool | UnsetType = UNSET
    crm_object: str | UnsetType = UNSET
    owner: str | UnsetType = UNSET
    team: str | UnsetType = UNSET
    due: Due | None | UnsetType = UNSET
    impact: Score | None | UnsetType = UNSET
    effort: Score | None | UnsetType = UNSET
    status: ActionStatus | None | UnsetType = UNSET
    feeling: Feeling | None | UnsetType = UNSET
    source: str | UnsetType = UNSET
    evidence: str | UnsetType = UNSET
    touch: Literal["human", "automated"] | None | UnsetType = UNSET
    visible: bool | None | UnsetType = UNSET
    tracked: bool | None | UnsetType = UNSET
    measured: bool | None | UnsetType = UNSET
    need_kind: Literal["need", "question", "reassurance"] | None | UnsetType = UNSET


class StagePatch(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    name: str | UnsetType = UNSET
    archetype: Archetype | None | UnsetType = UNSET
    goal: str | UnsetType = UNSET
    exit_criteria: str | UnsetType = UNSET
    kpis: tuple[str, ...] | UnsetType = UNSET
    owner_team: str | UnsetType = UNSET
    expected_delay: str | UnsetType = UNSET
    group: Literal["before", "during", "after"] | None | UnsetType = UNSET


class ChannelPatch(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    name: str | UnsetType = UNSET
    mode: Literal["online", "offline"] | None | UnsetType = UNSET
    relation: Literal["direct", "indirect", "internal"] | None | UnsetType = UNSET
    family: Literal["marketing", "sales", "service", "lifecycle"] | None | UnsetType = UNSET


class BoardPatch(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    title: str | UnsetType = UNSET
    lang: Literal["fr", "en"] | UnsetType = UNSET
    journey: Journey | UnsetType = UNSET
    teams: tuple[str, ...] | UnsetType = UNSET
    locked: bool | UnsetType = UNSET
    je: Nudge | UnsetType = UNSET


class AddNotes(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="add_notes"
):
    """Several at once when lines are pasted. In order, at `place`."""

    notes: Annotated[tuple[NewNote, ...], Meta(min_length=1)]
    place: Place


class SetNoteText(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="set_note_text"
):
    """`base` is the text it was typed on; if the note's text has moved since, the server merges."""

    note: Id
    text: str
    base: str


class NewText(Struct, frozen=True, forbid_unknown_fields=True):
    """A text for one note, and the text that it replaces."""

    note: Id
    text: str
    base: str


class SetTexts(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="set_texts"):
    """Several notes retold at once, undone at once. Each text is merged as `set_note_text` does; notes in the bin stay there."""

    notes: Annotated[tuple[NewText, ...], Meta(min_length=1)]


class SetNote(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="set_note"
):
    note: Id
    set: NotePatch


class MoveNotes(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="move_notes"
):
    notes: Annotated[tuple[Id, ...], Meta(min_length=1)]
    place: Place


class DuplicateNote(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="duplicate_note"
):
    """`copy` is the id of the new note; it lies right after `note`, and nobody has voted for it."""

    note: Id
    copy: NewId


class RemoveNotes(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="remove_notes"
):
    """To the bin. Links stay and are shown again after a restore."""

    notes: Annotated[tuple[Id, ...], Meta(min_length=1)]


class RestoreNotes(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="restore_notes"
):
    notes: Annotated[tuple[Id, ...], Meta(min_length=1)]


class AddLink(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="add_link"
):
    link: NewId
    kind: LinkKind
    source: Id
    target: Id


class RemoveLink(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="remove_link"
):
    link: Id


class AddStage(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="add_stage"
):
    stage: NewId
    name: str
    before: Id | None = None


class SetStage(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="set_stage"
):
    stage: Id
    set: StagePatch


class MoveStage(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="move_stage"
):
    stage: Id
    before: Id | None = None


class RemoveStage(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="remove_stage"
):
    """Its notes keep their channel and wait in the parking."""

    stage: Id


class AddChannel(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="add_channel"
):
    channel: NewId
    name: str
    before: Id | None = None


class SetChannel(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="set_channel"
):
    channel: Id
    set: ChannelPatch


class MoveChannel(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="move_channel"
):
    channel: Id
    before: Id | None = None


class RemoveChannel(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="remove_channel"
):
    """Its notes keep their stage and wait in the parking."""

    channel: Id


class DeclareEmpty(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="declare_empty"
):
    """« Rien ici » said of an empty cell, or unsaid."""

    stage: Id
    channel: Id
    empty: bool


class SetBoard(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="set_board"
):
    set: BoardPatch


class Undo(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="undo"):
    """Takes back one's own edit; the undo of an undo is a redo."""

    edit: Id


BoardEdit: TypeAlias = (
    AddNotes
    | SetNoteText
    | SetTexts
    | SetNote
    | MoveNotes
    | DuplicateNote
    | RemoveNotes
    | RestoreNotes
    | AddLink
    | RemoveLink
    | AddStage
    | SetStage
    | MoveStage
    | RemoveStage
    | AddChannel
    | SetChannel
    | MoveChannel
    | RemoveChannel
    | DeclareEmpty
    | SetBoard
    | Undo
)
