"""Costly documents are made by a process of their own, one at a time for each reader: nobody's edits are slowed by a PDF."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from weakref import WeakKeyDictionary, WeakValueDictionary

from starlette.concurrency import run_in_threadpool

from charniere.domain import boardfile
from charniere.domain.boardfile import BoardFile
from charniere.errors import Code, Refused

_AT_ONCE: Final = 2  # processes, all readers together
_SECONDS_MOST: Final = 60
_rooms: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()
_readers: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


async def document(kind: str, file: BoardFile, person: str) -> bytes:
    """The board's specification as `kind`. Raises Refused(broken) when it cannot be made, or not in time."""
    given = await run_in_threadpool(boardfile.write, file)
    async with _turn(person):
        with TemporaryDirectory(prefix="charniere-") as folder:
            await _run(kind, given, folder)
            return await run_in_threadpool((Path(folder) / f"spec.{kind}").read_bytes)


async def _run(kind: str, given: bytes, folder: str) -> None:
    command = (sys.executable, "-m", "charniere", "spec", "-", "--format", kind, "-o", folder)
    nothing = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.PIPE, stdout=nothing, stderr=nothing
    )
    try:
        async with asyncio.timeout(_SECONDS_MOST):
            await process.communicate(given)
    except TimeoutError as late:
        raise Refused(Code.broken) from late
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise Refused(Code.broken)


@asynccontextmanager
async def _turn(person: str) -> AsyncIterator[None]:
    """A reader who asks again waits for the first; few are made at once."""
    room = _rooms.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(_AT_ONCE))
    lock = _readers.setdefault(person, asyncio.Lock())
    async with lock, room:
        yield
