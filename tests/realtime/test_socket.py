"""A browser's conversation with the server, over a socket. Rules: docs/protocol.md."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient, WebSocketDenialResponse, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from builders import add, move, undo, write
from charniere.domain import limits
from charniere.domain.edits.types import BoardEdit
from charniere.realtime.endpoint import door
from charniere.realtime.protocol import VERSION
from charniere.store.database import Database
from realtime import app
from realtime.app import fill, make_app

HELLO = {"type": "hello", "version": VERSION, "epoch": 1, "since": 0}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    database = Database.open(tmp_path / "charniere.db")
    fill(database)
    database.close()
    with TestClient(make_app(tmp_path / "charniere.db")) as client:
        yield client


def connect(
    client: TestClient, person: str = "anna", role: str = "participant", board: str = "b1"
) -> WebSocketTestSession:
    return client.websocket_connect(f"/ws/{board}?person={person}&role={role}")


def submit(socket: WebSocketTestSession, edit_id: str, edit: BoardEdit) -> None:
    socket.send_text(msgspec.json.encode({"type": "submit", "edit_id": edit_id, "edit": edit}).decode())


def hear(socket: WebSocketTestSession, kind: str) -> Any:
    """The next frame of that type; what comes before it is let pass."""
    while (frame := socket.receive_json())["type"] != kind:
        pass
    return frame


def said_goodbye(socket: WebSocketTestSession) -> tuple[str, bool]:
    bye = hear(socket, "bye")
    with pytest.raises(WebSocketDisconnect):
        socket.receive_json()
    return bye["code"], bye["again"]


def test_a_hello_that_knows_everything_is_welcomed_without_a_snapshot(client: TestClient) -> None:
    """HE3"""
    with connect(client) as socket:
        socket.send_json(HELLO)
        welcome = hear(socket, "welcome")
    assert (welcome["epoch"], welcome["seq"]) == (1, 0)
    assert welcome["you"] == {"id": "anna", "name": "Anna"}
    assert "snapshot" not in welcome


def test_a_hello_of_another_epoch_gets_the_whole_board(client: TestClient) -> None:
    """HE4"""
    with connect(client) as socket:
        socket.send_json({**HELLO, "epoch": 0})
        welcome = hear(socket, "welcome")
    assert [record["type"] for record in welcome["snapshot"]].count("note") == 3


def test_a_hello_from_the_future_counts_as_another_epoch(client: TestClient) -> None:
    """HE4"""
    with connect(client) as socket:
        socket.send_json({**HELLO, "since": 10**30})
        assert hear(socket, "welcome")["snapshot"]


def test_an_edit_comes_back_to_its_author_and_to_the_others_as_the_same_revision(client: TestClient) -> None:
    """RV1, RV4, RV6"""
    with connect(client) as anna, connect(client, "bob") as bob:
        for socket in (anna, bob):
            socket.send_json(HELLO)
            hear(socket, "welcome")
        submit(anna, "edit-0001", add("note-new", "bonjour"))
        mine, theirs = hear(anna, "revisions"), hear(bob, "revisions")
    assert mine == theirs
    revision = mine["revisions"][0]
    assert (revision["seq"], revision["edit_id"], revision["author"]) == (1, "edit-0001", "anna")
    assert revision["changes"][0]["record"]["text"] == "bonjour"


def test_who_was_away_hears_what_was_missed_and_nothing_else(client: TestClient) -> None:
    """HE3, RV2"""
    with connect(client) as anna:
        anna.send_json(HELLO)
        for number in range(3):
            submit(anna, f"edit-000{number}", write("note-0000", f"mot {number}", "texte 0"))
            hear(anna, "revisions")
    with connect(client, "bob") as bob:
        bob.send_json({**HELLO, "since": 1})
        assert hear(bob, "welcome")["seq"] == 3
        assert [r["seq"] for r in hear(bob, "revisions")["revisions"]] == [2, 3]


def test_an_edit_sent_again_is_settled_with_its_number(client: TestClient) -> None:
    """ID1, ID2"""
    with connect(client) as anna:
        anna.send_json(HELLO)
        submit(anna, "edit-0001", add("note-new"))
        hear(anna, "revisions")
        submit(anna, "edit-0001", add("note-new"))
        assert hear(anna, "settled") == {"type": "settled", "edit_id": "edit-0001", "seq": 1}


def test_an_edit_sent_again_after_a_restart_is_settled_with_its_number(
    client: TestClient, tmp_path: Path
) -> None:
    """ID2"""
    with connect(client) as anna:
        anna.send_json(HELLO)
        submit(anna, "edit-0001", add("note-new"))
        submit(anna, "edit-0002", write("note-new", "mots"))
        hear(anna, "revisions")
    client.__exit__()
    with TestClient(make_app(tmp_path / "charniere.db")) as again, connect(again) as anna:
        anna.send_json({**HELLO, "since": 2})
        submit(anna, "edit-0001", add("note-new"))
        assert hear(anna, "settled")["seq"] == 1
        submit(anna, "edit-0002", write("note-new", "mots"))
        assert hear(anna, "settled")["edit_id"] == "edit-0002"
    client.__enter__()


def test_an_edit_without_effect_is_settled_without_a_number(client: TestClient) -> None:
    """ID3"""
    with connect(client) as anna:
        anna.send_json(HELLO)
        submit(anna, "edit-0001", write("note-0000", "texte 0", "texte 0"))
        assert hear(anna, "settled") == {"type": "settled", "edit_id": "edit-0001", "seq": None}


def test_an_edit_that_cannot_be_is_refused_by_name_and_the_line_stays(client: TestClient) -> None:
    """RF1"""
    with connect(client) as anna:
        anna.send_json(HELLO)
        submit(anna, "edit-0001", move("note-unknown"))
        refused = hear(anna, "refused")
        assert (refused["edit_id"], refused["code"]) == ("edit-0001", "not_found")
        submit(anna, "edit-0002", move("note-0000"))
        assert hear(anna, "revisions")["revisions"][0]["edit_id"] == "edit-0002"


def test_an_undo_takes_back_an_edit_of_ones_own(client: TestClient) -> None:
    with connect(client) as anna:
        anna.send_json(HELLO)
        submit(anna, "edit-0001", write("note-0000", "autre", "texte 0"))
        submit(anna, "edit-0002", undo("edit-0001"))
        texts: list[str] = []
        while len(texts) < 2:
            texts += [r["changes"][0]["record"]["text"] for r in hear(anna, "revisions")["revisions"]]
    assert texts == ["autre", "texte 0"]


def test_an_observer_looks_and_changes_nothing(client: TestClient) -> None:
    """RF4"""
    with connect(client, "otto", "observer") as otto:
        otto.send_json(HELLO)
        submit(otto, "edit-0001", add("note-new"))
        assert hear(otto, "refused")["code"] == "not_allowed"


def test_where_somebody_is_reaches_the_others(client: TestClient) -> None:
    """PR1"""
    with connect(client) as anna, connect(client, "bob") as bob:
        anna.send_json(HELLO)
        hear(anna, "welcome")
        bob.send_json(HELLO)
        hear(bob, "welcome")
        anna.send_json({"type": "here", "note": "note-0000", "doing": "writing"})
        seen: list[Any] = []
        while not any(s.get("note") for s in seen):
            seen += hear(bob, "presence")["seen"]
    assert {"person": "anna", "note": "note-0000", "doing": "writing"}.items() <= seen[-1].items()


def test_who_leaves_is_seen_to_be_gone(client: TestClient) -> None:
    """PR3"""
    with connect(client) as anna:
        anna.send_json(HELLO)
        hear(anna, "welcome")
        with connect(client, "bob") as bob:
            bob.send_json(HELLO)
            hear(bob, "welcome")
        seen: list[Any] = []
        while not any(s.get("gone") for s in seen):
            seen += hear(anna, "presence")["seen"]
    assert seen[-1]["person"] == "bob"


BAD_FRAMES = {
    "no json": "bonjour",
    "a number": "12",
    "an unknown type": '{"type":"shout"}',
    "an unknown field": '{"type":"here","where":"x"}',
    "a wrong type": '{"type":"here","stage":3}',
    "a lone surrogate": '{"type":"here","stage":"\\ud83d"}',
    "not a number": '{"type":"hello","version":NaN,"epoch":1,"since":0}',
    "too deep": '{"type":"submit","edit_id":"edit-0001","edit":' + "[" * 30_000 + "]" * 30_000 + "}",
    "an edit id that is none": '{"type":"submit","edit_id":"../..","edit":{}}',
    "a second hello": msgspec.json.encode(HELLO).decode(),
}


@pytest.mark.parametrize("frame", BAD_FRAMES.values(), ids=BAD_FRAMES.keys())
def test_a_frame_that_is_no_message_ends_the_line_with_its_reason(client: TestClient, frame: str) -> None:
    """LI4, LI5, HE1"""
    with connect(client) as socket:
        socket.send_json(HELLO)
        socket.send_text(frame)
        assert said_goodbye(socket) == ("bad_frame", False)


def test_a_binary_frame_ends_the_line_with_its_reason(client: TestClient) -> None:
    with connect(client) as socket:
        socket.send_bytes(b"{}")
        assert said_goodbye(socket) == ("bad_frame", False)


BAD_EDITS = {
    "nothing": "null",
    "an unknown edit": '{"type":"burn"}',
    "an unknown field": '{"type":"remove_notes","notes":["note-0000"],"why":1}',
    "a lone surrogate": '{"type":"set_note_text","note":"note-0000","base":"","text":"\\ude00"}',
    "an id that is a path": '{"type":"remove_notes","notes":["../../etc"]}',
}


@pytest.mark.parametrize("edit", BAD_EDITS.values(), ids=BAD_EDITS.keys())
def test_an_edit_that_is_none_never_stops_the_others(client: TestClient, edit: str) -> None:
    with connect(client) as mallory, connect(client) as anna:
        for socket in (mallory, anna):
            socket.send_json(HELLO)
            hear(socket, "welcome")
        mallory.send_text('{"type":"submit","edit_id":"edit-evil","edit":' + edit + "}")
        submit(anna, "edit-0001", add("note-new"))
        assert hear(anna, "revisions")["revisions"][0]["edit_id"] == "edit-0001"


def test_an_edit_that_is_none_is_refused_by_name(client: TestClient) -> None:
    """RF3"""
    with connect(client) as anna:
        anna.send_json(HELLO)
        anna.send_text('{"type":"submit","edit_id":"edit-0001","edit":{"type":"burn"}}')
        assert hear(anna, "refused")["code"] == "bad_frame"


def test_a_text_larger_than_a_frame_is_refused_in_words_and_the_line_stays(client: TestClient) -> None:
    """RF3"""
    with connect(client) as anna:
        anna.send_json(HELLO)
        submit(anna, "edit-0001", write("note-0000", "é" * limits.FRAME_BYTES))
        refused = hear(anna, "refused")
        assert (refused["code"], refused["detail"]) == ("too_large", {"limit": limits.FRAME_BYTES})
        submit(anna, "edit-0002", move("note-0000"))
        assert hear(anna, "revisions")


def test_an_older_script_is_told_to_reload(client: TestClient) -> None:
    """HE2"""
    with connect(client) as socket:
        socket.send_json({**HELLO, "version": VERSION - 1})
        assert said_goodbye(socket) == ("protocol_version", False)


def test_nobody_in_particular_is_sent_to_sign_in(client: TestClient) -> None:
    """HE5"""
    with connect(client, "") as socket:
        assert said_goodbye(socket) == ("no_session", False)


def test_who_has_no_place_on_the_board_learns_nothing_of_it(client: TestClient) -> None:
    """HE5"""
    with connect(client, role="stranger") as socket:
        assert said_goodbye(socket) == ("not_found", False)


def test_a_line_that_stays_open_is_asked_again_what_it_may(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LI7"""
    monkeypatch.setattr(door, "RECHECK", 0.01)
    with connect(client) as anna:
        anna.send_json(HELLO)
        hear(anna, "welcome")
        monkeypatch.setattr(app, "FORBIDDEN", {"anna"})
        assert said_goodbye(anna) == ("not_found", False)


def test_a_board_that_does_not_exist_is_not_found(client: TestClient) -> None:
    with connect(client, board="b404") as socket:
        socket.send_json(HELLO)
        assert said_goodbye(socket) == ("not_found", False)


def test_a_page_of_another_site_is_refused_at_the_handshake(client: TestClient) -> None:
    """HE5"""
    with (
        pytest.raises((WebSocketDisconnect, WebSocketDenialResponse)),
        client.websocket_connect("/ws/b1?person=anna", headers={"origin": "http://evil.example"}),
    ):
        pass
