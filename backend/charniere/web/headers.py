"""The security headers of every answer, and its freshness."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection

from charniere.access.origin import host_of, is_https

_YEAR: Final = 365 * 24 * 3600
_LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")
_DENIED: Final = (
    "accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
    "microphone", "midi", "payment", "publickey-credentials-get", "screen-wake-lock", "usb", "xr-spatial-tracking",
)  # fmt: skip
_PERMISSIONS: Final = ", ".join(f"{name}=()" for name in _DENIED)
_BUILT: Final = "/static/app/assets/"  # named by what they hold: they never change


def protect(connection: HTTPConnection, headers: MutableHeaders) -> None:
    """Adds the headers; what a route has set itself stays."""
    https = is_https(connection)
    for name, value in _always(connection, https):
        headers.setdefault(name, value)
    fresh = "public, max-age=31536000, immutable" if _is_built(connection) else "no-store"
    headers.setdefault("Cache-Control", fresh)
    if https:
        headers.setdefault("Strict-Transport-Security", f"max-age={_YEAR}")
    if https or _is_loopback(connection):
        # elsewhere browsers ignore it, and complain in the console
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")


def policy(connection: HTTPConnection, https: bool) -> str:
    """Scripts, styles, pictures and sockets from here and nowhere else; nothing inline, nobody may frame us."""
    host = host_of(connection)
    socket = f" {'wss' if https else 'ws'}://{host}" if host else ""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"connect-src 'self'{socket}",
            "img-src 'self' data:",
            "font-src 'self'",
            "manifest-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _always(connection: HTTPConnection, https: bool) -> tuple[tuple[str, str], ...]:
    return (
        ("Content-Security-Policy", policy(connection, https)),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", _PERMISSIONS),
    )


def _is_built(connection: HTTPConnection) -> bool:
    return connection.url.path.startswith(_BUILT)


def _is_loopback(connection: HTTPConnection) -> bool:
    host = host_of(connection) or ""
    return host.startswith(_LOOPBACK)
