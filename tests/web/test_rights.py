"""Who gets what: every route, for every kind of visitor, and every foreign origin."""

from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from httpx2 import AsyncClient, Response

from charniere.app import create_app
from charniere.domain.rights import Role
from charniere.settings import Settings
from web.house import BASE, BOARD, OTHER, House, house

ROLES = ("anonymous", "participant", "observer", "screen", "facilitator", "stranger")
ALL = dict.fromkeys(ROLES, 200)
MEMBERS = ALL | {"anonymous": 401, "stranger": 404}
LEADERS = dict.fromkeys(ROLES, 403) | {"anonymous": 401, "stranger": 404, "facilitator": 200}

READING = ("participant", "observer", "facilitator")
READERS = MEMBERS | {"screen": 403}
SIGNERS = MEMBERS | {"screen": 403, "observer": 403}
_SPEC = "/api/boards/{board}/specification"

# route -> what each kind of visitor is answered
MATRIX: dict[tuple[str, str], dict[str, int]] = {
    ("GET", "/"): ALL,
    ("GET", "/privacy"): ALL,
    ("GET", "/icon.svg"): ALL,
    ("GET", "/healthz"): ALL,
    ("GET", "/readyz"): ALL,
    ("GET", "/api/openapi.json"): ALL,
    ("POST", "/language"): dict.fromkeys(ROLES, 303),
    ("POST", "/leave"): dict.fromkeys(ROLES, 303),
    ("GET", "/i/{token}"): dict.fromkeys(ROLES, 303) | {"anonymous": 200, "stranger": 200},
    ("POST", "/i/{token}"): dict.fromkeys(ROLES, 303),
    ("GET", "/enter/{token}"): dict.fromkeys(ROLES, 303),
    ("GET", "/b/{board}"): MEMBERS,
    ("GET", "/b/{board}/specification"): READERS,
    ("GET", "/b/{board}/specification/lecture"): READERS,
    ("GET", "/b/{board}/specification/v/{number}"): READERS | dict.fromkeys(READING, 404),
    ("GET", "/b/{board}/download/{what}"): MEMBERS | {"screen": 403},
    ("GET", "/b/{board}/qr/{invitation}.svg"): LEADERS | {"facilitator": 404},
    ("POST", "/api/phrasing"): ALL | {"anonymous": 401},
    ("GET", "/api/boards/{board}"): MEMBERS,
    ("GET", "/api/boards/{board}/log"): LEADERS,
    ("GET", "/api/boards/{board}/invitations"): LEADERS,
    ("POST", "/api/boards/{board}/invitations"): LEADERS | {"facilitator": 201},
    ("DELETE", "/api/boards/{board}/invitations/{invitation}"): LEADERS | {"facilitator": 404},
    ("GET", _SPEC): READERS,
    ("GET", _SPEC + "/state"): READERS,
    ("POST", _SPEC + "/proposals"): LEADERS,
    ("GET", _SPEC + "/uses"): READERS,
    ("GET", _SPEC + "/versions"): READERS,
    ("GET", _SPEC + "/versions/{number}"): READERS | dict.fromkeys(READING, 404),
    ("GET", _SPEC + "/compare"): READERS | dict.fromkeys(READING, 404),
    ("POST", _SPEC + "/versions/{number}/approvals"): SIGNERS | {"participant": 404, "facilitator": 404},
    ("DELETE", _SPEC + "/versions/{number}/approvals/{signature}"): SIGNERS
    | {"participant": 404, "facilitator": 404},
    ("GET", _SPEC + "/logo"): READERS | dict.fromkeys(READING, 204),
    ("PUT", _SPEC + "/logo"): LEADERS | {"facilitator": 422},
    ("DELETE", _SPEC + "/logo"): LEADERS | {"facilitator": 404},
    ("POST", _SPEC + "/versions"): LEADERS | {"facilitator": 201},
}
ELSEWHERE = ("/static/", "/ws/")
FOREIGN = (
    "http://evil.test",
    "https://wall.test",
    "http://wall.test:81",
    "http://wall.test.evil.test",
    "http://evil.test/wall.test",
    "http://sub.wall.test",
    "http://wall.test@evil.test",
    "http://wall.tes",
    "http://wall.test.",
    "http://127.0.0.1",
    "http://localhost",
    "file://",
    "null",
    "",
    "wall.test",
    "chrome-extension://abcdefgh",
)


def test_every_route_of_the_application_is_in_the_matrix() -> None:
    app = create_app(Settings())
    routes = [
        r for route in app.routes for r in getattr(route, "original_router", app).routes if route is not r
    ]
    routes += app.routes
    found = {
        (method, route.path)
        for route in routes
        if isinstance(route, APIRoute) and not route.path.startswith(ELSEWHERE)
        for method in route.methods
    }
    assert found == set(MATRIX) - {("GET", "/api/openapi.json")}


async def ask(client: AsyncClient, made: House, method: str, path: str) -> Response:
    token = made.entry("anna") if path.startswith("/enter") else made.invitation()
    filled = path.format(
        token=token.rsplit("/", 1)[1],
        board=BOARD,
        invitation="nothing",
        what="notes.csv",
        number="9",
        signature="nothing",
    )
    if path.endswith("/compare"):
        filled += "?before=8&after=9"
    if path.endswith("/approvals"):
        return await client.post(filled, json={"name": "Zoé", "day": "2026-11-21"})
    if path.endswith(("/versions", "/proposals")) and method == "POST":
        return await client.post(filled, json={"note": "Première"})
    if path == "/api/phrasing":
        return await client.post(filled, json={"phrases": ["Je paie"]})
    if "api" in path and method == "POST":
        return await client.post(filled, json={"role": "observer"})
    forms = {"/i/{token}": {"name": "Zoé", "team": "Support"}, "/language": {"lang": "en", "next": "/"}}
    if method == "POST":
        return await client.post(filled, data=forms.get(path, {"x": ""}))
    return await client.request(method, filled)


@pytest.mark.parametrize("role", ROLES)
async def test_each_kind_of_visitor_gets_what_the_matrix_says(
    role: str, tmp_path: Path, template: Path
) -> None:
    got = {}
    async with house(tmp_path, template) as made:
        made.person("anna", "Anna", Role.facilitator)
        for method, path in MATRIX:
            client = await made.as_role(role)
            got[(method, path)] = (await ask(client, made, method, path)).status_code
    assert got == {route: answers[role] for route, answers in MATRIX.items()}


@pytest.mark.parametrize("route", [r for r in MATRIX if "{board}" in r[1]])
async def test_a_facilitator_of_another_board_finds_nothing_here(
    route: tuple[str, str], tmp_path: Path, template: Path
) -> None:
    async with house(tmp_path, template) as made:
        client = await made.as_role("stranger")
        assert (await client.get(f"/b/{OTHER}")).status_code == 200
        assert (await ask(client, made, *route)).status_code == 404
        unknown = await client.get("/b/no-such-board")
        there = await client.get(f"/b/{BOARD}")
        assert unknown.text == there.text.replace(BOARD, "no-such-board")


@pytest.mark.parametrize("origin", FOREIGN)
async def test_nothing_is_changed_for_a_page_of_another_site(
    origin: str, tmp_path: Path, template: Path
) -> None:
    async with house(tmp_path, template) as made:
        client = await made.as_role("facilitator")
        for method, path in MATRIX:
            if method in ("POST", "DELETE"):
                client.headers["Origin"] = origin
                refused = await ask(client, made, method, path)
                assert (path, refused.status_code) == (path, 403)
        client.headers["Origin"] = BASE
        assert (await client.get(f"/api/boards/{BOARD}/invitations")).json()["invitations"] != []
        assert (await client.get(f"/b/{BOARD}")).status_code == 200  # still signed in


async def test_a_request_without_an_origin_changes_nothing(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        client = made.browser()
        del client.headers["Origin"]
        answer = await client.post(made.invitation(), data={"name": "Zoé", "team": "Support"})
        assert answer.status_code == 403
        assert "autre site" in answer.text
        assert not answer.headers.get("set-cookie")
