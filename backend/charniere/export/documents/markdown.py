"""A specification as Markdown. Words of the wall are escaped: none is read as a heading, a link, a table or HTML."""

import re
from collections.abc import Iterator
from typing import Final

from charniere.export.documents.parts import (
    Block,
    Bullets,
    Chapter,
    Drawing,
    Entry,
    Fact,
    Facts,
    Outline,
    Release,
    Table,
    Text,
)
from charniere.i18n import t

_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_MARKS: Final = re.compile(r"([\\`*_\[\]<>|~&$#])")
_OPENS: Final = re.compile(r"^(\s*)(?:([-+=])|(\d+)([.)]))")


def write(outline: Outline) -> bytes:
    """The whole document; the same outline gives the same bytes."""
    # A text pasted from elsewhere may hold half of a surrogate pair, which no encoding has.
    return ("\n".join(_document(outline)).rstrip() + "\n").encode("utf-8", "replace")


def plain(text: str) -> str:
    """Words on one line that Markdown shows as they are."""
    text = _MARKS.sub(r"\\\1", _BREAKS.sub(" ", text).strip())
    return _OPENS.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", text)


def _document(outline: Outline) -> Iterator[str]:
    lang = outline.lang
    yield f"# {plain(outline.title)}"
    yield f"\n**{plain(outline.client)}**\n"
    yield f"{plain(outline.subtitle)}\n"
    yield from _facts(lang, outline.cover)
    yield from _release(lang, outline.release)
    yield f"\n## {t(lang, 'document.contents')}\n"
    for chapter in outline.chapters:
        yield f"- {_heading(chapter)}"
    for chapter in outline.chapters:
        yield f"\n## {_heading(chapter)}"
        for block in chapter.blocks:
            yield from _block(lang, block)


def _release(lang: str, release: Release) -> Iterator[str]:
    yield f"\n## {t(lang, 'document.release.heading')}\n"
    yield f"{plain(release.lead)}\n"
    yield from _facts(lang, release.facts)
    yield ""
    yield from _table(release.approvals)


def _heading(chapter: Chapter) -> str:
    return plain(f"{chapter.number}\u2002{chapter.title}")


def _block(lang: str, block: Block) -> Iterator[str]:
    yield ""
    match block:
        case Text(words, "heading"):
            yield f"### {plain(words)}"
        case Text(words, "quote"):
            yield f"> {plain(words)}"
        case Text(words):
            yield plain(words)
        case Bullets(items):
            yield from (f"- {plain(item)}" for item in items)
        case Facts(rows):
            yield from _facts(lang, rows)
        case Entry():
            yield from _entry(lang, block)
        case Table():
            yield from _table(block)
        case Drawing():
            yield plain(block.alternative)


def _entry(lang: str, entry: Entry) -> Iterator[str]:
    level = "####" if entry.step else "###"
    state = "" if entry.state == "proposed" else f" ({plain(entry.state_name)})"
    yield f"{level} {entry.code} {plain(entry.label)}{state}\n"
    yield from _facts(lang, entry.facts)
    yield f"- {plain(t(lang, 'document.colon', label=t(lang, 'document.why'), words=entry.why))}"
    if entry.sources:
        yield f"- {plain(t(lang, 'document.colon', label=t(lang, 'document.sources'), words=entry.sources))}"


def _facts(lang: str, facts: tuple[Fact, ...]) -> Iterator[str]:
    for fact in facts:
        label = f"**{plain(fact.label)}**"
        if fact.words:
            words = " ; ".join(plain(one) for one in fact.words)
            tail = f" ({t(lang, 'document.by_default')})" if fact.default else ""
            yield f"- {t(lang, 'document.colon', label=label, words=words + tail)}"
        if fact.question:
            asked = f"{t(lang, 'document.to_complete')}. {fact.question}"
            yield f"- {t(lang, 'document.colon', label=label, words=f'_{plain(asked)}_')}"


def _table(table: Table) -> Iterator[str]:
    yield f"| {' | '.join(plain(column.label) for column in table.columns)} |"
    yield f"|{' --- |' * len(table.columns)}"
    for row in table.rows:
        yield f"| {' | '.join('<br>'.join(plain(line) for line in cell.splitlines()) for cell in row)} |"
