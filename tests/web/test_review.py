"""The review over HTTP: one draft a board, proposals that follow the wall, versions that never change, who signs."""

import asyncio
import json
import struct
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from httpx2 import AsyncClient

from charniere.domain.board import Kind
from charniere.domain.edits import types
from charniere.domain.rights import Role, Standing
from charniere.realtime.hub import Hub
from charniere.spec.compile import decode
from charniere.spec.draft import edits
from charniere.spec.draft.records import Draft
from charniere.store import specs
from charniere.web import drafts
from web.house import BOARD, House, house

SPEC = f"/api/boards/{BOARD}/specification"
LEAD = Standing(Role.facilitator)


@pytest.fixture
async def home(tmp_path: Path, template: Path) -> AsyncIterator[House]:
    async with house(tmp_path, template) as made:
        yield made


def hub(home: House) -> Hub:
    found: Hub = home.app.state.charniere.hub
    return found


async def write(home: House, *texts: str) -> None:
    """Actions written on the wall."""
    board = (await hub(home).snapshot(BOARD)).value
    place = types.Place(stage=next(iter(board.stages)), channel=next(iter(board.channels)))
    for text in texts:
        notes = (types.NewNote(id=hub(home).new_id(), text=text, kind=Kind.action),)
        await hub(home).submit(
            BOARD, "anna", LEAD, hub(home).new_id(), types.AddNotes(notes=notes, place=place)
        )


async def draft(home: House) -> tuple[str, Draft]:
    (name,) = home.opened.database.read_now(
        lambda c: [row[0] for row in c.exec_driver_sql(f"SELECT document FROM draft WHERE board = '{BOARD}'")]
    )
    return name, (await hub(home).snapshot(name)).value


async def decide(home: House, edit: msgspec.Struct) -> None:
    name, _ = await draft(home)
    await hub(home).submit(name, "anna", LEAD, hub(home).new_id(), edit)


async def get(client: AsyncClient, path: str = "") -> dict:  # type: ignore[type-arg]
    answer = await client.get(SPEC + path)
    assert answer.status_code == 200, answer.text
    found: dict = json.loads(answer.content)  # type: ignore[type-arg]
    return found


async def test_everybody_who_looks_first_finds_the_same_draft(home: House) -> None:
    people = [await home.as_role("participant") for _ in range(4)]
    await asyncio.gather(*(one.get(f"/b/{BOARD}/specification") for one in people))
    name, value = await draft(home)
    assert name != BOARD
    assert value.info.number == 1


async def test_the_page_carries_the_draft_the_board_and_what_each_attribute_takes(home: House) -> None:
    await write(home, "Rappeler toute demande de devis sous 4 h ouvrées")
    client = await home.as_role("facilitator")
    text = (await client.get(f"/b/{BOARD}/specification")).text
    told = json.loads(text.split('id="bootstrap">')[1].split("</script>")[0])
    assert {one["type"] for one in told["welcome"]["snapshot"]} >= {"draft", "line", "part"}
    assert any(one.get("text", "").startswith("Rappeler") for one in told["records"])
    types_ = next(one for one in told["attributes"]["fields"] if one["name"] == "type")
    assert "picklist" in types_["values"]
    assert told["document"] == (await draft(home))[0]


async def test_who_opens_it_alone_finds_it_up_to_the_wall(home: House) -> None:
    client = await home.as_role("facilitator")
    assert (await get(client, "/state"))["board_seq"] == (await get(client, "/state"))["proposed_seq"]
    await write(home, "Relancer tout devis sans réponse depuis 10 jours")
    state = await get(client, "/state")
    assert state["board_seq"] > state["proposed_seq"]
    assert "Relancer" in json.dumps((await get(client))["workflows"], ensure_ascii=False)
    state = await get(client, "/state")
    assert state["board_seq"] == state["proposed_seq"]


async def test_reading_again_tells_how_many_lines_changed_and_what_waits(home: House) -> None:
    client = await home.as_role("facilitator")
    await write(home, "Rappeler toute demande de devis sous 4 h ouvrées")
    await get(client)
    _, value = await draft(home)
    (line,) = (
        one
        for one in value.lines.values()
        if one.section == "sla" and one.proposal["label"].startswith("Rappeler")
    )
    await decide(home, edits.SetLine(line.id, {"delay": "sous 1 jour ouvré"}))
    board = (await hub(home).snapshot(BOARD)).value
    note = next(one for one in board.notes.values() if one.text.startswith("Rappeler"))
    edit = types.SetNoteText(
        note=note.id, text=note.text.replace("4 h ouvrées", "1 h ouvrée"), base=note.text
    )
    await hub(home).submit(BOARD, "anna", LEAD, hub(home).new_id(), edit)
    told = (await client.post(f"{SPEC}/proposals", json={})).json()
    assert told["changed"] >= 1
    assert told["conflicts"] == 1
    assert (await client.post(f"{SPEC}/proposals", json={})).json()["changed"] == 0


async def test_what_did_not_change_is_not_sent_again(home: House) -> None:
    client = await home.as_role("observer")
    first = await client.get(SPEC)
    again = await client.get(SPEC, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_each_note_tells_what_it_becomes(home: House) -> None:
    client = await home.as_role("participant")
    await write(home, "Relancer tout devis sans réponse depuis 10 jours")
    told = await get(client, "/uses")
    board = (await hub(home).snapshot(BOARD)).value
    note = next(one for one in board.notes.values() if one.text.startswith("Relancer"))
    assert {one["section"] for one in told["notes"][note.id]} >= {"workflows", "actions"}
    assert set(told["notes"]) == set(board.notes)
    assert all(told["notes"][name] or name in told["why_not"] for name in told["notes"])


async def test_a_frozen_version_is_what_was_there_whatever_comes_after(home: House) -> None:
    client = await home.as_role("facilitator")
    await write(home, "Relancer tout devis sans réponse depuis 10 jours")
    stood = await get(client)
    made = await client.post(f"{SPEC}/versions", json={"note": "Pour l'intégrateur"})
    assert made.status_code == 201
    assert (made.json()["number"], made.json()["note"]) == (1, "Pour l'intégrateur")
    kept = (await client.get(f"{SPEC}/versions/1")).content
    assert msgspec.to_builtins(decode(kept).workflows) == msgspec.to_builtins(
        msgspec.convert(stood, type(decode(kept))).workflows
    )
    assert (await client.post(f"{SPEC}/versions", json={})).status_code == 403
    assert (await client.post(f"{SPEC}/proposals", json={})).status_code == 403
    await write(home, "Envoyer une enquête à J+7")
    await decide(home, edits.Reopen())
    assert "enquête" in json.dumps(await get(client), ensure_ascii=False)
    assert (await client.get(f"{SPEC}/versions/1")).content == kept
    assert (await client.get(f"/b/{BOARD}/download/spec.json?version=1")).content == kept
    assert "enquête" not in (await client.get(f"/b/{BOARD}/specification/v/1")).text
    second = (await client.post(f"{SPEC}/versions", json={})).json()
    assert second["number"] == 2
    assert [one["number"] for one in (await get(client, "/versions"))["versions"]] == [2, 1]


async def test_two_who_freeze_at_once_make_one_version(home: House) -> None:
    client = await home.as_role("facilitator")
    await get(client)
    got = await asyncio.gather(*(client.post(f"{SPEC}/versions", json={}) for _ in range(3)))
    assert sorted(one.status_code for one in got) == [201, 403, 403]


async def test_a_team_signs_once_and_takes_its_own_signature_back(home: House) -> None:
    client, other = await home.as_role("facilitator"), await home.as_role("participant")
    await get(client)
    await client.post(f"{SPEC}/versions", json={})
    claire = {"name": "Claire", "role": "DG", "team": "Ventes", "day": "2026-11-21"}
    address = f"{SPEC}/versions/1/approvals"
    signed = (await client.post(address, json=claire)).json()
    assert (await other.post(address, json=claire)).status_code == 409
    assert (await other.post(address, json=claire | {"team": "Support", "day": "demain"})).status_code == 400
    mine = (await other.post(address, json=claire | {"team": "Support"})).json()
    assert (await other.delete(f"{address}/{signed['id']}")).status_code == 403
    assert (await other.delete(f"{address}/{mine['id']}")).status_code == 204
    (version,) = (await get(client, "/versions"))["versions"]
    assert [one["team"] for one in version["approvals"]] == ["Ventes"]
    assert "Claire" in (await client.get(f"/b/{BOARD}/specification/v/1")).text


async def test_what_differs_is_told_with_what_happened_on_the_wall(home: House) -> None:
    client = await home.as_role("facilitator")
    await write(home, "Relancer tout devis sans réponse depuis 10 jours")
    await get(client)
    await client.post(f"{SPEC}/versions", json={})
    await decide(home, edits.Reopen())
    board = (await hub(home).snapshot(BOARD)).value
    note = next(one for one in board.notes.values() if one.text.startswith("Relancer"))
    edit = types.SetNoteText(note=note.id, text=note.text.replace("10", "5"), base=note.text)
    await hub(home).submit(BOARD, "anna", LEAD, hub(home).new_id(), edit)
    told = await get(client, "/compare?before=1&after=draft")
    changed = {section["name"] for section in told["comparison"]["sections"] if section.get("changed")}
    assert "workflows" in changed
    (cause,) = next(
        one["causes"] for one in told["causes"] if one["section"] == "workflows" and one["causes"]
    )
    assert (cause["id"], cause["author"]) == (note.id, "anna")
    assert "10 jours" in cause["before"]
    assert "5 jours" in cause["after"]


def png(width: int = 2, height: int = 2) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + b"\x80\x40\x20" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


async def test_the_clients_mark_is_kept_and_broken_pictures_are_told_at_once(home: House) -> None:
    client = await home.as_role("facilitator")
    assert (await client.get(f"{SPEC}/logo")).status_code == 204
    for data, status in ((b"", 422), (b"<svg/>", 422), (png()[:40], 422), (png() + b"x" * 600_000, 413)):
        assert (await client.put(f"{SPEC}/logo", content=data)).status_code == status
    assert (await client.put(f"{SPEC}/logo", content=png())).status_code == 204
    kept = await client.get(f"{SPEC}/logo")
    assert (kept.content, kept.headers["content-type"]) == (png(), "image/png")
    assert (await client.delete(f"{SPEC}/logo")).status_code == 204


async def test_a_version_that_does_not_exist_is_not_found(home: House) -> None:
    client = await home.as_role("facilitator")
    await get(client)
    for path in ("/versions/1", "/compare?before=1"):
        assert (await client.get(SPEC + path)).status_code == 404
    assert (await client.get(f"/b/{BOARD}/specification/v/1")).status_code == 404
    assert (await client.get(f"/b/{BOARD}/download/spec.pdf?version=3")).status_code == 404


async def test_a_freeze_that_was_never_kept_lets_the_draft_move_again(home: House) -> None:
    client = await home.as_role("facilitator")
    await get(client)
    await decide(home, edits.Freeze(1))  # as a server does that stops before it wrote the version
    await get(client)
    assert not (await draft(home))[1].info.frozen
    assert (await client.post(f"{SPEC}/versions", json={"note": "x" * 3_000})).status_code == 422
    assert not (await draft(home))[1].info.frozen
    assert (await client.post(f"{SPEC}/versions", json={})).json()["number"] == 1


async def test_a_version_keeps_the_board_that_it_speaks_of_not_a_later_one(home: House) -> None:
    client = await home.as_role("facilitator")
    await write(home, "Relancer tout devis sans réponse depuis 10 jours", "Envoyer une enquête à J+7")
    stood = (await client.get(f"/b/{BOARD}/download/board.json")).json()
    await get(client)
    _, value = await draft(home)
    board = (await hub(home).snapshot(BOARD)).value
    note = next(one for one in board.notes.values() if one.text.startswith("Envoyer"))
    stage = next(iter(board.stages))
    for edit in (
        types.RemoveNotes(notes=(note.id,)),
        types.RemoveStage(stage=stage),
        types.SetBoard(set=types.BoardPatch(title="Autre")),
    ):
        await hub(home).submit(BOARD, "anna", LEAD, hub(home).new_id(), edit)
    await client.post(f"{SPEC}/versions", json={})
    kept = home.opened.database.read_now(lambda c: specs.version(c, BOARD, 1))
    assert kept is not None
    (file,) = kept.boards
    assert file.seq == value.info.boards[0].seq
    assert json.loads(msgspec.json.encode(file.records)) == stood["records"]


async def test_documents_of_a_version_name_who_set_a_line_aside_as_they_are_called_now(home: House) -> None:
    client = await home.as_role("facilitator")
    await write(home, "Relancer tout devis sans réponse depuis 10 jours")
    await get(client)
    name, value = await draft(home)
    home.person("zoe", "Zoé Martin", Role.facilitator)
    line = next(one for one in value.lines.values() if one.section == "workflows")
    await hub(home).submit(
        name, "zoe", LEAD, hub(home).new_id(), edits.RejectLines((line.id,), "Hors périmètre")
    )
    drafted = (await client.get(f"/b/{BOARD}/download/spec.md")).text
    await client.post(f"{SPEC}/versions", json={})
    frozen = (await client.get(f"/b/{BOARD}/download/spec.md?version=1")).text
    for text in (drafted, frozen):
        assert "Zoé Martin" in text
        assert "Hors périmètre" in text


async def test_many_who_come_at_once_have_the_wall_read_once(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers = [await home.as_role("participant") for _ in range(5)]
    await get(readers[0])
    await write(home, "Relancer tout devis sans réponse depuis 10 jours")
    read: list[object] = []
    whole = drafts.compile_spec
    monkeypatch.setattr(drafts, "compile_spec", lambda *given: (read.append(given), whole(*given))[1])
    got = await asyncio.gather(*(get(one) for one in readers))
    assert len(read) == 1
    assert all("Relancer" in json.dumps(one["workflows"], ensure_ascii=False) for one in got)
