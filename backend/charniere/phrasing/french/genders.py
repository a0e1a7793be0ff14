"""Gender of French nouns: the table first, then the ending. Answers "m" or "f"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ..tables import sections
from ..words import Word

FEMININE_ENDINGS = (
    "tion", "sion", "xion", "aison", "té", "tié", "ée", "ie", "ence", "ance", "ense", "anse", "ette", "elle", "esse",
    "ure", "ude", "ade", "aille", "euse", "trice", "ière", "ine", "ise", "ose", "ille", "otte", "ache", "ique", "ope",
    "ère", "ane", "une", "ite", "ole", "ale", "ure", "oire", "ogne", "igne", "ouche", "ande", "onde", "onne", "enne",
    "sse", "che", "rde", "ive", "èse", "ase", "ule", "ote", "use", "yse", "gue", "tte", "ute", "lle", "nue", "ffe", "rge",
    "oue", "nte", "rne", "nge", "rue", "nne", "upe", "ppe", "mpe", "due", "rce", "nde", "rve",
    "ace", "ice", "arte", "ête", "ente", "ante", "orte", "uite", "aine", "eine",
)  # fmt: skip
MASCULINE_ENDINGS = (
    "age", "ège", "isme", "ment", "eur", "oir", "ier", "eau", "ège", "ème", "ome", "ogue", "aire", "ictoire", "iste",
    "ble", "cle", "stre", "phone", "gramme", "mètre", "scope", "cide", "mité", "comté",
)  # fmt: skip
# Adjectives that stand before their noun.
BEFORE_NOUN = frozenset(
    "nouveau nouvel nouvelle nouveaux nouvelles premier première premiers premières dernier dernière "
    "derniers dernières "
    "petit petite petits petites grand grande grands grandes bon bonne bons bonnes mauvais mauvaise "
    "ancien ancienne "
    "anciens anciennes propre propres futur future futurs futures autre autres prochain prochaine "
    "prochains prochaines "
    "vieux vieille beau belle seul seule vrai vraie double deuxième troisième second seconde simple "
    "meilleur meilleure "
    "ex éventuel éventuelle".split()
)
PLACED = frozenset(
    "nouvelle nouvelles première premières dernière dernières petite petites grande grandes bonne "
    "bonnes mauvaise ancienne future prochaine vieille belle seule vraie seconde meilleure éventuelle".split()
)


@cache
def table() -> dict[str, str]:
    """Every noun of the table with its gender, the parts of compound nouns excluded."""
    found = dict.fromkeys(sections("genders.fr.txt")["m"], "m")
    found.update({noun: "f" for noun in sections("genders.fr.txt")["f"] if noun not in found})
    return found


def singular(noun: str) -> str:
    """The singular a plural comes from, as far as the table knows it."""
    known = table()
    if noun in known:
        return noun
    for ending, other in (("eaux", "eau"), ("aux", "al"), ("aux", "ail"), ("s", ""), ("x", "")):
        if noun.endswith(ending) and noun[: -len(ending)] + other in known:
            return noun[: -len(ending)] + other
    return noun


def is_noun(word: str) -> bool:
    return singular(word) in table()


def of(noun: str) -> str:
    """ "m" or "f", guessed from the ending where the table is silent."""
    base = singular(noun.lower())
    known = table().get(base)
    if known is not None:
        return known
    base = base.split("-")[0] if "-" in base and base.split("-")[0] in table() else base
    if base in table():
        return table()[base]
    base = base[:-1] if base.endswith("s") and len(base) > 4 else base
    for size in range(6, 1, -1):
        ending = base[-size:]
        if ending in FEMININE_ENDINGS:
            return "f"
        if ending in MASCULINE_ENDINGS:
            return "m"
    return "m"


def of_noun_phrase(words: Sequence[Word], index: int) -> str:
    """Gender of the noun phrase that starts at `index`, adjectives before the noun included."""
    low = words[index].low if index < len(words) else ""
    while low in BEFORE_NOUN and index + 1 < len(words):
        if low in PLACED:
            return "f"
        index += 1
        low = words[index].low
    return of(low)
