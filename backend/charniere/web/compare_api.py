"""Two specifications of a board side by side: what differs, and what happened on the wall meanwhile."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from charniere.access.membership import admit
from charniere.domain.rights import Action
from charniere.spec.causes import LineCauses, causes
from charniere.spec.compare import Comparison, compare
from charniere.spec.model import Spec
from charniere.web.drafts import reviewed
from charniere.web.openapi import answers
from charniere.web.standing_board import revisions

router = APIRouter(prefix="/api/boards/{board}/specification", tags=["specification"])


class Compared(Struct, frozen=True):
    """`before` and `after` are numbers of versions; `after` null is the draft."""

    before: int
    after: int | None
    comparison: Comparison
    causes: tuple[LineCauses, ...]


@router.get("/compare", responses=answers(Compared, 401, 404, 422), operation_id="compare_specifications")
async def compared(
    request: Request,
    board: str,
    before: Annotated[int, Query(ge=1)],
    after: Annotated[str, Query(pattern=r"^(draft|[1-9]\d{0,8})$")] = "draft",
) -> Response:
    """From one frozen version to another, or to the draft."""
    await admit(request, board, Action.download)
    number = None if after == "draft" else int(after)
    earlier, later = await reviewed(request, board, before), await reviewed(request, board, number)
    low, high = _pin(earlier.spec, board), _pin(later.spec, board)
    between = await revisions(request, board, low, high)

    def told() -> bytes:
        found = compare(earlier.spec, later.spec)
        why = causes(found, {board: between}, later.files)
        return msgspec.json.encode(Compared(before, number, found, why))

    return Response(await run_in_threadpool(told), media_type="application/json")


def _pin(spec: Spec, board: str) -> int:
    return next((pin.seq for pin in spec.boards if pin.id == board), 0)
