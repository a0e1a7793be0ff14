"""A board as it stands, or as it stood, as the file that documents and the compiler are made of; its log, with the past."""

from collections.abc import Iterable
from typing import Final

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from charniere.domain import board as boards
from charniere.domain.board import Board, BoardRecord, BoardRevision
from charniere.domain.boardfile import BoardFile
from charniere.domain.changes import Put, Remove, Revision, inverse
from charniere.errors import Code, Refused
from charniere.store import documents, projects
from charniere.web.installation import installation_of, people_of

EDITS_MOST: Final = 20_000  # as far back as one looks
_CHANGES: Final = msgspec.json.Decoder(tuple[Put[BoardRecord] | Remove[BoardRecord], ...])


async def board_file(
    request: Request, board: str, at: int | None = None, named: Iterable[str] = ()
) -> BoardFile:
    """The board as it stands, or as it stood at revision `at`, with its project and persona. Raises Refused(not_found).

    `named`: whose names go with it besides those of the notes' authors.
    """
    installation = installation_of(request)
    snapshot = await installation.hub.snapshot(board)
    value: Board = snapshot.value
    seq = snapshot.seq
    if at is not None and at < seq:
        value, seq = await _as_it_stood(request, board, value, at, seq), at
    project = await installation.database.read(lambda c: projects.project_of(c, board))
    if project is None:
        raise Refused(Code.not_found)
    personas = await installation.database.read(lambda c: projects.personas_of(c, project.id))
    names = {person.id: person.name for person in await people_of(installation.database, board)}
    wanted = {*named, *(note.author for note in value.notes.values())}
    return BoardFile(
        id=board,
        seq=seq,
        project=project,
        personas=tuple(persona for persona in personas if persona.id == value.info.persona),
        people={person: names[person] for person in sorted(wanted & names.keys())},
        records=tuple(boards.records(value)),
    )


async def revisions(request: Request, board: str, since: int, until: int) -> tuple[BoardRevision, ...]:
    """The board's edits after `since`, up to `until`, oldest first; the last EDITS_MOST of them at most."""
    entries = await installation_of(request).database.read(
        lambda c: documents.log_since(c, board, max(since, until - EDITS_MOST), EDITS_MOST, until)
    )
    return await run_in_threadpool(
        lambda: tuple(
            Revision(one.seq, one.edit_id, one.author, one.at, one.what, _CHANGES.decode(one.changes))
            for one in entries
        )
    )


async def _as_it_stood(request: Request, board: str, value: Board, at: int, seq: int) -> Board:
    """Edit after edit taken back. Further back than one looks, the board as it stands will do."""
    later = await revisions(request, board, at, seq)
    if len(later) != seq - at:
        return value
    return boards.advance(value, (change for one in reversed(later) for change in inverse(one)))
