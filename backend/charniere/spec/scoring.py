"""Shared definitions, scores, routing and segments, where notes ask for them."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from charniere.domain.board import Kind
from charniere.spec.items import ask, because, ident, sources
from charniere.spec.lexicon import cues
from charniere.spec.lines import Scoring
from charniere.spec.listing import list_items
from charniere.spec.objects import mentions, object_of
from charniere.spec.parts import Condition, Question, Rule
from charniere.spec.wall import Told, Wall
from charniere.spec.words import capital, label

ScoreKind: TypeAlias = Literal["qualification", "score", "routing", "segmentation"]


def scoring(wall: Wall, known: frozenset[str]) -> tuple[Scoring, ...]:
    """In journey order. A need that asks the same thing as an action is a source of the action's."""
    out: list[tuple[ScoreKind, str, Told, Scoring]] = []
    asked: list[tuple[ScoreKind, Told]] = []
    for told in wall.of_kind(Kind.action, Kind.need, Kind.irritant, Kind.opportunity):
        kind = _kind(told)
        if kind is None:
            continue
        if told.kind is Kind.action:
            out.append((kind, object_of(told, known), told, _item(wall, known, told, kind, [])))
        elif told.kind is Kind.need or not wall.answers.get(told.at):
            asked.append((kind, told))
    for kind, told in asked:
        same = next(
            (
                i
                for i, (k, _, action, _) in enumerate(out)
                if k == kind and (mentions(action.folded, wall.lang) & mentions(told.folded, wall.lang))
            ),
            None,
        )
        if same is not None:
            k, target, action, _ = out[same]
            out[same] = (k, target, action, _item(wall, known, action, kind, [told]))
        elif told.kind is Kind.need:
            out.append((kind, "", told, _item(wall, known, told, kind, [])))
    return tuple(one for *_, one in out)


def _kind(told: Told) -> ScoreKind | None:
    names: tuple[ScoreKind, ...] = ("qualification", "score", "routing", "segmentation")
    for name in names:
        if cues(told.lang, "scoring")[name].search(told.folded) and (
            told.kind is Kind.action or told.internal
        ):
            return name
    return None


def _item(wall: Wall, known: frozenset[str], told: Told, kind: ScoreKind, more: list[Told]) -> Scoring:
    conditions = _criteria(told, kind)
    questions: list[Question] = []
    if not conditions:
        questions.append(ask("criteria", f"{kind}_criteria"))
    if kind == "score":
        questions.append(ask("outcome", "score_weights"))
    if kind == "routing":
        questions.append(ask("outcome", "routing_table"))
    if not told.note.owner:
        questions.append(ask("owner", "scoring_owner"))
    return Scoring(
        id=ident("scoring", kind, told),
        label=label(told.text),
        state="proposed" if conditions else "to_complete",
        reason=because(kind),
        sources=sources(told, wall.resolves.get(told.at, ()), more),
        questions=tuple(questions),
        kind=kind,
        object=_about(told, kind, known),
        criteria=Rule(conditions=conditions),
        owner=told.note.owner,
    )


def _about(told: Told, kind: ScoreKind, known: frozenset[str]) -> str:
    """A score rates a customer, never the complaint that enters it."""
    if kind == "score":
        for name in ("lead", "account", "contract", "subscription", "contact"):
            if name in known and (name != "lead" or "lead" in mentions(told.folded, told.lang)):
                return name
    return object_of(told, known)


def _criteria(told: Told, kind: ScoreKind) -> tuple[Condition, ...]:
    """What comes after « : », « par » or in brackets, one criterion each, with its figure if it has one."""
    patterns = (
        [r"(?:par|selon|en fonction d\w+|by|based on|according to) (?P<list>[^;.():]{4,100})"]
        if kind in ("routing", "segmentation")
        else []
    )
    patterns += [r":\s*(?P<list>[^.;]{5,200})", r"\((?P<list>[^)]{5,160})\)"]
    for pattern in patterns:
        match = re.search(pattern, told.folded)
        if match:
            start = match.start("list")
            words = told.text[start : match.end("list")]
            out = []
            for item in list_items(words, told.lang, longest=9):
                place = told.text.find(item, start)
                measure = next(
                    (f.measure for f in told.measures if place <= f.start < place + len(item) + 2), None
                )
                out.append(
                    Condition(words=capital(item), kind="threshold" if measure else "field", measure=measure)
                )
            if len(out) >= 2:
                return tuple(out)
    return ()
