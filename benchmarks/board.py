"""One board, N people: how long an edit takes to reach the others, and what a delivery costs the server.

A delivery is one revision to one other client. The clients are a process of their own, cheaper than the server.
"""

import argparse
import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from threading import Event

import msgspec
import uvloop
from _installation import BOARD, Installation, at, prepare, print_table, running, usage
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

WRITERS = 50
DECIMALS = {"cpu/1000": 4, "clients": 0, "dropped": 0, "documents": 0}
EVERY = 0.5  # seconds between two edits of one writer
NOTES = 300
WORDS = "le client attend sa réponse et personne ne le rappelle avant lundi matin au plus tôt".split()

Sent = tuple[int, float]  # by which client, when
FLOODER: Sent = (-1, 0.0)


class Fleet:
    """All clients of one measurement: frames are the same bytes for everybody, so each is read once."""

    def __init__(self) -> None:
        self.sent: dict[str, Sent] = {}
        self.read: dict[bytes, tuple[int, list[Sent]]] = {}
        self.is_measuring = False
        self.latencies: list[float] = []
        self.acks: list[float] = []
        self.gone = 0
        self.settled = 0
        self.expected_gone = False

    def understood(self, payload: bytes) -> tuple[int, list[Sent]]:
        found = self.read.get(payload)
        if found is None:
            revisions = msgspec.json.decode(payload)["revisions"]
            found = revisions[-1]["seq"], [self.sent[r["edit_id"]] for r in revisions]
            self.read[payload] = found
            if len(self.read) > 200:
                del self.read[next(iter(self.read))]
        return found


class Client(WSListener):  # type: ignore[misc]
    def __init__(self, fleet: Fleet, number: int) -> None:
        self.fleet = fleet
        self.number = number
        self.seq = 0
        self.is_welcome = asyncio.Event()
        self.transport: WSTransport | None = None

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport
        transport.send(WSMsgType.TEXT, b'{"type":"hello","version":1,"epoch":0,"since":0}')

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        if not self.fleet.expected_gone:
            self.fleet.gone += 1

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        payload = frame.get_payload_as_bytes()
        if payload.startswith(b'{"type":"revisions"'):
            now = time.perf_counter()
            fleet = self.fleet
            self.seq, sent = fleet.understood(payload)
            if fleet.is_measuring:
                for who, at in sent:
                    if who >= 0:
                        (fleet.acks if who == self.number else fleet.latencies).append(now - at)
        elif payload.startswith(b'{"type":"welcome"'):
            self.seq = msgspec.json.decode(payload)["seq"]
            self.is_welcome.set()
        elif payload.startswith(b'{"type":"settled"'):  # a move to where the note lay already
            self.fleet.settled += 1

    def edit(self, edit_id: str, edit: dict[str, object]) -> None:
        assert self.transport is not None
        self.fleet.sent[edit_id] = (self.number, time.perf_counter())
        self.transport.send(
            WSMsgType.TEXT, msgspec.json.encode({"type": "submit", "edit_id": edit_id, "edit": edit})
        )


class Silent(WSListener):  # type: ignore[misc]
    """Says hello, then never reads."""

    def on_ws_connected(self, transport: WSTransport) -> None:
        transport.send(WSMsgType.TEXT, b'{"type":"hello","version":1,"epoch":0,"since":0}')
        transport.underlying_transport.pause_reading()


async def flood(client: Client, stop: asyncio.Event) -> None:
    """A thousand edits a second; the server reads them at its own pace."""
    count = 0
    while not stop.is_set():
        for _ in range(10):
            count += 1
            edit_id = f"flood-{count:08}"
            client.edit(edit_id, {"type": "set_note", "note": "note-0000", "set": {"owner": edit_id}})
            client.fleet.sent[edit_id] = FLOODER
        await asyncio.sleep(0.01)


async def write(client: Client, chance: random.Random, stop: asyncio.Event) -> None:
    """Its own notes, so that no text is merged: 60 characters or a move, every half second."""
    texts = {f"note-{i:04}": f"texte {i}" for i in range(client.number, NOTES, WRITERS)}
    count = 0
    due = time.perf_counter() + chance.random() * EVERY
    while not stop.is_set():
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        due += EVERY
        note = chance.choice(list(texts))
        count += 1
        if chance.random() < 0.7:
            text = " ".join(chance.choices(WORDS, k=12))[:60]
            client.edit(
                f"c{client.number:03}-{count:06}",
                {"type": "set_note_text", "note": note, "text": text, "base": texts[note]},
            )
            texts[note] = text
        else:
            place = {
                "stage": f"stage-{chance.randrange(6):02}",
                "channel": f"channel-{chance.randrange(7):02}",
            }
            client.edit(
                f"c{client.number:03}-{count:06}", {"type": "move_notes", "notes": [note], "place": place}
            )


def read_documents(installation: Installation, person: int, stop: Event) -> int:
    """A reader who asks for a PDF as soon as the last one has come. How many came."""
    url = f"{installation.base}/b/{BOARD}/download/spec.pdf"
    count = 0
    while not stop.is_set():
        asked = urllib.request.Request(url, headers=installation.headers(person))
        with urllib.request.urlopen(asked, timeout=120) as answer:
            count += answer.read().startswith(b"%PDF")
    return count


async def fleet(
    installation: Installation,
    number: int,
    seconds: float,
    pid: int,
    silent: int,
    flooded: bool,
    documents: int,
) -> dict[str, float]:
    fleet = Fleet()
    clients = [Client(fleet, i) for i in range(number)]
    began = time.perf_counter()
    for client in clients:
        headers = installation.headers(client.number)
        await ws_connect(lambda c=client: c, installation.socket, extra_headers=headers)
    await asyncio.gather(*(client.is_welcome.wait() for client in clients))
    joined = time.perf_counter() - began
    for person in range(number + 1, number + 1 + silent):
        await ws_connect(Silent, installation.socket, extra_headers=installation.headers(person))
    stop = asyncio.Event()
    chance = random.Random(number)
    writers = [asyncio.create_task(write(c, random.Random(chance.random()), stop)) for c in clients[:WRITERS]]
    if flooded:
        noisy = Client(fleet, number)
        await ws_connect(lambda: noisy, installation.socket, extra_headers=installation.headers(number))
        writers.append(asyncio.create_task(flood(noisy, stop)))
    enough = Event()
    others = range(number + 1 + silent, number + 1 + silent + documents)
    readers = [asyncio.to_thread(read_documents, installation, person, enough) for person in others]
    reading = asyncio.gather(*readers)
    await asyncio.sleep(2)
    cpu, _ = usage(pid)
    own, before, start = time.process_time(), len(fleet.sent), time.perf_counter()
    fleet.is_measuring = True
    await asyncio.sleep(seconds)
    fleet.is_measuring = False
    used, rss = usage(pid)
    own, edits, lasted = time.process_time() - own, len(fleet.sent) - before, time.perf_counter() - start
    stop.set()
    enough.set()
    await asyncio.gather(*writers)
    made = sum(await reading)
    await asyncio.sleep(1)
    fleet.expected_gone = True
    total = len(fleet.sent) - fleet.settled
    behind = 0 if flooded else sum(client.seq != total for client in clients)
    for client in clients:
        assert client.transport is not None
        client.transport.disconnect()
    deliveries = max(1, len(fleet.latencies))
    return {
        "clients": number,
        "edits/s": edits / lasted,
        "p50": at(fleet.latencies, 0.50),
        "p95": at(fleet.latencies, 0.95),
        "p99": at(fleet.latencies, 0.99),
        "ack p99": at(fleet.acks, 0.99),
        "cpu/1000": (used - cpu) / deliveries * 1000,
        "server cpu %": (used - cpu) / lasted * 100,
        "fleet cpu %": own / lasted * 100,
        "rss MB": rss,
        "joined s": joined,
        "dropped": fleet.gone + behind,
        **({"documents": made} if documents else {}),
    }


def measure(
    number: int, seconds: float, folder: Path, silent: int, flooded: bool, documents: int
) -> dict[str, float]:
    installation = prepare(folder, number + 1 + silent + documents, NOTES)
    with running(installation) as server:
        told = [str(installation.data), str(installation.port), str(number), str(seconds), str(server.pid)]
        told += [str(silent), str(int(flooded)), str(documents)]
        argv = [sys.executable, __file__, "--fleet", *told]
        said = subprocess.run(argv, check=True, stdout=subprocess.PIPE, timeout=seconds + 180)
    found: dict[str, float] = json.loads(said.stdout)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, nargs="+", default=[10, 50, 100, 200, 500])
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--runs", type=int, default=3, help="the median of so many is shown")
    parser.add_argument(
        "--folder", type=Path, help="where the databases are made (default: a temporary folder)"
    )
    parser.add_argument("--silent", type=int, default=0, help="so many more who never read")
    parser.add_argument("--flood", action="store_true", help="and one who sends 1,000 edits a second")
    parser.add_argument("--documents", type=int, default=0, help="and so many who ask for PDFs all the time")
    asked = parser.parse_args()
    print(f"load average at the start: {os.getloadavg()[0]:.2f}", flush=True)
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        rows = []
        for number in asked.clients:
            runs = [
                measure(number, asked.seconds, Path(folder), asked.silent, asked.flood, asked.documents)
                for _ in range(asked.runs)
            ]
            rows.append({name: statistics.median(run[name] for run in runs) for name in runs[0]})
    print_table(rows, DECIMALS)
    print(f"load average at the end: {os.getloadavg()[0]:.2f}")


if __name__ == "__main__":
    if "--fleet" in sys.argv:
        data, port, number, seconds, pid, silent, flooded, documents = sys.argv[2:10]
        measured = Installation(Path(data), int(port))
        asks = int(silent), flooded == "1", int(documents)
        measuring = fleet(measured, int(number), float(seconds), int(pid), *asks)
        print(json.dumps(uvloop.run(measuring)))
    else:
        main()
