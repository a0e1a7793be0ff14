"""« Je » as one writes: the mark, the proposal, the keys that answer it, the list of what is left to rephrase."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from conftest import Room
from wall import PHONE, Wall

STAGE, CHANNEL = "Signature", "Agence & foires"
TYPED, BETTER = "Signature du bail en agence", "Je signe le bail en agence"


def open_box(wall: Wall, stage: str = STAGE, channel: str = CHANNEL) -> None:
    cell = wall.cell(stage, channel)
    cell.scroll_into_view_if_needed()
    cell.focus()
    wall.page.keyboard.press("n")
    expect(wall.editor).to_be_focused()


def ghost(wall: Wall) -> Locator:
    """The proposal, once it is of the words as they stand."""
    return wall.page.locator(".ghost:enabled")


def sign(wall: Wall) -> Locator:
    return wall.page.locator("[data-je]")


def caret(page: Page) -> list[int]:
    found: list[int] = page.evaluate(
        "() => [document.activeElement.selectionStart, document.activeElement.selectionEnd]"
    )
    return found


def set_board(wall: Wall, level: str) -> None:
    panel = wall.panel("settings")
    panel.get_by_text(level, exact=True).click()
    panel.get_by_role("button", name="Fermer").click()
    wall.is_saved()


@pytest.fixture
def anne(room: Room) -> Wall:
    return room.facilitator()


def test_tab_accepts_and_the_browsers_own_undo_brings_the_typed_words_back(anne: Wall) -> None:
    open_box(anne)
    anne.page.keyboard.type(TYPED)
    expect(ghost(anne)).to_have_text(BETTER)
    expect(sign(anne)).to_have_attribute("data-je", "no")
    anne.page.keyboard.press("Tab")
    expect(anne.editor).to_have_value(BETTER)
    expect(anne.editor).to_be_focused()
    assert caret(anne.page) == [len(BETTER)] * 2
    expect(sign(anne)).to_have_attribute("data-je", "yes")
    expect(ghost(anne)).to_have_count(0)
    anne.page.keyboard.press("Control+z")
    expect(anne.editor).to_have_value(TYPED)
    anne.page.keyboard.press("Control+Shift+z")
    expect(anne.editor).to_have_value(BETTER)
    anne.page.keyboard.press("Escape")
    anne.sees(BETTER)
    # and once the box is closed, the board's undo takes back the proposal before the words
    anne.page.keyboard.press("Control+z")
    anne.sees(TYPED)


def test_the_caret_and_the_selection_stay_with_their_words(anne: Wall) -> None:
    open_box(anne)
    anne.page.keyboard.type(TYPED)
    expect(ghost(anne)).to_have_text(BETTER)
    start = TYPED.index("bail")
    anne.page.evaluate("([a, b]) => document.activeElement.setSelectionRange(a, b)", [start, start + 4])
    anne.page.keyboard.press("Tab")
    expect(anne.editor).to_have_value(BETTER)
    assert caret(anne.page) == [BETTER.index("bail"), BETTER.index("bail") + 4]


def test_escape_refuses_for_good_then_ends_and_tab_is_tab_again(anne: Wall, room: Room) -> None:
    phrase = "Signature du contrat de location"
    open_box(anne)
    anne.page.keyboard.type(phrase)
    expect(ghost(anne)).to_be_visible()
    anne.page.keyboard.press("Escape")
    expect(ghost(anne)).to_have_count(0)
    expect(anne.editor).to_be_focused()
    expect(sign(anne)).to_have_attribute("data-je", "no")  # the mark still says it
    anne.page.keyboard.press("Escape")
    expect(anne.editor).to_have_count(0)
    anne.sees(phrase)
    anne.reload()
    anne.begin(phrase)
    expect(sign(anne)).to_have_attribute("data-je", "no")
    expect(ghost(anne)).to_have_count(0)
    anne.page.keyboard.press("Tab")
    expect(anne.editor).to_have_count(0)
    anne.sees(phrase)
    counted = json.loads((room.server.data / "phrasing-refused.json").read_text("utf-8"))
    assert counted["nominal"] >= 1
    assert phrase not in json.dumps(counted)


def test_a_tap_on_the_proposal_accepts_and_the_box_keeps_the_focus(anne: Wall) -> None:
    open_box(anne)
    anne.page.keyboard.type("Paiement de la facture en ligne")
    ghost(anne).click()
    expect(anne.editor).to_have_value("Je paie la facture en ligne")
    expect(anne.editor).to_be_focused()
    anne.page.keyboard.press("Enter")
    anne.sees("Je paie la facture en ligne")


def test_only_touchpoints_are_told(anne: Wall) -> None:
    open_box(anne)
    anne.page.keyboard.type("Signature du devis")
    expect(ghost(anne)).to_be_visible()
    anne.page.locator(".editor").get_by_role("radio", name="Irritant").click()
    expect(ghost(anne)).to_have_count(0)
    expect(sign(anne)).to_have_count(0)
    anne.page.locator(".editor").get_by_role("radio", name="Point de contact").click()
    expect(ghost(anne)).to_be_visible()
    anne.page.keyboard.press("Tab")
    anne.page.keyboard.press("Escape")


def test_almost_is_a_mark_of_its_own(anne: Wall) -> None:
    open_box(anne)
    anne.page.keyboard.type("Je rempli le formulaire")
    expect(sign(anne)).to_have_attribute("data-je", "almost")
    expect(sign(anne)).to_have_text("presque")
    expect(ghost(anne)).to_have_text("Je remplis le formulaire")
    anne.page.keyboard.press("Tab")
    anne.page.keyboard.press("Escape")


def test_silence_where_somebody_else_acts(anne: Wall) -> None:
    open_box(anne)
    anne.page.keyboard.type("Le livreur dépose le colis")
    expect(sign(anne)).to_have_attribute("data-je", "no")
    expect(anne.page.locator(".ghost")).to_have_count(0)
    anne.page.keyboard.press("Escape")
    expect(anne.editor).to_have_count(0)


def test_nothing_shows_while_an_accent_is_composed(anne: Wall) -> None:
    open_box(anne)
    anne.page.keyboard.type("Signature du devi")
    expect(ghost(anne)).to_be_visible()
    anne.editor.dispatch_event("compositionstart")
    expect(anne.page.locator(".ghost")).to_have_count(0)
    expect(sign(anne)).to_have_count(0)
    anne.editor.dispatch_event("compositionend")
    expect(ghost(anne)).to_be_visible()
    anne.page.keyboard.press("Escape")
    anne.page.keyboard.press("Escape")


def test_the_proposal_is_read_out_politely(anne: Wall) -> None:
    open_box(anne)
    anne.page.keyboard.type("Réservation d'une visite")
    expect(anne.page.locator("[aria-live=polite].sr")).to_contain_text("Je réserve une visite")
    anne.page.keyboard.press("Tab")
    anne.page.keyboard.press("Escape")


def test_offline_the_mark_waits_and_typing_goes_on(anne: Wall, room: Room) -> None:
    room.complaints_expected = True  # the browser says that it has no network
    open_box(anne, "Chantier")
    anne.page.keyboard.type("Réception ")
    room.server.stop()
    expect(anne.page.locator('[data-state="offline"], [data-state="reconnecting"]').first).to_be_attached()
    anne.page.keyboard.type("du devis")
    expect(sign(anne)).to_have_attribute("data-je", "waits")
    expect(anne.page.locator(".ghost")).to_have_count(0)
    room.server.start()
    anne.page.evaluate("() => dispatchEvent(new Event('online'))")
    expect(ghost(anne)).to_have_text(re.compile("^Je reçois"), timeout=20_000)
    expect(anne.editor).to_have_value("Réception du devis")
    anne.page.keyboard.press("Tab")
    anne.page.keyboard.press("Escape")
    anne.is_saved()


def test_all_proposals_are_accepted_at_once_and_taken_back_by_one_undo(anne: Wall) -> None:
    texts = {
        "Visite du chantier": "Je visite le chantier",
        "Choix du carrelage": "Je choisis le carrelage",
        "Envoi des photos": "J'envoie les photos",
    }
    cell = anne.cell("Vivre dedans", CHANNEL)
    cell.focus()
    anne.page.keyboard.press("n")
    expect(anne.editor).to_be_focused()
    anne.paste("\n".join(texts))
    anne.page.get_by_role("button", name="Coller en 3 notes").click()
    anne.is_saved()
    gauge = anne.page.locator('[data-opens="je"]')
    gauge.click()
    panel = anne.page.get_by_role("dialog", name="Dire « je »")
    for better in texts.values():
        expect(panel.get_by_text(better)).to_be_visible()
    told = counted(panel)
    seq = snapshot(anne)["seq"]
    panel.get_by_role("button", name=re.compile(r"^Remplacer les \d+$")).click()
    for better in texts.values():
        anne.sees(better)
    anne.is_saved()
    assert snapshot(anne)["seq"] == seq + 1
    expect(panel.get_by_role("status")).not_to_have_text(re.compile(rf"^{told} "))
    assert counted(panel) > told
    anne.page.locator(".toasts").get_by_role("button", name="Annuler").click()
    for text in texts:
        anne.sees(text)
    anne.is_saved()
    assert snapshot(anne)["seq"] == seq + 2
    expect(panel.get_by_role("status")).to_have_text(re.compile(rf"^{told} "))


def test_one_proposal_is_accepted_and_another_put_aside(anne: Wall) -> None:
    anne.write("Déclic", CHANNEL, "Comparaison des offres", "Demande de devis")
    anne.page.keyboard.press("Escape")
    anne.page.locator('[data-opens="je"]').click()
    panel = anne.page.get_by_role("dialog", name="Dire « je »")
    panel.get_by_role("button", name="Remplacer « Comparaison des offres »").click()
    anne.sees("Je compare les offres")
    panel.get_by_role("button", name=re.compile("Écarter la proposition « Je demande")).click()
    expect(panel.get_by_role("button", name=re.compile("Écarter la proposition « Je demande"))).to_have_count(
        0
    )
    anne.sees("Demande de devis")


def test_on_a_phone_a_button_replaces_and_the_keyboard_stays(room: Room) -> None:
    lea = room.guest("Léa", viewport=PHONE, has_touch=True, is_mobile=True)
    box = lea.page.locator(".composer textarea")
    box.tap()
    lea.page.keyboard.type("Souscription d'une assurance")
    lea.page.get_by_role("button", name="Remplacer par « Je souscris une assurance »").tap()
    expect(box).to_have_value("Je souscris une assurance")
    expect(box).to_be_focused()
    expect(lea.page.get_by_role("button", name=re.compile("^Remplacer par"))).to_have_count(0)
    lea.page.get_by_role("button", name="Envoyer").tap()
    lea.sees("Je souscris une assurance")


def test_a_board_in_english_is_told_in_english(room: Room, english: None) -> None:
    anne = room.facilitator()
    open_box(anne)
    anne.page.keyboard.type("Fill in a survey")
    expect(ghost(anne)).to_have_text("I fill in a survey")
    anne.page.keyboard.press("Tab")
    expect(anne.editor).to_have_value("I fill in a survey")
    anne.page.keyboard.press("Escape")


@pytest.fixture
def english(room: Room) -> Iterator[None]:
    anne = room.facilitator()
    set_board(anne, "English")
    yield
    set_board(anne, "Français")


def test_a_silent_board_says_nothing_and_an_insistent_one_marks_its_notes(room: Room) -> None:
    anne = room.facilitator()
    anne.write(STAGE, CHANNEL, "Remise des clés au voisin")
    mark = anne.note("Remise des clés au voisin").locator(".unsaid")
    expect(mark).to_have_count(0)
    set_board(anne, "Insistant")
    expect(mark).to_be_visible()
    expect(anne.note("Remise des clés au voisin")).to_have_attribute(
        "aria-label", re.compile("pas encore raconté")
    )
    set_board(anne, "Silencieux")
    expect(mark).to_have_count(0)
    expect(anne.page.locator('[data-opens="je"]')).to_have_count(0)
    open_box(anne)
    anne.page.keyboard.type("Signature du devis")
    anne.is_saved()
    expect(sign(anne)).to_have_count(0)
    expect(anne.page.locator(".ghost")).to_have_count(0)
    anne.page.keyboard.press("Escape")
    set_board(anne, "Conseil")


def snapshot(wall: Wall) -> dict[str, int]:
    body: dict[str, int] = wall.api(wall.board_api)["body"]
    return body


def counted(panel: Locator) -> int:
    return int(panel.get_by_role("status").inner_text().split()[0])
