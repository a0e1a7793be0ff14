"""What an import says of the workshop itself: the facilitator decides, nothing is changed."""

import pytest

from charniere.imports.workshop import read

HEADER = "ref;étape;canal;type;texte;responsable;équipe;lié_à"


def looked(*rows: str) -> list[tuple[int, str, str]]:
    result = read("\n".join([HEADER, *rows]).encode())
    return [(o.row, o.code, str(o.params.get("name", ""))) for o in result.oddities if o.level == "look"]


def test_an_irritant_that_no_action_answers_is_said() -> None:
    rows = ["1;E;C;irritant;Trop long;;;", "2;E;C;rupture;Je pars;;;", "3;E;C;action;Raccourcir;Léa;;1"]
    assert looked(*rows) == [(3, "unanswered", "")]


def test_an_action_without_a_person_is_said_even_when_a_team_has_it() -> None:
    assert looked("1;E;C;action;a;;DSI;", "2;E;C;action;b;Léa;;", "3;E;C;action;c;DSI;DSI;") == [
        (2, "no_owner", ""),
        (4, "no_owner", ""),
    ]


def test_a_touchpoint_not_told_by_the_customer_is_said_with_a_proposal_when_there_is_one() -> None:
    assert looked(
        "1;E;C;PDC;Je demande un devis;;;", "2;E;C;PDC;Demander un devis;;;", "3;E;C;PDC;Prescription BE;;;"
    ) == [
        (3, "not_je_but", ""),
        (4, "not_je", ""),
    ]


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("Je télécharge le livre blanc", "je telecharge le LIVRE blanc !", True),
        ("Rappel le lendemain matin sans prévenir", "Rappel le lendemain matin, sans me prévenir", True),
        ("Rappel le lendemain", "Rappel le surlendemain", False),
        ("Le devis arrive trop tard", "Le devis arrive sans explication claire", False),
        ("???", "!!!", False),
    ],
)
def test_a_note_that_nearly_repeats_another_is_said_and_both_are_kept(
    first: str, second: str, alike: bool
) -> None:
    said = looked(f"A;E;C;besoin;{first};;;", f"B;E;C;besoin;{second};;;")
    assert said == ([(3, "double", "A")] if alike else [])


def test_many_long_notes_are_compared_in_no_time() -> None:
    text = " ".join(f"mot{n}" for n in range(1000))
    rows = [f"{n};E;C;besoin;{text} {n};;;" for n in range(400)]
    assert looked(*rows) == []
