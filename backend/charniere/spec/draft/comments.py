"""What people remark on lines. One's own words are one's own; that a remark is dealt with, anybody may say."""

from msgspec.structs import replace

from charniere.domain import limits
from charniere.domain.changes import Put, Remove
from charniere.domain.document import By
from charniere.errors import Code, Refused
from charniere.spec.draft.decisions import Changes, line_of
from charniere.spec.draft.edits import AddComment, RemoveComment, SetComment, SettleComment
from charniere.spec.draft.records import Comment, Draft


def add_comment(draft: Draft, edit: AddComment, by: By) -> Changes:
    if edit.comment in draft.comments:
        raise Refused(Code.id_taken)
    if len(draft.comments) >= limits.COMMENTS:
        raise Refused(Code.limit_reached, limit=limits.COMMENTS, of="comments")
    line = line_of(draft, edit.line)
    said = Comment(id=edit.comment, line=line.id, text=_text(edit.text), author=by.author, at=by.at)
    return (Put(said),)


def set_comment(draft: Draft, edit: SetComment, by: By) -> Changes:
    said = _own(draft, edit.comment, by)
    after = replace(said, text=_text(edit.text))
    return () if after == said else (Put(after, said),)


def settle_comment(draft: Draft, edit: SettleComment, by: By) -> Changes:
    said = _comment(draft, edit.comment)
    return () if said.settled is edit.settled else (Put(replace(said, settled=edit.settled), said),)


def remove_comment(draft: Draft, edit: RemoveComment, by: By) -> Changes:
    return (Remove(_own(draft, edit.comment, by)),)


def _comment(draft: Draft, name: str) -> Comment:
    said = draft.comments.get(name)
    if said is None:
        raise Refused(Code.not_found)
    return said


def _own(draft: Draft, name: str, by: By) -> Comment:
    said = _comment(draft, name)
    if said.author != by.author:
        raise Refused(Code.not_yours)
    return said


def _text(words: str) -> str:
    text = words.strip()
    if not text:
        raise Refused(Code.bad_value, field="text")
    if len(text) > limits.TEXT_TYPED:
        raise Refused(Code.too_long, limit=limits.TEXT_TYPED, length=len(text))
    return text
