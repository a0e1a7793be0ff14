"""Who may do what: one table, asked at every edit and every request. Nothing else decides on a right."""

from enum import StrEnum
from typing import Final, NamedTuple


class Role(StrEnum):
    """What somebody is on one board. `screen` is a projector: it only looks."""

    facilitator = "facilitator"
    participant = "participant"
    observer = "observer"
    screen = "screen"


class Level(StrEnum):
    """What the current phase lets participants do. A board without a workshop runs at `collaborate`."""

    contribute = "contribute"  # add notes, change one's own
    collaborate = "collaborate"  # change, move and remove the notes of others too
    read_only = "read_only"


class Action(StrEnum):
    """What can be asked of a board and of its specification. Each edit names the one that it needs."""

    read = "read"
    be_present = "be_present"
    add_note = "add_note"
    change_note = "change_note"
    link_notes = "link_notes"
    shape_grid = "shape_grid"
    set_board = "set_board"
    undo = "undo"
    download = "download"
    read_log = "read_log"
    invite = "invite"
    # of the specification that the board gives
    comment = "comment"
    review = "review"
    freeze = "freeze"
    approve = "approve"


class Standing(NamedTuple):
    """How somebody stands before a board at this moment."""

    role: Role
    level: Level = Level.collaborate
    locked: bool = False


_LOOK: Final = frozenset({Action.read, Action.be_present, Action.download})
_WRITE: Final = frozenset({Action.add_note, Action.change_note, Action.link_notes, Action.undo})
_LEAD: Final = frozenset(
    {Action.shape_grid, Action.set_board, Action.read_log, Action.invite, Action.review, Action.freeze}
)
# of a specification, whatever the phase of the board
_SPEAK: Final = frozenset({Action.comment, Action.approve})
_EDITS: Final = _WRITE | {Action.shape_grid, Action.set_board, Action.review}


def may(standing: Standing, action: Action, *, own: bool = True) -> bool:
    """Is `action` allowed? `own` says whether what it touches was made by the one who asks.

    A locked board takes no edit but the facilitator's `set_board`, which is how it is unlocked.
    """
    role, level, locked = standing
    if role is Role.screen:
        return action is Action.read
    if action in _LOOK:
        return True
    if role is Role.observer:
        return False
    if locked and action in _EDITS:
        return role is Role.facilitator and action is Action.set_board
    if role is Role.facilitator or action in _SPEAK:
        return True
    if action in _LEAD or level is Level.read_only:
        return False
    if action in (Action.add_note, Action.undo):
        return True
    return own or level is Level.collaborate
