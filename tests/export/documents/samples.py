"""Boards for the tests of documents: the golden ones, the demonstration, and one whose every word is an attack."""

from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from msgspec.structs import replace

from charniere.demo import board as demonstration
from charniere.domain.board import BoardInfo, Channel, Note, Stage
from charniere.domain.boardfile import BoardFile
from charniere.spec.compile import compile_spec, items
from charniere.spec.model import Spec
from spec.builders import GOLDEN, workshop

NAMES: Final = ("demonstration", *sorted(p.parent.name for p in GOLDEN.glob("*/notes.csv")))
HOSTILE: Final = (
    '=HYPERLINK("http://evil.test","x")',
    "<script>alert(1)</script>",
    '#panic("x") *gras* $x$ @ref _it_',
    "# Titre [lien](javascript:alert(1)) | colonne",
    "{{ 7*7 }} {% raise %} {client} ${x}",
    '+1 -2 @cmd \\ ``` """ \u2028suite\x07',
    "Feature: faux\n  Scenario: intrus\n    Given rien",
    "]]> &amp; </w:t> \u202e",
)


class Sample(NamedTuple):
    file: BoardFile
    spec: Spec


@cache
def sample(name: str) -> Sample:
    if name == "demonstration":
        file = demonstration.load()
    elif name == "hostile":
        file = _hostile(demonstration.load())
    else:
        file = workshop(Path(GOLDEN) / name)
    return Sample(file, compile_spec([file]))


def codes(spec: Spec) -> set[str]:
    """Every printed code that a reader must find."""
    aside = {one.code for one in spec.rejected}
    return {item.code for item in items(spec)} | {finding.code for finding in spec.findings} | aside


def _hostile(file: BoardFile) -> BoardFile:
    """The demonstration with an attack behind the words of each record."""
    out = []
    for i, record in enumerate(file.records):
        attack = HOSTILE[i % len(HOSTILE)]
        if isinstance(record, Note):
            record = replace(record, text=f"{attack} {record.text} {attack}", team=record.team and attack)
        elif isinstance(record, Stage):
            record = replace(
                record,
                name=f"{record.name} {attack}",
                goal=attack,
                exit_criteria=f"{record.exit_criteria} {attack}",
            )
        elif isinstance(record, Channel):
            record = replace(record, name=f"{record.name} {attack}")
        elif isinstance(record, BoardInfo):
            record = replace(record, title=HOSTILE[2])
        out.append(record)
    project = replace(file.project, client=HOSTILE[1], purpose=HOSTILE[2], objectives=HOSTILE)
    return replace(file, records=tuple(out), project=project)
