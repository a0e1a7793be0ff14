"""An installation to measure: a data folder with one board and many signed-in people, and `charniere serve` on it.

The server is a process of its own, started as anybody starts it, and ended by its id.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from sqlalchemy import Connection  # noqa: E402

from builders import records  # noqa: E402
from charniere.access.sessions import DAY  # noqa: E402
from charniere.access.tokens import TOKEN_LENGTH, hashed  # noqa: E402
from charniere.app import milliseconds  # noqa: E402
from charniere.domain.board import BoardRecord  # noqa: E402
from charniere.domain.project import Project  # noqa: E402
from charniere.domain.rights import Role  # noqa: E402
from charniere.store import documents, people, projects, schema  # noqa: E402
from charniere.store.database import Database  # noqa: E402

BOARD = "b1"
STAGES, CHANNELS = 6, 7


class Installation(NamedTuple):
    data: Path
    port: int

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def socket(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/{BOARD}"

    @property
    def database(self) -> Path:
        return self.data / "charniere.db"

    def headers(self, person: int) -> dict[str, str]:
        return {"Cookie": f"charniere={token_of(person)}", "Origin": self.base}


def token_of(person: int) -> str:
    """Nobody else is here: a token that one can guess will do."""
    return f"measured-{person:06}".ljust(TOKEN_LENGTH, "x")


def prepare(
    folder: Path, persons: int, notes: int, board: Sequence[BoardRecord] | None = None
) -> Installation:
    """A new data folder with people and one board: this one, or one of as many short notes."""
    data = folder / f"data-{time.time_ns()}"
    data.mkdir(parents=True)
    schema.migrate(data / "charniere.db", data / "backups", lambda: "0")
    database = Database.open(data / "charniere.db")

    def fill(connection: Connection) -> None:
        now = milliseconds()
        projects.add_project(connection, Project(id="project-1", client="Mesure"), (), now)
        projects.add_board(connection, BOARD, "project-1", now)
        documents.create(connection, BOARD, "board", board or records(notes, STAGES, CHANNELS))
        for number in range(persons):
            people.add_person(connection, f"p{number}", f"Personne {number}", "", now)
            people.join(connection, BOARD, f"p{number}", Role.participant, now)
            token_hash = hashed(token_of(number))
            people.open_session(connection, f"s{number}", token_hash, f"p{number}", now, now + DAY)

    database.write_now(fill)
    database.close()
    return Installation(data, free_port())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(installation: Installation) -> "subprocess.Popen[bytes]":
    """Returns when it says that it is ready."""
    command = [sys.executable, "-m", "charniere", "serve", "--host", "127.0.0.1"]
    command += ["--port", str(installation.port), "--data", str(installation.data)]
    environment = {**os.environ, "CHARNIERE_LOG": "warning"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"{installation.base}/readyz", timeout=2).read()
            return process
        except (urllib.error.HTTPError, OSError):
            time.sleep(0.02)
    stop(process)
    raise TimeoutError("the server did not start")


def stop(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def running(installation: Installation) -> "Iterator[subprocess.Popen[bytes]]":
    process = start(installation)
    try:
        yield process
    finally:
        stop(process)


def usage(pid: int) -> tuple[float, float]:
    """CPU seconds since the start, memory in MB."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    status = Path(f"/proc/{pid}/status").read_text()
    rss = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), int(rss.split()[1]) / 1024


def at(values: list[float], share: float) -> float:
    """That quantile, in milliseconds, of values in seconds."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else float("nan")


def print_table(rows: list[dict[str, float]], decimals: dict[str, int]) -> None:
    print("  ".join(f"{name:>9}" for name in rows[0]))
    for row in rows:
        print(
            "  ".join(f"{value:>{max(9, len(name))}.{decimals.get(name, 1)}f}" for name, value in row.items())
        )
