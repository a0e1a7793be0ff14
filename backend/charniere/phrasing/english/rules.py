"""The English rules for phrases whose verb is there but not « I »: base forms, gerunds, third person."""

from __future__ import annotations

from collections.abc import Sequence

from ..words import Word
from . import verbs
from .reading import (
    DETERMINERS,
    Told,
    at,
    conjugated,
    customer,
    joined,
    listed,
    name,
    retell,
    skip_adverbs,
    verb_like,
)

PRONOUNS = frozenset("he she they we you".split())
POLITE = (("please",), ("kindly",), ("remember", "to"), ("make", "sure", "to"))
PARTICLES = frozenset("up in out on off back down".split())
ADJECTIVES = frozenset(
    "new old first loyal regular potential future happy unhappy typical average young elderly angry busy frustrated confused "
    "first-time most many several few both "
    "existing returning end final online business private".split()
)


def third_person(words: Sequence[Word]) -> str | None:
    """« The user logs into her account » → I log into my account."""
    found = subject(words)
    if found is None:
        return None
    end, speakers, who = found
    told = conjugated(words, end)
    if (
        who == "customer"
        and verbs.of_kind(at(words, end), "base")
        and not verbs.of_kind(at(words, end), "past")
        and at(words, end) not in PLAIN
    ):
        return None  # « the customer service »
    if told is None or about_me(words, told.end, who):
        return None
    base_kind = (
        "past part"
        if verbs.of_kind(at(words, told.end - 1), "past part")
        else "s base"
        if who not in ("you", "we", "they")
        else "base"
    )
    return joined("I", told, retell(words, told.end, base_kind, speakers, ours=who == "we"))


PLAIN = frozenset("can can't cannot must may might should will won't could couldn't would do".split())


def about_me(words: Sequence[Word], start: int, who: str) -> bool:
    """« They call me back », « we send you »: the customer is the one acted upon."""
    lows = {w.low for w in words[start:]}
    return bool(lows & {"me", "my", "us"} and who != "we") or (who == "we" and bool(lows & {"you", "your"}))


def subject(words: Sequence[Word]) -> tuple[int, frozenset[str], str] | None:
    """Index after the customer as subject, the pronouns that mean him or her again, and the first word."""
    low = at(words, 0)
    if low in PRONOUNS:
        return 1, frozenset({low}), low
    if low in TITLES or name(words, 0):
        end = 1 + (at(words, 1) == ".")
        while end < len(words) and words[end].text[:1].isupper():
            end += 1
        if at(words, end) == "and" and name(words, end + 1):
            return end + 2, frozenset({"they"}), "they"
        return after_apposition(words, end), AGAIN, low
    index = 0
    while at(words, index) in DETERMINERS - {"my"} or at(words, index) in ADJECTIVES:
        index += 1
    size = customer(words, index)
    if not size:
        return None
    end = after_apposition(words, index + size)
    if at(words, end) in ("of", "with", "from", "in"):
        near = range(end + 2, min(end + 6, len(words)))
        end = next((i for i in near if verbs.of_kind(at(words, i), "s base past")), end)
    return end, AGAIN, "they" if at(words, index + size - 1).endswith("s") else "customer"


TITLES = frozenset("mr mrs ms miss mr. mrs. dr dr. sir madam prof prof.".split())
AGAIN = frozenset({"he", "she", "they"})


def after_apposition(words: Sequence[Word], index: int) -> int:
    """Past « , 45, » or « , unhappy, » when one follows the name."""
    if at(words, index) != ",":
        return index
    close = next((i for i in range(index + 2, min(len(words) - 1, index + 6)) if at(words, i) == ","), None)
    return index if close is None else close + 1


def base_form(words: Sequence[Word]) -> str | None:
    """« Fill in a survey », « To compare offers », « Don't forget your password », « Please confirm »."""
    start = next((len(p) for p in POLITE if tuple(w.low for w in words[: len(p)]) == p), 0)
    polite = start > 0
    start += at(words, start) == "to"
    marked = start > 0
    negation = ""
    if at(words, start) == "no" and at(words, start + 1) == "longer":
        start, negation, marked = start + 2, "no longer", True
    if at(words, start) in ("don't", "not", "do") and (
        at(words, start) != "do" or at(words, start + 1) == "not"
    ):
        negation = "do not" if at(words, start) == "do" else "don't"
        start += 2 if at(words, start) == "do" else 1
        start += at(words, start) == "to"
        if verbs.of_kind(at(words, start), "ing"):
            return None
        marked = True
    after = skip_adverbs(words, start)
    adverbs = "".join(w.low + " " for w in words[start:after])
    base = "be" if at(words, after) == "be" else verbs.of_kind(at(words, after), "base")
    if base is None and at(words, after) in ("can", "can't", "cannot", "must") and at(words, after + 1):
        base = at(words, after)
    if at(words, after + 1) == "of" and not marked:
        return None
    if base is None or not (marked or adverbs or polite or base in UNMISTAKABLE or verb_like(words, after)):
        return None
    verb = "am" if base == "be" else base
    if negation and base == "be":
        verb, negation = ("am no longer" if negation == "no longer" else "am not"), ""
    text = " ".join(part for part in (negation, adverbs.strip(), verb) if part)
    if at(words, after + 1) == "me" or (base == "let" and at(words, after + 1) == "me"):
        return None
    return joined("I", Told(text, after + 1), retell(words, after + 1, "base", frozenset({"you"}), firm=True))


UNMISTAKABLE = frozenset(
    "can can't cannot must be have get go choose compare receive wait pay buy understand decide "
    "complain hesitate subscribe unsubscribe "
    "register enrol enroll cancel renew declare negotiate browse arrive log resign hang give "
    "take make find".split()
)


def gerund(words: Sequence[Word]) -> str | None:
    """« Being called back », « Not finding the form », « Comparing offers » → I + present."""
    start = int(at(words, 0) == "not")
    after = skip_adverbs(words, start)
    adverbs = "".join(w.low + " " for w in words[start:after])
    base = verbs.of_kind(at(words, after), "ing")
    if base is None:
        return None
    if not start and not adverbs and not gerund_like(words, after, base):
        return None
    if base == "have" and verbs.of_kind(at(words, after + 1), "part"):
        inner = verbs.of_kind(at(words, after + 1), "part") or ""
        told = verbs.first_person(inner)
        if start:
            told = "am not" if inner == "be" else f"don't {inner}"
        return joined("I", Told(told, after + 2), retell(words, after + 2, "part"))
    if adverbs == "still " and not start:
        return joined("I am still", Told(at(words, after), after + 1), retell(words, after + 1, "ing"))
    verb = verbs.first_person(base)
    if start:
        verb = "am not" if base == "be" else f"don't {adverbs}{base}"
    else:
        verb = (adverbs + verb) if base != "be" else verb + (" " + adverbs.strip() if adverbs else "")
    return joined("I", Told(verb, after + 1), retell(words, after + 1, "ing"))


def gerund_like(words: Sequence[Word], index: int, base: str) -> bool:
    following = at(words, index + 1)
    if base in PLAIN_GERUNDS:
        return following not in listed("heads") or base in ("be", "have")
    return following in AFTER_GERUND or (bool(following) and verb_like(words, index))


PLAIN_GERUNDS = frozenset(
    "be have wait compare receive choose fill look sign ask call get pay try find".split()
)
AFTER_GERUND = frozenset(
    "help support food money information advice abroad home alone together late early".split()
)


def without_subject(words: Sequence[Word]) -> str | None:
    """« Receives an email », « Has paid »: a third person without its subject."""
    low = at(words, 0)
    asked = at(words, 1) in ("it", "this", "that", "there", "he", "she", "the", "my", "your")
    if asked and low in ("is", "does", "has"):
        return None
    if verbs.of_kind(low, "s") is None or (low not in ("is", "has", "does") and not verb_like(words, 0)):
        return None
    told = conjugated(words, 0)
    return (
        None
        if told is None or about_me(words, told.end, "")
        else joined("I", told, retell(words, told.end, "s"))
    )
