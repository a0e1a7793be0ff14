"""French conjugation both ways: from an infinitive to « je », from a form to its verbs. Reads the packed table.

A form is looked up by cutting it into a known stem and an ending of one of the stem's models, so the 300,000 forms are
never spelled out in memory.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from typing import NamedTuple

from ..tables import DATA
from ..words import fold
from . import overrides

TENSES = "PIFCJK"
Endings = dict[str, list[tuple[int, str, int]]]  # ending -> (model, tense, person)


class Reading(NamedTuple):
    """What a form can be: tense is one of P I F C J K (see the table) or W (infinitive), person 0 to 5."""

    infinitive: str
    tense: str
    person: int


class Model(NamedTuple):
    infinitive: str
    tenses: dict[str, tuple[str | None, ...]]


class Table(NamedTuple):
    models: list[Model]
    stems: dict[str, tuple[int, ...]]
    endings: Endings
    folded_stems: dict[str, tuple[tuple[str, int], ...]]
    folded_endings: Endings


@cache
def table() -> Table:
    models: list[Model] = []
    stems: dict[str, list[int]] = defaultdict(list)
    for line in (DATA / "verbs.lefff.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        members, infinitive, *tenses = line.split("\t")
        cut = {
            t: tuple(None if e == "-" else e for e in row.split(","))
            for t, row in zip(TENSES, tenses, strict=True)
            if row
        }
        models.append(Model(infinitive, cut))
        for stem in members.split(" "):
            stems[stem].append(len(models) - 1)
    add_recent(models, stems)
    return index(models, {s: tuple(m) for s, m in stems.items()})


def add_recent(models: list[Model], stems: dict[str, list[int]]) -> None:
    """Verbs younger than the table, and the second spelling of those in -ayer (paie beside paye)."""
    regular = next(m for m in stems["aim"] if models[m].infinitive == "er")
    for verb in overrides.RECENT.split():
        if regular not in stems[verb[:-2]]:
            stems[verb[:-2]].append(regular)
    for verb, model in overrides.LIKE.items():
        copy(models, stems, verb, model)
    second = next(m for m in stems["appu"] if models[m].infinitive == "yer")
    for stem in [
        s for s in stems if s.endswith("ay") and any(models[m].infinitive == "er" for m in stems[s])
    ]:
        stems[stem[:-1]].append(second)


def copy(models: list[Model], stems: dict[str, list[int]], verb: str, model: str) -> None:
    """Gives « désinscrire » the conjugation of « inscrire »."""
    prefix = verb[: len(verb) - len(model)]
    for cut in range(len(model) + 1):
        for number in list(stems.get(model[:cut], ())):
            if models[number].infinitive == model[cut:] and number not in stems[prefix + model[:cut]]:
                stems[prefix + model[:cut]].append(number)


def index(models: list[Model], stems: dict[str, tuple[int, ...]]) -> Table:
    endings: Endings = defaultdict(list)
    for number, model in enumerate(models):
        endings[model.infinitive].append((number, "W", 0))
        for tense, row in model.tenses.items():
            for person, ending in enumerate(row):
                if ending is not None:
                    endings[ending].append((number, tense, person))
    folded_stems: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for stem, numbers in stems.items():
        folded_stems[stem if stem.isascii() else fold(stem)].extend((stem, n) for n in numbers)
    folded_endings: Endings = defaultdict(list)
    for ending, uses in endings.items():
        folded_endings[fold(ending)].extend(uses)
    return Table(
        models, stems, dict(endings), {k: tuple(v) for k, v in folded_stems.items()}, dict(folded_endings)
    )


@lru_cache(maxsize=8192)
def readings(form: str) -> tuple[Reading, ...]:
    """Every verb form a word in lower case can be, exactly as spelled."""
    if not form or len(form) > 40:
        return ()
    found = dict.fromkeys(overrides.FORMS.get(form, ()))
    data = table()
    for cut in range(len(form) + 1):
        numbers = data.stems.get(form[:cut])
        if numbers:
            for number, tense, person in data.endings.get(form[cut:], ()):
                if number in numbers:
                    found[(form[:cut] + data.models[number].infinitive, tense, person)] = None
    return tuple(Reading(*key) for key in found if key[0] not in overrides.NOT_VERBS)


@lru_cache(maxsize=4096)
def folded_readings(form: str) -> tuple[Reading, ...]:
    """Every verb form a word can be once accents are overlooked; short words are not looked up this way."""
    bare = fold(form)
    if len(bare) < 4 or len(bare) > 40:
        return ()
    data = table()
    found: dict[tuple[str, str, int], None] = {}
    for cut in range(len(bare) + 1):
        members = data.folded_stems.get(bare[:cut])
        if members:
            for number, tense, person in data.folded_endings.get(bare[cut:], ()):
                for stem, member in members:
                    if member == number:
                        found[(stem + data.models[number].infinitive, tense, person)] = None
    return tuple(Reading(*key) for key in found if key[0] not in overrides.NOT_VERBS)


@lru_cache(maxsize=4096)
def first_person(infinitive: str) -> str | None:
    """« remplir » → « remplis »; None for a verb that has no first person (pleuvoir, falloir)."""
    if infinitive in overrides.FIRST_PERSON:
        return overrides.FIRST_PERSON[infinitive]
    known = conjugated(infinitive, "P", 0)
    if known is None and not is_infinitive(infinitive) and infinitive.endswith("er") and len(infinitive) > 4:
        return infinitive[:-1]
    return known


def conjugated(infinitive: str, tense: str, person: int) -> str | None:
    """One form of a verb of the table."""
    data = table()
    for cut in range(len(infinitive), -1, -1):
        for number in data.stems.get(infinitive[:cut], ()):
            model = data.models[number]
            if model.infinitive == infinitive[cut:] and tense in model.tenses:
                ending = model.tenses[tense][person]
                return None if ending is None else infinitive[:cut] + ending
    return None


@lru_cache(maxsize=4096)
def is_infinitive(form: str) -> bool:
    return any(r.tense == "W" for r in readings(form))


def infinitives(form: str, tenses: str, persons: tuple[int, ...]) -> list[str]:
    """The verbs of which a form is one of these tenses and persons, the usual ones first."""
    found = [r.infinitive for r in readings(form) if r.tense in tenses and r.person in persons]
    return sorted(dict.fromkeys(found), key=rank)


def rank(infinitive: str) -> int:
    """Usual verbs before rare ones that share a form (« vis » is vivre or voir before visser)."""
    place = overrides.usual().get(infinitive)
    return 10_000 + len(infinitive) if place is None else place


def participles(form: str) -> list[str]:
    """The verbs of which a form is the past participle, the usual ones first."""
    return infinitives(form, "K", (0, 1, 2, 3))
