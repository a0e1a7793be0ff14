"""Editions for the tests of documents, and logos: sound ones, broken ones, hostile ones."""

import struct
import zlib
from collections.abc import Mapping
from typing import Final

from charniere.spec.edition import Approval, Edition, Logo


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(
    width: int = 40,
    height: int = 10,
    *,
    header: bytes = b"",
    pixels: bytes | None = None,
    extra: bytes = b"",
    tail: bytes = b"",
) -> bytes:
    """A green rectangle, whose header, pixels or chunks a test may spoil."""
    head = header or struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + bytes((34, 94, 80)) * width) * height if pixels is None else pixels
    body = chunk(b"IHDR", head) + extra + chunk(b"IDAT", zlib.compress(rows)) + (tail or chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + body


# One grey square of eight pixels, baseline: the tables of the standard cut to what it needs.
JPEG: Final = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000"
    "ffdb004300" + "10" * 64 + "ffc0000b080008000801011100"
    "ffc40014000100000000000000000000000000000000"
    "ffc40014100100000000000000000000000000000000"
    "ffda0008010100003f003fffd9"
)


def bomb() -> bytes:
    """Says forty by ten, unpacks to a hundred megabytes."""
    return png(pixels=b"\0" * 100_000_000)


def _too_wide() -> bytes:
    return png(header=struct.pack(">IIBBBBB", 1_000_000, 1_000_000, 8, 2, 0, 0, 0))


BROKEN: Final[Mapping[str, Logo]] = {
    "empty": Logo(media_type="image/png", data=b""),
    "text": Logo(media_type="image/png", data=b"<svg onload=alert(1)>"),
    "only the magic bytes": Logo(media_type="image/png", data=b"\x89PNG\r\n\x1a\n"),
    "cut short": Logo(media_type="image/png", data=png()[:-20]),
    "wrong checksum": Logo(media_type="image/png", data=png().replace(b"IDAT", b"IDAX")),
    "too wide": Logo(media_type="image/png", data=_too_wide()),
    "no pixels": Logo(media_type="image/png", data=png(pixels=b"")),
    "unknown filter": Logo(media_type="image/png", data=png(pixels=b"\x09" + bytes(40 * 3) * 10 + bytes(9))),
    "no palette": Logo(
        media_type="image/png", data=png(header=struct.pack(">IIBBBBB", 40, 10, 8, 3, 0, 0, 0))
    ),
    "a bomb": Logo(media_type="image/png", data=bomb()),
    "a jpeg said to be a png": Logo(media_type="image/png", data=JPEG),
    "jpeg without a frame": Logo(media_type="image/jpeg", data=b"\xff\xd8\xff\xda\x00\x02\xff\xd9"),
    "jpeg cut short": Logo(media_type="image/jpeg", data=JPEG[:-40]),
    "jpeg with a segment too long": Logo(media_type="image/jpeg", data=b"\xff\xd8\xff\xe0\xff\xff\xff\xd9"),
}
FROZEN: Final = Edition(
    number=2,
    frozen=True,
    digest="9f3c17a8e2b044d1" * 4,
    author="Claire Vidal",
    at=1_795_300_000_000,
    note="Les délais du support sont décidés.",
    approvals=(
        Approval(name="Karim Benali", role="Directeur commercial", team="Conseil habitat", day="2026-11-20"),
        Approval(name="Sophie Roux", role="DSI", team="Informatique", day="2026-11-21"),
    ),
    logo=Logo(media_type="image/png", data=png()),
)
