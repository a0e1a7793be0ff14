"""The closed list of what Charnière can refuse, and the one exception that carries it.

No HTTP status, no sentence for people: statuses are chosen in `web`, sentences live in the catalogues under `error.<code>`.
"""

from enum import StrEnum


class Code(StrEnum):
    """Every reason for which something asked can be refused. The value is the public name."""

    bad_frame = "bad_frame"  # not JSON, unknown field, wrong type, lone surrogate, too deep
    too_large = "too_large"  # a frame, a file or a batch over its limit
    too_fast = "too_fast"  # more edits than one participant may send
    too_long = "too_long"  # a text over its limit (detail: limit, length)
    not_allowed = "not_allowed"  # the rights table says no
    not_found = "not_found"  # a stage, channel, note, link, document or page that does not exist
    note_removed = "note_removed"  # the note is in the bin
    id_taken = "id_taken"  # a record of this id exists already
    not_yours = "not_yours"  # only one's own edits can be undone
    cannot_undo = "cannot_undo"  # this edit is unknown or of a kind that has no way back
    limit_reached = "limit_reached"  # too many notes, stages, channels, links (detail: limit, of)
    bad_value = "bad_value"  # a value that the field does not take (detail: field)
    unreadable = "unreadable"  # a stored or given document that cannot be read
    unsettled = "unsettled"  # a line that the wall and a decision disagree on: settle it before
    read_only = "read_only"  # the board takes no edits now
    broken = "broken"  # a fault of Charnière itself: logged, and nothing was recorded
    storage = "storage"  # the disk refused; nothing was recorded
    no_session = "no_session"  # no valid sign-in came with the request
    bad_origin = "bad_origin"  # the request comes from another site
    invitation_closed = "invitation_closed"  # the invitation does not exist, was revoked or is used up
    protocol_version = "protocol_version"  # the browser runs an older script; it must reload


class Refused(Exception):
    """Something asked was refused: `code` says why, `detail` holds the parameters of the sentence shown."""

    def __init__(self, code: Code, **detail: str | int) -> None:
        super().__init__(code.value)
        self.code = code
        self.detail = detail
