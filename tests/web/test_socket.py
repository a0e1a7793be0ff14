"""The socket of the whole application: whose page may open it, who is let in, and that a right withdrawn closes it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient, WebSocketDenialResponse, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from charniere import opening
from charniere.app import create_app
from charniere.domain.rights import Role
from charniere.realtime.protocol import VERSION, Hello
from charniere.settings import Settings
from web.house import BASE, BOARD, NOTES, OTHER, House
from web.test_rights import FOREIGN

HELLO = msgspec.json.encode(Hello(VERSION, 0, 0)).decode()


@contextmanager
def served(folder: Path, template: Path) -> Iterator[tuple[House, TestClient]]:
    shutil.copytree(template, folder / "data")
    settings = Settings(data=folder / "data", secret="s" * 32)
    opened = opening.take(settings)
    app = create_app(settings, opened)
    made = House(app, opened, settings, now=app_clock())
    with TestClient(app, base_url=BASE, headers={"Origin": BASE}, follow_redirects=False) as client:
        yield made, client


def app_clock() -> int:
    from charniere.app import milliseconds

    return milliseconds()


def enter(made: House, client: TestClient, role: Role, board: str = BOARD) -> str:
    person = f"the-{role}"
    made.person(person, "Zoé", role, board)
    assert client.get(made.entry(person, board)).status_code == 303
    return person


def first(socket: WebSocketTestSession) -> dict[str, object]:
    socket.send_text(HELLO)
    told: dict[str, object] = msgspec.json.decode(socket.receive_text())
    return told


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_page_of_another_site_opens_no_socket(origin: str, tmp_path: Path, template: Path) -> None:
    with served(tmp_path, template) as (made, client):
        enter(made, client, Role.facilitator)
        with (
            pytest.raises((WebSocketDenialResponse, WebSocketDisconnect)),
            client.websocket_connect(f"ws://wall.test/ws/{BOARD}", headers={"Origin": origin}) as socket,
        ):
            first(socket)


@pytest.mark.parametrize("role", list(Role))
def test_a_member_is_welcomed_with_the_board_and_their_role(
    role: Role, tmp_path: Path, template: Path
) -> None:
    with served(tmp_path, template) as (made, client):
        person = enter(made, client, role)
        with client.websocket_connect(f"ws://wall.test/ws/{BOARD}") as socket:
            welcome = first(socket)
    assert welcome["type"] == "welcome"
    assert welcome["you"] == {"id": person, "name": "Zoé", "team": "Ventes"} | (
        {} if role is Role.participant else {"role": role.value}
    )
    snapshot = welcome["snapshot"]
    assert isinstance(snapshot, list)
    assert sum(record["type"] == "note" for record in snapshot) == NOTES


@pytest.mark.parametrize(
    ("role", "board", "code"),
    [
        (None, BOARD, "no_session"),
        (Role.facilitator, OTHER, "not_found"),
        (Role.facilitator, "none", "not_found"),
    ],
)
def test_a_stranger_is_sent_away_for_good_and_learns_nothing(
    role: Role | None, board: str, code: str, tmp_path: Path, template: Path
) -> None:
    with served(tmp_path, template) as (made, client):
        if role:
            enter(made, client, role)
        with client.websocket_connect(f"ws://wall.test/ws/{board}") as socket:
            assert first(socket) == {"type": "bye", "code": code, "again": False}


def test_leaving_closes_what_is_open(tmp_path: Path, template: Path) -> None:
    with served(tmp_path, template) as (made, client):
        enter(made, client, Role.participant)
        with client.websocket_connect(f"ws://wall.test/ws/{BOARD}") as socket:
            assert first(socket)["type"] == "welcome"
            assert client.post("/leave", data={"x": ""}).status_code == 303
            assert until_bye(socket) == {"type": "bye", "code": "no_session", "again": False}
            with pytest.raises(WebSocketDisconnect):
                socket.receive_text()


def until_bye(socket: WebSocketTestSession) -> dict[str, object]:
    for _ in range(10):
        told: dict[str, object] = msgspec.json.decode(socket.receive_text())
        if told["type"] == "bye":
            return told
    raise AssertionError("nobody said goodbye")
