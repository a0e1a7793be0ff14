"""The route of the socket: who comes is asked of `access`, what they say goes to the hub. Nothing else lives here."""

from pathlib import Path
from typing import Final

from fastapi import APIRouter
from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket

from charniere.access import membership
from charniere.access.origin import allowed
from charniere.access.sessions import identify
from charniere.access.state import access_of
from charniere.domain.rights import Standing
from charniere.realtime.endpoint.door import Door, serve
from charniere.realtime.hub import Hub

router = APIRouter()


@router.websocket("/ws/{document_id}")
async def socket(websocket: WebSocket, document_id: str) -> None:
    hub: Hub = websocket.app.state.charniere.hub
    await serve(websocket, document_id, hub, _DOOR)


async def _standing(connection: HTTPConnection, person_id: str, document_id: str) -> Standing | None:
    return await membership.standing(access_of(connection), person_id, document_id)


def _folder(connection: HTTPConnection) -> Path:
    data: Path = connection.app.state.charniere.settings.data
    return data


_DOOR: Final = Door(allowed, identify, _standing, _folder)
