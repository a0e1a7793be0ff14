"""The drawn journey: every note that may be shown, once, on one page; the curve of the board; the same said in words."""

import io
import re
import zipfile
from collections.abc import Sequence
from xml.etree import ElementTree

import docx
import pytest
from docx.oxml.ns import qn
from msgspec.structs import replace

from charniere.domain.board import Board, Channel, Kind, Note, Stage
from charniere.domain.boardfile import BoardFile
from charniere.export.documents import drawing
from charniere.export.documents.curve import Dot, Felt, mean, smooth, spread
from charniere.export.documents.formats import DOCUMENTS
from charniere.export.documents.wall import alternative, signed, wall_of
from charniere.spec.compile import compile_spec
from export.documents.samples import HOSTILE, sample

PAGE = (760, 400)  # what a page on its side has under its heading, in points


def notes_of(file: BoardFile) -> list[Note]:
    return [record for record in file.records if isinstance(record, Note)]


def changed(file: BoardFile, before: Note, after: Note) -> BoardFile:
    return replace(file, records=tuple(after if record is before else record for record in file.records))


def numbers(svg: str) -> list[int]:
    """The numbers written on marks."""
    found = re.findall(r'text-anchor="middle"[^>]*>(\d+)</text>', svg)
    return [int(one) for one in found]


def drawn(board: Board, lang: str = "fr") -> drawing.Drawing:
    found = drawing.journey(wall_of(board), lang)
    assert found is not None
    return found


def crowd(count: int, stages: int = 6, channels: int = 9) -> Board:
    """A board with so many notes, in as many cells as it has."""
    file = sample("demonstration").file
    made = {
        f"n{i}": Note(id=f"n{i}", number=i, rank=f"{i:05d}", kind=list(Kind)[i % 7])
        for i in range(1, count + 1)
    }
    return replace(
        file.board,
        stages={f"s{i}": Stage(id=f"s{i}", name=f"Étape {i}", rank=f"{i:03d}") for i in range(stages)},
        channels={f"c{i}": Channel(id=f"c{i}", name=f"Canal {i}", rank=f"{i:03d}") for i in range(channels)},
        notes={
            key: replace(one, stage=f"s{one.number % stages}", channel=f"c{one.number // stages % channels}")
            for key, one in made.items()
        },
    )


def test_every_placed_note_is_drawn_once_with_its_number() -> None:
    file = sample("demonstration").file
    placed = sorted(n.number for n in notes_of(file) if n.stage and n.channel and n.removed_at is None)
    assert sorted(numbers(drawn(file.board).svg)) == placed


def test_a_private_note_and_the_bin_are_neither_drawn_nor_counted() -> None:
    file = sample("demonstration").file
    note = next(one for one in notes_of(file) if one.stage and one.channel and one.emotion is not None)
    for hidden in (replace(note, private=True), replace(note, removed_at=1)):
        without = changed(file, note, hidden)
        assert note.number not in numbers(drawn(without.board).svg)
        assert wall_of(without.board).placed == wall_of(file.board).placed - 1
        assert sum(map(len, wall_of(without.board).felt)) == sum(map(len, wall_of(file.board).felt)) - 1


@pytest.mark.parametrize(("count", "stages", "channels"), [(132, 6, 7), (404, 6, 9), (900, 8, 10)])
def test_a_full_board_stands_on_one_page_on_its_side(count: int, stages: int, channels: int) -> None:
    found = drawn(crowd(count, stages, channels))
    assert found.width <= PAGE[0]
    assert found.height <= PAGE[1]
    if count <= 404:
        assert len(numbers(found.svg)) == count  # there is room for every number


def test_a_board_beyond_measure_is_still_drawn() -> None:
    found = drawn(crowd(4000, 20, 60))
    assert found.svg.count("<polygon") + found.svg.count("<rect") >= 4000


def test_a_board_without_rows_or_columns_has_no_drawing() -> None:
    board = crowd(0, 3, 0)
    assert drawing.journey(wall_of(board), "fr") is None
    assert drawing.cover(wall_of(board), "fr", 487, 280) is None


def test_names_are_escaped_and_the_drawing_is_well_formed() -> None:
    for found in (drawn(sample("hostile").file.board), drawn(sample("chaos").file.board)):
        tags = {one.tag.rpartition("}")[2] for one in ElementTree.fromstring(found.svg).iter()}
        assert tags <= {"svg", "rect", "polygon", "path", "circle", "text"}
        assert "href" not in found.svg


def test_it_is_said_in_words_what_is_drawn() -> None:
    board = sample("demonstration").file.board
    said = alternative(wall_of(board), "fr")
    assert "128 notes sur 7 canaux et 6 étapes" in said
    assert "Devis & aides, 24 notes, émotion −0,2" in said


@pytest.mark.parametrize("form", ["html", "md"])
def test_whoever_cannot_see_the_drawing_reads_it(form: str) -> None:
    file, spec = sample("demonstration")
    assert "128 notes sur 7 canaux" in DOCUMENTS[form](spec, [file]).decode()


def test_a_word_processor_has_the_drawing_twice_and_its_words() -> None:
    file, spec = sample("demonstration")
    data = DOCUMENTS["docx"](spec, [file])
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert {"word/media/drawing2.svg", "word/media/drawing2.png"} <= set(names)
    body = docx.Document(io.BytesIO(data)).element.body
    said = [one.get("descr") for one in body.iter(qn("wp:docPr"))]
    assert any("128 notes sur 7 canaux" in words for words in said)
    assert "svgBlip" in zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()


def test_two_boards_have_a_drawing_each_under_their_title() -> None:
    file = sample("demonstration").file
    other = sample("fenetres-particuliers").file
    text = DOCUMENTS["html"](compile_spec([file, other]), [file, other]).decode()
    assert text.count("<figcaption>") == 2
    assert text.count('aria-label="Carte du parcours') == 2


def felt(*emotions: int) -> list[Felt]:
    return [Felt(one, False) for one in emotions]


def test_touchpoints_stand_evenly_in_their_column() -> None:
    assert spread([felt(1), [], felt(-2, 2)]) == [
        Dot(0.5, 1, False), Dot(2 + 1 / 3, -2, False), Dot(2 + 2 / 3, 2, False),
    ]  # fmt: skip


def test_the_curve_stays_between_what_was_felt_and_crosses_a_silent_stage_straight() -> None:
    points = dict(smooth(spread([felt(2), [], felt(-2)]), 3))
    assert points[0.5] == pytest.approx(2)
    assert points[1.5] == pytest.approx(0, abs=1e-9)
    assert points[2.5] == pytest.approx(-2)
    assert all(-2 <= height <= 2 for height in points.values())


def test_the_curve_is_the_one_that_the_board_draws() -> None:
    """Heights that the browser's own code gives for these stages."""
    stages = [felt(1, -2, 0, 2), [], felt(-1), felt(2, 2, -2, 0, 1, 1, -1), [], felt(0)]
    heights = [height for _, height in smooth(spread(stages), 6)][::20]
    drawn_there = [0.66336, 0.459973, 2, -1, -0.86485, 0.324632, -0.281063, -0.512821, 0, 0]
    assert heights == pytest.approx(drawn_there, abs=1e-5)


def test_nobody_felt_anything_gives_no_curve_and_no_mean() -> None:
    nothing: Sequence[Sequence[Felt]] = [[], []]
    assert smooth(spread(nothing), 2) == []
    assert mean([]) is None
    assert mean(felt(1, 2)) == 1.5


def test_a_mean_is_written_with_its_sign() -> None:
    assert [signed(value, "fr") for value in (0.52, -0.5, 0.04)] == ["+0,5", "−0,5", "0,0"]
    assert signed(-1.0, "en") == "−1.0"


def test_only_touchpoints_and_unqualified_notes_draw_the_curve() -> None:
    file = sample("demonstration").file
    note = next(n for n in notes_of(file) if n.kind is Kind.irritant and n.stage and n.channel)
    before = sum(map(len, wall_of(file.board).felt))
    for kind, more in ((Kind.irritant, 0), (Kind.touchpoint, 1), (None, 1)):
        after = changed(file, note, replace(note, kind=kind, emotion=-2))
        assert sum(map(len, wall_of(after.board).felt)) == before + more


def test_hostile_names_are_words_of_the_page() -> None:
    file, spec = sample("hostile")
    text = DOCUMENTS["html"](spec, [file]).decode()
    assert HOSTILE[1] not in text
    assert "<text" in text
