"""Does this request come from one of our own pages? Asked of everything that changes something, and of every socket."""

import re
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from charniere.access.state import access_of

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_HOST: Final = re.compile(r"[A-Za-z0-9._-]{1,253}(:\d{1,5})?$|\[[0-9A-Fa-f:.]{2,45}\](:\d{1,5})?$")
_SECURE: Final = {"http": "http", "https": "https", "ws": "http", "wss": "https"}


def allowed(connection: HTTPConnection) -> bool:
    """True when the browser says that the page which asks has our own origin. No Origin, no answer: browsers send it with
    every POST and every socket."""
    given = connection.headers.getlist("origin")
    return len(given) == 1 and given[0].lower() in _ours(connection)


def base_url(connection: HTTPConnection) -> str:
    """`http://host:port` as this browser sees us; the public address when the Host header is not one."""
    public = access_of(connection).public_url
    host = host_of(connection)
    if public is not None and (host is None or host == urlsplit(public).netloc):
        return public
    return f"{_SECURE[connection.scope['scheme']]}://{host or 'localhost'}"


def host_of(connection: HTTPConnection) -> str | None:
    """The Host header, if it is a host and nothing more."""
    host = connection.headers.get("host", "").lower()
    return host if _HOST.match(host) else None


def is_https(connection: HTTPConnection) -> bool:
    return base_url(connection).startswith("https:")


def _ours(connection: HTTPConnection) -> set[str]:
    public = access_of(connection).public_url
    host = host_of(connection)
    own = {f"{_SECURE[connection.scope['scheme']]}://{host}"} if host else set()
    return own | {public.lower()} if public else own
