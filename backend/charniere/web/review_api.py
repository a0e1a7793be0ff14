"""REST of the review: the specification as it stands, its proposals, what each note becomes.

What people decide about lines goes through the socket; versions are in `versions_api`.
"""

from typing import Final

import msgspec
from fastapi import APIRouter
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from charniere.access.membership import admit
from charniere.domain.rights import Action
from charniere.spec.draft.assemble import assemble
from charniere.spec.draft.records import Draft, Section
from charniere.spec.draft.standing import Standing, effective, standing
from charniere.spec.model import WhyNot
from charniere.web import drafts
from charniere.web.bodies import told
from charniere.web.installation import installation_of
from charniere.web.openapi import answers

router = APIRouter(prefix="/api/boards/{board}/specification", tags=["specification"])

_FRESH: Final = 5_000  # milliseconds: a whole room may look at its notes while it writes


class DraftState(Struct, frozen=True):
    """The wall moved since it was last read when `board_seq` is above `proposed_seq`. `seq` is the draft's own."""

    board_seq: int
    proposed_seq: int
    seq: int
    frozen: bool


class Proposed(Struct, frozen=True):
    """How many lines the wall changed, and how many attributes now wait to be settled."""

    changed: int
    conflicts: int
    seq: int


class Fed(Struct, frozen=True):
    """A line that a note feeds."""

    id: str
    code: str
    section: Section
    label: str
    standing: Standing


class Uses(Struct, frozen=True):
    """Note id -> the lines that it feeds, or the reason why it feeds none (`spec.why_not.<reason>`)."""

    notes: dict[str, tuple[Fed, ...]]
    why_not: dict[str, WhyNot]
    seq: int  # of the board when it was read


@router.get("", responses=answers(None, 401, 404), operation_id="specification")
async def specification(request: Request, board: str) -> Response:
    """The draft as it stands, as `spec.json` (see `charniere schema spec`)."""
    await admit(request, board, Action.download)
    _, found = await drafts.refreshed(request, board)
    tag = f'"{found.epoch}-{found.seq}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    data = await run_in_threadpool(lambda: msgspec.json.encode(assemble(found.value)))
    return Response(data, media_type="application/json", headers={"ETag": tag, "Cache-Control": "no-cache"})


@router.get("/state", responses=answers(DraftState, 401, 404), operation_id="specification_state")
async def state(request: Request, board: str) -> Response:
    """Has the wall moved since the draft last read it?"""
    await admit(request, board, Action.download)
    installation = installation_of(request)
    document = await drafts.open_draft(request, board)
    draft = await installation.hub.snapshot(document)
    wall = await installation.hub.snapshot(board)
    value: Draft = draft.value
    return told(DraftState(wall.seq, drafts.proposed_seq(value), draft.seq, value.info.frozen))


@router.post(
    "/proposals", responses=answers(Proposed, 401, 403, 404, 409), operation_id="propose_specification"
)
async def propose(request: Request, board: str) -> Response:
    """Reads the wall again: proposals change, decisions stay. For facilitators."""
    await admit(request, board, Action.review)
    changed = await drafts.propose(request, board)
    found = await installation_of(request).hub.snapshot(await drafts.open_draft(request, board))
    value: Draft = found.value
    waiting = sum(1 for line in value.lines.values() if standing(line) == "conflict")
    return told(Proposed(changed, waiting, found.seq))


@router.get("/uses", responses=answers(Uses, 401, 404), operation_id="specification_uses")
async def uses(request: Request, board: str, note: str | None = None) -> Response:
    """What each note of the board becomes, or what one of them does; read from the wall a few seconds ago at most."""
    await admit(request, board, Action.download)
    _, found = await drafts.refreshed(request, board, fresh_for=_FRESH)
    draft: Draft = found.value
    return told(await run_in_threadpool(_uses, draft, note))


def _uses(draft: Draft, wanted: str | None) -> Uses:
    spec = assemble(draft)
    lines = {line.item: line for line in draft.lines.values()}
    fed: dict[str, tuple[Fed, ...]] = {}
    why: dict[str, WhyNot] = {}
    for use in spec.coverage.notes:
        note = use.note.note or ""
        if wanted not in (None, note):
            continue
        found = [lines[one] for one in use.items if one in lines]
        fed[note] = tuple(
            Fed(line.item, line.code, line.section, str(effective(line).get("label", "")), standing(line))
            for line in found
        )
        if use.why_not:
            why[note] = use.why_not
    return Uses(fed, why, drafts.proposed_seq(draft))
