"""A specification as a PDF: the outline is handed to the typesetter as data, so no word of the wall is ever its markup."""

import json
import re
from base64 import b64encode
from importlib.resources import as_file, files
from typing import Any, Final

import typst

from charniere.export.documents.parts import (
    Block,
    Bullets,
    Chapter,
    Drawing,
    Entry,
    Fact,
    Facts,
    Outline,
    Table,
    Text,
)
from charniere.export.documents.typeset import LONG_AGO, fonts
from charniere.export.documents.typography import solid
from charniere.i18n import t

_CONTROLS: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f\u2028\u2029\ud800-\udfff]")


def write(outline: Outline) -> bytes:
    """The same outline gives the same bytes."""
    data = _data(outline)
    try:
        return _compiled(data)
    except typst.TypstError:
        if not data["logo"]:
            raise
        return _compiled(
            {**data, "logo": None}
        )  # a picture that passed every check and still cannot be drawn


def _compiled(data: dict[str, Any]) -> bytes:
    given = {"data": json.dumps(data, ensure_ascii=False)}
    with as_file(files(__package__) / "print.typ") as template:
        made: bytes = typst.compile(
            str(template), format="pdf", font_paths=fonts(), sys_inputs=given, timestamp=LONG_AGO
        )
    return made


def _data(outline: Outline) -> dict[str, Any]:
    lang = outline.lang
    said = {key: t(lang, f"document.{key}") for key in ("contents", "to_complete", "by_default")}
    release = outline.release
    return {
        **said,
        "lang": lang,
        "title": outline.title,
        "client": _clean(outline.client),
        "subtitle": _clean(outline.subtitle),
        "running": _clean(t(lang, "document.running", client=outline.client)),
        "version": _clean(release.running),
        "logo": _logo(outline),
        "cover": [_fact(fact) for fact in outline.cover],
        "release": {
            "title": t(lang, "document.release.heading"),
            "approvals": t(lang, "document.release.approvals"),
            "lead": release.lead,
            "facts": [_fact(fact) for fact in release.facts],
            "table": _table(release.approvals),
        },
        "picture": _drawing(outline.picture) if outline.picture else None,
        "chapters": [_chapter(lang, chapter) for chapter in outline.chapters],
    }


def _logo(outline: Outline) -> dict[str, Any] | None:
    """The client's mark as a drawing that holds it: the typesetter takes words, not bytes."""
    logo = outline.release.logo
    if logo is None:
        return None
    width, height = logo.within(180, 56)
    link = f"data:{logo.media_type};base64,{b64encode(logo.data).decode()}"
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.2f}" height="{height:.2f}">'
        f'<image width="{width:.2f}" height="{height:.2f}" href="{link}"/></svg>'
    )
    alternative = _clean(t(outline.lang, "document.logo", client=outline.client))
    return {"svg": drawing, "width": width, "alt": alternative}


def _chapter(lang: str, chapter: Chapter) -> dict[str, Any]:
    return {
        "key": chapter.key,
        "number": chapter.number,
        "title": chapter.title,
        "wide": chapter.wide,
        "blocks": [_block(lang, block) for block in chapter.blocks],
    }


def _block(lang: str, block: Block) -> dict[str, Any]:
    match block:
        case Text():
            return {"type": "text", "kind": block.kind, "words": _clean(block.words)}
        case Bullets():
            return {"type": "bullets", "items": [_clean(item) for item in block.items]}
        case Facts():
            return {"type": "facts", "rows": [_fact(fact) for fact in block.rows]}
        case Entry():
            return _entry(lang, block)
        case Table():
            return _table(block)
        case Drawing():
            return _drawing(block)


def _drawing(drawing: Drawing) -> dict[str, Any]:
    return {
        "type": "drawing",
        "svg": drawing.svg,
        "width": drawing.width,
        "height": drawing.height,
        "alt": _clean(drawing.alternative),
        "title": _clean(drawing.title),
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "type": "table",
        "columns": [{"label": _clean(column.label), "width": column.width} for column in table.columns],
        "rows": [{"cells": [_clean(cell) for cell in row], "tall": table.tall(row)} for row in table.rows],
    }


def _entry(lang: str, entry: Entry) -> dict[str, Any]:
    sources = (
        t(lang, "document.colon", label=t(lang, "document.sources"), words=entry.sources)
        if entry.sources
        else ""
    )
    return {
        "type": "entry",
        "code": entry.code,
        "label": _clean(entry.label),
        "state": entry.state,
        "state_name": entry.state_name,
        "step": entry.step,
        "long": entry.long,
        "facts": [_fact(fact) for fact in entry.facts],
        "why": _clean(f"{entry.why} {sources}".strip()),
        "notes": [{"label": one.label, "kind": one.kind, "text": _clean(one.text)} for one in entry.notes],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    words = [_clean(one) for one in fact.words]
    return {"label": fact.label, "words": words, "question": _clean(fact.question), "default": fact.default}


def _clean(text: str) -> str:
    return solid(_CONTROLS.sub(" ", text))
