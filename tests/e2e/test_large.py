"""A board of many hundred notes: words are drawn near the screen only, and nobody notices."""

import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect

from conftest import Room
from wall import Wall

STAGE, CHANNEL = "Déclic", "Téléphone"
FAR = "article.note.far"

# notes of the wall that are seen and have no words
BLANK = """async () => {
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    const wall = document.querySelector('main .wall').getBoundingClientRect();
    return [...document.querySelectorAll('article.note.far')].filter(note => {
        const box = note.getBoundingClientRect();
        return box.bottom > wall.top && box.top < wall.bottom;
    }).length;
}"""

# nothing on the wall has moved for ten frames
STILL = """() => new Promise(done => {
    let last = '', still = 0;
    const look = () => {
        const box = (document.activeElement ?? document.body).getBoundingClientRect();
        const now = [box.top, document.querySelector('main .wall').scrollTop].join();
        still = now === last ? still + 1 : 0;
        last = now;
        if (still > 10) done(true); else requestAnimationFrame(look);
    };
    look();
})"""


def full(room: Room) -> Wall:
    """Somebody before a wall of 800 notes, in one cell but for the demonstration's own."""
    anne = room.facilitator()
    anne.cell(STAGE, CHANNEL).focus()
    anne.paste("\n".join(f"Constat {part}.{i} de la visite" for part in range(2) for i in range(400)))
    anne.is_saved()
    return anne


def test_wherever_one_scrolls_the_notes_on_screen_have_their_words(room: Room) -> None:
    anne = full(room)
    assert anne.page.locator(FAR).count() > 400
    assert anne.page.locator("article.note").count() > 800
    height = anne.page.evaluate("() => document.querySelector('main .wall').scrollHeight")
    for top in [*range(0, 3000, 350), height // 2, height, height // 3, 0]:
        anne.page.evaluate("top => document.querySelector('main .wall').scrollTo(0, top)", top)
        assert anne.page.evaluate(BLANK) == 0, top


def test_a_far_note_is_found_walked_to_and_changed_by_others(room: Room) -> None:
    anne = full(room)
    karim = room.guest("Karim")
    words = "Constat 1.333 de la visite"
    far = anne.page.locator(f"{FAR}[aria-label*='{words}']").first
    name = far.get_attribute("data-note")
    note = anne.page.locator(f"[data-note='{name}']")
    anne.page.keyboard.press("Control+f")  # the browser's own search sees no far note
    anne.page.keyboard.type(words)
    anne.page.keyboard.press("Enter")
    expect(note).to_be_in_viewport()
    expect(note).to_be_focused()
    expect(note.locator(".txt")).to_have_text(words)
    anne.page.keyboard.press("Control+Home")
    expect(note).not_to_be_in_viewport()
    note.evaluate("note => note.focus()")
    anne.page.keyboard.press("ArrowDown")
    expect(anne.page.locator("article.note:focus .txt")).to_be_in_viewport()
    anne.page.keyboard.press("Control+Home")
    karim.page.locator(f"[data-note='{name}']").evaluate("note => note.focus()")
    karim.page.keyboard.press("e")
    karim.page.keyboard.press("Control+End")
    karim.page.keyboard.type(", revu")
    karim.page.keyboard.press("Escape")
    expect(anne.page.locator(f"{FAR}[data-note='{name}']")).to_have_attribute(
        "aria-label", f"Point de contact, {STAGE}, {CHANNEL}\u00a0: {words}, revu"
    )


def test_what_is_drawn_over_a_note_follows_it_however_far_one_jumps(room: Room) -> None:
    anne = full(room)
    for density in ("compact", "comfortable"):
        if density == "comfortable":
            anne.page.get_by_role("button", name="Notes entières").click()
            for _ in range(2):
                anne.page.get_by_role("button", name="Réduire").click()
        for keys in ("Control+Home", "Control+End", "Control+Home"):
            anne.cell(STAGE, CHANNEL).focus()
            anne.page.keyboard.press(keys)
            anne.page.wait_for_function(STILL)
            note = anne.page.locator("article.note:focus, .cell:focus")
            expect(note).to_be_in_viewport()
            if anne.page.locator(".tools").count() and note.evaluate("e => e.matches('.note')"):
                bar, paper = anne.page.locator(".tools").bounding_box(), note.bounding_box()
                assert bar is not None
                assert paper is not None
                assert abs(bar["y"] - paper["y"]) < 30, (density, keys)


def test_on_paper_every_note_has_its_words_and_nothing_else_is_printed(room: Room, tmp_path: Path) -> None:
    anne = full(room)
    sheet = tmp_path / "wall.pdf"
    anne.page.pdf(path=sheet, prefer_css_page_size=True)
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not on this machine")
    words = " ".join(subprocess.check_output(["pdftotext", sheet, "-"], text=True).split())
    assert words.count("de la visite") >= 800
    for shown in (STAGE, CHANNEL, "Courbe émotionnelle"):
        assert shown in words
    assert "Enregistré" not in words
    assert anne.page.locator(FAR).count() > 400  # on the screen nothing has changed
