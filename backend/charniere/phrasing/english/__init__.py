"""The English rules in the order they are tried; each is a function of this package."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..assessment import Assessment, Reason
from ..words import Phrase, Word, finish, read, render, replaced
from . import first_person, noun_phrases, rules, verbs
from .first_person import TIMES
from .reading import DETERMINERS, PREPOSITIONS, at, skip_adverbs

Rule = Callable[[Sequence[Word]], str | None]

RULES: tuple[tuple[str, Rule], ...] = (
    ("third_person", rules.third_person),
    ("passive", noun_phrases.passive),
    ("status", noun_phrases.status),
    ("infinitive", rules.base_form),
    ("nominal", noun_phrases.nominal),
    ("infinitive", rules.gerund),
    ("third_person", rules.without_subject),
)


def assess(text: str) -> Assessment:
    phrase = read(text)
    if not phrase.words:
        return Assessment("no", None, Reason("empty"))
    phrase = phrase._replace(words=apart(phrase.words))
    findings = first_person.read(phrase.words)
    if findings is not None:
        return said_by_me(phrase, findings)
    return proposed(phrase, 0)


CONTRACTIONS = {"'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'s": "is"}


def apart(words: list[Word]) -> list[Word]:
    """« they're », « she's lost her card »: the pronoun and its verb as two words. « I'm » stays as it is."""
    out: list[Word] = []
    for index, word in enumerate(words):
        pronoun, mark, ending = word.low.partition("'")
        verb = CONTRACTIONS.get(mark + ending)
        if verb is None or pronoun not in ("he", "she", "they", "we", "you"):
            out.append(word)
            continue
        after = skip_adverbs(words, index + 1)
        thing = at(words, after + 1) in DETERMINERS | {"it", "them", "anything", "nothing"}
        if verb == "is" and verbs.of_kind(at(words, after), "part") and thing:
            verb = "has"
        out += [Word(word.text[: len(pronoun)], pronoun, word.gap), Word(verb, verb, " ")]
    return out


def said_by_me(phrase: Phrase, findings: list[first_person.Finding]) -> Assessment:
    wrong = [f for f in findings if f.rule is not None]
    if not wrong:
        return Assessment("yes", None, Reason("first_person"))
    text = replaced(phrase.words, [(f.start, f.end, f.told) for f in wrong])
    return Assessment("almost", finish(phrase, text), Reason(wrong[0].rule or "", {"told": wrong[0].told}))


def proposed(phrase: Phrase, start: int) -> Assessment:
    words = phrase.words[start:]
    for name, rule in RULES:
        text = rule(words)
        if text is not None:
            head = render(phrase.words[:start])
            return Assessment("no", finish(phrase, f"{head} {text}" if head else text), Reason(name))
    after = 0 if start else head_end(phrase.words)
    return proposed(phrase, after) if after else Assessment("no", None, Reason("other_subject"))


def head_end(words: Sequence[Word]) -> int:
    """Where the phrase proper starts after « Then », « After the call, » or a short label closed by a colon."""
    if at(words, 0) in ("then", "and", "finally", "next", "first", "but", "so") and len(words) > 1:
        return 2 if at(words, 1) == "," else 1
    for index in range(1, min(len(words) - 1, 8)):
        if at(words, index) == ":":
            return index + 1 if index <= 4 else 0
        if at(words, index) == ",":
            return (
                index + 1 if at(words, 0) in OPENINGS or at(words, 1) in TIMES or at(words, 2) in TIMES else 0
            )
    return 0


OPENINGS = PREPOSITIONS | {
    "once",
    "later",
    "later on",
    "unfortunately",
    "sometimes",
    "eventually",
    "online",
    "today",
}
