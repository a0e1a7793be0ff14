"""The server is killed (kill -9), or told to stop, again and again while people write: nothing acknowledged may be missing.

After each kill: the file is whole, the server is back, the same people go on and send again what was not acknowledged.
"""

import argparse
import asyncio
import random
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

import msgspec
import uvloop
from _installation import BOARD, Installation, at, prepare, start, stop
from picows import WSError, WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from charniere.domain.board import BoardRecord, advance, load
from charniere.domain.board import records as records_of
from charniere.domain.changes import Put, Remove
from charniere.store import documents
from charniere.store.database import Database

NOTES = 60
_CHANGES = msgspec.json.Decoder(tuple[Put[BoardRecord] | Remove[BoardRecord], ...])
_RECORD: "msgspec.json.Decoder[BoardRecord]" = msgspec.json.Decoder(BoardRecord)


class Person(WSListener):  # type: ignore[misc]
    """Writes as fast as it is acknowledged; keeps every edit until then, and sends it again after a loss."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self.number = number
        self.chance = chance
        self.seq = self.count = 0
        self.pending: dict[str, bytes] = {}
        self.acknowledged: dict[str, str] = {}  # edit id to the word it brought
        self.words: dict[str, str] = {}
        self.transport: WSTransport | None = None
        self.first_ack = 0.0
        self.is_heard = asyncio.Event()
        self.gaps = 0

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport
        hello = {"type": "hello", "version": 1, "epoch": 1, "since": self.seq}
        transport.send(WSMsgType.TEXT, msgspec.json.encode(hello))

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self.transport = None

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type != WSMsgType.TEXT:
            return
        said = msgspec.json.decode(frame.get_payload_as_bytes())
        if said["type"] == "welcome":
            for data in list(self.pending.values()):
                transport.send(WSMsgType.TEXT, data)
            self.write_more()
        elif said["type"] == "revisions":
            for revision in said["revisions"]:
                self.gaps += revision["seq"] != self.seq + 1
                self.seq = revision["seq"]
                self.settle(revision["edit_id"])
        elif said["type"] == "settled":
            self.settle(said["edit_id"])

    def settle(self, edit_id: str) -> None:
        if self.pending.pop(edit_id, None) is not None:
            self.first_ack = self.first_ack or time.monotonic()
            self.is_heard.set()
            self.acknowledged[edit_id] = self.words.pop(edit_id)
            self.write_more()

    def write_more(self) -> None:
        while len(self.pending) < 3 and self.transport is not None:
            self.count += 1
            edit_id = f"p{self.number:03}-{self.count:08}"
            word = f"w{self.number}x{self.count}"
            note = f"note-{self.chance.randrange(NOTES):04}"
            kept = self.count % 4 == 0
            edit = (
                {
                    "type": "add_notes",
                    "notes": [{"id": f"n{self.number:03}-{self.count:08}", "text": word}],
                    "place": {},
                }
                if kept
                else {"type": "set_note", "note": note, "set": {"owner": word}}
            )
            self.words[edit_id] = word if kept else ""
            self.pending[edit_id] = msgspec.json.encode({"type": "submit", "edit_id": edit_id, "edit": edit})
            self.transport.send(WSMsgType.TEXT, self.pending[edit_id])


async def connect(person: Person, installation: Installation) -> None:
    while person.transport is None:
        try:
            await ws_connect(
                lambda: person, installation.socket, extra_headers=installation.headers(person.number)
            )
        except (OSError, WSError):
            await asyncio.sleep(0.05)


async def crash(
    installation: Installation, persons: list[Person], kills: int, terms: int, seed: int
) -> dict[str, list[float]]:
    chance = random.Random(seed)
    times: dict[str, list[float]] = {"ready": [], "first ack": []}
    server = start(installation)
    for kill in range(kills + terms + 1):
        await asyncio.gather(*(connect(person, installation) for person in persons))
        await asyncio.sleep(0.3 + chance.random() * 1.2)
        if kill == kills + terms:
            break
        if kill < kills:
            server.kill()
        else:
            server.terminate()
        await asyncio.to_thread(server.wait, 20)
        check(installation, persons)
        killed = time.monotonic()
        for person in persons:
            person.first_ack = 0.0
            person.is_heard.clear()
        server = await asyncio.to_thread(start, installation)
        times["ready"].append(time.monotonic() - killed)
        await asyncio.gather(*(connect(person, installation) for person in persons))
        await asyncio.wait_for(asyncio.gather(*(person.is_heard.wait() for person in persons)), 60)
        times["first ack"] += [person.first_ack - killed for person in persons]
        print(
            f"\rended {kill + 1} times, {sum(len(p.acknowledged) for p in persons)} edits",
            end="",
            flush=True,
        )
    await asyncio.to_thread(stop, server)
    print()
    return times


def check(installation: Installation, persons: list[Person]) -> int:
    """How many acknowledged edits the file holds; stops at the first that it does not."""
    with sqlite3.connect(installation.database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database = Database.open(installation.database)
    try:
        log = database.read_now(lambda c: documents.log_since(c, BOARD, 0, 10**9))
        stored = database.read_now(lambda c: documents.read(c, BOARD))
    finally:
        database.close()
    assert stored is not None
    ids = [entry.edit_id for entry in log]
    assert len(set(ids)) == len(ids), "an edit was recorded twice"
    assert [entry.seq for entry in log] == list(range(1, stored.head.seq + 1)), "a gap in the log"
    recorded = set(ids)
    value = load([_RECORD.decode(body) for body in stored.records])
    texts = {note.text for note in value.notes.values()}
    for person in persons:
        for edit_id, word in person.acknowledged.items():
            assert edit_id in recorded, f"{edit_id} was acknowledged and is lost"
            assert not word or word in texts, f"{word} was acknowledged and is lost"
        assert person.gaps == 0, "a revision was skipped"
    return len(recorded)


def replayed_is_stored(installation: Installation, first: list[BoardRecord]) -> bool:
    database = Database.open(installation.database)
    log = database.read_now(lambda c: documents.log_since(c, BOARD, 0, 10**9))
    stored = database.read_now(lambda c: documents.read(c, BOARD))
    database.close()
    assert stored is not None
    value = load(first)
    for entry in log:
        value = advance(value, _CHANGES.decode(entry.changes))
    there = load([_RECORD.decode(body) for body in stored.records])
    return list(records_of(value)) == list(records_of(there))


def main() -> None:
    from builders import records

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--terms", type=int, default=5, help="stopped by SIGTERM, after the kills")
    parser.add_argument("--people", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        installation = prepare(Path(folder), asked.people, NOTES)
        persons = [Person(i, random.Random(asked.seed * 1000 + i)) for i in range(asked.people)]
        times = uvloop.run(crash(installation, persons, asked.kills, asked.terms, asked.seed))
        recorded = check(installation, persons)
        whole = replayed_is_stored(installation, records(NOTES, 6, 7))
    acknowledged = sum(len(person.acknowledged) for person in persons)
    print(
        f"{asked.kills} kills, {asked.terms} stops, {acknowledged} edits acknowledged, {recorded} recorded, "
        "0 lost, 0 doubled, 0 gaps"
    )
    print(f"log replayed = records: {whole}")
    for name, values in times.items():
        print(
            f"{name:>10}: p50 {at(values, 0.5):.0f} ms, p95 {at(values, 0.95):.0f} ms, worst {max(values) * 1000:.0f} ms"
        )
    sys.exit(0 if whole else 1)


if __name__ == "__main__":
    main()
