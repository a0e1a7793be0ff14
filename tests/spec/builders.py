"""Boards for the compiler's tests: from a few lines, and from folders that hold a spreadsheet and its companion."""

import os
from pathlib import Path

from charniere.domain import rank
from charniere.domain.board import (
    Archetype,
    BoardInfo,
    BoardRecord,
    Channel,
    Due,
    Kind,
    Link,
    LinkKind,
    Note,
    Stage,
)
from charniere.domain.boardfile import BoardFile
from charniere.domain.project import Persona, Project
from charniere.imports import workshop as workshops

SHARED = Path(os.environ.get("CHARNIERE_SHARED", Path(__file__).parents[3] / "shared"))
GOLDEN = Path(__file__).parents[1] / "golden"
STAGES = ("Découverte", "Évaluation", "Décision", "Utilisation", "Fidélisation")
TYPES = (Archetype.discovery, Archetype.evaluation, Archetype.decision, Archetype.usage, Archetype.loyalty)


def workshop(folder: Path) -> BoardFile:
    """A board from `notes.csv` and `workshop.yaml`."""
    return workshops.read((folder / "notes.csv").read_bytes(), (folder / "workshop.yaml").read_bytes()).file


def note(
    number: int,
    kind: Kind | None,
    text: str,
    stage: int | None = 1,
    channel: str | None = "c1",
    **more: object,
) -> Note:
    """Note `n<number>` in stage number `stage` (from 1) and channel c1 (Téléphone), c2 (Site web) or c3 (Coulisses)."""
    due = more.pop("due", "31/03/2027")
    return Note(
        id=f"n{number}",
        number=number,
        rank=f"V{number:04d}",
        text=text,
        kind=kind,
        stage=f"s{stage}" if stage else None,
        channel=channel if stage else None,
        due=Due(str(due)) if due and kind is Kind.action else None,
        **more,  # type: ignore[arg-type]
    )


def board(
    *notes: Note,
    links: tuple[tuple[int, int], ...] = (),
    lang: str = "fr",
    board_id: str = "board-1",
    persona: str = "persona-1",
    exits: dict[int, str] | None = None,
) -> BoardFile:
    """A board of five stages and three channels with these notes; `links` are (action, pain) pairs of numbers."""
    ranks = rank.spread(None, None, 8)
    records: list[BoardRecord] = [BoardInfo(title="Tableau", lang=lang, persona=persona)]  # type: ignore[arg-type]
    for index, (name, kind) in enumerate(zip(STAGES, TYPES, strict=True), 1):
        records.append(
            Stage(
                id=f"s{index}",
                name=name,
                rank=ranks[index - 1],
                archetype=kind,
                owner_team="Ventes",
                exit_criteria=(exits or {}).get(index, ""),
            )
        )
    records += [
        Channel(id="c1", name="Téléphone", rank=ranks[5], relation="direct"),
        Channel(id="c2", name="Site web", rank=ranks[6], relation="direct"),
        Channel(id="c3", name="Coulisses", rank=ranks[7], relation="internal"),
        *notes,
    ]
    records += [
        Link(id=f"l{a}-{b}", kind=LinkKind.resolves, source=f"n{a}", target=f"n{b}") for a, b in links
    ]
    return BoardFile(
        id=board_id,
        project=Project(id="project-1", client="Client"),
        personas=(Persona(id=persona, name="Claire" if persona == "persona-1" else "Denis"),),
        records=tuple(records),
    )
