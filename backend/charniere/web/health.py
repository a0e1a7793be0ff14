"""Is the process alive, and can it serve? For whoever watches the server; says nothing else."""

from fastapi import APIRouter
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from charniere.web.installation import installation_of

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def alive() -> Response:
    return PlainTextResponse("ok\n")


@router.get("/readyz")
async def ready(request: Request) -> Response:
    """The database answers, for reading and in the writer's queue."""
    database = installation_of(request).database
    try:
        await database.read(lambda c: c.execute(text("SELECT 1 FROM alembic_version")).first())
        await database.write(lambda c: None)
    except (SQLAlchemyError, RuntimeError):
        return PlainTextResponse("not ready\n", 503)
    return PlainTextResponse("ready\n")
