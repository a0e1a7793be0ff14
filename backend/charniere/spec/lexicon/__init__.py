"""The words that the compiler knows, as data: a TOML file per subject and language. Cues are patterns on folded text."""

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from charniere.spec.lexicon.cue import Cue, word_beginnings


@cache
def table(lang: str, name: str) -> dict[str, Any]:
    """One file of the lexicon. Any language but French reads English."""
    folder = files("charniere.spec.lexicon")
    path = folder / ("fr" if lang == "fr" else "en") / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def cues(lang: str, name: str, key: str = "cues") -> dict[str, Cue]:
    """Every entry of a file that has `key`, compiled: entry name to cue."""
    return {
        entry: Cue(values[key])
        for entry, values in table(lang, name).items()
        if isinstance(values, dict) and values.get(key)
    }


@lru_cache(maxsize=65536)
def matching(lang: str, name: str, folded: str) -> tuple[str, ...]:
    """The entries of a file whose cues are in a text, in the order of the file."""
    entries, announced, wanted = _index(lang, name)
    for begin in announced.keys() & word_beginnings(folded):
        wanted |= announced[begin]
    return tuple(entries[place][0] for place in sorted(wanted) if entries[place][1].search(folded))


@cache
def _index(
    lang: str, name: str
) -> tuple[tuple[tuple[str, Cue], ...], dict[str, frozenset[int]], frozenset[int]]:
    """The entries of a file; beginning of a word -> those that it may announce; those that must always be tried."""
    entries = tuple(cues(lang, name).items())
    announced: dict[str, frozenset[int]] = {}
    for place, (_, cue) in enumerate(entries):
        for begin in cue.beginnings:
            announced[begin] = announced.get(begin, frozenset()) | {place}
    return entries, announced, frozenset(place for place, (_, cue) in enumerate(entries) if cue.always)


def phrase(lang: str, name: str, **params: str) -> str:
    """A few words of the specification itself, in the board's language."""
    words: str = table(lang, "phrases")[name]
    return words.format(**params)
