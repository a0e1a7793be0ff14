"""How long the costly documents of a full board take, by the processor's clock: what else the machine does is not counted."""

import time
from typing import Final

from msgspec.structs import replace

from charniere.domain.board import Note
from charniere.domain.boardfile import BoardFile
from charniere.export.documents.formats import DOCUMENTS
from charniere.spec.compile import compile_spec
from export.documents.samples import sample

NOTES: Final = 400
SECONDS: Final = 5.0
GATHERED: Final = ("fenetres-particuliers", "hotel-seminaires", "aide-domicile", "coworking-english")


def full() -> BoardFile:
    """The demonstration's grid under the notes of every board there is, until there are four hundred."""
    file = sample("demonstration").file
    own = [record for record in file.records if isinstance(record, Note)]
    others = [
        note
        for name in GATHERED
        for note in sample(name).file.records
        if isinstance(note, Note) and note.text
    ]
    last = max(note.number for note in own)
    added = []
    for i in range(NOTES - len(own)):
        place, words = own[i % len(own)], others[i % len(others)]
        number = last + 1 + i
        added.append(
            replace(
                words,
                id=f"more{i}",
                number=number,
                rank=f"{place.rank}m{i:04d}z",
                stage=place.stage,
                channel=place.channel,
                ref="",
            )
        )
    return replace(file, records=(*file.records, *added))


def test_the_costly_documents_of_four_hundred_notes_take_five_seconds_together() -> None:
    file = full()
    spec = compile_spec([file])
    assert sum(isinstance(record, Note) for record in file.records) == NOTES
    before = time.process_time()
    for form in ("docx", "pdf", "xlsx"):
        assert DOCUMENTS[form](spec, [file])
    assert time.process_time() - before < SECONDS
