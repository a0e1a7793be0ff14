"""Reads a verb with its small words in a "
"list of words: infinitive or conjugated, negated, compound, near future."""

from __future__ import annotations

from collections.abc import Sequence

from ..words import Word
from . import verbs
from .genders import is_noun
from .tell import Group

NEGATIONS = frozenset("pas plus jamais rien guère point aucunement nullement".split())
ADVERBS = frozenset(
    "bientôt peut-être plutôt parfois moi-même longtemps "
    "récemment aussitôt heureusement malheureusement aujourd'hui hier demain "
    "bien mal mieux tout toujours souvent déjà encore enfin aussi vite trop beaucoup vraiment parfois "
    "rarement "
    "également ensuite alors donc systématiquement régulièrement directement simplement rapidement "
    "facilement "
    "difficilement finalement seulement même presque quasiment vraiment peu assez correctement "
    "immédiatement "
    "tranquillement soigneusement attentivement gratuitement automatiquement temporairement "
    "définitivement "
    "longuement personnellement clairement juste carrément totalement complètement entièrement "
    "à_nouveau".split()
)
CLITICS = {
    "me": "me", "m'": "me", "te": "te", "t'": "te", "se": "se", "s'": "se", "nous": "nous", "vous": "vous",
    "le": "le", "la": "la", "l'": "l'", "les": "les", "lui": "lui", "leur": "leur", "y": "y", "en": "en",
}  # fmt: skip
SELF = frozenset({"me", "te", "se", "nous", "vous"})
# Verbs whose past is told with « être »: « je suis passé » is a past, « je suis prévenu » is not.
ETRE = frozenset(
    "aller venir arriver partir repartir revenir rester tomber retomber entrer rentrer sortir "
    "ressortir monter remonter "
    "descendre redescendre passer repasser retourner devenir redevenir parvenir intervenir survenir "
    "naître "
    "décéder accourir".split()
)
# « je vais chercher » may be a motion: left as it is.
MOTION = frozenset("chercher voir rechercher retrouver rejoindre consulter".split()) - {
    "consulter",
    "rejoindre",
}
# After « avoir », these participles are nouns.
NOUNS_AFTER_AVOIR = frozenset("crédit droit".split())
# Infinitives that are nouns as soon as an article stands before them.
NOUN_INFINITIVES = frozenset(
    "dîner déjeuner devoir pouvoir savoir goûter rire être souvenir lever coucher parler avoir vivre "
    "repentir "
    "sourire loisir plaisir avenir désir souper manger boire toucher aller venir conseiller".split()
)


def at(words: Sequence[Word], index: int) -> str:
    """The word at an index in lower case, or nothing past the end."""
    return words[index].low if 0 <= index < len(words) else ""


def read_infinitive(words: Sequence[Word], start: int, *, loose: bool = True) -> Group | None:
    """« ne pas se décider » and the like at "
    "`start`. `loose` also takes missing accents and unknown verbs in -er."""
    index = start
    negated = at(words, index) in ("ne", "n'")
    adverbs: list[str] = []
    index += negated
    while at(words, index) in NEGATIONS | ADVERBS and (
        negated or index == start or at(words, index) in ADVERBS
    ):
        if not negated and at(words, index) in NEGATIONS - {"rien"}:
            return None
        adverbs.append(at(words, index))
        index += 1
    if at(words, index) == "du" and at(words, index + 1) == "tout" and adverbs:
        adverbs += ["du", "tout"]
        index += 2
    clitics: list[str] = []
    while at(words, index) in CLITICS and len(clitics) < 3:
        clitics.append(CLITICS[at(words, index)])
        index += 1
    while clitics and at(words, index) in ADVERBS | NEGATIONS and infinitive_at(words, index + 1, False):
        adverbs.append(at(words, index))
        index += 1
    article = bool(clitics) and clitics[-1] in ("le", "la", "l'", "les", "leur")
    infinitive = infinitive_at(words, index, loose and not article)
    if infinitive is None or (article and infinitive in NOUN_INFINITIVES and not negated and not adverbs):
        return None
    group = Group(infinitive, tuple(clitics), negated, tuple(adverbs), index + 1, "W")
    return past_infinitive(words, group)


def infinitive_at(words: Sequence[Word], index: int, loose: bool) -> str | None:
    form = at(words, index)
    if not form or form[-1] not in "re":
        return None
    if verbs.is_infinitive(form):
        return form
    if not loose or len(form) < 4 or not form.endswith(("er", "ir", "re")):
        return None
    for reading in verbs.folded_readings(form):
        if reading.tense == "W" and verbs.rank(reading.infinitive) < 10_000:
            return reading.infinitive
    return misspelled(form) or (form if unknown_verb(words, index) else None)


OBJECTS = frozenset("le la les l' un une des son sa ses votre vos leur leurs mon ma mes ce cette ces".split())


def unknown_verb(words: Sequence[Word], index: int) -> bool:
    """« Biper ses articles »: a verb in -er nobody knows yet, not a noun that ends so (papier, manager, newsletter)."""
    form = at(words, index)
    if len(form) < 5 or not form.endswith("er") or form.endswith(("ier", "tter", "ader", "ager", "ainer")):
        return False
    followed = at(words, index + 1) in OBJECTS or at(words, index - 1) in ("se", "s'")
    return followed and form.isalpha() and not is_noun(form) and not verbs.readings(form)


def misspelled(form: str) -> str | None:
    """« remplire », « apeler », « s'inscrir »: a usual infinitive, one doubled or final letter away."""
    if len(form) < 6 or form.endswith("ère") or verbs.readings(form) or is_noun(form):
        return None
    near = [form[:-1], form + "e", *(form[:i] + form[i] + form[i:] for i in range(1, len(form) - 1))]
    near += [form[:i] + form[i + 1 :] for i in range(1, len(form) - 1) if form[i] == form[i - 1]]
    for candidate in near:
        for reading in verbs.folded_readings(candidate):
            if reading.tense == "W" and verbs.rank(reading.infinitive) < 10_000:
                return reading.infinitive
    return None


def past_infinitive(words: Sequence[Word], group: Group) -> Group:
    """« avoir reçu » → recevoir, « s'être inscrit » → s'inscrire; anything else as it is."""
    if group.infinitive not in ("avoir", "être"):
        return group
    return compound(words, group) or group


def read_finite(words: Sequence[Word], start: int, persons: tuple[int, ...]) -> Group | None:
    """A conjugated verb of one of these persons at `start`, « ne » and small words included."""
    index = start
    negated = at(words, index) in ("ne", "n'")
    index += negated
    clitics: list[str] = []
    while at(words, index) in CLITICS and len(clitics) < 3:
        if at(words, index) in ("l'", "le", "la", "les", "en") and at(words, index + 1) == "on":
            break
        clitics.append(CLITICS[at(words, index)])
        index += 1
    form = at(words, index)
    found = [r for r in verbs.readings(form) if r.tense in "PIFCJ" and r.person in persons]
    if not found:
        return None
    found.sort(
        key=lambda r: (
            verbs.rank(r.infinitive) >= 10_000,
            "PIFCJ".index(r.tense) > 0,
            verbs.rank(r.infinitive),
        )
    )
    reading = found[0]
    only = at(words, start) in ("en", "le", "la", "les", "l'") and len(clitics) == 1 and 0 not in persons
    if only and verbs.rank(reading.infinitive) >= 10_000 and is_noun(form):
        return None  # « en attente », « en agence »: no « attenter », no « agencer »
    group = Group(reading.infinitive, tuple(clitics), negated, (), index + 1, reading.tense)
    return compound(words, group) or near(words, group) or group


def skip_adverbs(words: Sequence[Word], index: int) -> tuple[tuple[str, ...], int]:
    """The negations and adverbs at `index`, several words at a time (« tout de suite »), and where they end."""
    adverbs: list[str] = []
    while size := adverb_size(words, index):
        adverbs.append(" ".join(w.low for w in words[index : index + size]).replace("' ", "'"))
        index += size
    return tuple(adverbs), index


def adverb_size(words: Sequence[Word], index: int) -> int:
    for size in (3, 2):
        if tuple(w.low for w in words[index : index + size]) in PHRASES:
            return size
    word = at(words, index)
    if word in NEGATIONS or word in ADVERBS:
        return 1
    return int(
        len(word) > 6 and word.endswith("ment") and not verbs.readings(word) and word not in NOUNS_IN_MENT
    )


PHRASES = frozenset(
    tuple(phrase.split())
    for phrase in (
        "du tout", "tout de suite", "à nouveau", "de nouveau",
        "quand même", "d' abord", "tout d' abord", "en vain",
        "plusieurs fois", "deux fois", "trois fois", "par erreur", "sans succès", "moi même", "tout à fait",
        "au moins", "en fait", "de suite", "tout simplement", "une fois",
        "à peine", "bien sûr", "plus jamais", "tout juste", "encore une fois",
    )
)  # fmt: skip
NOUNS_IN_MENT = frozenset(
    "abonnement paiement remboursement renseignement appartement "
    "logement document médicament traitement virement "
    "changement moment événement règlement équipement "
    "téléchargement département élément engagement versement".split()
)


def compound(words: Sequence[Word], group: Group) -> Group | None:
    """« a reçu » → recevoir, past; « a été prévenu » → "
    "être; « s'est inscrit » → s'inscrire. None where it is no past."""
    if group.infinitive not in ("avoir", "être"):
        return None
    adverbs, index = skip_adverbs(words, group.end)
    form = at(words, index)
    exact = verbs.participles(form)
    found = exact or accentless_participles(form)
    if (
        not found
        and "P" in group.tense
        and form.endswith("er")
        and group.infinitive == "avoir"
        and index == group.end
    ):
        found = verbs.infinitives(form, "W", (0,))  # « j'ai acheter »
    if not found or form in NOUNS_AFTER_AVOIR or found[0] == "faillir":
        return None
    if group.infinitive == "être":
        moved = [v for v in found if v in ETRE]
        if not (moved or SELF & set(group.clitics)) or verbs.is_infinitive(form):
            return None
        return Group(
            (moved or found)[0], group.clitics, group.negated, group.adverbs + adverbs, index + 1, "past"
        )
    if form == "été":
        return Group("être", group.clitics, group.negated, group.adverbs + adverbs, index + 1, "past")
    if (
        exact
        and form.endswith("e")
        and "l'" not in group.clitics
        and "la" not in group.clitics
        and form not in ("fait",)
    ):
        return None
    clitics = tuple("la" if c == "l'" and form.endswith("e") else c for c in group.clitics)
    return Group(found[0], clitics, group.negated, group.adverbs + adverbs, index + 1, "past")


def accentless_participles(form: str) -> list[str]:
    """« envoye » after an auxiliary: the participle without its accent, of a usual verb."""
    if len(form) < 4 or not form.endswith(("e", "es", "u")):
        return []
    found = {
        r.infinitive
        for r in verbs.folded_readings(form)
        if r.tense == "K" and verbs.rank(r.infinitive) < 10_000
    }
    return sorted(found, key=verbs.rank)


def near(words: Sequence[Word], group: Group) -> Group | None:
    """« va recevoir » and « vient de recevoir » → recevoir; motions (« va chercher ») are left as they are."""
    if group.infinitive == "aller" and not set(group.clitics) - {"y"} and not group.clitics:
        adverbs, index = skip_adverbs(words, group.end)
        inner = read_infinitive(words, index, loose=False)
        if inner is None or inner.infinitive in MOTION:
            return None
        return Group(
            inner.infinitive,
            inner.clitics,
            group.negated or inner.negated,
            adverbs + inner.adverbs,
            inner.end,
            "F",
        )
    if group.infinitive == "venir" and not group.clitics:
        _, index = skip_adverbs(words, group.end)  # « je viens tout juste de »
        inner = read_infinitive(words, index + 1, loose=False) if at(words, index) in ("de", "d'") else None
        if inner is not None:
            return Group(inner.infinitive, inner.clitics, group.negated, inner.adverbs, inner.end, "past")
    return None
