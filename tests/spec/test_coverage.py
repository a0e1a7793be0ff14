"""Coverage by the links of the wall, and the linter."""

from charniere.domain.board import Kind
from charniere.spec.compile import compile_spec
from spec.builders import board, note


def test_every_note_feeds_an_item_or_says_why_not() -> None:
    file = board(
        note(1, Kind.irritant, "On attend trop longtemps au comptoir", 2),
        note(2, None, "apporter des croissants et du café pour l'atelier", None),
        note(3, None, "???", 3),
        note(4, None, "voir avec Inès", 4),
        note(5, Kind.touchpoint, "Je signe", 3),
        note(6, Kind.action, "Rendre le sourire", 3, "c3", private=True),
        note(7, Kind.touchpoint, "À la corbeille", 3, removed_at=5),
    )
    uses = {u.note.number: (bool(u.items), u.why_not) for u in compile_spec([file]).coverage.notes}
    assert uses == {
        1: (False, "unanswered"),
        2: (False, "logistics"),
        3: (False, "empty"),
        4: (False, "not_understood"),
        5: (True, ""),
        6: (False, "private"),
    }


def test_only_links_answer_a_pain() -> None:
    file = board(
        note(1, Kind.irritant, "Quatre semaines sans nouvelles", 3),
        note(2, Kind.breakpoint, "On annule", 3),
        note(3, Kind.action, "Passage de relais dans la semaine", 3, "c3"),
        links=((3, 2),),
    )
    found = compile_spec([file]).coverage
    assert [s.number for s in found.irritant_without_action] == [1]
    assert found.breakpoint_without_action == ()
    assert [s.number for s in found.action_without_owner] == [3]


def test_nothing_of_a_private_note_is_in_the_specification() -> None:
    file = board(
        note(1, Kind.action, "Alerte SECRET au CSM", 2, "c3", private=True),
        note(2, Kind.touchpoint, "Je signe", 3),
    )
    spec = compile_spec([file])
    assert "SECRET" not in repr(spec)


def test_twins_are_told_and_cited_together() -> None:
    file = board(
        note(1, Kind.touchpoint, "Je télécharge le livre blanc", 1, "c2"),
        note(2, Kind.touchpoint, "je telecharge le Livre Blanc !", 5, "c1"),
        note(3, Kind.touchpoint, "Je me désinscris de la newsletter", 1, "c2"),
        note(4, Kind.touchpoint, "Je lis la newsletter chaque mois", 1, "c2"),
    )
    found = compile_spec([file])
    assert [[s.number for s in twins] for twins in found.coverage.near_duplicates] == [[1, 2]]


def test_the_linter_says_what_a_careful_reader_would() -> None:
    file = board(
        note(1, Kind.action, "Statuts de lead : a1 b, c1 d, e1 f, g1 h, i1 j, k1 l, m1 n", 1, "c3"),
        note(2, Kind.action, "Alerte au directeur commercial", 2, "c3"),
        note(3, Kind.action, "Motif de résiliation obligatoire", 5, "c3"),
        note(4, Kind.irritant, "Le CRM actuel plante", None),
    )
    spec = compile_spec([file])
    rules = {f.rule for f in spec.findings}
    assert {
        "too_many_statuses",
        "workflow_without_trigger",
        "picklist_without_values",
        "note_unplaced",
        "action_without_owner",
    } <= rules
    zoo = next(f for f in spec.findings if f.rule == "too_many_statuses")
    assert len(zoo.corrections) == 1
    assert zoo.corrections[0].item in {s.id for s in spec.statuses}
