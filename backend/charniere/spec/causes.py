"""Why a line differs between two specifications: what happened meanwhile, on the boards, to the notes, stages and channels that
it cites.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from msgspec import Struct

from charniere.domain.board import BoardRevision
from charniere.domain.boardfile import BoardFile
from charniere.spec.compare import ComparedLine, Comparison
from charniere.spec.happened import PLACE, RANK, Cause, Happened, Key, Tied, happened
from charniere.spec.parts import Source

# What a note takes from the stage and the channel where it stands.
_OF_THE_PLACE: Final = frozenset({"name", "archetype", "parent", "relation"})
_OF_ANY_PART: Final = frozenset({"name", "archetype"})  # what concerns every line of the sheet of a stage


class LineCauses(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One line of a comparison, and what happened to what it cites. None: it follows from something else on the wall, or somebody
    decided it in the review."""

    section: str
    id: str
    causes: tuple[Cause, ...] = ()


def causes(
    comparison: Comparison, revisions: Mapping[str, Sequence[BoardRevision]], files: Sequence[BoardFile]
) -> tuple[LineCauses, ...]:
    """Every line of the comparison, once, with its causes in the order in which they happened.

    `revisions` are the logs of the boards, in order and with what each change replaced (`was`); what lies outside the two pins
    of a board is left aside. `files` are the boards as they stand at the later pin: they give names and numbers.
    """
    found = happened(
        revisions,
        {pin.id: pin.seq for pin in comparison.before},
        {pin.id: pin.seq for pin in comparison.after},
        {file.id: file.board for file in files},
    )
    return tuple(
        LineCauses(section=section, id=met.id, causes=tuple(sorted(_of_line(met, found), key=_when)))
        for section, met in _lines(comparison)
    )


@dataclass
class _Met:
    """All that a comparison says of one line, and what the line cites: a sheet with the parts of it, places where notes stand."""

    id: str
    came_or_went: bool = False
    moved: bool = False
    notes: set[Key] = field(default_factory=set)
    sheets: dict[Key, set[str]] = field(default_factory=dict)
    places: set[Key] = field(default_factory=set)


def _lines(comparison: Comparison) -> Iterator[tuple[str, _Met]]:
    for section in comparison.sections:
        met: dict[str, _Met] = {}
        for line in (*section.added, *section.removed):
            _meet(met, line).came_or_went = True
        for change in section.changed:
            _meet(met, change.line)
        for standing in section.standing:
            _meet(met, standing.line)
        for citation in section.cited:
            _cite(_meet(met, citation.line), citation.removed)
        for move in section.moved:
            _meet(met, move.line).moved = True
        yield from ((section.name, one) for one in met.values())


def _meet(met: dict[str, _Met], line: ComparedLine) -> _Met:
    if line.id not in met:
        met[line.id] = _Met(line.id)
        _cite(met[line.id], line.sources)
    return met[line.id]


def _cite(met: _Met, sources: Sequence[Source]) -> None:
    for source in sources:
        if source.note:
            met.notes.add((source.board, "note", source.note))
        for subject in PLACE:
            name = getattr(source, subject)
            if name and source.note:
                met.places.add((source.board, subject, name))
            elif name:
                met.sheets.setdefault((source.board, subject, name), set()).add(source.part)


def _of_line(met: _Met, found: Happened) -> Iterator[Cause]:
    for key in met.notes:
        yield from (one for one in found.records.get(key, ()) if met.moved or one.attribute != RANK)
    for key, parts in met.sheets.items():
        whole = not parts.isdisjoint(("", "name"))
        for one in found.records.get(key, ()):
            if whole or one.what != "attribute" or one.attribute in parts | _OF_ANY_PART:
                yield one
    for key in met.places - met.sheets.keys():
        yield from (
            one
            for one in found.records.get(key, ())
            if one.what != "attribute" or one.attribute in _OF_THE_PLACE
        )
    yield from _between(met, found.links)


def _between(met: _Met, links: Mapping[Key, list[Tied]]) -> Iterator[Cause]:
    """Links between notes that the line cites. One that only begins or ends there may bring a line or take it away."""
    found = {
        (tied.cause.board, tied.cause.id): tied.cause
        for key in met.notes
        for tied in links.get(key, ())
        if met.came_or_went or tied.other in met.notes
    }
    yield from found.values()


def _when(cause: Cause) -> tuple[int, str, int, str, str, str, str]:
    return (cause.at, cause.board, cause.seq, cause.subject, cause.id, cause.what, cause.attribute)
