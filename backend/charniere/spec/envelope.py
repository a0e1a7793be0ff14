"""What a document is made of, as bytes, for the process that makes it. Never a file that is kept."""

import msgspec
from msgspec import Struct

from charniere.domain.boardfile import BoardFile
from charniere.spec.edition import DRAFT, Edition
from charniere.spec.model import Spec


class Envelope(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`kind` is a name of the export's documents (`pdf`). Without `spec`, it is what the boards compile to."""

    kind: str
    files: tuple[BoardFile, ...]
    spec: Spec | None = None
    edition: Edition = DRAFT


_DECODER = msgspec.msgpack.Decoder(Envelope)


def seal(envelope: Envelope) -> bytes:
    return msgspec.msgpack.encode(envelope)


def opened(data: bytes) -> Envelope:
    """Raises msgspec.DecodeError for anything that `seal` did not give."""
    return _DECODER.decode(data)
