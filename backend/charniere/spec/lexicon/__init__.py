"""The words that the compiler knows, as data: a TOML file per subject and language. Cues are patterns on folded text."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(lang: str, name: str) -> dict[str, Any]:
    """One file of the lexicon. A language without its own has English."""
    folder = files("charniere.spec.lexicon")
    path = folder / ("fr" if lang == "fr" else "en") / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def cues(lang: str, name: str, key: str = "cues") -> dict[str, re.Pattern[str]]:
    """Every entry of a file that has `key`, compiled: entry name to pattern."""
    return {
        entry: re.compile(_alternatives(values[key]))
        for entry, values in table(lang, name).items()
        if isinstance(values, dict) and values.get(key)
    }


@cache
def pattern(lang: str, name: str, entry: str) -> re.Pattern[str]:
    """One list of cues of a file as a single pattern."""
    return re.compile(_alternatives(table(lang, name)[entry]))


def phrase(lang: str, name: str, **params: str) -> str:
    """A few words of the specification itself, in the board's language."""
    words: str = table(lang, "phrases")[name]
    return words.format(**params)


def _alternatives(values: str | list[str]) -> str:
    """Cues joined; each begins at the beginning of a word."""
    parts = [values] if isinstance(values, str) else values
    return "|".join(
        part if part.startswith(("^", "(?", r"\b", "%")) else rf"(?<![a-z0-9]){part}" for part in parts
    )
