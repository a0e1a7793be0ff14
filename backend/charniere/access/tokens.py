"""Secrets in links and cookies: how they are made, what is kept of them, and the brake on guessing.

Only hashes reach the database. An invitation's link is derived from the installation's secret, so that it can be shown again.
"""

import base64
import hashlib
import hmac
import ipaddress
import secrets
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

TOKEN_BYTES: Final = 24  # 192 bits
TOKEN_LENGTH: Final = 32  # of their base64
WATCHED: Final = 10_000  # addresses or links remembered at once
MINUTE: Final = 60_000


def random_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def derived_token(secret: bytes, purpose: str, name: str) -> str:
    """The token of a named thing: the same each time for who has the secret, 192 random bits for anybody else."""
    digest = hmac.digest(secret, f"{purpose}:{name}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).decode()


def hashed(token: str) -> str:
    """What is stored of a token. Tokens are random, so a plain hash cannot be searched backwards."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class Throttle:
    """Counts what each key did in the last minute; a key over the limit waits. Bounded: the oldest keys are forgotten."""

    def __init__(self, limit: int, clock: Callable[[], int]) -> None:
        self._limit = limit
        self._clock = clock
        self._seen: OrderedDict[str, list[int]] = OrderedDict()

    def is_over(self, key: str) -> bool:
        since = self._clock() - MINUTE
        times = self._seen.get(key)
        return times is not None and sum(at > since for at in times) >= self._limit

    def count(self, key: str) -> None:
        now = self._clock()
        times = self._seen.pop(key, [])
        self._seen[key] = [*(at for at in times if at > now - MINUTE), now][-self._limit :]
        while len(self._seen) > WATCHED:
            self._seen.popitem(last=False)


def address_key(host: str | None) -> str:
    """Who guesses, as far as an address tells: an IPv6 subscriber owns a whole /64."""
    try:
        address = ipaddress.ip_address(host or "")
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
