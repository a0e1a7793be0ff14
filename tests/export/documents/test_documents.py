"""What holds of every document: nothing is lost, nothing is invented, the same bytes each time."""

from collections.abc import Callable, Mapping

import pytest
from msgspec.structs import replace

from charniere.domain.board import Note
from charniere.export.documents.formats import DOCUMENTS
from charniere.export.documents.outline import outline
from charniere.export.documents.parts import Entry
from charniere.export.documents.typography import solid
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


def test_sources_of_several_boards_are_named_by_board() -> None:
    file, other = sample("demonstration").file, sample("fenetres-particuliers").file
    spec = compile_spec([file, other])
    told = [b for c in outline(spec, [file, other]).chapters for b in c.blocks if isinstance(b, Entry)]
    both = next(one.sources for one in told if all(f.board.info.title in one.sources for f in (file, other)))
    assert both.count(file.board.info.title) == both.count(other.board.info.title) == 1


@pytest.mark.parametrize("form", [one for one in READ if one.values[0] in ("html", "docx", "pdf")])
def test_no_note_turns_the_words_of_a_page_around(form: str) -> None:
    file, _ = sample("demonstration")
    note = next(record for record in file.records if isinstance(record, Note) and record.kind == "irritant")
    turned = replace(note, text="avant \u202e après \u2066 fin")
    changed = replace(file, records=tuple(turned if record is note else record for record in file.records))
    text = READERS[form](DOCUMENTS[form](compile_spec([changed]), [changed]))
    assert "après" in text
    assert not {"\u202e", "\u2066"} & set(text)


def test_numbers_stay_with_their_units_and_french_marks_with_their_words() -> None:
    assert (
        solid("sous 48 h, n° 42 : « oui » ?") == "sous 48\u00a0h, n°\u00a042\u00a0: «\u00a0oui\u00a0»\u00a0?"
    )
    assert solid("3 ans, 15 %, 2 anneaux") == "3\u00a0ans, 15\u00a0%, 2 anneaux"


def test_the_summary_says_how_many_lines_were_validated() -> None:
    file, spec = sample("demonstration")
    reviewed = replace(spec, workflows=tuple(replace(one, state="validated") for one in spec.workflows))
    assert f"{len(spec.workflows)} lignes ont été validées" in DOCUMENTS["md"](reviewed, [file]).decode()
    assert "validées" not in DOCUMENTS["md"](spec, [file]).decode()
