"""The customer told from outside: « Il compare », « Les clients reçoivent », « Sophie s'est plainte », « Clique sur »."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..words import Word
from . import verbs
from .groups import at, read_finite, skip_adverbs
from .noun_phrases import DETERMINERS
from .rest import Teller, retell
from .states import base
from .subjects import SINGULAR, read_customer
from .tell import Group, tell

MODALS = frozenset("pouvoir devoir vouloir savoir".split())
OF_THE_CUSTOMER = frozenset({"me", "te", "nous", "vous"})


def suggest(words: Sequence[Word]) -> str | None:
    """None where the subject is not the customer, or where the customer is also whom somebody acts upon."""
    subject = read_customer(words)
    if subject is None:
        return None
    start = subject.end
    adverbs: tuple[str, ...] = ()
    if at(words, start) == "," or (
        subject.named and base(at(words, start)) is not None and at(words, start + 1) not in DETERMINERS
    ):
        return None
    adverbs, after = skip_adverbs(words, start)
    group = read_finite(words, after, subject.teller.persons)
    if group is None:
        return None
    return retold(words, replace(group, adverbs=group.adverbs + adverbs), subject.teller)


# « Il vérifie mon dossier »: who speaks is the customer, so somebody else acts.
NARRATOR = frozenset("mon ma mes moi me m'".split())


def of_the_firm(words: Sequence[Word], group: Group, teller: Teller) -> bool:
    """« Nous traitons votre demande », « On vous rappelle »: the firm speaks to the customer."""
    return bool({2, 3} & set(teller.persons) and {"nous", "on"} & teller.pronouns) and any(
        w.low in ("votre", "vos", "vous") for w in words[group.end :]
    )


def retold(words: Sequence[Word], group: Group, teller: Teller) -> str | None:
    own = {"se": "me"} | {small: "me" for small in ("vous", "nous", "te") if small in teller.reflexives}
    clitics = tuple(own.get(c, c) for c in group.clitics)
    if any(c in OF_THE_CUSTOMER and c not in own for c in group.clitics):
        return None
    if any(w.low in NARRATOR for w in words[group.end :]) or of_the_firm(words, group, teller):
        return None
    if group.tense == "C" and group.infinitive == "aimer":
        group = replace(group, infinitive="vouloir")
    told = tell(replace(group, clitics=clitics))
    if told is None:
        return None
    if group.infinitive in STATES or 2 not in teller.persons:
        words = singular_state(words, group.end, group.infinitive in STATES)
    rest = retell(words, group.end, replace(teller, past=group.tense == "past"), modal=False)
    return None if rest is None else told + rest


STATES = frozenset("être devenir rester sembler paraître sentir trouver repartir ressortir arriver".split())
# Singular participles that end in -s.
ENDS_IN_S = frozenset(
    "pris mis surpris compris acquis conquis assis appris remis promis admis permis soumis exclus".split()
)


def singular_state(words: Sequence[Word], start: int, straight: bool) -> list[Word]:
    """« sont prévenus » → suis prévenu, « veulent être rappelés » → veux être rappelé: the plural goes. `straight`
    where the adjective follows the verb itself."""
    copy = list(words)
    places = [i + 1 for i in range(start, len(words)) if at(words, i) in ("être", "été")]
    for place in [start, *places] if straight else places:
        _, index = skip_adverbs(words, place)
        while at(words, index) in ("très", "trop", "plutôt", "peu", "plus", "moins", "si"):
            index += 1
        low = at(words, index)
        known = (
            base(low) is not None
            or bool(verbs.participles(low))
            or low.endswith(("ents", "entes", "ants", "antes"))
        )
        if low.endswith("s") and low not in ENDS_IN_S and known:
            copy[index] = copy[index]._replace(text=copy[index].text[:-1], low=low[:-1])
    return copy


def without_subject(words: Sequence[Word]) -> str | None:
    """« A reçu sa facture », « Se connecte à son espace », « Est relancé par mail »."""
    if len(words) < 2 or at(words, 1) in ("divers", "maison", "accompli"):
        return None
    if at(words, 0) in ("ai", "suis", "vais", "dois", "peux", "veux", "reçois"):
        group = read_finite(words, 0, (0,))
        return None if group is None else retold(words, group, SINGULAR)
    if at(words, 0) not in (
        "a",
        "est",
        "n'",
        "ne",
        "s'",
        "se",
        "va",
        "peut",
        "veut",
        "doit",
        "fait",
        "reçoit",
        "prend",
        "attend",
    ):
        return None
    group = read_finite(words, 0, (2,))
    return None if group is None else retold(words, group, SINGULAR)
