"""A cue: alternatives that begin at the beginning of a word, tried only where a text has a word beginning like one of them.

Most cues are in no note: comparing beginnings of words first spares nine searches out of ten, and most of the tenth.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

_LENGTH: Final = 4
_FREE: Final = ("^", "(?", r"\b", "%")  # alternatives that say themselves where they begin
_LITERAL: Final = re.compile(r"[a-z0-9' °€-]")
_HEAD: Final = (
    re.compile(  # up to four characters from the first letter of a word; a sign is a word of its own
        rf"(?=(.{{1,{_LENGTH}}}))(?:(?<![^\W_])[^\W_]|[^\w ]|_)", re.DOTALL
    )
)


class Cue:
    """Searches like a compiled pattern. `always`: some alternative may be in a text whatever its words begin with."""

    __slots__ = ("_anywhere", "_from_start", "_pattern", "always", "beginnings")

    def __init__(self, alternatives: Sequence[str]) -> None:
        parts = [part if part.startswith(_FREE) else rf"(?<![a-z0-9]){part}" for part in alternatives]
        self._pattern = re.compile("|".join(parts))
        found = [beginnings(part) for part in alternatives]
        self.always = any(not one for one in found)
        self.beginnings = frozenset(begin for one in found for begin in one)
        unbound = [part for part, said in zip(parts, alternatives, strict=True) if not _is_bound(said)]
        self._anywhere = re.compile("|".join(unbound)) if unbound else None
        self._from_start = any(part.startswith("^") for part in alternatives)

    def search(self, folded: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        begun = self.beginnings & word_beginnings(folded)
        if not begun and not self.always:
            return None
        return self._first(folded, self._places(folded, begun), start, len(folded) if end is None else end)

    def finditer(self, folded: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        begun = self.beginnings & word_beginnings(folded)
        if not begun and not self.always:
            return
        places = self._places(folded, begun)
        stop = len(folded) if end is None else end
        while match := self._first(folded, places, start, stop):
            yield match
            start = match.end()

    def _places(self, folded: str, begun: frozenset[str]) -> list[int]:
        """Where a bound alternative may be, in order; whether a word begins there, the pattern tells."""
        out = [0] if self._from_start else []
        for begin in begun:
            place = folded.find(begin)
            while place >= 0:
                out.append(place)
                place = folded.find(begin, place + 1)
        return sorted(out)

    def _first(self, folded: str, places: list[int], start: int, stop: int) -> re.Match[str] | None:
        """What the whole pattern would find, tried at these places and where an unbound alternative is."""
        unbound = self._anywhere.search(folded, start, stop) if self._anywhere else None
        last = unbound.start() if unbound else stop
        for place in places:
            if start <= place <= last and (match := self._pattern.match(folded, place, stop)):
                return match
        return unbound


@lru_cache(maxsize=16384)
def word_beginnings(folded: str) -> frozenset[str]:
    """What begins at each word of a text: one to four characters."""
    heads = set(_HEAD.findall(folded))
    return frozenset(head[:length] for head in heads for length in range(1, _LENGTH + 1))


def _is_bound(part: str) -> bool:
    """Can it match nowhere but at the beginning of the text, or of a word that is known to begin like it?"""
    if part.startswith("^"):
        return True
    begins = beginnings(part)
    if part.startswith(_FREE):
        return part.startswith(r"\b") and bool(begins) and all(begin[0].isalnum() for begin in begins)
    return bool(begins) and len(_split(part)) == 1


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
