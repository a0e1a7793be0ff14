"""Reads the phrase sets beside this file and compares proposals with them, as the header of the shared set says."""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from charniere.phrasing import Assessment, assess

HERE = Path(__file__).parent
VARIANTS = re.compile(r"\{([^{}]*)\}")
NOTHING = "∅"


@dataclass(frozen=True)
class Case:
    id: str
    lang: str
    category: str
    phrase: str
    verdicts: tuple[str, ...]
    acceptable: frozenset[str]
    silent: bool

    @property
    def due(self) -> bool:
        return not self.silent


@dataclass(frozen=True)
class Figures:
    """Shares over a set: verdict right, a due proposal acceptable, a given one acceptable, silence where it is due."""

    phrases: int
    verdict: float
    due: float
    given: float
    silence: float


def read_cases(name: str) -> list[Case]:
    cases: list[Case] = []
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "id\t")):
            ident, lang, category, phrase, verdict, acceptable = line.split("\t")
            ways = [way.strip() for way in acceptable.split("|")]
            wanted = {plain(text) for way in ways if way != NOTHING for text in spelled_out(way)}
            typed = phrase.replace("␠", " ").replace("⍽", " ")
            cases.append(
                Case(
                    ident,
                    lang,
                    category,
                    typed,
                    tuple(verdict.split("/")),
                    frozenset(wanted),
                    NOTHING in ways,
                )
            )
    return cases


def spelled_out(way: str) -> list[str]:
    parts = VARIANTS.split(way)
    choices = [part.split("/") if i % 2 else [part] for i, part in enumerate(parts)]
    return ["".join(choice) for choice in itertools.product(*choices)]


def plain(text: str) -> str:
    """Comparison ignores case, the kind of apostrophe, repeated spaces, and what surrounds the phrase."""
    text = unicodedata.normalize("NFC", text).lower().replace("’", "'")
    text = re.sub(r"[\s  ]+", " ", text)
    return re.sub(r"^[^\w]+|[^\w)(…?!%€]+$|[\s.…]+$", "", text).strip(' .·-–•*«»"⭐😀')


def judged(case: Case) -> tuple[Assessment, bool, bool | None]:
    """The answer, whether the verdict is right, whether the proposal is acceptable (None: nothing was proposed)."""
    answer = assess(case.phrase, case.lang)
    given = None if answer.suggestion is None else plain(answer.suggestion) in case.acceptable
    return answer, answer.verdict in case.verdicts, given


def figures(cases: list[Case]) -> Figures:
    verdicts = dues = dues_right = given = given_right = silences = silences_right = 0
    for case in cases:
        _, right, acceptable = judged(case)
        verdicts += right
        if not case.silent:
            dues += 1
            dues_right += acceptable is True
        if acceptable is not None and case.acceptable:
            given += 1
            given_right += acceptable
        if not case.acceptable:
            silences += 1
            silences_right += acceptable is None
    share = lambda part, whole: round(100 * part / whole, 1) if whole else 100.0  # noqa: E731
    return Figures(
        len(cases),
        share(verdicts, len(cases)),
        share(dues_right, dues),
        share(given_right, given),
        share(silences_right, silences),
    )
