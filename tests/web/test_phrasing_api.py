"""A batch of phrases: the engine's answers, in order, within limits."""

from pathlib import Path

import pytest

from charniere.domain import limits
from charniere.web.phrasing_api import PHRASES
from web.house import house


async def test_each_phrase_is_answered_in_its_place(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        client = await made.as_role("participant")
        phrases = ["Signature du bail", "Je paie", "Le livreur dépose le colis", "je rempli un formulaire"]
        told = (await client.post("/api/phrasing", json={"phrases": phrases})).json()["answers"]
        assert [(a["verdict"], a["suggestion"]) for a in told] == [
            ("no", "Je signe le bail"),
            ("yes", None),
            ("no", None),
            ("almost", "Je remplis un formulaire"),
        ]
        english = await client.post("/api/phrasing", json={"phrases": ["Fill in a survey"], "lang": "en"})
        assert english.json()["answers"][0]["suggestion"] == "I fill in a survey"
        assert (await client.post("/api/phrasing", json={"phrases": []})).json() == {"answers": []}


async def test_a_full_batch_is_answered_and_one_more_is_not(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        client = await made.as_role("participant")
        full = await client.post("/api/phrasing", json={"phrases": ["Je paie"] * PHRASES})
        assert len(full.json()["answers"]) == PHRASES
        over = await client.post("/api/phrasing", json={"phrases": ["Je paie"] * (PHRASES + 1)})
        assert (over.status_code, over.json()["code"]) == (400, "bad_frame")


async def test_a_story_is_judged_and_nothing_is_proposed(tmp_path: Path, template: Path) -> None:
    """An import may bring it."""
    async with house(tmp_path, template) as made:
        client = await made.as_role("participant")
        story = "Signature du bail. " * 200
        told = await client.post("/api/phrasing", json={"phrases": [story]})
        assert told.json()["answers"][0]["suggestion"] is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"phrases": "Je paie"}',
        b'{"phrases": [1]}',
        b'{"phrases": [], "lang": "de"}',
        b'{"phrases": [], "board": "b"}',
        b'{"phrases": ["\xff"]}',
        ('{"phrases": ["' + "x" * (limits.TEXT_STORED + 1) + '"]}').encode(),
    ],
)
async def test_what_is_no_question_is_refused(body: bytes, tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        client = await made.as_role("participant")
        answer = await client.post(
            "/api/phrasing", content=body, headers={"Content-Type": "application/json"}
        )
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_frame")


async def test_a_form_is_no_question(tmp_path: Path, template: Path) -> None:
    async with house(tmp_path, template) as made:
        client = await made.as_role("participant")
        assert (await client.post("/api/phrasing", data={"phrases": "Je paie"})).status_code == 400
