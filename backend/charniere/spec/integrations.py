"""Systems that the CRM has to talk with: from channels, from what notes name. Data flows with their key."""

from __future__ import annotations

import re

from charniere.domain.board import Channel, Kind
from charniere.spec.items import ask, because, ident, sources
from charniere.spec.lexicon import cues, matching, table
from charniere.spec.lines import Flow, Integration
from charniere.spec.parts import Source
from charniere.spec.wall import Told, Wall
from charniere.spec.words import fold, trim


def integrations(wall: Wall, known: frozenset[str]) -> tuple[Integration, ...]:
    """One a kind of system, those that notes demand first."""
    spoken: dict[str, list[Told]] = {}
    for told in wall.notes:
        for kind in matching(wall.lang, "systems", told.folded) if told.kind is not Kind.delight else ():
            spoken.setdefault(kind, []).append(told)
    out = []
    for kind in table(wall.lang, "systems"):
        channels = _channels(wall, kind)
        notes = spoken.get(kind, [])
        if kind == "legacy":
            notes = [t for t in notes if t.internal or t.place is None]
        asked = [t for t in notes if t.kind is not Kind.touchpoint or t.internal]
        if not channels and not asked and not (kind in ("esign", "payment", "survey", "messaging") and notes):
            continue
        out.append(_item(wall, known, kind, channels, sorted(notes, key=_weight)))
    return tuple(sorted(out, key=lambda one: not any(s.note for s in one.sources)))


def _weight(told: Told) -> int:
    order = (Kind.action, Kind.irritant, Kind.breakpoint, Kind.need, Kind.opportunity, Kind.touchpoint)
    return order.index(told.kind) if told.kind in order else 9


def _channels(wall: Wall, kind: str) -> list[tuple[str, Channel]]:
    if not table(wall.lang, "systems")[kind].get("channels"):
        return []
    pattern = cues(wall.lang, "systems", "channels")[kind]
    return [
        (board, c) for board, c in wall.channels if c.relation != "internal" and pattern.search(fold(c.name))
    ]


def _item(
    wall: Wall, known: frozenset[str], kind: str, channels: list[tuple[str, Channel]], notes: list[Told]
) -> Integration:
    values = table(wall.lang, "systems")[kind]
    system = _system(values.get("names", ()), notes)
    target = values["object"] if values["object"] in known else "contact"
    asked = sources(notes[:12], *(wall.resolves.get(t.at, ()) for t in notes[:12] if t.kind is Kind.action))
    rows = tuple(Source(board=board, channel=c.id, part="name") for board, c in channels)
    label = f"{values['label']} ({system})" if system else values["label"]
    flows = [("in", label, "CRM"), ("out", "CRM", label)]
    return Integration(
        id=ident("integrations", "integration", kind),
        label=label,
        state="proposed" if asked else "to_confirm",
        reason=because(
            "integration_asked" if asked else "integration_channel",
            channels=", ".join(c.name for _, c in channels),
        ),
        sources=(*asked, *rows),
        questions=(ask("system", "integration_system"),) if not system else (),
        to_confirm=("flows",),
        kind=kind,
        system=system,
        flows=tuple(
            Flow(
                source=a,
                target=b,
                data=values["data"],
                object=target,
                key=values["key"],
                words=trim(notes[0].text) if notes and notes[0].kind is Kind.action else "",
            )
            for direction, a, b in flows
            if values["direction"] in (direction, "both")
        ),
        channels=tuple(dict.fromkeys(c.name for _, c in channels)),
    )


def _system(names: list[str] | tuple[str, ...], notes: list[Told]) -> str:
    """The product that somebody named, as written."""
    for told in notes:
        match = re.search(rf"\b(?:{'|'.join(names)})\b", told.folded) if names else None
        if match:
            return told.text[match.start() : match.end()]
    for told in notes:
        bracket = _BRACKET.search(told.text)
        if bracket:
            return bracket["name"]
    return ""


_BRACKET = re.compile(
    r"(?:logiciel|outil|plateforme|ERP|erp|software|tool|system)\b[^(.;]{0,40}\((?P<name>[A-ZÉ][\w-]+)\)"
)
