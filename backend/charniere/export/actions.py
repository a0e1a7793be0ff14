"""The action list of a board: what was decided, most wanted first, as rows; and those rows as CSV.

The workbook made of the same rows is in `workbook`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from charniere.domain.board import Board, Kind, LinkKind, Note
from charniere.export import csvtext
from charniere.export.csvtext import number
from charniere.i18n import t

COLUMNS: Final = (
    "number",
    "text",
    "resolves",
    "stage",
    "channel",
    "votes",
    "impact",
    "effort",
    "owner",
    "team",
    "due",
    "status",
    "ref",
)
PAINS: Final = (Kind.irritant, Kind.breakpoint)
_QUOTED: Final = 300  # characters of each note that an action answers
_QUOTES: Final = 40  # notes quoted


class Action(NamedTuple):
    """One action, in words; `note` for the rest."""

    note: Note
    resolves: str  # the notes it answers, one a line
    stage: str
    channel: str
    status: str


def listed(board: Board) -> list[Action]:
    """The actions out of the bin: by votes, then by what they bring for what they cost, then as they were written."""
    notes = [n for n in board.notes.values() if n.kind is Kind.action and n.removed_at is None]
    targets = _targets(board)
    return [_action(board, note, targets.get(note.id, ())) for note in sorted(notes, key=_order)]


def unanswered(board: Board) -> list[Note]:
    """Irritants and breaking points that no action answers, most voted first."""
    answered = {target.id for targets in _targets(board).values() for target in targets}
    pains = (
        n for n in board.notes.values() if n.kind in PAINS and n.removed_at is None and n.id not in answered
    )
    return sorted(pains, key=lambda note: (-(note.votes or 0), note.number))


def write_csv(board: Board) -> bytes:
    lang = board.info.lang
    return csvtext.write(
        [t(lang, f"export.actions.{column}") for column in COLUMNS],
        (_row(action) for action in listed(board)),
    )


def place(records: Mapping[str, object], id_: str | None) -> str:
    """The name of a stage or channel; nothing for a note that has none."""
    return str(getattr(records.get(id_ or ""), "name", ""))


def _order(note: Note) -> tuple[int, float, int, int]:
    worth = note.impact / note.effort if note.impact and note.effort else 0.0
    return (-(note.votes or 0), -worth, -(note.impact or 0), note.number)


def _targets(board: Board) -> dict[str, list[Note]]:
    """For each action out of the bin, the notes out of the bin that it answers."""
    found: dict[str, list[Note]] = {}
    for link in board.links.values():
        source, target = board.notes.get(link.source), board.notes.get(link.target)
        if link.kind is not LinkKind.resolves or source is None or target is None:
            continue
        if source.kind is Kind.action and source.removed_at is None and target.removed_at is None:
            found.setdefault(source.id, []).append(target)
    return {source: sorted(targets, key=lambda note: note.number) for source, targets in found.items()}


def _action(board: Board, note: Note, targets: Sequence[Note]) -> Action:
    lang = board.info.lang
    return Action(
        note=note,
        resolves="\n".join(_quotes(targets, lang)),
        stage=place(board.stages, note.stage),
        channel=place(board.channels, note.channel),
        status=t(lang, f"export.status.{note.status}") if note.status else "",
    )


def _quotes(targets: Sequence[Note], lang: str) -> Iterator[str]:
    for target in targets[:_QUOTES]:
        text = " ".join(target.text.split())
        short = text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
        yield t(lang, "export.actions.resolved", number=str(target.number), text=short)
    if len(targets) > _QUOTES:
        yield t(lang, "export.actions.and_more", n=len(targets) - _QUOTES)


def _row(action: Action) -> list[str]:
    note = action.note
    return [
        number(note.number),
        note.text,
        action.resolves,
        action.stage,
        action.channel,
        number(note.votes),
        number(note.impact),
        number(note.effort),
        note.owner,
        note.team,
        (note.due.text or note.due.day or "") if note.due else "",
        action.status,
        note.ref,
    ]
