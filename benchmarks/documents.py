"""The documents of a full board: processor seconds of DOCX, PDF and XLSX, alone and together, and their sizes."""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path
from typing import Final

from msgspec.structs import replace

ROOT = Path(__file__).resolve().parent.parent
sys.path[:1] = [str(ROOT / "tests"), str(ROOT / "backend")]  # not this folder: its `spec` is another

from charniere.domain.board import Note  # noqa: E402
from charniere.domain.boardfile import BoardFile  # noqa: E402
from charniere.export.documents.formats import DOCUMENTS  # noqa: E402
from charniere.spec.compile import compile_spec  # noqa: E402
from export.documents.samples import sample  # noqa: E402

FORMS: Final = ("docx", "pdf", "xlsx")
GATHERED: Final = ("fenetres-particuliers", "hotel-seminaires", "aide-domicile", "coworking-english")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=400)
    parser.add_argument("--times", type=int, default=3)
    args = parser.parse_args()
    file = full(args.notes)
    spec = compile_spec([file])
    together = 0.0
    for form in FORMS:
        taken, size = [], 0
        for _ in range(args.times):
            before = time.process_time()
            size = len(DOCUMENTS[form](spec, [file]))
            taken.append(time.process_time() - before)
        median = statistics.median(taken)
        together += median
        print(f"{form:5} {median:6.2f} s of processor (median of {args.times}), {size / 1024:7.0f} KiB")
    print(f"all   {together:6.2f} s for a board of {args.notes} notes (wanted for 400: 5)")
    return 0


def full(notes: int) -> BoardFile:
    """The demonstration's grid under the notes of every board there is, until there are enough."""
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
    for i in range(notes - len(own)):
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


if __name__ == "__main__":
    sys.exit(main())
