"""What a reader is told when something cannot be: a status, a heading, a sentence, a short code. Never a traceback."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar, Final

import msgspec
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from charniere.errors import Code, Refused
from charniere.i18n import catalogue, placeholders, t
from charniere.web.installation import installation_of
from charniere.web.language import language_of
from charniere.web.render import Page, render

STATUS: Final[dict[Code, int]] = {
    Code.bad_frame: 400,
    Code.too_large: 413,
    Code.too_fast: 429,
    Code.too_long: 422,
    Code.not_allowed: 403,
    Code.not_found: 404,
    Code.note_removed: 409,
    Code.id_taken: 409,
    Code.not_yours: 403,
    Code.cannot_undo: 409,
    Code.limit_reached: 409,
    Code.bad_value: 422,
    Code.unreadable: 500,
    Code.read_only: 403,
    Code.unsettled: 409,
    Code.storage: 503,
    Code.no_session: 401,
    Code.bad_origin: 403,
    Code.invitation_closed: 410,
    Code.protocol_version: 409,
    Code.broken: 500,
}
_ICONS: Final = {
    401: "door",
    403: "lock",
    404: "search",
    405: "back",
    410: "door",
    413: "sheet",
    429: "timer",
}
_HEADERS: Final = {
    401: {"WWW-Authenticate": "Invitation"},  # a scheme of our own: browsers must not ask for a password
    429: {"Retry-After": "60"},
}


@dataclass(frozen=True)
class ErrorPage(Page):
    """`reference` is a short code that the log holds too; empty when the sentence says all."""

    template: ClassVar[str] = "error.html"
    title: str
    sentence: str
    icon_name: str
    grave: bool
    reference: str
    time: str
    again: bool


class Problem(msgspec.Struct, frozen=True):
    """The body of every refusal of the API."""

    code: str
    detail: dict[str, str | int]


def refused(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Refused)
    status = STATUS[problem.code]
    if _is_api(request):
        return _json(status, problem.code, problem.detail)
    sentence = _sentence(language_of(request), problem.code, problem.detail)
    reference = secrets.token_hex(2).upper() if status >= 500 else ""
    return _page(request, status, sentence, reference)


def http_problem(request: Request, problem: Exception) -> Response:
    """What the router itself refuses: no such page, no such method."""
    assert isinstance(problem, HTTPException)
    if problem.status_code == 405:
        response = (
            _json(405, Code.bad_value, {"field": "method"})
            if _is_api(request)
            else _page(request, 405, t(language_of(request), "error.method"))
        )
        response.headers.update(problem.headers or {})
        return response
    code = Code.not_found if problem.status_code == 404 else Code.bad_frame
    return refused(request, Refused(code))


def bad_parameters(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, RequestValidationError)
    places = [str(error["loc"][-1]) for error in problem.errors() if error.get("loc")]
    return refused(request, Refused(Code.bad_value, field=", ".join(places)[:200]))


def internal(request: Request, reference: str) -> Response:
    """Something that should not happen; the log holds the same reference."""
    if _is_api(request):
        return _json(500, "internal", {"reference": reference})
    return _page(request, 500, t(language_of(request), "error.internal"), reference)


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _json(status: int, code: str, detail: dict[str, str | int]) -> Response:
    body = msgspec.json.encode(Problem(str(code), detail))
    return Response(body, status, headers=_HEADERS.get(status), media_type="application/json")


def _page(request: Request, status: int, sentence: str, reference: str = "") -> Response:
    lang = language_of(request)
    known = f"error.title.{status}" in catalogue(lang)
    at = datetime.fromtimestamp(installation_of(request).clock() / 1000, UTC).astimezone()
    page = ErrorPage(
        title=t(lang, f"error.title.{status if known else 400}"),
        sentence=sentence,
        icon_name=_ICONS.get(status, "warning"),
        grave=status >= 500,
        reference=reference,
        time=at.strftime("%H:%M"),
        again=status >= 500 or status == 429,
    )
    response = render(request, page, status)
    response.headers.update(_HEADERS.get(status, {}))
    return response


def _sentence(lang: str, code: Code, detail: dict[str, str | int]) -> str:
    key = f"error.{code}"
    wanted = placeholders(catalogue(lang)[key])
    return t(lang, key, **{name: detail.get(name, "…") for name in wanted})
