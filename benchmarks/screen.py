"""The board on screen: 2,000 notes and 200 edits a second by others, in a real Chromium. Frames, long tasks, first paint.

The edits are those of a workshop (60 characters, moves); all writers are one process, the browser another. Server and writers are
elsewhere when people meet: here they share the machine with the browser, and step back for it (nice 10). The load stays the same.
On a machine that others keep busy, `chrt -r 10 ./dev bench screen` measures the board and not the machine.
"""

import argparse
import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec
from _installation import CHANNELS, ROOT, STAGES, Installation, prepare, print_table, running, token_of
from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

sys.path.insert(0, str(ROOT / "tests" / "e2e"))
from playwright.sync_api import sync_playwright

from browser import launch
from builders import records
from charniere.domain.board import BoardRecord, Kind, Note

NOTES = 2_000
WRITERS = 20
RATE = 200  # edits a second, all writers together
WORDS = "le client attend sa réponse et personne ne le rappelle avant lundi matin au plus tôt".split()
NICE = 10
DECIMALS = {"frames": 0, "long": 0, "elements": 0}

# collects the distance between frames, and tasks over 50 ms, for a while
FRAMES = """seconds => new Promise(done => {
    const frames = []; let last = 0, long = 0;
    const watch = new PerformanceObserver(list => { long += list.getEntries().length; });
    watch.observe({type: 'longtask'});
    const end = performance.now() + seconds * 1000;
    const step = now => {
        if (last) frames.push(now - last);
        last = now;
        if (now < end) requestAnimationFrame(step);
        else { watch.disconnect(); done({frames, long}); }
    };
    requestAnimationFrame(step);
})"""
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
ELEMENTS = "() => document.querySelectorAll('*').length"


class Writer(WSListener):  # type: ignore[misc]
    def __init__(self) -> None:
        self.ready = asyncio.Event()
        self.transport: WSTransport | None = None

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport
        transport.send(WSMsgType.TEXT, b'{"type":"hello","version":1,"epoch":1,"since":0}')

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        self.ready.set()


async def write(installation: Installation, seconds: float) -> None:
    writers = [Writer() for _ in range(WRITERS)]
    for number, writer in enumerate(writers):
        headers = installation.headers(number + 1)
        await ws_connect(lambda w=writer: w, installation.socket, extra_headers=headers)
        await writer.ready.wait()
    chance = random.Random(7)
    texts = {note.id: note.text for note in wall() if isinstance(note, Note)}
    loop = asyncio.get_running_loop()
    start = loop.time()
    for count in range(int(seconds * RATE)):
        await asyncio.sleep(max(0.0, start + count / RATE - loop.time()))
        note = f"note-{chance.randrange(NOTES):04}"
        if chance.random() < 0.7:
            text = sentence(chance)
            edit = {"type": "set_note_text", "note": note, "text": text, "base": texts[note]}
            texts[note] = text
        else:
            place = {
                "stage": f"stage-{chance.randrange(6):02}",
                "channel": f"channel-{chance.randrange(7):02}",
            }
            edit = {"type": "move_notes", "notes": [note], "place": place}
        submit = {"type": "submit", "edit_id": f"screen-{count:08}", "edit": edit}
        transport = writers[count % WRITERS].transport
        assert transport is not None
        transport.send(WSMsgType.TEXT, msgspec.json.encode(submit))
    for writer in writers:
        assert writer.transport is not None
        writer.transport.disconnect()


def wall() -> list[BoardRecord]:
    """Notes as a workshop leaves them: two lines each, of all kinds, most of them felt, some voted for. The same each time."""
    chance = random.Random(3)
    return [
        msgspec.structs.replace(
            record,
            text=sentence(chance),
            kind=chance.choice([*Kind]),
            emotion=chance.choice([-2, -1, 0, 1, 2, None]),
            votes=chance.choice([None, None, chance.randint(1, 12)]),
        )
        if isinstance(record, Note)
        else record
        for record in records(NOTES, STAGES, CHANNELS)
    ]


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=12))[:60]


def measure(seconds: float, folder: Path) -> dict[str, float]:
    installation = prepare(folder, WRITERS + 1, NOTES, wall())
    with running(installation) as server, sync_playwright() as playwright:
        step_back(server.pid)
        browser = launch(playwright)
        if browser is None:
            raise SystemExit("no browser")
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR")
        context.add_cookies([{"name": "charniere", "value": token_of(0), "url": installation.base}])
        page = context.new_page()
        page.goto(f"{installation.base}/b/b1")  # warms the browser's own caches and the server
        page.wait_for_selector("[data-ready]")
        page.reload()
        page.wait_for_selector("[data-ready]")
        paint = page.wait_for_function(PAINT).json_value()
        told = [str(installation.data), str(installation.port), str(seconds + 4)]
        writers = subprocess.Popen([sys.executable, __file__, "--write", *told])
        step_back(writers.pid)
        page.wait_for_timeout(2500)
        before = page.evaluate("() => performance.now()")
        found = page.evaluate(FRAMES, seconds)
        writers.wait(seconds + 60)
        elements = page.evaluate(ELEMENTS)
        assert before > 0
        browser.close()
    frames = sorted(found["frames"])
    return {
        "paint ms": paint,
        "frames": len(frames),
        "p50": statistics.median(frames),
        "p95": frames[int(len(frames) * 0.95)],
        "p99": frames[int(len(frames) * 0.99)],
        "worst": frames[-1],
        "long": found["long"],
        "elements": elements,
    }


def step_back(pid: int) -> None:
    """Every thread of the process, where the system tells them apart."""
    tasks = Path(f"/proc/{pid}/task")
    for task in [int(one.name) for one in tasks.iterdir()] if tasks.is_dir() else [pid]:
        os.setpriority(os.PRIO_PROCESS, task, NICE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", nargs=3, metavar=("DATA", "PORT", "SECONDS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        data, port, seconds = options.write
        asyncio.run(write(Installation(Path(data), int(port)), float(seconds)))
        return
    print(f"{NOTES} notes, {RATE} edits/s by {WRITERS} others; milliseconds between frames")
    with tempfile.TemporaryDirectory() as folder:
        print_table([measure(options.seconds, Path(folder)) for _ in range(options.runs)], DECIMALS)


if __name__ == "__main__":
    main()
