"""REST of what is signed: frozen versions, their approvals, the client's logo. A version is never changed."""

import logging
from typing import Annotated

import msgspec
from fastapi import APIRouter
from msgspec import Struct
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from charniere.access.membership import admit
from charniere.domain import limits
from charniere.domain.changes import Id
from charniere.domain.rights import Action, Role
from charniere.errors import Code, Refused
from charniere.export.documents.logo import drawable
from charniere.spec.edition import Approval, Logo, LogoType
from charniere.store import people, projects, specs
from charniere.store.specs import VersionHead
from charniere.web import drafts
from charniere.web.bodies import given, told
from charniere.web.installation import installation_of
from charniere.web.openapi import answers, takes

log = logging.getLogger("charniere.web")
router = APIRouter(prefix="/api/boards/{board}/specification", tags=["specification"])
_MARKS: dict[bytes, LogoType] = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class Signed(Struct, frozen=True):
    """An approval that stands; `person` is who wrote it down."""

    id: Id
    name: str
    role: str
    team: str
    day: str  # YYYY-MM-DD
    person: str
    at: int  # milliseconds since 1970, UTC


class FrozenVersion(Struct, frozen=True):
    """`digest` is the SHA-256 of its spec.json; `author` a person's id."""

    number: int
    digest: str
    author: str
    author_name: str
    at: int
    note: str
    approvals: tuple[Signed, ...]


class Versions(Struct, frozen=True):
    versions: tuple[FrozenVersion, ...]


class NewVersion(Struct, frozen=True, forbid_unknown_fields=True):
    note: str = ""


class NewApproval(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    day: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    role: str = ""
    team: str = ""


@router.get("/versions", responses=answers(Versions, 401, 404), operation_id="specification_versions")
async def versions(request: Request, board: str) -> Response:
    """Frozen versions, newest first, with the approvals that stand."""
    await admit(request, board, Action.download)
    found = await installation_of(request).database.read(lambda c: _versions(c, board))
    return told(Versions(found))


@router.post(
    "/versions",
    status_code=201,
    responses=answers(FrozenVersion, 400, 401, 403, 404, 409, status=201),
    operation_id="freeze_specification",
    openapi_extra=takes(NewVersion),
)
async def freeze(request: Request, board: str) -> Response:
    """Keeps the draft as it stands, for ever, and lets it rest. For facilitators."""
    visitor, by = await admit(request, board, Action.freeze)
    asked = await given(request, NewVersion)
    number = await drafts.freeze(request, board, visitor.person_id, by, asked.note.strip())
    log.info("frozen", extra={"board": board, "person": visitor.person_id, "version": number})
    made = await installation_of(request).database.read(lambda c: _versions(c, board))
    return told(next(one for one in made if one.number == number), 201)


@router.get("/versions/{number}", responses=answers(None, 401, 404), operation_id="specification_version")
async def version(request: Request, board: str, number: int) -> Response:
    """A frozen version, byte for byte."""
    await admit(request, board, Action.download)
    found = await installation_of(request).database.read(lambda c: specs.version(c, board, number))
    if found is None:
        raise Refused(Code.not_found)
    return Response(found.spec, media_type="application/json")


@router.post(
    "/versions/{number}/approvals",
    status_code=201,
    responses=answers(Signed, 400, 401, 403, 404, 409, status=201),
    operation_id="approve_specification",
    openapi_extra=takes(NewApproval),
)
async def approve(request: Request, board: str, number: int) -> Response:
    """Signs a frozen version for a team. For whoever takes part."""
    visitor, _ = await admit(request, board, Action.approve)
    asked = await given(request, NewApproval)
    installation = installation_of(request)
    signature, at = installation.new_id(), installation.clock()
    approval = Approval(name=asked.name, role=asked.role, team=asked.team, day=asked.day)

    def write(connection: Connection) -> bool:
        head = _head(connection, board, number)
        return specs.approve(connection, head.id, signature, approval, visitor.person_id, at)

    if not await installation.database.write(write):
        raise Refused(Code.id_taken)
    signed = Signed(signature, asked.name, asked.role, asked.team, asked.day, visitor.person_id, at)
    return told(signed, 201)


@router.delete(
    "/versions/{number}/approvals/{signature}",
    status_code=204,
    responses=answers(None, 401, 403, 404),
    operation_id="withdraw_approval",
)
async def withdraw(request: Request, board: str, number: int, signature: str) -> Response:
    """Takes an approval back: its own, or any for a facilitator. That it was there is kept."""
    visitor, by = await admit(request, board, Action.approve)
    installation = installation_of(request)
    at = installation.clock()

    def write(connection: Connection) -> bool:
        head = _head(connection, board, number)
        found = next((one for one in specs.approvals_of(connection, head.id) if one.id == signature), None)
        if found is None:
            return False
        if found.person != visitor.person_id and by.role is not Role.facilitator:
            raise Refused(Code.not_allowed)
        return specs.withdraw(connection, head.id, signature, at)

    if not await installation.database.write(write):
        raise Refused(Code.not_found)
    return Response(status_code=204)


@router.get("/logo", responses=answers(None, 401, 404), operation_id="specification_logo")
async def logo(request: Request, board: str) -> Response:
    """The client's mark, as it was uploaded; no content (204) where there is none."""
    await admit(request, board, Action.download)
    found = await installation_of(request).database.read(lambda c: specs.logo_of(c, _project(c, board)))
    if found is None:
        return Response(status_code=204)
    return Response(found.data, media_type=found.media_type, headers={"Cache-Control": "no-cache"})


@router.put(
    "/logo", status_code=204, responses=answers(None, 400, 401, 403, 404, 413), operation_id="set_logo"
)
async def set_logo(request: Request, board: str) -> Response:
    """PNG or JPEG, as the body. For facilitators."""
    await admit(request, board, Action.freeze)
    data = await request.body()
    media_type = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    if media_type is None:
        raise Refused(Code.bad_value, field="logo")
    if len(data) > limits.LOGO_BYTES:
        raise Refused(Code.too_large, limit=limits.LOGO_BYTES)
    given = Logo(media_type=media_type, data=data)
    if (
        await run_in_threadpool(drawable, given) is None
    ):  # a broken picture is told now, not left out of a document later
        raise Refused(Code.bad_value, field="logo")
    installation = installation_of(request)
    at = installation.clock()
    await installation.database.write(lambda c: specs.set_logo(c, _project(c, board), given, at))
    return Response(status_code=204)


@router.delete("/logo", status_code=204, responses=answers(None, 401, 403, 404), operation_id="remove_logo")
async def remove_logo(request: Request, board: str) -> Response:
    await admit(request, board, Action.freeze)
    done = await installation_of(request).database.write(lambda c: specs.remove_logo(c, _project(c, board)))
    if not done:
        raise Refused(Code.not_found)
    return Response(status_code=204)


def _versions(connection: Connection, board: str) -> tuple[FrozenVersion, ...]:
    heads = specs.versions_of(connection, board)
    names = {one.id: one.name for one in people.named(connection, list({head.author for head in heads}))}
    return tuple(
        FrozenVersion(
            head.number,
            head.digest,
            head.author,
            names.get(head.author, ""),
            head.at,
            head.note,
            tuple(
                Signed(
                    one.id,
                    one.approval.name,
                    one.approval.role,
                    one.approval.team,
                    one.approval.day,
                    one.person,
                    one.at,
                )
                for one in specs.approvals_of(connection, head.id)
                if one.withdrawn_at is None
            ),
        )
        for head in heads
    )


def _head(connection: Connection, board: str, number: int) -> VersionHead:
    found = next((one for one in specs.versions_of(connection, board) if one.number == number), None)
    if found is None:
        raise Refused(Code.not_found)
    return found


def _project(connection: Connection, board: str) -> str:
    project = projects.project_of(connection, board)
    if project is None:
        raise Refused(Code.not_found)
    return project.id
