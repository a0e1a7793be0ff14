"""What each section takes from the wall, and what it must leave alone."""

import pytest
from msgspec.structs import replace

from charniere.domain.board import BoardInfo, Kind, Note
from charniere.spec.compile import compile_spec
from charniere.spec.model import Spec
from spec.builders import board, note


def spec(
    *notes: Note,
    links: tuple[tuple[int, int], ...] = (),
    exits: dict[int, str] | None = None,
    lang: str = "fr",
) -> Spec:
    return compile_spec([board(*notes, links=links, exits=exits, lang=lang)])


def numbers(sources: tuple[object, ...]) -> list[int | None]:
    return [s.number for s in sources]  # type: ignore[attr-defined]


def test_a_workflow_cites_its_action_and_the_pain_it_answers() -> None:
    found = spec(
        note(1, Kind.breakpoint, "Silence après la proposition", 2),
        note(2, Kind.action, "Relance auto si offre sans réponse depuis 12 jours", 2, "c3", owner="Karim"),
        links=((2, 1),),
    ).workflows
    assert [numbers(w.sources) for w in found] == [[2, 1]]
    assert numbers(found[0].answers) == [1]
    assert found[0].state == "proposed"


def test_a_workflow_without_trigger_asks_for_it() -> None:
    found = spec(note(1, Kind.action, "Alerte au directeur commercial", 2, "c3")).workflows[0]
    assert found.state == "to_complete"
    assert {"trigger", "owner"} <= {q.about for q in found.questions}


def test_an_assignment_happens_when_the_record_arrives_unless_somebody_said_otherwise() -> None:
    found = spec(note(1, Kind.action, "Attribuer les leads par région", 2, "c3")).workflows[0]
    assert found.state == "to_confirm"
    assert "trigger" in found.to_confirm


def test_an_action_that_nothing_automates_is_only_an_action() -> None:
    found = spec(note(1, Kind.action, "Former les commerciaux à l'écoute", 2, "c3"))
    assert found.workflows == ()
    assert [a.label for a in found.actions] == ["Former les commerciaux à l'écoute"]


def test_a_delay_that_a_pain_complains_of_is_no_promise() -> None:
    found = spec(note(1, Kind.irritant, "Offre reçue 15 jours après la visite", 2))
    assert [s.delay for s in found.sla if s.delay] == []
    assert found.workflows == ()


def test_a_gift_or_a_span_is_no_promise() -> None:
    found = spec(note(1, Kind.opportunity, "Parrainage : 2 mois offerts à la marraine", 5, "c3"))
    assert [s for s in found.sla if s.delay] == []


def test_levels_of_urgency_are_values_and_promises() -> None:
    found = spec(
        note(
            1,
            Kind.action,
            "Urgence du ticket : vitre cassée = 24 h, infiltration = 48 h",
            4,
            "c3",
            crm_object="ticket",
        )
    )
    field = next(f for f in found.fields if f.object == "ticket" and f.type == "picklist")
    assert [v.label for v in field.values] == ["Vitre cassée", "Infiltration"]
    assert [(s.starts, s.delay.amount) for s in found.sla if s.delay] == [
        ("Vitre cassée", 24),
        ("Infiltration", 48),
    ]


def test_what_an_action_makes_obligatory_becomes_fields_required_there() -> None:
    found = spec(
        note(
            1,
            Kind.action,
            "Rendre obligatoires montant et date de pose souhaitée avant d'envoyer le devis",
            2,
            "c3",
        )
    )
    required = {f.label: (f.required_at, f.required_when) for f in found.fields if f.required_at}
    assert required == {
        "Montant": ("Évaluation", "avant d'envoyer le devis"),
        "Date de pose souhaitée": ("Évaluation", "avant d'envoyer le devis"),
    }


def test_a_complaint_about_a_question_makes_no_field() -> None:
    found = spec(
        note(1, Kind.irritant, "Formulaire trop long : on me demande même le chiffre d'affaires !", 1, "c2")
    )
    assert [f.label for f in found.fields if "affaires" in f.label.lower()] == []


def test_the_values_of_a_list_are_those_that_were_said() -> None:
    found = spec(
        note(1, Kind.need, "Pourquoi perd-on ? tarif, distance, horaires...", 2, "c3"),
        note(2, Kind.touchpoint, "Je reçois le devis", 2),
    )
    field = next(f for f in found.fields if f.label == "Motif de perte")
    assert [v.label for v in field.values] == ["Tarif", "Distance", "Horaires"]


def test_a_list_without_values_asks_for_them() -> None:
    found = spec(note(1, Kind.action, "Motif de résiliation obligatoire", 5, "c3"))
    field = next(f for f in found.fields if f.label == "Motif de résiliation")
    assert field.state == "to_complete"
    assert "values" in {q.about for q in field.questions}


def test_quoted_statuses_replace_the_usual_ones() -> None:
    found = spec(
        note(
            1,
            Kind.action,
            "Statuts de lead : À appeler, Joint, Intéressé, Écarté, Client",
            1,
            "c3",
        ),
        note(2, Kind.touchpoint, "J'ouvre un ticket", 4),
        note(3, Kind.irritant, "Tickets bloquants noyés", 4),
    ).statuses
    assert [s.label for s in found if s.object == "lead"] == [
        "À appeler",
        "Joint",
        "Intéressé",
        "Écarté",
        "Client",
    ]
    assert {s.state for s in found if s.object == "lead"} == {"proposed"}
    assert {s.state for s in found if s.object == "ticket"} == {"to_confirm"}


def test_a_sales_pipeline_is_told_in_the_customers_words_and_ends_with_a_yes_and_a_no() -> None:
    found = spec(
        note(1, Kind.touchpoint, "J'assiste à une démo", 2),
        note(2, Kind.touchpoint, "Je reçois la proposition", 2),
        note(3, Kind.touchpoint, "Je signe électroniquement", 3),
        note(4, Kind.action, "Devis remis sous 36 h après la visite", 2, "c3"),
    ).pipelines
    sales = next(p for p in found if p.key == "sales")
    assert [(s.label, s.outcome) for s in sales.stages] == [
        ("Démo réalisée", "open"),
        ("Proposition remise", "open"),
        ("Signé", "won"),
        ("Perdu", "lost"),
    ]
    assert sales.stages[1].max_delay is not None
    assert sales.stages[1].max_delay.words == "sous 36 h"
    assert all("probability" in s.to_confirm for s in sales.stages if s.outcome == "open")


def test_nothing_is_sold_where_nobody_speaks_of_a_sale() -> None:
    found = spec(
        note(1, Kind.touchpoint, "Je dépose un dossier au guichet", 2),
        note(
            2, Kind.action, "Accusé de réception sous 5 jours avec les pièces manquantes du dossier", 2, "c3"
        ),
        note(3, Kind.touchpoint, "Je reçois la décision", 3),
    )
    assert {p.key for p in found.pipelines} == {"request"}
    assert "opportunity" not in {o.key for o in found.objects}


def test_what_is_bought_without_a_deal_is_a_sale_of_orders() -> None:
    found = spec(
        note(1, Kind.touchpoint, "Je remplis mon panier et je paie en ligne", 3, "c2"),
        note(2, Kind.touchpoint, "Je passe commande", 3, "c2"),
        note(3, Kind.irritant, "Ma commande est en retard", 4),
        note(4, Kind.action, "Relance panier abandonné à 1 h", 3, "c3"),
        exits={3: "la commande est payée"},
    )
    sales = next(p for p in found.pipelines if p.key == "sales")
    assert sales.object == "order"
    assert [s.outcome for s in sales.stages] == ["won", "lost"]


def test_a_seller_task_is_never_a_stage() -> None:
    found = spec(
        note(1, Kind.touchpoint, "Je reçois le devis", 2),
        note(2, Kind.action, "Relancer le devis à J+3", 2, "c3"),
        note(3, Kind.touchpoint, "Je signe le devis", 3),
    )
    labels = [s.label for p in found.pipelines for s in p.stages]
    assert not any(word in label.lower() for label in labels for word in ("relanc", "appel", "envoyer"))


def test_a_stage_without_exit_leaves_its_transition_open() -> None:
    found = spec(
        note(1, Kind.touchpoint, "Je regarde le site", 1, "c2"),
        exits={1: "le prospect a laissé ses coordonnées"},
    )
    assert [(t.state, t.criterion) for t in found.transitions][:2] == [
        ("proposed", "le prospect a laissé ses coordonnées"),
        ("to_complete", ""),
    ]
    assert "criterion" in {q.about for q in found.transitions[1].questions}


def test_a_threshold_in_an_exit_is_a_condition() -> None:
    found = spec(
        note(1, Kind.touchpoint, "Je forme mes équipes", 4),
        exits={4: "au moins 70 % des tournées sont planifiées"},
    )
    condition = found.transitions[3].rule.conditions[0]
    assert (condition.kind, condition.operator) == ("threshold", "ge")
    assert condition.measure is not None
    assert condition.measure.amount == 70


def test_needs_on_one_theme_are_one_document_and_others_are_questions() -> None:
    found = spec(
        note(1, Kind.need, "Combien ça coûte ?", 1),
        note(2, Kind.need, "Quels sont vos tarifs ?", 2),
        note(3, Kind.need, "Est-ce que le chien peut venir ?", 2),
    ).content
    assert [numbers(c.sources) for c in found] == [[1, 2], [3]]
    assert found[1].kind == "faq"


def test_what_delights_is_taught() -> None:
    found = spec(note(1, Kind.delight, "Ils ont tout nettoyé avant de partir", 4)).content
    assert [c.kind for c in found] == ["training"]


def test_scenarios_are_what_customers_tell_on_our_ground() -> None:
    found = spec(
        note(1, Kind.touchpoint, "Je demande une démo", 1, "c2", moment_of_truth=True),
        note(2, Kind.touchpoint, "Le commercial tient son tableau à part", 2, "c3"),
        note(3, Kind.touchpoint, "Je dis non aux concurrents que j'avais consultés", 3),
        note(4, Kind.touchpoint, "je demande une démo.", 1, "c2"),
    ).scenarios
    assert [numbers(s.sources) for s in found] == [[1, 4]]
    assert found[0].critical


def test_what_is_done_by_hand_today_is_somebodys_duty() -> None:
    found = spec(note(1, Kind.touchpoint, "L'ADV ressaisit la commande dans l'ERP", 3, "c3")).roles
    assert [d.kind for r in found if r.label == "ADV" for d in r.duties] == ["does_today"]


def test_a_named_product_is_the_system_of_its_integration() -> None:
    found = spec(
        note(1, Kind.action, "Relier le CRM à l'ERP (Cegid) : création du client à la signature", 3, "c3")
    ).integrations
    erp = next(i for i in found if i.kind == "erp")
    assert (erp.system, numbers(erp.sources)) == ("Cegid", [1])
    assert {f.source for f in erp.flows} == {"CRM", erp.label}


def test_a_shared_definition_keeps_its_criteria_and_cites_the_question() -> None:
    found = spec(
        note(1, Kind.need, "C'est quoi un lead qualifié chez nous ?", 2, "c3"),
        note(
            2,
            Kind.action,
            "Définir la fiche du lead qualifié : nb de lits ≥ 20, projet < 9 mois",
            2,
            "c3",
            owner="Sophie",
        ),
    ).scoring
    assert [c.words for c in found[0].criteria.conditions] == ["Nb de lits ≥ 20", "Projet < 9 mois"]
    assert numbers(found[0].sources) == [2, 1]


def test_a_target_is_written_only_when_somebody_said_it() -> None:
    found = spec(note(1, Kind.touchpoint, "J'appelle", 1)).kpis
    assert all(k.target is None for k in found)


@pytest.mark.parametrize(
    "text", ["Où donner mon consentement pour les SMS", "Je me désinscris de la newsletter"]
)
def test_personal_data_never_gets_a_basis_or_a_period_by_itself(text: str) -> None:
    found = spec(note(1, Kind.need, text, 1)).personal_data[0]
    assert (found.legal_basis, found.retention, found.state) == ("", None, "to_complete")
    assert {q.about for q in found.questions} == {"legal_basis", "retention"}


def test_opportunities_wait_for_somebody_until_an_action_takes_them_up() -> None:
    found = spec(
        note(1, Kind.opportunity, "Leads dormants à réactiver", 1, "c3"),
        note(2, Kind.opportunity, "Calculateur en ligne", 1, "c3"),
        note(3, Kind.action, "Relancer les leads sans activité depuis 8 mois", 1, "c3", owner="Julie"),
        links=((3, 1),),
    ).actions
    assert [(a.reason.rule, bool(a.questions)) for a in found] == [
        ("action", False),
        ("opportunity_taken", False),
        ("opportunity", True),
    ]


def test_a_team_that_the_board_names_is_one_whatever_is_in_its_name() -> None:
    file = board(
        note(1, Kind.action, "Relancer les pièces manquantes", 1, "c3", team="Dossiers & aides"),
        note(2, Kind.action, "Écrire le guide", 1, "c3", team="Marketing & ventes"),
    )
    info = replace(file.board.info, teams=("Dossiers & aides",))
    named = replace(file, records=(info, *(one for one in file.records if not isinstance(one, BoardInfo))))
    found = {one.label for one in compile_spec([named]).roles if one.kind == "team"}
    assert "Dossiers & aides" in found
    assert "Marketing & ventes" not in found
