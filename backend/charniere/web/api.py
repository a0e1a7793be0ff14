"""REST: what programs may read of a board, and its invitations. Bodies are msgspec Structs, refusals are `{code, detail}`.

Whatever edits a board goes through `Hub.submit`; no route here does yet.
"""

import logging
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query
from msgspec import Raw, Struct
from starlette.requests import Request
from starlette.responses import Response

from charniere.access import invitations
from charniere.access.membership import admit
from charniere.domain.changes import Id
from charniere.domain.rights import Action, Role
from charniere.errors import Code, Refused
from charniere.realtime.protocol import Person
from charniere.store import invitations as stored
from charniere.web.bodies import given, told
from charniere.web.installation import installation_of, link, people_of
from charniere.web.openapi import answers, takes

log = logging.getLogger("charniere.access")
router = APIRouter(prefix="/api", tags=["boards"])
LOG_PAGE: Final = 500  # revisions in one answer


class Snapshot(Struct, frozen=True):
    """A board at one moment: its records, and who is named in them."""

    id: str
    epoch: int
    seq: int
    role: str
    people: tuple[Person, ...]
    records: tuple[Raw, ...]


class Log(Struct, frozen=True):
    """Revisions after `since`, oldest first. `more`: ask again from the last `seq`."""

    revisions: tuple[Raw, ...]
    more: bool


class NewInvitation(Struct, frozen=True, forbid_unknown_fields=True):
    role: Literal["participant", "observer", "facilitator"]


class InvitationLink(Struct, frozen=True):
    """`url` lets anybody who has it in, until the invitation is revoked; then it is null."""

    id: Id
    role: str
    created_at: int  # milliseconds since 1970, UTC
    uses: int
    revoked_at: int | None
    url: str | None


class InvitationList(Struct, frozen=True):
    invitations: tuple[InvitationLink, ...]


@router.get("/boards/{board}", responses=answers(Snapshot, 401, 404), operation_id="board_snapshot")
async def snapshot(request: Request, board: str) -> Response:
    """The board as it stands. For its members."""
    _, standing = await admit(request, board, Action.read)
    installation = installation_of(request)
    found = await installation.hub.snapshot(board)
    people = await people_of(installation.database, board)
    return told(
        Snapshot(board, found.epoch, found.seq, standing.role.value, tuple(people), tuple(found.records))
    )


@router.get("/boards/{board}/log", responses=answers(Log, 401, 403, 404, 422), operation_id="board_log")
async def board_log(
    request: Request,
    board: str,
    since: Annotated[int, Query(ge=0, le=2**53)] = 0,
    limit: Annotated[int, Query(ge=1, le=LOG_PAGE)] = LOG_PAGE,
) -> Response:
    """Every accepted edit after `since`, in order. For facilitators."""
    await admit(request, board, Action.read_log)
    revisions = await installation_of(request).hub.log_since(board, since, limit + 1)
    return told(Log(tuple(Raw(revision) for revision in revisions[:limit]), len(revisions) > limit))


@router.get(
    "/boards/{board}/invitations",
    responses=answers(InvitationList, 401, 403, 404),
    operation_id="list_invitations",
)
async def list_invitations(request: Request, board: str) -> Response:
    """The board's invitations, oldest first, revoked ones included. For facilitators."""
    await admit(request, board, Action.invite)
    found = await installation_of(request).database.read(lambda c: stored.of_board(c, board))
    return told(InvitationList(tuple(_link(request, invitation) for invitation in found)))


@router.post(
    "/boards/{board}/invitations",
    status_code=201,
    responses=answers(InvitationLink, 400, 401, 403, 404, 413, status=201),
    operation_id="create_invitation",
    openapi_extra=takes(NewInvitation),
)
async def create_invitation(request: Request, board: str) -> Response:
    """A new link. For facilitators."""
    visitor, _ = await admit(request, board, Action.invite)
    asked = await given(request, NewInvitation)
    made = await invitations.invite(
        installation_of(request).access, board, Role(asked.role), visitor.person_id
    )
    log.info(
        "invited",
        extra={"board": board, "person": visitor.person_id, "invitation": made.id, "role": asked.role},
    )
    return told(_link(request, made), 201)


@router.delete(
    "/boards/{board}/invitations/{invitation}",
    status_code=204,
    responses=answers(None, 401, 403, 404),
    operation_id="revoke_invitation",
)
async def revoke_invitation(request: Request, board: str, invitation: str) -> Response:
    """The link lets nobody in any more; those who came in stay. For facilitators."""
    visitor, _ = await admit(request, board, Action.invite)
    installation = installation_of(request)
    now = installation.clock()
    done = await installation.database.write(lambda c: stored.revoke(c, board, invitation, now))
    if not done:
        raise Refused(Code.not_found)
    log.info("revoked", extra={"board": board, "person": visitor.person_id, "invitation": invitation})
    return Response(status_code=204)


def _link(request: Request, invitation: stored.Invitation) -> InvitationLink:
    token = invitations.link_token(installation_of(request).access.secret, invitation.id)
    return InvitationLink(
        invitation.id,
        invitation.role.value,
        invitation.created_at,
        invitation.uses,
        invitation.revoked_at,
        link(request, f"/i/{token}") if invitation.revoked_at is None else None,
    )
