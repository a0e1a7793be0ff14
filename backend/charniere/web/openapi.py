"""The API's description at /api/openapi.json: FastAPI's list of routes, with the schemas of our Structs put in."""

from typing import Any, Final

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from charniere import __version__
from charniere.domain.board import BoardRecord, BoardRevision
from charniere.web.errors import Problem

ADDRESS: Final = "/api/openapi.json"
_REF: Final = "#/components/schemas/{name}"
_SAID: Final = {
    400: "The request could not be read.",
    401: "No valid sign-in.",
    403: "The role does not allow it.",
    404: "No such thing, or no place on it.",
    409: "It cannot be as things stand.",
    413: "Too large.",
    422: "A parameter does not fit.",
}


def answers(shape: type | None, *refusals: int, status: int = 200) -> dict[int | str, dict[str, Any]]:
    """The responses of one route: its own, and the refusals it can give."""
    own: dict[str, Any] = {"description": "Done."}
    if shape is not None:
        own["content"] = _json(shape.__name__)
    told: dict[int | str, dict[str, Any]] = {status: own}
    for code in refusals:
        told[code] = {"description": _SAID[code], "content": _json(Problem.__name__)}
    return told


def takes(shape: type) -> dict[str, Any]:
    """The body that a route reads (see `bodies.given`)."""
    return {"requestBody": {"required": True, "content": _json(shape.__name__)}}


def describe(app: FastAPI) -> None:
    """Replaces the app's own description, made once when first asked for."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = get_openapi(
                title="Charnière",
                version=__version__,
                routes=app.routes,
                description="Boards of customer journeys. Sign in with an invitation link; the cookie is the key.",
            )
            document.setdefault("components", {})["schemas"] = _schemas()
            document["components"]["securitySchemes"] = {
                "session": {"type": "apiKey", "in": "cookie", "name": "charniere"}
            }
            document["security"] = [{"session": []}]
            _without_fastapi_s_own_refusal(document)
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _without_fastapi_s_own_refusal(document: dict[str, Any]) -> None:
    """FastAPI promises a 422 of its own shape to every route with a parameter; ours are `Problem`, where there are any."""
    for operations in document["paths"].values():
        for operation in operations.values():
            if "HTTPValidationError" in str(operation["responses"].get("422")):
                del operation["responses"]["422"]


def _schemas() -> dict[str, Any]:
    from charniere.web import api, compare_api, phrasing_api, review_api, versions_api

    shapes = (
        *(api.Snapshot, api.Log, api.InvitationLink, api.InvitationList, api.NewInvitation),
        *(phrasing_api.PhrasingQuestion, phrasing_api.PhrasingAnswers, Problem),
        *(review_api.DraftState, review_api.Proposed, review_api.Uses, compare_api.Compared),
        *(versions_api.Versions, versions_api.FrozenVersion, versions_api.NewVersion),
        *(versions_api.Signed, versions_api.NewApproval),
    )
    (record, revision, *_), components = msgspec.json.schema_components(
        [BoardRecord, BoardRevision, *shapes], ref_template=_REF
    )
    components["BoardRecord"] = record
    components["BoardRevision"] = revision
    components["Snapshot"]["properties"]["records"]["items"] = {"$ref": _REF.format(name="BoardRecord")}
    components["Log"]["properties"]["revisions"]["items"] = {"$ref": _REF.format(name="BoardRevision")}
    return components


def _json(name: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": _REF.format(name=name)}}}
