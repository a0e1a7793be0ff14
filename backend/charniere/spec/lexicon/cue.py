"""A cue: alternatives that begin at the beginning of a word, searched only in texts that have a word beginning like one of them.

Most cues are in no note: comparing beginnings of words first spares nine searches out of ten.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

_LENGTH: Final = 3
_FREE: Final = ("^", "(?", r"\b", "%")  # alternatives that say themselves where they begin
_LITERAL: Final = re.compile(r"[a-z0-9' °€-]")


class Cue:
    """Searches like a compiled pattern."""

    __slots__ = ("_pattern", "always", "beginnings")

    def __init__(self, alternatives: Sequence[str]) -> None:
        parts = [part if part.startswith(_FREE) else rf"(?<![a-z0-9]){part}" for part in alternatives]
        self._pattern = re.compile("|".join(parts))
        found = [beginnings(part) for part in alternatives]
        self.always = any(not one for one in found)
        self.beginnings = frozenset(begin for one in found for begin in one)

    def search(self, folded: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        if not self._may_be_in(folded):
            return None
        return self._pattern.search(folded, start, len(folded) if end is None else end)

    def finditer(self, folded: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        if not self._may_be_in(folded):
            return iter(())
        return self._pattern.finditer(folded, start, len(folded) if end is None else end)

    def _may_be_in(self, folded: str) -> bool:
        return self.always or not self.beginnings.isdisjoint(word_beginnings(folded))


@lru_cache(maxsize=16384)
def word_beginnings(folded: str) -> frozenset[str]:
    """What begins at each word of a text: one, two and three characters."""
    out: set[str] = set()
    inside = False
    for place, char in enumerate(folded):
        word = char.isalnum()
        if not (inside and word) and char != " ":
            out.update((char, folded[place : place + 2], folded[place : place + _LENGTH]))
        inside = word
    return frozenset(out)


def beginnings(part: str) -> frozenset[str]:
    """What a text must begin a word with for this alternative to match; empty when that cannot be told."""
    while part.startswith((r"\b", "^")):
        part = part.removeprefix("^") if part.startswith("^") else part[2:]
    out = _expand(part, 3)
    return frozenset(out) if out and all(out) else frozenset()


def _expand(part: str, depth: int) -> set[str]:
    """The literal beginnings of a pattern, through leading groups; {""} when there is none to be sure of."""
    if part.startswith("(?:"):
        close = _closing(part)
        if depth == 0 or close < 0 or part[close + 1 : close + 2] in ("?", "*", "{"):
            return {""}
        rest = part[close + 1 :]
        return {begin for one in _split(part[3:close]) for begin in _expand(one + rest, depth - 1)}
    literal = ""
    for place, char in enumerate(part):
        if not _LITERAL.match(char) or len(literal) == _LENGTH:
            break
        if part[place + 1 : place + 2] in ("?", "*", "{"):
            break
        literal += char
        if part[place + 1 : place + 2] == "|":
            break
    return {literal}


def _closing(part: str) -> int:
    depth = 0
    place = 0
    while place < len(part):
        if part[place] == "\\":
            place += 1
        elif part[place] == "(":
            depth += 1
        elif part[place] == ")":
            depth -= 1
            if depth == 0:
                return place
        place += 1
    return -1


def _split(inside: str) -> list[str]:
    out, depth, begin, place = [], 0, 0, 0
    while place < len(inside):
        char = inside[place]
        if char == "\\":
            place += 1
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        elif char == "|" and depth == 0:
            out.append(inside[begin:place])
            begin = place + 1
        place += 1
    return [*out, inside[begin:]]
