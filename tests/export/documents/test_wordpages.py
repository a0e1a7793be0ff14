"""The page numbers of the contents before anybody refreshes them: the file laid out as its readers will."""

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from charniere.export.documents import wordml
from charniere.export.documents.formats import DOCUMENTS
from charniere.export.documents.wordml import bookmarked, paragraph, run, section, table
from charniere.export.documents.wordpages import Pages, pages
from export.documents.readers import POPPLER, flat
from export.documents.samples import sample

OFFICE: Final = shutil.which("soffice")
A_LINE = 10 * 1.2207 * 1.1 + 4  # a paragraph of one line, with the space under it
A_PAGE = (16838 - 1134 - 300 - 1134) / 20


def laid(*pieces: str, wide: bool = False) -> Pages:
    return pages(parse_xml(f"<w:body {wordml.NAMESPACE}>{''.join(pieces)}{section(wide=wide)}</w:body>"))


def marked(name: str = "here", **more: Any) -> str:
    return paragraph("Normal", bookmarked(name, 1, run("ici")), **more)


def test_lines_fill_a_page_then_the_next() -> None:
    fit = int((A_PAGE + 4) // A_LINE)
    lines = [paragraph("Normal", run("mot"))] * (fit - 1)
    assert laid(*lines, marked()).of == {"here": 1}
    assert laid(*lines, paragraph("Normal", run("mot")), marked()).of == {"here": 2}


def test_a_page_on_its_side_holds_fewer_lines() -> None:
    lines = [paragraph("Normal", run("mot"))] * 30
    assert laid(*lines, marked()).of == {"here": 1}
    assert laid(*lines, marked(), wide=True).of == {"here": 2}


def test_a_long_text_takes_as_many_lines_as_its_letters_need() -> None:
    narrow, broad = (paragraph("Normal", run(" ".join([word] * 1200))) for word in ("il", "mm"))
    last = [marked(f"m{i}") for i in range(20)]
    assert laid(narrow, *last).of["m19"] == 1
    assert laid(broad, *last).of["m19"] == 2


def test_what_must_stay_together_moves_together() -> None:
    lines = [paragraph("Normal", run("mot"))] * 40
    title = paragraph("Heading2", bookmarked("title", 1, run("titre")))
    rows = [[paragraph("Cell", run("mot"), keep=True)]] * 6
    body = [*lines, title, table([9000], rows, head=False), marked("end")]
    assert laid(*body).of == {"title": 2, "end": 2}


def test_a_page_break_is_made_once() -> None:
    fresh = "<w:pageBreakBefore/>"
    assert laid(marked("a", properties=fresh), marked("b", properties=fresh)).of == {"a": 1, "b": 2}


def test_a_row_taller_than_a_page_goes_on() -> None:
    cell = paragraph("Cell", run("\n".join(["mot"] * 200)))
    found = laid(table([9000], [[cell]], head=False, cut={0}), marked())
    assert found.of["here"] == found.count == 4


def test_a_head_is_repeated_on_every_page_of_its_table() -> None:
    head = [paragraph("CellHead", run("\n".join(["titre"] * 20)))]
    rows = [[paragraph("Cell", run("mot"))]] * 140
    bare = laid(table([9000], rows, head=False), marked()).count
    assert laid(table([9000], [head, *rows], head=True), marked()).count > bare


def contents(data: bytes) -> list[tuple[str, str, int]]:
    """Number, title and page of each line of the contents."""
    lines = []
    for one in docx.Document(io.BytesIO(data)).paragraphs:
        if one.style is not None and one.style.name == "toc 1":
            words = [text.text or "" for text in one._p.iter(qn("w:t"))]
            lines.append((words[0], words[1], int(words[-1])))
    return lines


@pytest.mark.parametrize("name", ["demonstration", "coworking-english", "presque-vide", "hostile"])
def test_every_line_of_the_contents_has_a_page_and_they_follow_each_other(name: str) -> None:
    file, spec = sample(name)
    found = [page for _, _, page in contents(DOCUMENTS["docx"](spec, [file]))]
    assert found == sorted(found)
    assert found[0] == 4  # after the cover, the approvals and the contents


@pytest.mark.skipif(not OFFICE or not POPPLER, reason="LibreOffice or pdftotext is not installed")
@pytest.mark.parametrize("name", ["demonstration", "hotel-seminaires"])
def test_a_word_processor_puts_the_chapters_where_the_contents_say(name: str, tmp_path: Path) -> None:
    file, spec = sample(name)
    data = DOCUMENTS["docx"](spec, [file])
    (tmp_path / "spec.docx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "spec.docx"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=120)
    done = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "spec.pdf"), "-"], capture_output=True, check=True
    )
    text = [flat(page) for page in done.stdout.decode().split("\f")]
    astray = [
        title
        for number, title, page in contents(data)
        if not any(
            re.search(rf"(?<!\S){number} {re.escape(flat(title))}", one) for one in text[page - 2 : page + 1]
        )
    ]
    exact = [1 for number, title, page in contents(data) if f"{number} {flat(title)}" in text[page - 1]]
    assert astray == []  # a reader turns one page at most: fonts differ from one machine to the next
    assert len(exact) >= 0.8 * len(contents(data))


def test_the_file_asks_no_question_when_it_is_opened() -> None:
    file, spec = sample("demonstration")
    read = docx.Document(io.BytesIO(DOCUMENTS["docx"](spec, [file])))
    assert [one for one in read.element.body.iter(qn("w:fldChar")) if one.get(qn("w:dirty"))] == []
    assert read.settings.element.find(qn("w:updateFields")) is None
    modes = [one.get(qn("w:val")) for one in read.settings.element.iter(qn("w:compatSetting"))]
    assert "15" in modes
