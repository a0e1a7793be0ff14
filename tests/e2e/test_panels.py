"""The panels around the wall: finding, the sheets of the grid, the bin, files out, links in, keys, settings."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from charniere.web.qr import picture
from conftest import Room
from wall import LAPTOP, PHONE, Wall

STAGE, CHANNEL = "Déclic", "Téléphone"
PANELS = (
    "find", "bin", "downloads", "share", "help", "settings", "persona", "stage", "channel", "new stage",
)  # fmt: skip


def field(panel: Locator, label: str) -> Locator:
    return panel.get_by_label(label, exact=True)


def text_of(wall: Wall, kind: str, name: str) -> dict[str, Any]:
    return next(record for record in wall.records(kind) if record["name"] == name)


# --- finding


def test_a_word_is_found_without_its_accents_and_enter_leads_to_the_note(room: Room) -> None:
    anne = room.facilitator()
    anne.write(STAGE, CHANNEL, "Je téléphone à Zénobie dès l’aube", "Je rappelle Zénobie")
    anne.page.keyboard.press("Escape")
    anne.cell("Signature", CHANNEL).focus()
    anne.page.keyboard.press("/")
    panel = anne.page.get_by_role("dialog", name="Rechercher et filtrer")
    expect(panel.get_by_role("searchbox")).to_be_focused()
    anne.page.keyboard.type("zenobie")
    expect(panel.get_by_role("status")).to_have_text(re.compile(r"^2 notes sur \d+$"))
    expect(anne.note("Je rappelle Zénobie")).not_to_have_class(re.compile("dim"))
    expect(anne.page.locator("article.note.dim").first).to_be_attached()
    anne.page.keyboard.press("ArrowDown")
    anne.page.keyboard.press("ArrowDown")
    anne.page.keyboard.press("Enter")
    expect(anne.note("Je rappelle Zénobie")).to_be_focused()
    anne.page.keyboard.press("/")
    expect(panel.get_by_role("searchbox")).to_be_focused()
    panel.get_by_role("button", name="Tout montrer").click()
    expect(anne.page.locator("article.note.dim")).to_have_count(0)


def test_on_a_tablet_the_search_gives_way_to_the_note_it_found(room: Room) -> None:
    anne = room.facilitator(viewport={"width": 1000, "height": 760})
    anne.write("Vivre dedans", CHANNEL, "Je cherche la notice du thermostat")
    panel = anne.panel("find")
    anne.page.keyboard.type("notice du thermostat")
    expect(panel.get_by_role("status")).to_have_text(re.compile(r"^1 note sur"))
    anne.page.keyboard.press("Enter")
    expect(panel).to_have_count(0)
    expect(anne.note("Je cherche la notice du thermostat")).to_be_focused()


def test_what_is_missing_is_counted_as_it_is(room: Room) -> None:
    anne = room.facilitator()
    notes = [n for n in anne.records("note") if "removed_at" not in n]
    answered = {link["target"] for link in anne.records("link") if link["kind"] == "resolves"}
    pains = [n for n in notes if n.get("kind") in ("irritant", "breakpoint") and n["id"] not in answered]
    alone = [n for n in notes if n.get("kind") == "action" and not n.get("owner")]
    panel = anne.panel("find")
    panel.get_by_role("button", name="Irritants sans action").click()
    expect(panel.get_by_role("status")).to_have_text(re.compile(rf"^{len(pains)} notes? sur {len(notes)}$"))
    panel.get_by_role("button", name="Actions sans responsable").click()
    expect(panel.get_by_role("status")).to_have_text(re.compile(rf"^{len(alone)} notes? sur {len(notes)}$"))
    panel.get_by_role("button", name="Actions sans responsable").click()
    panel.get_by_label("Équipes").select_option(label="Travaux")
    panel.get_by_role("button", name="Action", exact=True).click()
    teams = [n for n in notes if n.get("kind") == "action" and n.get("team") == "Travaux"]
    expect(panel.locator("[data-result]")).to_have_count(len(teams))


# --- the grid


def test_a_stage_is_described_by_the_facilitator_and_read_by_the_others(room: Room) -> None:
    anne, karim = room.facilitator(), room.guest("Karim")
    anne.open_stage(STAGE)
    sheet = anne.page.locator(".panel")
    field(sheet, "But du client").fill("Savoir si c’est pour lui")
    sheet.get_by_label("Nature").select_option(label="Découverte")
    sheet.get_by_text("Avant", exact=True).click()
    sheet.get_by_role("button", name="Ajouter un indicateur").click()
    anne.page.keyboard.type("visites du simulateur")
    anne.page.keyboard.press("Enter")
    anne.page.keyboard.type("part des rappels")
    anne.page.keyboard.press("Enter")
    anne.page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    anne.is_saved()
    stage = text_of(anne, "stage", STAGE)
    assert (stage["goal"], stage["group"]) == ("Savoir si c’est pour lui", "before")
    assert stage["kpis"][-2:] == ["visites du simulateur", "part des rappels"]
    karim.open_stage(STAGE)
    read = karim.page.get_by_role("dialog", name=STAGE)
    expect(read).to_contain_text("Savoir si c’est pour lui")
    expect(read).to_contain_text("part des rappels")
    expect(read.locator("input, textarea, select")).to_have_count(0)
    expect(read.get_by_role("button", name="Supprimer l’étape")).to_have_count(0)


def test_what_is_typed_in_a_sheet_survives_what_another_facilitator_writes(room: Room) -> None:
    anne, camille = room.facilitator(), room.guest("Camille", "Marketing", "facilitator")
    anne.open_stage("Chantier")
    camille.open_stage("Chantier")
    hers, his = (field(w.page.locator(".panel"), "Critères de sortie") for w in (anne, camille))
    hers.fill("Les travaux sont reçus")
    expect(his).to_have_value("Les travaux sont reçus")
    his.focus()
    camille.page.keyboard.press("Control+End")
    camille.page.keyboard.type(", la facture est payée")
    field(anne.page.locator(".panel"), "Délai attendu").fill("3 semaines")
    expect(field(camille.page.locator(".panel"), "Délai attendu")).to_have_value("3 semaines")
    expect(hers).to_have_value("Les travaux sont reçus, la facture est payée")
    expect(his).to_have_value("Les travaux sont reçus, la facture est payée")


def test_a_stage_without_a_name_keeps_the_one_it_had(room: Room) -> None:
    anne = room.facilitator()
    anne.open_stage(STAGE)
    name = field(anne.page.locator(".panel"), "Nom")
    name.fill("")
    name.press("Tab")
    expect(anne.page.locator(".panel").get_by_role("alert")).to_be_visible()
    expect(name).to_have_value(STAGE)
    assert STAGE in [r["name"] for r in anne.records("stage")]


def test_a_stage_is_added_where_it_is_asked_moved_and_taken_away_again(room: Room) -> None:
    anne, karim = room.facilitator(), room.guest("Karim")

    def heads(wall: Wall) -> list[str]:
        return wall.page.locator('[role="columnheader"] button.name').all_inner_texts()

    before = heads(anne)
    anne.open_stage("Signature")
    anne.page.locator(".panel").get_by_role("button", name="Étape avant").click()
    anne.page.keyboard.type("Réflexion en famille")
    anne.page.keyboard.press("Enter")
    expect(karim.page.get_by_role("columnheader", name="Réflexion en famille")).to_be_visible()
    at = before.index("Signature")
    assert heads(karim) == [*before[:at], "Réflexion en famille", *before[at:]]
    expect(field(anne.page.locator(".panel"), "Nom")).to_have_value("Réflexion en famille")
    anne.page.locator(".panel").get_by_role("button", name="Vers la droite").click()
    expect(anne.page.locator(".panel h2")).to_have_text(re.compile(f"^Étape {at + 2} sur"))
    anne.is_saved()
    assert heads(anne) == [*before[: at + 1], "Réflexion en famille", *before[at + 1 :]]
    expect(anne.page.locator(".panel")).to_contain_text("Elle ne contient aucune note.")
    anne.page.get_by_role("button", name="Supprimer l’étape").click()
    expect(karim.page.get_by_role("columnheader", name="Réflexion en famille")).to_have_count(0)
    anne.page.locator(".toast").get_by_role("button", name="Annuler").click()
    expect(karim.page.get_by_role("columnheader", name="Réflexion en famille")).to_be_visible()
    anne.open_stage("Réflexion en famille")
    anne.page.get_by_role("button", name="Supprimer l’étape").click()
    expect(karim.page.get_by_role("columnheader", name="Réflexion en famille")).to_have_count(0)


def test_a_channel_is_added_described_and_removed_with_its_notes_set_aside(room: Room) -> None:
    anne, karim = room.facilitator(), room.guest("Karim")
    panel = anne.panel("new channel")
    anne.page.keyboard.type("Radio locale")
    anne.page.keyboard.press("Enter")
    expect(field(panel, "Nom")).to_have_value("Radio locale")
    panel.get_by_text("Hors ligne", exact=True).click()
    panel.get_by_text("Indirect", exact=True).click()
    anne.page.keyboard.press("Escape")
    expect(karim.page.get_by_role("rowheader", name="Radio locale")).to_contain_text("indirect")
    karim.write(STAGE, "Radio locale", "J’entends la publicité dans la voiture")
    anne.sees("J’entends la publicité dans la voiture")
    anne.page.get_by_role("button", name="Radio locale", exact=True).click()
    expect(anne.page.locator(".panel")).to_contain_text("Sa note ira dans")
    anne.page.get_by_role("button", name="Supprimer le canal").click()
    expect(karim.page.get_by_role("rowheader", name="Radio locale")).to_have_count(0)
    kept = [r for r in anne.records("note") if r.get("text") == "J’entends la publicité dans la voiture"]
    assert [("channel" in r, "stage" in r) for r in kept] == [(False, True)]


def test_a_cell_is_declared_empty_and_taken_back_by_mouse_and_by_keys(room: Room) -> None:
    anne, karim = room.facilitator(), room.guest("Karim")
    panel = anne.panel("new channel")
    anne.page.keyboard.type("Bouche à oreille")
    anne.page.keyboard.press("Enter")
    expect(field(panel, "Nom")).to_have_value("Bouche à oreille")
    anne.page.keyboard.press("Escape")
    cell, seen = anne.cell("Signature", "Bouche à oreille"), karim.cell("Signature", "Bouche à oreille")
    cell.scroll_into_view_if_needed()
    cell.hover()
    cell.get_by_role("button", name=re.compile("^Rien ici")).click()
    expect(seen).to_contain_text("rien ici")
    anne.page.mouse.move(5, 5)
    cell.focus()
    anne.page.keyboard.press("Delete")
    expect(seen).not_to_contain_text("rien ici")


# --- the bin


def test_notes_come_back_from_the_bin_one_by_one_or_together(room: Room) -> None:
    anne, karim = room.facilitator(), room.guest("Karim")
    texts = [f"Je pars à la corbeille {n}" for n in range(3)]
    anne.write(STAGE, CHANNEL, *texts)
    for text in texts:
        karim.sees(text)
        karim.note(text).focus()
        karim.page.keyboard.press("Delete")
        anne.sees_no(text)
    panel = anne.panel("bin")
    panel.get_by_role("button", name=f"Remettre : {texts[0]}").click()
    karim.sees(texts[0])
    for text in texts[1:]:
        panel.get_by_role("checkbox", name=f"Choisir : {text}").check()
    panel.get_by_role("button", name="Remettre 2 notes").click()
    for text in texts:
        karim.sees(text)
    anne.page.keyboard.press("Escape")
    expect(anne.page.locator('[data-opens="bin"]')).to_be_focused()


# --- links in


def test_a_link_is_shown_scanned_used_and_withdrawn(room: Room) -> None:
    anne = room.facilitator()
    panel = anne.panel("share")
    url = field(panel, "Lien pour participer").first.input_value()
    assert "/i/" in url
    expect(panel).to_contain_text("Ces liens ne s’ouvrent que sur cette machine.")
    drawn = anne.page.evaluate(
        "src => fetch(src).then(a => a.text())", panel.locator("img").get_attribute("src")
    )
    assert drawn == picture(url).decode()
    section = panel.locator("section", has=anne.page.get_by_role("heading", name="Animer"))
    before = section.get_by_role("textbox").count()
    section.get_by_role("button", name=re.compile("Créer le lien|Un autre lien")).click()
    expect(section.get_by_role("textbox")).to_have_count(before + 1)
    link = section.get_by_role("textbox").last.input_value()
    guest = room._with(Wall.open(room.browser, link).join("Louise", "Travaux"))
    expect(guest.page.locator('[data-opens="share"]')).to_be_visible()
    section.get_by_role("button", name="Retirer le lien pour animer").last.click()
    section.get_by_role("button", name="Retirer le lien", exact=True).click()
    expect(section.get_by_role("textbox")).to_have_count(before)
    late = Wall.open(room.browser, link)
    expect(late.page.get_by_role("heading", name="La porte est fermée")).to_be_visible()
    late.context.close()
    expect(guest.page.locator("[data-ready]")).to_be_attached()


def test_the_code_of_a_link_is_for_facilitators(room: Room) -> None:
    anne, karim = room.facilitator(), room.guest("Karim")
    source = anne.panel("share").locator("img").get_attribute("src") or ""
    assert karim.api(source)["status"] == 403
    assert anne.api(source.replace(".svg", "x.svg"))["status"] == 404
    room.complaints_expected = True  # the browser reports both refusals


# --- keys, look, language


def test_single_letters_are_switched_off_and_stay_so(room: Room) -> None:
    anne = room.facilitator()
    help_ = anne.panel("help")
    help_.get_by_role("switch", name=re.compile("Raccourcis d’une seule lettre")).click()
    anne.page.keyboard.press("Escape")
    anne.reload()
    anne.cell("Signature", CHANNEL).focus()
    anne.page.keyboard.press("n")
    expect(anne.editor).to_have_count(0)
    anne.panel("help").get_by_role("switch").click()
    anne.page.keyboard.press("Escape")
    anne.cell("Signature", CHANNEL).focus()
    anne.page.keyboard.press("n")
    expect(anne.editor).to_be_focused()


def test_the_language_is_changed_from_the_help(room: Room) -> None:
    anne = room.facilitator()
    anne.panel("help").get_by_role("button", name="English").click()
    anne.ready()
    expect(anne.page.get_by_role("button", name="Share", exact=True)).to_be_visible()


# --- the board


def test_a_locked_board_is_read_and_opened_again(room: Room) -> None:
    anne, karim = room.facilitator(), room.guest("Karim")
    panel = anne.panel("settings")
    panel.get_by_role("switch", name=re.compile("Verrouiller")).click()
    expect(karim.page.get_by_text("Lecture seule.")).to_be_visible()
    expect(karim.cell(STAGE, CHANNEL).locator("button.add")).to_have_count(0)
    panel.get_by_role("switch", name=re.compile("Verrouiller")).click()
    expect(karim.page.get_by_text("Lecture seule.")).to_have_count(0)


def test_the_title_and_the_teams_are_the_facilitators_to_change(room: Room) -> None:
    anne, karim = room.facilitator(), room.guest("Karim")
    panel = anne.panel("settings")
    title = field(panel, "Titre")
    before = title.input_value()
    title.fill("Un autre parcours")
    expect(karim.page.get_by_role("heading", level=1)).to_have_text("Un autre parcours")
    title.fill(before)
    panel.get_by_role("button", name="Ajouter une équipe").click()
    anne.page.keyboard.type("Achats")
    anne.page.keyboard.press("Enter")
    anne.page.keyboard.press("Escape")
    anne.is_saved()
    assert anne.records("board")[0]["teams"][-1] == "Achats"
    assert anne.records("board")[0]["title"] == before


# --- everybody


@pytest.mark.parametrize("which", ["find", "bin", "downloads", "share", "help", "persona", "stage"])
def test_escape_closes_and_the_focus_goes_back_where_it_came_from(room: Room, which: str) -> None:
    anne = room.facilitator()
    panel = anne.panel(which)
    expect(anne.page.locator(".panel:focus-within")).to_have_count(1)
    anne.page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    opener = '[role="columnheader"] button.name' if which == "stage" else f'[data-opens="{which}"]'
    expect(anne.page.locator(opener).first).to_be_focused()


def test_a_dialog_holds_the_focus(room: Room) -> None:
    anne = room.facilitator()
    anne.panel("help")
    for _ in range(9):
        anne.page.keyboard.press("Tab")
        expect(anne.page.locator(".panel:focus-within")).to_have_count(1)


@pytest.mark.timeout(180)
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_axe_finds_nothing_in_any_panel(room: Room, root: Path, lang: str, size: dict[str, int]) -> None:
    axe = (root / "frontend/node_modules/axe-core/axe.min.js").read_text()
    anne = room.facilitator(bypass_csp=True, reduced_motion="reduce")
    anne.speak(lang)
    found: dict[str, list[str]] = {}
    for which in PANELS:
        anne.page.set_viewport_size(LAPTOP)
        panel = anne.panel(which)
        if which == "share":
            expect(panel.locator("img")).to_be_visible()
        if which == "find":
            anne.page.keyboard.type("a")
            expect(panel.locator("[data-result]").first).to_be_visible()
        anne.page.set_viewport_size(size)
        expect(panel).to_be_visible()
        found[which] = (
            anne.axe(axe, "" if size is PHONE or which == "find" else ".panel")
            + small(panel, 44 if size is PHONE else 24)
            + wide(panel)
        )
        anne.page.set_viewport_size(LAPTOP)
        anne.page.locator(".panel .head .btn").click()
        expect(panel).to_have_count(0)
        if which == "find":
            anne.reload()
    assert {where: what for where, what in found.items() if what} == {}


def small(panel: Locator, least: int) -> list[str]:
    """Buttons, links and fields that a finger of this size would miss."""
    return list(
        panel.evaluate(
            """(panel, least) => [...panel.querySelectorAll('button, a, select, input:not([type=hidden]), textarea')]
                .filter(e => !e.classList.contains('sr'))
                .map(e => [e, (e.closest('label.chip, label:has(input[type=checkbox])') ?? e).getBoundingClientRect(),
                           parseFloat(getComputedStyle(e, '::before').inset) || 0])
                .filter(([e, box, more]) => box.width && Math.min(box.height - 2 * more, box.width - 2 * more) < least - .5)
                .map(([e, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${e.outerHTML.slice(0, 110)}`)""",
            least,
        )
    )


def wide(panel: Locator) -> list[str]:
    """Words that do not fit: a panel never scrolls sideways."""
    return list(
        panel.evaluate(
            """panel => [panel, panel.querySelector('.body')].filter(e => e.scrollWidth > e.clientWidth + 1)
                .map(e => `scrolls sideways: ${e.className}`)"""
        )
    )
