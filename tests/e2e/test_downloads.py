"""« Télécharger » in a browser: every file of the menu, each opened by a reader of its own, and the ways to give one up."""

import csv
import io
import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import docx
import openpyxl
import pytest
from playwright.sync_api import Download, Locator, expect

from conftest import Room
from wall import PHONE, Wall

COSTLY: Final = ("spec.pdf", "spec.docx")


def ask(wall: Wall, what: str) -> None:
    panel = wall.panel("downloads")
    panel.locator(f'a[href$="/download/{what}"]').click()
    expect(panel).to_have_count(0)


def saved(wall: Wall, what: str, folder: Path) -> bytes:
    with wall.page.expect_download() as waiting:
        ask(wall, what)
    return kept(waiting.value, what, folder)


def kept(download: Download, what: str, folder: Path) -> bytes:
    assert re.fullmatch(rf"[\w-]+\.{what.rsplit('.', 1)[1]}", download.suggested_filename)
    path = folder / what
    download.save_as(path)
    return path.read_bytes()


class _Words(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.words = ""
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.words += data


def pdf_words(data: bytes, folder: Path) -> str:
    """Its text where a reader of PDF is there, else nothing."""
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    if shutil.which("pdftotext") is None:
        return ""
    source = folder / "read.pdf"
    source.write_bytes(data)
    return subprocess.run(["pdftotext", source, "-"], capture_output=True, check=True).stdout.decode()


def test_every_file_of_the_menu_opens_with_its_own_reader(room: Room, tmp_path: Path) -> None:
    anne = room.facilitator()
    notes = [n for n in anne.records("note") if "removed_at" not in n]
    actions = [n for n in notes if n.get("kind") == "action"]

    rows = list(
        csv.reader(io.StringIO(saved(anne, "actions.csv", tmp_path).decode("utf-8-sig")), delimiter=";")
    )
    book = openpyxl.load_workbook(io.BytesIO(saved(anne, "actions.xlsx", tmp_path)))
    assert len(rows) == book.worksheets[0].max_row == len(actions) + 1
    told = saved(anne, "notes.csv", tmp_path).decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(told), delimiter=";"))) >= len(notes)
    board = json.loads(saved(anne, "board.json", tmp_path))
    there = {r["text"] for r in board["records"] if r["type"] == "note" and "removed_at" not in r}
    assert there == {n["text"] for n in notes}

    spec = json.loads(saved(anne, "spec.json", tmp_path))
    labels = [line["label"] for line in spec["objects"] + spec["pipelines"]]
    assert labels
    sheets = openpyxl.load_workbook(io.BytesIO(saved(anne, "spec.xlsx", tmp_path)))
    said = "\n".join(str(c) for s in sheets for row in s.values for c in row if c)
    word = docx.Document(io.BytesIO(saved(anne, "spec.docx", tmp_path)))
    written = "\n".join(p.text for p in word.element.body.iter() if p.tag.endswith("}t") and p.text)
    printed = pdf_words(saved(anne, "spec.pdf", tmp_path), tmp_path)
    page = _Words(saved(anne, "spec.html", tmp_path).decode()).words
    markdown = saved(anne, "spec.md", tmp_path).decode()
    for label in labels:
        for document in (said, written, page, markdown):
            assert label in document
        assert not printed or label in re.sub(r"\s+", " ", printed)
    feature = saved(anne, "spec.feature", tmp_path).decode()
    assert feature.count("Scénario:") >= len(spec["scenarios"]) > 0


# --- a document that takes some seconds


def card(wall: Wall) -> Locator:
    return wall.page.locator(".making")


def makers(room: Room) -> list[int]:
    """The processes that make documents for this server."""
    server = room.server.process
    listed = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    found = []
    for pid in listed:
        command = Path(f"/proc/{pid}/cmdline")
        if command.exists() and b"_document" in command.read_bytes():
            found.append(int(pid))
    return found


def until(so: Callable[[], bool], seconds: float) -> float:
    """How long it took."""
    began = time.monotonic()
    while not so():
        assert time.monotonic() - began < seconds, "it never came to this"
        time.sleep(0.01)
    return time.monotonic() - began


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["laptop", "phone"])
def test_a_costly_document_is_followed_on_the_page_until_it_is_saved(
    room: Room, tmp_path: Path, viewport: dict[str, int] | None
) -> None:
    if viewport is None:
        anne = room.facilitator()
        with anne.page.expect_download() as waiting:
            ask(anne, "spec.docx")
            expect(card(anne)).to_contain_text("Cahier des charges, Word")
            expect(card(anne).get_by_role("progressbar")).to_be_visible()
    else:
        anne = room.guest("Louise", viewport=viewport, has_touch=True)
        anne.page.get_by_role("button", name="Menu").first.click()
        anne.page.get_by_role("button", name="Télécharger").click()
        with anne.page.expect_download() as waiting:
            anne.page.locator('a[href$="/download/spec.docx"]').click()
            expect(card(anne).get_by_role("progressbar")).to_be_visible()
    expect(card(anne)).to_contain_text("Prêt et enregistré")
    docx.Document(io.BytesIO(kept(waiting.value, "spec.docx", tmp_path)))


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="processes are looked for in /proc")
@pytest.mark.parametrize("way", ["cancel", "elsewhere", "closed"])
def test_a_reader_who_gives_up_or_leaves_stops_the_making(room: Room, way: str) -> None:
    anne = room.facilitator()
    downloads: list[Download] = []
    anne.page.on("download", lambda download: downloads.append(download))
    ask(anne, "spec.pdf")
    until(lambda: makers(room) != [], 10)
    if way == "cancel":
        anne.page.get_by_role("button", name="Annuler : Cahier des charges, PDF").click()
        expect(card(anne)).to_have_count(0)
    elif way == "elsewhere":
        anne.page.goto(f"{room.server.base}/")
    else:
        anne.page.close()
    until(lambda: makers(room) == [], 2)
    assert downloads == []


def test_the_page_of_the_specification_gives_its_files_without_a_script(room: Room, tmp_path: Path) -> None:
    anne = room.facilitator()
    board = anne.page.url
    bare = room.browser.new_context(
        storage_state=anne.context.storage_state(), java_script_enabled=False, locale="fr-FR"
    )
    try:
        page = bare.new_page()
        page.goto(f"{board}/specification")
        page.locator('a[href$="/specification/lecture"]').click()
        for what in COSTLY:
            with page.expect_download() as waiting:
                page.locator(f'a[href$="/download/{what}"]').first.click()
            assert len(kept(waiting.value, what, tmp_path)) > 10_000
    finally:
        bare.close()


def test_the_menu_leads_to_the_page_of_the_specification(room: Room) -> None:
    anne = room.facilitator()
    anne.panel("downloads").get_by_role("link", name=re.compile("^Voir la spécification CRM")).click()
    expect(anne.page).to_have_url(re.compile(r"/specification(?:[#?].*)?$"))
