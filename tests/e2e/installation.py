"""A real server for a test run: `charniere demo` on a free port and a folder of its own, stopped and started by its pid."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections import deque
from pathlib import Path
from threading import Thread
from typing import Final

READY_WITHIN: Final = 40.0  # seconds
ENTER: Final = re.compile(r"https?://\S+/enter/\S+")


class Installation:
    """One server. `stop` and `start` again keep the data and the port."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = _free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.entry = ""  # the one-time link of the last start
        self.known: dict[str, str] = {}  # invitation links by role, kept by the tests
        self._process: subprocess.Popen[str] | None = None
        self._lines: deque[str] = deque(maxlen=200)

    def start(self) -> "Installation":
        command = [
            sys.executable,
            "-m",
            "charniere",
            "demo",
            "--data",
            str(self.data),
            "--port",
            str(self.port),
        ]
        environment = {**os.environ, "CHARNIERE_LANG": "fr", "PYTHONUNBUFFERED": "1"}
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        )
        self.entry = ""
        Thread(target=self._listen, args=(self._process,), daemon=True).start()
        deadline = time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline and self._process.poll() is None:
            if self.entry and _answers(f"{self.base}/readyz"):
                return self
            time.sleep(0.05)
        raise AssertionError("the server did not start:\n" + "\n".join(self._lines))

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """SIGKILL is what a power cut looks like from here."""
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(5)
        self._process = None

    @property
    def process(self) -> int:
        """The server's own id among processes."""
        assert self._process is not None
        return self._process.pid

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self._lines.append(line.rstrip())
            found = ENTER.search(line)
            if found:
                self.entry = found.group()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1) as response:
            return bool(response.status == 200)
    except OSError:
        return False
