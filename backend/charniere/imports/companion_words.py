"""The words of a companion file: its keys and those of its closed lists. The first word of each is the one written."""

from collections.abc import Mapping
from typing import Final, TypeAlias

Words: TypeAlias = Mapping[str, tuple[str, ...]]

TOP: Final[Words] = {
    "title": ("titre", "title"),
    "lang": ("langue", "lang", "language"),
    "project": ("projet", "project", "mission"),
    "persona": ("persona",),
    "journey": ("parcours", "journey"),
    "stages": ("stages", "étapes", "phases"),
    "channels": ("channels", "canaux"),
    "teams": ("équipes", "teams"),
    "gaps": ("vides", "cellules vides", "empty", "gaps"),
    "locked": ("verrouillé", "locked"),
}
PROJECT: Final[Words] = {
    "client": ("client", "customer", "company"),
    "activity": ("activité", "activity"),
    "purpose": ("finalité", "purpose"),
    "objectives": ("objectifs", "objectives", "goals"),
    "workshop": ("atelier", "workshop"),
    "time_zone": ("fuseau horaire", "time zone"),
}
PERSONA: Final[Words] = {
    "name": ("nom", "name"),
    "role": ("rôle", "role"),
    "segment": ("segment",),
    "goals": ("objectifs", "goals"),
    "frustrations": ("frustrations",),
    "expectations": ("attentes", "expectations"),
    "context": ("contexte", "context"),
    "quote": ("citation", "quote"),
}
STAGE: Final[Words] = {
    "name": ("name", "nom", "étape"),
    "archetype": ("archetype", "archétype"),
    "goal": ("goal", "objectif", "but"),
    "exit_criteria": ("exit_criteria", "règles de passage", "critères de sortie"),
    "owner_team": ("owner_team", "équipe", "équipe responsable", "team"),
    "expected_delay": ("expected_delay", "délai", "délai attendu", "delay"),
    "kpis": ("kpis", "indicateurs", "kpi"),
    "group": ("group", "moment"),
}
CHANNEL: Final[Words] = {
    "name": ("name", "nom", "canal"),
    "mode": ("mode",),
    "relation": ("relation",),
    "family": ("family", "famille"),
    "lane": ("lane", "couloir"),
}
GAP: Final[Words] = {
    "stage": ("stage", "étape"),
    "channel": ("channel", "canal"),
}
# Codes of closed lists, each with its words.
JOURNEYS: Final[Words] = {
    "as_is": ("actuel", "parcours actuel", "existant", "as is", "current"),
    "to_be": ("cible", "parcours cible", "futur", "to be", "target"),
    "day_in_life": ("journée type", "day in life", "day in the life"),
    "blueprint": ("service blueprint", "blueprint"),
}
ARCHETYPES: Final[Words] = {
    "discovery": ("discovery", "découverte", "notoriété"),
    "consideration": ("consideration", "considération"),
    "evaluation": ("evaluation", "évaluation"),
    "decision": ("decision", "décision", "achat"),
    "onboarding": ("onboarding", "accueil", "mise en route"),
    "usage": ("usage", "utilisation"),
    "support": ("support", "assistance", "sav"),
    "loyalty": ("loyalty", "fidélisation", "fidélité"),
}
CLOSED: Final[Mapping[str, Words]] = {
    "archetype": ARCHETYPES,
    "group": {
        "before": ("before", "avant"),
        "during": ("during", "pendant"),
        "after": ("after", "après"),
    },
    "mode": {"online": ("online", "en ligne"), "offline": ("offline", "hors ligne")},
    "relation": {
        "direct": ("direct",),
        "indirect": ("indirect",),
        "internal": ("internal", "interne"),
    },
    "family": {
        "marketing": ("marketing",),
        "sales": ("sales", "vente", "ventes"),
        "service": ("service",),
        "lifecycle": ("lifecycle", "cycle de vie"),
    },
    "lane": {
        "people": ("people", "personnes"),
        "technology": ("technology", "technologie"),
        "policy": ("policy", "règles"),
    },
}
YES: Final = frozenset({"true", "oui", "yes", "vrai"})
