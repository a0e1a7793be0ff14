"""Costly documents are made by a process of their own, few at once and one at a time for each reader: nobody's edits are
slowed by a PDF. A reader is told how far it is, and one who leaves takes the process along.
"""

import asyncio
import logging
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from enum import StrEnum
from tempfile import TemporaryFile
from typing import IO, Final, TypeAlias
from weakref import WeakKeyDictionary, WeakValueDictionary

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from charniere.errors import Code, Refused
from charniere.spec.envelope import Envelope, seal

log = logging.getLogger("charniere.web")
COMMAND: Final = (sys.executable, "-m", "charniere.commands._document")
TOLD: Final = "application/vnd.charniere.making"  # asked for by `Accept`: lines of Told, then the document
_AT_ONCE: Final = 2  # processes, all readers together
_ASKED_MOST: Final = 4  # documents one reader may have asked for and not yet got
_SECONDS_MOST: Final = 120
_BEAT: Final = 10.0  # seconds of silence before an empty line: a proxy must not think that nobody is there
_FAULT_CHARS: Final = 300
_rooms: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()
_readers: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
_asked: Counter[str] = Counter()


class Stage(StrEnum):
    """How far a document is."""

    waiting = "waiting"  # for those before it
    making = "making"
    ready = "ready"
    failed = "failed"


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of the answer. After `ready` come `bytes` bytes of the document; `failed` says why and is the last."""

    stage: Stage
    bytes: int = 0
    media_type: str = ""
    code: str = ""


Gone: TypeAlias = Callable[[], Awaitable[None]]
Tell: TypeAlias = Callable[[Stage], None]


async def answer(
    request: Request, envelope: Envelope, person: str, media_type: str, headers: Mapping[str, str]
) -> Response:
    """The document; told about on the way to whoever accepts TOLD. `headers` name the file."""

    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    if request.headers.get("accept") == TOLD:
        lines = told(envelope, person, gone, media_type)
        return StreamingResponse(lines, media_type=TOLD, headers={**headers, "X-Accel-Buffering": "no"})
    data = await document(envelope, person, gone)
    if data is None:
        return Response(status_code=499)  # for the log: nobody reads it
    return Response(data, media_type=media_type, headers=headers)


async def told(
    envelope: Envelope, person: str, gone: Gone, media_type: str, beat: float = _BEAT
) -> AsyncIterator[bytes]:
    """Lines of Told, then the document. An empty line says that somebody is still there."""
    stages: asyncio.Queue[Stage | None] = asyncio.Queue()
    work = asyncio.create_task(document(envelope, person, gone, stages.put_nowait))
    work.add_done_callback(lambda _: stages.put_nowait(None))
    try:
        while True:
            try:
                stage = await asyncio.wait_for(stages.get(), beat)
            except TimeoutError:
                yield b"\n"
                continue
            if stage is None:
                break
            yield _line(Told(stage))
        data = work.result()
    except Refused as problem:
        yield _line(Told(Stage.failed, code=problem.code))
        return
    finally:
        work.cancel()
    if data is not None:
        yield _line(Told(Stage.ready, len(data), media_type))
        yield data


async def document(
    envelope: Envelope,
    person: str,
    gone: Gone,
    tell: Tell = lambda _: None,
    command: Sequence[str] | None = None,
) -> bytes | None:
    """What the envelope asks for; None when the reader has left (`gone` returned) and nobody wants it any more.

    Raises Refused: broken when it cannot be made, or not in time; too_fast when this reader has too many under way.
    """
    leaving = asyncio.ensure_future(gone())
    work = asyncio.create_task(_made(envelope, person, tell, command or COMMAND))
    try:
        await asyncio.wait((leaving, work), return_when=asyncio.FIRST_COMPLETED)
        return work.result() if work.done() else None
    finally:
        leaving.cancel()
        work.cancel()
        await asyncio.wait((leaving, work))


async def _made(envelope: Envelope, person: str, tell: Tell, command: Sequence[str]) -> bytes:
    async with _turn(person, tell):
        tell(Stage.making)
        given = await run_in_threadpool(seal, envelope)
        with TemporaryFile() as out, TemporaryFile() as fault:
            await _run(command, given, out, fault, envelope.kind)
            return await run_in_threadpool(_whole, out)


async def _run(command: Sequence[str], given: bytes, out: IO[bytes], fault: IO[bytes], kind: str) -> None:
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.PIPE, stdout=out, stderr=fault
    )
    try:
        async with asyncio.timeout(_SECONDS_MOST):
            await process.communicate(given)
    except TimeoutError:
        pass
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        why = _whole(fault).decode(errors="replace")[-_FAULT_CHARS:]
        log.error("no document", extra={"code": kind, "status": process.returncode, "why": why})
        raise Refused(Code.broken)


@asynccontextmanager
async def _turn(person: str, tell: Tell) -> AsyncIterator[None]:
    """A reader who asks again waits for the first; few are made at once."""
    if _asked[person] >= _ASKED_MOST:
        raise Refused(Code.too_fast)
    room = _rooms.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(_AT_ONCE))
    lock = _readers.setdefault(person, asyncio.Lock())
    if lock.locked() or room.locked():
        tell(Stage.waiting)
    _asked[person] += 1
    try:
        async with lock, room:
            yield
    finally:
        _asked[person] -= 1
        if not _asked[person]:
            del _asked[person]


def _whole(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


def _line(one: Told) -> bytes:
    return msgspec.json.encode(one) + b"\n"
