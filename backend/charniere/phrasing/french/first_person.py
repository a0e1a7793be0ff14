"""Phrases that say « je »: is every group je + verb in the present and well spelled, and if not, how it should be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from ..words import Word, fold
from . import genders, verbs
from .groups import ADVERBS, CLITICS, ETRE, NEGATIONS, at, read_finite, read_infinitive
from .spelling import corrected
from .tell import ELIDED, Group, starts_with_vowel, tell

ME = {"me": "me", "m'": "me"}
SUBORDINATORS = frozenset(
    "quand lorsque lorsqu' si dès que après comme puisque puisqu' tant chaque fois pendant alors "
    "avant une".split()
)
RELATIVES = frozenset("que qu' qui dont où lequel laquelle lesquels lesquelles duquel auquel quoi".split())
# « Car je suis pressé »: a reason told alone is still told.
OPENINGS = frozenset(
    {("car",), ("parce", "que"), ("sauf", "que"), ("vu", "que"), ("puisque",), ("sachant", "que")}
)
CONDITIONS = frozenset("quand lorsque lorsqu' si comme puisque puisqu'".split())
JOINED = frozenset(
    ", ; : . … ... → > - – — / et ou puis mais donc alors ensuite enfin finalement là bref ( )".split()
)


class Finding(NamedTuple):
    """A group that says « je »: `start` to `end`, as it should be told, and the rule broken (None where it is right)."""

    start: int
    end: int
    told: str
    rule: str | None
    tense: str


def read(words: Sequence[Word], shouted: bool) -> list[Finding] | None:
    """Every main group je + verb of the phrase; None where no main clause says « je »."""
    findings: list[Finding] = []
    for index, word in enumerate(words):
        if findings and index < findings[-1].end:
            continue
        if spoken(word.low):
            findings.append(Finding(index, index + 1, "", None, "P"))
            continue
        if word.low not in ("je", "j'", "j") and not inverted(word.low):
            continue
        if not main(words, index, bool(findings)):
            continue
        finding = inversion(words, index) if inverted(word.low) else judge(words, index, shouted)
        if finding is not None and not (finding.rule and at(words, index - 1) in ("que", "qu'")):
            findings.append(finding)
            findings.extend(coordinated(words, finding))
    return without_opening(words, findings) or None


def without_opening(words: Sequence[Word], findings: list[Finding]) -> list[Finding]:
    """« Comme j'ai perdu ma carte, je fais opposition » is right: the past only opens a phrase told in the present."""
    if len(findings) < 2 or at(words, findings[0].start - 1) not in CONDITIONS | {"que", "qu'"}:
        return findings
    rest = [f for f in findings if f.start >= findings[0].end]
    opened = findings[0].rule == "tense" and not any(f.rule for f in rest)
    return rest if opened else findings


def inverted(low: str) -> bool:
    return low.endswith("-je") and len(low) > 4


def spoken(low: str) -> bool:
    """« chuis », « jpeux »: the pronoun melted into the verb as it is said."""
    if low in ("chuis", "chui"):
        return True
    if low[:1] != "j" or len(low) < 4 or low[1] in "aeiouyéèêh" or genders.is_noun(low):
        return False
    return any(r.tense == "P" and r.person == 0 for r in verbs.readings(low[1:])) and not verbs.readings(low)


def main(words: Sequence[Word], index: int, followed: bool) -> bool:
    """Whether the « je » at `index` opens a main clause, not « que je reçois » within somebody else's."""
    before = index - 1
    opening = tuple(w.low for w in words[:index])
    if opening in OPENINGS or (inverted(at(words, index)) and index <= 2):
        return True
    while at(words, before) in ADVERBS or at(words, before) in ("moi", "ne"):
        before -= 1
    if before < 0 or (at(words, before) == "que" and at(words, before - 1) == "est-ce"):
        return True
    if (
        at(words, before) in RELATIVES
        or at(words, before) in CONDITIONS
        or at(words, before) in ("car", "parce")
    ):
        return before_main(words, index) and not followed
    if followed:
        return at(words, before) in JOINED
    return True


def before_main(words: Sequence[Word], index: int) -> bool:
    """« Quand je reçois le devis, je compare », « Dès que je »: a subordinate that opens the phrase tells it."""
    opening = at(words, 0)
    return opening in SUBORDINATORS and index <= 4 and any(w.low in ("je", "j'") for w in words[index + 1 :])


def judge(words: Sequence[Word], index: int, shouted: bool) -> Finding | None:
    """The group that starts with « je » at `index`; None where no verb follows."""
    if at(words, index) == "j" and (index + 1 >= len(words) or not starts_with_vowel(at(words, index + 1))):
        return None
    if at(words, index + 1) == "ai" and at(words, index + 2) == "failli":
        return Finding(index, index + 3, "", "tense", "past")
    apart = small_word_apart(words, index + 1)
    if apart is not None:
        found = judge(apart, index, shouted)
        spelled = "".join(w.gap + w.text for w in apart[index : found.end]).strip() if found else ""
        return found and found._replace(
            end=found.end - 1, told=found.told or spelled, rule=found.rule or "elision"
        )
    group = read_finite(words, index + 1, (0,))
    if group is not None and group.infinitive == "être" and group.tense == "P":
        unfinished = participle_meant(words, index, group)
        if unfinished is not None:
            return unfinished
    if group is not None and "se" in group.clitics:  # « je s'inscris »
        own = tuple("me" if c == "se" else c for c in group.clitics)
        return told(words, index, replace(group, clitics=own), "ending")
    if group is not None and group.tense == "P":
        return right_or_elision(words, index, group, shouted)
    if group is not None:
        return told(words, index, wish(group), "tense")
    return corrected_group(words, index, shouted)


def small_word_apart(words: Sequence[Word], index: int) -> list[Word] | None:
    """« je mabonne », « je nai pas »: the apostrophe is missing after « m » or « n »."""
    low = at(words, index)
    if (
        low[:1] not in ("m", "n")
        or low[1:2] not in tuple("aeiouyéèêh")
        or verbs.readings(low)
        or genders.is_noun(low)
    ):
        return None
    if not any(r.tense in "PIF" and r.person == 0 for r in verbs.readings(low[1:])):
        return None
    first = Word(low[0] + "'", low[0] + "'", words[index].gap)
    return [*words[:index], first, Word(low[1:], low[1:], ""), *words[index + 1 :]]


def participle_meant(words: Sequence[Word], index: int, group: Group) -> Finding | None:
    """« je suis rembourser », « je me suis tromper »: an infinitive in -er where a participle is meant."""
    form = at(words, group.end)
    if (
        not form.endswith("er")
        or not verbs.is_infinitive(form)
        or (genders.is_noun(form) and form != "aller")
    ):
        return None
    if form in ETRE or "me" in group.clitics:
        return told(words, index, replace(group, infinitive=form, end=group.end + 1, tense="past"), "tense")
    start = tell(group)
    return None if start is None else Finding(index, group.end + 1, f"{start} {form[:-2]}é", "ending", "P")


def wish(group: Group) -> Group:
    """« J'aimerais savoir » is « je veux savoir », not « j'aime savoir »."""
    if group.tense == "C" and group.infinitive == "aimer":
        return replace(group, infinitive="vouloir")
    return group


def told(words: Sequence[Word], index: int, group: Group, rule: str) -> Finding | None:
    text = tell(group)
    return None if text is None else Finding(index, group.end, text, rule, group.tense)


def right_or_elision(words: Sequence[Word], index: int, group: Group, shouted: bool) -> Finding | None:
    spelled = [w.low for w in words[index : group.end - len(group.adverbs)]]
    verb = spelled[-1] if spelled else ""
    for small, following in pairwise(spelled):
        vowel = starts_with_vowel(following, group.infinitive if following == verb else "")
        if (small in ELIDED and vowel) or (small.endswith("'") and not vowel and fold(following[:1]) == "h"):
            return replace_small_words(words, index, group)
    return Finding(index, group.end, "", None, "P")


def replace_small_words(words: Sequence[Word], index: int, group: Group) -> Finding:
    """The same words with « je », « ne », « me », « le » elided or spelled out; the verb as typed."""
    spelled = [w.low for w in words[index : group.end]]
    full = {"j'": "je", "n'": "ne", "m'": "me", "t'": "te", "s'": "se", "l'": "le", "j": "je"}
    out = spelled[-1]
    vowel = starts_with_vowel(out, group.infinitive)
    for small in reversed([full.get(s, s) for s in spelled[:-1]]):
        out = ELIDED[small] + out if vowel and small in ELIDED else f"{small} {out}"
        vowel = small in ("y", "en")
    return Finding(index, group.end, out, "elision", "P")


def corrected_group(words: Sequence[Word], index: int, shouted: bool) -> Finding | None:
    """« je » followed by something that is not its present: another ending, an infinitive, a missing accent."""
    inner = read_infinitive(words, index + 1, loose=False)
    at_verb = index + 1 + (at(words, index + 1) in ("ne", "n'"))
    small: list[str] = []
    while at(words, at_verb) in CLITICS and len(small) < 3:
        small.append(CLITICS[at(words, at_verb)])
        at_verb += 1
    if inner is not None and not inner.adverbs:
        return told(
            words,
            index,
            replace(inner, clitics=tuple("me" if c == "se" else c for c in inner.clitics)),
            "ending",
        )
    for persons in ((2,), (1,), (5,), (3, 4)):
        wrong = read_finite(words, index + 1, persons)
        if wrong is not None and (
            wrong.tense != "past" or at(words, at_verb) in ("a", "as", "est", "es", "et")
        ):
            own = tuple("me" if c == "se" else c for c in wrong.clitics)
            return told(words, index, replace(wrong, clitics=own), "ending")
    found = corrected(at(words, at_verb))
    if found is None:
        return unknown(words, index, at_verb)
    infinitive, exact = found
    if shouted and exact:
        return Finding(index, at_verb + 1, "", None, "P")
    own = tuple("me" if c == "se" else c for c in small)
    group = Group(infinitive, own, at(words, index + 1) in ("ne", "n'"), (), at_verb + 1, "P")
    return told(words, index, group, "spelling")


def unknown(words: Sequence[Word], index: int, at_verb: int) -> Finding | None:
    """A verb nobody knows yet (« je whatsappe ») is taken as right when it ends like one and is no noun."""
    form = at(words, at_verb)
    if (
        len(form) > 3
        and form.isalpha()
        and form.endswith("e")
        and not genders.is_noun(form)
        and form not in NEGATIONS | ADVERBS
    ):
        return Finding(index, at_verb + 1, "", None, "P")
    return None


def inversion(words: Sequence[Word], index: int) -> Finding | None:
    """« puis-je » is right; « pourrais-je » is the same question in another tense."""
    form = words[index].low[:-3]
    if form == "puis":
        return Finding(index, index + 1, "", None, "P")
    for reading in verbs.readings(form):
        if reading.person == 0 and reading.tense in "PIFCJ":
            if reading.tense == "P":
                return Finding(index, index + 1, "", None, "P")
            if reading.infinitive == "pouvoir":
                return Finding(index, index + 1, "puis-je", "tense", reading.tense)
            group = Group(reading.infinitive, (), False, (), index + 1, reading.tense)
            return told(words, index, group, "tense")
    return None


def coordinated(words: Sequence[Word], finding: Finding) -> list[Finding]:
    """« j'ai reçu et signé », « je vais comparer et acheter »: the verbs that follow with the same « je »."""
    if finding.tense not in ("past", "F"):
        return []
    found: list[Finding] = []
    for index in range(finding.end, len(words) - 1):
        if at(words, index) in ("je", "j'"):
            break
        if at(words, index) not in ("et", "puis", ",", "ou"):
            continue
        start = index + 1
        while at(words, start) in ("puis", "et", "ensuite"):
            start += 1
        form = at(words, start)
        group: Group | None = None
        if finding.tense == "F":
            group = read_infinitive(words, start, loose=False)
        elif (
            verbs.participles(form)
            and not genders.is_noun(form)
            and form.endswith(("é", "i", "u", "is", "it", "ert", "int"))
        ):
            group = Group(verbs.participles(form)[0], (), False, (), start + 1, "past")
        if group is not None:
            again = told(words, start, group, "tense")
            if again is not None:
                found.append(again)
    return found
