"""What holds of every document: nothing is lost, nothing is invented, the same bytes each time."""

from collections.abc import Callable, Mapping

import pytest
from msgspec.structs import replace

from charniere.domain.board import Note
from charniere.export.documents.formats import DOCUMENTS
from charniere.export.documents.outline import outline
from charniere.export.documents.parts import Entry
from charniere.i18n import t
from charniere.spec.compile import compile_spec
from export.documents.readers import POPPLER, READERS, flat
from export.documents.samples import NAMES, codes, sample

FORMATS = tuple(DOCUMENTS)
READ = [
    pytest.param(
        form, marks=pytest.mark.skipif(form == "pdf" and not POPPLER, reason="pdftotext is not installed")
    )
    for form in FORMATS
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", READ)
def test_every_code_is_in_every_document_or_in_its_list_of_losses(name: str, form: str) -> None:
    file, spec = sample(name)
    text = READERS[form](DOCUMENTS[form](spec, [file]))
    assert [code for code in sorted(codes(spec)) if code not in text] == []


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_boards_give_the_same_bytes(form: str) -> None:
    file, spec = sample("demonstration")
    assert DOCUMENTS[form](spec, [file]) == DOCUMENTS[form](compile_spec([file]), [file])


@pytest.mark.parametrize("form", [one for one in READ if one.values != ("feature",)])
def test_what_nobody_said_is_asked_in_every_document(form: str) -> None:
    file, spec = sample("demonstration")
    text = flat(READERS[form](DOCUMENTS[form](spec, [file])))
    asked = {t("fr", f"spec.ask.{q.rule}", **q.params) for one in spec.kpis for q in one.questions}
    assert asked
    assert [question for question in asked if flat(question) not in text] == []


@pytest.mark.parametrize("form", READ)
def test_a_private_note_is_in_no_document(form: str) -> None:
    file, _ = sample("demonstration")
    note = next(record for record in file.records if isinstance(record, Note) and record.kind == "irritant")
    hidden = replace(note, private=True, text="ultraconfidentiel")
    changed = replace(file, records=tuple(hidden if record is note else record for record in file.records))
    text = READERS[form](DOCUMENTS[form](compile_spec([changed]), [changed]))
    assert "ultraconfidentiel" not in text


def test_an_entry_cites_its_notes_by_number_and_team() -> None:
    file, spec = sample("demonstration")
    entries = [b for c in outline(spec, [file]).chapters for b in c.blocks if isinstance(b, Entry)]
    assert any("n° 119 (Relation client)" in entry.sources for entry in entries)
    assert [entry.code for entry in entries if not entry.sources] == []


def test_an_english_board_gives_an_english_document() -> None:
    file, spec = sample("coworking-english")
    found = outline(spec, [file])
    assert found.title == "CRM specification"
    assert "Personal data" in {chapter.title for chapter in found.chapters}


def test_every_format_has_a_reader() -> None:
    readers: Mapping[str, Callable[[bytes], str]] = READERS
    assert set(DOCUMENTS) <= set(readers)
