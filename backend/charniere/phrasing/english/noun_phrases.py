"""The English rules for phrases without a verb of the customer: passives, states, nouns that hide a verb."""

from __future__ import annotations

from collections.abc import Sequence

from ..tables import rows
from ..words import Word
from . import verbs
from .reading import DETERMINERS, PREPOSITIONS, Told, at, customer, joined, listed, name, retell, skip_adverbs
from .rules import ADJECTIVES, UNMISTAKABLE


def passive(words: Sequence[Word]) -> str | None:
    """« The form is completed by the customer » → I complete the form; « is sent to the customer » → I receive."""
    for index in range(1, min(len(words) - 1, 10)):
        low = at(words, index)
        if low in ("that", "which", "who"):
            return None
        if low not in ("is", "are", "was", "were") and not (
            low in ("has", "have") and at(words, index + 1) == "been"
        ):
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
        elif (actor is None and base in ("request", "install", "file", "share", "rent")) or (
            actor is None
            and (base not in listed("customer_acts") or by_somebody(words, after) or at(words, 0) == "my")
        ):
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
    return state(words) or lost(words) or done(words)


def state(words: Sequence[Word]) -> str | None:
    """How the customer is, an adverb or « customer » before it or not: « Still on hold », « Never called back »."""
    lead = 0
    while at(words, lead) in (
        "very",
        "so",
        "too",
        "not",
        "quite",
        "really",
        "never",
        "still",
        "already",
        "always",
    ):
        lead += 1
    known = listed("states")
    described = at(words, lead) in known and at(words, lead + 1) in PREPOSITIONS | AFTER_STATE
    several = any(" ".join(w.low for w in words[lead : lead + size]) in known for size in (2, 3))
    member = lead > 0 and at(words, lead) in ("a", "an") and customer(words, lead + 1) > 0
    if described or several or member:
        rest = retell([words[0]._replace(text=words[0].low, gap=""), *words[1:]], 0, "none")
        return None if rest is None else f"I am {rest.strip()}"
    kind = at(words, 0)
    if kind in ("happy", "loyal", "satisfied", "unhappy", "dissatisfied", "new") and len(words) == 2:
        single = customer(words, 1) and not at(words, 1).endswith("s")
        return f"I am {'an' if kind[0] in 'aeiou' else 'a'} {kind} {at(words, 1)}" if single else None
    size = customer(words, 0)
    if size and at(words, size) in known:
        rest = retell(words, size, "none")
        return None if rest is None else f"I am {rest.strip()}"
    start = int(kind == "still")
    if at(words, start) == "no" and at(words, start + 1) in ANSWERS:
        rest = retell(words, start + 1, "none")
        return None if rest is None else f"I {'still ' if start else ''}get no{rest}"
    return None


AFTER_STATE = frozenset(
    {"", "and", "about", "that", "or", "what", "where", "how", "who", "whether", "why", "if"}
)
ANSWERS = frozenset("reply answer response news confirmation feedback".split())
LOSABLE = frozenset(
    "password card keys key ticket passport wallet phone pin code receipt badge luggage".split()
)


def lost(words: Sequence[Word]) -> str | None:
    """« Forgotten password », « Card lost » → I lose my card."""
    pair = {at(words, 0), at(words, 1)}
    thing = next(iter(pair & LOSABLE), None)
    verb = "lose" if "lost" in pair else "forget" if "forgotten" in pair else None
    if thing is None or verb is None:
        return None
    rest = retell(words, 2, "none")
    return None if rest is None else f"I {verb} my {thing}{rest}"


def done(words: Sequence[Word]) -> str | None:
    """« Contract signed online » → I sign the contract online: only what a customer does."""
    for index in range(1, min(len(words), 4)):
        base = verbs.of_kind(at(words, index), "part")
        if (
            base in listed("customer_acts")
            and not (index == 1 and at(words, 0) in UNMISTAKABLE)
            and at(words, index + 1) in PREPOSITIONS | {""}
            and not verbs.of_kind(at(words, index), "base")
        ):
            determined = at(words, 0) in DETERMINERS
            thing = retell([words[0]._replace(text=words[0].low), *words[1:index]], 0, "none")
            rest = retell(words, index + 1, "none")
            if thing is None or rest is None or by_somebody(words, index):
                return None
            if at(words, index + 1) == "in" and base == "fill":
                base, rest = "fill in", rest.replace(" in", "", 1)
            return f"I {base} {'' if determined else 'the '}{thing}{rest}"
    return None


def nominal(words: Sequence[Word]) -> str | None:
    """« Payment of the invoice », « Newsletter sign-up », « Online payment »."""
    start = 1 if at(words, 0) in ("the", "a", "an", "my") else 0
    online = at(words, start) == "online"
    start += int(online)
    found = noun_at(words, start)
    if found is not None and found[2] == "-":
        return None
    text = headed(words, start, *found) if found is not None else None
    if text is None and found is not None and online and start + found[0] == len(words):
        text = f"I {found[1]}"
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


BARE = {"log into": "log in", "sign up for": "sign up", "search for": "search"}
INTO = ("to", "for", "in", "from", "into")


def headed(words: Sequence[Word], start: int, size: int, verb: str, frame: str) -> str | None:
    """The noun first: « payment of the invoice », « complaint by phone »."""
    end = start + size
    low = at(words, end)
    fused = size == 2  # the noun comes with its preposition: « request for »
    if by_somebody(words, end) and mentioned(words, end, "by") is None:
        return None
    if frame == "to" and low not in ("of", *INTO) and not fused:
        rest = retell(words, end, "none")
        bare = BARE.get(verb, verb.split()[0])
        return None if rest is None or (low and low not in PREPOSITIONS) else f"I {bare}{rest}"
    if frame == "keep":
        told = low in PREPOSITIONS or fused or not low
        return joined(f"I {verb}", Told("", end), retell(words, end, "none")) if told else None
    if frame == "to" and low == "of" and not fused:
        verb = verb.split()[0]
    if low == "of" or fused or (frame == "to" and low in INTO):
        after = end if fused else end + 1
        rest = retell(words, after, "none")
        return f"I {verb} {article_of(words, after, verb)}{rest.strip()}" if rest else None
    if frame == "of" and low in PREPOSITIONS:
        rest = retell(words, end, "none")
        return None if rest is None else f"I {verb}{rest}"
    return f"I {verb}" if not low and verb in ("pay", "book", "cancel", "sign", "complain") else None


def article_of(words: Sequence[Word], index: int, verb: str) -> str:
    """The article of the object at `index` where it has none: « choice of plan » → a plan, « loss of luggage » → my."""
    noun = at(words, index)
    if noun in DETERMINERS or noun.endswith("s"):
        return ""
    if verb == "lose":
        return "my "
    if noun == "rent":
        return "the "
    if len(words) - index > 1 or noun in UNCOUNTABLE or verb == "change":
        return ""
    return "an " if noun[:1] in "aeiou" else "a "


UNCOUNTABLE = frozenset(
    "information help advice support luggage money feedback assistance training insurance electricity gas water food "
    "furniture software proof compensation access credit cash mail equipment work news address".split()
)


def compound(words: Sequence[Word], start: int) -> str | None:
    """The noun last: « account creation » → I create an account, « newsletter sign-up » → I sign up for the newsletter."""
    for index in range(start + 1, min(len(words), start + 4)):
        found = noun_at(words[: index + 1], index)
        if found is None or found[2] == "keep":
            continue
        if at(words, index + 1) and at(words, index + 1) not in PREPOSITIONS:
            continue
        if any(at(words, i) in DETERMINERS for i in range(start, index)) or any(
            verbs.of_kind(at(words, i), "s past ing")
            and at(words, i) != "booking"
            and not verbs.of_kind(at(words, i), "base")
            for i in range(start, index)
        ):
            return None
        verb = found[1]
        thing = " ".join(w.text if w.text[1:] != w.text[1:].lower() else w.low for w in words[start:index])
        rest = retell(words, index + 1, "none")
        if verb == "compare" and not thing.endswith("s"):
            thing += "s"
        return None if rest is None else f"I {verb} {article_for(thing, verb)}{thing}{rest}"
    return None


OWNED = frozenset(
    "password order account parcel address contract subscription profile policy identity luggage "
    "details data".split()
)


# Verbs whose object is any of its kind: I create an account, I book a room.
GENERIC = frozenset(
    {
        "create",
        "request",
        "apply for",
        "search for",
        "reserve",
        "rent",
        "hire",
        "book",
        "open",
        "buy",
        "choose",
        "submit",
    }
    | {"report", "declare"}
)


def article_for(thing: str, verb: str) -> str:
    last = thing.split()[-1].lower()
    if last.endswith("s") and not last.endswith("ss"):
        return "my " if last in ("details",) else ""
    if thing.split()[0] in DETERMINERS:
        return ""
    if verb in GENERIC:
        return "an " if thing[:1].lower() in "aeiou" else "a "
    return "my " if last in OWNED else "the "
