"""`charniere new`: the file of an empty board, with the stages and channels one usually begins with."""

import argparse
import secrets
import sys
from pathlib import Path

from charniere.commands._grid import default_grid
from charniere.domain import boardfile, limits
from charniere.domain.boardfile import BoardFile
from charniere.domain.project import Project
from charniere.i18n import t


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("new", help=t("fr", "new.help"))
    parser.add_argument("title", help=t("fr", "new.help.title"))
    parser.add_argument("-o", "--output", type=Path, required=True, help=t("fr", "new.help.output"))
    parser.add_argument("--client", help=t("fr", "new.help.client"))
    parser.add_argument("--lang", choices=("fr", "en"), default="fr")


def run(arguments: argparse.Namespace) -> int:
    """2: nothing was written, and the reason is on standard error. A file that is there already is never overwritten."""
    title, path = arguments.title.strip(), arguments.output
    if not 0 < len(title) <= limits.NAME:
        print(t(arguments.lang, "new.title", limit=limits.NAME), file=sys.stderr)
        return 2
    records = tuple(default_grid(title, arguments.lang, _new_id))
    client = (arguments.client or title)[: limits.NAME]
    file = BoardFile(id=_new_id(), project=Project(id=_new_id(), client=client), records=records)
    try:
        with path.open("xb") as out:
            out.write(boardfile.write(file))
    except FileExistsError:
        print(t(arguments.lang, "new.exists", path=str(path)), file=sys.stderr)
        return 2
    except OSError as problem:
        print(
            t(arguments.lang, "new.unwritable", path=str(path), why=problem.strerror or "?"), file=sys.stderr
        )
        return 2
    print(t(arguments.lang, "new.written", path=str(path)))
    return 0


def _new_id() -> str:
    return secrets.token_urlsafe(12)
