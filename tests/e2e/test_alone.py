"""One person before the board: the keyboard alone, the phone, what a role may not do, what axe and the console say."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from conftest import Room
from wall import LAPTOP, PHONE

STAGE, CHANNEL = "Déclic", "Téléphone"


def test_ten_notes_without_the_mouse(room: Room) -> None:
    anne = room.facilitator()
    cell = anne.cell("Signature", "Site & simulateur")
    cell.focus()
    anne.page.keyboard.press("n")
    for index in range(10):
        expect(anne.editor).to_be_focused()
        anne.page.keyboard.type(f"Au clavier {index}")
        anne.page.keyboard.press("Enter")
    anne.page.keyboard.press("Escape")
    expect(cell.locator("article.note")).to_have_count(10)
    assert anne.notes_in("Signature", "Site & simulateur") == [f"Au clavier {index}" for index in range(10)]


def test_a_note_is_moved_turned_and_deleted_with_keys_alone(room: Room) -> None:
    anne = room.facilitator()
    anne.write(STAGE, CHANNEL, "Je me déplace au clavier")
    anne.note("Je me déplace au clavier").focus()
    anne.page.keyboard.press("2")
    expect(anne.note("Je me déplace au clavier")).to_have_class(re.compile("k-irritant"))
    anne.page.keyboard.press("x")
    anne.page.keyboard.press("ArrowRight")
    anne.page.keyboard.press("Enter")
    expect(anne.cell("Visite à la maison", CHANNEL)).to_contain_text("Je me déplace au clavier")
    anne.note("Je me déplace au clavier").focus()
    anne.page.keyboard.press("Delete")
    anne.sees_no("Je me déplace au clavier")
    anne.page.keyboard.press("Control+z")
    anne.sees("Je me déplace au clavier")


def test_a_note_that_slides_from_under_the_pointer_is_still_the_one_pressed(room: Room) -> None:
    anne = room.facilitator()
    anne.write("Chantier", "Site & simulateur", "Une phrase qui ne tient pas en deux lignes " * 5, "Court")
    anne.note("Une phrase qui ne").click()
    anne.page.keyboard.press("Escape")
    anne.note("Court").click()  # the long one folds at once: "Court" goes up
    expect(anne.note("Court")).to_have_class(re.compile(r"\bsel\b"))
    expect(anne.editor).to_have_count(0)


def test_lines_pasted_become_as_many_notes(room: Room) -> None:
    anne = room.facilitator()
    cell = anne.cell("Chantier", "Site & simulateur")
    cell.focus()
    anne.page.keyboard.press("n")
    expect(anne.editor).to_be_focused()
    anne.paste("Je vois la grue\nJe vois les ouvriers\n\nJe vois le camion")
    anne.page.get_by_role("button", name="Coller en 3 notes").click()
    for text in ("Je vois la grue", "Je vois les ouvriers", "Je vois le camion"):
        expect(cell).to_contain_text(text)


def test_an_observer_reads_and_changes_nothing(room: Room) -> None:
    observer = room.guest("Odile", role="observer")
    expect(observer.cell(STAGE, CHANNEL).locator("button.add")).to_have_count(0)
    observer.cell(STAGE, CHANNEL).focus()
    observer.page.keyboard.press("n")
    expect(observer.editor).to_have_count(0)
    assert observer.api(f"{observer.board_api}/log?since=0")["status"] == 403
    assert observer.api(f"{observer.board_api}/invitations", "POST", {"role": "facilitator"})["status"] == 403
    room.complaints_expected = True  # the browser reports the two refusals above


def test_a_participant_does_not_shape_the_grid(room: Room) -> None:
    karim = room.guest("Karim")
    expect(karim.page.get_by_role("button", name="Ajouter une étape")).to_have_count(0)
    expect(karim.page.get_by_role("button", name="Ajouter un canal")).to_have_count(0)


def test_a_thumb_adds_a_note_on_a_phone(room: Room) -> None:
    anne = room.facilitator()
    ines = room.guest("Inès", viewport=PHONE, has_touch=True, is_mobile=True)
    ines.page.locator("textarea").first.tap()
    ines.page.keyboard.type("Je cherche un artisan depuis le bus")
    ines.page.get_by_role("button", name="Envoyer").tap()
    ines.sees("Je cherche un artisan depuis le bus")
    anne.sees("Je cherche un artisan depuis le bus")


@pytest.mark.parametrize(
    ("lang", "size"), [("fr", LAPTOP), ("en", LAPTOP), ("fr", PHONE)], ids=["fr", "en", "phone"]
)
def test_axe_finds_nothing(room: Room, root: Path, lang: str, size: dict[str, int]) -> None:
    axe = (root / "frontend/node_modules/axe-core/axe.min.js").read_text()
    anne = room.facilitator(viewport=size, bypass_csp=True)
    anne.speak(lang)
    found = {"board": anne.axe(axe)}
    for path in ("/", "/privacy", anne.page.url.split("?")[0] + "/specification", "/nowhere"):
        anne.page.goto(path if path.startswith("http") else room.server.base + path)
        anne.shorten("main section", 4)  # two hundred items of one make take axe a minute
        found[path] = anne.axe(axe)
    anne.page.goto(room.server.known["participant"])
    found["join"] = anne.axe(axe)
    room.complaints_expected = True  # a page that does not exist is a 404
    assert {where: what for where, what in found.items() if what} == {}
