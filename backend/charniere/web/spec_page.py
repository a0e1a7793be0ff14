"""The specification of a board as a page to read: a frozen version, or the draft where there is no script."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from charniere.access.membership import admit
from charniere.domain.rights import Action
from charniere.spec.edition import Edition
from charniere.spec.model import SetAside
from charniere.web.drafts import Reviewed, reviewed
from charniere.web.language import language_of
from charniere.web.render import Page, render
from charniere.web.spec_view import Reading, Remark, Row, Section, Use, matrix_rows, remarks, sections, uses

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class SpecPage(Page):
    """`used` of `total` notes feed the specification; `persona` is "" where the board has none."""

    template: ClassVar[str] = "spec.html"
    entry: ClassVar[str] = "spec"
    board: str
    client: str
    persona: str
    written_in: str
    edition: Edition
    frozen_on: str  # YYYY-MM-DD
    query: str  # of its downloads
    sections: tuple[Section, ...]
    stages: tuple[str, ...]
    matrix: tuple[Row, ...]
    coverage: tuple[Use, ...]
    findings: tuple[Remark, ...]
    aside: tuple[SetAside, ...]
    found: int
    lines: int
    open: int
    confirm: int
    used: int
    total: int


@router.get("/b/{board}/specification/lecture")
async def reading(request: Request, board: str) -> Response:
    """The draft as it stands, for a browser without script. For whoever may download the board: it is the same content."""
    return await _read(request, board, None)


@router.get("/b/{board}/specification/v/{number}")
async def version(request: Request, board: str, number: int) -> Response:
    """A frozen version."""
    return await _read(request, board, number)


async def _read(request: Request, board: str, number: int | None) -> Response:
    await admit(request, board, Action.download)
    found = await reviewed(request, board, number)
    lang = language_of(request)
    return render(request, await run_in_threadpool(page, board, found, lang))


def page(board: str, found: Reviewed, lang: str) -> SpecPage:
    """Worded for a reader of `lang`."""
    spec = found.spec
    reading = Reading(spec, {file.id: file.board for file in found.files}, lang)
    sectioned = sections(reading)
    notes = spec.coverage.notes
    return SpecPage(
        board=board,
        client=spec.project.client,
        persona=spec.personas[0].name if spec.personas else "",
        written_in=spec.lang,
        edition=found.edition,
        frozen_on=_day(found.edition.at),
        query=f"?version={found.edition.number}" if found.edition.frozen else "",
        sections=sectioned,
        stages=spec.matrix.stages,
        matrix=matrix_rows(reading),
        coverage=uses(reading),
        findings=remarks(reading),
        aside=spec.rejected,
        found=len(spec.findings),
        lines=sum(len(one.lines) for one in sectioned),
        open=sum(one.open for one in sectioned),
        confirm=sum(one.confirm for one in sectioned),
        used=sum(1 for use in notes if use.items),
        total=len(notes),
    )


def _day(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).date().isoformat() if at else ""
