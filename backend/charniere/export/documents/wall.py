"""A board as it stands on the wall, without a word of its notes: each cell with its marks, what is felt, what is counted.

Nothing of a private note, nothing of the bin.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from charniere.domain.board import Board, Kind, Note
from charniere.export.documents.curve import Felt, mean
from charniere.i18n import t

KINDS: Final = (*(str(kind) for kind in Kind), "none")


@dataclass(frozen=True)
class Mark:
    """A note seen from afar."""

    number: int
    kind: str  # one of KINDS
    truth: bool


@dataclass(frozen=True)
class Wall:
    """`cells` are rows of channels, each a cell a stage; None is a cell declared empty. `felt` is by stage, in reading order."""

    title: str
    stages: tuple[str, ...]
    channels: tuple[str, ...]
    cells: tuple[tuple[tuple[Mark, ...] | None, ...], ...]
    felt: tuple[tuple[Felt, ...], ...]
    kinds: Mapping[str, int]
    truths: int
    parked: int

    def count(self, stage: int) -> int:
        return sum(len(row[stage] or ()) for row in self.cells)

    @property
    def placed(self) -> int:
        return sum(self.count(at) for at in range(len(self.stages)))


def wall_of(board: Board) -> Wall:
    shown = [note for note in board.notes.values() if not note.private and note.removed_at is None]
    stages = sorted(board.stages.values(), key=lambda one: (one.rank, one.id))
    channels = sorted(board.channels.values(), key=lambda one: (one.rank, one.id))
    held: dict[tuple[str, str], list[Note]] = {}
    for note in sorted(shown, key=lambda one: (one.rank, one.id)):
        if note.stage in board.stages and note.channel in board.channels and note.stage and note.channel:
            held.setdefault((note.stage, note.channel), []).append(note)
    empty = {(gap.stage, gap.channel) for gap in board.gaps.values()}
    placed = [note for notes in held.values() for note in notes]
    kinds = Counter(_kind(note) for note in placed)
    return Wall(
        title=board.info.title,
        stages=tuple(stage.name for stage in stages),
        channels=tuple(channel.name for channel in channels),
        cells=tuple(
            tuple(
                None
                if (s.id, c.id) in empty and (s.id, c.id) not in held
                else tuple(_mark(note) for note in held.get((s.id, c.id), ()))
                for s in stages
            )
            for c in channels
        ),
        felt=tuple(
            tuple(felt for c in channels for note in held.get((s.id, c.id), ()) for felt in _felt(note))
            for s in stages
        ),
        kinds={kind: kinds[kind] for kind in KINDS if kinds[kind]},
        truths=sum(1 for note in placed if note.moment_of_truth),
        parked=len(shown) - len(placed),
    )


def _kind(note: Note) -> str:
    return str(note.kind or "none")


def _mark(note: Note) -> Mark:
    return Mark(note.number, _kind(note), note.moment_of_truth)


def _felt(note: Note) -> tuple[Felt, ...]:
    """Only touchpoints draw the curve, and notes that nobody has qualified yet."""
    if note.emotion is None or note.kind not in (None, Kind.touchpoint):
        return ()
    return (Felt(note.emotion, note.moment_of_truth),)


def alternative(wall: Wall, lang: str) -> str:
    """What the drawing shows, said to somebody who cannot see it."""
    of_stages = "; ".join(
        t(lang, "document.map.stage", stage=name, n=wall.count(at), emotion=felt(wall, at, lang))
        for at, name in enumerate(wall.stages)
    )
    kinds = ", ".join(
        t(lang, "document.map.kind", kind=t(lang, f"kind.{kind}"), n=count)
        for kind, count in wall.kinds.items()
    )
    return t(
        lang,
        "document.map.alternative",
        title=wall.title,
        notes=wall.placed,
        channels=len(wall.channels),
        stages=len(wall.stages),
        kinds=kinds,
        truths=wall.truths,
        by_stage=of_stages,
    )


def felt(wall: Wall, stage: int, lang: str) -> str:
    """« +0,5 », or that nobody noted an emotion there."""
    found = mean(wall.felt[stage])
    return t(lang, "board.curve.none") if found is None else signed(found, lang)


def signed(value: float, lang: str) -> str:
    rounded = round(abs(value), 1)
    sign = "" if not rounded else "+" if value > 0 else "\u2212"
    words = f"{rounded:.1f}"
    return sign + (words.replace(".", ",") if lang == "fr" else words)
