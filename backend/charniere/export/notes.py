"""All the notes of a board as `notes.csv`, in the layout that an import reads: what goes out comes back equal."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from charniere.domain.board import Board, Channel, Due, Kind, Note, Stage, in_order
from charniere.export import csvtext
from charniere.export.csvtext import number
from charniere.export.losses import Loss, loss
from charniere.imports import values
from charniere.imports.layout import (
    ALWAYS,
    COLUMNS,
    CRM_WORDS,
    KEPT_SUFFIX,
    KIND_WORDS,
    NEED_WORDS,
    STATUS_WORDS,
    fold,
    key_of,
    link_kind,
)

_SAFE_REF: Final = re.compile(r"\w[\w.\-]*")
_OPTIONAL: Final = ("number", "status", "source", "evidence")
# Fields of a note that no column holds.
_NO_COLUMN: Final = ("feeling", "touch", "visible", "tracked", "measured", "private")


class _Names(NamedTuple):
    """How the rows call stages, channels and each other."""

    stages: Mapping[str, str]
    channels: Mapping[str, str]
    refs: Mapping[str, str]  # note id -> its ref, where that can stand in a list and means one note only
    numbers: Mapping[str, str]  # note id -> `#42` (`##42` where somebody's refs look like that)
    every_ref: frozenset[str]


def write(board: Board) -> tuple[bytes, tuple[Loss, ...]]:
    """The bytes, and what they do not carry. Columns and words are in the board's language."""
    lang = board.info.lang
    notes, by_number = _in_rows(board)
    names, targets = _names(board, notes), _targets(board, notes)
    kept: list[dict[str, str]] = []
    rows: list[dict[str, str]] = []
    for note in notes:
        cells = _cells(note, targets.get(note.id, ()), names, lang)
        rows.append(cells)
        kept.append(dict(_kept(note, cells, lang)))
    linked_by_number = any("#" in cells["links"] for cells in rows)
    blank = any(not any(c.strip() for c in cells.values()) and not cells["text"] for cells in rows)
    if not by_number or linked_by_number or blank:
        for cells, note in zip(rows, notes, strict=True):
            cells["number"] = number(note.number)
    columns = [*ALWAYS, *(key for key in _OPTIONAL if any(cells.get(key) for cells in rows))]
    others = sorted({header for beside in kept for header in beside})
    data = csvtext.write(
        [*(COLUMNS[lang][key][0] for key in columns), *others],
        (
            [*(cells.get(key, "") for key in columns), *(beside.get(header, "") for header in others)]
            for cells, beside in zip(rows, kept, strict=True)
        ),
    )
    return data, tuple(_losses(board, notes))


def _in_rows(board: Board) -> tuple[list[Note], bool]:
    """The notes out of the bin in an order that keeps that of every cell, and whether their numbers are 1, 2, 3 ..."""
    live = sorted((n for n in board.notes.values() if n.removed_at is None), key=lambda n: n.number)
    last: dict[tuple[str | None, str | None], tuple[str, str]] = {}
    for note in live:
        place = (note.stage, note.channel)
        if place in last and last[place] > in_order(note):
            return sorted(live, key=lambda n: _by_grid(board, n)), False
        last[place] = in_order(note)
    return live, all(note.number == row for row, note in enumerate(live, 1))


def _by_grid(board: Board, note: Note) -> tuple[bool, str, bool, str, tuple[str, str]]:
    stage, channel = board.stages.get(note.stage or ""), board.channels.get(note.channel or "")
    return (
        stage is None,
        stage.rank + stage.id if stage else "",
        channel is None,
        channel.rank + channel.id if channel else "",
        in_order(note),
    )


def _names(board: Board, notes: Sequence[Note]) -> _Names:
    every = frozenset(note.ref for note in notes)
    mark = "##" if any(re.fullmatch(r"#\d+", ref) for ref in every) else "#"
    alike = Counter(fold(note.ref) for note in notes if note.ref)
    return _Names(
        {stage.id: stage.name for stage in board.stages.values()},
        {channel.id: channel.name for channel in board.channels.values()},
        {
            n.id: n.ref
            for n in notes
            if _SAFE_REF.fullmatch(n.ref) and fold(n.ref) and alike[fold(n.ref)] == 1
        },
        {note.id: f"{mark}{note.number}" for note in notes},
        every,
    )


def _cells(note: Note, targets: Sequence[str], names: _Names, lang: str) -> dict[str, str]:
    crm = CRM_WORDS[lang].get(note.crm_object)
    return {
        "ref": note.ref,
        "stage": names.stages.get(note.stage or "", ""),
        "channel": names.channels.get(note.channel or "", ""),
        "kind": _kind(note, lang),
        "text": note.text,
        "emotion": number(note.emotion),
        "moment": "x" if note.moment_of_truth else "",
        "votes": number(note.votes),
        "owner": note.owner,
        "team": note.team,
        "due": _due(note.due),
        "impact": number(note.impact),
        "effort": number(note.effort),
        "links": _links(targets, names),
        "crm_object": crm[0] if crm else note.crm_object,
        "status": STATUS_WORDS[lang][note.status][0] if note.status else "",
        "source": note.source,
        "evidence": note.evidence,
    }


def _kind(note: Note, lang: str) -> str:
    if note.kind is None:
        return ""
    if note.kind is Kind.need and (need := NEED_WORDS[lang].get(note.need_kind or "")):
        return need
    return KIND_WORDS[lang][note.kind][0]


def _due(due: Due | None) -> str:
    """The words, and the day in brackets when the words do not say it."""
    if due is None:
        return ""
    if due.day is None or values.due(due.text) == due:
        return due.text
    year, month, day = due.day.split("-")
    return f"{due.text} ({day}/{month}/{year})".strip()


def _targets(board: Board, notes: Sequence[Note]) -> dict[str, list[str]]:
    """For each note, the notes it points at where its kind says what that means, by number."""
    live = {note.id: note for note in notes}
    found: dict[str, list[str]] = {}
    for link in board.links.values():
        if link.source in live and link.target in live and link.kind is link_kind(live[link.source].kind):
            found.setdefault(link.source, []).append(link.target)
    return {source: sorted(targets, key=lambda t: live[t].number) for source, targets in found.items()}


def _links(targets: Sequence[str], names: _Names) -> str:
    cell = ", ".join(names.refs.get(target, names.numbers[target]) for target in targets)
    if len(targets) > 1 and cell in names.every_ref:
        return ", ".join(names.numbers[target] for target in targets)
    return cell


def _kept(note: Note, cells: dict[str, str], lang: str) -> Iterator[tuple[str, str]]:
    """The words kept from an earlier import, by header: their column's own, marked where an import would read it as ours.

    A team written where the owner should be goes back there: it will again be read as the team.
    """
    for column, words in note.imported.items():
        if (
            column == COLUMNS[lang]["owner"][0]
            and not note.owner
            and note.team
            and fold(words) == fold(note.team)
        ):
            cells["owner"] = words
            continue
        ours = key_of(column) is not None or any(column.endswith(mark) for mark in KEPT_SUFFIX.values())
        yield (column + KEPT_SUFFIX[lang] if ours else column), words


def _losses(board: Board, notes: Sequence[Note]) -> Iterator[Loss]:
    numbers = {note.id: note.number for note in notes}
    if binned := len(board.notes) - len(notes):
        yield loss("bin", n=binned)
    if authors := len({note.author for note in notes if note.author}):
        yield loss("authors", n=authors)
    if times := sum(bool(note.created_at) for note in notes):
        yield loss("times", n=times)
    for link in sorted(board.links.values(), key=lambda link: link.id):
        source = board.notes.get(link.source)
        if (
            link.source in numbers
            and link.target in numbers
            and source
            and link.kind is not link_kind(source.kind)
        ):
            yield loss("link", kind=link.kind, source=numbers[link.source], target=numbers[link.target])
    for field in _NO_COLUMN:
        if count := sum(getattr(note, field) not in (None, False) for note in notes):
            yield loss("field", field=field, n=count)
    for group in (board.stages, board.channels):
        yield from _twice(group)


def _twice(group: Mapping[str, Stage] | Mapping[str, Channel]) -> Iterator[Loss]:
    for name, count in Counter(record.name for record in group.values()).items():
        if count > 1:
            yield loss("same_name", name=name)
