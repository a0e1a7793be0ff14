"""`charniere migrate`: brings the database up to date and stops. `serve` and `demo` do the same when they start."""

import argparse
import sys

from charniere import opening, settings
from charniere.i18n import t
from charniere.opening import CannotStart
from charniere.settings import BadSetting


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("migrate", help=t("fr", "start.help.migrate"))
    parser.add_argument("--data", help=t("fr", "start.help.data"))


def run(arguments: argparse.Namespace) -> int:
    try:
        chosen = settings.load(data=arguments.data)
        with opening.hold(chosen.data):
            done = opening.bring_up_to_date(chosen)
    except (BadSetting, CannotStart) as problem:
        print(problem, file=sys.stderr)
        return 2
    if done.backup:
        print(t(chosen.lang, "start.backup", path=str(done.backup)))
    print(t(chosen.lang, "start.migrated", head=done.head))
    return 0
