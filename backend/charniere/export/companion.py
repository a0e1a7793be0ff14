"""The companion of `notes.csv`: project, persona, stages and channels as YAML that an import reads."""

from collections.abc import Mapping, Sequence
from typing import Final

import yaml
from msgspec import Struct

from charniere.domain.board import Board, in_order
from charniere.domain.boardfile import BoardFile
from charniere.domain.project import Persona, Project
from charniere.export.losses import Loss, loss
from charniere.imports.companion_words import (
    CHANNEL,
    CLOSED,
    JOURNEYS,
    PERSONA,
    PROJECT,
    STAGE,
    TOP,
    Words,
)

_LINE_ENDS: Final = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_ZONE: Final = Project(id="", client="").time_zone


def write(file: BoardFile) -> tuple[bytes, tuple[Loss, ...]]:
    """The bytes, and what they do not carry. Fields without a value are left out, but for those that mean « not decided »."""
    board = file.board
    info = board.info
    persona = next((p for p in file.personas if p.id == info.persona), None)
    project = _fields(file.project, PROJECT)
    if file.project.time_zone == _ZONE:
        project.pop(PROJECT["time_zone"][0], None)
    told: dict[str, object] = {
        "title": info.title,
        "lang": info.lang,
        "project": project,
        "persona": _fields(persona, PERSONA) if persona else None,
        "journey": JOURNEYS[info.journey][0],
        "teams": list(info.teams),
        "stages": [
            _fields(s, STAGE, ("exit_criteria", "expected_delay"))
            for s in sorted(board.stages.values(), key=in_order)
        ],
        "channels": [_fields(c, CHANNEL) for c in sorted(board.channels.values(), key=in_order)],
        "gaps": _gaps(board),
        "locked": "oui" if info.locked else None,
    }
    text = yaml.dump(
        {TOP[field][0]: value for field, value in told.items() if value},
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=110,
    )
    return text.encode(), tuple(_losses(file.personas, persona, board))


class _Dumper(yaml.SafeDumper):
    """Writes every line end other than the plain one as an escape: YAML folds the others into spaces."""

    def ignore_aliases(self, data: object) -> bool:
        return True  # the reader takes none


def _words(dumper: _Dumper, words: str) -> yaml.ScalarNode:
    style = '"' if any(char in words for char in _LINE_ENDS) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", words, style=style)


_Dumper.add_representer(str, _words)


def _fields(record: Struct, names: Words, always: Sequence[str] = ()) -> dict[str, object]:
    fields: dict[str, object] = {}
    for field, words in names.items():
        value = getattr(record, field)
        if field in CLOSED:
            value = CLOSED[field][value][0] if value else None
        if isinstance(value, tuple):
            value = list(value)
        elif isinstance(value, Mapping):
            value = dict(value)
        if value or field in always:
            fields[words[0]] = value
    return fields


def _gaps(board: Board) -> list[dict[str, str]]:
    return [
        {"stage": board.stages[gap.stage].name, "channel": board.channels[gap.channel].name}
        for gap in sorted(board.gaps.values(), key=lambda gap: gap.id)
    ]


def _losses(personas: Sequence[Persona], persona: Persona | None, board: Board) -> list[Loss]:
    others = len(personas) - (persona is not None)
    parents = sum(stage.parent is not None for stage in board.stages.values())
    return [
        *([loss("personas", n=others)] if others else []),
        *([loss("parents", n=parents)] if parents else []),
    ]
