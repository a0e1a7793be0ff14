"""Projects, their personas and which boards are theirs. Synchronous functions of a Connection.

A board's content is a document, stored by `documents`.
"""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Column, Connection, ForeignKey, LargeBinary, String, insert, select
from sqlmodel import Field, SQLModel

from charniere.domain.project import Persona, Project
from charniere.store.people import moment


def _of_project() -> Column[str]:
    return Column(String, ForeignKey("project.id", ondelete="CASCADE"), nullable=False, index=True)


class ProjectRow(SQLModel, table=True):
    """One mission. `body` is the JSON of the domain's Project."""

    __tablename__ = "project"

    id: str = Field(primary_key=True)
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    created_at: int = Field(sa_column=moment())


class PersonaRow(SQLModel, table=True):
    """One customer type of a project. `body` is the JSON of the domain's Persona."""

    __tablename__ = "persona"

    id: str = Field(primary_key=True)
    project: str = Field(sa_column=_of_project())
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class BoardRow(SQLModel, table=True):
    """Which project a board document belongs to."""

    __tablename__ = "board"

    id: str = Field(primary_key=True)
    project: str = Field(sa_column=_of_project())
    created_at: int = Field(sa_column=moment())


_projects = SQLModel.metadata.tables["project"]
_personas = SQLModel.metadata.tables["persona"]
_boards = SQLModel.metadata.tables["board"]
_project_of = msgspec.json.Decoder(Project).decode
_persona_of = msgspec.json.Decoder(Persona).decode


def add_project(connection: Connection, project: Project, personas: Sequence[Persona], at: int) -> None:
    connection.execute(
        insert(_projects).values(id=project.id, body=msgspec.json.encode(project), created_at=at)
    )
    for persona in personas:
        connection.execute(
            insert(_personas).values(id=persona.id, project=project.id, body=msgspec.json.encode(persona))
        )


def add_board(connection: Connection, board: str, project: str, at: int) -> None:
    connection.execute(insert(_boards).values(id=board, project=project, created_at=at))


def has_project(connection: Connection, project: str) -> bool:
    return connection.execute(select(_projects.c.id).where(_projects.c.id == project)).first() is not None


def project_of(connection: Connection, board: str) -> Project | None:
    """The project of a board, or None when there is no such board."""
    body = connection.execute(
        select(_projects.c.body)
        .join(_boards, _boards.c.project == _projects.c.id)
        .where(_boards.c.id == board)
    ).scalar()
    return _project_of(body) if body is not None else None


def boards_of(connection: Connection, project: str) -> list[str]:
    rows = connection.execute(
        select(_boards.c.id).where(_boards.c.project == project).order_by(_boards.c.created_at, _boards.c.id)
    )
    return list(rows.scalars())


def personas_of(connection: Connection, project: str) -> list[Persona]:
    rows = connection.execute(select(_personas.c.body).where(_personas.c.project == project))
    return sorted((_persona_of(body) for body in rows.scalars()), key=lambda persona: persona.id)
