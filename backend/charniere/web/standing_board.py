"""A board as it stands, as the file that documents and the compiler are made of."""

from starlette.requests import Request

from charniere.domain import board as boards
from charniere.domain.board import Board
from charniere.domain.boardfile import BoardFile
from charniere.errors import Code, Refused
from charniere.store import projects
from charniere.web.installation import installation_of, people_of


async def board_file(request: Request, board: str) -> BoardFile:
    """The board as it stands, with its project and persona. Raises Refused(not_found)."""
    installation = installation_of(request)
    snapshot = await installation.hub.snapshot(board)
    value: Board = snapshot.value
    project = await installation.database.read(lambda c: projects.project_of(c, board))
    if project is None:
        raise Refused(Code.not_found)
    personas = await installation.database.read(lambda c: projects.personas_of(c, project.id))
    names = {person.id: person.name for person in await people_of(installation.database, board)}
    authors = sorted({note.author for note in value.notes.values() if note.author in names})
    return BoardFile(
        id=board,
        seq=snapshot.seq,
        project=project,
        personas=tuple(persona for persona in personas if persona.id == value.info.persona),
        people={author: names[author] for author in authors},
        records=tuple(boards.records(value)),
    )
