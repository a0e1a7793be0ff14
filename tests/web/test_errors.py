"""What cannot be is told in words, with a code, and never with a traceback."""

import json
import logging
from pathlib import Path

import pytest

from charniere.errors import Code, Refused
from charniere.i18n import LANGS, catalogue
from charniere.store import people
from charniere.web.errors import STATUS
from charniere.web.middleware import BODY_BYTES
from web.house import BOARD, House, house


def test_every_code_has_a_status_and_a_sentence_in_each_language() -> None:
    assert set(STATUS) == set(Code)
    for lang in LANGS:
        assert {f"error.{code}" for code in Code} <= set(catalogue(lang))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/b/none/of/this", 404),
        ("GET", "/static/app/assets/../../../settings.py", 404),
        ("GET", "/static/app/.vite/manifest.json", 404),
        ("GET", "/.git/config", 404),
        ("GET", "/docs", 404),
        ("PUT", "/", 405),
        ("TRACE", "/", 405),
        ("GET", "/language", 405),
    ],
)
async def test_the_router_s_own_refusals_are_pages_too(
    method: str, path: str, status: int, tmp_path: Path, template: Path
) -> None:
    async with house(tmp_path, template) as made:
        answer = await made.browser().request(method, path)
        assert answer.status_code == status
        assert "<h1>" in answer.text
        assert "Revenir à l’accueil" in answer.text


async def test_the_api_refuses_with_a_code_and_details(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        boss = await made.as_role("facilitator")
        assert (await boss.get("/api/nothing")).json() == {"code": "not_found", "detail": {}}
        bad = await boss.get(f"/api/boards/{BOARD}/log?since=-1")
        assert (bad.status_code, bad.json()) == (422, {"code": "bad_value", "detail": {"field": "since"}})
        wrong = await boss.put(f"/api/boards/{BOARD}")
        assert (wrong.status_code, wrong.json()["code"]) == (405, "bad_value")
        assert "GET" in wrong.headers["allow"]
        assert (await made.browser().get(f"/api/boards/{BOARD}")).headers["www-authenticate"] == "Invitation"


@pytest.mark.parametrize(
    "body", ["{", "[]", '{"role":"admin"}', '{"role":"observer","x":1}', '{"role":"\\ud83d"}', "[" * 5000]
)
async def test_a_body_that_is_not_what_was_asked_is_refused(
    body: str, tmp_path: Path, template: Path
) -> None:
    async with house(tmp_path, template) as made:
        boss = await made.as_role("facilitator")
        headers = {"Content-Type": "application/json"}
        answer = await boss.post(f"/api/boards/{BOARD}/invitations", content=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_frame")


async def test_a_body_is_refused_before_it_is_read_when_it_says_that_it_is_too_large(
    tmp_path: Path, template: Path
) -> None:
    async with house(tmp_path, template) as made:
        answer = await made.browser().post("/language", content=b"x" * (BODY_BYTES + 1))
        assert answer.status_code == 413
        assert "65\u202f536" in answer.text


async def test_a_body_without_a_length_is_counted_as_it_comes(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        sent = 0

        async def endless():  # type: ignore[no-untyped-def]
            nonlocal sent
            for _ in range(1000):
                sent += 1
                yield b"a" * 1024

        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = await made.browser().post("/language", content=endless(), headers=headers)
        assert answer.status_code == 413
        assert sent <= BODY_BYTES // 1024 + 2


async def test_a_form_with_too_many_fields_or_a_file_is_refused(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        many = {f"f{n}": "x" for n in range(30)}
        assert (await made.browser().post("/language", data=many)).status_code == 400
        assert (await made.browser().post("/language", files={"lang": b"x"})).status_code == 400
        assert (await made.browser().post("/language", data={"lang": "fr"})).status_code == 303


async def test_a_bug_is_told_by_a_code_that_the_log_holds_with_the_place_and_without_the_values(
    tmp_path: Path, template: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with house(tmp_path, template) as made:
        client = await made.as_role("participant")
        _break(made)
        with caplog.at_level(logging.ERROR):
            page = await client.get(f"/b/{BOARD}")
            answer = await client.get(f"/api/boards/{BOARD}")
        assert (page.status_code, answer.status_code) == (500, 500)
        assert "mot secret" not in page.text + answer.text
        assert "Traceback" not in page.text + answer.text
        references = [record.reference for record in caplog.records if hasattr(record, "reference")]
        assert f"Code {references[0]}" in page.text
        assert answer.json() == {"code": "internal", "detail": {"reference": references[1]}}


def _break(made: House) -> None:
    async def broken(_: str) -> None:
        raise ValueError("mot secret")

    made.app.state.charniere.hub.snapshot = broken


async def test_a_full_disk_is_said_and_the_server_goes_on(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        client = await made.as_role("participant")

        async def full(_: str) -> None:
            raise Refused(Code.storage)

        made.app.state.charniere.hub.snapshot = full
        answer = await client.get(f"/b/{BOARD}")
        assert answer.status_code == 503
        assert "Rien n’a été enregistré" in answer.text
        assert (await client.get("/healthz")).text == "ok\n"


async def test_readiness_is_lost_with_the_database(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        assert (await made.browser().get("/readyz")).status_code == 200
        made.opened.database.close()
        assert (await made.browser().get("/readyz")).status_code == 503
        assert (await made.browser().get("/healthz")).status_code == 200


async def test_the_log_of_requests_holds_no_token_no_name_and_no_line_break(
    tmp_path: Path, template: Path, caplog: pytest.LogCaptureFixture
) -> None:
    from charniere.logs import Lines

    async with house(tmp_path, template) as made:
        link = made.invitation()
        with caplog.at_level(logging.INFO):
            guest = made.browser()
            await guest.get(link)
            await guest.post(link, data={"name": "Zénobie", "team": "Support"})
            await guest.get("/enter/" + "t" * 32)
            await guest.get("/a%0D%0A%7B%22level%22%3A%22forged%22%7D")
    lines = [Lines().format(record) for record in caplog.records if record.name == "charniere.web"]
    assert len(lines) == 4
    text = "\n".join(lines)
    assert link.rsplit("/", 1)[1] not in text
    assert "t" * 32 not in text
    assert "nobie" not in text
    assert guest.cookies["charniere"] not in text
    told = [json.loads(line) for line in lines]
    assert [line["path"] for line in told[:3]] == ["/i/***", "/i/***", "/enter/***"]
    assert [line["status"] for line in told] == [200, 303, 410, 404]
    assert told[2]["code"] == "invitation_closed"


@pytest.mark.parametrize(
    "name", ["%ED%A0%BD", "%FF%FE", "%00Zo%C3%A9", "%E2%80%AEeoZ", "%F0%9F%91%A9%E2%80%8D%F0%9F%9A%80"]
)
async def test_bytes_that_are_no_text_stop_nobody(name: str, tmp_path: Path, template: Path) -> None:
    """Half a surrogate, no UTF-8 at all, a NUL, a text turned around, and an emoji of several characters."""
    async with house(tmp_path, template) as made:
        guest = made.browser()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        body = f"name={name}&team=Support".encode()
        answer = await guest.post(made.invitation(), content=body, headers=headers)
        assert answer.status_code in (303, 400, 422)
        if answer.status_code == 303:
            assert (await guest.get(f"/b/{BOARD}")).status_code == 200
            shown = made.opened.database.read_now(lambda c: people.members(c, BOARD))[0].name
            assert shown.isprintable() or "\u200d" in shown
            shown.encode()
