"""Delays and thresholds: amount, unit, direction, anchor, and the words as written."""

import pytest

from charniere.spec.measures import measures


@pytest.mark.parametrize(
    ("text", "words", "amount", "unit", "direction"),
    [
        ("traitée sous 6 h ouvrées, sinon appel", "sous 6 h ouvrées", 6, "business_hour", "within"),
        ("Dossier type remis sous 7 jours ouvrés", "sous 7 jours ouvrés", 7, "business_day", "within"),
        ("Alerte échéance à J-80 au gestionnaire", "J-80", 80, "day", "before"),
        ("Tâche d'appel à J+3", "J+3", 3, "day", "after"),
        ("offre sans réponse depuis 12 jours", "depuis 12 jours", 12, "day", "since"),
        ("au-delà de 12 %, le directeur valide", "au-delà de 12 %", 12, "percent", "more_than"),
        ("nb de lits ≥ 20", "≥ 20", 20, "count", "at_least"),
        ("projet < 6 mois", "< 6 mois", 6, "month", "less_than"),
        ("Appel quatre mois avant la fin du bail", "quatre mois", 4, "month", "before"),
        ("à partir de 25 000 h au compteur", "à partir de 25 000 h", 25000, "hour", "at_least"),
        ("Passage de relais dans la semaine", "dans la semaine", 1, "week", "within"),
        ("liste de 12 motifs max, statuts limités à 5", "limités à 5", 5, "count", "at_most"),
    ],
)
def test_a_french_delay_or_threshold_is_read_as_written(
    text: str, words: str, amount: float, unit: str, direction: str
) -> None:
    found = [f.measure for f in measures(text, "fr")]
    assert (words, amount, unit, direction) in [(m.words, m.amount, m.unit, m.direction) for m in found]


@pytest.mark.parametrize(
    ("text", "words", "amount", "unit", "direction"),
    [
        ("answered within 4 business hours", "within 4 business hours", 4, "business_hour", "within"),
        ("Renewal alert 90 days before the end of the agreement", "90 days", 90, "day", "before"),
        ("no reply for 5 days", "for 5 days", 5, "day", "since"),
        ("Discounts over 10% must be approved", "over 10%", 10, "percent", "more_than"),
        ("sent the same day", "the same day", 1, "day", "within"),
    ],
)
def test_an_english_delay_or_threshold_is_read_as_written(
    text: str, words: str, amount: float, unit: str, direction: str
) -> None:
    found = [f.measure for f in measures(text, "en")]
    assert (words, amount, unit, direction) in [(m.words, m.amount, m.unit, m.direction) for m in found]


def test_what_a_delay_counts_from_is_read_from_the_words_around_it() -> None:
    assert measures("Offre envoyée sous 36 h après la visite", "fr")[0].measure.anchor == "la visite"
    assert measures("4 mois avant la fin du bail → appel", "fr")[0].measure.anchor == "la fin du bail"
    both = measures("Tâche à J+4 et J+9 de la période découverte", "fr")
    assert [f.measure.anchor for f in both] == ["la période découverte", "la période découverte"]


def test_a_fall_has_what_falls_and_over_which_span() -> None:
    measure = measures("Alerte si baisse de fréquentation de 25 % sur deux mois", "fr")[0].measure
    assert (measure.amount, measure.direction, measure.subject) == (25, "drop", "fréquentation")
    assert measure.window is not None
    assert (measure.window.amount, measure.window.unit) == (2, "month")


def test_a_threshold_has_its_subject() -> None:
    assert measures("secteur hôtelier, nb de lits ≥ 20", "fr")[0].measure.subject == "nb de lits"


@pytest.mark.parametrize(
    "text",
    [
        "Livraison un vendredi à 16h",
        "Je me lève un mardi à 5h du matin",
        "2 mois offerts à la marraine",
        "on tourne en 3x8",
        "Chat ouvert jusqu'à 22 h",
        "coût du chauffage sur 6 ans",
        "trois absences en une semaine",
        "Je pousse la porte",
        "",
    ],
)
def test_an_hour_of_the_clock_or_a_gift_is_no_delay(text: str) -> None:
    assert [f for f in measures(text, "fr") if f.measure.unit not in ("count", "")] == []
