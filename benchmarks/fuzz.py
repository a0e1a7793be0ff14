"""Many browsers on a bad network: lines cut, sends doubled, late or out of order; then every view is compared with the log.

Nothing may be lost, doubled or skipped, and no word of what was accepted.
"""

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

from _installation import BOARD, CHANNELS, STAGES, prepare, running

from builders import records
from charniere.domain.board import load
from charniere.store.database import Database
from realtime.network import FAULTS, check, play

NOTES = 12


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=list(range(20)))
    parser.add_argument("--people", type=int, default=8)
    parser.add_argument("--ops", type=int, default=150, help="edits of each of them")
    parser.add_argument("--pause", type=float, default=0.02, help="seconds between two edits, on average")
    asked = parser.parse_args()
    total = {"edits": 0, "recorded": 0, "words": 0, **dict.fromkeys(FAULTS, 0)}
    began = time.monotonic()
    first = records(NOTES, STAGES, CHANNELS)
    for seed in asked.seeds:
        with tempfile.TemporaryDirectory() as folder:
            installation = prepare(Path(folder), asked.people, NOTES)
            with running(installation):
                headers = [installation.headers(number) for number in range(asked.people)]
                fuzz, browsers = asyncio.run(
                    play(installation.socket, headers, load(first), asked.ops, asked.pause, seed)
                )
            database = Database.open(installation.database)
            total["words"] += check(database, BOARD, first, fuzz, browsers)
            database.close()
        total["edits"] += asked.ops * asked.people
        total["recorded"] += browsers[0].seq
        for fault in FAULTS:
            total[fault] += fuzz.faults[fault]
        print(f"seed {seed}: {browsers[0].seq} revisions, all views agree", flush=True)
    told = ", ".join(f"{value} {name}" for name, value in total.items())
    print(f"{told}; 0 lost, 0 doubled, 0 gaps, 0 words lost; {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
