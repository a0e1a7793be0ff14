"""Spaces that no line may break at. Only a space becomes another space: no word is changed.

The French ones do no harm in English, where nobody puts a space before a colon.
"""

import re
from typing import Final

_SPACES: Final = re.compile(
    r"(?<=«) | (?=[»:;!?])"
    r"|(?<=\bn°) (?=\d)|(?<=\bno\.) (?=\d)"
    r"|(?<=\d) (?=(?:%|€|h|j|min|mn|k€|M€|jours?|semaines?|mois|ans?)(?!\w))"
)


def solid(words: str) -> str:
    """« 48 h », « n° 42 », « mot ? » in one piece."""
    return _SPACES.sub("\u00a0", words)
