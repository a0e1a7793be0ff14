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
    by_beginning, always = _index(lang, name)
    wanted = set(always)
    for begin in by_beginning.keys() & word_beginnings(folded):
        wanted.update(by_beginning[begin])
    return tuple(entry for entry, cue in cues(lang, name).items() if entry in wanted and cue.search(folded))


@cache
def _index(lang: str, name: str) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Beginning of a word -> entries that it may announce; and the entries that must always be tried."""
    found: dict[str, list[str]] = {}
    always = []
    for entry, cue in cues(lang, name).items():
        if cue.always:
            always.append(entry)
        for begin in cue.beginnings:
            found.setdefault(begin, []).append(entry)
    return {begin: tuple(entries) for begin, entries in found.items()}, tuple(always)


def phrase(lang: str, name: str, **params: str) -> str:
    """A few words of the specification itself, in the board's language."""
    words: str = table(lang, "phrases")[name]
    return words.format(**params)
