"""What every request passes through, from the outside in: log and last resort, headers, Origin, size. Plain ASGI, no copy of
bodies. Sockets pass untouched: their door is `realtime.endpoint`.
"""

import logging
import secrets
import time
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from charniere.access.origin import SAFE_METHODS, allowed
from charniere.access.tokens import address_key
from charniere.domain.limits import FRAME_BYTES, LOGO_BYTES
from charniere.errors import Code, Refused
from charniere.logs import safe_path
from charniere.web import errors
from charniere.web.headers import protect

log = logging.getLogger("charniere.web")
BODY_BYTES: Final = FRAME_BYTES
_LARGER: Final = {"/specification/logo": LOGO_BYTES}  # by how the path ends
_QUIET: Final = ("/static/", "/healthz", "/readyz", "/icon.svg")
_REASONS: Final = {401: "no_session", 403: "not_allowed", 410: "invitation_closed", 429: "too_fast"}


class _TooLarge(Exception):
    """The body went over its limit while it was read."""


class Guard:
    """Around the whole application."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.monotonic()
        answer = _Answer(scope, send)
        request = Request(scope, receive)
        most = _most(scope["path"])
        try:
            problem = _before(request)
            if problem is not None:
                await errors.refused(request, problem)(scope, receive, answer.send)
            else:
                await self.app(_asked(scope), _counted(receive, most), answer.send)
        except _TooLarge:
            await answer.instead(errors.refused(request, _too_large(most)), receive)
        except Exception:
            reference = secrets.token_hex(2).upper()
            log.exception(
                "a request failed", extra={"path": safe_path(scope["path"]), "reference": reference}
            )
            await answer.instead(errors.internal(request, reference), receive)
        _write(scope, answer.status, began)


class _Answer:
    """The sending side: adds the headers, remembers the status."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.status: int | None = None
        self._scope = scope
        self._send = send

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            protect(HTTPConnection(self._scope), MutableHeaders(scope=message))
        await self._send(message)

    async def instead(self, response: ASGIApp, receive: Receive) -> None:
        """Another answer, unless one has begun: then the connection is all that can be ended."""
        if self.status is None:
            await response(self._scope, receive, self.send)


def _asked(scope: Scope) -> Scope:
    """HEAD asks for what GET would say; the server itself keeps the body back. Never at the door that opens only once."""
    if scope["method"] == "HEAD" and not scope["path"].startswith("/enter/"):
        return {**scope, "method": "GET"}
    return scope


def _before(request: Request) -> Refused | None:
    """What is wrong with a request before its body is read."""
    if request.method in SAFE_METHODS:
        return None
    if not allowed(request):
        return Refused(Code.bad_origin)
    length = request.headers.get("content-length", "0")
    most = _most(request.url.path)
    if not length.isdigit() or int(length) > most:
        return _too_large(most)
    return None


def _most(path: str) -> int:
    return next((most for ending, most in _LARGER.items() if path.endswith(ending)), BODY_BYTES)


def _too_large(most: int) -> Refused:
    return Refused(Code.too_large, limit=most)


def _counted(receive: Receive, most: int) -> Receive:
    """A body sent in pieces has no announced length: it is counted as it comes."""
    total = 0

    async def counted() -> Message:
        nonlocal total
        message = await receive()
        if message["type"] == "http.request":
            total += len(message.get("body", b""))
            if total > most:
                raise _TooLarge
        return message

    return counted


def _write(scope: Scope, status: int | None, began: float) -> None:
    """One line per request; refusals of access are warnings, with who was refused."""
    path: str = scope["path"]
    if path.startswith(_QUIET) and (status or 500) < 400:
        return
    told: dict[str, object] = {
        "method": scope["method"],
        "path": safe_path(path),
        "status": status,
        "ms": round((time.monotonic() - began) * 1000, 1),
    }
    refusal = _REASONS.get(status or 0)
    if refusal:
        client = scope.get("client")
        told |= {"code": refusal, "address": address_key(client[0] if client else None)}
    log.log(logging.WARNING if refusal else logging.INFO, "refused" if refusal else "request", extra=told)
