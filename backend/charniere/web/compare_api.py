"""Two specifications of a board side by side: what differs, and what happened on the wall meanwhile."""

from collections.abc import Sequence
from typing import Annotated, Final

import msgspec
from fastapi import APIRouter, Query
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from charniere.access.membership import admit
from charniere.domain.board import BoardRecord, BoardRevision
from charniere.domain.changes import Put, Remove, Revision
from charniere.domain.rights import Action
from charniere.spec.causes import LineCauses, causes
from charniere.spec.compare import Comparison, compare
from charniere.spec.model import Spec
from charniere.store import documents
from charniere.store.documents import Entry
from charniere.web.drafts import reviewed
from charniere.web.installation import installation_of
from charniere.web.openapi import answers

router = APIRouter(prefix="/api/boards/{board}/specification", tags=["specification"])
EDITS_MOST: Final = 20_000  # of the wall between the two: beyond, only the last are looked through
_CHANGES: Final = msgspec.json.Decoder(tuple[Put[BoardRecord] | Remove[BoardRecord], ...])


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
    entries = await installation_of(request).database.read(
        lambda c: documents.log_since(c, board, max(low, high - EDITS_MOST), EDITS_MOST, high)
    )

    def told() -> bytes:
        found = compare(earlier.spec, later.spec)
        why = causes(found, {board: _revisions(entries)}, later.files)
        return msgspec.json.encode(Compared(before, number, found, why))

    return Response(await run_in_threadpool(told), media_type="application/json")


def _pin(spec: Spec, board: str) -> int:
    return next((pin.seq for pin in spec.boards if pin.id == board), 0)


def _revisions(entries: Sequence[Entry]) -> tuple[BoardRevision, ...]:
    return tuple(
        Revision(one.seq, one.edit_id, one.author, one.at, one.what, _CHANGES.decode(one.changes))
        for one in entries
    )
