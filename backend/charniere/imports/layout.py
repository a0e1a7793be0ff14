"""The layout of `notes.csv`: its columns and the words of its cells, in French and in English.

Reading takes every synonym; writing (`export.notes`) uses the first word of each. A file format, not an interface text.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from charniere.domain.board import ActionStatus, Kind, LinkKind

Lang: TypeAlias = Literal["fr", "en"]

# The columns in the order in which they are written; the first word is the one written, the others are read too.
FRENCH: Final[Mapping[str, tuple[str, ...]]] = {
    "ref": ("ref", "référence", "id", "identifiant", "code", "repère"),
    "stage": ("étape", "phase", "étape du parcours", "étape de parcours", "colonne"),
    "channel": ("canal", "canaux", "ligne", "point de vente"),
    "kind": ("type", "nature", "catégorie", "type de note", "type de post it"),
    "text": ("texte", "note", "contenu", "libellé", "description", "verbatim", "post it"),
    "emotion": ("émotion", "ressenti", "humeur", "satisfaction"),
    "moment": ("moment_de_vérité", "mdv", "moment clé"),
    "votes": ("votes", "vote", "nombre de votes", "nb votes", "voix", "points", "gommettes"),
    "owner": ("responsable", "porteur", "pilote", "qui"),
    "team": ("équipe", "service", "direction"),
    "due": ("échéance", "date", "pour quand", "date limite", "délai"),
    "impact": ("impact", "valeur", "gain"),
    "effort": ("effort", "charge", "difficulté"),
    "links": ("lié_à", "lien", "liens", "liée à", "répond à", "résout", "lié"),
    "crm_object": ("objet_crm", "objet", "objet du crm"),
    "number": ("numéro",),
    "status": ("statut", "état", "avancement"),
    "source": ("source", "origine"),
    "evidence": ("preuve", "éléments de preuve"),
}
ENGLISH: Final[Mapping[str, tuple[str, ...]]] = {
    "ref": ("ref", "reference", "id", "identifier", "key", "code"),
    "stage": ("stage", "phase", "step", "journey stage", "column"),
    "channel": ("channel", "row", "lane"),
    "kind": ("type", "kind", "category", "note type"),
    "text": ("text", "note", "content", "label", "description", "verbatim", "sticky note"),
    "emotion": ("emotion", "feeling", "mood", "sentiment"),
    "moment": ("moment_of_truth", "mot", "key moment"),
    "votes": ("votes", "vote", "dots", "vote count"),
    "owner": ("owner", "responsible", "assignee", "who"),
    "team": ("team", "department"),
    "due": ("due", "due date", "deadline", "date", "when"),
    "impact": ("impact", "value"),
    "effort": ("effort", "difficulty", "cost"),
    "links": ("linked_to", "link", "links", "related to", "resolves", "answers"),
    "crm_object": ("crm_object", "object"),
    "number": ("number",),
    "status": ("status", "state"),
    "source": ("source", "origin"),
    "evidence": ("evidence", "proof"),
}
COLUMNS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {"fr": FRENCH, "en": ENGLISH}
# Written in every file; the columns after `crm_object` only where a note needs them.
ALWAYS: Final = tuple(FRENCH)[: tuple(FRENCH).index("crm_object") + 1]
# A column called like this names the notes when no other column does.
NUMBER_WORDS: Final = frozenset({"numero", "number", "n", "no", "num", "#"})
# Marks a column that holds words kept from an earlier import beside a value given since.
KEPT_SUFFIX: Final[Mapping[str, str]] = {"fr": " (importé)", "en": " (imported)"}

KIND_WORDS: Final[Mapping[str, Mapping[Kind, tuple[str, ...]]]] = {
    "fr": {
        Kind.touchpoint: ("point de contact", "pdc", "contact", "point contact"),
        Kind.irritant: ("irritant", "point de douleur", "douleur", "frustration", "point de friction"),
        Kind.delight: ("enchantement", "point fort", "moment d'enchantement", "effet waouh"),
        Kind.breakpoint: ("point de rupture", "rupture"),
        Kind.need: ("besoin", "attente", "besoin / question / attente"),
        Kind.opportunity: ("opportunité",),
        Kind.action: ("action", "plan d'action", "action à mener", "idée d'action"),
    },
    "en": {
        Kind.touchpoint: ("touchpoint", "touch point"),
        Kind.irritant: ("irritant", "pain point", "pain", "friction"),
        Kind.delight: ("delight", "wow", "gain"),
        Kind.breakpoint: ("breakpoint", "breaking point", "break point", "drop off"),
        Kind.need: ("need", "expectation"),
        Kind.opportunity: ("opportunity",),
        Kind.action: ("action", "action item", "to do"),
    },
}
NEED_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "fr": {"question": "question", "reassurance": "réassurance"},
    "en": {"question": "question", "reassurance": "reassurance"},
}
CRM_WORDS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "fr": {
        "lead": ("Lead", "piste"),
        "contact": ("Contact",),
        "account": ("Compte", "société", "entreprise"),
        "opportunity": ("Opportunité", "affaire"),
        "ticket": ("Ticket", "réclamation"),
        "contract": ("Contrat",),
        "subscription": ("Abonnement",),
        "campaign": ("Campagne",),
        "activity": ("Activité",),
    },
    "en": {
        "lead": ("Lead",),
        "contact": ("Contact",),
        "account": ("Account", "company"),
        "opportunity": ("Opportunity", "deal"),
        "ticket": ("Ticket", "case"),
        "contract": ("Contract",),
        "subscription": ("Subscription",),
        "campaign": ("Campaign",),
        "activity": ("Activity",),
    },
}
STATUS_WORDS: Final[Mapping[str, Mapping[ActionStatus, tuple[str, ...]]]] = {
    "fr": {
        "todo": ("à faire", "à lancer", "non commencé"),
        "doing": ("en cours", "commencé"),
        "done": ("fait", "terminé", "fini"),
        "dropped": ("abandonné", "annulé"),
    },
    "en": {
        "todo": ("to do", "todo", "open"),
        "doing": ("doing", "in progress", "started"),
        "done": ("done", "finished", "closed"),
        "dropped": ("dropped", "cancelled", "abandoned"),
    },
}

# What a row's « lié à » means, by its kind; everything else only concerns what it names.
KIND_LINKS: Final[Mapping[Kind, LinkKind]] = {
    Kind.action: LinkKind.resolves,
    Kind.touchpoint: LinkKind.leads_to,
}

# What a spreadsheet could take for a formula, also behind spaces; and such a text already behind protecting quotes.
_PROTECTED: Final = re.compile(
    r"'*(?:[\s\ufeff\u200b-\u200f\u2060]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r\n\0])"
)


def link_kind(kind: Kind | None) -> LinkKind:
    """The kind of the links that `notes.csv` can say of a note of this kind."""
    return LinkKind.concerns if kind is None else KIND_LINKS.get(kind, LinkKind.concerns)


def fold(words: str) -> str:
    """The words without capitals, accents, plural marks, punctuation or double spaces: for comparing, never for showing."""
    plain = unicodedata.normalize("NFKD", words.casefold().replace("œ", "oe").replace("æ", "ae"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w#+]|_", " ", plain).split())


def singular(words: str) -> str:
    """`fold`, and each word without its plural s or x: for headers and words of a closed list."""
    return " ".join(w[:-1] if len(w) > 3 and w[-1] in "sx" else w for w in fold(words).split())


def key_of(header: str) -> str | None:
    """The column that a header names, in either language and whatever its spelling; None for a column of somebody's own."""
    if fold(header) in NUMBER_WORDS or header.strip().casefold() in ("n°", "nº", "#"):
        return "number"
    return _KEYS.get(singular(header))


def protect(text: str) -> str:
    """The text behind a quote where a spreadsheet could read it as a formula. Undone by `unprotect`."""
    return f"'{text}" if _PROTECTED.match(text) else text


def unprotect(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _PROTECTED.match(cell) else cell


_KEYS: Final = {
    singular(word): key for columns in COLUMNS.values() for key, words in columns.items() for word in words
}
