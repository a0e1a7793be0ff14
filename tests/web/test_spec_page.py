"""The specification's page: for members, in their language, every line beside its notes, nothing of a note read as markup."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from charniere.domain.board import Kind
from charniere.domain.boardfile import BoardFile
from charniere.spec.compile import compile_spec, items
from charniere.spec.edition import DRAFT
from charniere.web.drafts import Reviewed
from charniere.web.spec_page import SpecPage
from charniere.web.spec_page import page as worded
from spec.builders import GOLDEN, board, note, workshop
from web.house import BOARD, House, house


def page(file: BoardFile, lang: str) -> SpecPage:
    return worded(file.id, Reviewed(compile_spec([file]), (file,), DRAFT), lang)


@pytest.fixture
async def home(tmp_path: Path, template: Path) -> AsyncIterator[House]:
    async with house(tmp_path, template) as made:
        yield made


@pytest.mark.parametrize(
    ("role", "status"),
    [("anonymous", 401), ("stranger", 404), ("screen", 403), ("observer", 200), ("facilitator", 200)],
)
async def test_members_read_it_and_nobody_else(home: House, role: str, status: int) -> None:
    client = await home.as_role(role)
    answer = await client.get(f"/b/{BOARD}/specification/lecture")
    assert answer.status_code == status


async def test_it_has_every_section_and_needs_no_script(home: House) -> None:
    client = await home.as_role("participant")
    text = (await client.get(f"/b/{BOARD}/specification/lecture")).text
    assert "<script" not in text
    assert " style=" not in text
    for name in ("objects", "fields", "workflows", "scenarios", "matrix", "coverage", "findings"):
        assert f'id="s-{name}"' in text
        assert f'href="#s-{name}"' in text


async def test_links_of_the_page_lead_to_something_on_it(home: House) -> None:
    client = await home.as_role("participant")
    text = (await client.get(f"/b/{BOARD}/specification/lecture")).text
    anchors = set(re.findall(r' id="([^"]+)"', text))
    assert set(re.findall(r'href="#([^"]+)"', text)) - anchors == set()


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("folder", sorted(p.parent for p in GOLDEN.glob("*/notes.csv")), ids=lambda p: p.name)
def test_every_reason_question_and_finding_has_its_sentence(folder: Path, lang: str) -> None:
    shown = page(workshop(folder), lang)
    assert shown.lines == sum(len(section.lines) for section in shown.sections) > 0
    assert all(line.why for section in shown.sections for line in section.lines)


def test_each_line_stands_beside_the_notes_it_comes_from() -> None:
    file = board(note(7, Kind.action, "Relancer tout devis sans réponse depuis 10 jours", 2, "c3"))
    shown = page(file, "fr")
    workflow = next(section for section in shown.sections if section.name == "workflows").lines[0]
    assert [card.number for card in workflow.cards] == [7]
    assert workflow.cards[0].place == "Évaluation, Coulisses"


def test_what_nobody_said_is_asked_for() -> None:
    file = board(note(1, Kind.action, "Relancer tout devis sans réponse depuis 10 jours", 2, "c3"))
    workflow = next(section for section in page(file, "fr").sections if section.name == "workflows").lines[0]
    assert any(fact.missing.startswith("Qui en est responsable") for fact in workflow.facts)


def test_no_line_is_left_out_of_the_page() -> None:
    file = workshop(GOLDEN / "fenetres-particuliers")
    shown = page(file, "en")
    codes = {line.code for section in shown.sections for line in section.lines}
    codes |= {step.code for section in shown.sections for line in section.lines for step in line.steps}
    assert codes == {item.code for item in items(compile_spec([file]))}
