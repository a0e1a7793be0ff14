"""Content to produce: what answers customers' questions, what actions say will be made, what is to be taught."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, cast

from charniere.domain.board import Kind
from charniere.spec.items import ask, because, ident, sources
from charniere.spec.lexicon import cues, matching, phrase, table
from charniere.spec.lines import Content
from charniere.spec.wall import Told, Wall
from charniere.spec.words import label, squash, trim


def contents(wall: Wall, answered: frozenset[tuple[str, str]]) -> tuple[Content, ...]:
    """`answered` are the notes that fields, indicators and the like have taken: they are not customers' questions."""
    themes: dict[str, list[Told]] = defaultdict(list)
    alone: list[Told] = []
    for told in wall.of_kind(Kind.need, Kind.irritant, Kind.touchpoint, Kind.opportunity):
        theme = _theme(told)
        if told.kind is Kind.need and told.internal and told.at in answered:
            continue
        if told.kind is Kind.need and theme is None:
            question = told.text.rstrip().endswith("?") and not told.internal
            if question or told.at not in answered:
                alone.append(told)
        elif theme and (
            told.kind is Kind.need
            or (
                theme in ("references", "legal", "price")
                and (told.kind is Kind.irritant or told.note.moment_of_truth)
            )
        ):
            themes[theme].append(told)
    for told in wall.of_kind(Kind.action, Kind.opportunity):
        theme = _said(told) if cues(told.lang, "content")["produce"].search(told.folded) else None
        if theme in themes and any(t.kind is Kind.need for t in themes[theme]):
            themes[theme].append(told)
    out = [
        _themed(wall, name, notes)
        for name, notes in themes.items()
        if any(t.kind is Kind.need for t in notes) or len(notes) > 1
    ]
    out += [_question(wall, told) for told in alone]
    out += [
        _made(wall, told)
        for told in wall.of_kind(Kind.action, Kind.opportunity)
        if cues(wall.lang, "content")["produce"].search(told.folded)
    ]
    out += [_taught(wall, told) for told in wall.of_kind(Kind.delight)]
    return tuple(out)


def _theme(told: Told) -> str | None:
    return None if told.internal and told.kind is not Kind.need else _said(told)


def _said(told: Told) -> str | None:
    """The first theme that the words speak of."""
    return next((name for name in matching(told.lang, "content", told.folded) if name != "produce"), None)


def _audience(wall: Wall, told: Told) -> str:
    persona = next((p for p in wall.personas if p.id == told.persona), None)
    return (persona.segment or persona.role) if persona and not told.internal else ""


def _themed(wall: Wall, name: str, notes: list[Told]) -> Content:
    values: dict[str, Any] = table(wall.lang, "content")[name]
    needs = [t for t in notes if t.kind is Kind.need]
    return Content(
        id=ident("content", "content_theme", name),
        label=values["label"],
        reason=because("content_theme", count=str(len(needs))),
        sources=sources(needs, notes),
        questions=(ask("owner", "content_owner"),),
        kind=values["kind"],
        journey_stage=notes[0].stage_label,
        audience=_audience(wall, notes[0]),
        answers=tuple(squash(t.text) for t in needs),
    )


def _question(wall: Wall, told: Told) -> Content:
    return Content(
        id=ident("content", "content_question", told),
        label=phrase(
            wall.lang,
            "faq",
            question=label(told.text)
            + (
                " ?"
                if told.text.rstrip().endswith("?") and wall.lang == "fr"
                else "?"
                if told.text.rstrip().endswith("?")
                else ""
            ),
        ),
        reason=because("content_question"),
        sources=sources(told),
        questions=(ask("owner", "content_owner"),),
        kind="faq",
        journey_stage=told.stage_label,
        audience=_audience(wall, told),
        answers=(squash(told.text),),
    )


def _made(wall: Wall, told: Told) -> Content:
    kinds = table(wall.lang, "content")["produce_kinds"]
    kind = next((k for cue, k in kinds.items() if re.search(cue, told.folded)), "other")
    return Content(
        id=ident("content", "content_made", told),
        label=label(told.text),
        reason=because("content_made"),
        sources=sources(told, wall.resolves.get(told.at, ())),
        questions=() if told.note.owner else (ask("owner", "content_owner"),),
        kind=cast(Any, kind),
        journey_stage=told.stage_label,
        owner=told.note.owner or told.note.team,
    )


def _taught(wall: Wall, told: Told) -> Content:
    """What delights is a practice to keep: it is taught."""
    return Content(
        id=ident("content", "content_training", told),
        label=phrase(wall.lang, "training_keep", words=trim(told.text)),
        reason=because("content_training"),
        sources=sources(told),
        kind="training",
        journey_stage=told.stage_label,
        questions=(ask("owner", "content_owner"),),
    )
