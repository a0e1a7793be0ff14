"""Folding keeps positions; labels and API names are clean; lists are cut where people cut them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charniere.spec.listing import list_items
from charniere.spec.words import api_name, fold, label, trim


@given(st.text(max_size=200))
def test_a_position_in_the_folded_text_is_a_position_in_the_text(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(max_size=300))
def test_any_text_has_a_name_that_every_crm_takes(text: str) -> None:
    name = api_name(text)
    assert name.isascii()
    assert name[0].isalpha()
    assert len(name) <= 62


def test_a_name_leaves_small_words_and_accents_out() -> None:
    assert api_name("Date d'échéance du contrat") == "date_echeance_contrat"
    assert api_name("Œuvre & Cie") == "oeuvre_cie"
    assert api_name("3 étoiles") == "c_3_etoiles"


def test_a_label_is_one_line_with_a_capital_and_no_emoji() -> None:
    assert (
        label("« démo faite\navec mes tournées : bluffant 🤩 »") == "Démo faite avec mes tournées : bluffant"
    )


def test_a_long_label_is_cut_at_a_mark_or_at_a_word() -> None:
    long = "une phrase qui dure " * 20
    assert len(label(long)) <= 141
    assert not label(long).removesuffix("…").endswith(" ")


def test_trimming_keeps_a_bracket_that_is_needed() -> None:
    assert trim("(couplage téléphonie)") == "couplage téléphonie"
    assert trim("statuts (ouvert, clos)") == "statuts (ouvert, clos)"


@pytest.mark.parametrize(
    ("words", "items"),
    [
        (
            "montant, date de pose souhaitée et financeurs",
            ["montant", "date de pose souhaitée", "financeurs"],
        ),
        ("nom, tél, société, nb de lits, mail", ["nom", "tél", "société", "nb de lits", "mail"]),
        ("prix, délai, distributeur...", ["prix", "délai", "distributeur"]),
        ("SIREN + nom de domaine", ["SIREN", "nom de domaine"]),
        (
            "À appeler, Joint, Intéressé, Écarté, Client",
            ["À appeler", "Joint", "Intéressé", "Écarté", "Client"],
        ),
        ("les prescripteurs (BE, installateurs) et les clients", ["prescripteurs", "clients"]),
    ],
)
def test_a_list_is_cut_where_people_cut_it(words: str, items: list[str]) -> None:
    assert list_items(words, "fr") == items
