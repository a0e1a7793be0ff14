"""The page of the review: the shell that the script fills, with the draft and the board beside it."""

from dataclasses import dataclass
from typing import ClassVar, Final, Literal, get_args, get_origin, get_type_hints

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from charniere.access.membership import admit
from charniere.domain.rights import Action
from charniere.errors import Code, Refused
from charniere.realtime.protocol import VERSION, Welcome
from charniere.spec import lines
from charniere.spec.attributes import ATTRIBUTES, Attribute
from charniere.spec.draft.records import STRUCTS
from charniere.store import projects
from charniere.web.board_page import you
from charniere.web.bootstrap import Option, ReviewBootstrap, in_page
from charniere.web.drafts import refreshed
from charniere.web.installation import installation_of, people_of
from charniere.web.language import language_of
from charniere.web.render import Page, text_of

router = APIRouter(include_in_schema=False)
_HOLE: Final = "<!--bootstrap-->"


@dataclass(frozen=True)
class ReviewPage(Page):
    template: ClassVar[str] = "review.html"
    entry: ClassVar[str] = "review"
    board: str
    title: str
    bootstrap: Markup = Markup(_HOLE)  # noqa: S704 our own mark, immutable


@router.get("/b/{board}/specification")
async def review_page(request: Request, board: str) -> HTMLResponse:
    """For whoever may download the board: it is the same content."""
    visitor, standing = await admit(request, board, Action.download)
    installation = installation_of(request)
    document, draft = await refreshed(request, board)
    wall = await installation.hub.snapshot(board)
    project = await installation.database.read(lambda c: projects.project_of(c, board))
    if project is None:
        raise Refused(Code.not_found)
    personas = await installation.database.read(lambda c: projects.personas_of(c, project.id))
    bootstrap = ReviewBootstrap(
        version=VERSION,
        board=board,
        document=document,
        project=project,
        personas=tuple(one for one in personas if one.id == wall.value.info.persona),
        role=standing.role.value,
        lang=language_of(request),
        welcome=Welcome(
            epoch=draft.epoch,
            seq=draft.seq,
            you=you(visitor, standing),
            people=tuple(await people_of(installation.database, document)),
            snapshot=draft.records,
        ),
        seq=wall.seq,
        records=wall.records,
        attributes=_OPTIONS,
    )
    page = ReviewPage(board=board, title=wall.value.info.title)
    before, after = text_of(request, page).split(_HOLE)
    return HTMLResponse(
        "".join((before, in_page(bootstrap), after)), headers={"Referrer-Policy": "same-origin"}
    )


def _option(section: str, attribute: Attribute) -> Option:
    return Option(attribute.name, attribute.widget, attribute.choices, _values(section, attribute))


def _values(section: str, attribute: Attribute) -> tuple[str, ...]:
    """What may be chosen, as the line's own type says; of effects and duties, their kinds."""
    if attribute.widget == "effects":
        return get_args(lines.EffectKind)
    if attribute.widget == "duties":
        return get_args(get_type_hints(lines.Duty)["kind"])
    hint = get_type_hints(STRUCTS[section])[attribute.name]  # type: ignore[index]
    return tuple(one for one in get_args(hint) if one) if get_origin(hint) is Literal else ()


_OPTIONS: Final = {
    section: tuple(_option(section, one) for one in attributes) for section, attributes in ATTRIBUTES.items()
}
