"""REST: what it gives is what the board holds, and what its description says."""

from pathlib import Path

import msgspec
import pytest

from builders import add, write
from charniere.domain.board import Board, BoardRecord, BoardRevision, advance, load
from charniere.domain.rights import Role, Standing
from charniere.web import qr
from web.house import BOARD, NOTES, house

LEAD = Standing(Role.facilitator)


async def test_the_snapshot_is_the_board_with_its_people(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        client = await made.as_role("observer")
        answer = await client.get(f"/api/boards/{BOARD}")
        assert answer.headers["content-type"] == "application/json"
        seen = answer.json()
        board = load(msgspec.convert(seen["records"], list[BoardRecord]))
        assert (seen["id"], seen["seq"], seen["epoch"], seen["role"]) == (BOARD, 0, 1, "observer")
        assert len(board.notes) == NOTES
        assert [person["name"] for person in seen["people"]] == ["Observer"]


async def test_the_log_replayed_on_the_first_snapshot_is_the_last_one(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        client, hub = await made.as_role("facilitator"), made.app.state.charniere.hub
        board = load(
            msgspec.convert((await client.get(f"/api/boards/{BOARD}")).json()["records"], list[BoardRecord])
        )
        for n in range(5):
            await hub.submit(BOARD, "anna", LEAD, f"edit-add-{n}", add(f"new-note-{n}"))
            await hub.submit(BOARD, "anna", LEAD, f"edit-text-{n}", write(f"new-note-{n}", f"Mot {n}"))
        since, pages = 0, 0
        more = True
        while more:
            page = (await client.get(f"/api/boards/{BOARD}/log?since={since}&limit=3")).json()
            for revision in msgspec.convert(page["revisions"], list[BoardRevision]):
                board, since = advance(board, revision.changes), revision.seq
            more, pages = page["more"], pages + 1
        assert (since, pages) == (10, 4)
        assert board == await last(client)


async def last(client) -> Board:  # type: ignore[no-untyped-def]
    seen = (await client.get(f"/api/boards/{BOARD}")).json()
    return load(msgspec.convert(seen["records"], list[BoardRecord]))


@pytest.mark.parametrize(
    "query", ["since=x", "since=-1", "limit=0", "limit=501", "since=99999999999999999999"]
)
async def test_a_log_asked_for_wrongly_is_refused(query: str, tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        client = await made.as_role("facilitator")
        assert (await client.get(f"/api/boards/{BOARD}/log?{query}")).status_code == 422


async def test_an_invitation_is_made_listed_used_and_revoked(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        boss, address = await made.as_role("facilitator"), f"/api/boards/{BOARD}/invitations"
        made_one = await boss.post(address, json={"role": "observer"})
        assert made_one.status_code == 201
        url = made_one.json()["url"]
        assert url.startswith("http://wall.test/i/")
        assert len(url.rsplit("/", 1)[1]) == 32  # 192 bits
        await made.browser().post(
            url.removeprefix("http://wall.test"), data={"name": "Zoé", "team": "Support"}
        )
        (listed,) = (await boss.get(address)).json()["invitations"]
        assert (listed["role"], listed["uses"], listed["url"], listed["revoked_at"]) == (
            "observer",
            1,
            url,
            None,
        )
        assert (await boss.delete(f"{address}/{listed['id']}")).status_code == 204
        assert (await boss.delete(f"{address}/{listed['id']}")).status_code == 404
        (listed,) = (await boss.get(address)).json()["invitations"]
        assert (listed["url"], listed["revoked_at"]) == (None, made.now)


async def test_the_code_of_an_open_invitation_is_a_picture_and_of_a_revoked_one_nothing(
    tmp_path: Path, template: Path
) -> None:
    async with house(tmp_path, template) as made:
        boss = await made.as_role("facilitator")
        link = (await boss.post(f"/api/boards/{BOARD}/invitations", json={"role": "participant"})).json()
        picture = await boss.get(f"/b/{BOARD}/qr/{link['id']}.svg")
        assert picture.headers["content-type"].startswith("image/svg+xml")
        assert picture.content == qr.picture(link["url"])
        assert b"<script" not in picture.content
        await boss.delete(f"/api/boards/{BOARD}/invitations/{link['id']}")
        assert (await boss.get(f"/b/{BOARD}/qr/{link['id']}.svg")).status_code == 404


SPECIFICATION = (
    *("", "/state", "/proposals", "/uses", "/compare", "/logo", "/versions", "/versions/{number}"),
    *("/versions/{number}/approvals", "/versions/{number}/approvals/{signature}"),
)


async def test_the_description_names_every_route_and_holds_every_schema_it_names(
    tmp_path: Path, template: Path
) -> None:
    async with house(tmp_path, template) as made:
        told = (await made.browser().get("/api/openapi.json")).json()
    assert set(told["paths"]) == {
        "/api/boards/{board}",
        "/api/boards/{board}/log",
        "/api/boards/{board}/invitations",
        "/api/boards/{board}/invitations/{invitation}",
        "/api/phrasing",
        *(f"/api/boards/{{board}}/specification{path}" for path in SPECIFICATION),
    }
    text = msgspec.json.encode(told).decode()
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= set(told["components"]["schemas"])
    assert {"Note", "Stage", "BoardRevision", "Problem"} <= set(told["components"]["schemas"])
    assert told["openapi"].startswith("3.1")


async def test_somebody_who_joins_is_announced_to_those_who_are_there(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        told = []
        made.app.state.charniere.hub.announce = lambda board, people: told.append((board, people))
        await made.browser().post(made.invitation(), data={"name": "Zoé", "team": "Support"})
        ((board, (person,)),) = told
        assert (board, person.name, person.team, person.role) == (BOARD, "Zoé", "Support", "participant")


async def test_who_came_in_and_who_let_whom_in_is_in_the_log_by_id_alone(
    tmp_path: Path, template: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with house(tmp_path, template) as made:
        caplog.set_level("INFO", "charniere.access")
        boss, address = await made.as_role("facilitator"), f"/api/boards/{BOARD}/invitations"
        url = (await boss.post(address, json={"role": "observer"})).json()["url"]
        guest = made.browser()
        await guest.post(url.removeprefix("http://wall.test"), data={"name": "Zénobie", "team": "Support"})
        (listed,) = (await boss.get(address)).json()["invitations"]
        await boss.delete(f"{address}/{listed['id']}")
        await guest.post("/leave", data={"x": ""})
    told = [record for record in caplog.records if record.name == "charniere.access"]
    assert [record.message for record in told] == ["entered", "invited", "joined", "revoked", "left"]
    assert {record.board for record in told[:4]} == {BOARD}
    assert told[1].person == told[3].person != told[2].person == told[4].person
    assert "nobie" not in str([record.__dict__ for record in told])
