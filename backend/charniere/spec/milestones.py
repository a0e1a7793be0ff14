"""Milestones of the customer: from what touchpoints tell and stages' exits say, never from a seller's task."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from charniere.spec.lexicon import table
from charniere.spec.parts import Outcome
from charniere.spec.wall import Place, Told
from charniere.spec.words import capital, fold, squash, trim


@dataclass
class Milestone:
    """A step that the customer has made. `criterion` is set when a stage's exit says it."""

    key: str
    label: str
    rank: int
    outcome: Outcome = "open"
    place: Place | None = None
    notes: list[Told] = field(default_factory=list)
    criterion: str = ""
    more: list[str] = field(default_factory=list)  # what else is wanted for it


@cache
def _cues(lang: str, family: str) -> tuple[tuple[str, re.Pattern[str], dict[str, Any]], ...]:
    return tuple(
        (name, re.compile("|".join(f"(?<![a-z]){cue}" for cue in values["cues"])), values)
        for name, values in table(lang, "milestones")[family].items()
    )


def told_milestone(told: Told, family: str) -> Milestone | None:
    """The milestone that a touchpoint tells, if any."""
    found = _match(told.folded, told.lang, family)
    if not found or _DENIED.search(told.folded):
        return None
    return Milestone(found.key, found.label, found.rank, found.outcome, told.place, [told])


def exit_milestones(place: Place, lang: str, family: str) -> list[Milestone]:
    """The milestones that the exit criteria of a stage say, one a clause."""
    out = []
    for index, clause in enumerate(clauses(place.exit_criteria, lang)):
        known = _match(fold(clause), lang, family)
        label = milestone_label(clause, lang)
        if known:
            said = label if len(label) <= 48 and known.outcome == "open" else known.label
            out.append(Milestone(known.key, said, known.rank, known.outcome, place, [], clause))
        else:
            out.append(Milestone(f"exit_{place.index}_{index}", label, _UNRANKED, "open", place, [], clause))
    return _ranked(out)


_UNRANKED: Final = -1


def _ranked(steps: list[Milestone]) -> list[Milestone]:
    """A clause that no milestone is known for stands between its neighbours in the words of the exit."""
    for index, step in enumerate(steps):
        if step.rank != _UNRANKED:
            continue
        before = steps[index - 1].rank if index else None
        after = next((s.rank for s in steps[index + 1 :] if s.rank != _UNRANKED), None)
        step.rank = before + 1 if before is not None else after - 1 if after is not None else 80
    return steps


_BORROWED: Final = (
    "audit",
    "visit",
    "trial",
    "interview",
    "documents",
    "deposit",
    "won_signed",
    "won_enrolled",
    "won_booked",
)


def _match(folded: str, lang: str, family: str) -> Milestone | None:
    """In the family's own table; requests borrow the milestones that are not about buying."""
    found = _first(folded, lang, family)
    if found is None and family == "request":
        other = _first(folded, lang, "sales")
        return other if other and other.key in _BORROWED else None
    return found


def _first(folded: str, lang: str, family: str) -> Milestone | None:
    for name, cue, values in _cues(lang, family):
        if cue.search(folded):
            label = values["label"]
            for words, refined in values.get("labels", {}).items():
                if re.search(words, folded):
                    label = refined
                    break
            return Milestone(name, label, values["rank"], values.get("outcome", "open"))
    return None


def clauses(words: str, lang: str) -> list[str]:
    """The criteria of an exit, apart: « la démo a eu lieu, une proposition a été remise » are two."""
    words = squash(words)
    if not words:
        return []
    bare = re.sub(r"\([^)]*\)", lambda m: "¤" * len(m[0]), words)
    joins = r",\s+|;\s+|\.\s+" + (
        rf"|\s+et\s+(?={_DETERMINER})" if lang == "fr" else rf"|,?\s+and\s+(?={_ARTICLE})"
    )
    pieces: list[tuple[int, int]] = []
    start = 0
    for match in re.finditer(joins, bare, re.I):
        pieces.append((start, match.start()))
        start = match.end()
    pieces.append((start, len(bare)))
    out: list[str] = []
    held = 0
    for number, (begin, end) in enumerate(pieces):
        here = words[pieces[held][0] : end]
        if _has_verb(words[begin:end], lang) or number == len(pieces) - 1:
            out.append(here.strip(" .,;"))
            held = number + 1
    return [c for c in out if c]


def milestone_label(clause: str, lang: str) -> str:
    """« une proposition a été remise » is « Proposition remise »; a clause that resists keeps its words."""
    plain = trim(re.sub(r"\s*\([^)]*\)", "", clause))
    return _french(plain) if lang == "fr" else _english(plain)


# « sans avoir été prévenu », « ne reçois pas »: what did not happen is no milestone
_DENIED: Final = re.compile(
    r"\bsans (?:avoir|que|jamais)|\b(?:ne|n') ?\w+ (?:pas|jamais|plus)\b|\bpersonne ne\b|\bnot\b|\bnever\b|n't\b|\bwithout\b"
)
_DETERMINER: Final = r"(?:le |la |les |l['’]|un |une |son |sa |ses |au moins |tous |toutes |chaque |\d)"
_ARTICLE: Final = r"(?:the |a |an |their |all |at least |\d)"
_PARTICIPLE: Final = (
    r"\w+(?:é|ée|és|ées)\b|(?:remis|émis|reçu|rendu|connu|fait|ouvert|pris|mis|permis|conclu|résolu|conduit|écrit|décrit|dit|requis|transmis|clos|"
    r"vendu|lu|vu|tenu|établi|fourni|choisi|rempli|réuni|défini|inscrit|souscrit|admis|couvert|payé|complet|atteint|joint|vérifié)(?:e|s|es)?\b"
)
_CUT: Final = re.compile(
    r"\s+(?:sur|avec|pour|dans|par|auprès|au|aux|à|chez|avant|sans|via|en ligne|ou à)\s.*$", re.I
)
_MASCULINE: Final = re.compile(r"^(?:un|le|son|mon|ce|du)\b", re.I)
_FEMININE: Final = re.compile(r"^(?:une|la|sa|ma|cette)\b", re.I)
_FEMININE_NOUN: Final = re.compile(r"^\w*(?:tion|sion|té|ie|ure|ance|ence|ette|esse|ade|ée|ude)s?\b", re.I)


def _has_verb(words: str, lang: str) -> bool:
    if lang != "fr":
        return bool(
            re.search(
                r"\b(?:is|are|has|have|was|were|\w+ed|signed|sent|paid|met|made|given|done|known)\b",
                words,
                re.I,
            )
        )
    return bool(re.search(rf"\b(?:est|sont|a|ont|accepte|sait|peut)\b|\b(?:{_PARTICIPLE})", words, re.I))


def _french(clause: str) -> str:
    happened = re.match(r"^(?P<np>.+?)\s+(?:a|ont) eu lieu", clause, re.I)
    if happened:
        return capital(f"{_bare(happened['np'])} {_agree('réalisé', happened['np'])}")
    passive = re.match(
        rf"^(?P<np>.+?)\s+(?:est|sont|a été|ont été|soit|soient)\s+(?:bien |enfin )?(?P<pp>{_PARTICIPLE})",
        clause,
        re.I,
    )
    if passive:
        return capital(
            f"{_bare(_CUT.sub('', passive['np']) if len(passive['np']) > 40 else passive['np'])} {passive['pp']}"
        )
    active = re.match(
        rf"^(?P<who>.+?)\s+(?:a|ont)\s+(?:bien )?(?P<pp>{_PARTICIPLE})\s+(?P<obj>{_DETERMINER}.+)$",
        clause,
        re.I,
    )
    if active:
        thing = _CUT.sub("", re.split(rf"\s+(?:et|ou)\s+(?:accepte\b|a\b|{_PARTICIPLE})", active["obj"])[0])
        return capital(f"{_bare(thing)} {_agree(active['pp'], thing)}")
    alone = re.match(rf"^(?P<who>{_DETERMINER}.+?)\s+(?:a|ont)\s+(?P<pp>{_PARTICIPLE})$", clause, re.I)
    if alone:
        return capital(f"{alone['pp']} par {alone['who']}")
    elliptic = re.match(
        rf"^(?P<np>{_DETERMINER}.+?)\s+(?P<pp>{_PARTICIPLE})(?:\s+(?:par|avec|et|le|la|les|à|au)\b.*)?$",
        clause,
        re.I,
    )
    if elliptic:
        return capital(f"{_bare(elliptic['np'])} {elliptic['pp']}")
    adjective = re.match(r"^(?P<np>.+?)\s+(?:est|sont)\s+(?P<adj>[\w-]+)$", clause, re.I)
    if adjective:
        return capital(f"{_bare(adjective['np'])} {adjective['adj']}")
    return capital(clause)


def _bare(words: str) -> str:
    """Without articles: « le besoin et les décideurs » is « besoin et décideurs »."""
    words = re.sub(
        r"(^|,\s|\bet\s|\bou\s)(?:(?:tous les|toutes les|au moins|les|le|la|une|un"
        r"|sa|ses|son|ma|mes|mon|chaque|cette|ce)\s+|l['’])",
        r"\1",
        words,
        flags=re.I,
    )
    return re.sub(r"^(\d+ %) des\b", r"\1 des", words).strip()


def _agree(participle: str, noun_phrase: str) -> str:
    """The participle as the noun wants it: « une démo » + « demandé » gives « demandée »."""
    base = re.sub(r"(?:es|e|s)$", "", participle) if re.search(r"(?:ée|és|ées)$", participle) else participle
    bare = _bare(noun_phrase)
    plural = bool(re.match(r"(?:les|des|ses|mes|tous|toutes)\b", noun_phrase, re.I))
    feminine = bool(_FEMININE.match(noun_phrase)) or (
        not _MASCULINE.match(noun_phrase) and bool(_FEMININE_NOUN.match(bare))
    )
    return base + ("e" if feminine else "") + ("s" if plural and not base.endswith("s") else "")


def _english(clause: str) -> str:
    passive = re.match(r"^(?P<np>.+?)\s+(?:is|are|has been|have been|was|were)\s+(?P<pp>\w+)", clause, re.I)
    if passive:
        return capital(f"{_unarticled(passive['np'])} {passive['pp']}")
    active = re.match(
        r"^(?P<who>.+?)\s+(?:has|have)\s+(?P<pp>\w+)\s+(?P<obj>(?:the|a|an|their|our|his|her)\s.+)$",
        clause,
        re.I,
    )
    if active:
        return capital(
            f"{_unarticled(re.split(r' (?:on|with|for|in|to|at|from) ', active['obj'])[0])} {active['pp']}"
        )
    elliptic = re.match(
        r"^(?P<np>(?:the|a|an|their)\s.+?)\s+(?P<pp>\w+(?:ed|en|t)|paid|done|made|known|found)$", clause, re.I
    )
    if elliptic:
        return capital(f"{_unarticled(elliptic['np'])} {elliptic['pp']}")
    return capital(clause)


def _unarticled(words: str) -> str:
    return re.sub(
        r"(^|,\s|\band\s|\bor\s)(?:the|a|an|their|our|his|her|all)\s+", r"\1", words, flags=re.I
    ).strip()
