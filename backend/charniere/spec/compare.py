"""What differs between two specifications, line by line. A line is the same by its id.

Content, standing (proposed, validated ...), sources and order are told apart. Printed codes, reasons, numbers of notes and
what is derived from other lines (`feeds`, `covers`) are no difference. Why something changed is in `causes`.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import cache
from typing import Any, Final, NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import fields

from charniere.spec.attributes import STEPS
from charniere.spec.lines import PipelineStage
from charniere.spec.model import SECTIONS, BoardPin, SetAside, Spec
from charniere.spec.parts import Source, State

Plain: TypeAlias = None | bool | int | float | str | list[Any] | dict[str, Any]  # a JSON value

# The steps of pipelines are lines of their own, after them.
COMPARED: Final = (
    "project",
    "personas",
    "journey",
    *(name for section in SECTIONS for name in ((section, STEPS) if section == "pipelines" else (section,))),
)
# `order` and `stages` are the order of lines; what is `inferred`, asked or to be confirmed is standing.
_NOT_CONTENT: Final = frozenset(
    "id code state reason sources questions to_confirm inferred stages order feeds covers".split()
)


class ComparedLine(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which line: as it is in the later specification, or was in the earlier one for what was removed. Sheets have no code and
    no state. `aside`: where it is missing, people had set it aside; why, and by whom."""

    id: str
    code: str = ""
    label: str
    state: State | None = None
    sources: tuple[Source, ...] = ()
    aside: SetAside | None = None


class Difference(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One attribute, as `spec.json` has it on either side, without the sources inside."""

    name: str
    before: Plain
    after: Plain


class Change(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A line that says something else; at least one attribute."""

    line: ComparedLine
    attributes: tuple[Difference, ...]


class Standing(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A line that stands otherwise. `opened` names the attributes that are asked or to be confirmed now, `settled` those that no
    longer are."""

    line: ComparedLine
    before: State | None
    after: State | None
    opened: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()


class Citation(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A line that comes from elsewhere: notes, stages and channels that it cites now, and those that it cites no more."""

    line: ComparedLine
    added: tuple[Source, ...] = ()
    removed: tuple[Source, ...] = ()


class Move(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A line that changed places with others: its place on either side, from 1, among those of its section (of its pipeline,
    of its set of statuses)."""

    line: ComparedLine
    before: int
    after: int


class SectionComparison(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One section that differs. Lines are in the order of the later specification, removed ones in that of the earlier."""

    name: str  # one of COMPARED
    added: tuple[ComparedLine, ...] = ()
    removed: tuple[ComparedLine, ...] = ()
    changed: tuple[Change, ...] = ()
    standing: tuple[Standing, ...] = ()
    cited: tuple[Citation, ...] = ()
    moved: tuple[Move, ...] = ()


class Comparison(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The sections that differ, in the order of `COMPARED`, and the boards on either side."""

    before: tuple[BoardPin, ...]
    after: tuple[BoardPin, ...]
    sections: tuple[SectionComparison, ...] = ()


def compare(before: Spec, after: Spec) -> Comparison:
    """Pure and deterministic. In linear time, but for lines that changed places (n log n)."""
    found = (_section(name, before, after) for name in COMPARED)
    return Comparison(
        before=before.boards,
        after=after.boards,
        sections=tuple(one for one in found if one is not None),
    )


def plain(value: Any, *, bare: bool = False) -> Plain:
    """A part of a line as JSON, without the sources inside. `bare`: a source is only what it names, for comparing."""
    if isinstance(value, Source):
        names = ("board", "note") if value.note else ("board", "stage", "channel", "part")
        shown = names if bare else (*names, "number", "ref")
        return {name: said for name in shown if (said := getattr(value, name))}
    if isinstance(value, Struct):
        return {
            name: plain(getattr(value, name), bare=bare)
            for name in names_of(type(value))
            if name != "sources"
        }
    if isinstance(value, tuple | list):
        return [plain(one, bare=bare) for one in value]
    if isinstance(value, Enum):
        return str(value.value)
    return value  # type: ignore[no-any-return]  # JSON already: words, figures, maps of words


@cache
def names_of(kind: type[Struct]) -> tuple[str, ...]:
    """The attributes of a kind of line, or of record."""
    return tuple(field.name for field in fields(kind))


class _Row(NamedTuple):
    """A line where it stands: `group` is what it has an order in."""

    id: str
    group: str
    line: Struct


def _rows(spec: Spec, section: str) -> dict[str, _Row]:
    return {row.id: row for row in _each(spec, section)}


def _each(spec: Spec, section: str) -> Iterator[_Row]:
    match section:
        case "project":
            yield _Row(spec.project.id, "", spec.project)
        case "journey":
            for stage in spec.journey:
                names = [f"{s.board}.{s.stage}" for s in stage.sources if s.stage]
                yield _Row(names[0] if names else stage.label, "", stage)
        case "statuses":
            for status in sorted(spec.statuses, key=lambda one: one.order):
                yield _Row(status.id, f"{status.object}.{status.set}", status)
        case _ if section == STEPS:
            for pipeline in spec.pipelines:
                for step in pipeline.stages:
                    yield _Row(step.id, pipeline.id, step)
        case _:
            for line in getattr(spec, section):
                yield _Row(line.id, "", line)


def _section(name: str, earlier: Spec, later: Spec) -> SectionComparison | None:
    before, after = _rows(earlier, name), _rows(later, name)
    pairs = [(before[one], row) for one, row in after.items() if one in before]
    found = SectionComparison(
        name=name,
        added=tuple(_missing(after, before, earlier.rejected)),
        removed=tuple(_missing(before, after, later.rejected)),
        changed=tuple(
            Change(line=_line(now), attributes=said) for was, now in pairs if (said := _attributes(was, now))
        ),
        standing=tuple(filter(None, (_standing(was, now) for was, now in pairs))),
        cited=tuple(filter(None, (_citation(was, now) for was, now in pairs))),
        moved=tuple(_moves(before, after)),
    )
    return None if found == SectionComparison(name=name) else found


def _missing(
    rows: dict[str, _Row], there: dict[str, _Row], aside: Sequence[SetAside]
) -> Iterator[ComparedLine]:
    """The lines that are not there, where others were set aside."""
    why = {one.id: one for one in aside}
    for one, row in rows.items():
        if one not in there:
            yield _line(row, why.get(one))


def _line(row: _Row, aside: SetAside | None = None) -> ComparedLine:
    line = row.line
    return ComparedLine(
        id=row.id,
        code=getattr(line, "code", ""),
        label=str(next(filter(None, (getattr(line, name, "") for name in ("label", "name", "client"))), "")),
        state=getattr(line, "state", None),
        sources=_sources(line),
        aside=aside,
    )


def _attributes(was: _Row, now: _Row) -> tuple[Difference, ...]:
    found = [
        Difference(name=name, before=plain(old), after=plain(new))
        for name in names_of(type(now.line))
        if name not in _NOT_CONTENT
        and (old := getattr(was.line, name)) != (new := getattr(now.line, name))
        and plain(old, bare=True) != plain(new, bare=True)
    ]
    if isinstance(now.line, PipelineStage) and was.group != now.group:
        found.append(Difference(name="pipeline", before=was.group, after=now.group))
    return tuple(found)


def _standing(was: _Row, now: _Row) -> Standing | None:
    old, new = _open(was.line), _open(now.line)
    before, after = getattr(was.line, "state", None), getattr(now.line, "state", None)
    if before == after and old == new:
        return None
    return Standing(
        line=_line(now),
        before=before,
        after=after,
        opened=tuple(sorted(new - old)),
        settled=tuple(sorted(old - new)),
    )


def _open(line: Struct) -> set[str]:
    """The attributes that somebody must still decide or confirm."""
    asked = {question.about for question in getattr(line, "questions", ())}
    inferred = ("archetype",) if getattr(line, "inferred", False) else ()
    return asked | {*getattr(line, "to_confirm", ()), *inferred}


def _citation(was: _Row, now: _Row) -> Citation | None:
    old, new = _by_name(_sources(was.line)), _by_name(_sources(now.line))
    if old.keys() == new.keys():
        return None
    return Citation(
        line=_line(now),
        added=tuple(source for name, source in new.items() if name not in old),
        removed=tuple(source for name, source in old.items() if name not in new),
    )


def _by_name(sources: Iterable[Source]) -> dict[tuple[str | None, ...], Source]:
    """A note is the same wherever it stands."""
    return {(s.board, s.note) if s.note else (s.board, s.stage, s.channel, s.part): s for s in sources}


def _sources(line: Struct) -> tuple[Source, ...]:
    found: tuple[Source, ...] = getattr(line, "sources", ())
    return found


def _moves(before: dict[str, _Row], after: dict[str, _Row]) -> Iterator[Move]:
    old, new = _places(before.values()), _places(after.values())
    stayed = [one for one, row in after.items() if one in before and before[one].group == row.group]
    orders: dict[str, tuple[list[str], list[str]]] = {}
    for one in stayed:
        orders.setdefault(after[one].group, ([], []))[1].append(one)
    kept = set(stayed)
    for one, row in before.items():
        if one in kept:
            orders[row.group][0].append(one)
    moved = {one for was, now in orders.values() for one in _displaced(was, now)}
    for one in stayed:
        if one in moved:
            yield Move(line=_line(after[one]), before=old[one], after=new[one])


def _places(rows: Iterable[_Row]) -> dict[str, int]:
    counts: dict[str, int] = {}
    places: dict[str, int] = {}
    for row in rows:
        counts[row.group] = places[row.id] = counts.get(row.group, 0) + 1
    return places


def _displaced(was: list[str], now: list[str]) -> set[str]:
    """The fewest lines that one would take out so that the rest is in the same order. Two lines that changed places are one
    displaced line; which one does not depend on the direction of the comparison."""
    if was == now:
        return set()
    first, second = sorted((was, now))
    place = {one: index for index, one in enumerate(first)}
    rising = _longest_rising([place[one] for one in second])
    return {one for one in second if place[one] not in rising}


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """A longest rising run of distinct numbers, neighbours or not."""
    tails: list[int] = []
    previous: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tails, number)
        previous[number] = tails[at - 1] if at else None
        tails[at : at + 1] = [number]
    found: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        found.add(last)
        last = previous[last]
    return found
