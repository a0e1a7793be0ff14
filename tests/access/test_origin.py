"""Only our own pages may change something or open a socket."""

from types import SimpleNamespace

import pytest
from starlette.requests import HTTPConnection

from charniere.access.origin import allowed, base_url, is_https


def connection(
    *origins: str, host: str = "wall.test:8000", scheme: str = "http", public: str | None = None
) -> HTTPConnection:
    state = SimpleNamespace(charniere=SimpleNamespace(access=SimpleNamespace(public_url=public)))
    headers = [(b"host", host.encode()), *((b"origin", origin.encode()) for origin in origins)]
    return HTTPConnection(
        {
            "type": "websocket" if scheme.startswith("ws") else "http",
            "scheme": scheme,
            "path": "/",
            "headers": headers,
            "app": SimpleNamespace(state=state),
        }
    )


@pytest.mark.parametrize("scheme", ["http", "ws"])
def test_the_page_s_own_origin_is_allowed(scheme: str) -> None:
    assert allowed(connection("http://wall.test:8000", scheme=scheme))
    assert allowed(connection("HTTP://Wall.Test:8000", scheme=scheme))
    assert allowed(connection("http://[::1]:8000", host="[::1]:8000", scheme=scheme))


@pytest.mark.parametrize("scheme", ["https", "wss"])
def test_https_pages_are_their_own_origin(scheme: str) -> None:
    assert allowed(connection("https://wall.test", host="wall.test", scheme=scheme))
    assert not allowed(connection("http://wall.test", host="wall.test", scheme=scheme))


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.test",
        "https://wall.test:8000",
        "http://wall.test",
        "http://wall.test:80000",
        "http://wall.test:8000.evil.test",
        "http://sub.wall.test:8000",
        "http://wall.test:8000/",
        "http://a@wall.test:8000",
        "null",
        "",
        "http://",
        "*",
        "file://",
        "wall.test:8000",
        "http://wall.test:8000 http://evil.test",
        "http://wall.test.:8000",
    ],
)
def test_any_other_origin_is_not(origin: str) -> None:
    assert not allowed(connection(origin))
    assert not allowed(connection(origin, scheme="ws"))


def test_no_origin_and_two_origins_are_refused() -> None:
    assert not allowed(connection())
    assert not allowed(connection("http://wall.test:8000", "http://wall.test:8000"))


def test_the_public_address_is_ours_too_behind_a_proxy() -> None:
    behind = connection(
        "https://parcours.exemple.fr", host="parcours.exemple.fr", public="https://parcours.exemple.fr"
    )
    assert allowed(behind)
    assert base_url(behind) == "https://parcours.exemple.fr"
    assert is_https(behind)
    direct = connection(host="127.0.0.1:8000", public="https://parcours.exemple.fr")
    assert base_url(direct) == "http://127.0.0.1:8000"
    assert not is_https(direct)


@pytest.mark.parametrize(
    "host", ["", "a b", "wall.test/x", "wall.test@evil", "wall.test\t", "[::1", "a" * 300]
)
def test_a_host_that_is_none_allows_nothing(host: str) -> None:
    assert not allowed(connection(f"http://{host}", host=host))
    assert base_url(connection(host=host)) == "http://localhost"
