"""What a note asks of the CRM: what sets it off, what is done, for whom, how fast."""

import pytest

from charniere.domain.board import Kind
from charniere.spec import wall as walls
from charniere.spec.reading import effects, promise, trigger
from charniere.spec.wall import Told
from spec.builders import board, note


def told(text: str, lang: str = "fr") -> Told:
    return walls.read([board(note(1, Kind.action, text, 2, "c3"), lang=lang)]).notes[0]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Couper les scénarios dès qu'une opportunité est ouverte", "event", "une opportunité est ouverte"),
        ("SLA : toute demande de visite est rappelée sous 6 h ouvrées", "event", "toute demande de visite"),
        ("Création du dossier chantier à la signature", "event", "signature"),
        ("Afficher le contrat quand le client appelle", "event", "le client appelle"),
        (
            "Relance auto si offre sans réponse depuis 12 jours",
            "absence",
            "offre sans réponse depuis 12 jours",
        ),
        (
            "Alerte au gestionnaire si baisse de fréquentation de 25 % sur deux mois",
            "threshold",
            "baisse de fréquentation de 25 % sur deux mois",
        ),
        ("Upsell quand le client dépasse 80 repas", "threshold", "le client dépasse 80 repas"),
        ("Appel du commercial 4 mois avant la fin du bail", "date", "4 mois avant la fin du bail"),
        ("Alerte renouvellement à J-80", "date", "renouvellement J-80"),
        (
            "Tâche d'appel à J+4 et J+9 de la période découverte",
            "event",
            "J+4 et J+9 de la période découverte",
        ),
        ("Proposer une révision avant l'échéance", "date", "avant l'échéance"),
        ("Incident en salle : un technicien arrive en moins de 10 minutes", "event", "Incident en salle"),
        ("Demande de dépannage traitée sous 12 h", "event", "Demande de dépannage"),
        (
            "Deux absences en une semaine : appel du référent sous 48 h",
            "event",
            "Deux absences en une semaine",
        ),
        ("Relance panier abandonné à 1 h", "event", "panier abandonné"),
        ("Cliente inactive depuis 12 mois : offre de retour", "absence", "Cliente inactive depuis 12 mois"),
        ("Toute demande de visite déclenche un appel", "event", "Toute demande de visite"),
    ],
)
def test_a_trigger_is_read_from_the_words(text: str, kind: str, words: str) -> None:
    start = trigger(told(text))
    assert start is not None
    assert (start.kind, start.words) == (kind, words)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Connect to Xero so that an invoice is created at signature", "event", "signature"),
        ("Follow up if the offer has no reply for 5 days", "absence", "no reply for 5 days"),
        ("Any detractor is called within 48 hours", "event", "Any detractor"),
        ("Discounts over 10% must be approved", "threshold", "Discounts over 10%"),
    ],
)
def test_a_trigger_is_read_in_english(text: str, kind: str, words: str) -> None:
    start = trigger(told(text, "en"))
    assert start is not None
    assert start.kind == kind
    assert words in start.words


@pytest.mark.parametrize(
    "text",
    ["Dossier type remis sous 7 jours ouvrés", "Réduire les statuts de lead", "Relancer les clients"],
)
def test_a_note_that_says_no_trigger_has_none(text: str) -> None:
    assert trigger(told(text)) is None


def test_each_thing_to_do_has_its_recipient_and_its_delay() -> None:
    found = effects(told("Alerte renouvellement à J-80 au gestionnaire + courrier au client à J-40"))
    assert [(e.kind, e.recipient, e.delay.words if e.delay else "") for e in found] == [
        ("alert", "gestionnaire", "J-80"),
        ("send", "client", "J-40"),
    ]


def test_several_days_are_several_things_to_do() -> None:
    found = effects(told("Relancer à J+7 et J+21 tout devis sans réponse"))
    assert [e.delay.amount for e in found if e.delay] == [7, 21]


def test_two_people_told_are_two_recipients() -> None:
    assert (
        effects(told("Prévenir le client ET le gestionnaire dès que la date bouge"))[0].recipient
        == "client, gestionnaire"
    )


def test_what_is_stopped_is_not_started() -> None:
    assert [e.kind for e in effects(told("Couper les scénarios de nurturing"))] == ["stop"]


def test_what_must_not_come_first_is_not_done() -> None:
    assert [e.kind for e in effects(told("Proposer un pilote avant de relancer"))] == ["offer"]


def test_a_promise_has_its_subject_what_is_done_and_its_delay() -> None:
    given = promise(told("Offre envoyée sous 36 h après la visite, trame commune"))
    assert given is not None
    assert (given.subject, given.done, given.delay.words) == ("Offre", "envoyée", "sous 36 h")
