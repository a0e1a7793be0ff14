"""The workbook of a specification: a sheet a section, tools to sort and choose, and no cell that calculates."""

import io

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from charniere.export.documents.formats import DOCUMENTS
from export.documents.readers import sheets
from export.documents.samples import HOSTILE, sample


def book(name: str) -> Workbook:
    file, spec = sample(name)
    return openpyxl.load_workbook(io.BytesIO(DOCUMENTS["xlsx"](spec, [file])))


def test_each_section_has_its_sheet_with_filters_and_a_header_that_stays() -> None:
    read = book("demonstration")
    wanted = {
        "Champs",
        "Pipelines",
        "Statuts",
        "Workflows",
        "Règles de passage",
        "Vues",
        "Indicateurs",
        "SLA",
        "Matrice",
    }
    assert wanted | {"Recette", "Actions", "Couverture"} <= set(read.sheetnames)
    for sheet in read.worksheets[1:]:
        assert sheet.auto_filter.ref
        assert str(sheet.freeze_panes).endswith("2")


def test_a_line_a_row_and_every_note_in_the_coverage() -> None:
    file, spec = sample("demonstration")
    read = sheets(DOCUMENTS["xlsx"](spec, [file]))
    assert len(read["Champs"]) == 1 + len(spec.fields)
    assert len(read["Couverture"]) == 1 + len(spec.coverage.notes)
    assert [row[0] for row in read["Workflows"][1:]] == [one.code for one in spec.workflows]


def test_the_acceptance_sheet_waits_for_results_chosen_from_a_list() -> None:
    sheet = book("demonstration")["Recette"]
    heads = [str(cell.value) for cell in next(sheet.iter_rows(max_row=1))]
    assert heads[-4:] == ["Résultat", "Testé par", "Le", "Remarque"]
    lists = [str(one.formula1) for one in sheet.data_validations.dataValidation]
    assert any("Conforme,Non conforme" in one for one in lists)


@pytest.mark.parametrize("name", ["hostile", "presque-vide", "chaos"])
def test_no_cell_is_a_formula_and_none_leads_outside(name: str) -> None:
    for sheet in book(name).worksheets:
        for row in sheet.iter_rows():
            assert [cell.coordinate for cell in row if cell.data_type == "f"] == []
            links = [cell.hyperlink for cell in row if cell.hyperlink]
            assert [link.target for link in links if link.target or not link.location] == []


def test_the_first_sheet_lists_the_others_with_their_lines() -> None:
    spec = sample("demonstration").spec
    read = book("demonstration")
    first = read.worksheets[0]
    listed = {str(row[0].value): row[1].value for row in first.iter_rows() if row[0].hyperlink}
    assert list(listed) == read.sheetnames[1:]
    assert listed["Champs"] == len(spec.fields)


def test_a_formula_typed_on_a_note_is_kept_as_its_words() -> None:
    file, spec = sample("hostile")
    words = [cell for row in sheets(DOCUMENTS["xlsx"](spec, [file]))["Couverture"] for cell in row]
    assert any(cell.startswith(HOSTILE[0]) for cell in words)
