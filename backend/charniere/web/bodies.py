"""JSON bodies of the REST: read strictly as a Struct, written from one."""

from typing import TypeVar

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from charniere.errors import Code, Refused

T = TypeVar("T", bound=Struct)


async def given(request: Request, shape: type[T]) -> T:
    """What was sent. Raises Refused(bad_frame) for anything that is not JSON of this shape."""
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise Refused(Code.bad_frame)
    try:
        return msgspec.json.decode(await request.body(), type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise Refused(Code.bad_frame) from problem


def told(value: Struct, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")
