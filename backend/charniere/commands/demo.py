"""`charniere demo`: the server, with an invented board to look at and a one-time link to come in as its facilitator."""

import argparse
from typing import Final

from sqlalchemy import Connection

from charniere.access import invitations
from charniere.access.tokens import random_token
from charniere.app import milliseconds, new_id
from charniere.commands import _boards, _serving
from charniere.commands._boards import Writer
from charniere.i18n import t
from charniere.opening import Opened
from charniere.settings import Settings
from charniere.store import people

FACILITATOR: Final = "demo-facilitator"


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    _serving.add_options(subparsers.add_parser("demo", help=t("fr", "start.help.demo")), "fr")


def run(arguments: argparse.Namespace) -> int:
    return _serving.run(arguments, prepare)


def prepare(settings: Settings, opened: Opened) -> _serving.Greeting:
    """The board is made at the first start; the link is new each time."""
    token, now = random_token(), milliseconds()

    def work(c: Connection) -> None:
        known = people.boards_of(c, FACILITATOR, 1)
        board = known[0][0] if known else _make(c, settings.lang, opened.secret, now)
        invitations.add_entry_now(c, token, new_id(), FACILITATOR, board, now)

    opened.database.write_now(work)
    return lambda chosen, base: [t(chosen.lang, "start.enter", url=f"{base}/enter/{token}")]


def _make(connection: Connection, lang: str, secret: bytes, now: int) -> str:
    from charniere import demo  # reads YAML and CSV: only the first start has to wait for that

    file = demo.load()
    lead = Writer(FACILITATOR, t(lang, "demo.facilitator"), t(lang, "demo.team"))
    writers = [Writer(person.id, person.name, person.team) for person in demo.participants()]
    _boards.put(connection, file, lead, writers, secret, new_id, now)
    return file.id
