"""`charniere serve`: the server."""

import argparse

from charniere.commands import _serving
from charniere.i18n import t
from charniere.opening import Opened
from charniere.settings import Settings


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    _serving.add_options(subparsers.add_parser("serve", help=t("fr", "start.help.serve")), "fr")


def run(arguments: argparse.Namespace) -> int:
    return _serving.run(arguments, _nothing_more)


def _nothing_more(settings: Settings, opened: Opened) -> _serving.Greeting:
    return lambda settings, base: []
