"""The QR code of an invitation, as a picture of its own: phones read it from a screen across the room. For facilitators."""

import io
from typing import Final

import segno
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from charniere.access import invitations
from charniere.access.membership import admit
from charniere.domain.rights import Action
from charniere.errors import Code, Refused
from charniere.store import invitations as stored
from charniere.web.installation import installation_of, link

router = APIRouter(include_in_schema=False)
_QUIET: Final = 2  # modules of white around the code; the page adds its own


@router.get("/b/{board}/qr/{invitation}.svg")
async def qr(request: Request, board: str, invitation: str) -> Response:
    """The link of an open invitation of this board, dark on white in every theme."""
    await admit(request, board, Action.invite)
    installation = installation_of(request)
    found = await installation.database.read(lambda c: stored.of_board(c, board))
    if not any(one.id == invitation and one.revoked_at is None for one in found):
        raise Refused(Code.not_found)
    token = invitations.link_token(installation.access.secret, invitation)
    return Response(picture(link(request, f"/i/{token}")), media_type="image/svg+xml")


def picture(words: str) -> bytes:
    """SVG without width and height, so that it takes the size it is given."""
    out = io.BytesIO()
    code = segno.make(words, error="m", micro=False)
    code.save(out, kind="svg", border=_QUIET, dark="#1c2029", light="#ffffff", omitsize=True, xmldecl=False)
    return out.getvalue()
