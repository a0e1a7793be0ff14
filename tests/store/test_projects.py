"""Projects and personas come back as they went in."""

from pathlib import Path

from charniere.domain.project import Persona, Project
from charniere.store import projects, schema
from charniere.store.database import Database
from charniere.store.projects import Connection

PROJECT = Project(
    id="p1",
    client="Logivia",
    purpose="Choisir un CRM",
    objectives=("un", "deux"),
    workshop={"date": "2026-10-06"},
)
CLAIRE = Persona(id="b", name="Claire", goals=("Savoir où en est son ticket 🚚",))
YANN = Persona(id="a", name="Yann")


def test_a_project_with_its_personas_and_boards_comes_back_equal(tmp_path: Path) -> None:
    schema.migrate(tmp_path / "charniere.db", tmp_path / "backups", lambda: "now")
    database = Database.open(tmp_path / "charniere.db")

    def work(c: Connection) -> None:
        projects.add_project(c, PROJECT, [CLAIRE, YANN], 1)
        projects.add_project(c, Project(id="p2", client="Fabrelec"), [], 2)
        projects.add_board(c, "later", "p1", 9)
        projects.add_board(c, "sooner", "p1", 8)
        projects.add_board(c, "elsewhere", "p2", 7)

    database.write_now(work)
    assert database.read_now(lambda c: projects.project_of(c, "later")) == PROJECT
    assert database.read_now(lambda c: projects.project_of(c, "none")) is None
    assert database.read_now(lambda c: projects.personas_of(c, "p1")) == [YANN, CLAIRE]
    assert database.read_now(lambda c: projects.personas_of(c, "p2")) == []
    assert database.read_now(lambda c: projects.boards_of(c, "p1")) == ["sooner", "later"]
    assert database.read_now(lambda c: projects.has_project(c, "p2")) is True
    assert database.read_now(lambda c: projects.has_project(c, "p3")) is False
    database.close()
