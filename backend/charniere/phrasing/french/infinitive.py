"""Infinitives: « Ne pas se décider », « Chercher et acheter », « Lui expliquer son problème »."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..words import Word
from . import genders
from .groups import at, read_infinitive
from .rest import INFINITIVE, retell
from .tell import tell

FOLLOWS_VERB = frozenset(
    "à au aux en sur dans chez avec pour par sans le la l' les un une son sa ses votre vos leur leurs "
    "ce cette ces "
    "tout tous bien vite".split()
)
NOUNS_WITH_DE = frozenset("souvenir lever coucher déjeuner dîner pouvoir devoir".split())
BARE_NOUNS = frozenset(
    "avoir être rire sourire noyer boucher rocher goûter souper berger verger poster savoir pouvoir devoir".split()
)
NOUN_PAIRS = frozenset(
    {"avoir fiscal", "être humain", "être cher", "savoir être", "savoir vivre", "devoir conjugal"}
)
MODALS = frozenset("pouvoir devoir vouloir savoir".split())


def suggest(words: Sequence[Word]) -> str | None:
    """« S'inscrire à la newsletter » → je m'inscris à la newsletter; None where no infinitive opens the phrase."""
    group = read_infinitive(words, 0)
    if group is None or noun(words, group.end - 1):
        return None
    if set(group.clitics) & {"me", "te", "nous", "vous"} and "se" not in group.clitics:
        group = replace(group, clitics=tuple("me" if c in ("te", "vous") else c for c in group.clitics))
        if "nous" in group.clitics:
            return None
    told = tell(replace(group, clitics=tuple("me" if c == "se" else c for c in group.clitics)))
    if told is None:
        return None
    rest = retell(words, group.end, INFINITIVE, modal=group.infinitive in MODALS)
    return None if rest is None else told + rest


def noun(words: Sequence[Word], index: int) -> bool:
    """« Souvenir de vacances », « Courrier », « Papier recyclé »: a noun that ends like an infinitive."""
    low = at(words, index)
    if index:
        return False
    if len(words) == 1 and low in BARE_NOUNS:
        return True
    text = " ".join(w.low for w in words[:2])
    if text in NOUN_PAIRS or (low in NOUNS_WITH_DE and at(words, 1) in ("de", "d'", "du", "des", "")):
        return True
    if low in ("aller", "avoir", "savoir", "pouvoir") or read_infinitive(words, 1, loose=False) is not None:
        return False
    return genders.is_noun(low) and at(words, 1) not in FOLLOWS_VERB
