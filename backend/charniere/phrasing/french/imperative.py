"""Imperatives told to the customer: « Connectez-vous », « N'oubliez pas », « Clique sur », « Veuillez », « Merci de »."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..words import Word
from . import genders, verbs
from .groups import CLITICS, at, read_infinitive, skip_adverbs
from .rest import OUR, THIRD, THY, YOUR, Teller, retell
from .tell import Group, tell

POLITE = Teller(
    "Y",
    (4,),
    YOUR,
    frozenset({"vous"}),
    frozenset({"vous"}),
    frozenset({"vous-même", "vous-mêmes"}),
    firm=True,
)
FAMILIAR = Teller(
    "Y", (1, 2), THY | THIRD, frozenset({"te", "t'"}), frozenset({"tu"}), frozenset({"toi-même"}), firm=True
)
TOGETHER = Teller("Y", (3,), OUR | YOUR, frozenset({"nous"}), frozenset({"nous"}), frozenset({"nous-mêmes"}))
TELLERS = {4: POLITE, 1: FAMILIAR, 2: FAMILIAR, 3: TOGETHER}
AFTER = {
    "moi": "me", "toi": "te", "vous": "vous", "nous": "nous", "le": "le", "la": "la", "les": "les", "lui": "lui",
    "leur": "leur", "y": "y", "en": "en", "t'": "te", "m'": "me", "l'": "le",
}  # fmt: skip
IRREGULAR = {
    "sois": ("être", 1), "soyez": ("être", 4), "soyons": ("être", 3), "aie": ("avoir", 1), "ayez": ("avoir", 4),
    "ayons": ("avoir", 3), "sache": ("savoir", 1), "sachez": ("savoir", 4), "sachons": ("savoir", 3), "va": ("aller", 1),
}  # fmt: skip
# « Rendez-vous au guichet » is an order, « Rendez-vous chez le dentiste » is an appointment.
GO_TO = frozenset("à au aux sur dans directement vite".split())
GO_IN = frozenset("agence magasin boutique mairie caisse gare préfecture pharmacie salle".split())
POLITE_CLITICS = {"vous": "me", "se": "me", "nous": "vous", "me": "vous"}
POLITE_FORMS = (
    ("veuillez",),
    ("merci", "de"),
    ("merci", "d'"),
    ("prière", "de"),
    ("pensez", "à"),
    ("pense", "à"),
)


def suggest(words: Sequence[Word]) -> str | None:
    """« Demandez votre carte » → « je demande ma carte »; None where the phrase does not start so."""
    start = next((len(f) for f in POLITE_FORMS[:4] if [w.low for w in words[: len(f)]] == list(f)), 0)
    if start:
        group = read_infinitive(words, start)
        if group is not None:
            group = replace(group, clitics=tuple(POLITE_CLITICS.get(c, c) for c in group.clitics))
        return finish(words, group, replace(POLITE, form="W"))
    person = person_of(words)
    if person is None:
        return None
    if person == 3:
        words = [w for w in words if w.low != "ensemble"]
    return finish(words, read_imperative(words, 0, TELLERS[person].persons), TELLERS[person])


def finish(words: Sequence[Word], group: Group | None, teller: Teller) -> str | None:
    if any(w.low in ("mon", "ma", "mes") or w.low.endswith(("-moi", "-m'")) for w in words):
        return None  # the customer gives the order: « Rappelez-moi »
    told = tell(group) if group is not None else None
    if group is None or told is None:
        return None
    rest = retell(words, group.end, teller, modal=group.infinitive in ("pouvoir", "devoir"))
    return (
        None if rest is None else (told + rest if rest[:1] in ",.;:" else told + " " + rest.lstrip()).strip()
    )


def person_of(words: Sequence[Word]) -> int | None:
    """The person spoken to: 4 vous, 3 nous, 1 tu; None where the first verb is no imperative."""
    index = 0 + (at(words, 0) in ("ne", "n'"))
    while at(words, index) in CLITICS and index < 4 and at(words, 0) in ("ne", "n'"):
        index += 1
    form = at(words, index).split("-")[0]
    if form in IRREGULAR:
        return IRREGULAR[form][1]
    if form in (
        "avez",
        "êtes",
        "voulez",
        "pouvez",
        "devez",
        "savez",
        "entre",
        "contre",
        "outre",
        "comme",
        "a",
        "as",
        "est",
        "es",
        "ai",
        "ont",
        "sont",
    ):
        return None
    readings = [r for r in verbs.readings(form) if r.tense == "P" and r.person in (1, 2, 3, 4)]
    persons = {r.person for r in readings if verbs.rank(r.infinitive) < 10_000}
    if form.endswith("ez") and len(form) > 5 and not genders.is_noun(form):
        return 4  # rare or recent verbs too: nothing else ends so
    if 4 in persons:
        return 4
    if 3 in persons:
        return 3
    if persons & {1, 2} and imperative_like(words, index):
        return 1
    return None


def imperative_like(words: Sequence[Word], index: int) -> bool:
    """« Clique sur », « Inscris-toi », « Prends un »: not a noun that happens to be spelled like a verb."""
    form = at(words, index)
    if "-" in form or index:
        return True
    following = at(words, index + 1)
    articles = (
        "le la les l' un une ton ta tes son sa ses mon ma mes leur leurs ce cette ces ton tous toutes tout"
    ).split()
    if genders.is_noun(form):
        return following in articles
    return following not in ("de", "du", "d'", "des") or form in ("profite", "bénéficie", "parle", "rêve")


def read_imperative(words: Sequence[Word], start: int, persons: tuple[int, ...]) -> Group | None:
    """The group of an imperative: « inscris-toi » → s'inscrire, « n'oubliez pas » → oublier, negated."""
    index = start
    negated = at(words, index) in ("ne", "n'")
    index += negated
    clitics: list[str] = []
    while negated and at(words, index) in CLITICS:
        clitics.append(CLITICS[at(words, index)])
        index += 1
    form, *attached = at(words, index).split("-")
    if form == "rendez" and attached == ["vous"] and at(words, index + 1) not in GO_TO:
        if at(words, index + 1) == "en" and at(words, index + 2) in GO_IN:
            return Group("rendre", ("me",), False, (), index + 1, "Y")
        return None
    infinitive = imperative_of(form, persons)
    if infinitive is None or any(a not in AFTER for a in attached):
        return None
    clitics += [AFTER[a] for a in attached]
    index += 1
    if not attached and not negated and at(words, index) == "-" and at(words, index + 1) in AFTER:
        clitics.append(AFTER[at(words, index + 1)])
        index += 2
    adverbs, index = skip_adverbs(words, index) if negated else ((), index)
    return Group(infinitive, told_to(clitics, persons), negated, adverbs, index, "Y")


def told_to(clitics: list[str], persons: tuple[int, ...]) -> tuple[str, ...]:
    """« vous » in « inscrivez-vous » is the customer (me); « nous » in « contactez-nous » is the firm (vous)."""
    own = {4: "vous", 3: "nous"}.get(persons[0], "te")
    firm = {"nous": "vous", "me": "vous"}
    return tuple("me" if c == own else firm.get(c, c) for c in clitics)


def imperative_of(form: str, persons: tuple[int, ...]) -> str | None:
    if form in IRREGULAR and IRREGULAR[form][1] in persons:
        return IRREGULAR[form][0]
    found = verbs.infinitives(form, "P", persons)
    if not found and persons == (4,) and form.endswith("ez") and len(form) > 5:
        return form[:-2] + "er"
    if not found and 1 in persons and form.endswith("s"):
        found = verbs.infinitives(form[:-1], "P", persons)  # « parles-en »
    return found[0] if found and (verbs.rank(found[0]) < 10_000 or not genders.is_noun(form)) else None
