"""The client's logo, kept only when its bytes are those of a sound picture: a broken or hostile file never reaches a document.

Everything is decided from headers and checksums; pixels are counted, never drawn.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import Final

from charniere.export.documents.parts import Picture
from charniere.spec.edition import Logo

BYTES_MOST: Final = 2_000_000
SIDE_MOST: Final = 6_000  # pixels
PIXELS_MOST: Final = 8_000_000
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS: Final = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
# Where each pass of an interlaced picture begins, and its step: x, y, dx, dy.
_PASSES: Final = (
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
)  # fmt: skip
_KEPT: Final = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_FRAMES: Final = (0xC0, 0xC1, 0xC2)  # baseline, extended, progressive: what every reader draws
_ALONE: Final = (0x01, *range(0xD0, 0xD8))


def drawable(logo: Logo | None) -> Picture | None:
    """The logo as a picture that every format can hold, or None."""
    if logo is None or not 0 < len(logo.data) <= BYTES_MOST:
        return None
    try:
        return _png(logo.data) if logo.media_type == "image/png" else _jpeg(logo.data)
    except (ValueError, struct.error, zlib.error):
        return None


def _bounded(width: int, height: int) -> None:
    if not (0 < width <= SIDE_MOST and 0 < height <= SIDE_MOST and width * height <= PIXELS_MOST):
        raise ValueError


def _png(data: bytes) -> Picture:
    """Its pixels and nothing else: texts, profiles and frames of an animation are left out."""
    chunks = list(_chunks(data))
    names = [name for name, _ in chunks]
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or names.count(b"IHDR") != 1:
        raise ValueError
    if len(chunks[0][1]) != 13:
        raise ValueError
    width, height, depth, colour, packing, filtering, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    _bounded(width, height)
    if depth not in _DEPTHS.get(colour, ()) or packing or filtering or interlaced > 1:
        raise ValueError
    palette = [body for name, body in chunks if name == b"PLTE"]
    if len(palette) > 1 or any(len(one) % 3 or not 3 <= len(one) <= 768 for one in palette):
        raise ValueError
    if (colour == 3 and not palette) or (colour in (0, 4) and palette):
        raise ValueError
    rows = list(_rows(width, height, depth * _CHANNELS[colour], interlaced=bool(interlaced)))
    _pixels(b"".join(body for name, body in chunks if name == b"IDAT"), rows)
    kept = b"".join(_chunk(name, body) for name, body in chunks if name in _KEPT)
    return Picture("image/png", _PNG + kept, width, height)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not data.startswith(_PNG):
        raise ValueError
    at = len(_PNG)
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack_from(">I", data, at + 8 + length)
        if checksum != zlib.crc32(name + body):
            raise ValueError
        yield name, body
        if name == b"IEND":
            return
        at += 12 + length
    raise ValueError


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _rows(width: int, height: int, bits: int, *, interlaced: bool) -> Iterator[int]:
    """The bytes of each row, its filter included."""
    for x, y, dx, dy in _PASSES if interlaced else ((0, 0, 1, 1),):
        across, down = -(-(width - x) // dx), -(-(height - y) // dy)
        if across > 0 and down > 0:
            yield from [1 + (across * bits + 7) // 8] * down


def _pixels(packed: bytes, rows: list[int]) -> None:
    """Every row is there with a filter that exists, and no byte more."""
    unpack = zlib.decompressobj()
    found = unpack.decompress(packed, sum(rows) + 1)
    if len(found) != sum(rows):
        raise ValueError
    at = 0
    for row in rows:
        if found[at] > 4:
            raise ValueError
        at += row


def _jpeg(data: bytes) -> Picture:
    """Whole segments up to the picture, one frame that says its size, and an end."""
    if not data.startswith(b"\xff\xd8") or not data.rstrip(b"\x00\n").endswith(b"\xff\xd9"):
        raise ValueError
    at, size = 2, None
    while True:
        lead, marker = struct.unpack_from(">BB", data, at)
        if lead != 0xFF:
            raise ValueError
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker in _ALONE:
            at += 2
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        if length < 2 or at + 2 + length > len(data):
            raise ValueError
        if marker == 0xDA:
            break
        if marker in _FRAMES:
            depth, height, width, components = struct.unpack_from(">BHHB", data, at + 4)
            if size or depth != 8 or components not in (1, 3) or length != 8 + 3 * components:
                raise ValueError
            size = (width, height)
        elif 0xC3 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            raise ValueError
        at += 2 + length
    if size is None:
        raise ValueError
    _bounded(*size)
    return Picture("image/jpeg", data, *size)
