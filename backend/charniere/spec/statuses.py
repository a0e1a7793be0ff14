"""Statuses: the lists that the wall quotes; where it quotes none, the usual few, to be confirmed."""

from __future__ import annotations

import re
from typing import Literal

from charniere.domain.board import Kind
from charniere.spec.items import ask, because, ident, sources
from charniere.spec.lexicon import cues, table
from charniere.spec.lines import CrmObject, Status
from charniere.spec.listing import list_items
from charniere.spec.objects import mentions, object_label, usual_object
from charniere.spec.parts import Source
from charniere.spec.wall import Told, Wall
from charniere.spec.words import api_name, capital, fold, key


def statuses(wall: Wall, kept: tuple[CrmObject, ...]) -> tuple[Status, ...]:
    """Every status, by object, in order."""
    known = frozenset(o.key for o in kept)
    said: dict[str, list[tuple[str, list[Told]]]] = {}
    wanted: dict[str, list[Told]] = {}
    for told in wall.of_kind(Kind.action, Kind.need, Kind.irritant, Kind.opportunity):
        if not cues(wall.lang, "statuses")["words"].search(told.folded):
            continue
        target = _object(told, known)
        values = quoted(told)
        if values and told.kind is not Kind.irritant:
            have = {key(v) for v, _ in said.get(target, [])}
            said.setdefault(target, []).extend((v, [told]) for v in values if key(v) not in have)
        elif told.kind is Kind.action and target in (
            "ticket",
            "complaint",
            "case_file",
            "application",
            "lead",
        ):
            wanted.setdefault(target, []).append(told)
    out: list[Status] = []
    for target, values_said in said.items():
        for order, (words, notes) in enumerate(values_said, 1):
            out.append(_quoted(wall, target, order, words, notes))
    usual = table(wall.lang, "statuses")
    for one in kept:
        if (
            one.key in said
            or (one.key not in ("lead", "ticket") and one.key not in wanted)
            or one.key not in usual
        ):
            continue
        for order, words in enumerate(usual[one.key]["values"], 1):
            out.append(_usual(wall, one, order, words, wanted.get(one.key, [])))
    return tuple(out)


def quoted(told: Told) -> list[str]:
    """« Statuts de lead : Nouveau, Contacté, … » or « statuts visibles (ouvert, en cours, …) »."""
    match = re.search(
        r"(?:statuts?|etats?|status(?:es)?|states?)\b[^(:?]{0,60}[(:] ?(?P<list>[^);]{5,220})", told.folded
    )
    if not match:
        return []
    words = told.text[match.start("list") : match.end("list")].split("\n")[0].split(". ")[0]
    found = list_items(re.sub(r"\s+\+\s.*$", "", words), told.lang, longest=4)
    return [capital(w) for w in found] if len(found) >= 2 else []


def _object(told: Told, known: frozenset[str]) -> str:
    named = mentions(told.folded, told.lang)
    for name in (
        "complaint",
        "ticket",
        "application",
        "lead",
        "reservation",
        "order",
        "intervention",
        "donation",
        "property",
        "subscription",
        "contract",
        "case_file",
        "opportunity",
    ):
        if name in named:
            return name
    return usual_object(told.place.archetype if told.place else None, known)


def _category(words: str, lang: str) -> Literal["open", "waiting", "done", "lost"]:
    table_words = table(lang, "statuses")["words"]
    folded = fold(words)
    names: tuple[Literal["lost", "waiting", "done"], ...] = ("lost", "waiting", "done")
    for name in names:
        if re.search(table_words[name], folded):
            return name
    return "open"


def _quoted(wall: Wall, target: str, order: int, words: str, notes: list[Told]) -> Status:
    return Status(
        id=ident("statuses", "status_quoted", notes[0], f"{target}.{api_name(words)}"),
        label=words,
        state="proposed",
        reason=because("status_quoted", object=object_label(wall.lang, target)),
        sources=sources(notes, *(wall.resolves.get(t.at, ()) for t in notes)),
        questions=(ask("definition", "status_definition", label=words),),
        object=target,
        set="status",
        order=order,
        category=_category(words, wall.lang),
    )


def _speaking(wall: Wall, one: CrmObject) -> tuple[Source, ...]:
    """The touchpoints that speak of the object, rather than any note that does."""
    told = {t.source for t in wall.of_kind(Kind.touchpoint) if not t.internal}
    return tuple(s for s in one.sources if s in told)[:2] or one.sources[:1]


def _usual(wall: Wall, one: CrmObject, order: int, words: str, notes: list[Told]) -> Status:
    return Status(
        id=ident("statuses", "status_usual", f"{one.key} {words}"),
        label=words,
        state="to_confirm",
        reason=because("status_wanted" if notes else "status_usual", object=object_label(wall.lang, one.key)),
        sources=sources(notes) or _speaking(wall, one),
        questions=(ask("definition", "status_definition", label=words),),
        object=one.key,
        set="status",
        order=order,
        category=_category(words, wall.lang),
        to_confirm=("label",),
    )
