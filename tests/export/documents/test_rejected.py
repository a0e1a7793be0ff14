"""Lines that the review set aside: in no chapter, in an annex with their reason, in every document."""

import pytest
from msgspec.structs import replace

from charniere.domain.boardfile import BoardFile
from charniere.export.documents.annexes import rejected
from charniere.export.documents.formats import DOCUMENTS
from charniere.export.documents.outline import outline
from charniere.export.documents.parts import Entry, Table
from charniere.export.documents.words import Reading
from charniere.spec.model import SetAside, Spec
from export.documents.readers import POPPLER, READERS, flat, sheets
from export.documents.samples import sample

READ = [
    pytest.param(
        form, marks=pytest.mark.skipif(form == "pdf" and not POPPLER, reason="pdftotext is not installed")
    )
    for form in DOCUMENTS
]


def reviewed() -> tuple[Spec, BoardFile]:
    """The demonstration with a workflow taken out of its section, another only marked, a stage and a scenario marked too."""
    file, spec = sample("demonstration")
    gone, marked = spec.workflows[0], spec.workflows[1]
    aside = SetAside(
        id=gone.id,
        code=gone.code,
        section="workflows",
        label=gone.label,
        why="Déjà fait par le | standard",
        into=spec.workflows[2].id,
        by="p1",
        sources=gone.sources,
    )
    pipeline = spec.pipelines[0]
    stages = (replace(pipeline.stages[0], state="rejected"), *pipeline.stages[1:])
    changed = replace(
        spec,
        workflows=(replace(marked, state="rejected"), *spec.workflows[2:]),
        pipelines=(replace(pipeline, stages=stages), *spec.pipelines[1:]),
        scenarios=(replace(spec.scenarios[0], state="rejected"), *spec.scenarios[1:]),
        rejected=(aside,),
    )
    return changed, replace(file, people={"p1": "Claire Vidal"})


def test_no_chapter_holds_a_line_that_was_set_aside() -> None:
    spec, file = reviewed()
    chapters = outline(spec, [file]).chapters
    told = {block.code for chapter in chapters for block in chapter.blocks if isinstance(block, Entry)}
    first = spec.pipelines[0].stages[0]
    assert not {spec.rejected[0].code, spec.workflows[0].code, first.code} & told
    assert spec.workflows[1].code in told
    acceptance = next(chapter for chapter in chapters if chapter.key == "scenarios")
    rows = [row[0] for block in acceptance.blocks if isinstance(block, Table) for row in block.rows]
    assert spec.scenarios[0].code not in rows


def test_the_annex_says_which_line_why_by_whom_and_into_what() -> None:
    spec, file = reviewed()
    rows = rejected(Reading(spec, [file])).rows
    code, section, label, why, by, sources = rows[0]
    assert (code, section, by) == (spec.rejected[0].code, "Workflows", "Claire Vidal")
    assert label == spec.rejected[0].label
    assert why.startswith("Déjà fait par le | standard\nRéunie à WF-")
    assert sources.startswith("n°")
    assert [row[0] for row in rows[1:]] == [
        spec.workflows[0].code,
        spec.scenarios[0].code,
        spec.pipelines[0].stages[0].code,
    ]


@pytest.mark.parametrize("form", READ)
def test_every_document_names_the_lines_that_were_set_aside(form: str) -> None:
    spec, file = reviewed()
    text = READERS[form](DOCUMENTS[form](spec, [file]))
    for code in (spec.rejected[0].code, spec.workflows[0].code, spec.scenarios[0].code):
        assert code in text
    if form != "feature":
        assert "Déjà fait par le | standard" in flat(text)


def test_the_workbook_keeps_them_off_their_sheet() -> None:
    spec, file = reviewed()
    read = sheets(DOCUMENTS["xlsx"](spec, [file]))
    assert len(read["Workflows"]) == len(spec.workflows)  # the header, and one line fewer
    assert read["Lignes écartées"][1][0] == spec.rejected[0].code


def test_a_document_without_lines_set_aside_has_no_such_annex() -> None:
    file, spec = sample("demonstration")
    assert "rejected" not in {chapter.key for chapter in outline(spec, [file]).chapters}
