"""What a company shows: « Publicité Facebook » → je vois une publicité sur Facebook. Only where the place, or a word such
as « sponsorisée », leaves no doubt that the customer looks on. The words are in data/shown.fr.txt and places.fr.txt."""

from __future__ import annotations

from collections.abc import Sequence

from ..tables import rows
from ..words import Word
from .groups import at, read_infinitive
from .nominal import SIGNS, UNDER_WAY, built, rest_of
from .noun_phrases import has_finite, is_agent
from .subjects import customer_noun

MARKS = frozenset(
    "sponsorisé sponsorisée sponsorisés sponsorisées publicitaire publicitaires ciblé ciblée ciblés ciblées "
    "promotionnel promotionnelle promotionnels promotionnelles".split()
)
ARTICLES = frozenset("un une des le la l' les".split())
WHERE = frozenset("sur dans en chez au à".split())
FEW = 5


def suggest(words: Sequence[Word]) -> str | None:
    if not words or has_finite(words, 0):
        return None
    start = 1 if at(words, 0) in ARTICLES else 0
    low = at(words, start)
    shown = rows("shown.fr.txt")
    plural = low not in shown and low.endswith("s") and low[:-1] in shown
    name = low[:-1] if plural else low
    if name not in shown:
        return None
    article, when = shown[name]
    end = start + 1
    while at(words, end) in MARKS:
        end += 1
    marked = end > start + 1
    if not marked and when == "marked":
        return None
    there = place(words, end) if end < len(words) else ("voir", "") if marked else None
    if there is None:
        return None
    verb, where = there
    if start:
        article = words[0].low
    elif plural:
        article = "des"
    first = words[start]._replace(
        text=words[start].low if words[start].text.istitle() else words[start].text, gap=""
    )
    what = " ".join(word.text for word in (first, *words[start + 1 : end]))
    return built(verb, f"{article}{'' if article.endswith(chr(39)) else ' '}{what} {where}")


def place(words: Sequence[Word], start: int) -> tuple[str, str] | None:
    """The verb and the words for where it is seen, when nothing else is said."""
    places = rows("places.fr.txt")
    last = places.get(at(words, len(words) - 1), ("",))
    verb = last[1] if len(last) > 1 else "voir"
    if start == len(words) - 1 and last[0]:
        return verb, f"{last[0]} {words[start].text}"
    inside = range(start, len(words))
    if (
        at(words, start) not in WHERE
        or not 2 <= len(inside) <= FEW
        or (at(words, start), at(words, start + 1)) in UNDER_WAY
    ):
        return None
    if any(at(words, i) in SIGNS or at(words, i)[:1].isdigit() for i in inside):
        return None
    if any(
        is_agent(words, i) or customer_noun(words, i) or read_infinitive(words, i, loose=False)
        for i in inside[1:]
    ):
        return None
    rest = rest_of(words, start)
    return None if rest is None else (verb, rest.strip())
