"""`charniere spec`: board files in, the CRM specification out. No server, no database."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from charniere.domain.boardfile import BoardFile


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    from charniere.i18n import t

    parser = subparsers.add_parser("spec", help=t("fr", "spec.help"), description=t("fr", "spec.help"))
    parser.add_argument("boards", nargs="+", metavar="board.json", help=t("fr", "spec.cli.boards"))
    parser.add_argument("--format", default="json", help=t("fr", "spec.cli.format"))
    parser.add_argument("-o", "--output", required=True, help=t("fr", "spec.cli.output"))
    parser.add_argument("--lang", choices=("fr", "en"), default="fr", help=t("fr", "spec.cli.lang"))


def run(args: argparse.Namespace) -> int:
    """0 when every file was written; 2 when nothing could be read or written."""
    from charniere.export.documents.formats import DOCUMENTS
    from charniere.i18n import t
    from charniere.spec.compile import compile_spec, encode

    formats = ("json", *DOCUMENTS)

    def stop(reason: str, **params: str) -> int:
        print(t(args.lang, f"spec.fail.{reason}", **params), file=sys.stderr)
        return 2

    unknown = [name for name in args.format.split(",") if name not in formats]
    if unknown:
        return stop("format", format=", ".join(unknown), formats=", ".join(formats))
    files: list[BoardFile] = []
    for name in args.boards:
        found = _read(name)
        if isinstance(found, str):
            return stop(found, file=name)
        if any(found.id == other.id for other in files):
            return stop("twice", file=name)
        files.append(found)
    spec = compile_spec(files)
    written: list[str] = []
    for name in dict.fromkeys(args.format.split(",")):
        target = Path(args.output) / f"spec.{name}"
        data = encode(spec) if name == "json" else DOCUMENTS[name](spec, files)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        except OSError:
            return stop("cannot_write", file=str(target))
        written.append(str(target))
    print(
        t(
            args.lang,
            "spec.cli.done",
            file=", ".join(written),
            notes=len(spec.coverage.notes),
            left=len(spec.coverage.not_answered),
            findings=len(spec.findings),
        ),
        file=sys.stderr,
    )
    return 0


def _read(name: str) -> "BoardFile | str":
    """The board, or the reason why it cannot be read."""
    from charniere.domain import boardfile
    from charniere.domain.limits import UPLOAD_BYTES
    from charniere.errors import Refused

    try:
        data = sys.stdin.buffer.read(UPLOAD_BYTES * 2) if name == "-" else Path(name).read_bytes()
    except OSError:
        return "no_file"
    try:
        return boardfile.read(data)
    except Refused:
        return "unreadable"
