"""Builds the group « je … verb … » from its parts: order of the small words, elision, ending of the first person."""

from __future__ import annotations

from dataclasses import dataclass

from ..words import fold
from . import overrides
from .verbs import conjugated, first_person

VOWELS = frozenset("aeiouyœæ")
ELIDED = {
    "je": "j'",
    "ne": "n'",
    "me": "m'",
    "te": "t'",
    "se": "s'",
    "le": "l'",
    "la": "l'",
    "que": "qu'",
    "de": "d'",
}
ORDER = ("me", "te", "nous", "vous", "le", "la", "l'", "les", "lui", "leur", "y", "en")


@dataclass(frozen=True, slots=True)
class Group:
    """A verb with its small words, whoever its subject. `clitics` are spelled out (« me », « le »), `adverbs` follow
    the verb (« pas », « bien »), `end` is the index of the first word after the group. `tense` as typed: W for an
    infinitive, P for the present, anything else must be brought to the present."""

    infinitive: str
    clitics: tuple[str, ...]
    negated: bool
    adverbs: tuple[str, ...]
    end: int
    tense: str


def tell(group: Group, subject: str = "je") -> str | None:
    """« (se, désister), ne, pas » → « je ne me désiste pas »; None for a verb without a first person."""
    verb = first_person(group.infinitive)
    if verb is None:
        return None
    clitics = sorted(group.clitics, key=lambda c: ORDER.index(c) if c in ORDER else 99)
    before = [subject, *(["ne"] if group.negated else []), *clitics]
    return " ".join([join(before, verb, group.infinitive), *group.adverbs]).strip()


def join(before: list[str], verb: str, infinitive: str) -> str:
    """Elides what stands before the verb: je + ne + y + pense → « je n'y pense »."""
    text = verb
    vowel = starts_with_vowel(verb, infinitive)
    for small in reversed([b for b in before if b]):
        bare = {"l'": "le"}.get(small, small)
        text = ELIDED[bare] + text if vowel and bare in ELIDED else bare + " " + text
        vowel = bare in ("y", "en")
    return text


def starts_with_vowel(word: str, infinitive: str = "") -> bool:
    """True where the word elides what stands before it: a vowel or a mute h."""
    if not word:
        return False
    first = fold(word[0])[:1]
    if first == "h":
        return infinitive not in overrides.ASPIRATED_VERBS and word.lower() not in overrides.ASPIRATED_WORDS
    if first == "y":
        return len(word) == 1 or word.lower() in ("yeux",)
    return first in VOWELS and word.lower() not in ("oui", "onze", "onzième", "ouistiti", "uber")


def first_person_of(infinitive: str, tense: str) -> str | None:
    """The first person of another tense, for what stays in the past beside a present told anew."""
    return first_person(infinitive) if tense == "P" else conjugated(infinitive, tense, 0)
