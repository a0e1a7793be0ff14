"""What it costs the server that somebody comes to a board: opening it from disk, a whole snapshot, coming back after a while."""

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from _installation import BOARD, at, prepare, print_table

from builders import set_owner
from charniere.app import milliseconds, new_id
from charniere.domain.rights import Role, Standing
from charniere.realtime.connection import Connection
from charniere.realtime.frames import Frame
from charniere.realtime.hub import Hub
from charniere.realtime.protocol import Hello, Person
from charniere.store.database import Database
from charniere.web.installation import people_of

MISSED = 200  # revisions


class Nowhere:
    """A wire that counts."""

    def __init__(self) -> None:
        self.bytes = 0

    def write(self, frame: Frame) -> None:
        self.bytes += len(frame.wire)

    def backlog(self) -> int:
        return 0

    def close(self, code: int) -> None:
        pass

    def abort(self) -> None:
        pass


async def timed(times: int, work: Callable[[int], Awaitable[object]]) -> list[float]:
    found = []
    for number in range(times):
        began = time.perf_counter()
        await work(number)
        found.append(time.perf_counter() - began)
    return found


async def measure(database: Database, times: int) -> tuple[dict[str, list[float]], int]:
    async def new_hub() -> Hub:
        return Hub(database, milliseconds, new_id, lambda board: people_of(database, board))

    async def opened(_: int) -> None:
        hub = await new_hub()
        await hub.room(BOARD)
        await hub.close()

    hub = await new_hub()
    room = await hub.room(BOARD)
    size = 0

    async def joined(number: int, epoch: int, since: int) -> None:
        nonlocal size
        wire = Nowhere()
        person = Person(f"p{number % 5}", f"Personne {number % 5}")
        connection = Connection(new_id(), person, Standing(Role.participant), wire)
        await room.join(connection, Hello(1, epoch, since))
        room.leave(connection)
        size = max(size, wire.bytes)

    standing = Standing(Role.participant)
    for number in range(MISSED):
        edit = set_owner(f"note-{number:04}", f"owner {number}")
        await hub.submit(BOARD, "p0", standing, f"edit-{number:08}", edit)

    async def after_an_edit(number: int) -> None:
        room.shelf._joined = None  # as after any edit: the snapshot is joined anew
        await joined(number, 0, 0)

    found = {
        "open": await timed(max(3, times // 10), opened),
        "join": await timed(times, after_an_edit),
        "again": await timed(times, lambda number: joined(number, 0, 0)),
        "return": await timed(times, lambda number: joined(number, 1, room.seq - MISSED)),
    }
    await hub.close()
    return found, size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, nargs="+", default=[300, 2_000, 10_000])
    parser.add_argument("--times", type=int, default=50)
    asked = parser.parse_args()
    print(
        f"load average: {os.getloadavg()[0]:.2f}; milliseconds; return = {MISSED} revisions missed",
        flush=True,
    )
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for notes in asked.notes:
            database = Database.open(prepare(Path(folder), 5, notes).database)
            found, size = asyncio.run(measure(database, asked.times))
            database.close()
            row: dict[str, float] = {"notes": notes, "kB": size / 1000}
            for name, values in found.items():
                row[f"{name} p50"] = statistics.median(values) * 1000
                row[f"{name} p99"] = at(values, 0.99)
            rows.append(row)
    print_table(rows, {"notes": 0, "kB": 0})


if __name__ == "__main__":
    main()
