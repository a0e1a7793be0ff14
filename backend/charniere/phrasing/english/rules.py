"""The English rules for phrases that do not say « I »: base forms, gerunds, third person, passives, noun phrases."""

from __future__ import annotations

from collections.abc import Sequence

from ..tables import rows
from ..words import Word
from . import verbs
from .reading import (
    DETERMINERS,
    PREPOSITIONS,
    Told,
    at,
    conjugated,
    customer,
    listed,
    name,
    retell,
    skip_adverbs,
    verb_like,
)

PRONOUNS = frozenset("he she they we you".split())
POLITE = (("please",), ("kindly",), ("remember", "to"), ("make", "sure", "to"))
PARTICLES = frozenset("up in out on off back down".split())
ADJECTIVES = frozenset("new old first loyal regular potential future happy unhappy typical average young elderly existing returning end final online business private".split())


def third_person(words: Sequence[Word]) -> str | None:
    """« The user logs into her account » → I log into my account."""
    found = subject(words)
    if found is None:
        return None
    end, speakers, who = found
    told = conjugated(words, end)
    if who == "customer" and verbs.of_kind(at(words, end), "base") and not verbs.of_kind(at(words, end), "past") and at(words, end) not in PLAIN:
        return None  # « the customer service »
    if told is None or about_me(words, told.end, who):
        return None
    base_kind = "past part" if verbs.of_kind(at(words, told.end - 1), "past part") else "s base" if who not in ("you", "we", "they") else "base"
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
    if low in ("mr", "mrs", "ms", "miss", "mr.", "mrs."):
        end = 1 + (at(words, 1) == ".")
        while end < len(words) and words[end].text[:1].isupper():
            end += 1
        return end, frozenset({"he", "she", "they"}), low
    if name(words, 0):
        end = 1
        while end < len(words) and words[end].text[:1].isupper():
            end += 1
        if at(words, end) == "and" and name(words, end + 1):
            return end + 2, frozenset({"they"}), "they"
        return end, frozenset({"he", "she", "they"}), low
    index = 0
    while at(words, index) in DETERMINERS - {"my"} or at(words, index) in ADJECTIVES:
        index += 1
    size = customer(words, index)
    if not size:
        return None
    end = index + size
    if at(words, end) in ("of", "with", "from", "in"):
        verb = next((i for i in range(end + 2, min(end + 6, len(words))) if verbs.of_kind(at(words, i), "s base past")), None)
        end = verb or end
    return end, frozenset({"he", "she", "they"}), "they" if at(words, end - 1).endswith("s") else "customer"


def joined(start: str, told: Told, rest: str | None) -> str | None:
    if rest is None:
        return None
    head = f"{start} {told.text}".strip()
    return (head + (rest if rest[:1] in " ,.;:" else " " + rest)).rstrip()


def base_form(words: Sequence[Word]) -> str | None:
    """« Fill in a survey », « To compare offers », « Don't forget your password », « Please confirm »."""
    start = next((len(p) for p in POLITE if tuple(w.low for w in words[: len(p)]) == p), 0)
    polite = start > 0
    start += at(words, start) == "to"
    marked = start > 0
    negation = ""
    if at(words, start) in ("don't", "not", "do") and (at(words, start) != "do" or at(words, start + 1) == "not"):
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
    if base is None or not (marked or adverbs or polite or base in UNMISTAKABLE or verb_like(words, after)):
        return None
    verb = "am" if base == "be" else base
    if negation and base == "be":
        verb, negation = "am not", ""
    text = " ".join(part for part in (negation, adverbs.strip(), verb) if part)
    if at(words, after + 1) == "me" or (base == "let" and at(words, after + 1) == "me"):
        return None
    return joined("I", Told(text, after + 1), retell(words, after + 1, "base", frozenset({"you"}), firm=True))


UNMISTAKABLE = frozenset(
    "can can't cannot must be have get go choose compare receive wait pay sign buy understand decide complain hesitate subscribe unsubscribe "
    "register enrol enroll cancel renew declare negotiate browse travel arrive log resign hang give take make find".split()
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
        return joined("I", Told(verbs.first_person(inner), after + 2), retell(words, after + 2, "part"))
    verb = verbs.first_person(base)
    if start:
        verb = "am not" if base == "be" else f"don't {adverbs}{base}"
    else:
        verb = (adverbs + verb) if base != "be" else verb + (" " + adverbs.strip() if adverbs else "")
    return joined("I", Told(verb, after + 1), retell(words, after + 1, "ing"))


def gerund_like(words: Sequence[Word], index: int, base: str) -> bool:
    following = at(words, index + 1)
    if base in ("be", "have", "wait", "compare", "receive", "choose", "fill", "look", "sign", "ask", "call", "get", "pay", "try", "find"):
        return following not in listed("heads") or base in ("be", "have")
    return bool(following) and verb_like(words, index)


def passive(words: Sequence[Word]) -> str | None:
    """« The form is completed by the customer » → I complete the form; « is sent to the customer » → I receive."""
    for index in range(1, min(len(words) - 1, 10)):
        low = at(words, index)
        if low in ("that", "which", "who"):
            return None
        if low not in ("is", "are", "was", "were") and not (low in ("has", "have") and at(words, index + 1) == "been"):
            continue
        after = skip_adverbs(words, index + 1 + (at(words, index + 1) == "been"))
        base = verbs.of_kind(at(words, after), "part")
        if base is None:
            return None
        thing = retell([words[0]._replace(text=words[0].low), *words[1:index]], 0, "none")
        actor = mentioned(words, after + 1, "by")
        given = mentioned(words, after + 1, "to")
        cut = actor or given
        if actor is None and given is not None:
            base = "receive" if base in GIVING else ""
        elif actor is None and (base not in listed("customer_acts") or by_somebody(words, after) or at(words, 0) == "my"):
            base = ""
        if not base or thing is None:
            return None
        if at(words, after + 1) in ("in", "out", "up") and base in ("fill", "pick", "sign", "set", "take"):
            base, after = f"{base} {at(words, after + 1)}", after + 1
        left = [*words[after + 1 : cut[0]], *words[cut[1] :]] if cut else list(words[after + 1 :])
        return joined(f"I {base}", Told(thing.strip(), 0), retell(left, 0, "none"))
    return None


def by_somebody(words: Sequence[Word], start: int) -> bool:
    """« by the support team »: somebody of the firm acts; « by phone » is only how."""
    return any(at(words, i) == "by" and at(words, i + 1) in DETERMINERS for i in range(start, len(words)))


GIVING = frozenset("send give offer hand deliver provide grant present email mail award issue show".split())


def mentioned(words: Sequence[Word], start: int, link: str) -> tuple[int, int] | None:
    """Where « by the customer », « to customers » stands."""
    for index in range(start, len(words)):
        if at(words, index) == link:
            noun = index + 1
            while at(words, noun) in DETERMINERS or at(words, noun) in ADJECTIVES:
                noun += 1
            size = customer(words, noun) or int(name(words, noun))
            if size:
                return index, noun + size
    return None


def status(words: Sequence[Word]) -> str | None:
    """« Contract signed » → I sign the contract; « Unhappy with the service » → I am unhappy with the service."""
    first = " ".join(w.low for w in words[:2])
    lead = 1 if at(words, 0) in ("very", "so", "too", "not", "quite", "really") else 0
    if (at(words, lead) in listed("states") and at(words, lead + 1) in PREPOSITIONS | {"", "and", "about", "that", "or"}) or first in listed("states") or " ".join(w.low for w in words[:3]) in listed("states"):
        rest = retell([words[0]._replace(text=words[0].low), *words[1:]], 0, "none")
        return None if rest is None else f"I am {rest}"
    if at(words, 0) in ("happy", "loyal", "satisfied", "unhappy", "dissatisfied", "new") and customer(words, 1) and len(words) == 2 and not at(words, 1).endswith("s"):
        return f"I am a{'n' * (at(words, 0)[0] in 'aeiou')} {at(words, 0)} {at(words, 1)}"
    size = customer(words, 0)
    if size and at(words, size) in listed("states"):
        rest = retell(words, size, "none")
        return None if rest is None else f"I am {rest.strip()}"
    if at(words, 0) == "no" and at(words, 1) in ("reply", "answer", "response", "news", "confirmation", "feedback"):
        rest = retell(words, 1, "none")
        return None if rest is None else f"I get no{rest}"
    for index in range(1, min(len(words), 4)):
        base = verbs.of_kind(at(words, index), "part")
        if base in listed("customer_acts") and not (index == 1 and at(words, 0) in UNMISTAKABLE) and at(words, index + 1) in PREPOSITIONS | {""} and not verbs.of_kind(at(words, index), "base"):
            determined = at(words, 0) in DETERMINERS
            thing = retell([words[0]._replace(text=words[0].low), *words[1:index]], 0, "none")
            rest = retell(words, index + 1, "none")
            if thing is None or rest is None or by_somebody(words, index):
                return None
            return f"I {base} {'' if determined else 'the '}{thing}{rest}"
    return None


def nominal(words: Sequence[Word]) -> str | None:
    """« Payment of the invoice », « Newsletter sign-up », « Online payment »."""
    start = 1 if at(words, 0) in ("the", "a", "an", "my") else 0
    online = at(words, start) == "online"
    start += online
    found = noun_at(words, start)
    text = headed(words, start, *found) if found is not None else None
    text = text or compound(words, start)
    return None if text is None else text + (" online" if online else "")


def noun_at(words: Sequence[Word], start: int) -> tuple[int, str, str] | None:
    known = rows("nouns.en.txt")
    for size in (2, 1):
        key = "_".join(w.low for w in words[start : start + size])
        if start + size <= len(words) and key in known:
            verb, frame = known[key]
            return size, verb, frame
    return None


def headed(words: Sequence[Word], start: int, size: int, verb: str, frame: str) -> str | None:
    """The noun first: « payment of the invoice », « complaint by phone »."""
    end = start + size
    low = at(words, end)
    if {"by"} & {w.low for w in words[end:]} and mentioned(words, end, "by") is None and at(words, next((i for i in range(end, len(words)) if at(words, i) == "by"), 0) + 1) in DETERMINERS:
        return None
    fused = size == 2
    if frame == "to" and low not in ("of", "to", "for", "in", "from", "into") and not fused:
        rest = retell(words, end, "none")
        bare = {"log into": "log in", "sign up for": "sign up", "search for": "search"}.get(verb, verb.split()[0])
        return None if rest is None or (low and low not in PREPOSITIONS) else f"I {bare}{rest}"
    if frame == "keep":
        return joined(f"I {verb}", Told("", end), retell(words, end, "none")) if low in PREPOSITIONS or fused or not low else None
    if low in ("of", "to", "for", "in", "with", "from", "into") or fused:
        after = end if fused else end + 1
        rest = retell(words, after, "none")
        if not rest:
            return None
        bare = at(words, after) not in DETERMINERS and not at(words, after).endswith("s")
        article = ("an " if at(words, after)[:1] in "aeiou" else "a ") if bare and len(words) - after == 1 else ""
        return f"I {verb} {article}{rest.strip()}"
    if frame == "of" and low in PREPOSITIONS:
        rest = retell(words, end, "none")
        return None if rest is None else f"I {verb}{rest}"
    return f"I {verb}" if not low and verb in ("pay", "book", "cancel", "sign", "complain") else None


def compound(words: Sequence[Word], start: int) -> str | None:
    """The noun last: « account creation » → I create an account, « newsletter sign-up » → I sign up for the newsletter."""
    for index in range(start + 1, min(len(words), start + 4)):
        found = noun_at(words[: index + 1], index)
        if found is None or found[2] == "keep":
            continue
        if at(words, index + 1) and at(words, index + 1) not in PREPOSITIONS:
            continue
        if any(verbs.of_kind(at(words, i), "s past") and not verbs.of_kind(at(words, i), "base") for i in range(start, index)):
            return None
        verb = found[1]
        thing = " ".join(w.text if w.text[1:] != w.text[1:].lower() else w.low for w in words[start:index])
        rest = retell(words, index + 1, "none")
        if verb == "compare" and not thing.endswith("s"):
            thing += "s"
        return None if rest is None else f"I {verb} {article_for(thing, verb)}{thing}{rest}"
    return None


OWNED = frozenset("password order account parcel address contract subscription profile policy identity luggage details data".split())


def article_for(thing: str, verb: str) -> str:
    last = thing.split()[-1].lower()
    if last.endswith("s") and not last.endswith("ss"):
        return "my " if last in ("details",) else ""
    if thing.split()[0] in DETERMINERS:
        return ""
    if verb in ("create", "request", "apply for", "book", "open", "buy", "choose", "submit", "report", "declare"):
        return "an " if thing[:1].lower() in "aeiou" else "a "
    return "my " if last in OWNED else "the "


def without_subject(words: Sequence[Word]) -> str | None:
    """« Receives an email », « Has paid »: a third person without its subject."""
    low = at(words, 0)
    if at(words, 1) in ("it", "this", "that", "there", "he", "she", "the", "my", "your"):
        if low in ("is", "does", "has"):
            return None
    if verbs.of_kind(low, "s") is None or (low not in ("is", "has", "does") and not verb_like(words, 0)):
        return None
    told = conjugated(words, 0)
    return None if told is None or about_me(words, told.end, "") else joined("I", told, retell(words, told.end, "s"))
