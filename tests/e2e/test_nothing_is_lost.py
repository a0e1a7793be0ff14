"""Offline, reloads, closed tabs, a server killed: what somebody typed arrives, once."""

import signal

import pytest
from playwright.sync_api import expect

from conftest import Room
from wall import Wall

STAGE, CHANNEL = "Déclic", "Téléphone"


def test_what_is_written_offline_arrives_once_when_the_line_is_back(room: Room) -> None:
    room.complaints_expected = True  # the browser itself says that the network is gone
    anne, karim = room.facilitator(), room.guest("Karim")
    karim.context.set_offline(True)
    expect(karim.page.locator('[data-state="offline"], [data-state="reconnecting"]').first).to_be_attached(
        timeout=12_000
    )
    karim.write(STAGE, CHANNEL, "Écrit dans le tunnel 1", "Écrit dans le tunnel 2")
    expect(karim.page.locator("[data-state]").first).to_contain_text("en attente")
    anne.write(STAGE, CHANNEL, "Écrit pendant ce temps")
    karim.context.set_offline(False)
    karim.is_saved()
    for text in ("Écrit dans le tunnel 1", "Écrit dans le tunnel 2", "Écrit pendant ce temps"):
        for wall in (anne, karim):
            expect(wall.page.locator("article.note", has_text=text)).to_have_count(1, timeout=10_000)


def test_offline_typing_in_a_note_that_others_change_keeps_all_words(room: Room) -> None:
    room.complaints_expected = True
    anne, karim = room.facilitator(), room.guest("Karim")
    anne.write(STAGE, CHANNEL, "Je reçois la facture")
    karim.sees("Je reçois la facture")
    karim.context.set_offline(True)
    karim.begin("Je reçois la facture")
    karim.page.keyboard.type(" avec deux mois de retard")
    karim.page.keyboard.press("Escape")
    anne.begin("Je reçois la facture")
    anne.page.keyboard.press("Control+Home")
    anne.page.keyboard.type("Enfin, ")
    anne.page.keyboard.press("Escape")
    anne.is_saved()
    karim.context.set_offline(False)
    for wall in (anne, karim):
        wall.sees("Enfin, Je reçois la facture avec deux mois de retard")


def test_a_reload_in_the_middle_of_typing_keeps_the_words(room: Room) -> None:
    anne, karim = room.facilitator(), room.guest("Karim")
    anne.write(STAGE, CHANNEL, "Je change")
    karim.sees("Je change")
    karim.begin("Je change")
    karim.page.keyboard.type(" de fournisseur au printemps")
    karim.reload()
    for wall in (anne, karim):
        wall.sees("Je change de fournisseur au printemps")


def test_a_tab_closed_offline_gives_its_words_to_the_next_visit(room: Room) -> None:
    room.complaints_expected = True
    anne, karim = room.facilitator(), room.guest("Karim")
    karim.context.set_offline(True)
    karim.write(STAGE, CHANNEL, "Écrit puis fermé")
    url = karim.page.url
    with karim.page.expect_event("close"):
        karim.page.close(run_before_unload=True)
    karim.context.set_offline(False)
    again = Wall(karim.context.new_page())
    again.page.goto(url)
    again.ready()
    for wall in (anne, again):
        expect(wall.page.locator("article.note", has_text="Écrit puis fermé")).to_have_count(
            1, timeout=20_000
        )


def test_the_same_person_comes_back_after_a_reload(room: Room) -> None:
    karim = room.guest("Karim Benali")
    before = karim.api(karim.board_api)["body"]["people"]
    karim.reload()
    assert karim.api(karim.board_api)["body"]["people"] == before
    expect(karim.page.get_by_role("group", name="ici")).to_contain_text("Karim")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_server_that_stops_loses_nothing_and_is_found_again(room: Room, how: signal.Signals) -> None:
    room.complaints_expected = True
    anne, karim = room.facilitator(), room.guest("Karim")
    karim.write(STAGE, CHANNEL, f"Avant la panne {how.name}")
    karim.is_saved()
    room.server.stop(how)
    expect(karim.page.locator('[data-state="offline"], [data-state="reconnecting"]').first).to_be_attached(
        timeout=12_000
    )
    karim.write(STAGE, CHANNEL, f"Pendant la panne {how.name}")
    room.server.start()
    for wall in (anne, karim):
        wall.page.locator('[data-state="saved"]').first.wait_for(state="attached", timeout=25_000)
        for text in (f"Avant la panne {how.name}", f"Pendant la panne {how.name}"):
            expect(wall.page.locator("article.note", has_text=text)).to_have_count(1, timeout=20_000)


def test_who_types_in_a_stage_that_goes_away_types_on_and_keeps_every_word(room: Room) -> None:
    anne, karim = room.facilitator(), room.guest("Karim")
    karim.cell(STAGE, CHANNEL).focus()
    karim.page.keyboard.press("n")
    karim.page.keyboard.type("Je commence")
    anne.sees("Je commence")
    anne.open_stage(STAGE)
    anne.page.locator(".panel").get_by_role("button", name="Supprimer").click()
    expect(karim.page.get_by_text("votre note est à placer")).to_be_visible()
    expect(karim.editor).to_be_focused()
    karim.page.keyboard.type(" et je continue")
    karim.page.keyboard.press("Escape")
    karim.is_saved()
    notes = [note for note in anne.records("note") if "Je commence" in note.get("text", "")]
    assert [(note["text"], note.get("stage")) for note in notes] == [("Je commence et je continue", None)]
    anne.page.locator(".toast").get_by_role("button", name="Annuler").click()
    words = anne.cell(STAGE, CHANNEL).locator("article.note", has_text="Je commence et je continue")
    expect(words).to_have_count(1)  # the stage is back, and every note in it


def test_words_too_long_for_a_note_outlive_a_reload_and_become_several(room: Room) -> None:
    anne = room.facilitator()
    words = " ".join(f"jeton{i}" for i in range(500))
    anne.cell(STAGE, CHANNEL).focus()
    anne.page.keyboard.press("n")
    anne.page.keyboard.insert_text(words)
    anne.reload()  # still in the middle of typing
    rescue = anne.page.get_by_role("alertdialog")
    expect(rescue).to_contain_text("jeton499")
    anne.reload()
    expect(rescue).to_contain_text("trop long")
    rescue.get_by_role("button", name="En faire 3 notes").click()
    expect(rescue).to_have_count(0)
    expect(anne.page.locator("article.note:focus .txt")).to_contain_text("jeton499")
    anne.is_saved()
    kept = [note["text"] for note in anne.records("note") if "jeton" in note.get("text", "")]
    assert " ".join(kept) == words
    anne.reload()
    expect(anne.page.locator("article.note").first).to_be_visible()
    expect(rescue).to_have_count(0)
