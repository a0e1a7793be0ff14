"""Milestones of the customer: clauses of an exit, their names, and what did not happen."""

import pytest

from charniere.domain.board import Kind
from charniere.spec import wall as walls
from charniere.spec.milestones import clauses, milestone_label, told_milestone
from spec.builders import board, note


def test_an_exit_is_cut_into_its_clauses() -> None:
    words = (
        "la démo a eu lieu, le besoin, le budget et les décideurs sont connus, une proposition a été remise"
    )
    assert clauses(words, "fr") == [
        "la démo a eu lieu",
        "le besoin, le budget et les décideurs sont connus",
        "une proposition a été remise",
    ]
    assert clauses("the tour has taken place and an offer has been sent", "en") == [
        "the tour has taken place",
        "an offer has been sent",
    ]
    assert clauses("", "fr") == []


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("la démo a eu lieu", "Démo réalisée"),
        ("une proposition a été remise", "Proposition remise"),
        ("le besoin, le budget et les décideurs sont connus", "Besoin, budget et décideurs connus"),
        ("le prospect a demandé une démo ou accepté un échange", "Démo demandée"),
        ("le prospect a laissé ses coordonnées (formulaire, salon)", "Coordonnées laissées"),
        ("le client a donné un accord écrit sur le devis", "Accord écrit donné"),
        ("le dossier est complet", "Dossier complet"),
        ("la garantie activée", "Garantie activée"),
        ("le client a confirmé", "Confirmé par le client"),
        ("au moins 70 % des tournées sont planifiées dans l'outil", "70 % des tournées planifiées"),
    ],
)
def test_a_clause_becomes_the_name_of_a_milestone(clause: str, name: str) -> None:
    assert milestone_label(clause, "fr") == name


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("the agreement has been signed", "Agreement signed"),
        ("the customer has paid the deposit", "Deposit paid"),
        ("an offer has been sent", "Offer sent"),
    ],
)
def test_a_clause_becomes_a_name_in_english_too(clause: str, name: str) -> None:
    assert milestone_label(clause, "en") == name


def test_what_did_not_happen_is_no_milestone() -> None:
    wall = walls.read(
        [
            board(
                note(1, Kind.touchpoint, "Je reçois l'avis d'échéance sans avoir été averti", 5),
                note(2, Kind.touchpoint, "Je fais un bilan annuel", 5),
            )
        ]
    )
    assert [bool(told_milestone(t, "renewal")) for t in wall.notes] == [False, True]
