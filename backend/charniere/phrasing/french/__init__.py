"""The French rules in the order they are tried; each is a module of this package."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ..assessment import Assessment, Reason
from ..tables import first_names
from ..words import Phrase, Word, finish, read, render, replaced
from . import (
    first_person,
    genders,
    imperative,
    infinitive,
    nominal,
    passive,
    shown,
    status,
    third_person,
    verbs,
)
from .groups import at
from .noun_phrases import has_finite

Rule = Callable[[Sequence[Word]], str | None]

RULES: tuple[tuple[str, Rule], ...] = (
    ("third_person", third_person.suggest),
    ("infinitive", infinitive.suggest),
    ("passive", passive.suggest),
    ("status", status.suggest),
    ("imperative", imperative.suggest),
    ("passive", passive.participle_first),
    ("nominal", nominal.suggest),
    ("nominal", shown.suggest),
    ("third_person", third_person.without_subject),
)
LONG = 40
"""Words past which a text is a story: judged, never rephrased."""

OPENINGS = frozenset(
    "à au aux en dans sur chez pour par avec sans avant après depuis pendant dès lors via suite grâce "
    "afin selon devant "
    "une deux quelques finalement ensuite puis enfin parfois souvent malheureusement heureusement "
    "rapidement vite face d'".split()
)
TIMES = frozenset(
    "jour jours lendemain matin soir semaine mois an heure heures minutes veille fois moment fin "
    "début tard".split()
)
DAY_COUNT = re.compile(r"[jhmd][+-]\d")
HEADS = frozenset("puis ensuite enfin alors finalement d'abord et mais donc après bref sinon ou".split())


def assess(text: str) -> Assessment:
    phrase = read(text)
    words = phrase.words
    if not words:
        return Assessment("no", None, Reason("empty"))
    findings = first_person.read(words, phrase.shouted) or glued(phrase)
    if findings is not None:
        return said_by_me(phrase, findings)
    return proposed(phrase, 0)


def glued(phrase: Phrase) -> list[first_person.Finding] | None:
    """« jai reçu », « jappelle »: the apostrophe is missing."""
    words = phrase.words
    low = words[0].low
    if low[:1] != "j" or genders.is_noun(low) or verbs.readings(low) or low in first_names():
        return None
    if not any(
        r.person == 0 and r.tense in "PIF" and verbs.rank(r.infinitive) < 10_000
        for r in verbs.readings(low[1:])
    ):
        return None
    apart = [Word("j'", "j'", ""), Word(words[0].text[1:], low[1:], ""), *words[1:]]
    findings = first_person.read(apart, phrase.shouted)
    if not findings:
        return None
    told = findings[0].told or "j'" + " ".join(w.text for w in apart[1 : findings[0].end])
    return [findings[0]._replace(end=findings[0].end - 1, told=told, rule=findings[0].rule or "elision")]


def said_by_me(phrase: Phrase, findings: list[first_person.Finding]) -> Assessment:
    wrong = [f for f in findings if f.rule is not None]
    if not wrong:
        return Assessment("yes", None, Reason("first_person"))
    first = min(f.start for f in findings)
    if (
        any(not f.told for f in wrong)
        or (first > 2 and has_finite(phrase.words[:first], 0))
        or any(w.low in ("«", "“") for w in phrase.words[:first])
    ):
        return Assessment(
            "almost", None, Reason(wrong[0].rule or "")
        )  # somebody else acts or is quoted first
    text = replaced(phrase.words, [(f.start, f.end, f.told) for f in wrong])
    return Assessment("almost", finish(phrase, text), Reason(wrong[0].rule or "", {"told": wrong[0].told}))


def proposed(phrase: Phrase, start: int) -> Assessment:
    """Tries the rules on the words from `start`, then past a head such as « Ensuite, » or « Le lendemain, »."""
    words = phrase.words[start:]
    if len(words) > LONG or ("?" in phrase.tail and asked(at(words, 0))):
        return Assessment("no", None, Reason("other_subject"))
    for name, rule in RULES:
        text = rule(words)
        if text is not None:
            head = render(phrase.words[:start])
            return Assessment("no", finish(phrase, f"{head} {text}" if head else text), Reason(name))
    after = head_end(phrase.words) if start == 0 else 0
    if after and DAY_COUNT.match(at(phrase.words, 0)):
        after = 0  # « J+15 : relance automatique » is the firm's calendar
    if after and not has_finite(phrase.words[:after], 0):
        return proposed(phrase, after)
    return Assessment("no", None, Reason("other_subject"))


def asked(first: str) -> bool:
    """« Vous vous en occupez ? », « Payez-vous par carte ? »: a question to the customer or to the firm."""
    return first in ("vous", "tu", "on") or first.endswith(("-vous", "-tu", "-il", "-elle", "-on", "-nous"))


def head_end(words: Sequence[Word]) -> int:
    """Where the phrase proper starts after an adverb, « En agence, » or a short label closed by a colon."""
    if at(words, 0) in HEADS and len(words) > 1:
        return 2 if at(words, 1) == "," else 1
    if at(words, 0) == "d'" and at(words, 1) == "abord" and len(words) > 3:
        return 3 if at(words, 2) == "," else 2
    for index in range(1, min(len(words) - 1, 8)):
        if at(words, index) == ":":
            return index + 1 if index <= 4 else 0
        if at(words, index) == ",":
            opening = (
                at(words, 0) in OPENINGS
                or at(words, index - 1) in OPENINGS
                or any(w.low in TIMES for w in words[:index])
            )
            return index + 1 if opening else 0
    return 0
