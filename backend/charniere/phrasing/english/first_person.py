"""English phrases that say « I »: is the verb in the present and of the first person, and if not, how it should be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..words import Word
from . import verbs
from .reading import LINKS, Told, at, conjugated, listed, skip_adverbs

CONTRACTED = {"i'm": "am", "i've": "have", "i'll": "will", "i'd": "would", "im": "am", "ive": "have"}
SUBORDINATORS = frozenset("that which who whom where how why what whether because".split())
PRESENT = frozenset("am can can't cannot must mustn't may might should shouldn't don't need ain't needn't".split())


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
        if at(words, index - 1) in SUBORDINATORS or (found and at(words, index - 1) not in LINKS | {".", "so"}):
            if at(words, 0) not in ("when", "if", "once", "as", "after", "before", "because"):
                continue
        finding = judge(words, index)
        if finding is not None:
            found.append(finding)
            if finding.rule == "tense":
                found.extend(coordinated(words, finding))
    return found or None


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
    told = wrong(group, verb, word)
    if told is None:
        known = verbs.forms().get(word)
        return Finding(index, shift + verb + 1, "", None) if known is None and word.isalpha() and len(group) > 1 else None
    adverbs = "".join(w.low + " " for w in group[:verb])
    return Finding(index, shift + told.end, f"I {adverbs}{told.text}", rule_of(word))


def rule_of(word: str) -> str:
    return "ending" if verbs.of_kind(word, "s ing") or word in ("doesn't", "isn't", "aren't", "are") else "tense"


def right(group: Sequence[Word], verb: int, word: str) -> bool:
    if word == "am":
        return not (at(group, verb + 1) == "going" and at(group, verb + 2) == "to" and verbs.of_kind(at(group, verb + 3), "base") is not None)
    if word == "do" and at(group, verb + 1) == "not":
        return True
    if word == "have":
        after = skip_adverbs(group, verb + 1)
        part = verbs.of_kind(at(group, after + (at(group, after) == "not")), "part")
        return part is None or at(group, after) == "got" or (at(group, after) in ("set", "left") and at(group, after + 1) == "")
    if word in PRESENT:
        return True
    return verbs.of_kind(word, "base") is not None and word not in ("be", "are", "found", "left", "felt", "saw", "lit", "bore")


def wrong(group: Sequence[Word], verb: int, word: str) -> Told | None:
    if word == "could":
        return Told("can", verb + 1)
    if word in ("are", "is", "be"):
        return Told("am", verb + 1)
    if verbs.of_kind(word, "past") and not verbs.of_kind(word, "base"):
        return Told(verbs.first_person(verbs.of_kind(word, "past") or ""), verb + 1)
    told = conjugated(group, verb)
    if told is not None:
        return told
    base = verbs.of_kind(word, "past part ing")
    return None if base is None else Told(verbs.first_person(base), verb + 1)


def coordinated(words: Sequence[Word], finding: Finding) -> list[Finding]:
    """« I received and signed »: the verbs that follow with the same « I »."""
    found: list[Finding] = []
    for index in range(finding.end, len(words)):
        if at(words, index) == "i" or at(words, index) in CONTRACTED:
            break
        if at(words, index) in ("and", "then", "or") and at(words, index + 1) not in ("i", "then"):
            after = skip_adverbs(words, index + 1)
            base = verbs.of_kind(at(words, after), "past part")
            if base and not verbs.of_kind(at(words, after), "base"):
                found.append(Finding(after, after + 1, verbs.first_person(base), "tense"))
    return found


__all__ = ["Finding", "listed", "read"]
