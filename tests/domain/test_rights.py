"""The table of rights, written out."""

import pytest

from charniere.domain.rights import Action, Level, Role, Standing, may

LOOK = {Action.read, Action.be_present, Action.download}
OWN = {Action.add_note, Action.change_note, Action.link_notes, Action.undo}
SPEAK = {Action.comment, Action.approve}
LEAD = {Action.shape_grid, Action.set_board, Action.read_log, Action.invite, Action.review, Action.freeze}
ALL = set(Action)

# role, level, locked -> what may be done to one's own, what to the notes of others
TABLE = [
    (Role.facilitator, Level.collaborate, False, ALL, ALL),
    (Role.facilitator, Level.contribute, False, ALL, ALL),
    (Role.facilitator, Level.read_only, False, ALL, ALL),
    (
        Role.facilitator,
        Level.collaborate,
        True,
        LOOK | SPEAK | {Action.set_board, Action.read_log, Action.invite, Action.freeze},
        None,
    ),
    (Role.participant, Level.collaborate, False, LOOK | OWN | SPEAK, LOOK | OWN | SPEAK),
    (
        Role.participant,
        Level.contribute,
        False,
        LOOK | OWN | SPEAK,
        LOOK | SPEAK | {Action.add_note, Action.undo},
    ),
    (Role.participant, Level.read_only, False, LOOK | SPEAK, LOOK | SPEAK),
    (Role.participant, Level.collaborate, True, LOOK | SPEAK, LOOK | SPEAK),
    (Role.observer, Level.collaborate, False, LOOK, LOOK),
    (Role.observer, Level.collaborate, True, LOOK, LOOK),
    (Role.screen, Level.collaborate, False, {Action.read}, {Action.read}),
    (Role.screen, Level.collaborate, True, {Action.read}, {Action.read}),
]


@pytest.mark.parametrize(("role", "level", "locked", "own", "others"), TABLE)
def test_what_a_role_may_do(
    role: Role, level: Level, locked: bool, own: set[Action], others: set[Action] | None
) -> None:
    standing = Standing(role, level, locked)
    assert {a for a in Action if may(standing, a, own=True)} == own
    assert {a for a in Action if may(standing, a, own=False)} == (own if others is None else others)


def test_the_table_names_every_action() -> None:
    assert LOOK | OWN | LEAD | SPEAK == ALL
