"""Costly documents: made apart, told about, given up when their reader leaves. The slow ones here are slow on purpose."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import msgspec
import pytest
import uvicorn

from builders import records
from charniere.commands import _document
from charniere.domain.boardfile import BoardFile
from charniere.domain.project import Project
from charniere.errors import Code, Refused
from charniere.export.documents.formats import DOCUMENTS
from charniere.spec.compile import compile_spec
from charniere.spec.edition import Edition, Logo
from charniere.spec.envelope import Envelope, opened, seal
from charniere.web import making
from charniere.web.making import Stage, Told
from web.house import BOARD, House, house

SOON = 20.0  # seconds: nothing here takes so long, but a machine may be busy
FILE = BoardFile(id="b1", project=Project(id="p1", client="Logivia"), records=tuple(records(notes=3)))
ASKED = Envelope(kind="md", files=(FILE,))
QUICK = (sys.executable, "-S", "-c", "import sys; sys.stdin.buffer.read(); print('done')")


def slow(folder: Path) -> tuple[str, ...]:
    """Writes who it is into a file of `folder`, then never ends."""
    code = (
        f"import os, signal; open({str(folder)!r} + '/' + str(os.getpid()), 'w').close(); "
        "[signal.pause() for _ in iter(int, 1)]"
    )
    return (sys.executable, "-S", "-c", code)


async def stays() -> None:
    await asyncio.Event().wait()


async def until(so: Callable[[], bool], seconds: float = SOON) -> None:
    async with asyncio.timeout(seconds):
        while not so():  # noqa: ASYNC110 - what is waited for is another process
            await asyncio.sleep(0.01)


async def started(folder: Path, count: int = 1) -> list[int]:
    """The processes that `slow` began."""
    await until(lambda: len(names(folder)) >= count)
    return [int(name) for name in names(folder)]


def names(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


def alive(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


@pytest.fixture
def pids(tmp_path: Path) -> Path:
    folder = tmp_path / "pids"
    folder.mkdir()
    return folder


# --- the reader leaves


async def test_a_reader_who_leaves_takes_the_process_along_and_gives_the_turn_back(pids: Path) -> None:
    leaves = [asyncio.Event() for _ in range(2)]

    async def gone(which: int) -> None:
        await leaves[which].wait()

    under_way = [
        asyncio.create_task(making.document(ASKED, f"p{n}", lambda n=n: gone(n), command=slow(pids)))
        for n in range(2)
    ]
    both = await started(pids, 2)
    third = asyncio.create_task(making.document(ASKED, "p3", stays, command=QUICK))
    leaves[0].set()
    assert await under_way[0] is None
    assert await asyncio.wait_for(third, SOON) == b"done\n"
    leaves[1].set()
    assert await under_way[1] is None
    assert not any(alive(pid) for pid in both)


async def test_a_reader_who_leaves_while_waiting_starts_nothing(pids: Path) -> None:
    first = asyncio.create_task(making.document(ASKED, "p1", stays, command=slow(pids)))
    await started(pids)
    leaves, told = asyncio.Event(), list[Stage]()

    async def gone() -> None:
        await leaves.wait()

    second = asyncio.create_task(making.document(ASKED, "p1", gone, told.append, slow(pids)))
    await until(lambda: told == [Stage.waiting])
    leaves.set()
    assert await second is None
    assert len(names(pids)) == 1
    first.cancel()
    await asyncio.wait([first])
    assert not any(alive(pid) for pid in await started(pids))


async def test_one_reader_has_few_documents_under_way(pids: Path) -> None:
    under_way = [
        asyncio.create_task(making.document(ASKED, "p1", stays, command=slow(pids))) for _ in range(4)
    ]
    await started(pids)
    with pytest.raises(Refused) as refused:
        await making.document(ASKED, "p1", stays, command=QUICK)
    assert refused.value.code is Code.too_fast
    assert await making.document(ASKED, "p2", stays, command=QUICK) == b"done\n"
    for task in under_way:
        task.cancel()
    await asyncio.wait(under_way)
    assert await making.document(ASKED, "p1", stays, command=QUICK) == b"done\n"


# --- what is told


def lines(chunks: list[bytes]) -> list[Told]:
    return [msgspec.json.decode(one, type=Told) for one in chunks]


async def test_the_stages_are_told_then_the_document_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "COMMAND", QUICK)
    *told, data = [chunk async for chunk in making.told(ASKED, "p1", stays, "text/plain")]
    assert lines(told) == [Told(Stage.making), Told(Stage.ready, 5, "text/plain")]
    assert data == b"done\n"


async def test_a_failure_is_told_with_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "COMMAND", ("/bin/false",))
    told = [chunk async for chunk in making.told(ASKED, "p1", stays, "text/plain")]
    assert lines(told) == [Told(Stage.making), Told(Stage.failed, code="broken")]


async def test_a_silence_is_broken_by_empty_lines_and_an_abandoned_answer_ends_the_process(
    monkeypatch: pytest.MonkeyPatch, pids: Path
) -> None:
    monkeypatch.setattr(making, "COMMAND", slow(pids))
    answer = making.told(ASKED, "p1", stays, "text/plain", beat=0.001)
    assert lines([await anext(answer)]) == [Told(Stage.making)]
    assert await anext(answer) == b"\n"
    (pid,) = await started(pids)
    await answer.aclose()
    await until(lambda: not alive(pid))


# --- the process


async def test_a_document_can_be_made_of_a_given_specification_and_edition() -> None:
    spec = msgspec.structs.replace(compile_spec([FILE]), findings=())
    frozen = Edition(number=3, frozen=True, author="Anne", logo=Logo(media_type="image/png", data=b"\x89"))
    given = Envelope(kind="md", files=(FILE,), spec=spec, edition=frozen)
    assert opened(seal(given)) == given
    made = await making.document(given, "p1", stays)
    assert made == DOCUMENTS["md"](spec, [FILE], frozen) != DOCUMENTS["md"](spec, [FILE])


async def test_the_process_lets_everybody_else_go_first() -> None:
    code = (
        "import os, resource; from charniere.commands import _document; _document._step_back(); "
        "print(os.nice(0), *resource.getrlimit(resource.RLIMIT_CPU))"
    )
    made = await making.document(ASKED, "p1", stays, command=(sys.executable, "-c", code))
    assert made is not None
    nice, soft, hard = map(int, made.split())
    assert nice >= min(19, os.nice(0) + _document._NICE)
    assert soft == hard == _document._CPU_SECONDS


async def test_what_goes_wrong_in_the_process_is_logged_without_a_word_of_the_wall(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(Refused):
        await making.document(Envelope(kind="secret words", files=(FILE,)), "p1", stays)
    (record,) = [r for r in caplog.records if r.name == "charniere.web"]
    assert "KeyError at" in record.__dict__["why"]
    assert "secret words" not in record.__dict__["why"]


# --- over a real connection


@pytest.fixture
async def home(tmp_path: Path, template: Path) -> AsyncIterator[House]:
    async with house(tmp_path, template) as made:
        yield made


@asynccontextmanager
async def served(home: House) -> AsyncIterator[int]:
    """The port of a real server of this house."""
    server = uvicorn.Server(uvicorn.Config(home.app, port=0, lifespan="off", log_level="error"))
    task = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await task


@pytest.mark.parametrize("accept", ["*/*", making.TOLD])
async def test_a_connection_that_drops_ends_the_process_within_a_second(
    home: House, monkeypatch: pytest.MonkeyPatch, pids: Path, accept: str
) -> None:
    monkeypatch.setattr(making, "COMMAND", slow(pids))
    client = await home.as_role("participant")
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.cookies.jar)
    async with served(home) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        asked = f"GET /b/{BOARD}/download/spec.pdf HTTP/1.1\r\nHost: wall.test\r\nAccept: {accept}\r\n"
        writer.write(f"{asked}Cookie: {cookies}\r\n\r\n".encode())
        (pid,) = await started(pids)
        assert alive(pid)
        if accept == making.TOLD:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            assert "content-disposition: attachment; filename=" in head
            assert b'{"stage":"making"}' in await reader.readuntil(b"}")
        dropped = time.monotonic()
        writer.close()
        await until(lambda: not alive(pid))
        assert time.monotonic() - dropped < 1


async def test_who_asks_to_be_told_gets_the_same_document(home: House) -> None:
    client = await home.as_role("participant")
    plain = await client.get(f"/b/{BOARD}/download/spec.docx")
    answer = await client.get(f"/b/{BOARD}/download/spec.docx", headers={"Accept": making.TOLD})
    told, _, rest = answer.content.partition(b'"ready"')
    ready, _, data = (b'{"stage":"ready"' + rest).partition(b"\n")
    assert msgspec.json.decode(told.splitlines()[0], type=Told) == Told(Stage.making)
    assert msgspec.json.decode(ready, type=Told).bytes == len(plain.content)
    assert data == plain.content
    assert answer.headers["content-disposition"] == plain.headers["content-disposition"]
