"""The application put together: what is opened at start, the routes, what is told when something cannot be. Nothing else."""

import logging
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.resources import files

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from charniere import opening
from charniere.access.state import Access
from charniere.access.tokens import Throttle
from charniere.errors import Refused
from charniere.opening import Opened
from charniere.realtime import endpoint
from charniere.realtime.hub import Hub
from charniere.settings import Settings
from charniere.web import (
    api,
    assets,
    board_page,
    compare_api,
    downloads,
    errors,
    health,
    home,
    join,
    language,
    openapi,
    phrasing_api,
    qr,
    review_api,
    review_page,
    spec_page,
    versions_api,
)
from charniere.web.installation import Installation, people_of
from charniere.web.middleware import Guard

log = logging.getLogger(__name__)

_ROUTES = (
    *(home, join, language, board_page, review_page, spec_page, downloads, qr, health),
    *(api, phrasing_api, review_api, compare_api, versions_api, endpoint),
)


def milliseconds() -> int:
    """Since 1970, UTC."""
    return time.time_ns() // 1_000_000


def new_id() -> str:
    """96 random bits, as the browser makes them."""
    return secrets.token_urlsafe(12)


def create_app(
    settings: Settings,
    opened: Opened | None = None,
    *,
    link_base: str | None = None,
    clock: Callable[[], int] = milliseconds,
) -> FastAPI:
    """The ASGI application. Without `opened` it takes hold of the data folder itself when it starts."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        held = opened or opening.take(settings)
        try:
            app.state.charniere = install(settings, held, link_base, clock)
            yield
            began = time.monotonic()
            await app.state.charniere.hub.close()
        finally:
            held.close()
        log.info(
            "stopped", extra={"ms": round((time.monotonic() - began) * 1000, 1)}
        )  # all that waited is on disk

    app = FastAPI(
        lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=openapi.ADDRESS, redirect_slashes=False
    )
    app.add_middleware(Guard)
    app.add_exception_handler(Refused, errors.refused)
    app.add_exception_handler(HTTPException, errors.http_problem)
    app.add_exception_handler(RequestValidationError, errors.bad_parameters)
    for module in _ROUTES:
        app.include_router(module.router)
    app.add_api_route("/icon.svg", _icon, include_in_schema=False)
    built = StaticFiles(directory=assets.BUILT / "assets", check_dir=False)
    app.mount(assets.BASE + "assets", built, name="assets")
    openapi.describe(app)
    return app


def install(
    settings: Settings, opened: Opened, link_base: str | None, clock: Callable[[], int]
) -> Installation:
    """Everything that lives as long as the server."""
    database = opened.database
    return Installation(
        settings=settings,
        database=database,
        hub=Hub(database, clock, new_id, lambda board: people_of(database, board)),
        access=Access(
            database=database,
            clock=clock,
            new_id=new_id,
            secret=opened.secret,
            public_url=settings.public_url,
            wrong_links=Throttle(settings.wrong_links, clock),
            joins=Throttle(settings.joins, clock),
        ),
        assets=assets.Assets(),
        clock=clock,
        new_id=new_id,
        link_base=link_base or settings.public_url,
    )


async def _icon(request: Request) -> Response:
    drawing = (files("charniere") / "templates" / "icon.svg").read_bytes()
    return Response(drawing, media_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})
