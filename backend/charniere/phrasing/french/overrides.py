"""Corrections and additions by hand to the conjugation table: exceptions of spelling, recent verbs, aspirated h."""

from __future__ import annotations

from functools import cache

from ..tables import lines

# The first person of verbs that have two, or that the table spells in an unusual way.
FIRST_PERSON: dict[str, str] = {
    "pouvoir": "peux",
    "asseoir": "assieds",
    "rasseoir": "rassieds",
    "être": "suis",
    "avoir": "ai",
    "aller": "vais",
    "faire": "fais",
    "bénir": "bénis",
    "ressortir": "ressors",
    "faillir": "faillis",
    "gésir": "gis",
    "haïr": "hais",
    "payer": "paie",
    "repayer": "repaie",
    "essayer": "essaie",
    "effrayer": "effraie",
    "balayer": "balaie",
    "bégayer": "bégaie",
    "débrayer": "débraie",
    "délayer": "délaie",
    "embrayer": "embraie",
    "enrayer": "enraie",
    "égayer": "égaie",
    "étayer": "étaie",
    "monnayer": "monnaie",
    "rayer": "raie",
    "relayer": "relaie",
    "défrayer": "défraie",
    "sous-payer": "sous-paie",
}

# Forms the table lacks or leaves out: (infinitive, tense, person).
FORMS: dict[str, tuple[tuple[str, str, int], ...]] = {
    "peux": (("pouvoir", "P", 0), ("pouvoir", "P", 1)),
    "puis": (("pouvoir", "P", 0),),
    "assied": (("asseoir", "P", 2),),
    "asseyons": (("asseoir", "P", 3),),
    "asseyez": (("asseoir", "P", 4),),
    "asseyent": (("asseoir", "P", 5),),
    "asseyais": (("asseoir", "I", 0),),
    "asseyait": (("asseoir", "I", 2),),
    "assiérai": (("asseoir", "F", 0),),
    "connait": (("connaître", "P", 2),),
    "reconnait": (("reconnaître", "P", 2),),
    "parait": (("paraître", "P", 2),),
    "apparait": (("apparaître", "P", 2),),
    "disparait": (("disparaître", "P", 2),),
    "nait": (("naître", "P", 2),),
    "plait": (("plaire", "P", 2),),
    "accroit": (("accroître", "P", 2),),
    "vêt": (("vêtir", "P", 2),),
    "assois": (("asseoir", "P", 0),),
    "assoit": (("asseoir", "P", 2),),
    "assoient": (("asseoir", "P", 5),),
    "résolu": (("résoudre", "K", 0),),
    "résolus": (("résoudre", "K", 1),),
    "résolue": (("résoudre", "K", 2),),
    "résolues": (("résoudre", "K", 3),),
    "dû": (("devoir", "K", 0),),
    "promène": (("promener", "P", 0), ("promener", "P", 2)),
}

FORMS.update({form: ((verb, "P", 0), *FORMS.get(form, ())) for verb, form in FIRST_PERSON.items()})

# Entries of the table that only cause confusion in a customer journey (« je sur », « je puis », « une fois »).
NOT_VERBS = frozenset(
    "étrer sur suir sourdre chaloir uw gésir ouïr seoir messeoir puer férir pouiller".split()
)

# Verbs younger than the table, all in -er.
RECENT = (
    "auditer autoévaluer badger candidater désinstaller dysfonctionner retélécharger sous-louer "
    "benchmarker binger biper bipper blacklister bloguer booker briefer buguer buzzer challenger "
    "chatter checker cliquer coacher covoiturer crasher customiser débriefer déloguer dématérialiser "
    "downloader emailer flasher forwarder géocoder géolocaliser googler hacker instagrammer liker "
    "logger "
    "loguer manager matcher monitorer notifier onboarder photocopier pitcher podcaster poster "
    "précommander "
    "préremplir préréserver prompter rebooker recliquer reconnecter recontacter refacturer "
    "réinitialiser reloguer "
    "reparamétrer reprogrammer rescanner retweeter scanner screener scroller shopper shooter signaler "
    "skyper slacker spammer stalker streamer stresser swiper switcher tchatcher tchatter télédéclarer "
    "télépayer "
    "teamser tracker tweeter uberiser unfollower updater upgrader uploader vapoter visualiser "
    "whatsapper zapper zoomer"
)

# Verbs younger than the table that follow an older one.
LIKE = {
    "désinscrire": "inscrire", "préinscrire": "inscrire", "resouscrire": "souscrire", "préremplir": "remplir",
    "resaisir": "saisir", "ressaisir": "saisir", "réouvrir": "ouvrir", "reprendre": "prendre", "renégocier": "négocier",
    "réobtenir": "obtenir", "recomparer": "comparer", "réexpliquer": "expliquer", "repayer": "payer",
    "redemander": "demander", "revérifier": "vérifier", "resigner": "signer", "réenregistrer": "enregistrer",
    "redéposer": "déposer", "réactualiser": "actualiser", "coécrire": "écrire", "réinscrire": "inscrire",
    "retransmettre": "transmettre", "réessayer": "essayer", "réactiver": "activer", "recréer": "créer",
    "resélectionner": "sélectionner", "rechoisir": "choisir", "retélécharger": "télécharger", "réévaluer": "évaluer",
}  # fmt: skip

# Verbs before which « je » is not elided: their h is aspirated. Every other h is mute.
ASPIRATED_VERBS = frozenset(
    "hâbler hacher hachurer hacker haïr haleter handicaper hanter happer haranguer harasser harceler "
    "harnacher "
    "harponner hasarder hâter hausser haver héler hennir hérisser hérissonner herser heurter "
    "hiérarchiser hisser "
    "hocher houspiller huer hululer humer hurler".split()
)

# Nouns and adjectives whose h is aspirated, as far as they meet a possessive (ma hotline).
ASPIRATED_WORDS = frozenset(
    "haie haine hall halte hamac hanche handicap hangar harcèlement hasard hausse haut haute hauteur "
    "hernie héros "
    "hiérarchie hobby hockey homard honte hors hot-line hotline hotte housse hublot huit huitième hub "
    "hashtag hacker "
    "hamburger hub haut-parleur haut-débit".split()
)


@cache
def usual() -> dict[str, int]:
    """The verbs of customer journeys, the most expected first."""
    expected = dict.fromkeys(word for line in lines("usual_verbs.fr.txt") for word in line.split())
    return {verb: place for place, verb in enumerate(expected)}
