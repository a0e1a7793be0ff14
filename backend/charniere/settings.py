"""What the person who runs Charnière can set. The only reader of the environment; a value that does not fit stops the start.

Every name may also be given as NAME_FILE, the path of a file that holds the value.
"""

import ipaddress
import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, TypeVar
from urllib.parse import urlsplit

from charniere.i18n import both, t

T = TypeVar("T")
Lang = Literal["fr", "en"]
SECRET_LENGTH: Final = 32
_PREFIX: Final = "CHARNIERE_"
_OF_THE_TREE: Final = {"CHARNIERE_SHARED", "CHARNIERE_PYTHON"}  # read by tests and tools, not by the server
_HOST: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$")
_LEVELS: Final = ("debug", "info", "warning", "error")


class BadSetting(Exception):
    """A setting that cannot be taken. Its text is a sentence in French, then in English."""


@dataclass(frozen=True)
class Settings:
    """All settings, checked. `public_url` has no trailing slash; `proxies` are the addresses whose X-Forwarded headers count."""

    host: str = "127.0.0.1"
    port: int = 8000
    data: Path = field(default_factory=lambda: default_data(os.environ))
    public_url: str | None = None
    lang: Lang = "fr"
    proxies: tuple[str, ...] = ()
    secret: str | None = field(default=None, repr=False)
    controller: str = ""  # who answers for the personal data, as shown on the privacy page
    log_level: str = ""  # "" is: what suits where the log goes
    wrong_links: int = 10  # unknown links one address may try in a minute
    joins: int = 120  # persons one invitation lets in during a minute

    @property
    def database(self) -> Path:
        return self.data / "charniere.db"


def load(environ: Mapping[str, str] | None = None, **given: object) -> Settings:
    """Settings from the environment; `given` (the command line) wins where it is not None. Raises BadSetting."""
    env = os.environ if environ is None else environ
    values: dict[str, object] = {"data": default_data(env)}
    for field_name, (name, parse) in _READERS.items():
        text = _asked(given.get(field_name)) or _read(env, name)
        if text is not None:
            values[field_name] = parse(name, text)
    settings = Settings(**values)  # type: ignore[arg-type]
    _outside_the_program(settings.data)
    return settings


def unknown(environ: Mapping[str, str] | None = None) -> list[str]:
    """Names that look like settings and are none: a slip of the pen must not pass in silence."""
    env = os.environ if environ is None else environ
    known = {name for name, _ in _READERS.values()} | _OF_THE_TREE
    return sorted(
        name for name in env if name.startswith(_PREFIX) and name.removesuffix("_FILE") not in known
    )


def default_data(environ: Mapping[str, str]) -> Path:
    """Where this platform keeps a user's data."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / "charniere"


def _asked(value: object) -> str | None:
    return None if value is None else str(value)


def _read(environ: Mapping[str, str], name: str) -> str | None:
    direct, file = environ.get(name), environ.get(f"{name}_FILE")
    if direct is not None and file is not None:
        raise BadSetting(both("start.bad_secret", name=f"{name}_FILE", why=_why("both", name=name)))
    if file is not None:
        try:
            direct = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as problem:
            raise _bad(f"{name}_FILE", file, "file") from problem
    if direct is not None and not direct.strip():
        raise BadSetting(both("start.bad_secret", name=name, why=_why("empty")))
    return direct


def _bad(name: str, value: str, why: str, **params: str | int) -> BadSetting:
    return BadSetting(both("start.bad_setting", name=name, value=value, why=_why(why, **params)))


def _why(reason: str, **params: str | int) -> Callable[[str], str]:
    return lambda lang: t(lang, f"start.why.{reason}", **params)


def _host(name: str, text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        if not _HOST.match(text):
            raise _bad(name, text, "host") from None
        return text


def _port(name: str, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > 65535:
        raise _bad(name, text, "port")
    return int(text)


def _path(name: str, text: str) -> Path:
    return Path(text).expanduser().absolute()


def _url(name: str, text: str) -> str:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _bad(name, text, "url") from None
    host = parts.hostname or ""
    bare = parts.path in ("", "/") and not (parts.query or parts.fragment or parts.username or parts.password)
    if parts.scheme not in ("http", "https") or not bare or not (_HOST.match(host) or ":" in host):
        raise _bad(name, text, "url")
    shown = f"[{host}]" if ":" in host else host
    default = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{shown}" + (f":{port}" if port not in (None, default) else "")


def _lang(name: str, text: str) -> str:
    if text not in ("fr", "en"):
        raise _bad(name, text, "lang")
    return text


def _proxies(name: str, text: str) -> tuple[str, ...]:
    try:
        return tuple(str(ipaddress.ip_address(part.strip())) for part in text.split(","))
    except ValueError:
        raise _bad(name, text, "proxies") from None


def _secret(name: str, text: str) -> str:
    if len(text) < SECRET_LENGTH:
        raise BadSetting(both("start.bad_secret", name=name, why=_why("secret")))
    return text


def _words(name: str, text: str) -> str:
    return " ".join(text.split())[:200]


def _level(name: str, text: str) -> str:
    if text not in _LEVELS:
        raise _bad(name, text, "level")
    return text


def _number(low: int, high: int) -> Callable[[str, str], int]:
    def parse(name: str, text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise _bad(name, text, "number", low=low, high=high)
        return int(text)

    return parse


def _outside_the_program(data: Path) -> None:
    """A rebuild or an update empties the program's own folders: no data there."""
    package = Path(__file__).resolve().parent
    if data.resolve().is_relative_to(package):
        raise BadSetting(both("start.inside", path=str(data)))


_READERS: Final[dict[str, tuple[str, Callable[[str, str], object]]]] = {
    "host": ("CHARNIERE_HOST", _host),
    "port": ("CHARNIERE_PORT", _port),
    "data": ("CHARNIERE_DATA", _path),
    "public_url": ("CHARNIERE_PUBLIC_URL", _url),
    "lang": ("CHARNIERE_LANG", _lang),
    "proxies": ("CHARNIERE_PROXIES", _proxies),
    "secret": ("CHARNIERE_SECRET", _secret),
    "controller": ("CHARNIERE_CONTROLLER", _words),
    "log_level": ("CHARNIERE_LOG", _level),
    "wrong_links": ("CHARNIERE_WRONG_LINKS", _number(1, 10_000)),
    "joins": ("CHARNIERE_JOINS", _number(1, 100_000)),
}
