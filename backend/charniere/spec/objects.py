"""The CRM objects that the wall speaks of, and which of them each note is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from charniere.domain.board import CRM_OBJECTS, Archetype, Kind
from charniere.spec.items import because, ident, sources
from charniere.spec.lexicon import cues, matching, table
from charniere.spec.lines import CrmObject
from charniere.spec.wall import Place, Told, Wall
from charniere.spec.words import api_name, capital, fold

# When a note speaks of several objects, the one that says most comes first.
_PRECEDENCE = (
    "complaint",
    "claim",
    "ticket",
    "application",
    "donation",
    "reservation",
    "order",
    "contract",
    "subscription",
    "opportunity",
    "case_file",
    "intervention",
    "lead",
    "campaign",
    "equipment",
    "training",
    "property",
    "account",
    "activity",
    "contact",
    "beneficiary",
    "quote",
    "site",
    "order_delivery",
)


@lru_cache(maxsize=20000)
def mentions(folded: str, lang: str) -> frozenset[str]:
    """Every object that a text names."""
    return frozenset(matching(lang, "objects", folded))


def given_object(told: Told) -> str:
    """The object that somebody put on the note, as a key; "" if nobody did."""
    words = told.note.crm_object.strip()
    if not words:
        return ""
    if words in CRM_OBJECTS:
        return words
    found = [name for name in _PRECEDENCE if name in mentions(fold(words), told.lang)]
    return found[0] if found else api_name(words)


_EARLY = (Archetype.discovery, Archetype.consideration)
_EARLY_OBJECTS = frozenset(
    ("lead", "campaign", "opportunity", "application", "ticket", "activity", "reservation", "donation")
)


def object_of(told: Told, known: frozenset[str]) -> str:
    """What a note is about among the objects kept: given, else named, else what its stage is usually about."""
    given = given_object(told)
    if given in known:
        return given
    named = mentions(told.folded, told.lang) & known
    if told.kind is Kind.touchpoint and told.place and told.place.archetype in _EARLY:
        named &= (
            _EARLY_OBJECTS  # somebody who only looks has no equipment, no contract and no file with us yet
        )
    for name in _PRECEDENCE:
        if name in named:
            return name
    return usual_object(told.place.archetype if told.place else None, known)


# What a CRM does something with, rather than what it does it for.
MEANS = frozenset(("activity", "campaign", "quote", "site", "beneficiary"))


def subject_of(told: Told, pains: Iterable[Told], known: frozenset[str]) -> str:
    """What an action is for: what it names; else what the pains it answers name; else what its stage is about."""
    for one in (told, *pains):
        if (mentions(one.folded, one.lang) | {given_object(one)}) & (known - MEANS):
            return object_of(one, known - MEANS)
    return usual_object(told.place.archetype if told.place else None, known)


_USUAL: Final[dict[Archetype | None, tuple[str, ...]]] = {
    Archetype.discovery: ("lead", "contact"),
    Archetype.consideration: ("lead", "contact"),
    Archetype.evaluation: ("opportunity", "application", "case_file", "ticket", "contact"),
    Archetype.decision: ("opportunity", "application", "case_file", "contract", "contact"),
    Archetype.onboarding: ("contract", "account", "contact"),
    Archetype.usage: ("account", "ticket", "contact"),
    Archetype.support: ("ticket", "contact"),
    Archetype.loyalty: ("contract", "subscription", "account", "contact"),
    None: ("account", "contact"),
}


def usual_object(archetype: Archetype | None, known: frozenset[str]) -> str:
    """What a stage is about when nobody says."""
    return next((name for name in _USUAL[archetype] if name in known), "contact")


def objects(wall: Wall) -> tuple[CrmObject, ...]:
    """Standard objects at their first serious mention; the trade's own only when they are spoken of several times."""
    found: dict[str, list[Told]] = defaultdict(list)
    for told in wall.notes:
        for name in mentions(told.folded, wall.lang):
            found[name].append(told)
        given = given_object(told)
        if given and told not in found[given]:
            found[given].insert(0, told)
    staged = _staged(wall)
    out = []
    for name, values in table(wall.lang, "objects").items():
        notes = found.get(name, [])
        places = staged.get(name, [])
        if _is_kept(notes, bool(values.get("standard")), name) or (places and notes):
            out.append(_item(name, values, notes, places))
    for name, notes in found.items():
        if name not in table(wall.lang, "objects") and any(given_object(t) == name for t in notes):
            out.append(_item(name, {"label": capital(notes[0].note.crm_object)}, notes, []))
    if not any(one.key == "contact" for one in out):
        first = [t for t in wall.notes if t.kind is Kind.touchpoint and not t.internal][:1]
        values = table(wall.lang, "objects")["contact"]
        out.insert(0, _contact(values, first))
    return tuple(out)


def sold(wall: Wall, known: frozenset[str]) -> bool:
    """Is anything sold here? Opportunities are spoken of, or the sheets of stages speak of buying; a gift is not a sale."""
    stages = {p.archetype for p in wall.places}
    if not stages & {Archetype.evaluation, Archetype.decision, Archetype.consideration}:
        return False
    spoken = sum(
        1
        for t in wall.notes
        if given_object(t) == "opportunity" or "opportunity" in mentions(t.folded, wall.lang)
    )
    if "opportunity" in known and spoken >= 2:
        return True
    sheets = " ".join(
        fold(" ".join((p.label, p.exit_criteria, *(k for _, s in p.records for k in s.kpis))))
        for p in wall.places
    )
    return "donation" not in known and cues(wall.lang, "stages_words")["sells"].search(sheets) is not None


def sale_of(wall: Wall, known: frozenset[str]) -> str:
    """What a sale is kept as: an opportunity where deals are followed, else what is bought."""
    spoken = sum(
        1
        for t in wall.notes
        if given_object(t) == "opportunity" or "opportunity" in mentions(t.folded, wall.lang)
    )
    if "opportunity" in known and spoken >= 2:
        return "opportunity"
    bought = ("order", "reservation", "subscription", "opportunity", "contract", "property")
    return next((name for name in bought if name in known), "contact")


def _staged(wall: Wall) -> dict[str, list[Place]]:
    """Objects that the name of a stage speaks of: « Je monte mon dossier »."""
    out: dict[str, list[Place]] = defaultdict(list)
    for place in wall.places:
        for name in mentions(fold(place.label), wall.lang) - MEANS:
            out[name].append(place)
    return out


def _is_kept(notes: list[Told], standard: bool, name: str) -> bool:
    if any(given_object(t) == name for t in notes):
        return True
    wanted = [t for t in notes if t.kind in (Kind.action, Kind.irritant, Kind.breakpoint)]
    if standard:
        return len(notes) >= 2 or any(t.kind is Kind.action for t in notes)
    return len(notes) >= 4 and any(t.kind is Kind.action for t in wanted)


def _item(name: str, values: dict[str, str], notes: list[Told], places: list[Place]) -> CrmObject:
    given = [t for t in notes if given_object(t) == name]
    ranked = sorted(
        notes, key=lambda t: (t not in given, t.kind is not Kind.action, t.kind is not Kind.irritant)
    )
    return CrmObject(
        id=ident("objects", "object", name),
        label=values["label"],
        key=name,
        standard=name in CRM_OBJECTS,
        plural=values.get("plural", values["label"]),
        purpose=values.get("purpose", ""),
        reason=because("object_given" if given else "object_named", count=str(len(notes))),
        sources=sources(ranked, *(p.sources() for p in places)),
    )


def _contact(values: dict[str, str], notes: list[Told]) -> CrmObject:
    return CrmObject(
        id=ident("objects", "object", "contact"),
        label=values["label"],
        key="contact",
        plural=values["plural"],
        purpose=values["purpose"],
        state="to_confirm",
        reason=because("object_person"),
        sources=sources(notes),
        to_confirm=("label",),
    )


def object_label(lang: str, name: str) -> str:
    """The name of an object for people: « Compte », without its gloss."""
    values = table(lang, "objects").get(name)
    return key_free(values["label"]) if values else capital(name.replace("_", " "))


def key_free(words: str) -> str:
    """« Compte (entreprise) » is « Compte »."""
    return words.split(" (")[0]
