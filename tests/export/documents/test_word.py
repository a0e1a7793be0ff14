"""The word processor's file: real headings, contents filled in, A4, tables on their side, words that stay words."""

import io
import re
import zipfile
from functools import cache
from typing import Any

import docx
from docx.oxml.ns import qn

from charniere.export.documents.formats import DOCUMENTS
from charniere.export.documents.outline import outline
from charniere.export.documents.parts import Column, Table
from charniere.export.documents.wordml import paragraph, run, table
from export.documents.readers import document
from export.documents.samples import HOSTILE, sample

A4 = {(11906, 16838), (16838, 11906)}


@cache
def data(name: str) -> bytes:
    file, spec = sample(name)
    return DOCUMENTS["docx"](spec, [file])


def opened(name: str) -> Any:
    return docx.Document(io.BytesIO(data(name)))


def test_chapters_are_numbered_headings_and_the_contents_name_them_all() -> None:
    read = opened("demonstration")
    file, spec = sample("demonstration")
    titles = [chapter.title for chapter in outline(spec, [file]).chapters]
    headings = [p.text for p in read.paragraphs if p.style.name in ("Heading 1", "AnnexHeading")]
    assert headings == titles
    lines = [
        "".join(t.text or "" for t in p._p.iter(qn("w:t")))
        for p in read.paragraphs
        if p.style.name == "toc 1"
    ]
    assert [title for title, line in zip(titles, lines, strict=True) if title not in line] == []


def test_the_contents_are_a_field_that_leads_to_bookmarks() -> None:
    xml = zipfile.ZipFile(io.BytesIO(data("demonstration"))).read("word/document.xml").decode()
    asked = set(re.findall(r"PAGEREF (\w+)", xml))
    assert len(asked) > 15
    assert asked <= set(re.findall(r'w:bookmarkStart w:id="\d+" w:name="(\w+)"', xml))
    assert xml.count('w:fldCharType="begin"') == xml.count('w:fldCharType="end"') == len(asked) + 1


def test_pages_are_a4_and_wide_tables_lie_on_their_side() -> None:
    sections = opened("demonstration").sections
    assert {(s.page_width.twips, s.page_height.twips) for s in sections} == A4
    assert [s.header.is_linked_to_previous for s in sections] == [False] * len(sections)
    assert "Valcendre" in sections[2].header.paragraphs[0].text


def test_the_language_of_the_document_is_that_of_the_board() -> None:
    for name, language in (("demonstration", "fr-FR"), ("coworking-english", "en-GB")):
        found = opened(name).styles.element.find(".//" + qn("w:rPrDefault")).find(".//" + qn("w:lang"))
        assert found.get(qn("w:val")) == language


def test_words_of_the_wall_make_no_field_and_no_element() -> None:
    calm, hostile = opened("demonstration"), opened("hostile")
    for tag in ("w:instrText", "w:sectPr"):
        assert len(list(hostile.element.body.iter(qn(tag)))) == len(list(calm.element.body.iter(qn(tag))))
    text = document(data("hostile"))
    assert HOSTILE[1] in text
    assert HOSTILE[2] in text


def test_a_row_taller_than_a_page_may_go_on_on_the_next() -> None:
    """Some readers show nothing of a row that may not be cut and fits on no page."""
    found = Table("t", (Column("a", "A", 10), Column("b", "B", 90)), ())
    assert not found.tall(("CH-01", "mot " * 40))
    assert found.tall(("CH-01", "mot\n" * 60))
    assert found.tall(("mot " * 60, ""))
    rows = [[paragraph("Cell", run("mot"))]] * 2
    assert table([9000], rows, head=False, cut={1}).count("<w:cantSplit/>") == 1


def test_an_entry_is_kept_on_one_page() -> None:
    body = opened("demonstration").element.body
    kept = [p for p in body.iter(qn("w:p")) if p.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None]
    assert len(kept) > 500
