"""What is frozen stays as it was, to the byte; drafts, signatures and logos; and a database of before has them added."""

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from charniere.domain import limits
from charniere.domain.board import BoardInfo, Note
from charniere.domain.boardfile import BoardFile
from charniere.domain.project import Project
from charniere.errors import Code, Refused
from charniere.spec.edition import Approval, Logo
from charniere.store import documents, projects, schema, specs
from charniere.store.database import Database
from charniere.store.specs import Freezing, VersionHead

T = TypeVar("T")
PROJECT = Project(id="p1", client="Logivia")
FILE = BoardFile(
    id="b1",
    seq=12,
    project=PROJECT,
    records=(BoardInfo(title="Parcours"), Note(id="note-1", number=1, rank="V", text="J’appelle 🚚")),
)
SPEC = b'{\n "format": "charniere-spec"\n}\n'
CLAIRE = Approval(name="Claire Martin", role="Directrice", team="Ventes", day="2026-11-21")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    schema.migrate(tmp_path / "charniere.db", tmp_path / "backups", lambda: "now")
    database = Database.open(tmp_path / "charniere.db")
    database.write_now(_two_boards)
    yield database
    database.close()


def _two_boards(connection: Connection) -> None:
    projects.add_project(connection, PROJECT, [], 1)
    for board in ("b1", "b2"):
        documents.create(connection, board, "board", [BoardInfo(title=board)])
        projects.add_board(connection, board, "p1", 1)


def version(version_id: str = "v1", spec: bytes = SPEC, *files: BoardFile, note: str = "") -> Freezing:
    return Freezing(version_id, "anna", 1_000, note, spec, files or (FILE,), 7)


def frozen(database: Database, *versions: Freezing, board: str = "b1") -> list[VersionHead]:
    return [database.write_now(lambda c, one=one: specs.freeze(c, board, one)) for one in versions]


def refused(work: Callable[[], object]) -> Code:
    with pytest.raises(Refused) as raised:
        work()
    return raised.value.code


# --- drafts -----------------------------------------------------------------------------------------------


def with_draft(connection: Connection, document: str = "d1", board: str = "b1") -> None:
    documents.create(connection, document, "draft", [])
    specs.add_draft(connection, document, board, 5)


def test_a_board_finds_its_draft_and_a_draft_its_board(database: Database) -> None:
    assert database.read_now(lambda c: specs.draft_of(c, "b1")) is None
    database.write_now(with_draft)
    assert database.read_now(lambda c: specs.draft_of(c, "b1")) == "d1"
    assert database.read_now(lambda c: specs.draft_of(c, "b2")) is None
    assert database.read_now(lambda c: specs.board_of(c, "d1")) == "b1"
    assert database.read_now(lambda c: specs.board_of(c, "b1")) is None


def test_a_board_has_one_draft(database: Database) -> None:
    database.write_now(with_draft)
    with pytest.raises(IntegrityError):
        database.write_now(lambda c: with_draft(c, "d2"))
    database.write_now(lambda c: with_draft(c, "d2", "b2"))
    assert database.read_now(lambda c: specs.board_of(c, "d2")) == "b2"


def test_a_draft_whose_document_is_gone_is_gone(database: Database) -> None:
    database.write_now(with_draft)
    database.write_now(lambda c: c.execute(text("DELETE FROM document WHERE id = 'd1'")))
    assert database.read_now(lambda c: specs.draft_of(c, "b1")) is None


# --- versions ---------------------------------------------------------------------------------------------


def test_a_version_comes_back_to_the_byte_with_its_boards(database: Database) -> None:
    second = replace(FILE, id="b2", seq=3)
    (head,) = frozen(database, version("v1", SPEC, FILE, second, note="Première lecture"))
    digest = hashlib.sha256(SPEC).hexdigest()
    assert head == VersionHead("v1", "b1", 1, digest, "anna", 1_000, "Première lecture", 7, 0)
    found = database.read_now(lambda c: specs.version(c, "b1", 1))
    assert found is not None
    assert (found.head, found.spec, found.boards) == (head, SPEC, (FILE, second))


def test_versions_of_each_board_are_numbered_from_one_without_a_gap(database: Database) -> None:
    heads = frozen(database, version("v1"), version("v2", b"{}"))
    frozen(database, version("v3"), board="b2")
    with pytest.raises(IntegrityError):
        frozen(database, version("v2"))  # this id is taken: nothing is written, no number is lost
    (fourth,) = frozen(database, version("v4"))
    assert [head.number for head in (*heads, fourth)] == [1, 2, 3]
    assert [(h.id, h.number) for h in database.read_now(lambda c: specs.versions_of(c, "b1"))] == [
        ("v4", 3),
        ("v2", 2),
        ("v1", 1),
    ]
    assert database.read_now(lambda c: specs.versions_of(c, "b2"))[0].number == 1


def test_a_version_that_was_never_frozen_is_none(database: Database) -> None:
    frozen(database, version())
    assert database.read_now(lambda c: specs.version(c, "b1", 2)) is None
    assert database.read_now(lambda c: specs.version(c, "b2", 1)) is None


def test_a_version_holds_nobodys_name(database: Database) -> None:
    frozen(database, version("v1", SPEC, replace(FILE, people={"anna": "Anna Nom-Rare"})))
    found = database.read_now(lambda c: specs.version(c, "b1", 1))
    assert found is not None
    assert found.boards == (FILE,)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("spec", zlib.compress(SPEC + b" ")),  # another content, well packed
        ("spec", zlib.compress(SPEC)[:-3]),
        ("spec", b"\x00 torn"),
        ("boards", zlib.compress(b"[]")),
        ("digest", "0" * 64),
    ],
)
def test_a_version_that_is_not_what_was_frozen_is_refused_never_shown(
    database: Database, column: str, value: bytes | str
) -> None:
    frozen(database, version())
    spoil = text(f"UPDATE spec_version SET {column} = :value")
    database.write_now(lambda c: c.execute(spoil, {"value": value}))
    assert refused(lambda: database.read_now(lambda c: specs.version(c, "b1", 1))) is Code.unreadable
    assert len(database.read_now(lambda c: specs.versions_of(c, "b1"))) == 1


def test_a_note_that_is_too_long_and_one_version_too_many_are_refused(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    longest = "é" * limits.VERSION_NOTE
    frozen(database, version("v1", note=longest))
    assert refused(lambda: frozen(database, version("v2", note=longest + "x"))) is Code.too_long
    monkeypatch.setattr(limits, "VERSIONS", 1)
    assert refused(lambda: frozen(database, version("v2"))) is Code.limit_reached


# --- approvals --------------------------------------------------------------------------------------------


def sign(database: Database, signature: str, approval: Approval = CLAIRE, at: int = 2_000) -> bool:
    return database.write_now(lambda c: specs.approve(c, "v1", signature, approval, "anna", at))


def standing(database: Database) -> list[str]:
    held = database.read_now(lambda c: specs.approvals_of(c, "v1"))
    return [one.id for one in held if one.withdrawn_at is None]


def test_signatures_come_back_in_the_order_in_which_they_were_given(database: Database) -> None:
    frozen(database, version())
    assert sign(database, "z", at=2_000)
    assert sign(database, "a", replace(CLAIRE, name=" Yann ", role=" DSI ", team=""), at=3_000)
    first, second = database.read_now(lambda c: specs.approvals_of(c, "v1"))
    assert first == specs.Signature("z", CLAIRE, "anna", 2_000, None)
    assert second.approval == Approval(name="Yann", role="DSI", team="", day="2026-11-21")
    assert database.read_now(lambda c: specs.approvals_of(c, "v2")) == []


def test_one_name_signs_once_for_a_team_until_it_is_withdrawn(database: Database) -> None:
    frozen(database, version())
    assert sign(database, "one")
    assert not sign(database, "two", replace(CLAIRE, name=" Claire Martin", role="Présidente"))
    assert sign(database, "three", replace(CLAIRE, team="Service"))
    assert database.write_now(lambda c: specs.withdraw(c, "v1", "one", 4_000))
    assert sign(database, "four", at=5_000)
    assert standing(database) == ["three", "four"]
    withdrawn = next(s for s in database.read_now(lambda c: specs.approvals_of(c, "v1")) if s.id == "one")
    assert withdrawn.withdrawn_at == 4_000


def test_the_database_itself_takes_no_second_signature_of_a_name_for_a_team(database: Database) -> None:
    frozen(database, version())
    sign(database, "one")
    twice = text(
        "INSERT INTO spec_approval SELECT 'two', version, name, role, team, day, person, at, NULL FROM spec_approval"
    )
    with pytest.raises(IntegrityError):
        database.write_now(lambda c: c.execute(twice))


def test_a_signature_is_withdrawn_once_and_under_its_own_version_only(database: Database) -> None:
    frozen(database, version(), version("v2"))
    sign(database, "one")
    assert not database.write_now(lambda c: specs.withdraw(c, "v2", "one", 4_000))
    assert database.write_now(lambda c: specs.withdraw(c, "v1", "one", 4_000))
    assert not database.write_now(lambda c: specs.withdraw(c, "v1", "one", 9_000))
    assert [s.withdrawn_at for s in database.read_now(lambda c: specs.approvals_of(c, "v1"))] == [4_000]


def test_a_version_tells_how_many_signatures_stand(database: Database) -> None:
    frozen(database, version(), version("v2"))
    sign(database, "one")
    sign(database, "two", replace(CLAIRE, name="Yann"))
    database.write_now(lambda c: specs.withdraw(c, "v1", "two", 4_000))
    counted = {h.id: h.approvals for h in database.read_now(lambda c: specs.versions_of(c, "b1"))}
    assert counted == {"v1": 1, "v2": 0}
    found = database.read_now(lambda c: specs.version(c, "b1", 1))
    assert found is not None
    assert found.head.approvals == 1


def test_a_signature_without_a_name_or_with_too_many_words_is_refused(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen(database, version())
    assert refused(lambda: sign(database, "one", replace(CLAIRE, name=" \n "))) is Code.bad_value
    for field in ("name", "role", "team"):
        long = replace(CLAIRE, **{field: "x" * (limits.APPROVAL_WORDS + 1)})
        assert refused(lambda long=long: sign(database, "one", long)) is Code.too_long
    monkeypatch.setattr(limits, "APPROVALS", 1)
    assert sign(database, "one")
    assert refused(lambda: sign(database, "two", replace(CLAIRE, name="Yann"))) is Code.limit_reached


# --- logos ------------------------------------------------------------------------------------------------


def test_a_project_has_one_logo_that_can_be_replaced_and_removed(database: Database) -> None:
    first, second = (
        Logo(media_type="image/png", data=b"\x89PNG\x00"),
        Logo(media_type="image/jpeg", data=b"\xff\xd8"),
    )
    assert database.read_now(lambda c: specs.logo_of(c, "p1")) is None
    for logo in (first, second):
        database.write_now(lambda c, logo=logo: specs.set_logo(c, "p1", logo, 1))
        assert database.read_now(lambda c: specs.logo_of(c, "p1")) == logo
    assert database.write_now(lambda c: specs.remove_logo(c, "p1"))
    assert not database.write_now(lambda c: specs.remove_logo(c, "p1"))
    assert database.read_now(lambda c: specs.logo_of(c, "p1")) is None


def test_a_logo_that_is_too_large_is_refused_and_the_one_before_stays(database: Database) -> None:
    largest = Logo(media_type="image/png", data=b"x" * limits.LOGO_BYTES)
    database.write_now(lambda c: specs.set_logo(c, "p1", largest, 1))
    larger = replace(largest, data=largest.data + b"x")
    assert refused(lambda: database.write_now(lambda c: specs.set_logo(c, "p1", larger, 2))) is Code.too_large
    assert database.read_now(lambda c: specs.logo_of(c, "p1")) == largest


# --- a database of before ---------------------------------------------------------------------------------


def test_a_database_of_the_first_tables_keeps_its_content_and_takes_versions(tmp_path: Path) -> None:
    path = tmp_path / "charniere.db"
    _at_the_first_tables(path)
    database = Database.open(path)
    database.write_now(_two_boards)
    database.close()
    content = _dump(path)
    done = schema.migrate(path, tmp_path / "backups", lambda: "now")
    assert done.head == schema.head()
    assert done.backup is not None
    assert _dump(done.backup) == content
    assert {row for row in content if "alembic_version" not in row} <= _dump(path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    database = Database.open(path)
    frozen(database, version())
    assert database.read_now(lambda c: specs.version(c, "b1", 1)) is not None
    database.close()


def _at_the_first_tables(path: Path) -> None:
    from alembic.command import upgrade
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(schema.folder()))
    with schema.connect(path) as connection:
        config.attributes["connection"] = connection
        upgrade(config, "0001")
    assert schema.at(path) == "0001"


def _dump(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as db:
        return {line for line in db.iterdump() if line.startswith("INSERT")}
