"""Names, sign-ins, places on boards."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from charniere.domain.rights import Role
from charniere.store import invitations, people, schema
from charniere.store.database import Database
from charniere.store.people import Connection, Named

HOUR = 3_600_000


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    schema.migrate(tmp_path / "charniere.db", tmp_path / "backups", lambda: "now")
    opened = Database.open(tmp_path / "charniere.db")
    opened.write_now(lambda c: people.add_person(c, "anna", "Anna", "Ventes", 1))
    yield opened
    opened.close()


def test_a_session_is_found_by_its_hash_until_it_is_over(database: Database) -> None:
    database.write_now(lambda c: people.open_session(c, "s", "hash", "anna", 1_000, 5_000))
    found = database.read_now(lambda c: people.signed_in(c, "hash", 4_999))
    assert found == people.SignedIn("s", "anna", "Anna", "Ventes", 1_000)
    assert database.read_now(lambda c: people.signed_in(c, "hash", 5_000)) is None
    assert database.read_now(lambda c: people.signed_in(c, "other", 4_999)) is None


def test_a_session_in_use_lasts_longer_but_not_for_ever(database: Database) -> None:
    def until() -> int:
        return database.read_now(
            lambda c: next(n for n in range(0, 20 * HOUR, HOUR) if people.signed_in(c, "hash", n) is None)
        )

    database.write_now(lambda c: people.open_session(c, "s", "hash", "anna", 0, 2 * HOUR))
    assert until() == 2 * HOUR
    database.write_now(lambda c: people.keep_session(c, "s", HOUR, 4 * HOUR, 10 * HOUR))
    assert until() == 5 * HOUR
    database.write_now(lambda c: people.keep_session(c, "s", 9 * HOUR, 4 * HOUR, 10 * HOUR))
    assert until() == 10 * HOUR


def test_sessions_that_are_over_are_swept_when_another_is_opened(database: Database) -> None:
    database.write_now(lambda c: people.open_session(c, "old", "old", "anna", 0, 10))
    database.write_now(lambda c: people.open_session(c, "new", "new", "anna", 10, 20))
    assert database.read_now(lambda c: people.signed_in(c, "old", 5)) is None
    assert database.read_now(lambda c: people.signed_in(c, "new", 15)) is not None


def test_an_ended_session_is_over_at_once(database: Database) -> None:
    database.write_now(lambda c: people.open_session(c, "s", "hash", "anna", 0, 10))
    database.write_now(lambda c: people.end_session(c, "s"))
    assert database.read_now(lambda c: people.signed_in(c, "hash", 1)) is None


def test_members_are_told_by_name_with_their_role_and_only_on_their_board(database: Database) -> None:
    def work(c: Connection) -> None:
        people.add_person(c, "zoe", "Zoé", "", 2)
        people.join(c, "board", "zoe", Role.observer, 2)
        people.join(c, "board", "anna", Role.facilitator, 3)
        people.join(c, "other", "anna", Role.observer, 4)
        people.rename(c, "zoe", "Zoé M.", "Support")

    database.write_now(work)
    assert database.read_now(lambda c: people.members(c, "board")) == [
        Named("anna", "Anna", "Ventes", Role.facilitator),
        Named("zoe", "Zoé M.", "Support", Role.observer),
    ]
    boards = database.read_now(lambda c: people.boards_of(c, "anna", 10))
    assert boards == [("other", Role.observer), ("board", Role.facilitator)]
    assert database.read_now(lambda c: people.boards_of(c, "anna", 1)) == boards[:1]


def test_a_right_withdrawn_is_gone_and_the_name_stays_known(database: Database) -> None:
    database.write_now(lambda c: people.join(c, "board", "anna", Role.participant, 1))
    database.write_now(lambda c: people.leave(c, "board", "anna"))
    assert database.read_now(lambda c: people.role_of(c, "board", "anna")) is None
    assert [n.name for n in database.read_now(lambda c: people.named(c, ["anna", "nobody"]))] == ["Anna"]


def test_a_one_time_link_is_used_by_one_even_when_two_ask_in_the_same_group(database: Database) -> None:
    database.write_now(lambda c: invitations.add_entry(c, "e", "hash", "anna", "board", 0, 100))
    used = database.write_now(lambda c: [invitations.use_entry(c, "hash", 10) for _ in range(3)])
    assert used == [True, False, False]
    found = database.read_now(lambda c: invitations.find_entry(c, "hash", 10))
    assert found == invitations.Entry("anna", "board", False)


def test_a_one_time_link_past_its_time_cannot_be_used(database: Database) -> None:
    database.write_now(lambda c: invitations.add_entry(c, "e", "hash", "anna", "board", 0, 100))
    assert database.write_now(lambda c: invitations.use_entry(c, "hash", 100)) is False


def test_an_invitation_is_revoked_on_its_own_board_once(database: Database) -> None:
    database.write_now(lambda c: invitations.invite(c, "i", "hash", "board", Role.observer, "anna", 5))
    assert database.write_now(lambda c: invitations.revoke(c, "other", "i", 6)) is False
    found = database.read_now(lambda c: invitations.find(c, "hash"))
    assert found is not None
    assert found.revoked_at is None
    assert database.write_now(lambda c: invitations.revoke(c, "board", "i", 6)) is True
    assert database.write_now(lambda c: invitations.revoke(c, "board", "i", 7)) is False
    assert database.read_now(lambda c: invitations.find(c, "hash")) == found._replace(revoked_at=6)
    (kept,) = database.read_now(lambda c: invitations.of_board(c, "board"))
    assert (kept.revoked_at, kept.role, kept.uses) == (6, Role.observer, 0)
