"""Boards for the compiler's tests: from a few lines, and from the shared workshops where they are present."""

import csv
import io
import os
import re
from pathlib import Path
from typing import Any

import yaml

from charniere.domain import rank
from charniere.domain.board import Archetype, BoardInfo, BoardRecord, Channel, Due, Kind, Link, LinkKind, Note, Stage
from charniere.domain.boardfile import BoardFile
from charniere.domain.project import Persona, Project

KINDS = {
    "point de contact": Kind.touchpoint, "pdc": Kind.touchpoint, "touchpoint": Kind.touchpoint,
    "irritant": Kind.irritant, "enchantement": Kind.delight, "delight": Kind.delight,
    "point de rupture": Kind.breakpoint, "rupture": Kind.breakpoint, "breakpoint": Kind.breakpoint,
    "besoin": Kind.need, "question": Kind.need, "attente": Kind.need, "need": Kind.need,
    "opportunité": Kind.opportunity, "opportunity": Kind.opportunity, "action": Kind.action,
}  # fmt: skip
OBJECTS = {
    "Lead": "lead", "Compte": "account", "Opportunité": "opportunity", "Ticket": "ticket", "Contrat": "contract",
    "Activité": "activity", "Campagne": "campaign", "Contact": "contact", "Abonnement": "subscription",
}  # fmt: skip
SHARED = Path(os.environ.get("CHARNIERE_SHARED", Path(__file__).parents[3] / "shared"))


def workshop(folder: Path) -> BoardFile:
    """A board from `notes.csv` and `workshop.yaml`."""
    sheet = yaml.safe_load((folder / "workshop.yaml").read_text(encoding="utf-8"))
    rows = list(csv.DictReader(io.StringIO((folder / "notes.csv").read_text(encoding="utf-8-sig")), delimiter=";"))
    return board_file(folder.name, sheet, rows)


def board_file(name: str, sheet: dict[str, Any], rows: list[dict[str, str]]) -> BoardFile:
    """A board from a sheet (project, persona, stages, channels) and rows with the columns of the spreadsheet."""
    project, persona = sheet["projet"], sheet.get("persona") or {}
    stages = {s["name"]: f"s{i}" for i, s in enumerate(sheet["stages"], 1)}
    channels = {c["name"]: f"c{i}" for i, c in enumerate(sheet["channels"], 1)}
    ranks = rank.spread(None, None, len(rows) + len(stages) + len(channels))
    records: list[BoardRecord] = [
        BoardInfo(
            title=project["client"],
            lang=sheet.get("langue", "fr"),
            persona="persona-1" if persona else "",
            teams=tuple((project.get("atelier") or {}).get("equipes", ())),
        )
    ]
    for key, stage in zip(ranks, sheet["stages"], strict=False):
        records.append(
            Stage(
                id=stages[stage["name"]], name=stage["name"], rank=key, archetype=Archetype(stage["archetype"]) if stage.get("archetype") else None,
                goal=stage.get("goal") or "", exit_criteria=stage.get("exit_criteria") or "",
                kpis=tuple(stage.get("kpis") or ()), owner_team=stage.get("owner_team") or "",
                expected_delay=stage.get("expected_delay") or "",
            )
        )  # fmt: skip
    for key, channel in zip(ranks, sheet["channels"], strict=False):
        records.append(
            Channel(id=channels[channel["name"]], name=channel["name"], rank=key, mode=channel.get("mode"), relation=channel.get("relation"))
        )
    refs = {row["ref"]: f"n{number:04d}" for number, row in enumerate(rows, 1)}
    for number, (key, row) in enumerate(zip(ranks, rows, strict=False), 1):
        records.append(_note(number, key, row, stages, channels))
        for target in re.split(r"\s*,\s*", row.get("lié_à") or ""):
            if target in refs:
                records.append(
                    Link(id=f"l{number:04d}{refs[target]}", kind=LinkKind.resolves, source=refs[row["ref"]], target=refs[target])
                )
    return BoardFile(
        id=name,
        project=Project(
            id="project-1", client=project["client"], activity=project.get("activite", ""),
            purpose=project.get("finalite", ""), objectives=tuple(project.get("objectifs", ())),
        ),
        personas=(Persona(id="persona-1", name=persona["nom"], role=persona.get("role", ""), segment=persona.get("segment", "")),) if persona else (),
        records=tuple(records),
    )  # fmt: skip


def _note(number: int, key: str, row: dict[str, str], stages: dict[str, str], channels: dict[str, str]) -> Note:
    due = row.get("échéance") or ""
    day = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", due)
    emotion = row.get("émotion") or ""
    return Note(
        id=f"n{number:04d}", number=number, rank=key, text=row["texte"], kind=KINDS.get((row.get("type") or "").lower()),
        stage=stages.get(row.get("étape") or ""), channel=channels.get(row.get("canal") or ""),
        emotion=int(emotion) if re.fullmatch(r"[-+]?\d", emotion) else None,
        moment_of_truth=bool(row.get("moment_de_vérité")), crm_object=OBJECTS.get(row.get("objet_crm") or "", row.get("objet_crm") or ""),
        owner=row.get("responsable") or "", team=row.get("équipe") or "",
        due=Due(due, f"{day[3]}-{day[2]}-{day[1]}" if day else None) if due else None,
        impact=int(row["impact"]) if row.get("impact") else None, effort=int(row["effort"]) if row.get("effort") else None,
        votes=int(row["votes"]) if row.get("votes") else None, ref=row["ref"],
    )  # fmt: skip
