"""What `serve` and `demo` share: the options, the socket, the server, and the lines that say where to go."""

import argparse
import contextlib
import errno
import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from types import FrameType
from typing import TYPE_CHECKING, Final

from charniere import opening, settings
from charniere.i18n import both, t
from charniere.opening import CannotStart, Opened
from charniere.settings import BadSetting, Settings

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

GRACE: Final = 8  # seconds for answers under way when the server is asked to stop
FILES: Final = 16_384  # a socket is one
ANYWHERE: Final = "0.0.0.0"  # noqa: S104 only on --lan

log = logging.getLogger(__name__)

# What is said once the server listens: the settings and the address that links begin with, to lines.
Greeting = Callable[[Settings, str], list[str]]


def add_options(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument("--host", help=t(lang, "start.help.host"))
    parser.add_argument("--port", help=t(lang, "start.help.port"))
    parser.add_argument("--data", help=t(lang, "start.help.data"))
    parser.add_argument("--public-url", help=t(lang, "start.help.public_url"))
    parser.add_argument("--lan", action="store_true", help=t(lang, "start.help.lan"))


def read_settings(arguments: argparse.Namespace) -> Settings:
    host = arguments.host or (ANYWHERE if arguments.lan else None)
    return settings.load(host=host, port=arguments.port, data=arguments.data, public_url=arguments.public_url)


def run(arguments: argparse.Namespace, prepare: Callable[[Settings, Opened], Greeting]) -> int:
    """Until it is told to stop. 2: it could not start, and said why."""
    try:
        chosen = read_settings(arguments)
        listening = listen(chosen.host, chosen.port)
        opened = opening.take(chosen)
        greeting = _prepared(chosen, opened, prepare)
    except (BadSetting, CannotStart) as problem:
        print(problem, file=sys.stderr)
        return 2
    for name in settings.unknown():
        print(t(chosen.lang, "start.unknown", name=name), file=sys.stderr)
    if opened.migrated.backup:
        print(t(chosen.lang, "start.backup", path=str(opened.migrated.backup)), file=sys.stderr)
    serve(chosen, opened, listening, greeting)
    return 0


def _prepared(chosen: Settings, opened: Opened, prepare: Callable[[Settings, Opened], Greeting]) -> Greeting:
    try:
        return prepare(chosen, opened)
    except BaseException:
        opened.close()
        raise


def listen(host: str, port: int) -> socket.socket:
    """The socket, bound before anything else is opened: a port in use is said at once, in words."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except (OSError, UnicodeError) as problem:
        bound.close()
        taken = isinstance(problem, OSError) and problem.errno in (errno.EADDRINUSE, errno.EACCES)
        if taken:
            raise CannotStart(both("start.port_taken", port=str(port), other=str(port + 1))) from problem
        raise CannotStart(both("start.address", host=host)) from problem
    bound.set_inheritable(False)
    return bound


def serve(chosen: Settings, opened: Opened, listening: socket.socket, greeting: Greeting) -> None:
    import uvicorn

    from charniere import logs
    from charniere.app import create_app

    logs.set_up(chosen.log_level)
    open_more_files()
    port: int = listening.getsockname()[1]
    here, network = addresses(chosen, port)
    base = chosen.public_url or (network[0] if network else here)
    app = create_app(chosen, opened, link_base=chosen.public_url or (network[0] if network else None))
    config = configured(app, chosen)
    lines = [*told(chosen, here, network), *greeting(chosen, base)]

    class Server(uvicorn.Server):
        why = "asked"

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            gc.collect()
            gc.freeze()  # what the program is made of is never looked through again: 100 to 200 ms, each time
            print("\n".join(lines), flush=True)

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            self.why = signal.Signals(sig).name
            super().handle_exit(sig, frame)

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            log.info("stopping", extra={"why": self.why})
            await super().shutdown(sockets=sockets)

    Server(config).run(sockets=[listening])


def configured(app: "FastAPI", chosen: Settings) -> "uvicorn.Config":
    import uvicorn

    from charniere.realtime.endpoint.wires import UVICORN
    from charniere.web.timely import TimelyProtocol

    return uvicorn.Config(
        app,
        http=TimelyProtocol,
        log_config=None,
        access_log=False,
        **UVICORN,
        proxy_headers=bool(chosen.proxies),
        forwarded_allow_ips=list(chosen.proxies),
        server_header=False,
        timeout_graceful_shutdown=GRACE,
        lifespan="on",
    )


def open_more_files() -> None:
    """As many lines as the system lets this process have: many start with 1,024, which a large meeting would fill."""
    if sys.platform == "win32":
        return
    import resource

    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if most == resource.RLIM_INFINITY else min(FILES, most)
    if now != resource.RLIM_INFINITY and now < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def told(chosen: Settings, here: str, network: Sequence[str]) -> list[str]:
    """Where it can be reached, and from where it cannot."""
    lines = [t(chosen.lang, "start.open", url=chosen.public_url or here)]
    lines += [t(chosen.lang, "start.also", url=url) for url in network]
    if not network and not chosen.public_url:
        lines.append(t(chosen.lang, "start.only_here"))
    return lines


def addresses(chosen: Settings, port: int) -> tuple[str, list[str]]:
    """The address for this machine, and those for the others of its network (none when it listens to itself alone)."""
    if chosen.host in (ANYWHERE, "::"):
        return url_of("127.0.0.1", port), [url_of(host, port) for host in lan_hosts()]
    own = url_of(chosen.host, port)
    loopback = chosen.host == "localhost" or chosen.host == "::1" or chosen.host.startswith("127.")
    return own, [] if loopback else [own]


def url_of(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}" + ("" if port == 80 else f":{port}")


def lan_hosts() -> list[str]:
    """This machine's addresses on its network, the one that leads outwards first. Nothing is sent."""
    found: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address of documentation: only the route is looked up
            found.append(probe.getsockname()[0])
        except OSError:
            pass
    try:
        known = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        found += [str(entry[4][0]) for entry in known]
    except OSError:
        pass
    return [host for host in dict.fromkeys(found) if not host.startswith(("127.", "169.254.", "0."))]
