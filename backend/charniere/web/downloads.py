"""The « Télécharger » menu: a board's action list, notes, board file and specification. Nothing here changes a board."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple
from urllib.parse import quote

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from charniere.access.membership import admit
from charniere.domain import board as boards
from charniere.domain import boardfile
from charniere.domain.board import Board
from charniere.domain.boardfile import BoardFile
from charniere.domain.rights import Action
from charniere.errors import Code, Refused
from charniere.export import actions, notes, workbook
from charniere.export.documents.formats import DOCUMENTS
from charniere.i18n import t
from charniere.spec.compile import compile_spec, encode
from charniere.spec.envelope import Envelope
from charniere.store import projects
from charniere.web import making
from charniere.web.installation import installation_of, people_of

router = APIRouter(include_in_schema=False)
_CSV: Final = "text/csv; charset=utf-8"
_JSON: Final = "application/json"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_COSTLY: Final = frozenset({"spec.docx", "spec.pdf"})  # made by a process of their own
_NAME_MOST: Final = 80


class _Download(NamedTuple):
    """What the file is called (key of the catalogue, ending), its type, and how it is made."""

    name: str
    ending: str
    media_type: str
    make: Callable[[BoardFile], bytes]


def _document(kind: str, media_type: str) -> _Download:
    return _Download("spec", kind, media_type, lambda file: DOCUMENTS[kind](compile_spec([file]), [file]))


DOWNLOADS: Final[Mapping[str, _Download]] = {
    "actions.csv": _Download("actions", "csv", _CSV, lambda file: actions.write_csv(file.board)),
    "actions.xlsx": _Download("actions", "xlsx", _XLSX, lambda file: workbook.write(file.board)),
    "notes.csv": _Download("notes", "csv", _CSV, lambda file: notes.write(file.board)[0]),
    "board.json": _Download("board", "json", _JSON, boardfile.write),
    "spec.json": _Download("spec", "json", _JSON, lambda file: encode(compile_spec([file]))),
    "spec.md": _document("md", "text/markdown; charset=utf-8"),
    "spec.html": _document("html", "text/html; charset=utf-8"),
    "spec.feature": _document("feature", "text/plain; charset=utf-8"),
    "spec.xlsx": _document("xlsx", _XLSX),
    "spec.docx": _document("docx", _DOCX),
    "spec.pdf": _document("pdf", "application/pdf"),
}


@router.get("/b/{board}/download/{what}")
async def download(request: Request, board: str, what: str) -> Response:
    """One of DOWNLOADS, made of the board as it stands. For its members, but not for a projector."""
    visitor, _ = await admit(request, board, Action.download)
    chosen = DOWNLOADS.get(what)
    if chosen is None:
        raise Refused(Code.not_found)
    file = await board_file(request, board)
    headers = _headers(file.board, chosen)
    if what in _COSTLY:
        asked = Envelope(kind=chosen.ending, files=(file,))
        return await making.answer(request, asked, visitor.person_id, chosen.media_type, headers)
    data = await run_in_threadpool(chosen.make, file)
    return Response(data, media_type=chosen.media_type, headers=headers)


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


def _headers(board: Board, chosen: _Download) -> dict[str, str]:
    """The file is saved, never shown, under a name that every system takes."""
    full = f"{board.info.title} {t(board.info.lang, f'export.file.{chosen.name}')}"
    name = f"{file_name(full)}.{chosen.ending}"
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return {"Content-Disposition": disposition, "Cache-Control": "no-store"}


def file_name(words: str) -> str:
    """The words without what a path, a header or a file system could trip over; never empty, never hidden."""
    clean = "".join(c if c.isalnum() or c in " -_." else " " for c in unicodedata.normalize("NFC", words))
    clean = re.sub(r"[\s-]+", "-", clean).strip(".-_")[:_NAME_MOST].strip(".-_")
    return clean or "charniere"
