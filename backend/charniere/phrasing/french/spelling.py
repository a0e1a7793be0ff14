"""The verb a misspelled first person meant: another form of it, a missing accent, one wrong letter."""

from __future__ import annotations

from functools import lru_cache

from . import verbs
from .groups import ADVERBS, NEGATIONS

SHORT = frozenset("du de le la les des un une et ou où à a y en au aux sur pas très trop bien si".split())
# Nouns and small words written for the verb they sound like.
SOUNDS = {
    "peu": "pouvoir", "peus": "pouvoir", "clic": "cliquer",
    "appel": "appeler", "envoi": "envoyer", "essai": "essayer",
    "travail": "travailler", "conseil": "conseiller", "accueil": "accueillir",
    "emploi": "employer", "vas": "aller",
    "réveil": "réveiller", "veu": "vouloir", "di": "dire", "voi": "voir",
    "doi": "devoir", "sui": "être", "ser": "servir",
    "ai": "avoir", "et": "être", "ait": "avoir", "sait": "savoir", "c": "savoir", "vien": "venir",
    "tien": "tenir", "fesais": "faire", "sois": "être", "fasse": "faire", "sache": "savoir",
    "veuille": "vouloir", "aille": "aller", "puisse": "pouvoir", "aie": "avoir", "renvois": "renvoyer",
}  # fmt: skip
ENDINGS = ("e", "s", "t", "es", "x", "d")


@lru_cache(maxsize=2048)
def corrected(form: str) -> tuple[str, bool] | None:
    """The infinitive meant by `form`, and whether accents alone were missing. None where nothing is close enough."""
    if form in SOUNDS:
        return SOUNDS[form], False
    if form in SHORT or form in NEGATIONS or form in ADVERBS or len(form) < 2 or not form.isalpha():
        return None
    spelled = [r for r in verbs.readings(form) if r.tense in "WK"]
    if spelled:
        return min((r.infinitive for r in spelled), key=verbs.rank), False
    for tenses, exact in (("P", True), ("PWK", False)):
        found = {
            r.infinitive
            for r in verbs.folded_readings(form)
            if r.tense in tenses
            and (not exact or r.person == 0)
            and (verbs.rank(r.infinitive) < 10_000 or (exact and len(form) > 4))
        }
        if found:
            return min(found, key=verbs.rank), exact
    return one_letter(form)


def one_letter(form: str) -> tuple[str, bool] | None:
    """A usual verb one letter away: another ending first, then a doubled, missing, swapped or wrong letter inside."""
    if len(form) < 3:
        return None
    for candidates in (endings(form), inside(form), replaced(form)):
        found: set[str] = set()
        for candidate in candidates:
            for reading in (*verbs.readings(candidate), *verbs.folded_readings(candidate)):
                if verbs.rank(reading.infinitive) < 10_000 and reading.tense in "PWK":
                    found.add(reading.infinitive)
        if found:
            return min(found, key=verbs.rank), False
    return None


def endings(form: str) -> list[str]:
    ends = [form + e for e in ENDINGS] + [form[:-1] + e for e in ENDINGS] + [form[:-1]]
    return [e for e in ends if len(e) > 3]


def inside(form: str) -> list[str]:
    if len(form) < 5:
        return []
    near: list[str] = []
    for i in range(1, len(form)):
        near.append(form[:i] + form[i + 1 :])  # one letter too many
        near.append(form[:i] + form[i] + form[i:])  # a letter that should be doubled
        near.append(form[: i - 1] + form[i] + form[i - 1] + form[i + 1 :])  # two letters swapped
    return near


def replaced(form: str) -> list[str]:
    """Any letter put in or changed: only in long words, and not where a verb nobody knows yet ends so (« drive »)."""
    if len(form) < 6 or form.endswith("e"):
        return []
    near: list[str] = []
    for i in range(1, len(form) - 1):
        for letter in LETTERS:
            near.append(form[:i] + letter + form[i:])
            near.append(form[:i] + letter + form[i + 1 :])
    return near


LETTERS = "aceilmnoprstuvé"
