"""Fields: those that trades share, known by their names; those that a note lists, demands or misses; the method's two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from charniere.domain.board import Archetype, Kind
from charniere.spec.items import ask, because, ident, sources
from charniere.spec.lexicon import cues, matching, phrase, table
from charniere.spec.lines import Field, FieldType, Value
from charniere.spec.listing import list_items
from charniere.spec.objects import given_object, mentions, object_label, usual_object
from charniere.spec.parts import Question, Source
from charniere.spec.reading import effects
from charniere.spec.statuses import quoted
from charniere.spec.wall import Told, Wall
from charniere.spec.words import api_name, capital, fold, key, trim


@dataclass
class Draft:
    """A field being gathered from several notes."""

    name: str
    label: str
    object: str
    rule: str
    notes: list[Told] = field(default_factory=list)
    type: str = "text"
    values: list[tuple[str, Told]] = field(default_factory=list)
    required_at: str = ""
    required_when: str = ""
    about: dict[str, Any] = field(default_factory=dict)
    max_values: int | None = None


def fields(wall: Wall, known: frozenset[str]) -> tuple[Field, ...]:
    """Every field, the method's first, then by object in the order of the wall."""
    drafts: dict[tuple[str, str], Draft] = {}
    for told in wall.notes:
        for draft in (*_named(told, wall, known), *_listed(told, wall, known), *_headed(told, wall, known)):
            _merge(drafts, draft)
    for told in wall.of_kind(Kind.action, Kind.need, Kind.irritant):
        _values(told, drafts)
    return (*_method(wall, known), *(_item(wall, draft) for draft in drafts.values()))


def _merge(drafts: dict[tuple[str, str], Draft], new: Draft) -> None:
    """The same name on the same object is the same field; a name already met without doubt keeps its object."""
    found = drafts.get((new.object, new.name)) or next((d for d in drafts.values() if _same(d, new)), None)
    if found is None:
        drafts[new.object, new.name] = new
        return
    found.notes += [n for n in new.notes if n not in found.notes]
    found.required_at = found.required_at or new.required_at
    found.required_when = found.required_when or new.required_when


def _same(old: Draft, new: Draft) -> bool:
    """One name, one label, or a label that only says more (« Date de pose », « Date de pose souhaitée »)."""
    if old.name == new.name or key(old.label) == key(new.label):
        return True
    short, long = sorted((key(old.label), key(new.label)), key=len)
    return not old.about and not new.about and len(short.split()) >= 3 and long.startswith(short + " ")


def _wants(told: Told) -> bool:
    """May a field be read from this note? Not from a pain that only complains, nor from what a customer does."""
    if told.kind in (Kind.action, Kind.opportunity):
        return True
    if told.kind in (Kind.irritant, Kind.breakpoint, Kind.need):
        return bool(cues(told.lang, "grammar")["lack"].search(told.folded)) or (
            told.kind is Kind.need and told.internal
        )
    return False


def _named(told: Told, wall: Wall, known: frozenset[str]) -> Iterator[Draft]:
    """Fields of the lexicon that the note names; those about the person are read from any note."""
    for name in matching(wall.lang, "fields", told.folded):
        values = table(wall.lang, "fields")[name]
        everywhere = name in (
            "consent",
            "nps",
            "csat",
            "special_needs",
            "owner_contact",
            "preferred_channel",
            "recommender",
            "contract_end",
            "preferences",
        )
        if not _wants(told) and not everywhere:
            continue
        place = _required_place(told)
        notes = [told, *wall.resolves.get(told.at, ())] if _names_it(told) else [told]
        yield Draft(
            name,
            values["label"],
            _object(told, values["object"], known),
            "field_named",
            notes,
            values["type"],
            required_at=place[0],
            required_when=place[1],
            about=values,
        )


def _names_it(told: Told) -> bool:
    return told.kind is Kind.action


def _listed(told: Told, wall: Wall, known: frozenset[str]) -> Iterator[Draft]:
    """Fields that an action lists: made obligatory, kept in a form, searched on, sorted by."""
    if told.kind is not Kind.action:
        return
    grammar = table(wall.lang, "grammar")
    patterns = [(p, "field_listed") for p in grammar["field_list"]["patterns"]]
    if cues(wall.lang, "grammar")["required"].search(told.folded):
        patterns += [
            (grammar["required_list"]["after"], "field_required"),
            (grammar["required_list"]["before"], "field_required"),
        ]
    for pattern, rule in patterns:
        match = re.search(pattern, told.folded)
        if not match:
            continue
        place = _required_place(told)
        for words in list_items(told.text[match.start("list") : match.end("list")], wall.lang):
            if cues(wall.lang, "grammar")["no_field"].search(fold(words)):
                continue
            yield _from_words(words, told, wall, known, rule, place)
        if rule == "field_required":
            return
    for measure in (
        f.measure
        for f in told.measures
        if f.measure.direction in ("at_least", "at_most", "more_than", "less_than")
    ):
        if re.match(
            r"(?:nb|nombre|number|taille|size|surface|budget|effectif|montant|age|anciennete|revenus?|duree)\b",
            fold(measure.subject),
        ):
            yield _from_words(measure.subject, told, wall, known, "field_criterion", ("", ""))


def _headed(told: Told, wall: Wall, known: frozenset[str]) -> Iterator[Draft]:
    """« date de … », « motif de … », « niveau de … » in an action, or missing in a pain."""
    if told.kind is not Kind.action and not (told.is_pain and _wants(told)):
        return
    pattern = table(wall.lang, "grammar")["heads"]["pattern"]
    sent = next((e.start for e in effects(told) if e.kind in ("send", "offer", "schedule")), len(told.text))
    for match in re.finditer(pattern, told.folded):
        words = trim(told.text[match.start("field") : match.end("field")])
        if match.start() > sent or (quoted(told) and _STATUS.match(fold(words))):
            return  # what a message tells is not what a record keeps
        if len(words.split()) <= 6:
            yield _from_words(words, told, wall, known, "field_headed", _required_place(told))


_STATUS = re.compile(r"(?:\w+ )?stat(?:ut|us)")


def _from_words(
    words: str, told: Told, wall: Wall, known: frozenset[str], rule: str, place: tuple[str, str]
) -> Draft:
    """A field in somebody's words, or the shared field that these words name."""
    folded = fold(words)
    notes = [told, *wall.resolves.get(told.at, ())]
    for name in matching(wall.lang, "fields", folded)[:1]:
        values = table(wall.lang, "fields")[name]
        return Draft(
            name,
            values["label"],
            _object(told, values["object"], known),
            rule,
            notes,
            values["type"],
            required_at=place[0],
            required_when=place[1],
            about=values,
        )
    native = bool(cues(wall.lang, "grammar")["native"].search(folded))
    about = (
        {"definition": phrase(wall.lang, "native_field"), "reporting": phrase(wall.lang, "native_use")}
        if native
        else {}
    )
    return Draft(
        api_name(_whole(words, wall.lang)),
        capital(_whole(words, wall.lang)),
        _object(told, (), known),
        rule,
        notes,
        _type(folded, wall.lang),
        required_at=place[0],
        required_when=place[1],
        about=about,
    )


def _whole(words: str, lang: str) -> str:
    """Abbreviations written out: « nb de lits » is « Nombre de véhicules »."""
    first, _, rest = words.partition(" ")
    return " ".join(
        filter(None, (table(lang, "grammar")["abbreviations"].get(first.lower().rstrip("."), first), rest))
    )


def _type(folded: str, lang: str) -> FieldType:
    kinds = table(lang, "phrases")["types"]
    return cast(FieldType, next((kind for cue, kind in kinds.items() if re.search(cue, folded)), "text"))


def _object(told: Told, preferred: list[str] | tuple[str, ...], known: frozenset[str]) -> str:
    """Where a field lives: the note's object if the field allows it, else the field's own place, else what is named."""
    given = given_object(told)
    if given in known and (not preferred or given in preferred):
        return given
    named = mentions(told.folded, told.lang) & known
    if not preferred and "lead" in known and cues(told.lang, "grammar")["form"].search(told.folded):
        return "lead"
    for name in preferred:
        if name in named:
            return name
    for name in preferred:
        if name in known:
            return name
    if preferred:
        return "contact"
    for name in (
        "ticket",
        "complaint",
        "lead",
        "application",
        "reservation",
        "equipment",
        "case_file",
        "contract",
        "subscription",
        "opportunity",
        "account",
    ):
        if name in named:
            return name
    return usual_object(told.place.archetype if told.place else None, known)


def _required_place(told: Told) -> tuple[str, str]:
    """Where and when it is obligatory, if the note says that it is."""
    if not cues(told.lang, "grammar")["required"].search(told.folded):
        return "", ""
    when = re.search(table(told.lang, "grammar")["required_list"]["when"], told.folded)
    return told.stage_label, trim(told.text[when.start() : when.end()]) if when else ""


def _values(told: Told, drafts: dict[tuple[str, str], Draft]) -> None:
    """Values said in a note: « motif de perte : prix, concurrent », « vitre cassée = …, infiltration = … »."""
    mine = [d for d in drafts.values() if told in d.notes and d.type in ("picklist", "multi_picklist")]
    if not mine:
        return
    words: list[str] = []
    equals = re.findall(r"(?:^|[,;:(]) ?([^,;:()=]{3,40}?) ?= ?", told.text)
    if len(equals) >= 2:
        words = [trim(w) for w in equals]
    else:
        for pattern in table(told.lang, "grammar")["values_list"]["patterns"]:
            match = re.search(pattern, told.folded)
            if match:
                words = list_items(told.text[match.start("list") : match.end("list")], told.lang)
                break
        else:
            question = re.search(r"\?\s*([^?]+)$", told.text)
            words = list_items(question[1], told.lang) if question and "," in question[1] else []
    if len(words) < 2:
        return
    target = mine[0]
    have = {key(label) for label, _ in target.values}
    target.values += [(capital(w), told) for w in words if key(w) not in have]


def _item(wall: Wall, draft: Draft) -> Field:
    owner = next((t.place.owner_team for t in draft.notes if t.place and t.place.owner_team), "")
    questions: list[Question] = []
    if draft.type in ("picklist", "multi_picklist") and not draft.values:
        questions.append(ask("values"))
    if not draft.about.get("definition"):
        questions.append(ask("definition"))
    if not draft.about.get("reporting"):
        questions.append(ask("reporting"))
    if draft.about.get("definition") != phrase(wall.lang, "native_field"):
        questions.append(ask("update_rule"))
    primary = draft.notes[0]
    limit = next(
        (
            int(f.measure.amount)
            for t in draft.notes
            for f in t.measures
            if f.measure.direction == "at_most" and f.measure.amount and draft.type == "picklist"
        ),
        None,
    )
    return Field(
        id=ident(
            "fields", draft.rule, draft.name if draft.about else primary, "" if draft.about else draft.name
        ),
        label=draft.label,
        state="to_complete" if any(q.about in ("values", "definition") for q in questions) else "proposed",
        reason=because(draft.rule, label=draft.label, object=object_label(wall.lang, draft.object)),
        sources=sources(draft.notes),
        questions=tuple(questions),
        object=draft.object,
        api_name=api_name(draft.label),
        type=cast(FieldType, draft.type),
        values=tuple(Value(label=label, sources=(told.source,)) for label, told in draft.values),
        max_values=limit,
        relation=draft.about.get("relation", ""),
        required_at=draft.required_at,
        required_when=draft.required_when,
        definition=draft.about.get("definition", ""),
        owner=owner,
        reporting=draft.about.get("reporting", ""),
        personal=bool(draft.about.get("personal")) or draft.type in ("email", "phone"),
        sensitive=bool(draft.about.get("sensitive")),
        to_confirm=("owner",) if owner else (),
    )


def _method(wall: Wall, known: frozenset[str]) -> Iterator[Field]:
    """« Étape de parcours », and where leads come from: the two fields without which a journey cannot be followed."""
    target = next((name for name in ("lead", "contact", "account") if name in known), "contact")
    values = tuple(Value(label=place.label, sources=place.sources()) for place in wall.places)
    yield Field(
        id=ident("fields", "journey_stage", "journey_stage"),
        label=phrase(wall.lang, "journey_field"),
        reason=because("journey_stage"),
        sources=sources(*(place.sources() for place in wall.places)),
        object=target,
        api_name=api_name(phrase(wall.lang, "journey_field")),
        type="picklist",
        values=values,
        definition=phrase(wall.lang, "journey_definition"),
        update_rule=phrase(wall.lang, "journey_update"),
        reporting=phrase(wall.lang, "journey_reporting"),
    )
    if "lead" not in known:
        return
    early = [
        t
        for t in wall.of_kind(Kind.touchpoint)
        if t.place
        and t.place.archetype in (Archetype.discovery, Archetype.consideration)
        and t.channel
        and not t.internal
    ]
    first = [t for t in early if t.place and t.place.archetype is Archetype.discovery] or early
    kpi = [
        s
        for place in wall.places
        for s in place.sources("kpis")
        if any("source" in fold(k) for _, st in place.records for k in st.kpis)
    ]
    by_channel: dict[str, list[Told]] = {}
    for told in first:
        by_channel.setdefault(told.channel.name if told.channel else "", []).append(told)
    if not by_channel:
        return
    leads = [t for t in first if given_object(t) == "lead" or "lead" in mentions(t.folded, t.lang)]
    yield Field(
        id=ident("fields", "lead_source", "lead_source"),
        label=phrase(wall.lang, "source_field"),
        reason=because("lead_source"),
        sources=sources(leads, kpi, first),
        object="lead",
        api_name=api_name(phrase(wall.lang, "source_field")),
        type="picklist",
        values=tuple(Value(label=name, sources=_of(notes)) for name, notes in by_channel.items()),
        definition=phrase(wall.lang, "source_definition"),
        reporting=phrase(wall.lang, "source_reporting"),
        to_confirm=("values",),
        questions=(ask("update_rule"),),
    )


def _of(notes: list[Told]) -> tuple[Source, ...]:
    return tuple(t.source for t in notes)
