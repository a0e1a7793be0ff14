"""The review: the draft of a specification as a document of the engine. One dispatch table from an edit to what it does."""

from collections.abc import Callable
from typing import Final

from charniere.domain.document import By, DocumentKind
from charniere.domain.rights import Action
from charniere.spec.draft import comments, decisions, edits, propose, records
from charniere.spec.draft.edits import DraftEdit
from charniere.spec.draft.records import Draft, DraftChange, DraftRecord
from charniere.spec.draft.undo import undo

_APPLY: Final[dict[type, Callable[..., tuple[DraftChange, ...]]]] = {
    edits.SetLine: decisions.set_line,
    edits.AcceptLines: decisions.accept_lines,
    edits.RejectLines: decisions.reject_lines,
    edits.ReconsiderLines: decisions.reconsider_lines,
    edits.SettleConflict: decisions.settle_conflict,
    edits.KeepLine: decisions.keep_line,
    edits.AddLine: decisions.add_line,
    edits.RemoveLine: decisions.remove_line,
    edits.MoveLine: decisions.move_line,
    edits.MergeLines: decisions.merge_lines,
    edits.AddComment: comments.add_comment,
    edits.SetComment: comments.set_comment,
    edits.SettleComment: comments.settle_comment,
    edits.RemoveComment: comments.remove_comment,
    edits.UndoDraft: undo,
    edits.Reopen: propose.reopen,
    edits.Propose: propose.propose,
    edits.Freeze: propose.freeze,
}
_COMMENTS: Final = (edits.AddComment, edits.SetComment, edits.SettleComment, edits.RemoveComment)
_VERSIONS: Final = (edits.Reopen, edits.Propose, edits.Freeze)


def apply(draft: Draft, edit: DraftEdit, by: By) -> tuple[DraftChange, ...]:
    """What the edit changes; () when it changes nothing. Raises Refused, and nothing else, for what cannot be done."""
    return _APPLY[type(edit)](draft, edit, by)


def action(draft: Draft, edit: DraftEdit, person: str) -> tuple[Action, bool]:
    """The right that the edit needs. Whose a comment is, the edit itself asks."""
    if isinstance(edit, _COMMENTS):
        return Action.comment, True
    if isinstance(edit, edits.UndoDraft):
        return Action.undo, True
    return (Action.freeze if isinstance(edit, _VERSIONS) else Action.review), True


DRAFT: Final = DocumentKind[Draft, DraftEdit, DraftRecord](
    name="draft",
    edit=DraftEdit,  # type: ignore[arg-type]
    record=DraftRecord,  # type: ignore[arg-type]
    load=records.load,
    records=records.records,
    apply=apply,
    advance=records.advance,
    action=action,
    undoes=lambda edit: edit.edit if isinstance(edit, edits.UndoDraft) else None,
    locked=lambda draft: draft.info.frozen,
)
