"""The wall as the compiler sees it: notes in journey order with place, links and twins; stages of several boards as one."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import msgspec

from charniere.domain import board as boards
from charniere.domain.board import Archetype, Board, Channel, Kind, Note, Stage
from charniere.domain.boardfile import BoardFile
from charniere.domain.project import Persona, Project
from charniere.spec.lexicon import cues, matching
from charniere.spec.measures import Found, measures
from charniere.spec.parts import Source
from charniere.spec.words import fold, key, stems

PAINS: Final = (Kind.irritant, Kind.breakpoint)
_NO_LETTER: Final = re.compile(r"[^a-z]")
_ORDER: Final = {archetype: index for index, archetype in enumerate(Archetype)}


@dataclass(frozen=True, eq=False)
class Place:
    """A stage of the journey; the records behind it may belong to several boards."""

    label: str
    archetype: Archetype
    inferred: bool
    index: int
    records: tuple[tuple[str, Stage], ...]

    @cached_property
    def goal(self) -> str:
        return _first(stage.goal for _, stage in self.records)

    @cached_property
    def exit_criteria(self) -> str:
        return _first(stage.exit_criteria.strip() for _, stage in self.records)

    @cached_property
    def owner_team(self) -> str:
        return _first(stage.owner_team for _, stage in self.records)

    @cached_property
    def expected_delay(self) -> str:
        return _first(stage.expected_delay for _, stage in self.records)

    def sources(self, part: str = "name") -> tuple[Source, ...]:
        """The stage itself as a source: the line of its sheet that says it."""
        return tuple(
            Source(board=board, stage=stage.id, part=part)
            for board, stage in self.records
            if part == "name" or getattr(stage, part, None)
        )


@dataclass(frozen=True, eq=False)
class Told:
    """One note, with where it stands and what it is."""

    board: str
    note: Note
    kind: Kind | None  # given, or read from the words
    place: Place | None
    channel: Channel | None
    persona: str
    lang: str
    folded: str
    name: str  # the note's id; with its board where two boards have a note of this id
    memo: dict[str, object] = field(default_factory=dict)  # what was read from it once (see reading.once)

    @property
    def text(self) -> str:
        return self.note.text

    @cached_property
    def at(self) -> tuple[str, str]:
        return (self.board, self.note.id)

    @cached_property
    def source(self) -> Source:
        return Source(
            board=self.board,
            note=self.note.id,
            number=self.note.number,
            ref=self.note.ref,
            stage=self.note.stage,
            channel=self.note.channel,
        )

    @cached_property
    def measures(self) -> list[Found]:
        return measures(self.text, self.lang)

    @property
    def internal(self) -> bool:
        return self.channel is not None and self.channel.relation == "internal"

    @property
    def indirect(self) -> bool:
        return self.channel is not None and self.channel.relation == "indirect"

    @property
    def is_pain(self) -> bool:
        return self.kind in PAINS

    @property
    def stage_label(self) -> str:
        return self.place.label if self.place else ""


_BETWEEN_TEAMS = re.compile(r"\s*(?:\+|/|,|;|\bet\b|\band\b)\s*|\s+&\s+")


@dataclass(frozen=True)
class Wall:
    """Everything the sections read. Nothing here changes after `read`."""

    lang: str
    project: Project
    personas: tuple[Persona, ...]
    files: tuple[BoardFile, ...]
    boards: dict[str, Board]
    places: tuple[Place, ...]
    notes: tuple[Told, ...]  # in journey order; private notes and the bin are not here
    aside: dict[tuple[str, str], tuple[Told, str]]  # notes that nothing should be read from, and why
    resolves: dict[tuple[str, str], tuple[Told, ...]]  # an action -> what it answers
    answers: dict[tuple[str, str], tuple[Told, ...]]  # a note -> the actions that answer it
    twins: dict[tuple[str, str], Told]  # a note -> the earlier note that it repeats
    channels: tuple[tuple[str, Channel], ...] = field(default=())

    def of_kind(self, *kinds: Kind) -> list[Told]:
        return [told for told in self.notes if told.kind in kinds]

    @cached_property
    def everything(self) -> tuple[Told, ...]:
        """The notes read and those set aside."""
        return (*self.notes, *(told for told, _ in self.aside.values()))

    @cached_property
    def teams(self) -> tuple[str, ...]:
        """Every team named on the boards, in the order of the journey."""
        names: dict[str, str] = {}
        for place in self.places:
            if place.owner_team:
                names.setdefault(key(place.owner_team), place.owner_team)
        for board in self.boards.values():
            for team in board.info.teams:
                names.setdefault(key(team), team)
        for told in self.notes:
            for team in self.teams_in(told.note.team):
                names.setdefault(key(team), team)
        return tuple(names.values())

    @cached_property
    def _named_teams(self) -> frozenset[str]:
        """Those that a board or a stage names: whatever is in such a name, it is one team."""
        named = {key(team) for board in self.boards.values() for team in board.info.teams}
        return frozenset((named | {key(place.owner_team) for place in self.places}) - {""})

    def teams_in(self, words: str) -> list[str]:
        """« Marketing + Ventes » is two teams; « Dossiers & aides » is one where the board has a team of that name."""
        if key(words) in self._named_teams:
            return [words.strip()]
        return [part.strip() for part in _BETWEEN_TEAMS.split(words) if part.strip()]

    @cached_property
    def repeats(self) -> dict[tuple[str, str], tuple[Told, ...]]:
        """A note -> the notes that repeat it, in journey order."""
        found: dict[tuple[str, str], list[Told]] = defaultdict(list)
        for told in self.notes:
            if told.at in self.twins:
                found[self.twins[told.at].at].append(told)
        return {at: tuple(twins) for at, twins in found.items()}


def read(files: Sequence[BoardFile]) -> Wall:
    """The wall of one project. Raises ValueError without a board."""
    if not files:
        raise ValueError("a specification needs a board")
    values = {file.id: file.board for file in files}
    lang = values[files[0].id].info.lang
    places, of_stage = _places(values, lang)
    told: list[Told] = []
    names: set[str] = set()
    for file in files:
        kept_here = [n for n in values[file.id].notes.values() if n.removed_at is None]
        told += [_tell(file.id, values[file.id], n, of_stage, n.id in names) for n in kept_here]
        names |= {n.id for n in kept_here}
    told.sort(key=lambda t: _journey_order(t, values))
    aside = {t.at: (t, why) for t in told if (why := _why_aside(t))}
    kept = tuple(t for t in told if t.at not in aside)
    by_at = {t.at: t for t in kept}
    resolves, answers = _links(values, by_at)
    personas = {p.id: p for file in files for p in file.personas}
    return Wall(
        lang=lang,
        project=files[0].project,
        personas=tuple(personas.values()),
        files=tuple(files),
        boards=values,
        places=places,
        notes=kept,
        aside=aside,
        resolves=resolves,
        answers=answers,
        twins=_twins(kept),
        channels=tuple(
            (board, channel)
            for board, value in values.items()
            for channel in sorted(value.channels.values(), key=boards.in_order)
        ),
    )


def digest(board: Board) -> str:
    """SHA-256 of the records of a board: two equal boards have equal digests."""
    return hashlib.sha256(msgspec.json.encode(list(boards.records(board)))).hexdigest()


def _first(words: Iterable[str]) -> str:
    return next((w for w in words if w.strip()), "")


def _places(values: dict[str, Board], lang: str) -> tuple[tuple[Place, ...], dict[tuple[str, str], Place]]:
    rows: list[tuple[str, list[tuple[str, Stage]], Archetype, bool]] = []
    for board_id, board in values.items():
        ordered = sorted((s for s in board.stages.values() if s.parent is None), key=boards.in_order)
        for index, stage in enumerate(ordered):
            archetype, inferred = _archetype(stage, index, len(ordered), lang)
            known = next((row for row in rows if row[0] == key(stage.name)), None)
            if known:
                known[1].append((board_id, stage))
                continue
            row = (key(stage.name), [(board_id, stage)], archetype, inferred)
            if board_id == next(iter(values)):
                rows.append(row)
                continue
            after = [i for i, r in enumerate(rows) if _ORDER[r[2]] <= _ORDER[archetype]]
            rows.insert(after[-1] + 1 if after else 0, row)
    places = tuple(
        Place(records[0][1].name.strip() or f"{index + 1}", archetype, inferred, index, tuple(records))
        for index, (_, records, archetype, inferred) in enumerate(rows)
    )
    of_stage = {(board, stage.id): place for place in places for board, stage in place.records}
    for board_id, board in values.items():
        for stage in board.stages.values():
            parent = of_stage.get((board_id, stage.parent)) if stage.parent else None
            if parent:
                of_stage[board_id, stage.id] = parent
    return places, of_stage


def _archetype(stage: Stage, index: int, count: int, lang: str) -> tuple[Archetype, bool]:
    """As chosen; else from the name; else from the place in the row."""
    if stage.archetype:
        return stage.archetype, False
    folded = fold(stage.name)
    for name, cue in cues(lang, "stages").items():
        if cue.search(folded):
            return Archetype(name), True
    ladder = (
        Archetype.discovery,
        Archetype.consideration,
        Archetype.evaluation,
        Archetype.decision,
        Archetype.usage,
        Archetype.loyalty,
    )
    return ladder[min(len(ladder) - 1, index * len(ladder) // max(1, count))], True


def _tell(
    board_id: str, board: Board, note: Note, of_stage: dict[tuple[str, str], Place], taken: bool
) -> Told:
    folded = fold(note.text)
    return Told(
        board=board_id,
        note=note,
        kind=note.kind or _guess(folded, board.info.lang),
        place=of_stage.get((board_id, note.stage)) if note.stage else None,
        channel=board.channels.get(note.channel) if note.channel else None,
        persona=board.info.persona,
        lang=board.info.lang,
        folded=folded,
        name=f"{board_id}-{note.id}" if taken else note.id,
    )


def _guess(folded: str, lang: str) -> Kind | None:
    """The kind of a note « à qualifier », only where the words leave no doubt."""
    if re.match(r"\s*(?:j'|je |i |i'm |we |nous )", folded):
        return Kind.touchpoint
    if folded.rstrip().endswith("?") and len(key(folded)) > 8:
        return Kind.need
    return None


def _journey_order(told: Told, values: dict[str, Board]) -> tuple[int, int, int, str, int]:
    place = told.place.index if told.place else 999
    order = list(values).index(told.board)
    rank = told.channel.rank if told.channel else "~"
    return (place, order, 0 if told.channel else 1, rank + "/" + told.note.rank, told.note.number)


def _why_aside(told: Told) -> str:
    if told.note.private:
        return "private"
    words = key(told.text)
    if len(_NO_LETTER.sub("", words)) < 3:
        return "empty"
    if told.note.kind in (None, Kind.action) and cues(told.lang, "notes")["logistics"].search(told.folded):
        return "logistics"
    nowhere = told.note.kind is None and told.place is None and told.channel is None
    if nowhere and told.kind is not Kind.touchpoint and not matching(told.lang, "objects", told.folded):
        about_us = cues(told.lang, "notes")["errand"].search(told.folded)
        return "logistics" if about_us else "not_understood"
    if cues(told.lang, "notes")["unclear"].search(told.folded.strip()) and len(words.split()) < 7:
        return "empty" if len(words.split()) < 2 else "not_understood"
    return ""


def _links(
    values: dict[str, Board], by_at: dict[tuple[str, str], Told]
) -> tuple[dict[tuple[str, str], tuple[Told, ...]], dict[tuple[str, str], tuple[Told, ...]]]:
    resolves: dict[tuple[str, str], list[Told]] = defaultdict(list)
    answers: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for board_id, board in values.items():
        for link in sorted(board.links.values(), key=lambda one: one.id):
            source, target = by_at.get((board_id, link.source)), by_at.get((board_id, link.target))
            if not source or not target or link.kind == "leads_to":
                continue
            if target.kind is Kind.action and source.kind is not Kind.action:
                source, target = target, source
            if source.kind is Kind.action and target not in resolves[source.at]:
                resolves[source.at].append(target)
                answers[target.at].append(source)
    return (
        {at: tuple(sorted(found, key=lambda t: t.note.number)) for at, found in resolves.items()},
        {at: tuple(sorted(found, key=lambda t: t.note.number)) for at, found in answers.items()},
    )


def _twins(notes: Sequence[Told]) -> dict[tuple[str, str], Told]:
    """Notes that repeat an earlier one: the same words anywhere, nearly the same words in the same cell."""
    twins: dict[tuple[str, str], Told] = {}
    by_words: dict[tuple[Kind | None, frozenset[str]], Told] = {}
    by_cell: dict[
        tuple[str, str | None, str | None, Kind | None], list[tuple[Told, frozenset[str], frozenset[str]]]
    ] = defaultdict(list)
    for told in sorted(notes, key=lambda t: (t.board, t.note.number)):
        words = stems(told.text)
        if len(words) < 2:
            continue
        known = by_words.get((told.kind, words))
        if known is None and told.note.stage:
            cell = by_cell[told.board, told.note.stage, told.note.channel, told.kind]
            plain = _plain(words)
            known = next((other for other, w, p in cell if _alike(words, w, plain, p)), None)
            cell.append((told, words, plain))
        if known is not None:
            twins[told.at] = twins.get(known.at, known)
        else:
            by_words[told.kind, words] = told
    return twins


def _alike(
    one: frozenset[str], two: frozenset[str], plain_one: frozenset[str], plain_two: frozenset[str]
) -> bool:
    common = len(one & two)
    if common >= 3 and common / len(one | two) >= 0.6:
        return True
    small, large = sorted((plain_one, plain_two), key=len)
    return len(small) >= 2 and small <= large and len(one ^ two) <= 5


def _plain(words: frozenset[str]) -> frozenset[str]:
    """Without figures and the units of time that go with them."""
    return frozenset(
        w
        for w in words
        if not w.isdigit() and w not in ("jours", "semain", "mois", "heures", "days", "weeks")
    )
