"""Form posts read strictly: few fields, short values, texts cleaned."""

import unicodedata
from typing import Final

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from charniere.errors import Code, Refused

FIELDS: Final = 20


async def fields(request: Request) -> dict[str, str]:
    """The form's text fields. Raises Refused(bad_frame) for anything else."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise Refused(Code.bad_frame)
    try:
        form: FormData = await request.form(max_files=0, max_fields=FIELDS)
    except (HTTPException, UnicodeDecodeError) as problem:
        raise Refused(Code.bad_frame) from problem
    return {name: value for name, value in form.items() if isinstance(value, str)}


def one_line(text: str) -> str:
    """A name as a person means it: composed accents, single spaces, nothing invisible but the joiners of emoji."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(c if c.isprintable() or c == "\u200d" else " " for c in composed)
    return " ".join(kept.split())
