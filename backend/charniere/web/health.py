"""Is the process alive, and can it serve? For whoever watches the server; says nothing else."""

import logging

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from charniere.store import schema
from charniere.web.installation import installation_of

log = logging.getLogger("charniere.web")
router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def alive() -> Response:
    return PlainTextResponse("ok\n")


@router.get("/readyz")
async def ready(request: Request) -> Response:
    """The database answers, for reading and in the writer's queue."""
    database = installation_of(request).database
    try:
        await database.read(schema.answers)
        await database.write(schema.answers)
    except Exception:
        log.exception("not ready")
        return PlainTextResponse("not ready\n", 503)
    return PlainTextResponse("ready\n")
