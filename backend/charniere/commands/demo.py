"""`charniere demo`: the server, with an invented board to look at and a one-time link to come in as its facilitator."""

import argparse

from charniere.access.tokens import random_token
from charniere.app import milliseconds, new_id
from charniere.commands import _demonstration, _serving
from charniere.i18n import t
from charniere.opening import Opened
from charniere.settings import Settings


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    _serving.add_options(subparsers.add_parser("demo", help=t("fr", "start.help.demo")), "fr")


def run(arguments: argparse.Namespace) -> int:
    return _serving.run(arguments, prepare)


def prepare(settings: Settings, opened: Opened) -> _serving.Greeting:
    """The board is made at the first start; the link is new each time."""
    token, now = random_token(), milliseconds()
    opened.database.write_now(
        lambda c: _demonstration.prepare(c, settings.lang, opened.secret, token, new_id, now)
    )
    return lambda chosen, base: [t(chosen.lang, "start.demo", url=f"{base}/enter/{token}")]
