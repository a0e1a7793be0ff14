"""Three-way merge of what two people typed in one note: by words, both sides kept, nothing refused.

Only the server merges; a browser takes the result and maps its caret. Pure and deterministic.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final, NamedTuple

# a word with its combining marks, a run of spaces, or one symbol with its emoji joiners and skin tones
_TOKEN: Final = re.compile(
    r"\w[\w\u0300-\u036f]*|\s+"
    r"|[^\w\s][\u200d\ufe0f\U0001F3FB-\U0001F3FF]*(?:(?<=\u200d)[^\w\s]\ufe0f?[\U0001F3FB-\U0001F3FF]?\u200d?)*",
    re.S,
)
_DIFF_CELLS: Final = (
    4_000_000  # beyond this many token pairs a side counts as one replacement: bounded time, no word lost
)

# no XML file and no PostgreSQL text can hold them, nobody sees them
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def plain(words: str) -> str:
    """Without control characters, tabs and line ends apart."""
    return _CONTROLS.sub("", words)


class _Hunk(NamedTuple):
    start: int  # token index in the base
    end: int
    tokens: list[str]
    side: int  # 0 = committed, 1 = later


def merge(base: str, committed: str, later: str) -> str:
    """The text that holds what both sides wrote since `base`; where they wrote in the same place, committed words come first.

    A deletion loses against an edit of the same words. Every word that either side added is in the result.
    """
    if committed == later or later == base:
        return committed
    if committed == base:
        return later
    tokens = _TOKEN.findall(base)
    hunks = sorted(
        [*_hunks(tokens, committed, 0), *_hunks(tokens, later, 1)], key=lambda h: (h.start, h.end, h.side)
    )
    out: list[str] = []
    position = 0
    for group in _groups(hunks):
        start, end = group[0].start, max(h.end for h in group)
        out += tokens[position:start]
        out += _resolve(tokens, start, end, group)
        position = end
    return "".join(out + tokens[position:])


def _hunks(base: list[str], side_text: str, side: int) -> Iterator[_Hunk]:
    """What one side changed, outside the prefix and suffix that it left alone."""
    other = _TOKEN.findall(side_text)
    head = 0
    while head < min(len(base), len(other)) and base[head] == other[head]:
        head += 1
    tail = 0
    while tail < min(len(base), len(other)) - head and base[-1 - tail] == other[-1 - tail]:
        tail += 1
    old, new = base[head : len(base) - tail], other[head : len(other) - tail]
    if len(old) * len(new) > _DIFF_CELLS:
        yield _Hunk(head, head + len(old), new, side)
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _Hunk(head + i1, head + i2, new[j1:j2], side)


def _groups(hunks: list[_Hunk]) -> Iterator[list[_Hunk]]:
    """Hunks that touch the same place of the base, together."""
    index = 0
    while index < len(hunks):
        group = [hunks[index]]
        end = hunks[index].end
        index += 1
        while index < len(hunks) and (hunks[index].start < end or hunks[index].start == group[0].start):
            group.append(hunks[index])
            end = max(end, hunks[index].end)
            index += 1
        yield group


def _resolve(base: list[str], start: int, end: int, group: list[_Hunk]) -> list[str]:
    sides = [
        _side(base, start, end, [h for h in group if h.side == side])
        for side in (0, 1)
        if any(h.side == side for h in group)
    ]
    if len(sides) == 1 or sides[0] == sides[1]:
        return sides[0]
    first, second = sides
    if _within(first, second):
        return second
    if _within(second, first):
        return first
    glue = [] if first[-1].isspace() or second[0].isspace() else [" "]
    return first + glue + second


def _side(base: list[str], start: int, end: int, hunks: list[_Hunk]) -> list[str]:
    out: list[str] = []
    position = start
    for hunk in hunks:
        out += base[position : hunk.start] + hunk.tokens
        position = hunk.end
    return out + base[position:end]


def _within(part: list[str], whole: list[str]) -> bool:
    """Are the words of `part` found in a row in `whole`? Words, not letters: "art" is not within "partie"."""
    a = [t for t in part if not t.isspace()]
    b = [t for t in whole if not t.isspace()]
    return any(b[k : k + len(a)] == a for k in range(len(b) - len(a) + 1))
