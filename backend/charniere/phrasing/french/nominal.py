"""Noun phrases that hide a verb: « Signature du bail » → je signe le bail. The nouns are in data/nouns.fr.txt."""

from __future__ import annotations

from collections.abc import Sequence

from ..tables import rows
from ..words import Word
from . import genders, verbs
from .groups import at, read_infinitive
from .noun_phrases import (
    ARTICLE_OF,
    by_somebody,
    customer_complement,
    definite,
    has_finite,
    indefinite,
    is_agent,
    own,
)
from .rest import INFINITIVE, retell
from .subjects import customer_noun
from .tell import Group, tell

ADVERB_OF = {
    "gratuit": "gratuitement", "gratuite": "gratuitement", "rapide": "rapidement", "direct": "directement",
    "directe": "directement", "électronique": "électroniquement", "automatique": "automatiquement",
    "téléphonique": "par téléphone", "régulière": "régulièrement", "régulier": "régulièrement",
    "quotidienne": "tous les jours", "mensuel": "tous les mois", "mensuelle": "tous les mois",
    "annuel": "tous les ans", "annuelle": "tous les ans", "hebdomadaire": "toutes les semaines",
    "définitive": "définitivement", "partiel": "partiellement", "partielle": "partiellement",
    "immédiat": "immédiatement", "immédiate": "immédiatement", "anticipé": "par anticipation",
    "anticipée": "par anticipation", "tardif": "tardivement", "tardive": "tardivement",
}  # fmt: skip
# Nouns whose « du conseiller » names who acts, not what is acted upon.
AGENTIVE = frozenset(
    "appel visite réponse retour passage relance envoi proposition validation accord refus "
    "intervention conseil message "
    "explication signature présentation livraison rappel arrivée départ transmission remise contact "
    "consultation accueil "
    "entretien demande offre information acceptation  départ annulation formation déplacement "
    "réception".split()
)
PREPOSITIONS = frozenset(
    "par en à au aux sur dans chez avec sans pour depuis via auprès sous dès après avant pendant "
    "contre vers entre lors "
    "d'après devant suite grâce jusqu'à jusqu' malgré selon hors près".split()
)
BARE = frozenset(
    "payer régler réserver commander signer acheter comparer attendre appeler négocier déménager "
    "emménager partir arriver "
    "résilier réfléchir hésiter voter embarquer débarquer postuler annuler essayer voyager discuter "
    "faire participer "
    "souscrire adhérer candidater emprunter épargner déclarer recevoir".split()
)


BEFORE = frozenset(
    "le la l' les un une des mon ma mes son sa ses votre vos leur leurs première premier nouvelle nouveau simple".split()
)


def suggest(words: Sequence[Word]) -> str | None:
    """A proposal for a noun phrase that starts with a noun of the table; None anywhere else."""
    if not words or has_finite(words, 0):
        return None
    for index in range(1, len(words) - 1 if len(words) < 14 else 0):
        if at(words, index) in ("et", ",", "puis", "&", "+") and noun_at(words, index + 1) is not None:
            head = suggest(words[:index])
            following = suggest([words[index + 1]._replace(gap=""), *words[index + 2 :]])
            if head is not None and following is not None:
                link = {"&": "et", "+": "et"}.get(at(words, index), at(words, index))
                return f"{head}{'' if link == ',' else ' '}{link} {following}"
    start = 0
    first = at(words, 0) in ("première", "premier")
    while at(words, start) in BEFORE:
        start += 1
    found = noun_at(words, start)
    if found is None:
        return None
    size, noun, verb, frame = found
    again = at(words, 0) in ("nouvelle", "nouveau") or (
        start and at(words, start - 1) in ("nouvelle", "nouveau")
    )
    if again:
        return None
    text = told(words, start, start + size, noun, verb, frame)
    return text + " pour la première fois" if text is not None and first else text


def noun_at(words: Sequence[Word], start: int) -> tuple[int, str, str, str] | None:
    """The longest noun of the table at `start`: words taken, noun, verb, frame."""
    known = rows("nouns.fr.txt")
    for size in range(6, 0, -1):
        if start + size > len(words):
            continue
        lows = [w.low for w in words[start : start + size]]
        name = "_".join(lows).replace("'_", "'")
        if name not in known and size == 1:
            name = name[:-1] if name.endswith(("s", "x")) and name[:-1] in known else name
        if name in known:
            verb, frame = known[name]
            return None if frame == "-" else (size, name, verb, frame)
    return None


DAYS = frozenset(
    "lundi mardi mercredi jeudi vendredi samedi dimanche lendemain jour matin soir week-end".split()
)


SIGNS = frozenset({":", ";", "/", "→", "?", "=", "vs", "+", "&", "«"})
# « Paiement en cours » is a state of the payment, not something the customer does.
UNDER_WAY = frozenset(
    (first, second)
    for first, seconds in {
        "en": "cours attente suspens échec erreur panne souffrance instance traitement doublon défaut préparation",
        "à": "venir faire prévoir régler",
        "sans": "suite réponse effet",
        "hors": "service délai",
    }.items()
    for second in seconds.split()
)
OF = ("du", "de", "d'", "des")


def told(words: Sequence[Word], start: int, end: int, noun: str, verb: str, frame: str) -> str | None:
    """The proposal for one noun, or None where a person must choose the verb."""
    capitals = {w.low: w.text for w in words[start:end] if w.text.isupper() and len(w.text) > 1}
    verb = " ".join(capitals.get(word, word) for word in verb.split())  # « Prise de RDV » → je prends RDV
    manner, end = in_which_manner(words, end, verb, frame)
    if (at(words, end), at(words, end + 1)) in UNDER_WAY:
        return None
    if manner == "" or any(at(words, i) in SIGNS for i in range(end, len(words))):
        return None
    if noun == "essai_gratuit" and at(words, end) == "de" and at(words, end + 1)[:1].isdigit():
        words = [*words[:end], words[end]._replace(text="pendant", low="pendant"), *words[end + 1 :]]
    linked = is_linked(words, end, noun, frame)
    if not linked and frame == "object" and telegraphic(words, end):
        article = indefinite(words, end) if verb in ("recevoir", "demander") else definite(words, end)
        return built(verb, with_article(article, rest_of(words, end)))
    if (not linked and frame != "receive") or somebody_acts(words, end, noun, frame):
        return None
    agent = customer_complement(words, end, (*OF, "par"))
    if agent and noun == "information" and at(words, agent[0]) in OF:
        verb, frame = "informé", "passive"
    if agent and noun in ("appel", "contact") and agent == (end, len(words)) and at(words, end) in OF:
        return None  # « Appel du client »: by whom?
    without = words if agent is None else [*words[: agent[0]], *words[agent[1] :]]
    text = FRAMES[frame](without, start, end, verb)
    return f"{text} {manner}" if text is not None and manner else text


def in_which_manner(words: Sequence[Word], end: int, verb: str, frame: str) -> tuple[str | None, int]:
    """« Inscription gratuite » → gratuitement; the empty string where the adjective has no adverb with this verb."""
    manner = ADVERB_OF.get(at(words, end))
    if manner is not None and manner.startswith("tou") and verb.split()[0] not in REGULAR:
        return "", end
    if manner is not None and frame != "receive":
        return manner, end + 1
    if at(words, end) == "en" and at(words, end + 1) == "ligne" and at(words, end + 2) in OF:
        return "en ligne", end + 2
    return None, end


REGULAR = frozenset("payer régler facturé prélevé cotiser".split())


def is_linked(words: Sequence[Word], end: int, noun: str, frame: str) -> bool:
    """Whether what follows the noun is a complement that its verb can take."""
    following = at(words, end)
    inner = "_" in noun and (frame == "keep" or noun.rsplit("_", 1)[-1] in PREPOSITIONS)
    day = following in ("le", "un", "lundi", "samedi") and at(words, end + 1) in DAYS
    return inner or day or following in PREPOSITIONS or following in (*OF, "")


def somebody_acts(words: Sequence[Word], end: int, noun: str, frame: str) -> bool:
    """« Appel du conseiller », « Validation par la banque »: not the customer's doing."""
    if frame != "receive" and at(words, end) in OF and noun in AGENTIVE and is_agent(words, end + 1):
        return not (noun == "visite" and place(words))
    return frame != "passive" and by_somebody(words, end)


def place(words: Sequence[Word]) -> bool:
    """« Visite de l'agence »: a place is visited, it does not visit."""
    return any(w.low in PLACES for w in words)


PLACES = frozenset(
    "agence agences magasin boutique site centre mairie école hôpital clinique université laboratoire "
    "hotel banque plateforme".split()
)


def telegraphic(words: Sequence[Word], end: int) -> bool:
    """« Téléchargement appli », « Réception SMS »: the preposition is left out."""
    low = at(words, end)
    if not genders.is_noun(low) or customer_noun(words, end):
        return False
    return at(words, end + 1) in PREPOSITIONS | {"", "de", "d'", "du"}


def built(verb: str, complement: str | None, reflexive: bool = False) -> str | None:
    infinitive, *kept = verb.split()
    group = tell(Group(infinitive, ("me",) if reflexive else (), False, (), 0, "P"))
    if group is None or complement is None:
        return None
    complement = complement.strip()
    return " ".join([group, *kept, *([complement] if complement else [])])


def rest_of(words: Sequence[Word], start: int) -> str | None:
    return retell(words, start, INFINITIVE)


def thing(words: Sequence[Word], end: int, belongs: bool = False) -> str | None:
    """« du bail » → le bail, « de prêt » → un prêt, « d'un compte » → un compte, « de sa carte » → ma carte."""
    low, following = at(words, end), at(words, end + 1)
    if low == "du":
        return with_article("le ", rest_of(words, end + 1))
    if low == "des":
        return with_article("les ", rest_of(words, end + 1))
    if low == "de" and following in ("la", "l'"):
        return with_article(
            ARTICLE_OF[f"de {following}"] + ("" if following == "l'" else " "), rest_of(words, end + 2)
        )
    if low not in ("de", "d'"):
        return rest_of(words, end)
    if following[:1].isdigit() and at(words, end + 2) in UNITS:
        return rest_of(words, end + 1)
    if following == "dernière" and at(words, end + 2) == "minute":
        return rest_of([words[end]._replace(text="à la", low="à la"), *words[end + 1 :]], 0)
    if read_infinitive(words, end + 1, loose=False) is not None and not genders.is_noun(following):
        return None
    determined = (
        "un une mon ma mes son sa ses votre vos notre nos leur leurs ce cet cette ces plusieurs deux "
        "trois quatre cinq tous toutes quelques"
    ).split()
    if (
        following in determined
        or following[:1].isdigit()
        or (words[end + 1 : end + 2] and words[end + 1].text[:1].isupper())
    ):
        return rest_of(words, end + 1)
    article = own(words, end + 1) if belongs else indefinite(words, end + 1)
    return with_article(article, rest_of(words, end + 1))


UNITS = frozenset("minutes minute heures heure jours jour semaines mois ans h min".split())


def with_article(article: str, rest: str | None) -> str | None:
    return None if not rest else article + rest.strip()


def as_object(words: Sequence[Word], start: int, end: int, verb: str) -> str | None:
    if end >= len(words) and verb.split()[0] not in BARE:
        return None
    if verb == "enregistrer" and at(words, end) not in ("du", "de", "d'", "des", ""):
        return built(verb, rest_of(words, end), reflexive=True)
    given = customer_complement(words, end, ("à", "au", "aux"))
    if verb in ("envoyer", "transmettre", "remettre", "présenter") and given is not None:
        words = [*words[: given[0]], *words[given[1] :]]
        verb = "recevoir"
    return built(verb, thing(words, end))


def as_own(words: Sequence[Word], start: int, end: int, verb: str) -> str | None:
    return None if end >= len(words) else built(verb, thing(words, end, belongs=True))


LEFT_PLACES = frozenset("hôtel gîte maison agence magasin hôpital camping aéroport gare logement".split())


def as_kept(words: Sequence[Word], start: int, end: int, verb: str) -> str | None:
    if verb == "répondre" and at(words, end) not in ("à", "au", "aux"):
        return None
    if at(words, end) in OF and " " not in verb and verb not in ("changer", "sortir"):
        left = verb == "partir" and any(w.low in LEFT_PLACES for w in words[end:])
        if not left:
            return None  # « Arrivée du technicien », « Vote du budget »: somebody or something else
    if end >= len(words) and (" " not in verb or verb.startswith("avoir ")) and verb not in BARE:
        return None
    return built(verb, rest_of(words, end))


LEFT = {"à": "de", "au": "du", "aux": "des"}  # one signs up to, one leaves
LEAVING = frozenset("désabonner désinscrire rétracter désister désengager".split())


def as_reflexive(words: Sequence[Word], start: int, end: int, verb: str) -> str | None:
    """« Inscription à la crèche » → je m'inscris; « Inscription des enfants » → j'inscris les enfants."""
    if at(words, end) in ("du", "de", "d'", "des") and verb not in LEAVING:
        return built(verb, thing(words, end)) if verb.endswith("inscrire") else None
    if verb in ("désabonner", "désinscrire") and at(words, end) in LEFT:
        first = words[end]._replace(text=LEFT[at(words, end)], low=LEFT[at(words, end)])
        words = [*words[:end], first, *words[end + 1 :]]
    return built(verb, rest_of(words, end), reflexive=True)


def as_passive(words: Sequence[Word], start: int, end: int, verb: str) -> str | None:
    low = at(words, end)
    if low in ("du", "de", "d'", "des"):
        if verb == "livré":
            return built("recevoir", thing(words, end))
        if verb != "remboursé":
            return None
    rest = rest_of(words, end)
    return None if rest is None else f"je suis {verb} {rest.strip()}".strip()


def as_received(words: Sequence[Word], start: int, end: int, verb: str) -> str | None:
    """« Email de bienvenue » → je reçois un email de bienvenue; a bare « Facture » says too little."""
    if at(words, end) in ("de", "d'") and at(words, end + 1) in ("un", "une"):
        return None
    if any(
        verbs.participles(w.low) and not genders.is_noun(w.low) and "recommand" not in w.low
        for w in words[end:]
    ):
        return None
    if at(words, end) not in PREPOSITIONS | {"de", "d'", "du", "des"}:
        return None
    if at(words, end) in ("au", "aux", "à") or at(words, end + 1) in SENT:
        verb = "envoyer" if at(words, end + 1) in SENT or is_agent(words, end + 1) else verb
        if words[start].low not in WRITTEN:
            return None
    if at(words, start - 1) in ("le", "la", "l'", "les", "un", "une", "des", "mon", "ma", "mes"):
        article = words[start - 1].low + ("" if words[start - 1].low.endswith("'") else " ")
    else:
        sender = at(words, end) in ("du", "des") or (
            at(words, end) == "de" and at(words, end + 1) in ("la", "l'")
        )
        article = definite(words, start) if sender else indefinite(words, start)
    first = words[start]._replace(
        text=words[start].low if words[start].text.istitle() else words[start].text, gap=""
    )
    return built(verb, with_article(article, rest_of([first, *words[start + 1 :]], 0)))


WRITTEN = frozenset("courrier lettre mail email e-mail message courriel sms".split())
# What a customer writes rather than receives: « Lettre de résiliation ».
SENT = frozenset(
    "résiliation réclamation plainte motivation contestation rétractation demande opposition dédite".split()
)


def as_called(words: Sequence[Word], start: int, end: int, verb: str) -> str | None:
    """« Appel au SAV », « Contact avec le syndic » → the verb and its object."""
    low, following = at(words, end), at(words, end + 1)
    if low in ("au", "aux"):
        return built(verb, with_article("le " if low == "au" else "les ", rest_of(words, end + 1)))
    if low in ("à", "avec") and following:
        return built(verb, rest_of([words[end + 1]._replace(gap=""), *words[end + 2 :]], 0))
    if low in ("du", "de", "d'", "des"):
        return built(verb, thing(words, end)) if verb == "rencontrer" or is_agent(words, end + 1) else None
    if low == "" or low in ("par", "sur", "en", "depuis", "pour"):
        return built(verb, rest_of(words, end)) if verb == "appeler" and low != "" else None
    return None


def as_subscription(words: Sequence[Word], start: int, end: int, verb: str) -> str | None:
    """souscription d'un contrat → souscris un contrat; souscription à une offre → souscris à une offre."""
    return built(verb, thing(words, end))


def as_claim(words: Sequence[Word], start: int, end: int, verb: str) -> str | None:
    """« Réclamation auprès du SAV » → je fais une réclamation auprès du SAV."""
    if at(words, end) in ("du", "de", "des", "d'"):
        return built("réclamer", thing(words, end))
    return built(verb, rest_of(words, end))


FRAMES = {
    "object": as_object, "own": as_own, "keep": as_kept, "reflexive": as_reflexive, "passive": as_passive,
    "receive": as_received, "call": as_called, "sub": as_subscription, "claim": as_claim,
}  # fmt: skip
