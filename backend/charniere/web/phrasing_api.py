"""REST: how a batch of phrases is told. The same engine and the same answers as on the socket; nothing is kept."""

from typing import Annotated, Final, Literal

from fastapi import APIRouter
from msgspec import Meta, Struct
from starlette.requests import Request
from starlette.responses import Response

from charniere.access.sessions import identify
from charniere.domain import limits
from charniere.errors import Code, Refused
from charniere.realtime.endpoint.phrases import assessments
from charniere.web.bodies import given, told
from charniere.web.openapi import answers, takes

router = APIRouter(prefix="/api", tags=["phrasing"])
PHRASES: Final = 500  # in one question, whose body is limited as every body is (64 KiB)


class PhrasingQuestion(Struct, frozen=True, forbid_unknown_fields=True):
    """`lang` is the language of the phrases."""

    phrases: Annotated[
        tuple[Annotated[str, Meta(max_length=limits.TEXT_STORED)], ...], Meta(max_length=PHRASES)
    ]
    lang: Literal["fr", "en"] = "fr"


class PhrasingAnswer(Struct, frozen=True):
    """`suggestion` is a whole text that could stand instead, or null. `reason` names the rule that spoke."""

    verdict: Literal["yes", "almost", "no"]
    suggestion: str | None
    reason: str


class PhrasingAnswers(Struct, frozen=True):
    """One for each phrase, in the order of the question."""

    answers: tuple[PhrasingAnswer, ...]


@router.post(
    "/phrasing",
    responses=answers(PhrasingAnswers, 400, 401, 413),
    operation_id="assess_phrases",
    openapi_extra=takes(PhrasingQuestion),
)
async def assess_phrases(request: Request) -> Response:
    """Tells for each phrase whether the customer tells it (« je »), and how it could be. For who is signed in."""
    if await identify(request) is None:
        raise Refused(Code.no_session)
    asked = await given(request, PhrasingQuestion)
    found = await assessments(asked.phrases, asked.lang)
    return told(PhrasingAnswers(tuple(PhrasingAnswer(a.verdict, a.suggestion, a.reason.rule) for a in found)))
