"""Views and segments: one a stage, those that pains and actions ask for, what a record must show, dashboards."""

from __future__ import annotations

import re

from charniere.domain.board import Archetype, Kind
from charniere.spec.items import ask, because, ident, sources
from charniere.spec.lexicon import cues, phrase, table
from charniere.spec.lines import CrmObject, Kpi, View
from charniere.spec.listing import list_items
from charniere.spec.objects import object_of, usual_object
from charniere.spec.parts import Condition, Rule
from charniere.spec.reading import thresholds
from charniere.spec.wall import Place, Told, Wall
from charniere.spec.words import api_name, label

_HOLDERS: dict[Archetype, tuple[str, ...]] = {
    Archetype.discovery: ("lead", "contact"),
    Archetype.consideration: ("lead", "contact"),
    Archetype.evaluation: ("opportunity", "application", "case_file", "lead", "contact"),
    Archetype.decision: ("opportunity", "application", "case_file", "contract", "contact"),
    Archetype.onboarding: ("account", "contract", "contact"),
    Archetype.usage: ("account", "contact"),
    Archetype.support: ("ticket", "contact"),
    Archetype.loyalty: ("contract", "subscription", "account", "contact"),
}


def views(wall: Wall, objects: tuple[CrmObject, ...], kpis: tuple[Kpi, ...]) -> tuple[View, ...]:
    """A list per stage, then what notes ask for, then dashboards."""
    known = frozenset(o.key for o in objects)
    plural = {o.key: o.plural or o.label for o in objects}
    out = [_of_stage(wall, place, known, plural) for place in wall.places]
    out += [v for v in (_segment(wall, name, known) for name in ("to_call", "risk", "dormant")) if v]
    out += [
        _record(wall, told, known)
        for told in wall.of_kind(Kind.action)
        if cues(wall.lang, "views")["record"].search(told.folded)
    ]
    out += _dashboards(wall, known, kpis)
    return tuple(out)


def _of_stage(wall: Wall, place: Place, known: frozenset[str], plural: dict[str, str]) -> View:
    target = next((o for o in _HOLDERS[place.archetype] if o in known), usual_object(place.archetype, known))
    field = api_name(phrase(wall.lang, "journey_field"))
    return View(
        id=ident("views", "view_stage", place.label),
        label=phrase(wall.lang, "in_stage", objects=plural.get(target, target), stage=place.label),
        reason=because("view_stage", stage=place.label),
        sources=sources(place.sources()),
        questions=() if place.owner_team else (ask("audience", "view_audience"),),
        kind="list",
        object=target,
        journey_stage=place.label,
        filters=Rule(
            conditions=(
                Condition(
                    words=f"{phrase(wall.lang, 'journey_field')} = {place.label}",
                    kind="field",
                    object=target,
                    field=field,
                    operator="is",
                    value=place.label,
                ),
            )
        ),
        audience=place.owner_team,
    )


def _segment(wall: Wall, name: str, known: frozenset[str]) -> View | None:
    """A segment that several notes describe: customers at risk, people to call back, sleepers."""
    notes = [
        t
        for t in wall.notes
        if t.kind in (Kind.action, Kind.irritant, Kind.breakpoint, Kind.opportunity)
        and cues(wall.lang, "views")[name].search(t.folded)
    ]
    if not notes:
        return None
    asked = [t for t in notes if t.kind in (Kind.action, Kind.opportunity)]
    limits = tuple(
        Condition(words=m.words, kind="threshold", measure=m) for t in asked for m in thresholds(t)
    )
    lacks = tuple(
        Condition(words=f.measure.words, kind="absence", measure=f.measure)
        for t in asked
        for f in t.measures
        if f.measure.direction == "since"
    )
    filters = limits + lacks
    first = (asked or notes)[0]
    return View(
        id=ident("views", "view_segment", name),
        label=_segment_label(wall, name, known),
        state="proposed" if filters or name == "to_call" else "to_complete",
        reason=because("view_segment", count=str(len(notes))),
        sources=sources(notes, *(wall.resolves.get(t.at, ()) for t in asked)),
        questions=() if filters else (ask("filters", "view_filters"),),
        kind="segment",
        object=_segment_object(name, first, known),
        journey_stage=first.stage_label,
        filters=Rule(join="or", conditions=filters),
        audience=first.note.team or (first.place.owner_team if first.place else ""),
    )


def _segment_label(wall: Wall, name: str, known: frozenset[str]) -> str:
    """Customers at risk are so before a renewal where something renews."""
    values = table(wall.lang, "views")[name]
    renews = known & {"contract", "subscription"} and any(
        p.archetype is Archetype.loyalty for p in wall.places
    )
    return str(values.get("label_renewal", values["label"]) if renews else values["label"])


def _segment_object(name: str, first: Told, known: frozenset[str]) -> str:
    """Whom the segment is made of: people and what they signed, not the ticket that gave the alarm."""
    wanted = {
        "to_call": ("lead", "contact"),
        "risk": ("account", "contract", "subscription", "beneficiary", "contact"),
    }
    return next((o for o in wanted.get(name, ()) if o in known), "") or object_of(first, known)


def _record(wall: Wall, told: Told, known: frozenset[str]) -> View:
    """« Afficher commande, photos et réserves sur la fiche »: what a record page shows."""
    shown = _shown(told)
    about = object_of(told, known - {"activity", "campaign"})
    return View(
        id=ident("views", "view_record", told),
        label=label(told.text),
        reason=because("view_record"),
        sources=sources(told, wall.resolves.get(told.at, ())),
        kind="record",
        object=about,
        journey_stage=told.stage_label,
        shows=shown,
        audience=told.note.team,
        questions=() if shown else (ask("shows", "view_shows"),),
    )


def _shown(told: Told) -> tuple[str, ...]:
    """What comes after « afficher », or in brackets or behind a colon after « fiche », « historique »."""
    for pattern in table(told.lang, "views")["shown"]["patterns"]:
        match = re.search(pattern, told.folded)
        if match:
            return tuple(list_items(told.text[match.start("list") : match.end("list")], told.lang, longest=5))
    return ()


def _dashboards(wall: Wall, known: frozenset[str], kpis: tuple[Kpi, ...]) -> list[View]:
    asked = [
        t
        for t in wall.of_kind(Kind.need, Kind.action, Kind.irritant)
        if cues(wall.lang, "views")["dashboard"].search(t.folded)
    ]
    stages = [p for p in wall.places if any(k.journey_stage == p.label for k in kpis)]
    if not stages and not asked:
        return []
    return [
        View(
            id=ident("views", "dashboard", "stages"),
            label=phrase(wall.lang, "stage_dashboard"),
            reason=because("dashboard_asked" if asked else "dashboard"),
            sources=sources(asked, *(p.sources("kpis") for p in stages))
            or sources(*(k.sources for k in kpis)),
            kind="dashboard",
            object=next((o for o in ("opportunity", "lead", "contact") if o in known), "contact"),
            shows=tuple(k.label for k in kpis),
            questions=(ask("audience", "view_audience"),),
        )
    ]
