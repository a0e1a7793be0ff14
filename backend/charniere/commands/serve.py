"""`charniere serve`: the server; with `--board`, a board file becomes a live board and a one-time link leads to it."""

import argparse
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from charniere.access import invitations
from charniere.access.tokens import random_token
from charniere.app import milliseconds, new_id
from charniere.commands import _boards, _serving
from charniere.commands._boards import Writer
from charniere.domain import boardfile
from charniere.domain.boardfile import BoardFile
from charniere.errors import Refused
from charniere.i18n import both, t
from charniere.opening import CannotStart, Opened
from charniere.settings import Settings

FACILITATOR: Final = "facilitator"


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("serve", help=t("fr", "start.help.serve"))
    _serving.add_options(parser, "fr")
    parser.add_argument("--board", type=Path, help=t("fr", "start.help.board"))


def run(arguments: argparse.Namespace) -> int:
    if arguments.board is None:
        return _serving.run(arguments, lambda settings, opened: lambda chosen, base: [])
    return _serving.run(arguments, lambda settings, opened: prepare(settings, opened, arguments.board))


def prepare(settings: Settings, opened: Opened, path: Path) -> _serving.Greeting:
    """A board that is there already is left as it is: the file is where it came from, not what it has become."""
    file, token, now = _read(path), random_token(), milliseconds()
    lead = Writer(FACILITATOR, t(settings.lang, "start.facilitator"), "")
    writers = [Writer(person, name, "") for person, name in sorted(file.people.items())]

    def work(c: Connection) -> bool:
        made = _boards.put(c, file, lead, writers, opened.secret, new_id, now)
        invitations.add_entry_now(c, token, new_id(), lead.id, file.id, now)
        return made

    said = "start.board_made" if opened.database.write_now(work) else "start.board_known"
    return lambda chosen, base: [
        t(chosen.lang, said, title=file.board.info.title),
        t(chosen.lang, "start.enter", url=f"{base}/enter/{token}"),
    ]


def _read(path: Path) -> BoardFile:
    try:
        return boardfile.read(path.read_bytes())
    except (OSError, Refused) as problem:
        raise CannotStart(both("start.board_unreadable", path=str(path))) from problem
