"""What the edits about links do."""

from charniere.domain import limits
from charniere.domain.board import Board, BoardChange, Link
from charniere.domain.changes import Put, Remove
from charniere.domain.document import By
from charniere.domain.edits.notes import on_board
from charniere.domain.edits.types import AddLink, RemoveLink
from charniere.errors import Code, Refused


def add_link(board: Board, edit: AddLink, by: By) -> tuple[BoardChange, ...]:
    """A second link of the same kind between the same two notes is no change."""
    source, target = on_board(board, edit.source), on_board(board, edit.target)
    if source.id == target.id:
        raise Refused(Code.bad_value, field="target")
    if edit.link in board.links:
        raise Refused(Code.id_taken)
    if len(board.links) >= limits.LINKS:
        raise Refused(Code.limit_reached, of="links", limit=limits.LINKS)
    link = Link(id=edit.link, kind=edit.kind, source=source.id, target=target.id)
    same = (link.kind, link.source, link.target)
    if any((other.kind, other.source, other.target) == same for other in board.links.values()):
        return ()
    return (Put(link),)


def remove_link(board: Board, edit: RemoveLink, by: By) -> tuple[BoardChange, ...]:
    """A link that somebody else removed first is no change."""
    link = board.links.get(edit.link)
    return (Remove(link),) if link else ()
