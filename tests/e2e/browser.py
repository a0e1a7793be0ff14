"""Which browser the end-to-end tests drive: found on the machine, else fetched, else none and said so.

`python tests/e2e/browser.py` finds or fetches it beforehand, so that no test waits for a download.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

# The headless shell first: the same pages in a third of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = (
    "AUCUN NAVIGATEUR : les tests de bout en bout sont sautés. Installez Chromium (Debian : "
    "apt install chromium-headless-shell ; ailleurs : .venv/bin/playwright install chromium-headless-shell)."
)


def launch(playwright: Playwright) -> Browser | None:
    """A browser ready to open contexts, or None where there is none to be had."""
    found = find()
    if found is None:
        return None
    flags = [*FLAGS, "--no-sandbox"] if _is_root() else FLAGS
    return playwright.chromium.launch(executable_path=found, args=flags)


@cache
def find() -> Path | None:
    """A browser that starts: on PATH, installed by Playwright, or fetched now."""
    return next((path for path in _candidates() if _starts(path)), None)


def _candidates() -> Iterator[Path]:
    yield from _on_path()
    yield from _of_playwright()
    for fetch in (_fetch_by_apt, _fetch_by_playwright):
        if fetch():
            yield from _on_path()
            yield from _of_playwright()


def _on_path() -> Iterator[Path]:
    for name in NAMES:
        if found := shutil.which(name):
            yield Path(found)


def _of_playwright() -> Iterator[Path]:
    """Playwright's own browsers, whichever of its versions brought them: any recent Chromium will do."""
    default = {
        "darwin": Path.home() / "Library" / "Caches" / "ms-playwright",
        "win32": Path.home() / "AppData" / "Local" / "ms-playwright",
    }.get(sys.platform, Path.home() / ".cache" / "ms-playwright")
    home = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or default)
    for pattern in ("chromium_headless_shell-*/*/*headless*shell*", "chromium-*/*/chrome*"):
        yield from sorted((path for path in home.glob(pattern) if path.is_file()), reverse=True)


def _fetch_by_apt() -> bool:
    """Debian and Ubuntu, as root: the system libraries come along, which a download of the browser lacks."""
    if not (_is_root() and shutil.which("apt-get")):
        return False
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium-headless-shell"]
    return _succeeds(install, 300) or (
        _succeeds(["apt-get", "update", "-q"], 120) and _succeeds(install, 300)
    )


def _fetch_by_playwright() -> bool:
    return _succeeds([sys.executable, "-m", "playwright", "install", "chromium-headless-shell"], 240)


def _starts(path: Path) -> bool:
    """False for a browser whose libraries are missing, or a stub that asks for another package."""
    return _succeeds([str(path), "--version"], 30)


def _succeeds(command: list[str], seconds: int) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        ended = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ended.returncode == 0


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


if __name__ == "__main__":
    found = find()
    print(found or MISSING, flush=True)  # noqa: T201 the one line that `./dev test` shows
    if found is not None:
        with sync_playwright() as playwright:
            browser = launch(playwright)
            assert browser is not None
            browser.close()
    sys.exit(found is None)
