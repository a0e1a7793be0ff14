"""Cells are read cautiously: what is not surely understood stays words."""

import pytest

from charniere.domain.board import Due, Kind
from charniere.imports import values
from charniere.imports.layout import protect, unprotect


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("+1", 1),
        ("−2", -2),
        ("-2", -2),
        ("–1", -1),
        ("2,0", 2),
        ("0", 0),
        ("😍", 2),
        ("☹️", -1),
        (":-)", 1),
        ("++", 2),
        ("Très insatisfait", -2),
        ("très satisfaits", 2),
        ("neutre", 0),
        ("3", None),
        ("-3", None),
        ("1,5", None),
        ("bof", None),
        ("un peu content", None),
        ("😍😡", None),
    ],
)
def test_an_emotion_is_a_number_a_face_or_a_word(words: str, value: int | None) -> None:
    found = values.emotion(words)
    assert (found[0] if found else None) == value


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("31/03/2027", "2027-03-31"),
        ("1/3/27", "2027-03-01"),
        ("2027-03-31", "2027-03-31"),
        ("31.03.2027", "2027-03-31"),
        ("31 mars 2027", "2027-03-31"),
        ("1er août 2027", "2027-08-01"),
        ("T2 2027", None),
        ("31/02/2027", None),
        ("fin mars", None),
        ("2028", None),
        ("03/2027", None),
    ],
)
def test_a_day_is_exact_only_when_it_is_written(words: str, day: str | None) -> None:
    assert values.due(words) == Due(words, day)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("x", True),
        ("X", True),
        ("Oui", True),
        ("1", True),
        ("VRAI", True),
        ("★", True),
        ("✔️", True),
        ("non", False),
        ("0", False),
        ("peut-être", None),
        ("12", None),
    ],
)
def test_a_moment_of_truth_is_said_in_many_ways(words: str, value: bool | None) -> None:
    assert values.yes(words) is value


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("PDC", Kind.touchpoint),
        ("Points de contact", Kind.touchpoint),
        ("pain point", Kind.irritant),
        ("Rupture", Kind.breakpoint),
        ("ATTENTE", Kind.need),
        ("opportunites", Kind.opportunity),
        ("Question", Kind.need),
        ("enchantement ", Kind.delight),
        ("truc", None),
        ("", None),
    ],
)
def test_a_kind_has_many_words(words: str, kind: Kind | None) -> None:
    found = values.kind(words)
    assert (found[0] if found else None) == kind


def test_a_question_stays_a_question_among_the_needs() -> None:
    assert values.kind("Question") == (Kind.need, "question")


@pytest.mark.parametrize(
    ("words", "value"),
    [("5", 5), ("3/5", 3), ("fort", 4), ("faible", 2), ("0", None), ("6", None), ("cher", None)],
)
def test_an_impact_is_from_one_to_five(words: str, value: int | None) -> None:
    found = values.score(words)
    assert (found[0] if found else None) == value


@pytest.mark.parametrize(
    "text", ["=1+1", "+33", "-", "@a", "\tx", "\0x", " =1", "'=1", "''=1", "＝1", "'\t", "\n="]
)
def test_a_protected_text_cannot_start_a_formula_and_comes_back(text: str) -> None:
    assert protect(text).startswith("'")
    assert unprotect(protect(text)) == text


@pytest.mark.parametrize("text", ["bonjour", "'bonjour", "l'été", "", "1 = 1", "« - »"])
def test_an_ordinary_text_is_left_alone(text: str) -> None:
    assert protect(text) == text == unprotect(text)
