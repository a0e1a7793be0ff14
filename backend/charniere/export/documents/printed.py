"""A specification as a PDF: the outline is handed to the typesetter as data, so no word of the wall is ever its markup."""

import json
import re
from functools import cache
from importlib.resources import as_file, files
from typing import Any, Final

import typst

from charniere.export.documents.parts import Block, Bullets, Chapter, Entry, Fact, Facts, Outline, Table, Text
from charniere.i18n import t

_LONG_AGO: Final = 946_684_800  # 1 January 2000: the file says nothing of when it was made
_CONTROLS: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")


def write(outline: Outline) -> bytes:
    """The same outline gives the same bytes."""
    data = json.dumps(_data(outline), ensure_ascii=False)
    with as_file(files(__package__) / "print.typ") as template:
        made: bytes = typst.compile(
            str(template), format="pdf", font_paths=_fonts(), sys_inputs={"data": data}, timestamp=_LONG_AGO
        )
    return made


@cache
def _fonts() -> typst.Fonts:
    """The fonts that come with the product, and no other: the same pages on every machine."""
    with as_file(files("charniere") / "fonts") as folder:
        return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])


def _data(outline: Outline) -> dict[str, Any]:
    lang = outline.lang
    said = {key: t(lang, f"document.{key}") for key in ("contents", "signature", "to_complete", "by_default")}
    return {
        **said,
        "lang": lang,
        "title": outline.title,
        "client": _clean(outline.client),
        "subtitle": _clean(outline.subtitle),
        "running": _clean(t(lang, "document.running", client=outline.client)),
        "version": t(lang, "document.version", version=outline.version),
        "cover": [_fact(fact) for fact in outline.cover],
        "approvals": list(outline.approvals),
        "wall": {"stages": [_clean(name) for name in outline.wall.stages], "rows": outline.wall.rows},
        "chapters": [_chapter(lang, chapter) for chapter in outline.chapters],
    }


def _chapter(lang: str, chapter: Chapter) -> dict[str, Any]:
    return {
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
            columns = [{"label": _clean(column.label), "width": column.width} for column in block.columns]
            return {
                "type": "table",
                "columns": columns,
                "rows": [[_clean(cell) for cell in row] for row in block.rows],
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
        "facts": [_fact(fact) for fact in entry.facts],
        "why": _clean(f"{entry.why} {sources}".strip()),
        "notes": [{"label": one.label, "kind": one.kind, "text": _clean(one.text)} for one in entry.notes],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    words = [_clean(one) for one in fact.words]
    return {"label": fact.label, "words": words, "question": _clean(fact.question), "default": fact.default}


def _clean(text: str) -> str:
    return _CONTROLS.sub(" ", text)
