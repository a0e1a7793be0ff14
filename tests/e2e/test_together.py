"""Several people on one board at once: what one does, the others see; nothing that anybody typed is lost."""

from playwright.sync_api import expect

from conftest import Room

STAGE, CHANNEL = "Déclic", "Téléphone"


def test_what_one_person_writes_the_others_see_at_once(room: Room) -> None:
    anne, karim, ines = room.facilitator(), room.guest("Karim"), room.guest("Inès")
    karim.write(STAGE, CHANNEL, "Je note le numéro vu sur le camion 🚚", "Je rappelle à la pause")
    for wall in (anne, karim, ines):
        wall.sees("Je note le numéro vu sur le camion 🚚")
        wall.sees("Je rappelle à la pause")
    karim.is_saved()
    texts = anne.notes_in(STAGE, CHANNEL)
    assert texts.index("Je note le numéro vu sur le camion 🚚") < texts.index("Je rappelle à la pause")


def test_a_note_moved_with_the_mouse_moves_for_everybody(room: Room) -> None:
    anne, karim = room.facilitator(), room.guest("Karim")
    anne.write(STAGE, CHANNEL, "Je compare trois devis")
    karim.sees("Je compare trois devis")
    karim.note("Je compare trois devis").drag_to(karim.cell("Signature", CHANNEL))
    for wall in (anne, karim):
        expect(wall.cell("Signature", CHANNEL)).to_contain_text("Je compare trois devis")
        expect(wall.cell(STAGE, CHANNEL)).not_to_contain_text("Je compare trois devis")


def test_two_people_typing_in_one_note_keep_every_word(room: Room) -> None:
    anne, karim = room.facilitator(), room.guest("Karim")
    anne.write(STAGE, CHANNEL, "Je compare les artisans du coin")
    karim.sees("Je compare les artisans du coin")
    anne.begin("Je compare les artisans du coin")
    karim.begin("Je compare les artisans du coin")
    anne.page.keyboard.press("Control+Home")
    anne.page.keyboard.type("Le soir, ", delay=40)
    karim.page.keyboard.type(" et leurs avis en ligne", delay=40)
    anne.page.keyboard.press("Escape")
    karim.page.keyboard.press("Escape")
    for wall in (anne, karim):
        wall.sees("Le soir, Je compare les artisans du coin et leurs avis en ligne")


def test_the_caret_stays_where_it_was_when_others_write_before_it(room: Room) -> None:
    anne, karim = room.facilitator(), room.guest("Karim")
    anne.write(STAGE, CHANNEL, "milieu fin")
    karim.sees("milieu fin")
    karim.begin("milieu fin")
    anne.begin("milieu fin")
    anne.page.keyboard.press("Control+Home")
    anne.page.keyboard.type("début ")
    anne.page.keyboard.press("Escape")
    expect(karim.editor).to_have_value("début milieu fin", timeout=8_000)
    karim.page.keyboard.type(" encore")
    karim.page.keyboard.press("Escape")
    anne.sees("début milieu fin encore")


def test_words_typed_in_a_note_that_somebody_deletes_are_offered_back(room: Room) -> None:
    anne, karim = room.facilitator(), room.guest("Karim")
    anne.write(STAGE, CHANNEL, "note à supprimer")
    karim.sees("note à supprimer")
    karim.begin("note à supprimer")
    karim.page.keyboard.type(" mais mes mots restent")
    anne.note("note à supprimer").click()
    anne.page.keyboard.press("Delete")
    again = karim.page.get_by_role("alert").get_by_role("button").first
    again.click()
    anne.sees("note à supprimer mais mes mots restent")


def test_others_see_who_writes_where(room: Room) -> None:
    anne, karim = room.facilitator(), room.guest("Karim")
    anne.write(STAGE, CHANNEL, "Je demande conseil à mon voisin")
    karim.sees("Je demande conseil à mon voisin")
    karim.begin("Je demande conseil à mon voisin")
    expect(anne.page.get_by_text("Karim écrit")).to_be_visible()
    karim.page.keyboard.press("Escape")
    expect(anne.page.get_by_text("Karim écrit")).to_have_count(0)


def test_undo_takes_back_ones_own_words_and_nobody_elses(room: Room) -> None:
    anne, karim = room.facilitator(), room.guest("Karim")
    anne.write(STAGE, CHANNEL, "Je visite")
    karim.sees("Je visite")
    karim.begin("Je visite")
    karim.page.keyboard.type(" le salon")
    karim.page.keyboard.press("Escape")
    anne.sees("Je visite le salon")
    anne.begin("Je visite le salon")
    anne.page.keyboard.type(" de l'habitat")
    anne.page.keyboard.press("Escape")
    karim.sees("Je visite le salon de l'habitat")
    karim.page.keyboard.press("Control+z")
    anne.sees("Je visite de l'habitat")
    karim.page.keyboard.press("Control+Shift+z")
    anne.sees("le salon")


def test_a_stage_removed_by_the_facilitator_leaves_its_notes_in_the_parking(room: Room) -> None:
    anne, karim = room.facilitator(), room.guest("Karim")
    karim.write("Signature", CHANNEL, "Je relis avant de signer")
    anne.sees("Je relis avant de signer")
    stages = {r["name"]: r["id"] for r in anne.records("stage")}
    anne.open_stage("Signature")
    anne.page.get_by_role("button", name="Supprimer l’étape").click()
    confirm = anne.page.get_by_role("button", name="Supprimer", exact=True)
    if confirm.count():
        confirm.click()
    expect(karim.page.get_by_role("columnheader", name="Signature")).to_have_count(0)
    kept = [r for r in anne.records("note") if r.get("text") == "Je relis avant de signer"]
    assert kept
    assert "stage" not in kept[0]
    assert stages["Signature"] not in {r["id"] for r in anne.records("stage")}
    anne.page.keyboard.press("Escape")
    anne.page.keyboard.press("Control+z")
    expect(karim.cell("Signature", CHANNEL)).to_contain_text("Je relis avant de signer")
