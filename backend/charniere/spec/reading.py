"""What a note asks of the CRM, read from its words: what sets it off, what is to be done, for whom, how fast."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, TypeAlias, cast

from charniere.spec.lexicon import cues, table
from charniere.spec.measures import Found
from charniere.spec.parts import Measure
from charniere.spec.wall import Told
from charniere.spec.words import key, trim


@dataclass(frozen=True)
class Effect:
    """Something to be done: its kind, its words, who receives it, when."""

    kind: str
    start: int
    words: str
    recipient: str = ""
    delay: Measure | None = None


StartKind: TypeAlias = Literal["event", "absence", "date", "threshold"]


@dataclass(frozen=True)
class Start:
    """What sets it off, as written."""

    kind: StartKind
    words: str
    measure: Measure | None = None


@dataclass(frozen=True)
class Promise:
    """« <subject> <done> sous 48 h »."""

    subject: str
    done: str
    delay: Measure


def effects(told: Told) -> list[Effect]:
    """Everything the note wants done, in the order of its words."""
    spots = _spots(told)
    out: list[Effect] = []
    for index, (start, kind) in enumerate(spots):
        end = spots[index + 1][0] if index + 1 < len(spots) else len(told.text)
        hard = re.search(r"[;→\n]|\. |, sinon|, otherwise| \+ |, et |, and ", told.folded[start + 3 : end])
        stop = start + 3 + hard.start() if hard else end
        words = trim(
            re.sub(
                r"\s(?:et|puis|avec|ou|sinon|par|and|then|with|or|by|the|le|la|les|de|d'|a)\s*$",
                "",
                told.text[start:stop],
            )
        )
        delay = next((f.measure for f in told.measures if start <= f.start < stop and _is_lapse(f)), None)
        out.append(Effect(kind, start, words, recipient(told, start, stop), delay))
    return out


def trigger(told: Told) -> Start | None:
    """What sets the note's effect off: words like « dès que », a lack, a date to come, a threshold."""
    kinds: tuple[StartKind, ...] = ("absence", "event")
    for kind in kinds:
        match = _trigger_pattern(told.lang, kind).search(told.folded)
        if match:
            words = _until_boundary(told, match.end())
            if len(key(words)) > 2:
                return Start(
                    kind,
                    _lead(told, match, kind) + words,
                    _threshold_in(told, match.start(), match.end() + len(words)),
                )
    for found in told.measures:
        if found.measure.direction in (
            "drop",
            "rise",
            "more_than",
            "at_least",
            "less_than",
        ) and not _limits_a_list(told, found):
            subject = found.measure.subject
            words = told.text[found.start : found.end]
            return Start(
                "threshold",
                trim(f"{subject} {words}" if key(subject) not in key(words) else words),
                found.measure,
            )
    for found in told.measures:
        if found.measure.direction in ("before", "after") and found.measure.unit:
            anchor = found.measure.anchor or _named_date(told)
            words = trim(
                f"{found.measure.words} {anchor}"
                if anchor and anchor not in found.measure.words
                else found.measure.words
            )
            return Start("date" if found.measure.direction == "before" else "event", words, found.measure)
    for found in told.measures:
        if found.measure.direction == "every":
            return Start("date", found.measure.words, found.measure)
    given = promise(told)
    if (
        given
        and given.subject
        and re.search(r"\b(?:une?|toute?s?|tous|chaque|les|an?|every|each|any|all)\b", given.subject.lower())
    ):
        return Start("event", given.subject)
    return None


def promise(told: Told) -> Promise | None:
    """The delay that the note promises, with what it promises: only what a note asks for, never what a pain complains of."""
    for found in told.measures:
        if not _is_lapse(found) or found.measure.direction not in ("within", "at_most", "less_than"):
            continue
        head = told.folded[: found.start]
        cut = max(
            (head.rfind(mark) for mark in (",", ";", ":", "→", "+", "(", " et ", " and ", "=", ". ")),
            default=-1,
        )
        cut = cut + 1 if cut >= 0 else 0
        clause = told.text[cut : found.start]
        done = re.search(
            rf"\b(?:{_passive(told.lang)} )?{table(told.lang, 'triggers')['promise']['done']}\b.*$",
            told.folded[cut : found.start],
        )
        subject = trim(clause[: done.start()]) if done else trim(clause)
        subject = re.sub(r"\s(?:est|sont|doit|doivent|sera|is|are|must be)$", "", subject)
        return Promise(subject, trim(clause[done.start() :]) if done else "", found.measure)
    return None


def lapses(told: Told) -> list[Measure]:
    """Every delay of the note, in order."""
    return [found.measure for found in told.measures if _is_lapse(found)]


def thresholds(told: Told) -> list[Measure]:
    """Every threshold of the note, in order."""
    return [f.measure for f in told.measures if f.measure.direction in _THRESHOLDS]


_THRESHOLDS: Final = ("more_than", "at_least", "less_than", "at_most", "drop", "rise")


def recipient(told: Told, start: int, end: int) -> str:
    """Who receives it: « au CSM », « à l'équipe Ventes », « au client »."""
    words = cues(told.lang, "roles")["people"]
    match = words.search(told.folded, start, end)
    return trim(told.text[match.start() : match.end()]) if match else ""


def _is_lapse(found: Found) -> bool:
    return found.measure.unit in (
        "minute",
        "hour",
        "business_hour",
        "day",
        "business_day",
        "week",
        "month",
        "quarter",
        "year",
    )


def _spots(told: Told) -> list[tuple[int, str]]:
    """Where effects begin: the first cue wins a place, cues inside another's words do not count twice."""
    spots: list[tuple[int, int, str]] = []
    for kind, cue in cues(told.lang, "effects").items():
        for match in cue.finditer(told.folded):
            if not any(match.start() < end and start < match.end() for start, end, _ in spots):
                spots.append((match.start(), match.end(), kind))
    return [(start, kind) for start, _, kind in sorted(spots)]


@cache
def _trigger_pattern(lang: str, kind: str) -> re.Pattern[str]:
    parts = table(lang, "triggers")[kind]
    return re.compile("|".join(rf"(?<![a-z']){part}" for part in parts))


@cache
def _passive(lang: str) -> str:
    return cast(str, table(lang, "triggers")["passive"])


def _until_boundary(told: Told, start: int) -> str:
    stop = re.compile(table(told.lang, "triggers")["boundary"]).search(told.folded, start)
    end = stop.start() if stop else len(told.text)
    for spot, _ in _spots(told):
        if start + 8 < spot < end and re.search(r"\s$", told.text[start:spot]):
            end = spot
            break
    measure = next(
        (f for f in told.measures if start < f.start < end and f.measure.direction == "within"), None
    )
    words = told.text[start : measure.start if measure else end]
    passive = re.search(rf"\s{_passive(told.lang)}\s*$", told.folded[start : start + len(words)].rstrip())
    return trim(words[: passive.start()] if passive and measure else words)


def _lead(told: Told, match: re.Match[str], kind: str) -> str:
    """For a lack, the word that says it is one is kept (« sans réponse »)."""
    return told.text[match.start() : match.end()].lstrip() if kind == "absence" else ""


def _threshold_in(told: Told, start: int, end: int) -> Measure | None:
    return next(
        (
            f.measure
            for f in told.measures
            if start <= f.start < end + 20 and f.measure.direction in (*_THRESHOLDS, "since")
        ),
        None,
    )


def _limits_a_list(told: Told, found: Found) -> bool:
    """« 5 champs max » limits a form; nothing is set off by it."""
    around = told.folded[max(0, found.start - 12) : found.end + 14]
    return bool(
        re.search(
            r"champs|statuts|motifs|valeurs|choix|questions|criteres|pages|fields|status|reasons|values",
            around,
        )
    )


def _named_date(told: Told) -> str:
    """« Alerte renouvellement à J-90 »: the date is named before the figure."""
    match = cues(told.lang, "roles")["dates"].search(told.folded)
    return trim(told.text[match.start() : match.end()]) if match else ""
