"""Indicators: those of the stage sheets, and those that a note asks for. A target only when somebody said one."""

from __future__ import annotations

import re
from typing import Any

from msgspec.structs import replace

from charniere.domain.board import Kind
from charniere.spec.items import ask, because, ident, sources
from charniere.spec.lexicon import cues, table
from charniere.spec.lines import Kpi
from charniere.spec.measures import measures
from charniere.spec.objects import mentions, usual_object
from charniere.spec.parts import Measure, Question
from charniere.spec.wall import Place, Told, Wall
from charniere.spec.words import capital, fold, key, label, stems


def kpis(wall: Wall, known: frozenset[str]) -> tuple[Kpi, ...]:
    """Indicators in journey order, each once; a note that asks for one is added to it or makes its own."""
    out: dict[str, Kpi] = {}
    for place in wall.places:
        for name in dict.fromkeys(k for _, stage in place.records for k in stage.kpis):
            one = _of_stage(wall, known, place, name)
            out.setdefault(f"{place.label}/{key(name)}", one)
    for told in wall.of_kind(Kind.need, Kind.action, Kind.irritant, Kind.opportunity):
        if not cues(wall.lang, "kpis")["asks"].search(told.folded) or not (
            told.internal or told.kind is Kind.action
        ):
            continue
        same = next((k for k, one in out.items() if _alike(told, one)), None)
        if same:
            known_one = out[same]
            out[same] = replace(known_one, sources=sources(known_one.sources, told))
        elif not cues(wall.lang, "views")["dashboard"].search(told.folded):
            out[told.name] = _asked(wall, known, told)
    return tuple(out.values())


_GENERIC = frozenset(
    ("taux", "nombre", "delai", "delais", "indica", "temps", "rate", "number", "time", "part")
)


def _alike(told: Told, one: Kpi) -> bool:
    """Does a note speak of an indicator by its name? One rare word is enough at the same stage."""
    wanted = stems(one.label) - _GENERIC
    common = wanted & stems(told.text)
    if not wanted or len(common) < round(0.66 * len(wanted)):
        return False
    return len(common) >= 2 or (
        one.journey_stage == told.stage_label and bool(_INDICATOR.search(told.folded))
    )


_INDICATOR = re.compile(r"\b(?:indicateur|taux|indicator|rate|mesur|measur)")


def _name(told: Told) -> str:
    """« Combien de devis sont dehors ? » is « Nombre de devis »; « un indicateur de … » loses its beginning."""
    count = re.search(r"\b(?:combien|how many) (?:de |d')?(?P<what>[a-z]+(?: de [a-z]+)?)", told.folded)
    said = re.search(
        r"(?:un |une |an? )?(?:indicateur|taux|indicator|rate) (?:de |d'|du |of )[^:?,;.(]{3,60}", told.folded
    )
    if said:
        words = told.text[said.start() : said.end()]
        return capital(
            re.sub(
                r"^(?:un |une |an? )?(?:indicateur|indicator) (?:de |d'|of )", "", words, flags=re.I
            ).strip()
        )
    if count and told.kind is Kind.irritant:
        what = told.text[count.start("what") : count.end("what")]
        return f"Nombre de {what}" if told.lang == "fr" else f"Number of {what}"
    return label(told.text.split("?")[0])


def _how(words: str, lang: str) -> dict[str, Any]:
    folded = fold(words)
    return next(
        values
        for name, values in table(lang, "kpis").items()
        if name != "asks" and cues(lang, "kpis")[name].search(folded)
    )


def _target(words: str, lang: str) -> Measure | None:
    """A figure in the name of an indicator is its target (« appels décrochés en moins de 3 min »)."""
    return next(
        (
            f.measure
            for f in measures(words, lang)
            if f.measure.direction in ("within", "at_least", "at_most", "more_than", "less_than")
        ),
        None,
    )


def _of_stage(wall: Wall, known: frozenset[str], place: Place, name: str) -> Kpi:
    how = _how(name, wall.lang)
    named = mentions(fold(name), wall.lang) & known
    target = _target(name, wall.lang)
    about = next(
        (
            o
            for o in ("ticket", "opportunity", "lead", "contract", "account", "application", "case_file")
            if o in named
        ),
        "",
    ) or how.get("object", "")
    return Kpi(
        id=ident("kpis", "kpi_stage", f"{place.label} {name}"),
        label=capital(name),
        reason=because("kpi_stage", stage=place.label),
        sources=sources(place.sources("kpis")),
        questions=_questions(target, how),
        journey_stage=place.label,
        object=about if about in known else usual_object(place.archetype, known),
        formula=how["formula"],
        data_source="CRM",
        unit=how.get("unit", ""),
        target=target,
        owner_team=place.owner_team,
        to_confirm=("formula", "data_source") if how["formula"] else (),
    )


def _asked(wall: Wall, known: frozenset[str], told: Told) -> Kpi:
    how = _how(told.text, wall.lang)
    named = mentions(told.folded, wall.lang) & known
    about = next(
        (o for o in ("ticket", "opportunity", "lead", "contract", "order", "account") if o in named), ""
    )
    return Kpi(
        id=ident("kpis", "kpi_asked", told),
        label=_name(told),
        reason=because("kpi_asked"),
        sources=sources(told, wall.resolves.get(told.at, ())),
        questions=(
            ask("formula", "kpi_formula"),
            ask("target", "kpi_target"),
            ask("data_source", "kpi_source"),
        ),
        state="to_complete",
        journey_stage=told.stage_label,
        object=about or usual_object(told.place.archetype if told.place else None, known),
        unit=how.get("unit", ""),
        owner_team=told.note.team or (told.place.owner_team if told.place else ""),
    )


def _questions(target: Measure | None, how: dict[str, Any]) -> tuple[Question, ...]:
    out = [] if target else [ask("target", "kpi_target")]
    if not how["formula"]:
        out.append(ask("formula", "kpi_formula"))
    return tuple(out)
