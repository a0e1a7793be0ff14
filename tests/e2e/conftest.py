"""One browser for the whole run, one server for each module of tests; each test opens its own contexts."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
from browser import MISSING, launch
from installation import Installation
from wall import Wall


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = launch(playwright)
        if found is None and os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        if found is None:
            pytest.skip(MISSING)
        yield found
        found.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    installation = Installation(tmp_path_factory.mktemp("data"))
    installation.start()
    yield installation
    installation.stop()


class Room:
    """Who comes to one test's board; they all leave at its end, and nobody's browser may have complained."""

    def __init__(self, browser: Browser, server: Installation) -> None:
        self.browser = browser
        self.server = server
        self.walls: list[Wall] = []
        self.complaints_expected = False

    def facilitator(self, **options: Any) -> Wall:
        """Signs in by a fresh one-time link: the printed one serves once, the next ones come from a facilitator's invitation."""
        if "facilitator" not in self.server.known:
            wall = Wall.open(self.browser, self.server.entry, **options).ready()
            self.server.known["facilitator"] = wall.invitation("facilitator")
            self.server.known["participant"] = wall.invitation("participant")
            self.server.known["observer"] = wall.invitation("observer")
        else:
            wall = self.guest("Camille", "Marketing", "facilitator", **options)
        return self._with(wall)

    def guest(self, name: str, team: str = "Travaux", role: str = "participant", **options: Any) -> Wall:
        if role not in self.server.known:
            self.facilitator()
        wall = Wall.open(self.browser, self.server.known[role], **options).join(name, team)
        return self._with(wall)

    def _with(self, wall: Wall) -> Wall:
        if wall not in self.walls:
            self.walls.append(wall)
        return wall


@pytest.fixture
def room(browser: Browser, server: Installation) -> Iterator[Room]:
    room = Room(browser, server)
    yield room
    complaints = [c for wall in room.walls for c in wall.complaints]
    for wall in room.walls:
        wall.context.close()
    assert room.complaints_expected or not complaints, complaints
