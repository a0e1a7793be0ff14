"""Writes tests/vectors/traces/: what one browser did and heard, and the board it must end with.

Run `python tests/realtime/write_traces.py`. Events, in order: `open` (its line opens), `edit` (its person edits, under the
given edit_id), `frame` (it hears), `cut` (its line is lost). `refused` are the edits that the server turned down for good.
"""

import random
import sys
from pathlib import Path
from typing import Any

import msgspec

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from builders import set_owner
from charniere.domain.board import records as records_of
from realtime.machine import do
from realtime.surroundings import RECORD
from realtime.world import World

FOLDER = Path(__file__).resolve().parents[1] / "vectors" / "traces"
SEEDS = range(12)
STEPS = 250


def trace(seed: int) -> bytes:
    chance = random.Random(seed)
    world = World()
    replica = world.replicas[0]
    replica.trace = []
    first = [msgspec.to_builtins(record) for record in world.disk.first]
    try:
        for _ in range(STEPS):
            _step(world, chance)
        world.settle()
        world.check()
        last = [msgspec.to_builtins(record) for record in records_of(world.room.value)]
        told: dict[str, Any] = {
            "person": {"id": replica.person, "name": replica.person.title()},
            "epoch": 1,
            "records": first,
            "events": replica.trace,
            "seq_at_end": replica.seq,
            "records_at_end": last,
            "refused": sorted(replica.refused),
        }
        return msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"
    finally:
        world.close()


def _step(world: World, chance: random.Random) -> None:
    replica = chance.choice(world.replicas)
    kind = chance.choices(
        [
            "edit",
            "upload",
            "again",
            "commit",
            "fail",
            "lost",
            "pass",
            "hear",
            "drop",
            "back",
            "crash",
            "elsewhere",
        ],
        [20, 20, 4, 20, 2, 1, 15, 20, 2, 8, 1, 2],
    )[0]
    match kind:
        case "edit":
            do(world, replica, chance)
        case "upload":
            world.upload(replica)
        case "again":
            world.upload(replica, again=True)
        case "commit":
            world.commit()
        case "fail":
            world.fail()
        case "lost":
            world.commit(lose_answer=True)
        case "pass":
            world.pass_by(0.05)
        case "hear":
            world.download(replica)
        case "drop":
            world.drop(replica)
        case "back":
            world.reconnect(replica)
        case "crash":
            world.crash(after_commit=chance.random() < 0.5)
        case "elsewhere":
            body = chance.choice([body for body in world.disk.bodies.values() if body.kind == "note"])
            record = RECORD.decode(body.body or b"")
            world.write_elsewhere(set_owner(record.id, f"owner {chance.randrange(1000)}"))


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for seed in SEEDS:
        (FOLDER / f"trace-{seed:02}.json").write_bytes(trace(seed))


if __name__ == "__main__":
    main()
