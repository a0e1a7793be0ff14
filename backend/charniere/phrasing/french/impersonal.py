"""« Il faut », « il y a », « on sonne »: « il » and « on » that stand for nobody."""

from __future__ import annotations

from collections.abc import Sequence

from ..words import Word
from . import verbs
from .groups import ADVERBS, at

IMPERSONAL = frozenset(
    "falloir pleuvoir neiger manquer rester suffire sembler paraître s'agir convenir advenir exister".split()
)
IMPERSONAL_STATE = frozenset(
    "possible impossible difficile facile nécessaire obligatoire interdit temps urgent important trop "
    "tard conseillé "
    "demandé recommandé inutile utile normal dommage préférable prévu indispensable rare étonnant "
    "compliqué simple "
    "question".split()
)
SMALL = frozenset("ne n' me m' te t' lui leur nous vous s' se".split())
ARTICLES = frozenset("un une des du de d' la le les deux trois plus".split())
WEATHER = frozenset("froid chaud beau nuit jour mauvais noir".split())


def impersonal(words: Sequence[Word], index: int) -> bool:
    """Whether « il » or « on » at the start, with its verb from `index` on, stands for nobody."""
    pronoun = at(words, 0)
    while at(words, index) in SMALL:
        index += 1
    before, low, after = at(words, index - 1), at(words, index), at(words, index + 1)
    if low == "y":
        return any(r.infinitive == "avoir" for r in verbs.readings(after))
    found = {r.infinitive for r in verbs.readings(low) if r.person == 2 and r.tense in "PIFCJ"}
    if pronoun == "on":
        return bool(found & {"sonner", "frapper"}) or low == "dirait"
    if found & {"falloir", "pleuvoir", "neiger", "suffire", "exister"}:
        return True
    if found & IMPERSONAL and before in ("me", "m'", "nous", "lui", "leur"):
        return True
    if before in ("s'", "se") and found & {"agir", "passer"}:
        return True
    if before == "s'" and low == "est" and after in ("passé", "agi", "écoulé"):
        return True
    if found & {"manquer", "rester"}:
        return after in ARTICLES
    if found & {"arriver", "paraître", "sembler"} and after in ("que", "qu'"):
        return True
    if "faire" in found and after in WEATHER:
        return True
    return "être" in found and impersonal_state(words, index + 1)


def impersonal_state(words: Sequence[Word], index: int) -> bool:
    """« il est impossible de », « il est 18 h », « il est trop tard »."""
    while at(words, index) in ADVERBS or at(words, index) in ("pas", "plus", "très", "jamais"):
        index += 1
    low, after = at(words, index), at(words, index + 1)
    if low[:1].isdigit() or low in ("midi", "minuit", "tard", "tôt", "temps", "question"):
        return True
    return low in IMPERSONAL_STATE and after in ("de", "d'", "que", "qu'", "pour", "")
