"""Sentences for people: one catalogue per language, flat keys, `{name}` parameters, plurals chosen by the parameter `n`.

No sentence is written anywhere else.
"""

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final, TypeAlias

from babel import Locale
from babel.dates import format_date as _format_date
from babel.numbers import format_decimal

LANGS: Final = ("fr", "en")
Entry: TypeAlias = str | dict[str, str]
Param: TypeAlias = str | int | float
_PARAM: Final = re.compile(r"\{(\w+)\}")


@cache
def catalogue(lang: str) -> Mapping[str, Entry]:
    text = (files("charniere") / "locales" / f"{lang}.json").read_text(encoding="utf-8")
    loaded: dict[str, Entry] = json.loads(text)
    return loaded


def t(lang: str, key: str, **params: Param) -> str:
    """The sentence of `key`. An unknown key raises KeyError: it is a bug, found by the tests, never shown to a reader."""
    entry = catalogue(lang)[key]
    if isinstance(entry, dict):
        form = _plural(lang)(params["n"])
        entry = entry.get(form) or entry["other"]
    return _PARAM.sub(lambda found: _shown(lang, params[found[1]]), entry)


def both(key: str, **params: Param | Callable[[str], str]) -> str:
    """The sentence in French then in English, one a line: for a terminal, where nobody has chosen a language yet."""
    return "\n".join(
        t(lang, key, **{name: value(lang) if callable(value) else value for name, value in params.items()})
        for lang in LANGS
    )


def placeholders(entry: Entry) -> set[str]:
    """The names of the parameters in an entry, all plural forms together."""
    forms = [entry] if isinstance(entry, str) else list(entry.values())
    return {name for form in forms for name in _PARAM.findall(form)}


def day(lang: str, iso: str) -> str:
    """« 6 octobre 2026 » for 2026-10-06, « 1er mai 2027 »; words that are not a day are given back as they are."""
    from datetime import date

    try:
        value = date.fromisoformat(iso)
    except ValueError:
        return iso
    said = str(_format_date(value, format="d MMMM y", locale=lang))
    return said.replace("1 ", "1er ", 1) if lang == "fr" and value.day == 1 else said


@cache
def _plural(lang: str) -> Callable[[Param], str]:
    form = Locale(lang).plural_form
    return lambda n: str(form(float(n)))


def _shown(lang: str, value: Param) -> str:
    return value if isinstance(value, str) else str(format_decimal(value, locale=lang))
