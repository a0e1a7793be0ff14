"""Delays and thresholds: amount, unit, direction, anchor, and the words as written."""

import pytest

from charniere.spec.measures import measures


@pytest.mark.parametrize(
    ("text", "words", "amount", "unit", "direction"),
    [
        ("rappelée sous 4 h ouvrées, sinon alerte", "sous 4 h ouvrées", 4, "business_hour", "within"),
        ("Devis standard remis sous 5 jours ouvrés", "sous 5 jours ouvrés", 5, "business_day", "within"),
        ("Alerte renouvellement à J-90 au CSM", "J-90", 90, "day", "before"),
        ("Tâche d'appel à J+3", "J+3", 3, "day", "after"),
        ("proposition sans réponse depuis 10 jours", "depuis 10 jours", 10, "day", "since"),
        ("au-delà de 15 %, le DirCo valide", "au-delà de 15 %", 15, "percent", "more_than"),
        ("nb de véhicules ≥ 10", "≥ 10", 10, "count", "at_least"),
        ("projet < 6 mois", "< 6 mois", 6, "month", "less_than"),
        ("Alerte trois mois avant la fin de garantie", "trois mois", 3, "month", "before"),
        ("à partir de 40 000 h de fonctionnement", "à partir de 40 000 h", 40000, "hour", "at_least"),
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
    assert measures("Devis envoyé sous 48 h après la démo", "fr")[0].measure.anchor == "la démo"
    assert measures("3 mois avant la fin de garantie → appel", "fr")[0].measure.anchor == "la fin de garantie"
    both = measures("Tâche à J+3 et J+10 de l'essai gratuit", "fr")
    assert [f.measure.anchor for f in both] == ["l'essai gratuit", "l'essai gratuit"]


def test_a_fall_has_what_falls_and_over_which_span() -> None:
    measure = measures("Alerte si baisse d'usage de 30 % sur un mois", "fr")[0].measure
    assert (measure.amount, measure.direction, measure.subject) == (30, "drop", "usage")
    assert measure.window is not None
    assert (measure.window.amount, measure.window.unit) == (1, "month")


def test_a_threshold_has_its_subject() -> None:
    assert measures("secteur transport, nb de véhicules ≥ 10", "fr")[0].measure.subject == "nb de véhicules"


@pytest.mark.parametrize(
    "text",
    [
        "Livraison un vendredi à 16h",
        "Je suis bloqué un lundi à 6h du matin",
        "1 mois offert au parrain",
        "on tourne en 3x8",
        "Chat ouvert jusqu'à 22 h",
        "prix de l'énergie sur 5 ans",
        "trois absences en une semaine",
        "Je pousse la porte",
        "",
    ],
)
def test_an_hour_of_the_clock_or_a_gift_is_no_delay(text: str) -> None:
    assert [f for f in measures(text, "fr") if f.measure.unit not in ("count", "")] == []
