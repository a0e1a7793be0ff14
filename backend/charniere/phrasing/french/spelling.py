"""The verb a misspelled first person meant: another form of it, a missing accent, one wrong letter."""

from __future__ import annotations

from functools import lru_cache

from . import verbs
from .groups import ADVERBS, NEGATIONS

SHORT = frozenset("du de le la les des un une et ou où à a y en au aux sur pas très trop bien si".split())
# Nouns and small words written for the verb they sound like.
SOUNDS = {
    "peu": "pouvoir", "peus": "pouvoir", "clic": "cliquer", "appel": "appeler", "envoi": "envoyer", "essai": "essayer",
    "travail": "travailler", "conseil": "conseiller", "accueil": "accueillir", "emploi": "employer", "vas": "aller",
    "réveil": "réveiller", "veu": "vouloir", "di": "dire", "voi": "voir", "doi": "devoir", "sui": "être", "ser": "servir",
    "ai": "avoir", "et": "être", "ait": "avoir", "sait": "savoir", "c": "savoir", "vien": "venir", "tien": "tenir",
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
    """A usual verb one letter away: a doubled or missing letter, a swapped pair, a wrong ending."""
    if len(form) < 3:
        return None
    found: set[str] = set()
    for candidate in neighbours(form):
        for reading in (*verbs.readings(candidate), *verbs.folded_readings(candidate)):
            if verbs.rank(reading.infinitive) < 10_000 and reading.tense in "PWK":
                found.add(reading.infinitive)
    return (min(found, key=verbs.rank), False) if found else None


def neighbours(form: str) -> list[str]:
    ends = [form + e for e in ENDINGS] + [form[:-1] + e for e in ENDINGS] + [form[:-1]]
    if len(form) < 5:
        return [e for e in ends if len(e) > 3]
    inside: list[str] = []
    for i in range(1, len(form)):
        inside.append(form[:i] + form[i + 1 :])  # one letter too many
        inside.append(form[:i] + form[i] + form[i:])  # a letter that should be doubled
        inside.append(form[: i - 1] + form[i] + form[i - 1] + form[i + 1 :])  # two letters swapped
    return ends + inside
