"""From bytes to text: which encoding a spreadsheet was saved in. Guesses are said, never silent."""

import codecs
from typing import Final

from charniere.errors import Code, Refused
from charniere.imports.report import Oddity, odd

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_FILES: Final = (
    (b"PK\x03\x04", "workbook"),
    (b"\xd0\xcf\x11\xe0", "workbook"),
    (b"%PDF", "not_text"),
    (b"\x89PNG", "not_text"),
    (b"\xff\xd8\xff", "not_text"),
    (b"GIF8", "not_text"),
    (b"\x1f\x8b", "not_text"),
    (b"SQLite format 3", "not_text"),
    (b"{\\rtf", "not_text"),
)
_GUESSED: Final = ("cp1252", "iso8859-15", "mac_roman", "cp850")
_USUAL: Final = frozenset("àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ«»’‘“”…–—€°²\u00a0\u202f")
_SAMPLE: Final = 200_000


def decode(data: bytes) -> tuple[str, str, list[Oddity]]:
    """The text without its mark, the name of its encoding, what was odd. Raises Refused(unreadable) for what is no text."""
    for magic, reason in _OTHER_FILES:
        if data.startswith(magic):
            raise Refused(Code.unreadable, reason=reason)
    oddities: list[Oddity] = []
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    if encoding is None:
        encoding = _without_mark(data)
        if encoding != "utf-8":
            oddities.append(odd("encoding_guessed", encoding=encoding))
    try:
        text = data.decode(encoding, errors="replace" if encoding in _GUESSED else "strict")
    except UnicodeDecodeError as problem:
        raise Refused(Code.unreadable, reason="damaged", encoding=encoding) from problem
    text = text.removeprefix("\ufeff")
    lost = text.count("\0") + sum(text.count(c) for c in ("\ufffe", "\uffff"))
    if text.count("\0") * 4 > len(text):
        raise Refused(Code.unreadable, reason="not_text")
    if lost:
        oddities.append(odd("nul_removed", n=lost))
        text = text.translate({0: None, 0xFFFE: None, 0xFFFF: None})
    return text, encoding, oddities


def _without_mark(data: bytes) -> str:
    """The encoding of bytes that do not say it: UTF-16 by its many zeros, UTF-8 if it is, else the one that reads as French."""
    sample = data[:_SAMPLE]
    zeros_even, zeros_odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if zeros_odd > half * 0.4 and zeros_even < half * 0.1:
        return "utf-16-le"
    if zeros_even > half * 0.4 and zeros_odd < half * 0.1:
        return "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return max(_GUESSED, key=lambda name: _french(sample, name))
    return "utf-8"


def _french(sample: bytes, encoding: str) -> int:
    score = 0
    for char in sample.decode(encoding, errors="replace"):
        if char < "\x80":
            continue
        if char in _USUAL:
            score += 3
        elif char == "\ufffd" or "\x80" <= char < "\xa0":
            score -= 20
        else:
            score -= 2
    return score
