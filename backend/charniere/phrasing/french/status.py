"""States noted instead of told: « Devis signé », « En attente de validation », « Déçu par la qualité », « Pas de réponse »."""

from __future__ import annotations

from collections.abc import Sequence

from ..words import Word
from . import genders, verbs
from .groups import at, read_infinitive
from .noun_phrases import (
    DETERMINERS,
    acts_on,
    by_somebody,
    customer_complement,
    definite,
    has_finite,
    indefinite,
    own,
)
from .passive import GIVING
from .rest import INFINITIVE, retell
from .states import base, singular
from .subjects import customer_noun
from .tell import Group, tell

# What a customer loses or forgets; a lost parcel or suitcase is somebody else's doing.
LOSABLE = frozenset(
    "carte mot_de_passe mot code clé clés clefs badge billet ticket papiers identifiant identifiants "
    "chéquier passeport téléphone "
    "portefeuille permis reçu facture contrat rendez-vous".split()
)
STATE_PHRASES = (
    "en attente", "en colère", "en retard", "en route", "en vacances", "en déplacement", "en confiance", "en panne",
    "en difficulté", "en litige", "au téléphone", "à la recherche", "à jour", "à l'aise", "en règle",
    "à court", "en manque", "sur le point", "en contact", "en possession", "dans l'attente", "dans l'incertitude",
    "en recherche", "en désaccord", "d'accord", "au courant", "à découvert", "en ligne avec",
)  # fmt: skip
WITHOUT = frozenset(
    "réponse nouvelles nouvelle solution internet électricité réseau connexion eau chauffage".split()
)
FEELINGS = frozenset("besoin envie peur hâte honte confiance accès droit marre".split())
ADVERBS_BEFORE = frozenset(
    "très trop plutôt assez peu pas bien mal toujours encore jamais déjà vraiment agréablement complètement totalement "
    "plus non enfin extrêmement assez parfaitement entièrement finalement désormais".split()
)


def suggest(words: Sequence[Word]) -> str | None:
    if not words or has_finite(words, 0):
        return None
    return state(words) or lack(words) or feeling(words) or trouble(words) or impossible(words) or done(words)


def tail(words: Sequence[Word], start: int) -> str | None:
    rest = retell(words, start, INFINITIVE)
    return None if rest is None else (rest if rest[:1] in ",.;: " or not rest else " " + rest)


def state(words: Sequence[Word]) -> str | None:
    """A participle or an adjective of a person, « client » or an adverb before it or not: « Toujours pas remboursé »."""
    after = customer_noun(words, 0)
    return (state_from(words, after) if 0 < after < len(words) else None) or state_from(words, 0)


def state_from(words: Sequence[Word], start: int) -> str | None:
    """The state told at `start`, what stands before it left out."""
    first = start
    while at(words, first) in ADVERBS_BEFORE:
        first += 1
    before = " ".join({"non": "pas"}.get(w.low, w.low) for w in words[start:first])
    be = "je ne suis" if {"pas", "jamais", "plus"} & set(before.split()) else "je suis"
    told = " ".join(part for part in (be, before) if part)
    undergone = (
        start > 0 and bool(verbs.participles(at(words, first))) and not customer_noun(words, first)
    )  # « Client reçu en agence »
    if (described(words, first) or undergone) and not (
        first == 0 and len(words) == 1 and customer_noun(words, 0)
    ):
        rest = tail(words, first + 1)
        adjective = singular(at(words, first)) if start else at(words, first)
        return None if rest is None else f"{told} {adjective}{rest}"
    text = " ".join(w.low for w in words[first:]).replace("' ", "'")
    if any(text == p or text.startswith(p + " ") for p in STATE_PHRASES):
        rest = tail(words, first)
        return None if rest is None else f"{told} {rest.strip()[:1].lower()}{rest.strip()[1:]}"
    if at(words, first) == "sans" and at(words, first + 1) in WITHOUT:
        rest = tail(words, first + 1)
        return None if rest is None else f"{told} sans{rest}"
    return None


def described(words: Sequence[Word], index: int) -> bool:
    """Whether the word at `index` says how the customer is: not « prêt immobilier », « mise à jour »."""
    form = at(words, index)
    meant = base(form)
    following = at(words, index + 1)
    if meant in ("pris", "mis"):
        return following == "en" and not form.endswith("e")
    if meant == "prêt":
        return form == "prête" or following in ("à", "pour", "au")
    if meant in ("client", "locataire", "propriétaire"):
        return not form.endswith("s") and (following in ("depuis", "chez") or (index > 0 and not following))
    if meant in NEEDS_MORE:
        return following in AFTER_STATE or (index > 0 and not following)
    return meant is not None


# « Livré » or « Facture perdue » may be said of a thing; these describe a person only when something follows.
NEEDS_MORE = frozenset(
    "livré client locataire propriétaire victime absent présent contacté enregistré reconnu appelé".split()
)
AFTER_STATE = frozenset(
    "à au aux en chez par avec dans sur depuis sous d' de du deux trois plusieurs gratuitement".split()
)


def lack(words: Sequence[Word]) -> str | None:
    """« Pas de réponse », « Aucune nouvelle » → je n'ai pas de réponse."""
    if (at(words, 0) in ("aucun", "aucune") and genders.is_noun(at(words, 1))) or (
        at(words, 0) in ("pas", "plus", "toujours")
        and at(words, 1) in ("de", "d'", "pas", "aucun", "aucune", "assez", "beaucoup")
        and len(words) > 2
    ):
        rest = tail(words, 1)
        return None if rest is None else f"je n'ai {at(words, 0)}{rest}"
    return None


def feeling(words: Sequence[Word]) -> str | None:
    """« Besoin d'aide » → j'ai besoin d'aide."""
    if at(words, 0) in FEELINGS and at(words, 1) in ("de", "d'", "à", "au", "aux", "que"):
        rest = tail(words, 1)
        return None if rest is None else f"j'ai {at(words, 0)}{rest}"
    return None


TROUBLES = frozenset(
    "problème souci question doute difficulté difficultés inquiétude problèmes soucis questions doutes".split()
)


def trouble(words: Sequence[Word]) -> str | None:
    """« Problème de connexion » → j'ai un problème de connexion."""
    low = at(words, 0)
    if low not in TROUBLES or at(words, 1) not in ("de", "d'", "avec", "sur", "à", "pour", "au", "en"):
        return None
    rest = tail(words, 1)
    many = low in ("difficulté", "difficultés") or low.endswith("s")
    noun = low + "s" * (low == "difficulté")
    article = "des" if many else "une" if low in ("question", "inquiétude") else "un"
    return None if rest is None else f"j'ai {article} {noun}{rest}"


def impossible(words: Sequence[Word]) -> str | None:
    """« Impossible de se connecter » → je ne peux pas me connecter."""
    if (
        at(words, 0) == "impossible"
        and at(words, 1) in ("de", "d'")
        and read_infinitive(words, 2) is not None
    ):
        rest = retell([words[2]._replace(gap=" "), *words[3:]], 0, INFINITIVE)
        return None if rest is None else "je ne peux pas" + (rest if rest.startswith(" ") else " " + rest)
    return None


MOSTLY_DONE = frozenset("reçu pris lu perdu vu".split())


def lowered(word: Word) -> str:
    """« Devis » → devis, « SMS » as it is."""
    return word.low if word.text.istitle() else word.text


def done(words: Sequence[Word]) -> str | None:
    """« Devis signé en ligne » → je signe le devis en ligne: only what a customer does."""
    start = 1 if at(words, 0) in DETERMINERS else 0
    if not genders.is_noun(at(words, start)) or customer_noun(words, start):
        return None
    for index in range(start + 1, min(len(words), start + 6)):
        if at(words, index) in ("que", "qu'", "qui", "dont", "où") or not at(words, index)[0].isalnum():
            return None
        found = acts_on(at(words, start), verbs.participles(at(words, index)))
        actor = customer_complement(words, index + 1, ("par",))
        if actor is not None and not found:
            found = verbs.participles(at(words, index))
        given = customer_complement(words, index + 1, ("à", "au", "aux"))
        if given is not None and not start and GIVING & set(verbs.participles(at(words, index))):
            rest = tail([*words[index + 1 : given[0]], *words[given[1] :]], 0)
            thing = retell([words[0]._replace(gap="", text=words[0].low), *words[1:index]], 0, INFINITIVE)
            return None if rest is None or thing is None else f"je reçois {indefinite(words, 0)}{thing}{rest}"
        if not found or (genders.is_noun(at(words, index)) and at(words, index) not in MOSTLY_DONE):
            continue
        if by_somebody(words, index + 1):
            return None
        noun_end = index
        lost = found[0] in ("perdre", "oublier")
        if lost and at(words, start) not in LOSABLE:
            return None
        told = tell(Group(found[0], (), False, (), index, "P"))
        again = verbs.participles(at(words, index + 2)) if at(words, index + 1) == "et" else []
        if again and actor is None and told is not None:  # « Contrat lu et signé »
            told, index = f"{told} et {tell(Group(again[0], (), False, (), index, 'P'))}", index + 2
        rest = tail([*words[index + 1 : actor[0]], *words[actor[1] :]] if actor else words[index + 1 :], 0)
        if at(words, start) in ("rendez-vous", "rdv") and not start and found[0] == "prendre":
            return None if rest is None else f"je prends {at(words, 0)}{rest}"
        thing = retell([words[0]._replace(gap="", text=lowered(words[0])), *words[1:noun_end]], 0, INFINITIVE)
        if told is None or rest is None or thing is None:
            return None
        many = at(words, noun_end).endswith(("és", "ées", "us", "ues", "ies")) and at(words, start).endswith(
            ("s", "x")
        )
        article = own(words, start) if lost else "les " if many else definite(words, start)
        return f"{told} {'' if start else article}{thing}{rest}"
    return None
