"""The board's page: the shell that the script fills, with everything it needs to start without another request."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from markupsafe import Markup
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import HTMLResponse

from charniere.access.invitations import link_token
from charniere.access.membership import admit
from charniere.access.sessions import Visitor
from charniere.domain.project import Persona, Project
from charniere.domain.rights import Action, Role, Standing, may
from charniere.errors import Code, Refused
from charniere.realtime.protocol import VERSION, Person, Welcome
from charniere.store import invitations, projects
from charniere.web.bootstrap import Bootstrap, in_page, persona_of
from charniere.web.installation import installation_of, link, people_now
from charniere.web.language import language_of
from charniere.web.render import Page, text_of

router = APIRouter(include_in_schema=False)
_HOLE = (
    "<!--bootstrap-->"  # the JSON goes in as it is: a template engine has no business reading a whole board
)


@dataclass(frozen=True)
class BoardPage(Page):
    template: ClassVar[str] = "board.html"
    entry: ClassVar[str] = "board"
    title: str
    bootstrap: Markup = Markup(_HOLE)  # noqa: S704 our own mark, immutable


@dataclass(frozen=True)
class _Around:
    """What the database says around a board, read in one transaction."""

    project: Project
    personas: list[Persona]
    people: list[Person]
    invitation: str | None  # its id


@router.get("/b/{board}")
async def board_page(request: Request, board: str) -> HTMLResponse:
    visitor, standing = await admit(request, board, Action.read)
    installation = installation_of(request)
    around = await installation.database.read(lambda c: _around(c, board))
    snapshot = await installation.hub.snapshot(board)
    bootstrap = Bootstrap(
        version=VERSION,
        board=board,
        project=around.project,
        persona=persona_of(snapshot.value, around.personas),
        role=standing.role.value,
        lang=language_of(request),
        welcome=Welcome(
            epoch=snapshot.epoch,
            seq=snapshot.seq,
            you=you(visitor, standing),
            people=tuple(around.people),
            snapshot=snapshot.records,
        ),
        invitation=_link(request, around, standing),
    )
    before, after = text_of(request, BoardPage(title=snapshot.value.info.title)).split(_HOLE)
    return HTMLResponse(
        "".join((before, in_page(bootstrap), after)), headers={"Referrer-Policy": "same-origin"}
    )


def you(visitor: Visitor, standing: Standing) -> Person:
    return Person(visitor.person_id, visitor.name, visitor.team, standing.role.value)


def _around(connection: Connection, board: str) -> _Around:
    project = projects.project_of(connection, board)
    if project is None:
        raise Refused(Code.not_found)
    live = [
        invitation.id
        for invitation in invitations.of_board(connection, board)
        if invitation.revoked_at is None and invitation.role is Role.participant
    ]
    return _Around(
        project,
        projects.personas_of(connection, project.id),
        people_now(connection, board),
        live[-1] if live else None,
    )


def _link(request: Request, around: _Around, standing: Standing) -> str | None:
    if around.invitation is None or not may(standing, Action.invite):
        return None
    return link(request, "/i/" + link_token(installation_of(request).access.secret, around.invitation))
