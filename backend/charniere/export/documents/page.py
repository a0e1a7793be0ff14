"""A specification as one HTML file to read or print: no script, no address outside the file, every word escaped."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from importlib.resources import files

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
from charniere.export.documents.typography import solid
from charniere.i18n import t

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def write(outline: Outline) -> bytes:
    """The whole document; the same outline gives the same bytes."""
    # A text pasted from elsewhere may hold half of a surrogate pair, which no encoding has.
    return "\n".join(_document(outline)).encode("utf-8", "replace")


def _e(text: str) -> str:
    return escape(solid("".join(c for c in text if c >= " " or c == "\n")))


def _document(outline: Outline) -> Iterator[str]:
    style = (files(__package__) / "page.css").read_text(encoding="utf-8")
    title = f"{outline.client} · {outline.title}" if outline.client else outline.title
    yield f'<!doctype html>\n<html lang="{outline.lang}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{_e(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>"
    yield from _cover(outline)
    yield from _release(outline.lang, outline.release)
    yield f"<nav><h2>{t(outline.lang, 'document.contents')}</h2><ol>"
    for chapter in outline.chapters:
        yield f'<li><a href="#c-{chapter.key}"><span>{chapter.number}</span> {_e(chapter.title)}</a></li>'
    yield "</ol></nav>\n<main>"
    for chapter in outline.chapters:
        yield from _chapter(outline.lang, chapter)
    yield "</main>\n</body>\n</html>\n"


def _cover(outline: Outline) -> Iterator[str]:
    yield f"<header>{_logo(outline)}{_drawing(replace(outline.picture, title='')) if outline.picture else ''}"
    yield f"<h1>{_e(outline.title)}</h1>"
    yield f'<p class="lead">{_e(outline.subtitle)}</p>'
    yield from _facts(outline.lang, outline.cover)
    yield "</header>"


def _logo(outline: Outline) -> str:
    """The client's name, beside their mark where there is one."""
    name = f'<p class="client">{_e(outline.client)}</p>'
    logo = outline.release.logo
    if logo is None:
        return name
    width, height = logo.within(220, 64)
    data = b64encode(logo.data).decode()
    size = f'width="{width:.0f}" height="{height:.0f}"'
    alternative = _e(t(outline.lang, "document.logo", client=outline.client))
    return f'<img class="logo" {size} alt="{alternative}" src="data:{logo.media_type};base64,{data}">{name}'


def _release(lang: str, release: Release) -> Iterator[str]:
    yield f'<section id="release"><h2>{t(lang, "document.release.heading")}</h2>'
    yield f'<p class="lead">{_e(release.lead)}</p>'
    yield from _facts(lang, release.facts)
    yield '<div class="approvals">'
    yield from _table(release.approvals)
    yield "</div></section>"


def _chapter(lang: str, chapter: Chapter) -> Iterator[str]:
    wide = ' class="wide"' if chapter.wide else ""
    yield f'<section id="c-{chapter.key}"{wide}><h2><span>{chapter.number}</span> {_e(chapter.title)}</h2>'
    for block in chapter.blocks:
        yield from _block(lang, block)
    yield "</section>"


def _block(lang: str, block: Block) -> Iterator[str]:
    match block:
        case Text(words, "heading"):
            yield f"<h3>{_e(words)}</h3>"
        case Text(words, "quote"):
            yield f"<blockquote>{_e(words)}</blockquote>"
        case Text(words, kind):
            yield f'<p class="{kind}">{_e(words)}</p>'
        case Bullets(items):
            yield f"<ul>{''.join(f'<li>{_e(item)}</li>' for item in items)}</ul>"
        case Facts(rows):
            yield from _facts(lang, rows)
        case Entry():
            yield from _entry(lang, block)
        case Table():
            yield from _table(block)
        case Drawing():
            yield _drawing(block)


def _entry(lang: str, entry: Entry) -> Iterator[str]:
    level = "h4" if entry.step else "h3"
    state = (
        "" if entry.state == "proposed" else f' <small class="{entry.state}">{_e(entry.state_name)}</small>'
    )
    yield f'<article id="{_e(entry.code)}"><div>'
    yield f"<{level}><span>{_e(entry.code)}</span> {_e(entry.label)}{state}</{level}>"
    yield from _facts(lang, entry.facts)
    sources = (
        f" {_e(t(lang, 'document.colon', label=t(lang, 'document.sources'), words=entry.sources))}."
        if entry.sources
        else ""
    )
    yield f'<p class="why">{_e(entry.why)}{sources}</p></div>'
    if entry.notes:
        yield "<aside>"
        for note in entry.notes:
            yield f'<p class="note {_e(note.kind)}"><b>{_e(note.label)}</b> {_e(note.text)}</p>'
        yield "</aside>"
    yield "</article>"


def _facts(lang: str, facts: tuple[Fact, ...]) -> Iterator[str]:
    if not facts:
        return
    yield "<dl>"
    for fact in facts:
        said = [f"<dd>{_e(words)}</dd>" for words in fact.words]
        if fact.default:
            said.append(f'<dd class="default">{t(lang, "document.by_default")}</dd>')
        if fact.question:
            said.append(f'<dd class="ask"><b>{t(lang, "document.to_complete")}.</b> {_e(fact.question)}</dd>')
        yield f"<div><dt>{_e(fact.label)}</dt>{''.join(said)}</div>"
    yield "</dl>"


def _drawing(drawing: Drawing) -> str:
    """The drawing within the page; whoever cannot see it is told what it shows."""
    said = f'role="img" aria-label="{_e(drawing.alternative)}"'
    title = f"<figcaption>{_e(drawing.title)}</figcaption>" if drawing.title else ""
    return f"<figure>{title}{drawing.svg.replace('<svg ', f'<svg {said} ', 1)}</figure>"


def _table(table: Table) -> Iterator[str]:
    whole = sum(column.width for column in table.columns)
    columns = "".join(f'<col style="width:{column.width * 100 / whole:.2f}%">' for column in table.columns)
    heads = "".join(f'<th scope="col">{_e(column.label)}</th>' for column in table.columns)
    yield f'<div class="table"><table><colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead><tbody>'
    for row in table.rows:
        cells = "".join(f"<td>{_e(cell).replace(chr(10), '<br>')}</td>" for cell in row)
        yield f"<tr>{cells}</tr>"
    yield "</tbody></table></div>"
