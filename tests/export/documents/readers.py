"""What a person finds in a document, as one text: each format read back by another hand than the one that wrote it."""

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import Final

import docx
import openpyxl
from docx.oxml.ns import qn

POPPLER: Final = shutil.which("pdftotext")


class _Page(HTMLParser):
    """Words and tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def page(data: bytes) -> _Page:
    read = _Page()
    read.feed(data.decode())
    return read


def unescaped(data: bytes) -> str:
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", data.decode())


def sheets(data: bytes) -> dict[str, list[list[str]]]:
    """Every sheet of a workbook as rows of words."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: [
            ["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)
        ]
        for sheet in book.worksheets
    }


def document(data: bytes) -> str:
    """Every paragraph of a word processor's file, those of tables too."""
    body = docx.Document(io.BytesIO(data)).element.body
    return "\n".join("".join(text.text or "" for text in one.iter(qn("w:t"))) for one in body.iter(qn("w:p")))


def printed(data: bytes) -> str:
    """Every word of a PDF, a word cut at the end of a line put together again."""
    done = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
    return re.sub(r"-\s*\n", "-", done.stdout.decode())


def flat(text: str) -> str:
    """The words with one space between them, wherever lines were broken."""
    return " ".join(text.split())


READERS: Final[Mapping[str, Callable[[bytes], str]]] = {
    "md": unescaped,
    "html": lambda data: "".join(page(data).words),
    "feature": bytes.decode,
    "docx": document,
    "pdf": printed,
    "xlsx": lambda data: "\n".join(cell for rows in sheets(data).values() for row in rows for cell in row),
}
