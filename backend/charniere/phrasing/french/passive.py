"""Passives: « le contrat est signé en ligne », « un bon est offert au client », « validée par le client »."""

from __future__ import annotations

from collections.abc import Sequence

from ..words import Word, render
from . import genders, verbs
from .groups import ADVERBS, at, skip_adverbs
from .noun_phrases import DETERMINERS, acts_on, by_somebody, customer_complement, is_agent
from .rest import INFINITIVE, retell
from .tell import Group, tell

GIVING = frozenset(
    "envoyer adresser transmettre remettre offrir proposer donner accorder attribuer expédier livrer "
    "communiquer fournir "
    "délivrer verser présenter distribuer renvoyer octroyer rembourser facturer notifier".split()
)
# In the passive these may as well be the firm's doing: « le colis est retourné », « le bagage est perdu ».
AMBIGUOUS = frozenset("perdre oublier retourner renvoyer scanner tester visiter".split())
BE = frozenset("est sont sera seront était étaient fut furent".split())
ACTING = ("par",)
TO = ("à", "au", "aux")


def suggest(words: Sequence[Word]) -> str | None:
    """A proposal where the customer acts or is given something; None where the passive is somebody else's."""
    found = auxiliary(words)
    if found is None:
        return None
    subject_end, participle, lui = found
    infinitives = verbs.participles(at(words, participle))
    if not infinitives:
        return None
    after = participle + 1
    actor = customer_complement(words, after, ACTING)
    given = customer_complement(words, after, TO)
    if actor is not None:
        return rebuilt(words, subject_end, infinitives[0], after, actor)
    usual = [v for v in infinitives if v in GIVING]
    person = is_agent(words, 0) or head_noun(words) in ("rendez-vous", "rdv")  # « un conseiller est proposé »
    if usual and (given is not None or lui) and not person:
        return rebuilt(words, subject_end, "recevoir", after, given)
    acts = [v for v in acts_on(head_noun(words), infinitives) if v not in AMBIGUOUS]
    if (
        acts
        and not given
        and not by_somebody(words, after)
        and at(words, 0) not in ("ma", "mon", "mes", "il", "ça", "c'")
    ):
        return rebuilt(words, subject_end, acts[0], after, None)
    return None


def head_noun(words: Sequence[Word]) -> str:
    return at(words, 1) if at(words, 0) in DETERMINERS else at(words, 0)


def auxiliary(words: Sequence[Word]) -> tuple[int, int, bool] | None:
    """Index where the subject ends, index of the participle, and whether « lui » stands between."""
    for index in range(1, min(len(words), 12)):
        low = at(words, index)
        if low in ("qui", "que", "qu'", "dont") or not low[0].isalnum():
            return None
        end = index
        lui = at(words, index - 1) in ("lui", "leur", "m'", "me")
        if low in BE or (low in ("a", "ont", "avait", "aura") and at(words, index + 1) == "été"):
            negations, after = skip_adverbs(words, index + 1 + (at(words, index + 1) == "été"))
            if set(negations) - ADVERBS or at(words, index - 1) in ("n'", "ne"):
                return None
            return end - lui, after, lui
    return None


def rebuilt(
    words: Sequence[Word], subject_end: int, infinitive: str, after: int, cut: tuple[int, int] | None
) -> str | None:
    """je + verb + the former subject + what remains without the customer."""
    told = tell(Group(infinitive, (), False, (), after, "P"))
    if told is None or subject_end < 1:
        return None
    if at(words, after) in ("et", "puis") and verbs.participles(
        at(words, after + 1)
    ):  # « est signé et renvoyé »
        again = tell(Group(verbs.participles(at(words, after + 1))[0], (), False, (), after, "P"))
        told, after = f"{told} {at(words, after)} {again}", after + 2
        cut = cut if cut is None or cut[0] >= after else None
    first = words[0]._replace(text=words[0].low, gap=" ")
    thing = retell([first, *words[1:subject_end]], 0, INFINITIVE)
    remaining = [*words[after : cut[0]], *words[cut[1] :]] if cut else list(words[after:])
    rest = retell(remaining, 0, INFINITIVE)
    if thing is None or rest is None:
        return None
    return f"{told} {thing.strip()} {rest.strip()}".strip()


def participle_first(words: Sequence[Word]) -> str | None:
    """« Validée par le client » → je valide; « Offert au client » has no object to receive: silence."""
    infinitives = verbs.participles(at(words, 0))
    if not infinitives:
        return None
    actor = customer_complement(words, 1, ACTING)
    told = tell(Group(infinitives[0], (), False, (), 1, "P"))
    if actor is None and told is not None and plainly_done(words, infinitives):
        rest = retell([words[1]._replace(gap=""), *words[2:]], 0, INFINITIVE)
        return None if rest is None else f"{told} {rest}"
    if actor is None or told is None:
        return None
    return f"{told} {render([*words[1 : actor[0]], *words[actor[1] :]])}".strip()


def plainly_done(words: Sequence[Word], infinitives: Sequence[str]) -> bool:
    """« Payé en ligne », « Signé électroniquement »: only what a customer does, and how."""
    acts = [v for v in acts_on("", infinitives[:1]) if v not in AMBIGUOUS]
    how = at(words, 1) in ("en", "par", "sur", "à", "au", "avec", "sans", "via", "chez", "dans") or at(
        words, 1
    ).endswith("ment")
    return bool(acts) and how and not genders.is_noun(at(words, 0)) and not by_somebody(words, 1)
