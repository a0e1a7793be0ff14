"""The specification of a board as a page: every line beside the notes it comes from. Read-only."""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from charniere.access.membership import admit
from charniere.domain.boardfile import BoardFile
from charniere.domain.rights import Action
from charniere.spec.compile import compile_spec
from charniere.spec.model import Spec
from charniere.web.downloads import board_file
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
    sections: tuple[Section, ...]
    stages: tuple[str, ...]
    matrix: tuple[Row, ...]
    coverage: tuple[Use, ...]
    findings: tuple[Remark, ...]
    found: int
    lines: int
    open: int
    confirm: int
    used: int
    total: int


@router.get("/b/{board}/specification")
async def specification(request: Request, board: str) -> Response:
    """For whoever may download the board: it is the same content."""
    await admit(request, board, Action.download)
    file = await board_file(request, board)
    lang = language_of(request)
    return render(request, await run_in_threadpool(page, file, lang))


def page(file: BoardFile, lang: str) -> SpecPage:
    """Compiled and worded for a reader of `lang`."""
    spec = compile_spec([file])
    return _page(file, spec, Reading(spec, {file.id: file.board}, lang))


def _page(file: BoardFile, spec: Spec, reading: Reading) -> SpecPage:
    found = sections(reading)
    notes = spec.coverage.notes
    return SpecPage(
        board=file.id,
        client=spec.project.client,
        persona=spec.personas[0].name if spec.personas else "",
        written_in=spec.lang,
        sections=found,
        stages=spec.matrix.stages,
        matrix=matrix_rows(reading),
        coverage=uses(reading),
        findings=remarks(reading),
        found=len(spec.findings),
        lines=sum(len(one.lines) for one in found),
        open=sum(one.open for one in found),
        confirm=sum(one.confirm for one in found),
        used=sum(1 for use in notes if use.items),
        total=len(notes),
    )
