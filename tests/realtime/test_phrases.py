"""How a text is told, asked over the socket. Rules: docs/protocol.md."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient, WebSocketTestSession

from builders import add
from charniere import phrasing
from charniere.domain import limits
from charniere.phrasing import refusals
from charniere.realtime.endpoint import door
from charniere.store.database import Database
from realtime.app import fill, make_app
from realtime.test_socket import HELLO, connect, hear, said_goodbye, submit


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    database = Database.open(tmp_path / "charniere.db")
    fill(database)
    database.close()
    with TestClient(make_app(tmp_path / "charniere.db")) as client:
        yield client


def greeted(socket: WebSocketTestSession) -> WebSocketTestSession:
    socket.send_json(HELLO)
    hear(socket, "welcome")
    return socket


def ask(socket: WebSocketTestSession, number: int, text: str, **more: str) -> None:
    socket.send_json({"type": "ask_phrasing", "ask": number, "text": text, **more})


def told(socket: WebSocketTestSession) -> Any:
    return hear(socket, "phrasing")


def test_a_question_is_answered_with_its_number_in_the_order_asked(client: TestClient) -> None:
    """PH1"""
    with connect(client) as socket:
        greeted(socket)
        ask(socket, 1, "S'inscrire à la newsletter")
        ask(socket, 2, "Je signe le bail")
        ask(socket, 3, "Le livreur dépose le colis")
        assert told(socket) == {
            "type": "phrasing",
            "ask": 1,
            "verdict": "no",
            "suggestion": "Je m'inscris à la newsletter",
            "reason": "infinitive",
        }
        assert told(socket)["verdict"] == "yes"
        silent = told(socket)
        assert (silent["ask"], silent["suggestion"]) == (3, None)


def test_the_language_of_the_board_goes_with_the_question(client: TestClient) -> None:
    """PH1"""
    with connect(client, role="facilitator") as socket:
        greeted(socket)
        ask(socket, 1, "Fill in a survey", lang="en")
        assert told(socket)["suggestion"] == "I fill in a survey"


def test_a_question_is_no_revision_and_nobody_else_hears_of_it(client: TestClient) -> None:
    """PH1"""
    with connect(client) as anna, connect(client, "bob") as bob:
        greeted(anna)
        greeted(bob)
        ask(anna, 1, "Signature du bail")
        told(anna)
        ask(bob, 7, "Je paie")
        assert told(bob)["ask"] == 7  # the first of its kind that bob hears
    with connect(client, "zoe") as zoe:
        zoe.send_json(HELLO)
        assert hear(zoe, "welcome")["seq"] == 0


@pytest.mark.parametrize("role", ["observer", "screen"])
def test_who_only_looks_is_not_answered(client: TestClient, role: str, tmp_path: Path) -> None:
    """PH2"""
    with connect(client, role=role) as socket:
        greeted(socket)
        ask(socket, 1, "Signature du bail")
        socket.send_json({"type": "dismiss_phrasing", "rule": "nominal"})
        socket.send_text("no message")  # the line ends, and nothing but beats and presence came before
        assert "phrasing" not in heard_until_the_end(socket)
    assert refusals.counts(tmp_path) == {}


def heard_until_the_end(socket: WebSocketTestSession) -> list[str]:
    kinds = []
    while (frame := socket.receive_json())["type"] != "bye":
        kinds.append(frame["type"])
    return kinds


def test_a_text_as_long_as_one_may_type_is_answered_and_a_longer_one_is_not(client: TestClient) -> None:
    """PH2"""
    with connect(client) as socket:
        greeted(socket)
        ask(socket, 1, "é" * (limits.TEXT_TYPED + 1))
        ask(socket, 2, "é" * limits.TEXT_TYPED)
        assert told(socket)["ask"] == 2


def test_a_refused_proposal_is_counted_by_its_rule_and_its_text_is_nowhere(
    client: TestClient, tmp_path: Path
) -> None:
    """PH3"""
    with connect(client) as socket:
        greeted(socket)
        for rule in ("nominal", "nominal", "tense", "no such rule", "x" * 5000):
            socket.send_json({"type": "dismiss_phrasing", "rule": rule})
        ask(socket, 1, "Je paie")
        told(socket)  # what came before was read
    assert refusals.counts(tmp_path) == {"nominal": 2, "tense": 1}
    assert set(json.loads((tmp_path / refusals.FILE).read_text())) == {"nominal", "tense"}


def test_a_bug_of_the_engine_is_silence_and_the_line_stays(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PH2"""

    def broken(text: str, lang: str) -> None:
        raise ZeroDivisionError(text)

    with connect(client) as socket:
        greeted(socket)
        with monkeypatch.context() as patch:
            patch.setattr(phrasing, "assess", broken)
            ask(socket, 1, "Signature du bail")
            socket.send_json({"type": "dismiss_phrasing", "rule": "tense"})
            submit(socket, "edit-0001", add("note-new"))
            hear(socket, "revisions")
        ask(socket, 2, "Je paie")
        assert told(socket)["ask"] == 2


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "ask_phrasing", "ask": 1},
        {"type": "ask_phrasing", "ask": -1, "text": "Je"},
        {"type": "ask_phrasing", "ask": 1, "text": "Je", "lang": "de"},
        {"type": "ask_phrasing", "ask": 1, "text": "Je", "note": "note-0001"},
        {"type": "dismiss_phrasing", "rule": "tense", "text": "never told"},
    ],
)
def test_a_question_that_is_none_ends_the_line(client: TestClient, frame: object) -> None:
    """LI4"""
    with connect(client) as socket:
        greeted(socket)
        socket.send_json(frame)
        assert said_goodbye(socket) == ("bad_frame", False)


def test_questions_count_as_frames(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """PH4"""
    taken = []

    class Counting(door.Bucket):
        def take(self, now: float) -> float:
            taken.append(now)
            return super().take(now)

    monkeypatch.setattr(door, "Bucket", Counting)
    with connect(client) as socket:
        greeted(socket)
        for number in range(5):
            ask(socket, number, "Je paie")
            told(socket)
    assert len(taken) == 5
