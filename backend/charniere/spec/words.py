"""Letters and words: folding that keeps positions, clean labels, API names. Knows nothing of CRM."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_SPACES: Final = re.compile(r"\s+")
_KEY: Final = re.compile(r"[a-z0-9%€+]+")
_PLAIN: Final = re.compile(r"[a-z0-9]+")
_ELIDED: Final = re.compile(r"\b(d|l|qu|n|s)'")
_EMOJI: Final = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f3fb-\U0001f3ff]+"
)
_EDGES: Final = " \t\n.,;:!?…-–—→=>«»\"'“”()[]*#•"
_SAME: Final = {"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "–": "-", "—": "-", "−": "-"}


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if char in _SAME:
        return _SAME[char]
    base = unicodedata.normalize("NFD", char.lower())
    base = base[0] if base else char
    return base if len(base) == 1 else char


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without accents, one character for each: a position in the result is a position in the text."""
    return "".join(map(_fold_char, text))


@lru_cache(maxsize=8192)
def squash(text: str) -> str:
    """One line, single spaces, no emoji."""
    return _SPACES.sub(" ", _EMOJI.sub(" ", text)).strip()


def trim(text: str) -> str:
    """Without the punctuation and spaces at both ends; a closing bracket that is needed is kept."""
    clean = squash(text).strip(_EDGES)
    if clean.count("(") > clean.count(")"):
        clean += ")"
    if clean.count("«") > clean.count("»"):
        clean += " »"
    if clean.count("»") > clean.count("«"):
        clean = "« " + clean
    return clean


def capital(text: str) -> str:
    """With a capital at the beginning, the rest untouched."""
    return text[:1].upper() + text[1:]


def label(text: str, limit: int = 140) -> str:
    """A title made of somebody's words: one line, a capital, cut at a word when it is long."""
    clean = capital(trim(text))
    if len(clean) <= limit:
        return clean
    for mark in ("; ", " → ", ". ", " : ", ", "):
        head = clean[:limit].rfind(mark)
        if head >= limit // 3:
            return trim(clean[:head])
    return clean[: clean[:limit].rfind(" ")] + "…"


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """Letters and digits of a text, for comparing: accents, case and punctuation do not count."""
    return " ".join(_KEY.findall(fold(text).replace("œ", "oe").replace("æ", "ae")))


def api_name(text: str) -> str:
    """The internal name for a label: `Date d'échéance` gives `date_echeance`."""
    folded = fold(text).replace("œ", "oe").replace("æ", "ae")
    said = _PLAIN.findall(_ELIDED.sub(" ", folded))
    words = [word for word in said if word not in _SMALL] or said
    name = "_".join(words)[:60].strip("_") or "champ"
    return name if name[0].isalpha() else f"c_{name}"


_SMALL: Final = frozenset(
    "de du des la le les l d un une et ou a au aux en par pour the of a an and or to".split()
)


@lru_cache(maxsize=8192)
def stems(text: str) -> frozenset[str]:
    """The words that carry meaning, cut to six letters: for telling that two notes say the same thing."""
    return frozenset(
        w[:6] for w in _PLAIN.findall(fold(text)) if w not in _STOP and (len(w) > 2 or w.isdigit())
    )


_STOP: Final = frozenset(
    "je j me m mon ma mes moi tu te ton ta tes il elle on nous notre nos vous votre vos ils elles leur leurs lui se sa son ses "
    "le la les un une des du de au aux et ou mais donc car ni que qui quoi dont ce cet cette ces ca est sont suis ai as a ont "
    "avons avez etre avoir fait faire pas ne plus tres dans sur sous par pour avec sans chez vers entre depuis apres avant quand "
    "si comme tout tous toute toutes the my your our their his her its and for with from that this are was were been have has "
    "you they them not but into out".split()
)
