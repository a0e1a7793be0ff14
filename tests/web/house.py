"""An application on a fresh data folder with two boards, and visitors of every kind, for the tests of pages and of the API."""

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import FastAPI
from httpx2 import ASGITransport, AsyncClient

from builders import records
from charniere import opening
from charniere.access import invitations
from charniere.access.tokens import random_token
from charniere.app import create_app, new_id
from charniere.domain.board import BoardInfo
from charniere.domain.project import Persona, Project
from charniere.domain.rights import Role
from charniere.opening import Opened
from charniere.settings import Settings
from charniere.store import documents, people, projects

BASE = "http://wall.test"
BOARD, OTHER = "board-one", "board-two"
TEAMS = ("Ventes", "Support")
NOTES = 3
START = 1_800_000_000_000  # milliseconds


@dataclass
class House:
    """`now` is the clock: tests move it. `entries` are one-time links, by person."""

    app: FastAPI
    opened: Opened
    settings: Settings
    now: int = START
    clients: list[AsyncClient] = field(default_factory=list)

    def clock(self) -> int:
        return self.now

    def browser(self, address: str = "198.51.100.7", base: str = BASE) -> AsyncClient:
        """A browser that was never here. It sends its Origin, as browsers do."""
        transport = ASGITransport(self.app, raise_app_exceptions=False, client=(address, 50_000))
        client = AsyncClient(
            transport=transport, base_url=base, headers={"Origin": base, "Accept-Language": "fr"}
        )
        self.clients.append(client)
        return client

    def person(self, person: str, name: str, role: Role | None, board: str = BOARD) -> None:
        def work(c: people.Connection) -> None:
            people.add_person(c, person, name, TEAMS[0], self.now)
            if role is not None:
                people.join(c, board, person, role, self.now)

        self.opened.database.write_now(work)

    def entry(self, person: str, board: str = BOARD) -> str:
        """A one-time link for this person."""
        token = random_token()
        self.opened.database.write_now(
            lambda c: invitations.add_entry_now(c, token, new_id(), person, board, self.now)
        )
        return f"/enter/{token}"

    def invitation(self, role: Role = Role.participant, board: str = BOARD) -> str:
        made = new_id()
        token = self.opened.database.write_now(
            lambda c: invitations.invite_now(c, self.opened.secret, made, board, role, "anna", self.now)
        )
        return f"/i/{token}"

    async def signed_in(self, person: str, board: str = BOARD) -> AsyncClient:
        client = self.browser()
        answer = await client.get(self.entry(person, board))
        assert answer.status_code == 303
        return client

    async def as_role(self, role: str) -> AsyncClient:
        """A new person: anonymous, participant, observer, screen, facilitator, stranger (facilitator of the other board)."""
        if role == "anonymous":
            return self.browser()
        person, board = f"{role}-{new_id()}", OTHER if role == "stranger" else BOARD
        held = Role.facilitator if role == "stranger" else Role(role)
        self.person(person, role.title(), held, board)
        return await self.signed_in(person, board)


@asynccontextmanager
async def house(folder: Path, template: Path, **given: object) -> AsyncIterator[House]:
    """`template` is a data folder made once, with `furnish`; it is copied, which is quicker than making it anew."""
    shutil.copytree(template, folder / "data")
    settings = Settings(data=folder / "data", secret="s" * 32, **given)  # type: ignore[arg-type]
    opened = opening.take(settings)
    made = House(FastAPI(), opened, settings)
    made.app = create_app(settings, opened, clock=made.clock)
    async with made.app.router.lifespan_context(made.app):
        try:
            yield made
        finally:
            for client in made.clients:
                await client.aclose()


def furnish(folder: Path) -> None:
    """A data folder with two projects of one board each."""
    opened = opening.take(Settings(data=folder, secret="s" * 32))

    def work(c: people.Connection) -> None:
        for board in (BOARD, OTHER):
            persona = Persona(id=f"persona-{board}", name="Claire")
            project = Project(
                id=f"project-{board}", client="Logivia", workshop={"date": "2026-10-06", "participants": "18"}
            )
            projects.add_project(c, project, [persona], START)
            projects.add_board(c, board, project.id, START)
            made = records(notes=NOTES)
            made[0] = BoardInfo(title=f"Parcours de Claire {board}", persona=persona.id, teams=TEAMS)
            documents.create(c, board, "board", made)

    opened.database.write_now(work)
    opened.close()


def bootstrap_of(page: str) -> str:
    found = re.search(r'<script type="application/json" id="bootstrap">(.*?)</script>', page, re.S)
    assert found
    return found[1]
