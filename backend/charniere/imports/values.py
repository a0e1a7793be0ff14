"""From the words of a cell to a value, cautiously: what is not surely understood stays words. Pure, no report."""

import datetime
import re
from typing import Final

from charniere.domain.board import ActionStatus, Due, Kind
from charniere.imports.layout import CRM_WORDS, KIND_WORDS, NEED_WORDS, STATUS_WORDS, singular

_NUMBER: Final = re.compile(r"^([+\-\u2212\u2013]?)(\d{1,6})(?:[.,]0+)?$")
_KINDS: Final = {singular(w): k for kinds in KIND_WORDS.values() for k, words in kinds.items() for w in words}
_NEEDS: Final = {singular(word): code for needs in NEED_WORDS.values() for code, word in needs.items()}
_CRM: Final = {
    singular(w): code for table in CRM_WORDS.values() for code, words in table.items() for w in (*words, code)
}
_STATUS: Final = {
    singular(w): code for table in STATUS_WORDS.values() for code, words in table.items() for w in words
}
_YES: Final = frozenset({"x", "1", "oui", "o", "vrai", "yes", "y", "true", "v", "ok"})
_YES_SIGNS: Final = frozenset("★☆✓✔✅☑⭐×*")
_NO: Final = frozenset({"0", "non", "n", "faux", "no", "false"})
_FACES: Final = {
    2: "😍🤩🥰😁🎉",
    1: "🙂😊😀😃😄👍☺",
    0: "😐😶",
    -1: "🙁☹😕😟😞👎",
    -2: "😡🤬😠😤😭",
}
_SMILEYS: Final = {
    **{face: value for value, faces in _FACES.items() for face in faces},
    **dict.fromkeys((":D", ":-D", "++"), 2),
    **dict.fromkeys((":)", ":-)", "+"), 1),
    **dict.fromkeys((":|", ":-|", "+/-", "="), 0),
    **dict.fromkeys((":(", ":-(", "-", "−"), -1),
    **dict.fromkeys((":((", "--", "−−"), -2),
}
_MOODS: Final = {
    **dict.fromkeys(("tres positif", "tres satisfait", "very positive", "very satisfied"), 2),
    **dict.fromkeys(("positif", "satisfait", "content", "positive", "satisfied", "happy"), 1),
    **dict.fromkeys(("neutre", "neutral"), 0),
    **dict.fromkeys(("negatif", "insatisfait", "mecontent", "negative", "unhappy"), -1),
    **dict.fromkeys(("tres negatif", "tres insatisfait", "very negative", "very unhappy"), -2),
}
_SCORES: Final = {
    **dict.fromkeys(("tre faible", "very low"), 1),
    **dict.fromkeys(("faible", "low"), 2),
    **dict.fromkeys(("moyen", "medium"), 3),
    **dict.fromkeys(("fort", "eleve", "high"), 4),
    **dict.fromkeys(("tre fort", "tre eleve", "very high"), 5),
}
_MONTHS: Final = {
    word: month
    for words in (
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "january february march april may june july august september october november december",
    )
    for month, word in enumerate(words.split(), 1)
}
_ISO: Final = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00)?)?$")
_DAY_FIRST: Final = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$")
_AFTER: Final = re.compile(r"^(.*)\((\d{2}/\d{2}/\d{4})\)$", re.S)
_IN_WORDS: Final = re.compile(r"^(?:le )?(\d{1,2})(?:er)? ([a-z]+) (\d{4})$")


def whole(words: str) -> int | None:
    """`+1`, `−2`, `3`, `3,0`; nothing else is a number here."""
    found = _NUMBER.match(words.strip())
    if not found:
        return None
    return -int(found[2]) if found[1] and found[1] != "+" else int(found[2])


def kind(words: str) -> tuple[Kind, str | None] | None:
    """The kind, and for a need what it is when the word says it (`question`)."""
    word = singular(words)
    if word in _NEEDS:
        return Kind.need, _NEEDS[word]
    found = _KINDS.get(word)
    return (found, None) if found else None


def emotion(words: str) -> tuple[int, bool] | None:
    """-2..2, and whether it was said by a face or a word rather than a number."""
    number = whole(words)
    if number is not None:
        return (number, False) if -2 <= number <= 2 else None
    plain = "".join(c for c in words.strip() if c != "\ufe0f")
    value = _SMILEYS.get(plain, _MOODS.get(singular(plain).replace("tre ", "tres ")))
    return None if value is None else (value, True)


def yes(words: str) -> bool | None:
    word = words.strip().casefold()
    plain = "".join(c for c in word if c != "\ufe0f")
    if plain in _YES or (plain and set(plain) <= _YES_SIGNS):
        return True
    return False if plain in _NO else None


def score(words: str) -> tuple[int, bool] | None:
    """1..5 (also `4/5`), and whether it was said by a word rather than a number."""
    number = whole(words.strip().removesuffix("/5").strip())
    if number is not None:
        return (number, False) if 1 <= number <= 5 else None
    value = _SCORES.get(singular(words))
    return None if value is None else (value, True)


def votes(words: str) -> int | None:
    number = whole(words)
    return number if number is not None and number >= 0 else None


def crm_object(words: str) -> str:
    """The CRM's code, or the words as they are."""
    return _CRM.get(singular(words), words)


def status(words: str) -> ActionStatus | None:
    return _STATUS.get(singular(words))


def due(words: str) -> Due:
    """The words, and the exact day when one is written, alone or in brackets after them; day before month, as in Europe."""
    if found := _AFTER.match(words):
        return Due(found[1].rstrip(), _day(found[2]))
    return Due(words, _day(words))


def _day(words: str) -> str | None:
    text = " ".join(words.split()).casefold()
    if found := _ISO.match(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.match(text):
        year = int(found[3])
        return _date(year if year > 99 else 2000 + year, int(found[2]), int(found[1]))
    plain = text.translate(str.maketrans("éû", "eu"))
    if (found := _IN_WORDS.match(plain)) and found[2] in _MONTHS:
        return _date(int(found[3]), _MONTHS[found[2]], int(found[1]))
    return None


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
