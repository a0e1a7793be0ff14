"""What a note asks of the CRM, read from its words: what sets it off, what is to be done, for whom, how fast."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal, TypeAlias, TypeVar, cast

from msgspec import structs

from charniere.spec.lexicon import cues, table
from charniere.spec.measures import Found
from charniere.spec.parts import Measure
from charniere.spec.wall import Told
from charniere.spec.words import fold, key, trim

T = TypeVar("T")


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


def once(read: Callable[[Told], T]) -> Callable[[Told], T]:
    """Reads a note once in a compile: several sections ask the same thing of it."""

    def reader(told: Told) -> T:
        if read.__name__ not in told.memo:
            told.memo[read.__name__] = read(told)
        return cast(T, told.memo[read.__name__])

    return reader


@once
def effects(told: Told) -> list[Effect]:
    """Everything the note wants done, in the order of its words; one line for each day that it names (« J+3 et J+10 »)."""
    found = _merged(told, _spots(told))
    out: list[Effect] = []
    for index, (start, kind) in enumerate(found):
        end = found[index + 1][0] if index + 1 < len(found) else len(told.text)
        hard = re.search(_HARD, told.folded[start + 3 : end])
        stop = start + 3 + hard.start() if hard else end
        words = trim(re.sub(_LOOSE_END, "", told.text[start:stop], flags=re.I))
        who = recipient(told, start, stop) if kind in _TO_SOMEBODY else ""
        days = [f.measure for f in told.measures if start <= f.start < stop and _is_delay(f)]
        series: list[Measure] = (
            days if len(days) > 1 and all(d.direction in ("after", "before") for d in days) else days[:1]
        )
        out += [Effect(kind, start, words, who, delay) for delay in (series or (None,))]
    return out


_HARD: Final = r"[;→\n]|\. |, sinon|, otherwise| \+ |, et |, and "
_LOOSE_END: Final = r"\s(?:et|puis|avec|ou|sinon|par|and|then|with|or|by|the|le|la|les|de|d'|a|un|une)\s*$"
_TO_SOMEBODY: Final = frozenset(
    ("alert", "assign", "escalate", "send", "task", "approve", "handover", "follow_up")
)


@once
def trigger(told: Told) -> Start | None:
    """What sets the note's effect off: words like « dès que », a lack, a date to come, a threshold, the thing handled."""
    return _cued(told) or _chased(told) or _crossed(told) or _dated(told) or _handled(told) or _headed(told)


def _cued(told: Told) -> Start | None:
    """The first cue of the text; a lack that is part of an event says it better (« si offre sans réponse »)."""
    found = [start for start in (_cue(told, "event"), _cue(told, "absence")) if start]
    if len(found) == 2:
        event, lack = found
        core = lack.words.split(" sans ")[-1] if " sans " in lack.words else lack.words
        return lack if core in event.words or told.text.find(core) < told.text.find(event.words) else event
    return found[0] if found else _cue(told, "date")


def _cue(told: Told, kind: StartKind) -> Start | None:
    match = _trigger_pattern(told.lang, kind).search(told.folded)
    if not match:
        return None
    words = _until_boundary(told, match.end())
    if len(key(words)) <= 2:
        return None
    measure = _threshold_in(told, match.start(), match.end() + len(words))
    if kind == "date" and any(f.measure.direction in ("before", "after") for f in told.measures):
        return None  # the figure says it better
    crossed = measure is not None and measure.direction in _THRESHOLDS
    return Start(
        "threshold" if crossed and kind == "event" else kind, _lead(told, match, kind) + words, measure
    )


# « Relance panier abandonné », « Alerte dossier incomplet »: what is chased says in which state it is
_CHASED: Final = re.compile(
    r"\b(?:relances?|alertes?|rappels?|chase|reminder|alert)\s+(?:auto\w*\s+)?(?:on |for |about )?"
    r"(?P<what>\w+\s+(?:non\s+\w+|\w+(?:é|ée|és|ées)|incompl\w+|impayée?s?|abandoned|unpaid|unsigned))\b",
    re.I,
)


def _chased(told: Told) -> Start | None:
    match = _CHASED.search(told.text)
    return Start("event", match["what"]) if match else None


def _crossed(told: Told) -> Start | None:
    """« au-delà de 12 % », « baisse de 30 % »: a threshold that limits no list."""
    for found in told.measures:
        if found.measure.direction in _THRESHOLDS and not _limits_a_list(told, found):
            subject = found.measure.subject
            words = told.text[found.start : found.end]
            verb = re.match(r"\w+(?:er|ir|re)\b", subject.lower())
            whole = f"{subject} {words}" if subject and not verb and key(subject) not in key(words) else words
            return Start("threshold", trim(whole), found.measure)
    return None


def _dated(told: Told) -> Start | None:
    for found in told.measures:
        measure = found.measure
        if measure.anchor and measure.direction == "within" and _is_lapse(found):
            end = told.text.find(measure.anchor, found.start) + len(measure.anchor)
            return Start("event", trim(told.text[found.start : max(end, found.end)]), None)
        if measure.direction in ("before", "after") and measure.unit:
            kind: StartKind = "date" if measure.direction == "before" else "event"
            if measure.anchor:
                end = told.text.find(measure.anchor, found.start) + len(measure.anchor)
                return Start(kind, trim(told.text[found.start : max(end, found.end)]), measure)
            named = _named_date(told)
            anchored = structs.replace(measure, anchor=named) if named else measure
            return Start(kind, trim(f"{named} {measure.words}"), anchored)
        if measure.direction == "since":
            head = max((told.text.rfind(mark, 0, found.start) for mark in (",", ";", ":", ". ")), default=-1)
            return Start("absence", trim(told.text[head + 1 : found.end]), measure)
        if measure.direction == "every":
            return Start("date", measure.words, measure)
    return None


def _handled(told: Told) -> Start | None:
    """« Demande de dépannage traitée sous 12 h »: what is handled sets it off; what is produced (a quote) does not."""
    given = promise(told)
    head = re.match(
        rf"\s*({table(told.lang, 'triggers')['promise']['heads']}[^:;.]{{0,60}}?) ?:", told.folded
    )
    if given and head and "=" not in told.text:
        return Start("event", trim(told.text[head.start(1) : head.end(1)]))
    if given is None or not given.subject or not given.done:
        return None
    handled = re.search(table(told.lang, "triggers")["promise"]["handled"], fold(given.done))
    verb = re.match(r"\w+(?:er|ir)\b", given.subject.lower())
    return Start("event", given.subject) if handled and not verb else None


_ANSWERS: Final = frozenset(
    ("alert", "follow_up", "task", "escalate", "send", "assign", "approve", "schedule")
)


def _headed(told: Told) -> Start | None:
    """« Deux absences en une semaine : appel du référent »: what stands before the colon, when what stands behind answers it."""
    head = re.match(r"\s*([^:;.=(]{8,90}?)\s?:\s", told.text)
    if not head or "=" in told.text:
        return None
    found = spots(told.folded, told.lang)
    if any(start < head.end(1) for start, _ in found) or not any(kind in _ANSWERS for _, kind in found):
        return None
    return Start("event", trim(head[1]))


@once
def promise(told: Told) -> Promise | None:
    """The delay that the note promises, with what it promises: only what is asked for, never what a pain complains of."""
    for found in told.measures:
        if _is_lapse(found) and found.measure.direction in ("within", "at_most"):
            return _promised(told, found)
    return None


@once
def promises(told: Told) -> list[Promise]:
    """Every delay that the note promises, each with the words of its own clause."""
    return [
        _promised(told, f)
        for f in told.measures
        if _is_lapse(f) and f.measure.direction in ("within", "at_most")
    ]


def _promised(told: Told, found: Found) -> Promise:
    head = told.folded[: found.start]
    marks = (",", ";", ":", "→", "+", "(", " et ", " and ", " puis ", ". ")
    cut = max((head.rfind(mark) + len(mark) for mark in marks if mark in head), default=0)
    clause = told.text[cut : found.start]
    verb = rf"\b(?:{_passive(told.lang)} )?{table(told.lang, 'triggers')['promise']['done']}\b"
    done = next(reversed(list(re.finditer(verb, told.folded[cut : found.start]))), None)
    subject = trim(clause[: done.start()]) if done else trim(clause)
    subject = re.sub(r"\s(?:est|sont|doit|doivent|sera|is|are|must be)$", "", subject)
    return Promise(subject, trim(clause[done.start() :]) if done else "", found.measure)


@once
def lapses(told: Told) -> list[Measure]:
    """Every delay of the note, in order."""
    return [found.measure for found in told.measures if _is_lapse(found)]


@once
def thresholds(told: Told) -> list[Measure]:
    """Every threshold of the note, in order."""
    return [f.measure for f in told.measures if f.measure.direction in _THRESHOLDS]


_THRESHOLDS: Final = ("more_than", "at_least", "less_than", "at_most", "drop", "rise")


def recipient(told: Told, start: int, end: int) -> str:
    """Who receives it: « au CSM », « le client ET le gestionnaire »."""
    words = cues(told.lang, "roles")["people"]
    found = [trim(told.text[m.start() : m.end()]) for m in words.finditer(told.folded, start, end)]
    return ", ".join(dict.fromkeys(found[:2])) if _joined(told, start, end) else (found[0] if found else "")


def _joined(told: Told, start: int, end: int) -> bool:
    """« le client et le distributeur »: two people with nothing else between."""
    return bool(
        re.search(
            r"\b\w+ (?:et|and|ou|or) (?:le |la |l'|les |au |aux |a la |the |its )?\w+", told.folded[start:end]
        )
    )


def _is_delay(found: Found) -> bool:
    """A span of time that is waited or allowed, not one that something exceeds."""
    return _is_lapse(found) and found.measure.direction in ("within", "after", "before", "since", "every")


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


def _merged(told: Told, found: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """« Couper les scénarios de nurturing » is one thing to do: a cue that only names its object starts nothing."""
    out: list[tuple[int, str]] = []
    for start, kind in found:
        if out and not re.search(_HARD, told.folded[out[-1][0] : start]):
            before = out[-1][1]
            if before == kind or (kind == "sequence" and before in ("stop", "follow_up", "assign", "create")):
                continue
        out.append((start, kind))
    return out


def _spots(told: Told) -> tuple[tuple[int, str], ...]:
    return spots(told.folded, told.lang)


@lru_cache(maxsize=4096)
def spots(folded: str, lang: str) -> tuple[tuple[int, str], ...]:
    """Where effects begin: the first cue wins a place, cues inside another's words do not count twice."""
    found: list[tuple[int, int, str]] = []
    for kind, cue in cues(lang, "effects").items():
        for match in cue.finditer(folded):
            ahead = folded[: match.start()].endswith(("avant de ", "avant d'", "before "))
            if not ahead and not any(match.start() < end and start < match.end() for start, end, _ in found):
                found.append((match.start(), match.end(), kind))
    return tuple((start, kind) for start, _, kind in sorted(found))


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
    words = words[: passive.start()] if passive and measure else words
    return trim(re.sub(r"\s(?:est|sont|is|are|avec une?|with a|et|and|de|a|the|le|la)\s*$", "", trim(words)))


_LACKING: Final = r"\b(?:si |quand |toute? |les? |if |every |all )((?:\w+['’ ]?){1,4})$"


def _lead(told: Told, match: re.Match[str], kind: str) -> str:
    """For a lack, the word that says it is one is kept, and what lacks it (« proposition sans réponse »)."""
    if kind == "date":
        return told.text[match.start() : match.end()].lstrip()
    if kind != "absence":
        return ""
    said = told.text[match.start() : match.end()].lstrip()
    before = re.search(_LACKING, told.text[: match.start()])
    return (before[1].strip() + " " if before else "") + said


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
