"""English verbs: from a form to its base, and what kind of form it is."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from ..tables import lines


class Form(NamedTuple):
    """`kind`: base, s (third person), ing, past, part (past participle)."""

    base: str
    kind: str


AUXILIARIES = {
    "am": Form("be", "base"), "is": Form("be", "s"), "are": Form("be", "base"), "was": Form("be", "past"),
    "were": Form("be", "past"), "has": Form("have", "s"), "does": Form("do", "s"), "goes": Form("go", "s"),
    "having": Form("have", "ing"), "being": Form("be", "ing"), "dying": Form("die", "ing"),
}  # fmt: skip
MODALS = {
    "can": "can", "can't": "can't", "cannot": "cannot", "must": "must", "mustn't": "mustn't", "should": "should",
    "shouldn't": "shouldn't", "may": "may", "might": "might", "could": "can", "couldn't": "can't",
}  # fmt: skip


@cache
def forms() -> dict[str, tuple[Form, ...]]:
    """Every form of every verb of the table."""
    found: dict[str, dict[Form, None]] = {}

    def put(word: str, base: str, kind: str) -> None:
        found.setdefault(word, {})[Form(base, kind)] = None

    for entry in (word for line in lines("verbs.en.txt") for word in line.split()):
        base, *irregular = entry.rstrip("+").split("/")
        doubled = base + base[-1] if entry.endswith("+") or (irregular and base in DOUBLED) else base
        put(base, base, "base")
        put(third(base), base, "s")
        put(gerund(base, doubled), base, "ing")
        past, participle = irregular if irregular else (regular(base, doubled),) * 2
        put(past, base, "past")
        put(participle, base, "part")
        if entry.endswith("+"):  # British and American spellings both
            put(regular(base, base), base, "past")
            put(regular(base, base), base, "part")
            put(gerund(base, base), base, "ing")
    for word, form in AUXILIARIES.items():
        found[word] = {form: None}
    return {word: tuple(kinds) for word, kinds in found.items()}


@lru_cache(maxsize=1024)
def mistaken_past(word: str) -> str | None:
    """The verb of a past that does not exist: « buyed », « payed »."""
    if not word.endswith("ed") or word in forms():
        return None
    for cut in (word[:-2], word[:-1], word[:-3]):
        if of_kind(cut, "base"):
            return cut
    return None


DOUBLED = frozenset(
    "get put let begin run sit set cut forget quit bet bid shut reset split swim dig win".split()
)


def third(base: str) -> str:
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    return base[:-1] + "ies" if base.endswith("y") and base[-2] not in "aeiou" else base + "s"


def regular(base: str, doubled: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return doubled + "ed"


def gerund(base: str, doubled: str) -> str:
    return (
        base[:-1] + "ing"
        if base.endswith("e") and not base.endswith(("ee", "ye")) and len(base) > 2
        else doubled + "ing"
    )


@lru_cache(maxsize=2048)
def of_kind(word: str, kinds: str) -> str | None:
    """The base of a word that is one of these kinds (« s past »), or None."""
    wanted = kinds.split()
    return next((form.base for form in forms().get(word, ()) if form.kind in wanted), None)


def first_person(base: str) -> str:
    return "am" if base == "be" else base
