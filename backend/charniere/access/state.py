"""What the functions of `access` need to know of the installation; found on every connection as `app.state.charniere.access`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, cast

from starlette.requests import HTTPConnection

from charniere.access.tokens import Throttle
from charniere.store.database import Database


@dataclass(frozen=True)
class Access:
    """`clock` gives milliseconds since 1970; `public_url` is how the outside reaches us when a proxy stands in between."""

    database: Database
    clock: Callable[[], int]
    new_id: Callable[[], str]
    secret: bytes
    public_url: str | None
    wrong_links: Throttle  # by address
    joins: Throttle  # by invitation


class _Holder(Protocol):
    access: Access


def access_of(connection: HTTPConnection) -> Access:
    return cast(_Holder, connection.app.state.charniere).access
