"""The English rules in the order they are tried; each is a function of this package."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..assessment import Assessment, Reason
from ..words import Phrase, Word, finish, read, render
from . import first_person, rules
from .reading import at, listed

Rule = Callable[[Sequence[Word]], str | None]

RULES: tuple[tuple[str, Rule], ...] = (
    ("third_person", rules.third_person),
    ("passive", rules.passive),
    ("infinitive", rules.base_form),
    ("infinitive", rules.gerund),
    ("status", rules.status),
    ("nominal", rules.nominal),
    ("third_person", rules.without_subject),
)


def assess(text: str) -> Assessment:
    phrase = read(text)
    if not phrase.words:
        return Assessment("no", None, Reason("empty"))
    findings = first_person.read(phrase.words)
    if findings is not None:
        return said_by_me(phrase, findings)
    return proposed(phrase, 0)


def said_by_me(phrase: Phrase, findings: list[first_person.Finding]) -> Assessment:
    wrong = [f for f in findings if f.rule is not None]
    if not wrong:
        return Assessment("yes", None, Reason("first_person"))
    out: list[str] = []
    index = 0
    for finding in sorted(wrong, key=lambda f: f.start):
        out.append(render(phrase.words[index : finding.start]))
        out.append(finding.told)
        index = finding.end
    rest = "".join(w.gap + w.text for w in phrase.words[index:])
    text = " ".join(part for part in out if part) + rest
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
    for index in range(1, min(len(words) - 1, 8)):
        if at(words, index) in (",", ":"):
            return index + 1
    return 1 if at(words, 0) in ("then", "and", "finally", "next") and len(words) > 2 and listed("heads") else 0
