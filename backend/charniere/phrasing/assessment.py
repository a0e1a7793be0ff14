"""The one question asked to the engine, and the shape of its answer."""

from __future__ import annotations

import re
from collections.abc import Callable
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

    judge = english.assess if lang.lower().startswith("en") else french.assess
    answer = judge(text[:MAX_LENGTH])
    if answer.suggestion is None:
        return answer
    proposal = None if len(text) > MAX_LENGTH else settled(answer.suggestion, judge)
    return Assessment(answer.verdict, proposal and typed_as(proposal, text), answer.reason)


def typed_as(proposal: str, text: str) -> str:
    """The proposal with the apostrophes and the no-break spaces of the one who typed."""
    if "’" in text and "'" not in text:
        proposal = proposal.replace("'", "’")
    for space in ("\u202f", "\u00a0"):
        if space in text:
            proposal = re.sub(r" (?=[!?;:»%€])|(?<=«) ", space, proposal)
    return proposal


def settled(suggestion: str, judge: Callable[[str], Assessment]) -> str | None:
    """The proposal once it is right itself, in two more steps at most (« aller se faire rembourser » → je vais me faire
    rembourser → je me fais rembourser); None where it never is: better nothing than a proposal to correct."""
    for _ in range(3):
        again = judge(suggestion)
        if again.verdict == "yes":
            return suggestion
        if again.suggestion is None:
            return None
        suggestion = again.suggestion
    return None
