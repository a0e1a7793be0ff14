"""Browsers on a real server whose lines are cut, and whose sends are doubled, late or out of order. Seeded."""

import asyncio
import contextlib
import itertools
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from charniere.domain.board import Board, BoardRecord, advance, load
from charniere.domain.changes import Put, Remove
from charniere.domain.edits.types import BoardEdit
from charniere.store import documents
from charniere.store.database import Database
from realtime.machine import do
from realtime.surroundings import RECORD
from realtime.world import Replica, same

_CHANGES = msgspec.json.Decoder(tuple[Put[BoardRecord] | Remove[BoardRecord], ...])
FAULTS = {"cut": 0.04, "doubled": 0.03, "late": 0.02, "reordered": 0.02}  # shares of all sends


@dataclass
class Fuzz:
    """What all browsers of one seed share. `edit` is what machine.do asks of a world."""

    words: dict[str, str] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FAULTS, 0))
    count: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def edit(self, replica: Replica, edit: BoardEdit) -> str:
        edit_id = f"{replica.person:-<6}{next(self.count):012}"
        assert isinstance(replica, Browser)
        frame = {"type": "submit", "edit_id": edit_id, "edit": edit}
        replica.unsettled[edit_id] = msgspec.json.encode(frame).decode()
        replica.next_send = edit_id
        return edit_id


@dataclass
class Browser(Replica):
    """A replica with a real line."""

    url: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    unsettled: dict[str, str] = field(default_factory=dict)
    next_send: str = ""
    held: str = ""
    socket: ClientConnection | None = None
    is_done: bool = False
    quiet: asyncio.Event = field(default_factory=asyncio.Event)

    async def live(self) -> None:
        """Connects again and again until it is done."""
        while not self.is_done:
            try:
                async with connect(
                    self.url, additional_headers=self.headers, max_size=None, compression=None
                ) as socket:
                    hello = {"type": "hello", "version": 1, "epoch": self.epoch, "since": self.seq}
                    await socket.send(msgspec.json.encode(hello).decode())
                    async for message in socket:
                        self._take(msgspec.json.decode(message))
                        if self.socket is None:
                            self.socket = socket
                            for frame in list(self.unsettled.values()):
                                await socket.send(frame)
            except (OSError, WebSocketException, TimeoutError):
                await asyncio.sleep(0.01)
            finally:
                self.socket = None

    def _take(self, frame: dict[str, Any]) -> None:
        match frame["type"]:
            case "revisions":
                for revision in frame["revisions"]:
                    assert revision["seq"] == self.seq + 1, "a gap, or one twice"
                    changes = _CHANGES.decode(msgspec.json.encode(revision["changes"]))
                    self.value, self.seq = advance(self.value, changes), self.seq + 1
                    self._settle(revision["edit_id"])
            case "settled":
                assert frame["seq"] is None or frame["seq"] <= self.seq
                self._settle(frame["edit_id"])
            case "refused" if frame["code"] not in ("storage", "too_fast"):
                self.refused.add(frame["edit_id"])
                self._settle(frame["edit_id"])
            case "bye":
                raise AssertionError(f"sent away: {frame}")

    def _settle(self, edit_id: str) -> None:
        if self.unsettled.pop(edit_id, None):
            self.done.add(edit_id)
        if not self.unsettled:
            self.quiet.set()

    async def send(self, chance: random.Random, faults: dict[str, int]) -> None:
        """The edit just made, with what may go wrong. What is not settled is sent again at the next connection."""
        edit_id = self.next_send
        self.quiet.clear()
        fault = chance.choices([*FAULTS, "none"], [*FAULTS.values(), 1 - sum(FAULTS.values())])[0]
        if self.socket is None:
            return
        faults[fault] = faults.get(fault, 0) + 1
        try:
            match fault:
                case "late":
                    asyncio.get_running_loop().call_later(
                        0.05 + chance.random() / 4, self._send_late, edit_id
                    )
                case "reordered":
                    self.held = edit_id
                case _:
                    await self._send(edit_id)
                    if fault == "doubled":
                        await self._send(edit_id)
                    if self.held:
                        self.held, held = "", self.held
                        await self._send(held)
            if fault == "cut" and self.socket is not None:
                self.socket.transport.abort()
                self.socket = None
        except (OSError, WebSocketException):
            pass

    async def _send(self, edit_id: str) -> None:
        frame = self.unsettled.get(edit_id)
        if frame and self.socket is not None:
            await self.socket.send(frame)

    def _send_late(self, edit_id: str) -> None:
        if self.socket is not None and edit_id in self.unsettled:
            self.sending = asyncio.ensure_future(self._send_quietly(edit_id))

    async def _send_quietly(self, edit_id: str) -> None:
        with contextlib.suppress(OSError, WebSocketException):
            await self._send(edit_id)


async def play(
    url: str, headers: Sequence[Mapping[str, str]], first: Board, ops: int, pause: float, seed: int
) -> tuple[Fuzz, list[Browser]]:
    """All browsers do `ops` edits each; then everything finds its end."""
    fuzz = Fuzz()
    browsers = [Browser(f"p{i}", first, url=url, headers=h) for i, h in enumerate(headers)]
    living = [asyncio.create_task(browser.live()) for browser in browsers]

    async def act(number: int, browser: Browser) -> None:
        chance = random.Random(seed * 1_000 + number)
        for _ in range(ops):
            await asyncio.sleep(chance.random() * 2 * pause)
            do(fuzz, browser, chance)  # type: ignore[arg-type]
            await browser.send(chance, fuzz.faults)

    acting = asyncio.gather(*(act(number, browser) for number, browser in enumerate(browsers)))
    done, _ = await asyncio.wait([acting, *living], return_when=asyncio.FIRST_COMPLETED)
    for task in done:  # a browser that ends now found something wrong
        task.result()
    for browser in browsers:
        browser.held = ""
        if browser.socket is not None:  # what was held back for ever goes with the next line
            browser.socket.transport.abort()
    await asyncio.wait_for(asyncio.gather(*(browser.quiet.wait() for browser in browsers)), 60)
    await _all_heard(browsers)
    for browser in browsers:
        browser.is_done = True
        if browser.socket is not None:
            await browser.socket.close()
    await asyncio.wait_for(asyncio.gather(*living), 30)
    return fuzz, browsers


async def _all_heard(browsers: Sequence[Browser]) -> None:
    for _ in range(2_000):
        if len({browser.seq for browser in browsers}) == 1 and not any(b.unsettled for b in browsers):
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"not everybody heard everything: {sorted(b.seq for b in browsers)}")


def check(
    database: Database, board: str, first: Sequence[BoardRecord], fuzz: Fuzz, browsers: list[Browser]
) -> int:
    """All views = records = log replayed; every edit once; every word of a recorded edit there. Returns the number of words."""
    log = database.read_now(lambda c: documents.log_since(c, board, 0, 10**9))
    stored = database.read_now(lambda c: documents.read(c, board))
    assert stored is not None
    value = load(first)
    for entry in log:
        value = advance(value, _CHANGES.decode(entry.changes))
    assert same(value, load([RECORD.decode(body) for body in stored.records]))
    for browser in browsers:
        assert browser.seq == len(log) == stored.head.seq
        assert same(browser.value, value)
    ids = [entry.edit_id for entry in log]
    assert len(ids) == len(set(ids))
    assert not set(ids) & {edit_id for browser in browsers for edit_id in browser.refused}
    there = set(" ".join(note.text for note in value.notes.values()).split())
    mine = {word for word, edit_id in fuzz.words.items() if edit_id in set(ids)}
    assert mine <= there, f"words lost: {sorted(mine - there)[:5]}"
    return len(mine)
