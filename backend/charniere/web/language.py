"""In which language a reader is answered: their own choice, else their browser's, else the installation's."""

from typing import Final

from fastapi import APIRouter
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response

from charniere.access.origin import is_https
from charniere.i18n import LANGS
from charniere.web.forms import fields
from charniere.web.installation import installation_of

COOKIE: Final = "lang"
_YEAR: Final = 365 * 24 * 3600

router = APIRouter(include_in_schema=False)


def language_of(connection: HTTPConnection) -> str:
    chosen = connection.cookies.get(COOKIE)
    if chosen in LANGS:
        return chosen
    for part in connection.headers.get("accept-language", "").split(",")[:10]:
        spoken = part.split(";")[0].strip().lower()[:2]
        if spoken in LANGS:
            return spoken
    return installation_of(connection).settings.lang


@router.post("/language")
async def choose(request: Request) -> Response:
    """Form: `lang`, `next` (a path of ours to go back to)."""
    form = await fields(request)
    response = RedirectResponse(own_path(form.get("next", "/")), 303)
    if form.get("lang") in LANGS:
        response.set_cookie(
            COOKIE, form["lang"], max_age=_YEAR, secure=is_https(request), httponly=True, samesite="lax"
        )
    return response


def own_path(path: str) -> str:
    """The path, if it stays on this server; `//host` and `/\\host` do not."""
    inside = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if inside and len(path) <= 500 else "/"
