"""From the cells « lié à » to links: what a row points at, told by the kind of the row."""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from charniere.domain import limits
from charniere.domain.board import Link
from charniere.imports.grid import made_id
from charniere.imports.layout import fold, link_kind
from charniere.imports.notes import Draft
from charniere.imports.report import Oddity, odd

_SEPARATORS: Final = re.compile(r"[,;|/\n\t]+")
_ROW_MOST: Final = 200  # links that one row can name; what follows stays words
_NUMBERED: Final = re.compile(r"^##?(\d{1,9})$")


def links(drafts: Sequence[Draft]) -> tuple[dict[str, Link], dict[str, str], list[Oddity]]:
    """Links by id; for each note id the words that point nowhere; what was odd."""
    by_ref = _by_ref(drafts)
    by_number = {draft.note.number: draft.note.id for draft in drafts}
    found: dict[str, Link] = {}
    nowhere: dict[str, str] = {}
    oddities: list[Oddity] = []
    for draft in drafts:
        words = draft.row.cells.get("links", "").strip()
        lost: dict[str, list[str]] = {}  # by reason
        for name, target in _targets(words, by_ref, by_number):
            code = _refusal(draft, target, len(found))
            if target is None or code:
                lost.setdefault(code, []).append(name)
                continue
            kind = link_kind(draft.note.kind)
            link = Link(
                id=made_id(kind, draft.note.id, target), kind=kind, source=draft.note.id, target=target
            )
            found[link.id] = link
        for code, names in lost.items():
            oddities.append(odd(code, draft.row.line, draft.note.ref[:40], "kept", words=", ".join(names)))
        if lost:
            nowhere[draft.note.id] = ", ".join(itertools.chain.from_iterable(lost.values()))
    return found, nowhere, oddities


def _refusal(draft: Draft, target: str | None, count: int) -> str:
    if target is None:
        return "link_unknown"
    if target == draft.note.id:
        return "link_itself"
    return "link_too_many" if count >= limits.LINKS else ""


def _by_ref(drafts: Sequence[Draft]) -> dict[str, str]:
    """Note ids by ref as written, and by folded ref where that is not taken; the first holder of a ref has it."""
    exact: dict[str, str] = {}
    folded: dict[str, str] = {}
    for draft in drafts:
        if draft.note.ref:
            exact.setdefault(draft.note.ref, draft.note.id)
            folded.setdefault(f"~{fold(draft.note.ref)}", draft.note.id)
    return folded | exact


def _targets(
    words: str, by_ref: dict[str, str], by_number: dict[int, str]
) -> Iterator[tuple[str, str | None]]:
    """The names in a cell, each with the note that it means: the whole cell, else its list, else its words."""
    if not words:
        return
    if words in by_ref:
        yield words, by_ref[words]
        return
    *parts, rest = _SEPARATORS.split(words, maxsplit=_ROW_MOST)
    if len(parts) < _ROW_MOST:
        parts.append(rest)
    elif rest.strip():
        yield rest, None
    for part in filter(None, (part.strip() for part in parts)):
        target = _target(part, by_ref, by_number)
        pieces = part.split()
        if target or len(pieces) == 1 or not any(_target(p, by_ref, by_number) for p in pieces):
            yield part, target
        else:
            yield from ((piece, _target(piece, by_ref, by_number)) for piece in pieces)


def _target(name: str, by_ref: dict[str, str], by_number: dict[int, str]) -> str | None:
    if name in by_ref:
        return by_ref[name]
    if found := _NUMBERED.match(name):
        return by_number.get(int(found[1]))
    return by_ref.get(f"~{fold(name)}") if fold(name) else None
