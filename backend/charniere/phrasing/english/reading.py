"""What the English rules share: small words, customers, the retelling of what follows the verb."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..tables import first_names, sections
from ..words import Word
from . import verbs

MY = frozenset("his her their your".split())
MYSELF = {
    "himself": "myself",
    "herself": "myself",
    "themselves": "myself",
    "yourself": "myself",
    "yourselves": "myself",
    "themself": "myself",
}
MINE = {"theirs": "mine", "yours": "mine"}
DETERMINERS = frozenset(
    "the a an my his her their your our this that these those some any no each every all both another".split()
)
PREPOSITIONS = frozenset(
    "to for of in on at by with from about into onto over up down out off through via without within "
    "after before during "
    "back away around online again as against between under until since".split()
)
LINKS = frozenset({",", "and", "or", "then", "&", "but", ";", "→"})


class Told(NamedTuple):
    """A verb retold in the first person (« don't reply ») and the index of the first word after it."""

    text: str
    end: int


def at(words: Sequence[Word], index: int) -> str:
    return words[index].low if 0 <= index < len(words) else ""


def listed(heading: str) -> frozenset[str]:
    return sections("words.en.txt")[heading]


def skip_adverbs(words: Sequence[Word], index: int) -> int:
    while True:
        if at(words, index) in listed("adverbs"):
            index += 1
        elif at(words, index) == "no" and at(words, index + 1) == "longer":
            index += 2
        else:
            return index


# Verbs that are nouns as often: what follows decides.
NOUNISH = frozenset(
    "change drink drive end escape fall fit fix flip focus glance guarantee guess hand hire hit hold joke judge jump kick "
    "knock laugh lie measure mention mind miss monitor pause permit pin pray press print produce profit progress protest "
    "pull push quarrel queue rank reach redirect regret repair repeat reset resort retry reverse ring roll rush scratch "
    "scroll seal sense set shape shift shop shout show sign sleep smell smile sort spell split spot spread stand stay "
    "stick stock strike struggle suit supply surprise suspect swap swing switch talk throw tie train tweet voice wash "
    "waste water wave whisper wonder wrap zoom cook cover crash cut deal debate design dial dispute document doubt dress "
    "drop exit export face fail fast favour feed filter finish flag google group haul heat hike import influence input "
    "intake interview invite jam keep kiss lease loan loop march master move pair patch paint plot post process program "
    "prompt range raise ride route sample shine shock sponsor spray stretch transport trip twist video witness welcome "
    "advance age award balance battle brief brush button camp challenge chip circle coin commission compromise crack "
    "credit crop cross cure cycle dance desire direct display dream drift dust ease embrace fine fire float flood fold "
    "gamble hum joke knit label lack lecture lift mix object part pose praise preview research respect ruin sack scan "
    "shelter skip slip smoke spark speed spin splash stack stamp telephone trace trap trick trigger tune venture wish "
    "secure separate complete correct clear clean open close free smart live direct perfect welcome own total last".split()
)
# Nouns first, verbs only when an article or a pronoun follows.
NOUNS_FIRST = frozenset(
    "bill offer contract seat form invoice issue service guide credit host face store price quote "
    "claim deposit survey stamp "
    "question access report email text phone request visit contact call order return download test "
    "review search "
    "update upgrade transfer use vote walk watch work view share rent fund score list name cost rate "
    "book mail post "
    "charge complaint estimate experience interest market plan program reply reward  state "
    "support trade trial "
    "benefit cash chat check coupon delay exchange fear file film fuel gain help hope label land lead "
    "light link lock "
    "look love mark match  note notice number object pack park part pass pause place play point "
    "present press "
    "project promise purchase record refund release rescue rest result ride risk row  sale  "
    "scan schedule "
    "screen signal sound source start step stop stream stress study tap target taste tip top touch "
    "tour track travel "
    "treat trust  turn type wish worry  pitch".split()
)
OBJECTS = frozenset(
    "me it them us him you her his their your my our more two three one what how why where when who "
    "whether if".split()
)
MANNERS = frozenset("back home over online again from via in at on up out off down around by".split())
REACHED = frozenset("support customer sales reception staff technical".split())


def verb_like(words: Sequence[Word], index: int) -> bool:
    """Whether a word that is also a noun (« order ») is a verb here, by what follows it."""
    word, following = at(words, index), at(words, index + 1)
    if word == "change" and following in ("address", "bank", "supplier", "plan", "provider", "seat", "seats"):
        return True
    if (word, following) == ("call", "from"):
        return False
    if following and following in PARTICLES.get(verbs.of_kind(word, "ing") or word, "").split():
        return True
    plain = word not in NOUNS_FIRST and word not in NOUNISH and verbs.of_kind(word, "base") is not None
    if plain and following != "of":
        return True
    if not following or following in listed("heads") or following == "of":
        return following in REACHED and word in ("contact", "call", "email", "phone", "ask")
    if following in REACHED and word in ("contact", "call", "email", "phone", "ask", "chat"):
        return True
    if following in DETERMINERS | OBJECTS or following[:1].isdigit():
        return True
    if verbs.of_kind(following, "past part") and not verbs.of_kind(following, "base"):
        return False
    plural = following.endswith("s") and not following.endswith(("ss", "us", "is"))
    if word in NOUNS_FIRST or verbs.of_kind(word, "ing") in NOUNS_FIRST:
        return (following in MANNERS and word not in OFFICE) or plural or food(words, index)
    if word in NOUNISH and following.endswith(
        ("tion", "ment", "ing", "age", "ance", "ity", "er", "or", "ure", "al")
    ):
        return False
    return (
        following in PREPOSITIONS | listed("adverbs")
        or following in ("and", "or", "not")
        or plural
        or words[index + 1].text[:1].isupper()
        or not verbs.of_kind(following, "base")
    )


# What follows these nouns when they are verbs: « Look after her mother ».
PARTICLES = {
    "search": "for", "return": "to", "ask": "for", "look": "for after into at up around forward like", "help": "with",
    "turn": "to on off up down", "hand": "over in", "hope": "for to", "wish": "to for", "worry": "about",
    "fall": "for behind asleep", "report": "to", "reply": "to", "vote": "for", "shop": "for around", "queue": "for at",
    "walk": "to into in", "travel": "to by abroad with", "talk": "to about with", "switch": "to", "chat": "with",
    "head": "to for", "work": "out with", "sign": "up in", "pick": "up between", "drop": "off by in", "set": "up off",
    "stay": "at in with", "stand": "in", "start": "over again with", "sort": "out", "hold": "on", "run": "out into",
    "need": "to", "dream": "of about", "deal": "with", "fly": "to", "ride": "to", "rush": "to", "struggle": "with to",
    "care": "about for", "trust": "in", "charge": "up", "point": "out", "swap": "for", "cut": "off", "rest": "in",
}  # fmt: skip
# What the firm does with these is told with « by »: « Invoice by email ».
OFFICE = frozenset(
    "bill offer contract seat form invoice issue service guide credit claim survey report deposit "
    "store price quote contact visit email".split()
)


def food(words: Sequence[Word], index: int) -> bool:
    """« Order food », « Book tickets online »: the verb before an uncountable noun."""
    return at(words, index) in ("order", "book", "return") and at(words, index + 1) in (
        "food",
        "lunch",
        "dinner",
        "groceries",
        "online",
    )


def retell(
    words: Sequence[Word],
    start: int,
    kinds: str,
    speakers: frozenset[str] = frozenset(),
    ours: bool = False,
    firm: bool = False,
) -> str | None:
    """The words from `start` on with possessives and coordinated verbs given to « I ». `kinds`: the forms that the
    coordinated verbs of the same subject take. None where it is not safe."""
    out: list[str] = []
    index = start
    embedded = False
    while index < len(words):
        low = at(words, index)
        gap = words[index].gap
        if low in LINKS:
            step = linked(words, index, kinds, embedded, out)
            if step:
                index = step
                continue
        if low in ("that", "who", "which"):
            embedded = True
        if low in ("to",) and verbs.of_kind(at(words, index + 1), "base"):
            embedded = True
        again = said(words, index) if low in speakers else None
        if low in speakers and again is None and not firm:
            return None
        if again is not None:
            out.append(gap + again.text)
            index = again.end
            continue
        out.append(gap + small(words, index, ours, firm))
        index += 1
    return "".join(out)


def small(words: Sequence[Word], index: int, ours: bool, firm: bool = False) -> str:
    low = at(words, index)
    if firm and low in ("our", "us", "ours"):
        return {"our": "your", "us": "you", "ours": "yours"}[low]
    if low in MYSELF:
        return MYSELF[low]
    if low in MINE:
        return MINE[low]
    following = at(words, index + 1)
    possessive = bool(following) and following not in PREPOSITIONS | DETERMINERS | {"and", "or", ",", "."}
    if low in MY and possessive:
        return "my"
    if low in ("our", "ourselves") and ours:
        return "my" if low == "our" else "myself"
    return words[index].text


def linked(words: Sequence[Word], index: int, kinds: str, embedded: bool, out: list[str]) -> int:
    """Retells the verb after « and », « , then » when it has the same subject; 0 where there is none."""
    after = index + 1
    while at(words, after) in LINKS or at(words, after) in listed("adverbs"):
        after += 1
    word = at(words, after)
    base = verbs.of_kind(word, kinds)
    if base is None or (embedded and kinds == "base"):
        return 0
    if kinds == "base" or kinds == "ing":
        if kinds == "base" and not verb_like(words, after):
            return 0
    elif kinds.startswith("past") and at(words, after - 1) == ",":
        return 0
    for position in range(index, after):
        out.append(words[position].gap + words[position].text)
    out.append(" " + verbs.first_person(base))
    return after + 1


def said(words: Sequence[Word], index: int) -> Told | None:
    """« because she is » → I am: the same speaker again."""
    told = conjugated(words, index + 1)
    return None if told is None else Told("I " + told.text, told.end)


def conjugated(words: Sequence[Word], start: int) -> Told | None:
    """A conjugated verb at `start` brought to the first person of the present: « has paid » → pay."""
    index = skip_adverbs(words, start)
    adverbs = "".join(w.low + " " for w in words[start:index])
    low = at(words, index)
    if low == "would" and at(words, index + 1) == "rather":
        return Told(f"{adverbs}would rather", index + 2)
    if low in verbs.MODALS:
        return Told(f"{adverbs}{verbs.MODALS[low]}", index + 1)
    if low in ("doesn't", "don't", "didn't", "won't", "wouldn't", "hasn't", "haven't", "hadn't"):
        return negated(words, index, adverbs)
    if low in ("does", "do", "did") and at(words, index + 1) == "not":
        return Told(f"{adverbs}do not", index + 2)
    if low in ("isn't", "aren't", "wasn't", "weren't"):
        return Told(f"{adverbs}am not", index + 1)
    if low in ("will", "would", "'ll", "shall"):
        return after_will(words, index, adverbs)
    if low in ("is", "are", "was", "were", "am"):
        return after_be(words, index, adverbs)
    if low in ("has", "have", "had", "'ve"):
        return after_have(words, index, adverbs)
    base = verbs.of_kind(low, "s") or verbs.of_kind(low, "base") or verbs.of_kind(low, "past")
    if base is None and low.endswith("s") and not low.endswith("ss") and len(low) > 4 and not adverbs:
        base = None
    return None if base is None else Told(adverbs + verbs.first_person(base), index + 1)


DONT = "don't "


def negated(words: Sequence[Word], index: int, adverbs: str) -> Told | None:
    low = at(words, index)
    if low in ("hasn't", "haven't", "hadn't"):
        after = skip_adverbs(words, index + 1)
        base = verbs.of_kind(at(words, after), "part")
        return (
            None if base is None else Told(f"{adverbs}{'am not' if base == 'be' else DONT + base}", after + 1)
        )
    after = skip_adverbs(words, index + 1)
    if at(words, after) == "be":
        return Told(f"{adverbs}am not", after + 1)
    return Told(f"{adverbs}don't", index + 1)


def after_will(words: Sequence[Word], index: int, adverbs: str) -> Told | None:
    after = skip_adverbs(words, index + 1)
    more = "".join(w.low + " " for w in words[index + 1 : after])
    if at(words, after) == "not":
        return Told(f"{adverbs}{more}do not", after + 1)
    if at(words, index) == "would" and at(words, after) in ("like", "love"):
        return Told(f"{adverbs}{more}want", after + 1)
    base = verbs.of_kind(at(words, after), "base")
    if at(words, after) == "be":
        base = "be"
    return None if base is None else Told(f"{adverbs}{more}{verbs.first_person(base)}", after + 1)


def after_be(words: Sequence[Word], index: int, adverbs: str) -> Told:
    if (
        at(words, index + 1) == "going"
        and at(words, index + 2) == "to"
        and verbs.of_kind(at(words, index + 3), "base")
    ):
        base = verbs.of_kind(at(words, index + 3), "base") or ""
        return Told(adverbs + verbs.first_person(base), index + 4)
    return Told(f"{adverbs}am", index + 1)


def after_have(words: Sequence[Word], index: int, adverbs: str) -> Told:
    after = skip_adverbs(words, index + 1)
    more = "".join(w.low + " " for w in words[index + 1 : after])
    negative = at(words, after) == "not"
    word = at(words, after + negative)
    base = verbs.of_kind(word, "part")
    if base is None or (word == "got" and at(words, index) != "had"):
        return Told(f"{adverbs}have", index + 1)
    if base == "be":
        inner = verbs.of_kind(at(words, after + negative + 1), "ing")
        if inner is not None:
            return Told(f"{adverbs}{more}{verbs.first_person(inner)}", after + negative + 2)
    told = ("am not" if negative else "am") if base == "be" else ("do not " if negative else "") + base
    return Told(f"{adverbs}{more}{told}", after + negative + 1)


def customer(words: Sequence[Word], index: int) -> int:
    """How many words the customer noun at `index` takes, 0 where there is none."""
    known = listed("customers")
    for size in (2, 1):
        if index + size <= len(words) and " ".join(w.low for w in words[index : index + size]) in known:
            return size
    return 0


def name(words: Sequence[Word], index: int) -> bool:
    return at(words, index) in first_names() and words[index].text[:1].isupper()


def joined(start: str, told: Told, rest: str | None) -> str | None:
    if rest is None:
        return None
    head = f"{start} {told.text}".strip()
    return (head + (rest if rest[:1] in " ,.;:" else " " + rest)).rstrip()
