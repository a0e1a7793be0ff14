"""The two doors: an invitation (first name and team, no account) and a one-time link.

Both give a cookie and lead to the board.
"""

import logging
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from charniere.access import invitations
from charniere.access.invitations import Arrival
from charniere.access.membership import standing
from charniere.access.sessions import Visitor, identify, sign_in
from charniere.access.tokens import TOKEN_LENGTH, random_token
from charniere.domain.board import Board
from charniere.domain.project import Project
from charniere.domain.rights import Role, Standing
from charniere.errors import Code, Refused
from charniere.i18n import t
from charniere.realtime.protocol import Person
from charniere.store import projects
from charniere.store.invitations import Invitation
from charniere.web.forms import fields, one_line
from charniere.web.installation import installation_of
from charniere.web.language import language_of
from charniere.web.render import Page, render
from charniere.web.wall import WALL

router = APIRouter(include_in_schema=False)
log = logging.getLogger("charniere.access")
NAME: Final = 60
OTHER: Final = "other"
_PREFETCH: Final = ("prefetch", "prerender")


@dataclass(frozen=True)
class JoinPage(Page):
    """`team` is one of `teams`, or OTHER with `other_team` filled in. A `wrong_` is the sentence beside its field, or ""."""

    template: ClassVar[str] = "join.html"
    title: str
    client: str
    workshop: str  # its day, as given; "" when it is not known
    present: int
    role: str
    teams: tuple[str, ...]
    key: str  # one form makes one person, however often it is sent
    name: str = ""
    team: str = ""
    other_team: str = ""
    wrong_name: str = ""
    wrong_team: str = ""
    other: str = OTHER
    name_limit: int = NAME
    wall: tuple[tuple[str, ...], ...] = WALL


@router.get("/i/{token}")
async def invitation_page(request: Request, token: str) -> Response:
    visitor = await identify(request)
    invitation = await invitations.open_invitation(request, token, visitor.person_id if visitor else None)
    access = installation_of(request).access
    if invitation.revoked_at is not None:
        return _to_board(invitation.board)
    if visitor is not None and await standing(access, visitor.person_id, invitation.board) is not None:
        role = await invitations.raise_role(access, invitation, visitor.person_id)
        _tell(request, invitation.board, Person(visitor.person_id, visitor.name, visitor.team, role.value))
        return _to_board(invitation.board)
    return render(request, await _join_page(request, invitation, visitor))


@router.post("/i/{token}")
async def join(request: Request, token: str) -> Response:
    """Form: `name`, `team`, `other_team`."""
    invitation = await invitations.open_invitation(request, token)
    visitor = await identify(request)
    form = await fields(request)
    page = await _join_page(request, invitation, visitor, form.get("key", ""))
    given = _Given(
        one_line(form.get("name", "")), form.get("team", ""), one_line(form.get("other_team", "")), page.teams
    )
    wrong_name, wrong_team = given.wrong(language_of(request))
    if wrong_name or wrong_team:
        again = replace(
            page,
            name=given.name,
            team=given.team,
            other_team=given.other_team,
            wrong_name=wrong_name,
            wrong_team=wrong_team,
        )
        return render(request, again, 422)
    access = installation_of(request).access
    person = visitor.person_id if visitor else invitations.arriving(access, page.key)
    arrival = Arrival(person, given.name, given.team_name, visitor is not None)
    role = await invitations.accept(access, invitation, arrival)
    response = _to_board(invitation.board)
    if visitor is None:
        await sign_in(request, response, person)
    _tell(request, invitation.board, Person(person, given.name, given.team_name, role.value))
    return response


def _tell(request: Request, board: str, person: Person) -> None:
    """Those who are there learn who came; a tab that the person has open already gets the new role."""
    log.info("joined", extra={"board": board, "person": person.id, "role": person.role})
    hub = installation_of(request).hub
    hub.announce(board, [person])
    hub.restand(person.id, board, Standing(Role(person.role)))


@router.get("/enter/{token}")
async def enter(request: Request, token: str) -> Response:
    if any(word in request.headers.get("sec-purpose", "") for word in _PREFETCH):
        return Response(status_code=204)  # a browser that only guesses must not use the link up
    visitor = await identify(request)
    entered = await invitations.enter(request, token, visitor.person_id if visitor else None)
    log.info("entered", extra={"board": entered.board, "person": entered.person})
    response = _to_board(entered.board)
    if visitor is None or visitor.person_id != entered.person:
        await sign_in(request, response, entered.person)
    return response


@dataclass(frozen=True)
class _Given:
    """What somebody wrote in the form."""

    name: str
    team: str
    other_team: str
    teams: tuple[str, ...]

    @property
    def team_name(self) -> str:
        return self.team if self.team in self.teams else self.other_team

    def wrong(self, lang: str) -> tuple[str, str]:
        """What is wrong with the name, and with the team; "" is nothing."""
        asked = "other" if self.team == OTHER or not self.teams else "team"
        return (
            _wrong(lang, "name_missing", "name_too_long", self.name),
            _wrong(lang, f"{asked}_missing", "team_too_long", self.team_name),
        )


def _wrong(lang: str, missing: str, too_long: str, value: str) -> str:
    if not value:
        return t(lang, f"join.{missing}")
    return t(lang, f"join.{too_long}", limit=NAME) if len(value) > NAME else ""


async def _join_page(
    request: Request, invitation: Invitation, visitor: Visitor | None, key: str = ""
) -> JoinPage:
    installation = installation_of(request)
    project = await installation.database.read(lambda c: projects.project_of(c, invitation.board))
    if project is None:
        raise Refused(Code.invitation_closed)
    board: Board = (await installation.hub.snapshot(invitation.board)).value
    team = visitor.team if visitor else ""
    known = team in board.info.teams
    return JoinPage(
        title=board.info.title,
        client=project.client,
        workshop=workshop_day(project),
        present=installation.hub.count(invitation.board),
        role=invitation.role.value,
        teams=board.info.teams,
        key=key if len(key) == TOKEN_LENGTH else random_token(),
        name=visitor.name if visitor else "",
        team=team if known else (OTHER if team else ""),
        other_team="" if known else team,
    )


def workshop_day(project: Project) -> str:
    return project.workshop.get("date", "")[:40]


def _to_board(board: str) -> Response:
    return RedirectResponse(f"/b/{board}", 303)
