"""The « Télécharger » menu: a board's action list, notes, board file and specification. Nothing here changes a board."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Annotated, Final, NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from charniere.access.membership import admit
from charniere.domain import boardfile
from charniere.domain.board import Board
from charniere.domain.boardfile import BoardFile
from charniere.domain.rights import Action
from charniere.errors import Code, Refused
from charniere.export import actions, notes, workbook
from charniere.export.documents.formats import DOCUMENTS
from charniere.i18n import t
from charniere.spec.compile import encode
from charniere.spec.edition import Edition
from charniere.spec.envelope import Envelope
from charniere.web import making
from charniere.web.drafts import Reviewed, reviewed
from charniere.web.standing_board import board_file

router = APIRouter(include_in_schema=False)
_CSV: Final = "text/csv; charset=utf-8"
_JSON: Final = "application/json"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_COSTLY: Final = frozenset({"spec.docx", "spec.pdf"})  # made by a process of their own
_FRESH: Final = (
    3_000  # milliseconds: a room that downloads while it writes must not have its wall read at each
)
_NAME_MOST: Final = 80


class _Download(NamedTuple):
    """What the file is called (key of the catalogue, ending), its type, how it is made: of the board, or of its specification."""

    name: str
    ending: str
    media_type: str
    of_board: Callable[[BoardFile], bytes] | None = None
    of_spec: Callable[[Reviewed], bytes] | None = None


def _document(kind: str, media_type: str) -> _Download:
    return _Download("spec", kind, media_type, of_spec=lambda found: DOCUMENTS[kind](*found))


DOWNLOADS: Final[Mapping[str, _Download]] = {
    "actions.csv": _Download("actions", "csv", _CSV, lambda file: actions.write_csv(file.board)),
    "actions.xlsx": _Download("actions", "xlsx", _XLSX, lambda file: workbook.write(file.board)),
    "notes.csv": _Download("notes", "csv", _CSV, lambda file: notes.write(file.board)[0]),
    "board.json": _Download("board", "json", _JSON, boardfile.write),
    "spec.json": _Download("spec", "json", _JSON, of_spec=lambda found: encode(found.spec)),
    "spec.md": _document("md", "text/markdown; charset=utf-8"),
    "spec.html": _document("html", "text/html; charset=utf-8"),
    "spec.feature": _document("feature", "text/plain; charset=utf-8"),
    "spec.xlsx": _document("xlsx", _XLSX),
    "spec.docx": _document("docx", _DOCX),
    "spec.pdf": _document("pdf", "application/pdf"),
}


@router.get("/b/{board}/download/{what}")
async def download(
    request: Request, board: str, what: str, version: Annotated[int | None, Query(ge=1)] = None
) -> Response:
    """One of DOWNLOADS, of the board as it stands; a specification also of a frozen `version`. Not for a projector."""
    visitor, _ = await admit(request, board, Action.download)
    chosen = DOWNLOADS.get(what)
    if chosen is None:
        raise Refused(Code.not_found)
    if chosen.of_board is not None:
        file = await board_file(request, board)
        data = await run_in_threadpool(chosen.of_board, file)
        return Response(data, media_type=chosen.media_type, headers=_headers(file.board, chosen))
    found = await reviewed(request, board, version, _FRESH)
    headers = _headers(found.files[0].board, chosen, found.edition)
    if what in _COSTLY:
        asked = Envelope(kind=chosen.ending, files=found.files, spec=found.spec, edition=found.edition)
        return await making.answer(request, asked, visitor.person_id, chosen.media_type, headers)
    assert chosen.of_spec is not None
    data = await run_in_threadpool(chosen.of_spec, found)
    return Response(data, media_type=chosen.media_type, headers=headers)


def _headers(board: Board, chosen: _Download, edition: Edition | None = None) -> dict[str, str]:
    """The file is saved, never shown, under a name that every system takes."""
    full = f"{board.info.title} {t(board.info.lang, f'export.file.{chosen.name}')}"
    if edition is not None and edition.frozen:
        full += f" v{edition.number}"
    name = f"{file_name(full)}.{chosen.ending}"
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return {"Content-Disposition": disposition, "Cache-Control": "no-store"}


def file_name(words: str) -> str:
    """The words without what a path, a header or a file system could trip over; never empty, never hidden."""
    clean = "".join(c if c.isalnum() or c in " -_." else " " for c in unicodedata.normalize("NFC", words))
    clean = re.sub(r"[\s-]+", "-", clean).strip(".-_")[:_NAME_MOST].strip(".-_")
    return clean or "charniere"
