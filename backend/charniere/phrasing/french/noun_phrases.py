"""What nominal, passive and status phrases share: finite verbs, the customer as a complement, articles."""

from __future__ import annotations

from collections.abc import Sequence

from ..tables import first_names
from ..tables import words as word_list
from ..words import Word
from . import genders, verbs
from .groups import at
from .states import base
from .subjects import customer_noun
from .tell import starts_with_vowel

PREPOSITIONS = frozenset("entre contre hors vers sous sur".split())
FINITE = frozenset(
    "est sont était étaient sera seront fut a ont avait avaient aura auront va vont peut peuvent doit "
    "doivent veut veulent "
    "fait font n' ne se s' me m' arrive arrivent".split()
)
ARTICLE_OF = {"du": "le", "de la": "la", "de l'": "l'", "des": "les"}
MASS = frozenset(
    "aide argent assistance carburant essence électricité gaz eau matériel nourriture fioul bois "
    "musique".split()
)
DETERMINERS = frozenset(
    "le la l' les un une des du mon ma mes son sa ses notre nos votre vos leur leurs ce cet cette ces".split()
)


def has_finite(words: Sequence[Word], start: int) -> bool:
    """Whether a conjugated verb follows, outside « qui … » and « que … »: then the phrase is no noun phrase."""
    for index in range(start, len(words)):
        low = at(words, index)
        if low in ("qui", "que", "qu'", "dont", "où"):
            return False
        before = at(words, index - 1)
        if low in FINITE and not (
            low in ("a", "fait", "sera") and (words[index].text.isupper() or before in ("de", "le", "un"))
        ):
            if low in ("se", "s'", "me", "m'") and (
                verbs.is_infinitive(at(words, index + 1)) or at(words, index + 1) in ("y", "en")
            ):
                continue
            return True
        if (
            low in PREPOSITIONS
            or before in DETERMINERS
            or before in ("de", "d'", "en", "à", "au", "aux", "par", "sur", "sans", "avec", "pour")
        ):
            continue
        if genders.is_noun(low) or "-" in low:
            continue
        for reading in verbs.readings(low):
            usual = verbs.rank(reading.infinitive) < 10_000
            if (
                usual
                and reading.tense in "PIFC"
                and reading.person in (2, 4, 5)
                and not verbs.participles(low)
                and index > 0
            ):
                return not adjective_like(low)
    return False


def adjective_like(low: str) -> bool:
    return low in (
        "mobile",
        "libre",
        "double",
        "simple",
        "pratique",
        "utile",
        "digitale",
        "complète",
        "calme",
        "vide",
        "brute",
    )


def customer_complement(words: Sequence[Word], start: int, links: tuple[str, ...]) -> tuple[int, int] | None:
    """Where « par le client », « au client », « aux usagers » stands from `start` on: first index and end."""
    for index in range(start, len(words)):
        low = at(words, index)
        if low not in links:
            continue
        noun = index + 1
        if low in ("de", "d'") and at(words, noun) not in ("la", "l'", "les", "chaque", "notre", "nos"):
            continue
        if at(words, noun) in ("le", "la", "l'", "les", "un", "une", "chaque", "notre", "nos"):
            noun += 1
        while at(words, noun) in genders.BEFORE_NOUN:
            noun += 1
        size = customer_noun(words, noun)
        if size:
            return index, noun + size + (base(at(words, noun + size)) is not None)
        named = at(words, noun) in first_names() and words[noun].text[:1].isupper()
        if low in ("à", "par") and noun == index + 1 and named:
            return index, noun + 1
    return None


def by_somebody(words: Sequence[Word], start: int) -> bool:
    """« par le conseiller », « par la banque »: somebody of the firm acts."""
    agents = word_list("agents.fr.txt")
    for index in range(start, len(words) - 1):
        if at(words, index) != "par":
            continue
        noun = index + 1
        while at(words, noun) in DETERMINERS or at(words, noun) in genders.BEFORE_NOUN:
            noun += 1
        if (
            noun > index + 1
            and not customer_noun(words, noun)
            and (at(words, noun) in agents or at(words, noun) not in CHANNELS)
        ):
            return True
    return False


# What « par la », « par l' » introduces without naming who acts.
CHANNELS = frozenset(
    "poste appli application site biais lien fenêtre suite voie mail email sms porte plateforme "
    "numéro même formulaire".split()
)


def acts_on(noun: str, infinitives: Sequence[str]) -> list[str]:
    """Those of these verbs that a customer does, to this noun: « devis accepté », « formulaire rempli »."""
    acts = word_list("acts.fr.txt")
    return [verb for verb in infinitives if verb in acts or f"{genders.singular(noun)}:{verb}" in acts]


def is_agent(words: Sequence[Word], index: int) -> bool:
    while at(words, index) in DETERMINERS or at(words, index) in genders.BEFORE_NOUN:
        index += 1
    return at(words, index) in word_list("agents.fr.txt")


def plural(word: str) -> bool:
    return (word[-1:] in ("s", "x") and genders.singular(word) != word) or (
        word.endswith("s") and not genders.is_noun(word) and len(word) > 4
    )


def definite(words: Sequence[Word], index: int) -> str:
    """le, la, l' or les for the noun at `index`."""
    noun = at(words, index)
    if plural(noun):
        return "les "
    if starts_with_vowel(noun, noun):
        return "l'"
    return "la " if genders.of_noun_phrase(words, index) == "f" else "le "


def indefinite(words: Sequence[Word], index: int) -> str:
    """un, une, des or « de l' » for the noun at `index`: « demande de prêt » → un."""
    noun = at(words, index)
    if noun in MASS:
        return "de l'" if starts_with_vowel(noun, noun) else ("de la " if genders.of(noun) == "f" else "du ")
    if plural(noun):
        return "des "
    return "une " if genders.of_noun_phrase(words, index) == "f" else "un "


def own(words: Sequence[Word], index: int) -> str:
    """mon, ma or mes for the noun at `index`."""
    noun = at(words, index)
    if plural(noun):
        return "mes "
    if starts_with_vowel(noun, noun):
        return "mon "
    return "ma " if genders.of_noun_phrase(words, index) == "f" else "mon "
