"""Who acts in a French phrase: the customer under another name (il, vous, le client, Sophie), or somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..tables import first_names
from ..tables import words as word_list
from ..words import Word
from . import genders
from .groups import at, read_finite
from .impersonal import impersonal
from .rest import OUR, THEIR, THIRD, THY, YOUR, Teller
from .states import base

SINGULAR = Teller(
    "P",
    (2,),
    THIRD,
    frozenset({"se", "s'"}),
    frozenset({"il", "elle"}),
    frozenset({"soi", "soi-même", "lui-même", "elle-même"}),
)
PLURAL = Teller(
    "P",
    (5,),
    THEIR | THIRD,
    frozenset({"se", "s'"}),
    frozenset({"ils", "elles"}),
    frozenset({"eux-mêmes", "elles-mêmes"}),
)
ANYONE = Teller(
    "P", (2,), THIRD | OUR, frozenset({"se", "s'"}), frozenset({"on"}), frozenset({"soi", "soi-même", "nous-mêmes"})
)  # fmt: skip
TELLERS: dict[str, Teller] = {
    "il": SINGULAR, "elle": SINGULAR, "ils": PLURAL, "elles": PLURAL,
    "chacun": SINGULAR, "chacune": SINGULAR, "on": ANYONE, "l'on": ANYONE,
    "nous": Teller("P", (3,), OUR, frozenset({"nous"}), frozenset({"nous"}), frozenset({"nous-mêmes"})),
    "vous": Teller("P", (4,), YOUR, frozenset({"vous"}), frozenset({"vous"}), frozenset({"vous-même", "vous-mêmes"}), firm=True),
    "tu": Teller("P", (1,), THY, frozenset({"te", "t'"}), frozenset({"tu"}), frozenset({"toi-même"}), firm=True),
}  # fmt: skip
DETERMINERS = frozenset(
    "le la l' les un une des ce cet cette ces chaque tout tous toute notre nos mon ma mes son sa ses "
    "votre vos certains certaines plusieurs deux quelques".split()
)
OBJECTS = frozenset("le la l' les un une des son sa ses leur leurs ce cette ces".split())
TITLES = frozenset("m m. mr mr. mme mme. mlle monsieur madame mademoiselle mesdames messieurs".split())


@dataclass(frozen=True, slots=True)
class Subject:
    """The customer as subject: how he or she is told, and the index of the first word after the name."""

    teller: Teller
    end: int
    name: str
    named: bool = False  # by a noun: an adjective may follow


def read_customer(words: Sequence[Word]) -> Subject | None:
    """The customer named at the start of the phrase, or None: somebody else acts, or nobody."""
    low = at(words, 0)
    if low == "l'" and at(words, 1) == "on":
        return Subject(TELLERS["on"], 2, "on")
    if low in TELLERS and not (low in ("nous", "vous") and at(words, 1) == ","):
        end = 1
        return None if low in ("il", "on") and impersonal(words, end) else Subject(TELLERS[low], end, low)
    return read_title(words) or read_names(words) or read_noun(words)


def read_title(words: Sequence[Word]) -> Subject | None:
    low = at(words, 0)
    if low not in TITLES:
        return None
    end = 1 + (at(words, 1) == ".")
    while end < len(words) and words[end].text[:1].isupper():
        end += 1
    plural = at(words, end) == "et"
    if plural:
        end += 1 + (at(words, end + 1) in TITLES)
        while end < len(words) and words[end].text[:1].isupper():
            end += 1
    return Subject(PLURAL if plural else SINGULAR, after_apposition(words, end), low)


def after_apposition(words: Sequence[Word], index: int) -> int:
    """Past « , 34 ans, » or « , pressé, » when one follows the name."""
    if at(words, index) != ",":
        return index
    close = next((i for i in range(index + 2, min(len(words) - 1, index + 8)) if at(words, i) == ","), None)
    return index if close is None else close + 1


def read_names(words: Sequence[Word]) -> Subject | None:
    names = first_names()
    if at(words, 0) not in names or not words[0].text[:1].isupper():
        return None
    end = 1
    while end < len(words) and words[end].text[:1].isupper() and words[end].text[:1].isalpha():
        end += 1
    if at(words, end) in ("et", "&") and at(words, end + 1) in names:
        return Subject(PLURAL, end + 2, at(words, 0))
    return Subject(SINGULAR, after_apposition(words, end), at(words, 0))


MANY = (
    ("la", "plupart", "des"),
    ("beaucoup", "de"),
    ("une", "partie", "des"),
    ("la", "majorité", "des"),
    ("nombre", "de"),
)
BOTH = frozenset({"le/la", "un/une", "un(e)", "le(la)", "les/des"})
PLURALS = frozenset("les des ces nos certains certaines plusieurs deux quelques tous ses vos".split())


def read_noun(words: Sequence[Word]) -> Subject | None:
    """« Le client », « Chaque nouvel abonné », « La plupart des clients de l'agence »: up to the verb."""
    many = next((m for m in MANY if tuple(w.low for w in words[: len(m)]) == m), ())
    index = len(many)
    while (at(words, index) in DETERMINERS or at(words, index) in BOTH) and index < 3:
        index += 1
    if at(words, index - 1) in ("mon", "ma", "mes") and index and not at(words, index).startswith("client"):
        return None
    while at(words, index) in genders.BEFORE_NOUN or at(words, index) in ("jeune", "jeunes", "tiers"):
        if at(words, index) in ("jeune", "jeunes") and not customer_noun(words, index + 1):
            break
        index += 1
    size = customer_noun(words, index)
    nobody = at(words, index) == "personne" and at(words, index - 1) not in ("une", "la", "chaque", "cette")
    if not size or nobody or {"autre", "autres"} & {w.low for w in words[:index]}:
        return None
    plural = bool(many) or at(words, 0) in PLURALS
    if index == 0 and at(words, 0).endswith("s") and at(words, 0) != "tiers":
        plural = True
    after = index + size
    if at(words, after) in ("et", "&") and at(words, after + 1) in ("son", "sa", "ses", "leur", "leurs"):
        return None  # « Le client et son conjoint visitent »: two people act
    if at(words, after) == "sur" and at(words, after + 1) in ("deux", "trois", "quatre", "cinq", "dix"):
        after += 2
    end = verb_after(words, after_apposition(words, after), (5,) if plural else (2,))
    return Subject(PLURAL if plural else SINGULAR, end, at(words, index), True)


def customer_noun(words: Sequence[Word], index: int) -> int:
    """How many words the customer noun at `index` takes, 0 where there is none."""
    known = word_list("customers.fr.txt")
    for size in (3, 2, 1):
        name = " ".join(w.low for w in words[index : index + size]).replace("' ", "'")
        if len(words) >= index + size and name in known:
            return size
    low = at(words, index)
    if "(" in low or "·" in low:  # client(e), adhérent·e
        return int(low.split("(")[0].split("·")[0] in known)
    if "/" in low:
        return int(low.split("/")[0] in known)
    return 0


def verb_after(words: Sequence[Word], start: int, persons: tuple[int, ...]) -> int:
    """Skips what completes the name (« fidèle », « de l'agence ») up to the verb; `start` where there is no verb."""
    for index in range(start, min(len(words), start + 7)):
        low = at(words, index)
        if low in ("qui", "que", "qu'", "dont", ",", "où", "(") and not (
            low == "(" and at(words, index + 2) == ")"
        ):
            return start
        if low in ("à", "en", "sur", "pour", "par", "sans", "au"):
            continue
        before = at(words, index - 1)
        if (
            before in ("de", "d'", "du", "des", "la", "le", "l'", "les", "un", "une", "en", "au", "à")
            and index > start
        ):
            continue
        group = read_finite(words, index, persons)
        if index == start and base(low) is not None and at(words, index + 1) not in OBJECTS:
            continue
        if group is not None and not (genders.is_noun(low) and index == start and at(words, index + 1) == ""):
            return index
    return start
