"""Retells by the customer what follows the first verb: possessives, reflexives, coordinated verbs, « il » again.

Answers None where the words name somebody else in a way that cannot be retold safely.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..words import Word
from . import genders, verbs
from .groups import CLITICS, at, read_finite, read_infinitive
from .tell import Group, first_person_of, join, starts_with_vowel, tell


@dataclass(frozen=True, slots=True)
class Teller:
    """Who told the phrase before « je »: which small words meant him or her.

    `form` is W (infinitives), P (conjugated verbs) or Y (imperatives)."""

    form: str
    persons: tuple[int, ...] = ()
    possessives: frozenset[str] = frozenset({"son", "sa", "ses"})
    reflexives: frozenset[str] = frozenset({"se", "s'"})
    pronouns: frozenset[str] = frozenset()
    strong: frozenset[str] = frozenset({"soi", "soi-même"})
    firm: bool = False  # notre, nos are the firm's
    past: bool = False  # the first verb was a past: participles may follow


THIRD = frozenset({"son", "sa", "ses"})
THEIR = frozenset({"leur", "leurs"})
YOUR = frozenset({"votre", "vos"})
THY = frozenset({"ton", "ta", "tes"})
OUR = frozenset({"notre", "nos"})
INFINITIVE = Teller("W", (2,), THIRD | YOUR | THY, frozenset({"se", "s'"}), frozenset({"on"}), firm=True)

LINKS = frozenset({",", ";", "et", "ou", "puis", "mais", "/", "→", "&", "+", ">", "-", "–"})
AFTER_LINK = frozenset("puis et ensuite enfin alors surtout finalement aussi après donc même ou".split())
STRONG_LINKS = frozenset("puis ensuite enfin finalement → > ;".split())
DETERMINED = frozenset("le un du ce au".split())  # « le ton », « du son »: nouns


@dataclass(slots=True)
class Draft:
    """The retelling as it grows."""

    out: list[str] = field(default_factory=list)
    changed: bool = False  # a possessive was already given to the customer
    embedded: bool = False  # an infinitive stands under a preposition since the last told verb
    relative: bool = False  # inside « qui … »: reflexives are somebody else's

    def add(self, gap: str, text: str) -> None:
        self.out.append(("" if self.out and self.out[-1].endswith("'") else gap) + text)


def retell(words: Sequence[Word], start: int, teller: Teller, modal: bool = False) -> str | None:
    """The words from `start` on, told by the customer; None where that is not safe."""
    draft = Draft(embedded=modal)
    index = start
    while index < len(words):
        step = linked(words, index, teller, draft, modal) or pronoun(words, index, teller, draft)
        if step is None:
            step = small_word(words, index, teller, draft)
        if step is None:
            draft.add(words[index].gap, words[index].text)
            step = index + 1
        if step < 0:
            return None
        index = step
    return "".join(draft.out)


def linked(words: Sequence[Word], index: int, teller: Teller, draft: Draft, modal: bool) -> int | None:
    """A verb with the same subject after « et », « , », « puis »: told again with « je »."""
    if at(words, index) not in LINKS:
        return None
    after = index + 1
    while at(words, after) in AFTER_LINK or at(words, after) in LINKS:
        after += 1
    strong = any(words[i].low in STRONG_LINKS for i in range(index, after))
    group = same_subject(words, after, teller)
    if group is None or modal or (teller.form == "W" and draft.embedded and not strong):
        return None
    told = tell(belonging(group, teller))
    if told is None:
        return None
    for i in range(index, after):
        draft.add(words[i].gap, words[i].text)
    draft.add(" ", told)
    draft.embedded = group.infinitive in ("pouvoir", "devoir", "vouloir")
    draft.relative = False
    return group.end


def belonging(group: Group, teller: Teller) -> Group:
    """The group with the small word that meant the teller turned into « me »."""
    own = {CLITICS[r] for r in teller.reflexives if r in CLITICS} | {"se"}
    return replace(group, clitics=tuple("me" if c in own else c for c in group.clitics))


def same_subject(words: Sequence[Word], index: int, teller: Teller) -> Group | None:
    if (
        at(words, index - 1) in ("et", "ou")
        and at(words, index + 1) in ("de", "du", "d'", "des")
        and at(words, index) in genders.table()
    ):
        return None
    if teller.form == "W":
        return read_infinitive(words, index, loose=False)
    if teller.form == "Y":
        from .imperative import read_imperative

        return read_imperative(words, index, teller.persons)
    group = read_finite(words, index, teller.persons)
    if group is not None and at(words, index) in genders.table() and not verb_like(words, index + 1):
        group = None
    if group is None and teller.past:
        found = verbs.participles(at(words, index))
        if found:
            return Group(found[0], (), False, (), index + 1, "past")
    return group


def verb_like(words: Sequence[Word], index: int) -> bool:
    """Whether what follows an ambiguous word (« commande ») makes it a verb."""
    return at(words, index) in (
        "le la les l' un une des son sa ses leur leurs votre vos notre nos mon ma mes ce cette ces "
        "par sur en à au aux "
        "dans chez avec pour plus pas rien avant tout puis".split()
    )


def pronoun(words: Sequence[Word], index: int, teller: Teller, draft: Draft) -> int | None:
    """« parce qu'il est bloqué » → « parce que je suis bloqué ». -1 where it cannot be told."""
    low = at(words, index)
    if low not in teller.pronouns or (low in teller.reflexives and reflexive_before(words, index)):
        return None
    if low in ("nous", "vous", "elle", "elles") and at(words, index - 1) in (
        "pour", "avec", "à", "chez", "de", "sans", "par", "contre", "d'", "entre", "vers", "sur"
    ):  # fmt: skip
        draft.add(words[index].gap, "moi")
        return index + 1
    if low in ("il", "elle", "ils", "elles") and at(words, index - 1) in ("mais", "et", ",", "or"):
        return -1  # « … son colis mais il est abîmé »
    reading = read_plain(words, index + 1, teller)
    if reading is None:
        return None if teller.form == "W" else -1
    told, end = reading
    previous = draft.out[-1] if draft.out else ""
    for short, long in (("qu'", "que"), ("s'", "si")):
        if previous.strip().lower().endswith(short):
            draft.out[-1] = previous[: -len(short)] + long
            break
    draft.add(" ", told)
    return end


def read_plain(words: Sequence[Word], start: int, teller: Teller) -> tuple[str, int] | None:
    """The same verb in the same tense, for « je »: « il a perdu » → « j'ai » (the rest follows by itself)."""
    index = start
    negated = at(words, index) in ("ne", "n'")
    index += negated
    clitics: list[str] = []
    while at(words, index) in CLITICS and len(clitics) < 3:
        small = CLITICS[at(words, index)]
        if small in ("lui", "leur", "me", "m'"):
            return None
        clitics.append("me" if at(words, index) in teller.reflexives else small)
        index += 1
    for reading in sorted(verbs.readings(at(words, index)), key=lambda r: verbs.rank(r.infinitive)):
        if reading.tense in "PIFCJ" and reading.person in teller.persons:
            if reading.infinitive == "falloir" or (reading.infinitive == "avoir" and "y" in clitics):
                return None
            verb = first_person_of(reading.infinitive, reading.tense)
            if verb is None:
                return None
            return join(["je", *(["ne"] if negated else []), *clitics], verb, reading.infinitive), index + 1
    return None


NOT_SUBJECT = ("à", "de", "avec", "pour", "par", "chez", "sur", "")


def small_word(words: Sequence[Word], index: int, teller: Teller, draft: Draft) -> int | None:
    """Possessives, reflexives and « soi » of the one who becomes « je ». -1 where it is not safe."""
    low = at(words, index)
    if low in ("qui", "que", "qu'", "dont", "où"):
        draft.relative = low == "qui" and at(words, index - 1) not in NOT_SUBJECT
        return None
    if low in teller.reflexives and not draft.relative and reflexive_before(words, index):
        return me(words, index, draft)
    if low in ("lui", "elle", "eux", "elles", "toi") and at(words, index - 1) == "chez":
        draft.add(words[index].gap, "moi")
        return index + 1
    if (
        teller.form == "P"
        and {2, 5} & set(teller.persons)
        and low in ("lui", "le", "la", "l'", "leur", "les")
    ):
        again = named_again(words, index, teller)
        if again is not None:
            return me(words, index, draft) if again else -1
    if teller.form == "W" and asked_for(words, index):
        return me(words, index, draft)
    if low in teller.strong:
        draft.add(words[index].gap, "moi-même" if low.endswith(("même", "mêmes")) else "moi")
        return index + 1
    if low in teller.possessives and at(words, index - 1) not in DETERMINED:
        return possessive(words, index, teller, draft)
    if teller.firm and teller.form == "Y" and low == "nous":
        draft.add(words[index].gap, "vous")
        return index + 1
    if teller.firm and low in OUR and not read_infinitive(words, index + 1, loose=False):
        draft.add(words[index].gap, "votre" if low == "notre" else "vos")
        return index + 1
    if verbs.is_infinitive(low) and at(words, index - 1) not in ("le", "un", "du", "au", "son"):
        draft.embedded = governed(words, index)
    return None


def governed(words: Sequence[Word], index: int) -> bool:
    """Whether « et » after this infinitive may go on with it (« pour signer et payer ») rather than with the first verb.
    « de » and « à » would be said again, and a motion is over (« aller chercher son colis et le déballer »)."""
    before = index - 1
    while at(words, before) in CLITICS or at(words, before) in (
        "ne",
        "n'",
        "pas",
        "plus",
        "rien",
        "jamais",
        "bien",
    ):
        before -= 1
    if at(words, before) in ("de", "d'", "à"):
        return at(words, before - 1) in ("avant", "afin", "lieu", "loin")
    return at(words, before) not in ("aller", "venir", "partir", "passer", "retourner", "revenir")


def me(words: Sequence[Word], index: int, draft: Draft) -> int:
    following = at(words, index + 1)
    draft.add(words[index].gap, "m'" if starts_with_vowel(following, following) else "me")
    return index + 1


def named_again(words: Sequence[Word], index: int, teller: Teller) -> bool | None:
    """« qui le rappelle », « on lui explique »: True, the customer is meant; « de le rendre »: False, nobody can tell;
    None: an article, or a thing."""
    low, before, after = at(words, index), at(words, index - 1), at(words, index + 1)
    if teller.persons == (2,) and low in ("leur", "les"):
        return None
    if teller.persons == (5,) and low in ("lui", "le", "la", "l'"):
        return None
    noun = genders.is_noun(after)
    if low == "l'" and after.endswith("ant") and not noun:  # « un mail l'informant »
        return True
    if any(r.tense in "PIFC" and r.person in (2, 5) for r in verbs.readings(after)) and not noun:
        if before in ("qui", "on"):
            return True
        alone = before not in (
            "à",
            "avec",
            "pour",
            "chez",
            "sans",
            "de",
            "et",
            "il",
            "elle",
            "ne",
            "n'",
            "puis",
            ",",
        )
        return False if alone else None
    if before in ("de", "à") and verbs.is_infinitive(after) and not noun:
        asked = any(w.low.startswith("demand") for w in words[:index])
        if asked and (low in ("lui", "leur") or after in HELPS):
            return True
        return None if low == "l'" else False
    return None


HELPS = frozenset(
    "rappeler contacter prévenir informer aider rembourser recontacter conseiller dépanner renseigner appeler".split()
)


def asked_for(words: Sequence[Word], index: int) -> bool:
    """« Demander au vendeur de lui montrer », « … de le rappeler »: the customer is meant again."""
    low, after = at(words, index), at(words, index + 1)
    if at(words, 0) != "demander" or at(words, index - 1) != "de" or not verbs.is_infinitive(after):
        return False
    return low == "lui" or (low in ("le", "la", "l'") and after in HELPS)


def reflexive_before(words: Sequence[Word], index: int) -> bool:
    """« se connecter », « s'y rendre », « en se connectant »: the small word belongs to the customer."""
    after = index + 1
    while at(words, after) in ("y", "en", "le", "la", "les", "l'"):
        after += 1
    form = at(words, after)
    return verbs.is_infinitive(form) or (form.endswith("ant") and at(words, index - 1) == "en")


def possessive(words: Sequence[Word], index: int, teller: Teller, draft: Draft) -> int | None:
    low = at(words, index)
    noun = at(words, index + 1)
    if low in ("leur", "votre", "notre") and verbs.is_infinitive(noun) and noun not in genders.table():
        return None
    other = (
        at(words, index - 1) in ("et", "ou")
        and not draft.changed
        and teller.form != "Y"
        and low in THIRD | THEIR
    )
    if other:
        return None
    draft.changed = True
    draft.add(words[index].gap, mine(words, index))
    return index + 1


def mine(words: Sequence[Word], index: int) -> str:
    """mon, ma or mes for the possessive at `index`: « leur commande » → ma, « votre adresse » → mon."""
    low = at(words, index)
    noun = at(words, index + 1)
    if low in ("ses", "leurs", "vos", "nos", "tes"):
        return "mes"
    if low in ("son", "ton"):
        return "mon"
    if starts_with_vowel(noun, noun):
        return "mon"
    if low in ("sa", "ta"):
        return "ma"
    return "ma" if genders.of_noun_phrase(words, index + 1) == "f" else "mon"
