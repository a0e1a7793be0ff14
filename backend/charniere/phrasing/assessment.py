"""The one question asked to the engine, and the shape of its answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Verdict = Literal["yes", "almost", "no"]

MAX_LENGTH = 2_000
"""Characters read of a text. A longer text is a story, not a touchpoint: its beginning alone is judged, nothing is
proposed."""


@dataclass(frozen=True, slots=True)
class Reason:
    """The rule that spoke, e.g. `infinitive`, with what it read (`{"verb": "remplir"}`). Texts are in the catalogues."""

    rule: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assessment:
    """`suggestion` is a whole replacement text; None where the phrase is right or where a person must rephrase."""

    verdict: Verdict
    suggestion: str | None
    reason: Reason


def assess(text: str, lang: str) -> Assessment:
    """Judges one phrase. `lang` is the board's: anything that does not start with "en" is read as French."""
    from . import english, french  # the tables are read at the first question, not at import

    short = text[:MAX_LENGTH]
    answer = english.assess(short) if lang.lower().startswith("en") else french.assess(short)
    if len(text) > MAX_LENGTH and answer.suggestion is not None:
        return Assessment(answer.verdict, None, answer.reason)
    return answer
