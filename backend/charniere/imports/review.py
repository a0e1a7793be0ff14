"""What is odd once the rows are notes: near doubles, pains that nobody answers, actions without owner, touchpoints not in « je ».

Nothing is changed: the facilitator decides.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

from charniere.domain.board import Kind, Link, LinkKind
from charniere.imports.layout import fold
from charniere.imports.notes import Draft
from charniere.imports.report import Oddity, odd
from charniere.phrasing import assess

_LETTERS: Final = 4  # words shorter than this say little
_WORDS: Final = 3  # texts with fewer words are alike only when they are the same
_WORDS_MOST: Final = 60  # longer texts are alike only when they are the same
_COMMON: Final = 40  # a word found in more notes than this brings no two together
_ALIKE: Final = 0.75
_ASSESSED: Final = 2_000  # touchpoints whose phrasing is looked at


def review(drafts: Sequence[Draft], links: Iterable[Link], lang: Literal["fr", "en"]) -> list[Oddity]:
    answered = {link.target for link in links if link.kind is LinkKind.resolves}
    return [
        *_doubles(drafts),
        *_unanswered(drafts, answered),
        *_without_owner(drafts),
        *_not_told_by_the_customer(drafts, lang),
    ]


def _doubles(drafts: Sequence[Draft]) -> Iterator[Oddity]:
    """Each note that says what a note above it says, or nearly."""
    first: dict[str, int] = {}
    words = [_words(draft.note.text) for draft in drafts]
    seen: dict[str, list[int]] = {}
    common = Counter(word for own in words for word in own)
    for index, draft in enumerate(drafts):
        plain = fold(draft.note.text)
        other = first.setdefault(plain, index) if plain else index
        if other == index:
            other = _nearest(words[index], words, seen)
        for word in words[index]:
            if common[word] <= _COMMON:
                seen.setdefault(word, []).append(index)
        if 0 <= other < index:
            name = drafts[other].note.ref or str(drafts[other].row.line)
            yield _said(draft, "double", name=name, words=drafts[other].note.text)


def _nearest(own: frozenset[str], words: Sequence[frozenset[str]], seen: Mapping[str, Sequence[int]]) -> int:
    """The note above whose words are nearly these, or -1."""
    if not _WORDS <= len(own) <= _WORDS_MOST:
        return -1
    shared = Counter(index for word in own for index in seen.get(word, ()))
    for index, count in shared.most_common(3):
        if len(words[index]) >= _WORDS and count / len(own | words[index]) >= _ALIKE:
            return index
    return -1


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in fold(text).split() if len(word) >= _LETTERS)


def _unanswered(drafts: Sequence[Draft], answered: set[str]) -> Iterator[Oddity]:
    for draft in drafts:
        if draft.note.kind in (Kind.irritant, Kind.breakpoint) and draft.note.id not in answered:
            yield _said(draft, "unanswered", words=draft.note.text)


def _without_owner(drafts: Sequence[Draft]) -> Iterator[Oddity]:
    for draft in drafts:
        if draft.note.kind is Kind.action and not draft.note.owner:
            yield _said(draft, "no_owner", words=draft.note.text)


def _not_told_by_the_customer(drafts: Sequence[Draft], lang: Literal["fr", "en"]) -> Iterator[Oddity]:
    touchpoints = [
        draft for draft in drafts if draft.note.kind is Kind.touchpoint and draft.note.text.strip()
    ]
    for draft in touchpoints[:_ASSESSED]:
        found = assess(draft.note.text, lang)
        if found.verdict == "yes":
            continue
        if found.suggestion:
            yield _said(draft, "not_je_but", words=draft.note.text, suggestion=found.suggestion)
        else:
            yield _said(draft, "not_je", words=draft.note.text)


def _said(draft: Draft, code: str, **params: str | int) -> Oddity:
    return odd(code, draft.row.line, draft.note.ref[:40], "look", **params)
