"""`charniere export`: a board file in another format; what that format cannot carry is said on standard error."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from charniere.domain.boardfile import BoardFile
    from charniere.export.losses import Loss

FORMATS = ("notes.csv", "actions.csv", "actions.xlsx", "board.json", "companion.yaml")


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    from charniere.i18n import t

    parser = subparsers.add_parser("export", help=t("fr", "export.help"), description=t("fr", "export.help"))
    parser.add_argument("board", metavar="board.json", help=t("fr", "export.help.board"))
    parser.add_argument("--format", choices=FORMATS, required=True, help=t("fr", "export.help.format"))
    parser.add_argument("-o", "--output", default="-", help=t("fr", "export.help.output"))
    parser.add_argument("--lang", choices=("fr", "en"), default="fr", help=t("fr", "export.help.lang"))


def run(args: argparse.Namespace) -> int:
    """0 when the file was written, whatever it cannot carry; 2 when nothing could be read or written."""
    from charniere.domain import boardfile
    from charniere.domain.limits import UPLOAD_BYTES
    from charniere.errors import Refused
    from charniere.i18n import t

    def stop(reason: str, file: str) -> int:
        print(t(args.lang, f"export.fail.{reason}", file=file), file=sys.stderr)
        return 2

    try:
        given = (
            sys.stdin.buffer.read(UPLOAD_BYTES * 2) if args.board == "-" else Path(args.board).read_bytes()
        )
        file = boardfile.read(given)
    except OSError:
        return stop("no_file", args.board)
    except Refused:
        return stop("unreadable", args.board)
    data, losses = _writers()[args.format](file)
    try:
        _put(args.output, data)
    except OSError:
        return stop("cannot_write", args.output)
    if losses:
        print(t(args.lang, "export.losses"), file=sys.stderr)
    for loss in losses:
        print(f"- {_sentence(args.lang, loss)}", file=sys.stderr)
    return 0


def _writers() -> "dict[str, Callable[[BoardFile], tuple[bytes, tuple[Loss, ...]]]]":
    from charniere.domain import boardfile
    from charniere.export import actions, companion, notes, workbook

    return {
        "notes.csv": lambda file: notes.write(file.board),
        "actions.csv": lambda file: (actions.write_csv(file.board), ()),
        "actions.xlsx": lambda file: (workbook.write(file.board), ()),
        "board.json": lambda file: (boardfile.write(file), ()),
        "companion.yaml": companion.write,
    }


def _put(output: str, data: bytes) -> None:
    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        Path(output).write_bytes(data)


def _sentence(lang: str, loss: "Loss") -> str:
    """The names of kinds of links and of fields are in the catalogue too."""
    from charniere.i18n import t

    params = {
        name: t(lang, f"export.loss.{loss.code}.{value}") if name in ("kind", "field") else value
        for name, value in loss.params.items()
    }
    return t(lang, f"export.loss.{loss.code}", **params)
