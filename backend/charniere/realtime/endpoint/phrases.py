"""Questions about how texts are told: answered by the engine on a thread, no document is touched."""

import asyncio
import logging
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Final

from charniere import phrasing
from charniere.domain import limits
from charniere.domain.rights import Action, may
from charniere.phrasing import Assessment, refusals
from charniere.realtime.connection import Connection, message
from charniere.realtime.frames import Frame
from charniere.realtime.protocol import AskPhrasing, Phrasing

REMEMBERED: Final = 2_000  # texts: a whole team asks about the same board

_counting: Final = Lock()  # refusals are read, increased and written as one
log = logging.getLogger(__name__)


async def assessments(texts: Iterable[str], lang: str) -> list[Assessment]:
    """On a thread: the first question of all reads the tables, which takes a moment."""
    return await asyncio.to_thread(lambda: [_assessed(text, lang) for text in texts])


async def answer(connection: Connection, asked: AskPhrasing) -> None:
    """Nothing is said to who may not write, of a text longer than one may type, and where the engine fails."""
    if not may(connection.standing, Action.change_note) or len(asked.text) > limits.TEXT_TYPED:
        return
    try:
        (found,) = await assessments((asked.text,), asked.lang)
    except (
        Exception
    ) as error:  # a hint is not worth the line: a browser would come back and ask the same again
        log.error("the phrasing engine broke: %s", type(error).__name__, exc_info=error)
        return
    told = Phrasing(asked.ask, found.verdict, found.suggestion, found.reason.rule)
    connection.send(Frame(message(told)), connection.spoke_at)


async def dismissed(connection: Connection, rule: str, folder: Path) -> None:
    if may(connection.standing, Action.change_note):
        await asyncio.to_thread(_count, folder, rule)


@lru_cache(REMEMBERED)
def _assessed(text: str, lang: str) -> Assessment:
    return phrasing.assess(text, lang)


def _count(folder: Path, rule: str) -> None:
    with _counting:
        refusals.record(folder, rule)
