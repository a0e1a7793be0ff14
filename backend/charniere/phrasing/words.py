"""Cuts a phrase into words and puts it back together: noise, apostrophes, spaces. Knows no language."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple


class Word(NamedTuple):
    """One word or sign. `text` is as typed with straight apostrophes, `low` its lower case, `gap` the space before."""

    text: str
    low: str
    gap: str


class Phrase(NamedTuple):
    """A phrase without its noise. `tail` is what ends it and is kept in a proposal (« ! », an emoji)."""

    words: list[Word]
    tail: str
    shouted: bool


APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "＇": "'", "′": "'"})
SPACES = re.compile(r"[\s\u2060\u200b\u200c\u200d\ufeff]+")
BULLET = re.compile(
    r"(?:[-–—*•·●▪◦‣>→⇒☑✓✔☐□■+=_~#|/\\.,;:…]|\[[ xX✓]?\]|#?\(?\d{1,2}\s?[.)°/:]+\s|#\d{1,2}\s|\d{1,2}\s?[-–]\s"
    r"|\(?[a-hA-H][.)/]\s)+\s*"
)
INCLUSIVE = re.compile(r"\([a-zé]{1,3}\)|·[a-z]{1,3}")  # prévenu(e), abonné·e
QUOTES = '«»“”"„‟‹›'
WORD = re.compile(
    r"(?P<spaced>\b[jnmlsd]\s)(?=[aeiouyhâàéèêîôû])"  # the apostrophe is missing: « j appelle »
    r"|(?P<elided>(?:j|l|d|m|t|s|n|c|qu|lorsqu|puisqu|quoiqu|jusqu|presqu)\s?'\s?)(?=[^\W\d_])"
    r"|(?P<word>\w+(?:[-'‑@./&+]\w+)*(?:\([a-zé]{1,3}\)|·[a-z]{1,3})?)"
    r"|(?P<sign>\.{2,}|[^\w\s])",
    re.IGNORECASE,
)


def read(text: str) -> Phrase:
    """The words of a text without bullets, quotes, emoji around it."""
    line = SPACES.sub(" ", unicodedata.normalize("NFC", text.translate(APOSTROPHES))).strip()
    core, tail = unwrap(line)
    words = [word(m) for m in WORD.finditer(core)]
    letters = [c for c in core if c.isalpha()]
    shouted = len(letters) > 3 and all(c.isupper() for c in letters)
    return Phrase(with_gaps(core, words), tail, shouted)


def unwrap(line: str) -> tuple[str, str]:
    """The phrase proper, and the exclamation, question or emoji that ended it."""
    before = None
    while line != before:
        before = line
        enclosed = re.fullmatch(r"\(([^()]*)\)[\s.!…]*", line)
        line = enclosed.group(1) if enclosed else line
        line = line.lstrip(" " + QUOTES + "([" if line.count("(") > line.count(")") else " " + QUOTES)
        line = BULLET.sub("", line, count=1) if BULLET.match(line) else line
        while line and not line[0].isalnum() and line[0] != "(":
            line = line[1:]
    end = len(line)
    while end and not line[end - 1].isalnum() and line[end - 1] not in ")%€$":
        end -= 1
    core, tail = line[:end], line[end:]
    for opening, closing in (("«", "»"), ("“", "”"), ("(", ")")):
        if core.count(opening) > core.count(closing) and closing in tail:
            cut = tail.index(closing) + 1
            core, tail = core + tail[:cut], tail[cut:]
    tail = "".join(c for c in tail if c not in QUOTES + "*_~'").rstrip()
    return core, "" if re.fullmatch(r"[\s.,;:…\-–—]*", tail) else tail


def word(found: re.Match[str]) -> Word:
    text = found.group()
    if found.lastgroup == "spaced":
        text = text.strip() + "'"
    if found.lastgroup == "elided":
        text = re.sub(r"\s", "", text)
    low = INCLUSIVE.sub("", text.lower()) if "(" in text or "·" in text else text.lower()
    return Word(text, low, str(found.start()))


def with_gaps(core: str, words: list[Word]) -> list[Word]:
    """Replaces the start offset carried by `gap` with the space that really stood before the word."""
    result: list[Word] = []
    for item in words:
        start = int(item.gap)
        glued = bool(result) and result[-1].text.endswith("'") and len(result[-1].text) > 1
        gap = " " if start and core[start - 1] == " " and not glued else ""
        result.append(item._replace(gap=gap))
    return result


def render(words: list[Word]) -> str:
    """The text of words, spaces as typed."""
    return "".join(w.gap + w.text for w in words).strip()


def replaced(words: list[Word], changes: list[tuple[int, int, str]]) -> str:
    """The text with the words `start` to `end` of each change told otherwise, spaces kept."""
    out: list[str] = []
    index = 0
    for start, end, text in sorted(changes):
        out += [w.gap + w.text for w in words[index:start]]
        out.append((words[start].gap if start < len(words) else " ") + text)
        index = end
    out += [w.gap + w.text for w in words[index:]]
    return "".join(out).strip()


def fold(text: str) -> str:
    """Lower case without accents: « Reçoit » → « recoit »."""
    return "".join(
        c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c)
    ).replace("œ", "oe")


def finish(phrase: Phrase, text: str) -> str:
    """A proposal in the manner of the phrase: capital first, shouted where it was shouted, its ending kept."""
    text = text.upper() if phrase.shouted else text[:1].upper() + text[1:]
    return text + phrase.tail
