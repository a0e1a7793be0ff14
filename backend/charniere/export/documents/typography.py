"""How words are set: spaces that no line may break at, and no mark that turns the words of others around. No word is changed.

The French ones do no harm in English, where nobody puts a space before a colon.
"""

import re
from typing import Final

_SPACES: Final = re.compile(
    r"(?<=«) | (?=[»:;!?])"
    r"|(?<=\bn°) (?=\d)|(?<=\bno\.) (?=\d)"
    r"|(?<=\d) (?=(?:%|€|h|j|min|mn|k€|M€|jours?|semaines?|mois|ans?)(?!\w))"
)
# Marks without a letter that set what follows from right to left, or end that: on a page they would reach beyond their note.
_TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


def solid(words: str) -> str:
    """« 48 h », « n° 42 », « mot ? » in one piece."""
    return _SPACES.sub("\u00a0", _TURNS.sub("", words))
