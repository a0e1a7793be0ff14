"""The PDF: A4 both ways, contents with page numbers, nothing of when it was made, words that stay words."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from charniere.export.documents.formats import DOCUMENTS
from charniere.export.documents.outline import outline
from export.documents.readers import POPPLER, flat, printed
from export.documents.samples import HOSTILE, sample

needs_poppler = pytest.mark.skipif(not POPPLER, reason="pdftotext (poppler-utils) is not installed")


@cache
def data(name: str) -> bytes:
    file, spec = sample(name)
    return DOCUMENTS["pdf"](spec, [file])


def pages(name: str, tmp_path: Path, *command: str) -> str:
    """What a tool of poppler says of the document."""
    path = tmp_path / "spec.pdf"
    path.write_bytes(data(name))
    words = [str(path) if one == "FILE" else one for one in command]
    return subprocess.run(words, capture_output=True, check=True).stdout.decode()


@needs_poppler
def test_pages_are_a4_and_wide_tables_lie_on_their_side(tmp_path: Path) -> None:
    said = pages("demonstration", tmp_path, "pdfinfo", "-f", "1", "-l", "99", "FILE")
    assert set(re.findall(r"size: +(\d+)[.\d]* x (\d+)", said)) == {("595", "841"), ("841", "595")}


@needs_poppler
def test_the_contents_say_on_which_page_each_chapter_is(tmp_path: Path) -> None:
    file, spec = sample("demonstration")
    text = pages("demonstration", tmp_path, "pdftotext", "-layout", "FILE", "-").split("\f")
    contents = flat(text[2])
    for chapter in outline(spec, [file]).chapters:
        line = re.search(re.escape(flat(f"{chapter.number} {chapter.title}")) + r"[ .\u2060]+(\d+)", contents)
        assert line, chapter.title
        assert flat(chapter.title) in flat(text[int(line[1]) - 1])


@needs_poppler
def test_words_of_the_wall_are_printed_as_they_were_typed() -> None:
    text = flat(printed(data("hostile")))
    assert "<script>alert(1)</script>" in text
    assert HOSTILE[2] in text
    assert "{{ 7*7 }}" in text
