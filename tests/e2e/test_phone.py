"""The board in a hand: one cell at a time, one thumb, a keyboard that hides half of the screen."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from conftest import Room
from wall import PHONE, Wall

HAND: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
SMALL: dict[str, Any] = {**HAND, "viewport": {"width": 320, "height": 640}}
LYING: dict[str, Any] = {**HAND, "viewport": {"width": 740, "height": 360}}


def test_the_next_note_is_typed_without_touching_the_box_again(room: Room) -> None:
    ines = room.guest("Inès", **HAND)
    ines.page.locator("textarea").first.tap()
    for text in ("Je compare deux devis", "Je relance l’artisan"):
        ines.page.keyboard.type(text)
        ines.page.get_by_role("button", name="Envoyer").tap()
        expect(ines.page.locator("textarea").first).to_be_focused()
        ines.sees(text)


def test_words_not_sent_survive_a_change_of_stage_and_a_reload(room: Room) -> None:
    ines = room.guest("Inès", **HAND)
    ines.page.locator("textarea").first.tap()
    ines.page.keyboard.type("Une demi-phra")
    swipe(ines, -180)
    expect(ines.page.locator(".stages")).to_contain_text("Visite à la maison")
    expect(ines.page.locator("textarea").first).to_have_value("Une demi-phra")
    ines.reload()
    expect(ines.page.locator(".stages")).to_contain_text("Visite à la maison")
    expect(ines.page.locator("textarea").first).to_have_value("Une demi-phra")


def test_a_finger_drawn_sideways_changes_the_stage_and_opens_nothing(room: Room) -> None:
    ines = room.guest("Inès", **HAND)
    swipe(ines, -180)
    expect(ines.page.locator(".stages")).to_contain_text("2 Visite à la maison")
    expect(ines.page.get_by_role("dialog")).to_have_count(0)
    swipe(ines, 180)
    expect(ines.page.locator(".stages")).to_contain_text("1 Déclic")


def test_a_note_is_changed_moved_and_deleted_by_a_thumb(room: Room) -> None:
    anne = room.facilitator()
    ines = room.guest("Inès", **HAND)
    ines.page.locator("textarea").first.tap()
    ines.page.keyboard.type("Une note du pouce")
    ines.page.get_by_role("button", name="Envoyer").tap()
    open_note(ines, "Une note du pouce")
    sheet = ines.page.get_by_role("dialog")
    sheet.get_by_label("Texte de la note").fill("Une note du pouce, relue")
    sheet.get_by_role("radio", name="Irritant").tap()
    sheet.get_by_role("radio", name="−2").tap()
    expect(anne.note("Une note du pouce, relue")).to_have_class(re.compile("k-irritant"))
    sheet.get_by_role("button", name="Déplacer", exact=True).tap()
    sheet.get_by_label("Étape").select_option(label="6. Vivre dedans")
    sheet.get_by_role("button", name="Déplacer", exact=True).tap()
    expect(anne.cell("Vivre dedans", "Site & simulateur")).to_contain_text("Une note du pouce, relue")
    ines.page.get_by_role("button", name="La voir").tap()
    expect(ines.page.locator(".stages")).to_contain_text("6 Vivre dedans")
    ines.page.get_by_role("dialog").get_by_role("button", name="Supprimer").tap()
    anne.sees_no("Une note du pouce, relue")
    ines.page.locator(".toasts").get_by_role("button", name="Annuler").tap()
    anne.sees("Une note du pouce, relue")


def test_offline_is_said_and_what_is_sent_then_arrives_later(room: Room) -> None:
    anne = room.facilitator()
    ines = room.guest("Inès", **HAND)
    room.complaints_expected = True  # the browser reports the lines it could not open
    ines.context.set_offline(True)
    ines.page.locator("textarea").first.tap()
    ines.page.keyboard.type("Écrit dans le tunnel")
    ines.page.get_by_role("button", name="Envoyer").tap()
    expect(ines.page.get_by_text("Connexion perdue. Continuez à écrire.")).to_be_visible(timeout=20_000)
    expect(ines.page.locator("[data-state]")).to_have_text("Hors ligne\u00a0: 1 en attente")
    expect(ines.note("Écrit dans le tunnel")).to_contain_text("En attente d’envoi")
    ines.context.set_offline(False)
    anne.sees("Écrit dans le tunnel")
    ines.is_saved()


def test_an_observer_has_no_box_and_is_told_so(room: Room) -> None:
    odile = room.guest("Odile", role="observer", **HAND)
    expect(odile.page.locator("textarea")).to_have_count(0)
    expect(odile.page.get_by_text("Lecture seule")).to_be_visible()


@pytest.mark.parametrize("hand", [HAND, SMALL, LYING], ids=["390", "320", "lying"])
def test_everything_a_thumb_touches_is_wide_enough_and_inside_the_screen(
    room: Room, hand: dict[str, Any]
) -> None:
    ines = room.guest("Inès", **hand)
    assert narrow(ines) == []
    for opener in ("Toutes les cases", "Menu"):
        ines.page.get_by_role("button", name=opener).first.tap()
        expect(ines.page.get_by_role("dialog")).to_be_visible()
        assert narrow(ines) == []
        ines.page.keyboard.press("Escape")
    ines.page.locator("button.open").first.tap()
    expect(ines.page.get_by_role("dialog")).to_be_visible()
    assert narrow(ines) == []
    assert ines.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_box_stays_above_the_keyboard_and_does_not_zoom(room: Room) -> None:
    ines = room.guest("Inès", **HAND)
    box = ines.page.locator("textarea").first
    box.tap()
    ines.page.set_viewport_size({"width": 390, "height": 420})
    send = ines.page.get_by_role("button", name="Envoyer")
    expect(send).to_be_in_viewport(ratio=1)
    expect(box).to_be_in_viewport(ratio=1)
    assert box.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 16
    expect(ines.page.locator("[data-state]")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_axe_finds_nothing_on_what_opens_over_the_cell(room: Room, root: Path, lang: str) -> None:
    axe = (root / "frontend/node_modules/axe-core/axe.min.js").read_text()
    ines = room.guest("Inès", bypass_csp=True, **HAND)
    ines.speak(lang)
    found = {}
    for opener in (
        ".head button >> nth=0",
        ".head button >> nth=1",
        ".head button >> nth=2",
        "button.open >> nth=0",
    ):
        ines.page.locator(opener).tap()
        dialog = ines.page.get_by_role("dialog")
        dialog.evaluate("e => Promise.all(e.getAnimations({subtree: true}).map(a => a.finished))")
        found[opener] = ines.axe(axe)
        ines.page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    assert {where: what for where, what in found.items() if what} == {}


def open_note(wall: Wall, text: str) -> None:
    wall.page.get_by_role("button", name=re.compile(re.escape(text))).first.tap()
    expect(wall.page.get_by_role("dialog")).to_be_visible()


def swipe(wall: Wall, dx: int) -> None:
    """A real finger over the notes, as the browser feels it."""
    session = wall.context.new_cdp_session(wall.page)
    x, y = 195 - dx // 2, 400
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 9):
        point = {"x": x + dx * step / 8, "y": y + step}
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()


def narrow(wall: Wall) -> list[str]:
    """Buttons, links and fields in sight that are under 44 pixels one way or the other."""
    found: list[str] = wall.page.evaluate(
        """() => [...document.querySelectorAll('button, a, select, input, textarea, summary')]
            .filter(e => !e.closest('[inert]') && e.checkVisibility())
            .map(e => [e, e.tagName === 'TEXTAREA' ? e.parentElement.getBoundingClientRect() : e.getBoundingClientRect()])
            .filter(([, r]) => r.height < 43.5 || r.width < (innerWidth < 360 ? 35.5 : 43.5))
            .map(([e, r]) => `${e.outerHTML.slice(0, 90)} ${Math.round(r.width)}x${Math.round(r.height)}`)"""
    )
    return found
