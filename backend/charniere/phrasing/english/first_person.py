"""English phrases that say « I »: is the verb in the present and of the first person, and if not, how it should be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..words import Word
from . import verbs
from .reading import LINKS, Told, at, conjugated, listed, skip_adverbs

CONTRACTED = {"i'm": "am", "i've": "have", "i'll": "will", "i'd": "would", "im": "am", "ive": "have"}
SUBORDINATORS = frozenset("that which who whom where how why what whether because".split())
# Base forms that are no noun, adjective or participle: « I am pay » can only be a mistake.
BASE_ONLY = frozenset(
    "pay want need receive compare send choose call buy sign wait go ask find subscribe register".split()
)
PRESENT = frozenset(
    "am can can't cannot must mustn't may might should shouldn't don't need ain't needn't".split()
)


class Finding(NamedTuple):
    start: int
    end: int
    told: str
    rule: str | None


def read(words: Sequence[Word]) -> list[Finding] | None:
    """Every main « I + verb »; None where no main clause says « I »."""
    found: list[Finding] = []
    for index, word in enumerate(words):
        if word.low != "i" and word.low not in CONTRACTED:
            continue
        before = at(words, index - 1)
        subordinate = before in SUBORDINATORS or (found and before not in LINKS | {".", "so"})
        opened = at(words, 0) in ("when", "if", "once", "as", "after", "before", "because")
        if (subordinate and not opened) or relative(words, index):
            continue
        finding = judge(words, index)
        if finding is not None:
            found.append(finding)
            if finding.rule == "tense":
                found.extend(coordinated(words, finding))
    return found or None


TIMES = frozenset(
    "day morning evening afternoon night week month year time moment minute hour weekend end later "
    "ago".split()
)


def relative(words: Sequence[Word], index: int) -> bool:
    """« The email I receive is unclear »: the clause of « I » belongs to the email."""
    before = at(words, index - 1)
    if (
        index < 2
        or at(words, 0) not in ("the", "a", "an", "every", "all", "each")
        or before in LINKS | TIMES | {"so", ":"}
    ):
        return False
    return any(
        w.low in ("is", "are", "was", "were", "has", "doesn't", "isn't", "can't", "never")
        for w in words[index + 2 :]
    )


def judge(words: Sequence[Word], index: int) -> Finding | None:
    """The group at « I »; None where no verb follows (« I. », « I, Robot »)."""
    low = at(words, index)
    group = list(words[index + 1 :])
    shift = index + 1
    if low in CONTRACTED:
        group = [Word(CONTRACTED[low], CONTRACTED[low], " "), *group]
        shift = index
    verb = skip_adverbs(group, 0)
    word = at(group, verb)
    if not word or not word[0].isalpha():
        return None
    if right(group, verb, word):
        return Finding(index, shift + verb + 1, "", None)
    told = wrong(group, verb, word) or misspelled(group, verb, word)
    if told is None:
        known = verbs.forms().get(word)
        return (
            Finding(index, shift + verb + 1, "", None)
            if known is None and word.isalpha() and len(group) > 1
            else None
        )
    adverbs = "".join(w.low + " " for w in group[:verb])
    return Finding(index, shift + told.end, f"I {adverbs}{told.text}", rule_of(word))


def rule_of(word: str) -> str:
    if (
        word not in verbs.forms()
        and word.isalpha()
        and word not in PRESENT | verbs.MODALS.keys() | {"will", "would", "shall", "not", "no"}
    ):
        return "spelling"
    return (
        "ending" if verbs.of_kind(word, "s ing") or word in ("doesn't", "isn't", "aren't", "are") else "tense"
    )


def right(group: Sequence[Word], verb: int, word: str) -> bool:
    following = at(group, verb + 1)
    if (
        word in ("don't", "can't", "cannot", "can", "must")
        and verbs.of_kind(following, "s past part")
        and not verbs.of_kind(following, "base")
    ):
        return False
    if word in ("can", "must") and following == "to" and verbs.of_kind(at(group, verb + 2), "base"):
        return False
    if word == "would" and following == "rather":
        return True
    if word == "am" and following in BASE_ONLY:
        return False
    if word == "am":
        return not (
            at(group, verb + 1) == "going"
            and at(group, verb + 2) == "to"
            and verbs.of_kind(at(group, verb + 3), "base") is not None
        )
    if word == "do" and at(group, verb + 1) == "not":
        return True
    if word == "have":
        after = skip_adverbs(group, verb + 1)
        part = verbs.of_kind(at(group, after + (at(group, after) == "not")), "part")
        return (
            part is None
            or at(group, after) == "got"
            or (at(group, after) in ("set", "left") and at(group, after + 1) == "")
        )
    if word in PRESENT:
        return True
    return verbs.of_kind(word, "base") is not None and word not in (
        "be",
        "are",
        "found",
        "left",
        "felt",
        "saw",
        "lit",
        "bore",
    )


def wrong(group: Sequence[Word], verb: int, word: str) -> Told | None:
    if word == "could":
        return Told("cannot", verb + 2) if at(group, verb + 1) == "not" else Told("can", verb + 1)
    if word == "used" and at(group, verb + 1) == "to" and verbs.of_kind(at(group, verb + 2), "base"):
        return Told(at(group, verb + 2), verb + 3)
    if word == "no" and verbs.of_kind(at(group, verb + 1), "base"):
        return Told(f"don't {at(group, verb + 1)}", verb + 2)
    if word in ("can", "must") and at(group, verb + 1) == "to" and verbs.of_kind(at(group, verb + 2), "base"):
        return Told(f"{word} {at(group, verb + 2)}", verb + 3)
    if word == "not" and at(group, verb + 1) in listed("states"):
        return Told("am not", verb + 1)
    if word == "not" and verbs.of_kind(at(group, verb + 1), "base"):
        return Told(f"don't {at(group, verb + 1)}", verb + 2)
    if word == "am" and at(group, verb + 1) in BASE_ONLY:
        return Told(at(group, verb + 1), verb + 2)
    if word in ("don't", "can't", "cannot", "can", "must"):
        return Told(f"{word} {verbs.of_kind(at(group, verb + 1), 's past part')}", verb + 2)
    if word in ("are", "is", "be"):
        return Told("am", verb + 1)
    if verbs.of_kind(word, "past") and not verbs.of_kind(word, "base"):
        return Told(verbs.first_person(verbs.of_kind(word, "past") or ""), verb + 1)
    told = conjugated(group, verb)
    if told is not None:
        return told
    base = verbs.of_kind(word, "past part ing")
    return None if base is None else Told(verbs.first_person(base), verb + 1)


def misspelled(group: Sequence[Word], verb: int, word: str) -> Told | None:
    """« recieve »: two letters swapped, one doubled or missing, in a verb of the table."""
    past = verbs.mistaken_past(word)
    if past is not None:
        return Told(past, verb + 1)
    if len(word) < 5 or not word.isalpha() or word in verbs.forms():
        return None
    near = [word[: i - 1] + word[i] + word[i - 1] + word[i + 1 :] for i in range(1, len(word))]
    near += [word[:i] + word[i + 1 :] for i in range(1, len(word))]
    near += [word[:i] + word[i] + word[i:] for i in range(1, len(word))]
    base = next((b for n in near if (b := verbs.of_kind(n, "base past")) is not None and len(b) > 3), None)
    return None if base is None else Told(base, verb + 1)


def coordinated(words: Sequence[Word], finding: Finding) -> list[Finding]:
    """« I received and signed »: the verbs that follow with the same « I »."""
    found: list[Finding] = []
    for index in range(finding.end, len(words)):
        if at(words, index) == "i" or at(words, index) in CONTRACTED:
            break
        if at(words, index) in ("and", "then", "or", ",") and at(words, index + 1) not in ("i", "then"):
            after = skip_adverbs(words, index + 1)
            base = verbs.of_kind(at(words, after), "past part")
            if base and not verbs.of_kind(at(words, after), "base"):
                found.append(Finding(after, after + 1, verbs.first_person(base), "tense"))
    return found


__all__ = ["Finding", "listed", "read"]
