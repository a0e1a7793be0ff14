"""The way in: one's boards, or how to get one; the privacy page; leaving."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from charniere.access.sessions import DAY, LONGEST, Visitor, identify, sign_out
from charniere.domain.board import Board, Kind, in_order
from charniere.domain.project import Project
from charniere.domain.rights import Role
from charniere.errors import Refused
from charniere.store import people, projects
from charniere.web.installation import Installation, installation_of
from charniere.web.join import workshop_day
from charniere.web.render import Page, render
from charniere.web.wall import WALL

router = APIRouter(include_in_schema=False)
log = logging.getLogger("charniere.access")
BOARDS: Final = 60  # shown at most
SQUARES: Final = 12  # notes drawn in one cell of a miniature
COLUMNS: Final = 12  # columns that the style sheet can draw


@dataclass(frozen=True)
class Card:
    """One board. `cells`: row by row, the kinds of the notes; `columns` of them a row. `journey` "" when it cannot be read."""

    id: str
    title: str
    role: str
    present: int
    journey: str = ""
    notes: int = 0
    actions: int = 0
    columns: int = 0
    cells: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Mission:
    """A project with those of its boards that the reader has a place on."""

    client: str
    purpose: str
    workshop: str
    people: int
    objectives: int
    boards: tuple[Card, ...]


@dataclass(frozen=True)
class HomePage(Page):
    template: ClassVar[str] = "home.html"
    name: str
    initials: str
    missions: tuple[Mission, ...]


@dataclass(frozen=True)
class WelcomePage(Page):
    """For those who have no board yet."""

    template: ClassVar[str] = "welcome.html"
    signed_in: bool
    wall: tuple[tuple[str, ...], ...] = WALL


@dataclass(frozen=True)
class PrivacyPage(Page):
    template: ClassVar[str] = "privacy.html"
    signed_in: bool
    days: int = LONGEST // DAY


@router.get("/")
async def home(request: Request) -> Response:
    visitor = await identify(request)
    installation = installation_of(request)
    missions = await _missions(installation, visitor) if visitor else ()
    if visitor is None or not missions:
        return render(request, WelcomePage(visitor is not None))
    return render(request, HomePage(visitor.name, initials(visitor.name), tuple(missions)))


@router.get("/privacy")
async def privacy(request: Request) -> Response:
    return render(request, PrivacyPage(await identify(request) is not None))


@router.post("/leave")
async def leave(request: Request) -> Response:
    """Ends this browser's sign-in, and closes what it has open."""
    response = RedirectResponse("/", 303)
    visitor = await identify(request)
    if visitor is not None:
        await sign_out(request, response, visitor)
        log.info("left", extra={"person": visitor.person_id})
        installation_of(request).hub.disconnect(visitor.person_id)
    return response


@dataclass(frozen=True)
class _Place:
    board: str
    role: Role
    project: Project
    people: int


async def _missions(installation: Installation, visitor: Visitor) -> Sequence[Mission]:
    """Projects in the order in which the reader came to them."""
    places = await installation.database.read(lambda c: _places(c, visitor.person_id))
    grouped: dict[str, list[_Place]] = {}
    for place in places:
        grouped.setdefault(place.project.id, []).append(place)
    return [await _mission(installation, group) for group in grouped.values()]


def _places(connection: Connection, person: str) -> list[_Place]:
    found = []
    for board, role in people.boards_of(connection, person, BOARDS):
        project = projects.project_of(connection, board)
        if project is not None:
            found.append(_Place(board, role, project, len(people.members(connection, board))))
    return found


async def _mission(installation: Installation, places: list[_Place]) -> Mission:
    project = places[0].project
    return Mission(
        client=project.client,
        purpose=project.purpose,
        workshop=workshop_day(project),
        people=max(_told(project), *(place.people for place in places)),
        objectives=len(project.objectives),
        boards=tuple([await _card(installation, place) for place in places]),
    )


def _told(project: Project) -> int:
    """How many took part, where the project says so in figures."""
    told = project.workshop.get("participants", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 6 else 0


async def _card(installation: Installation, place: _Place) -> Card:
    present = installation.hub.count(place.board)
    try:
        board: Board = (await installation.hub.snapshot(place.board)).value
    except Refused:
        return Card(place.board, place.board, place.role.value, present)
    live = [note for note in board.notes.values() if note.removed_at is None]
    columns, cells = miniature(board)
    return Card(
        id=place.board,
        title=board.info.title,
        role=place.role.value,
        present=present,
        journey=board.info.journey,
        notes=len(live),
        actions=sum(note.kind is Kind.action for note in live),
        columns=columns,
        cells=cells,
    )


def initials(name: str) -> str:
    """« AK » for Anne Klein, « In » for Inès."""
    words = name.split()
    return "".join(word[0] for word in words[:2]).upper() if len(words) > 1 else name[:2].capitalize()


def miniature(board: Board) -> tuple[int, tuple[tuple[str, ...], ...]]:
    """The grid as small squares: how many columns, and the kinds in each cell, row by row."""
    stages = [stage.id for stage in sorted(board.stages.values(), key=in_order)][:COLUMNS]
    channels = [channel.id for channel in sorted(board.channels.values(), key=in_order)]
    kinds: dict[tuple[str | None, str | None], list[str]] = {}
    for note in sorted(board.notes.values(), key=in_order):
        if note.removed_at is None:
            kinds.setdefault((note.stage, note.channel), []).append(note.kind.value if note.kind else "none")
    rows = [tuple(kinds.get((stage, channel), [])[:SQUARES]) for channel in channels for stage in stages]
    return len(stages), tuple(rows)
