"""The grid a new board begins with: six stages of a B2B journey, seven channels, nothing written yet."""

from collections.abc import Callable, Iterator
from typing import Final, Literal

from charniere.domain.board import Archetype, BoardInfo, BoardRecord, Channel, Stage
from charniere.domain.rank import spread
from charniere.i18n import t

STAGES: Final = (
    Archetype.discovery,
    Archetype.consideration,
    Archetype.evaluation,
    Archetype.decision,
    Archetype.usage,
    Archetype.loyalty,
)
CHANNELS: Final[tuple[tuple[str, Literal["online", "offline"]], ...]] = (
    ("website", "online"),
    ("email", "online"),
    ("phone", "online"),
    ("social", "online"),
    ("outlet", "offline"),
    ("account", "online"),
    ("app", "online"),
)


def default_grid(title: str, lang: Literal["fr", "en"], new_id: Callable[[], str]) -> Iterator[BoardRecord]:
    """The records of an empty board in that language."""
    yield BoardInfo(title=title, lang=lang, teams=tuple(t(lang, "grid.teams").split(", ")))
    for stage, rank in zip(STAGES, spread(None, None, len(STAGES)), strict=True):
        yield Stage(id=new_id(), name=t(lang, f"grid.stage.{stage}"), rank=rank, archetype=stage)
    for (name, mode), rank in zip(CHANNELS, spread(None, None, len(CHANNELS)), strict=True):
        yield Channel(
            id=new_id(), name=t(lang, f"grid.channel.{name}"), rank=rank, mode=mode, relation="direct"
        )
