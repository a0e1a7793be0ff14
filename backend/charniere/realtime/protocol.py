"""The messages of the socket: two closed unions, one per direction, told apart by `type`. JSON text frames.

Rules numbered in docs/protocol.md. Browser and server ship together:
a hello of another version is answered `bye(protocol_version)`.
"""

from typing import Annotated, Final, Literal, TypeAlias

from msgspec import Meta, Raw, Struct

from charniere.domain.changes import Id, NewId
from charniere.errors import Code

VERSION: Final = 1

# ---- up: browser -> server


class Hello(Struct, frozen=True, forbid_unknown_fields=True, tag="hello"):
    """First frame of a connection: the last revision seen, and of which epoch."""

    version: int
    epoch: int
    since: Annotated[int, Meta(ge=0)]


class Submit(Struct, frozen=True, forbid_unknown_fields=True, tag="submit"):
    """An edit. `edit_id` is made once and kept through every resend. `edit` is decoded by the room's kind of document."""

    edit_id: NewId
    edit: Raw


class Here(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="here"):
    """Where I am. Never stored. All fields absent: on the board, nowhere in particular."""

    stage: Id | None = None
    channel: Id | None = None
    note: Id | None = None
    doing: Literal["looking", "writing", "moving", "idle"] = "looking"


class AskPhrasing(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="ask_phrasing"):
    """Is this text told by the customer, and how could it be? `ask` comes back with the answer: the browser knows the last."""

    ask: Annotated[int, Meta(ge=0)]
    text: str
    lang: Literal["fr", "en"] = "fr"


class DismissPhrasing(Struct, frozen=True, forbid_unknown_fields=True, tag="dismiss_phrasing"):
    """A proposal of this rule was refused. It is counted; the text is not told."""

    rule: str


Up: TypeAlias = Hello | Submit | Here | AskPhrasing | DismissPhrasing

# ---- down: server -> browser


class Person(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who an id is, for those who may see it."""

    id: str
    name: str
    team: str = ""
    role: str = "participant"


class Welcome(
    Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag="welcome"
):
    """Answer to hello. With `snapshot`, the value at `seq` replaces all that was known; without, `revisions` frames bring what
    came after `since`. `epoch` other than the browser's own always comes with a snapshot."""

    epoch: int
    seq: int  # of the document at this moment
    you: Person
    people: tuple[Person, ...]  # everybody who ever wrote or is here
    here: tuple["Seen", ...] = ()
    snapshot: tuple[Raw, ...] | None = None  # records


class Revisions(Struct, frozen=True, forbid_unknown_fields=True, tag="revisions"):
    """New revisions in order, without a gap. The author finds his `edit_id` there: that is the acknowledgement."""

    revisions: tuple[Raw, ...]


class Settled(Struct, frozen=True, forbid_unknown_fields=True, tag="settled"):
    """This edit needs nothing more: it was recorded before, or it changes nothing. `seq` is set when it was recorded."""

    edit_id: str
    seq: int | None = None


class Rejected(Struct, frozen=True, forbid_unknown_fields=True, tag="refused"):
    """This edit cannot be; the browser drops its prediction and tells the person, with their words at hand."""

    edit_id: str
    code: Code
    detail: dict[str, str | int]


class Seen(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Where somebody is. `gone`: this connection left."""

    connection: str
    person: str
    stage: str | None = None
    channel: str | None = None
    note: str | None = None
    doing: Literal["looking", "writing", "moving", "idle"] = "looking"
    gone: bool = False


class Phrasing(Struct, frozen=True, forbid_unknown_fields=True, tag="phrasing"):
    """The engine's answer to `ask_phrasing`. `reason` names a rule; `suggestion` is a whole text, or null for silence."""

    ask: int
    verdict: Literal["yes", "almost", "no"]
    suggestion: str | None
    reason: str


class Presence(Struct, frozen=True, forbid_unknown_fields=True, tag="presence"):
    """Who moved since the last such frame. Coalesced, may be dropped, never queued behind revisions."""

    seen: tuple[Seen, ...]


class People(Struct, frozen=True, forbid_unknown_fields=True, tag="people"):
    """Persons new to this board, or renamed."""

    people: tuple[Person, ...]


class Beat(Struct, frozen=True, forbid_unknown_fields=True, tag="beat"):
    """The line is alive. Sent when nothing else was for a while; a browser that hears nothing longer reconnects."""

    seq: int


class Bye(Struct, frozen=True, forbid_unknown_fields=True, tag="bye"):
    """Last frame before the server closes. `again`: may the browser come back by itself?"""

    code: Code
    again: bool


Down: TypeAlias = Welcome | Revisions | Settled | Rejected | Phrasing | Presence | People | Beat | Bye

HEARTBEAT: Final = 4.0  # seconds of silence after which the server sends a beat
DEAD_AFTER: Final = 9.0  # seconds of silence after which either side gives the connection up
