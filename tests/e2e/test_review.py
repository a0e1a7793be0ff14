"""The review of the specification: several people, one draft; what they decide stays, whatever the wall does meanwhile."""

import io
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import expect

from conftest import Room
from desk import SPEC, Desk
from wall import PHONE

SCREENS = ("pipelines", "matrix", "coverage", "findings", "documents", "compare")
PROMISE = "Répondre à chaque avis sous 48 h"


def test_an_accepted_line_is_accepted_for_everybody_and_leads_to_the_next(room: Room) -> None:
    camille, karim = Desk.of(room.facilitator()), Desk.of(room.guest("Karim", role="facilitator"))
    camille.open("Champs", "Surface")
    camille.page.keyboard.press("a")
    expect(camille.row("Surface")).to_contain_text("Accepté")
    expect(camille.card.get_by_role("heading")).not_to_have_text("Surface")
    expect(karim.row("Surface")).to_contain_text("Accepté")
    camille.page.keyboard.press("Control+z")
    expect(karim.row("Surface")).not_to_contain_text("Accepté")
    camille.page.keyboard.press("Control+Shift+z")
    expect(karim.row("Surface")).to_contain_text("Accepté")
    camille.is_saved()
    camille.reload()
    expect(camille.row("Surface")).to_contain_text("Accepté")
    assert camille.line("Surface")["state"] == "validated"


def test_a_value_typed_in_place_is_understood_and_seen_by_the_others(room: Room) -> None:
    camille, karim = Desk.of(room.facilitator()), Desk.of(room.guest("Karim", role="facilitator"))
    card = camille.open("Champs", "Numéro de série")
    card.get_by_role("button", name="Modifier").first.click()
    camille.field("Définition").fill("Gravé sur la plaque de l'appareil")
    camille.page.keyboard.press("Tab")
    camille.field("Libellé").fill("Numéro de plaque")
    camille.page.keyboard.press("Enter")
    expect(karim.row("Numéro de plaque")).to_be_visible()
    karim.open("Champs", "Numéro de plaque")
    expect(karim.card).to_contain_text("Gravé sur la plaque de l'appareil")
    camille.is_saved()
    assert camille.line("Numéro de plaque")["definition"] == "Gravé sur la plaque de l'appareil"


def test_a_line_is_set_aside_with_a_reason_and_comes_back(room: Room) -> None:
    camille = Desk.of(room.facilitator())
    card = camille.open("Champs", "Recommandé par")
    camille.page.keyboard.press("x")
    card.get_by_role("button", name="Écarter", exact=True).last.click()
    expect(camille.page.get_by_role("alert").first).to_contain_text("Donnez une raison")
    camille.page.get_by_placeholder("Autre raison, avec vos mots").fill("Suivi dans un autre outil")
    camille.page.keyboard.press("Enter")
    expect(camille.row("Recommandé par")).to_contain_text("Écarté")
    camille.is_saved()
    aside = camille.wall.api("/api/boards/demonstration/specification")["body"]["rejected"]
    assert [one["why"] for one in aside if one["label"] == "Recommandé par"] == ["Suivi dans un autre outil"]
    camille.open("Champs", "Recommandé par").get_by_role("button", name="Remettre").click()
    expect(camille.card).to_contain_text("Accepter")


def test_the_wall_changes_under_a_decision_and_somebody_settles(room: Room) -> None:
    wall = room.guest("Inès")
    camille = Desk.of(room.facilitator())
    code = next(
        one["code"]
        for one in camille.wall.api("/api/boards/demonstration/specification")["body"]["sla"]
        if one["label"].startswith(PROMISE)
    )
    camille = Desk.of(camille.wall, f"#line={code}")
    expect(camille.card).to_contain_text(PROMISE)
    camille.page.keyboard.press("e")
    camille.field("Délai").fill("sous 3 jours ouvrés")
    camille.page.keyboard.press("Enter")
    expect(camille.card).to_contain_text("Compris")
    camille.page.keyboard.press("Escape")
    camille.is_saved()
    note = next(one for one in wall.records("note") if one["text"].startswith(PROMISE))
    wall.note(PROMISE).scroll_into_view_if_needed()
    wall.begin(PROMISE)
    wall.editor.fill(note["text"].replace("48 h", "24 h"))
    wall.page.keyboard.press("Escape")
    wall.is_saved()
    camille.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(camille.page.get_by_text("Le mur a changé depuis")).to_be_visible(timeout=30_000)
    camille.page.get_by_role("button", name="Mettre à jour").click()
    expect(camille.card).to_contain_text("dit sur le mur")
    expect(camille.card).to_contain_text("sous 3 jours ouvrés")
    assert camille.card.get_by_role("button", name="Accepter").is_disabled()
    camille.card.get_by_role("radio", name="sous 3 jours ouvrés").check(force=True)
    camille.card.get_by_role("button", name="Trancher : Délai").click()
    expect(camille.card).not_to_contain_text("dit sur le mur")
    camille.is_saved()
    (line,) = (
        one
        for one in camille.wall.api("/api/boards/demonstration/specification")["body"]["sla"]
        if one["code"] == code
    )
    assert line["delay"]["words"] == "sous 3 jours ouvrés"


def test_what_was_decided_offline_arrives_once_when_the_line_is_back(room: Room) -> None:
    room.complaints_expected = True  # the browser says that it is offline
    camille, karim = Desk.of(room.facilitator()), Desk.of(room.guest("Karim", role="facilitator"))
    camille.open("Champs", "Modèle")
    camille.wall.context.set_offline(True)
    camille.page.wait_for_selector('[data-state="offline"], [data-state="reconnecting"]', state="attached")
    camille.page.keyboard.press("a")
    expect(camille.row("Modèle")).to_contain_text("Accepté")
    expect(karim.row("Modèle")).not_to_contain_text("Accepté")
    camille.wall.context.set_offline(False)
    expect(karim.row("Modèle")).to_contain_text("Accepté", timeout=20_000)
    camille.is_saved()


def test_lines_are_added_merged_and_put_elsewhere_by_the_keyboard(room: Room) -> None:
    camille = Desk.of(room.facilitator())
    camille.open("Champs", "Surface")
    camille.page.get_by_role("button", name="Ajouter un champ").click()
    camille.page.get_by_label("Ajouter un champ").fill("Hauteur sous plafond")
    camille.page.keyboard.press("Enter")
    expect(camille.card.get_by_role("heading", name="Hauteur sous plafond")).to_be_visible()
    camille.is_saved()
    made = camille.line("Hauteur sous plafond")
    assert re.fullmatch(r"CH-\d+", str(made["code"]))
    camille.page.keyboard.press("Escape")
    camille.page.keyboard.press("Alt+ArrowUp")
    camille.is_saved()
    camille.page.keyboard.press("m")
    camille.page.get_by_role("combobox", name="Fusionner dans quelle ligne").fill("Surface")
    camille.page.keyboard.press("Enter")
    camille.is_saved()
    aside = camille.wall.api("/api/boards/demonstration/specification")["body"]["rejected"]
    assert any(one["label"] == "Hauteur sous plafond" and one["into"] for one in aside)


def test_a_participant_comments_and_decides_nothing_an_observer_reads(room: Room) -> None:
    camille, karim = Desk.of(room.facilitator()), Desk.of(room.guest("Karim"))
    ines = Desk.of(room.guest("Inès", role="observer"))
    for desk in (karim, ines):
        desk.open("Champs", "Année de construction")
        expect(desk.page.get_by_role("button", name="Accepter")).to_have_count(0)
        expect(desk.page.get_by_role("button", name="Figer la version")).to_have_count(0)
    expect(ines.page.locator("[data-comment]")).to_have_count(0)
    karim.page.locator("[data-comment]").fill("Et si l'on ne la connaît pas ?")
    karim.page.keyboard.press("Enter")
    camille.open("Champs", "Année de construction")
    expect(camille.page.get_by_text("Et si l'on ne la connaît pas ?")).to_be_visible()
    camille.page.get_by_role("button", name="Réglé").click()
    expect(karim.page.get_by_text("Et si l'on ne la connaît pas ?")).to_be_hidden()


def test_the_note_beside_a_line_leads_to_the_wall_and_back(room: Room) -> None:
    camille = Desk.of(room.facilitator())
    camille.open("Champs", "Surface")
    link = camille.page.get_by_role("link", name="Voir sur le mur").first
    target = str(link.get_attribute("href"))
    assert target.startswith("/b/demonstration#note=")
    name = target.split("#note=")[1]
    camille.page.goto(camille.page.url.split("/b/")[0] + target)
    camille.wall.ready()
    note = camille.page.locator(f'article.note[data-note="{name}"]')
    expect(note).to_be_focused()
    expect(note).to_be_in_viewport()
    camille.page.keyboard.press("Enter")
    camille.page.get_by_text("Ce que cette note devient").click()
    fed = camille.page.locator("details.becomes a")
    expect(fed.first).to_be_visible()
    assert "#line=" in str(fed.first.get_attribute("href"))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_axe_finds_nothing_on_any_screen_of_the_review(room: Room, root: Path, lang: str) -> None:
    axe = (root / "frontend/node_modules/axe-core/axe.min.js").read_text()
    camille = Desk.of(room.facilitator())
    camille.wall.speak(lang)
    for at in ("", *(f"#tab={name}" for name in SCREENS)):
        Desk.of(camille.wall, at)
        camille.wall.shorten("tbody, .uses, ul.list, ol", 6)
        assert camille.wall.axe(axe) == [], at


def test_on_a_phone_one_accepts_with_the_thumb(room: Room) -> None:
    camille = Desk.of(room.facilitator(viewport=PHONE, has_touch=True, is_mobile=True))
    picker = camille.page.get_by_role("combobox").first
    picker.select_option(value=picker.locator("option", has_text="Champs").get_attribute("value"))
    camille.row("Chauffage actuel").get_by_role("button").first.tap()
    camille.card.get_by_role("button", name="Accepter").tap()
    expect(camille.row("Chauffage actuel")).to_contain_text("Accepté")
    width = camille.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]


def test_from_a_frozen_version_to_the_signed_documents_of_the_next(room: Room, tmp_path: Path) -> None:
    camille = Desk.of(room.facilitator())
    page = camille.page
    page.get_by_role("button", name="Figer la version 1").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Ce qui change dans cette version").fill("Première remise à l'intégrateur")
    dialog.get_by_role("button", name=re.compile("Figer")).last.click()
    expect(dialog).to_contain_text("La version 1 est figée")
    page.keyboard.press("Escape")
    expect(page.get_by_text("version 1 figée").first).to_be_visible()
    expect(page.get_by_role("button", name="Accepter")).to_have_count(0)
    page.get_by_role("button", name=re.compile("Rouvrir")).first.click()
    page.get_by_role("dialog").get_by_role("button", name="Ouvrir le brouillon 2").click()
    expect(page.get_by_text("brouillon de la version 2").first).to_be_visible()
    camille.open("Champs", "Facture annuelle")
    page.keyboard.press("x")
    page.get_by_role("button", name="Hors périmètre").click()
    camille.is_saved()
    page.get_by_role("button", name="Comparer").or_(page.get_by_role("link", name="Comparer")).first.click()
    expect(page.locator("main")).to_contain_text("Facture annuelle")
    expect(page.locator("main")).to_contain_text("Écartée en revue")
    camille.tab("Documents")
    page.get_by_role("button", name=re.compile("Approuver la version 1")).first.click()
    form = page.get_by_role("dialog").or_(page.locator("form")).first
    form.get_by_label("Fonction").fill("Directrice")
    form.get_by_role("button", name=re.compile("^Approuver")).last.click()
    expect(page.locator("main")).to_contain_text("approuvé le")
    base = page.url.split("/b/")[0]
    got = {
        kind: camille.wall.context.request.get(
            f"{base}/b/demonstration/download/spec.{kind}?version=1"
        ).body()
        for kind in ("json", "docx", "xlsx", "pdf")
    }
    spec = json.loads(got["json"])
    assert "Facture annuelle" in [one["label"] for one in spec["fields"]]
    document = Document(io.BytesIO(got["docx"]))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "Directrice" in cells
    assert load_workbook(io.BytesIO(got["xlsx"])).sheetnames
    assert got["pdf"].startswith(b"%PDF-")
    if shutil.which("pdftotext"):
        file = tmp_path / "spec.pdf"
        file.write_bytes(got["pdf"])
        told = subprocess.run(
            ["pdftotext", str(file), "-"], capture_output=True, check=True, text=True
        ).stdout
        assert "Directrice" in told
    assert SPEC in page.url


def test_on_a_page_zoomed_twice_the_bars_stay_where_they_are(room: Room) -> None:
    camille = Desk.of(room.facilitator(viewport={"width": 720, "height": 450}), "#line=CH-04")
    expect(camille.card).to_contain_text("Surface")
    expect(camille.page.get_by_role("button", name="Figer")).to_be_in_viewport()
    expect(camille.page.get_by_role("navigation", name="Écrans de la revue")).to_be_in_viewport()
