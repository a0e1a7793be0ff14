"""`charniere import`: a workshop held in a spreadsheet becomes a board file; everything odd is said on standard error."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from charniere.domain.board import Journey
    from charniere.errors import Refused
    from charniere.imports.report import Imported, Oddity

ROWS_REFUSED: Final = 3


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    from charniere.i18n import t

    parser = subparsers.add_parser(
        "import",
        help=t("fr", "import.help"),
        description=t("fr", "import.help"),
        epilog=t("fr", "import.help.codes"),
    )
    parser.add_argument("notes", metavar="notes.csv", help=t("fr", "import.help.notes"))
    parser.add_argument("--companion", metavar="workshop.yaml", help=t("fr", "import.help.companion"))
    parser.add_argument(
        "-o", "--output", default="-", metavar="board.json", help=t("fr", "import.help.output")
    )
    parser.add_argument("--lang", choices=("fr", "en"), default="fr", help=t("fr", "import.help.lang"))


def run(args: argparse.Namespace) -> int:
    """0 when every row is on the board, whatever was odd; 3 when rows were refused; 2 when nothing was read or written."""
    try:
        imported = _read(args)
        _write(args, imported)
    except _Stopped as stopped:
        print(stopped, file=sys.stderr)
        return 2
    for line in _report(args.lang, imported):
        print(line, file=sys.stderr)
    if said := _written(args, imported.refused):
        print(said, file=sys.stderr)
    return ROWS_REFUSED if imported.refused else 0


def _written(args: argparse.Namespace, refused: int) -> str:
    """The last sentence. A script that reads standard output needs none, unless something is missing from what it reads."""
    from charniere.i18n import t

    path = t(args.lang, "import.report.stdout") if args.output == "-" else args.output
    if refused:
        return t(args.lang, "import.report.written_without", path=path, n=refused)
    return "" if args.output == "-" else t(args.lang, "import.report.written", path=path)


class _Stopped(Exception):
    """Nothing was imported; the message is the sentence to show."""


def _read(args: argparse.Namespace) -> "Imported":
    from charniere.errors import Refused
    from charniere.i18n import t
    from charniere.imports import companion, workshop

    def title(journey: "Journey", of: str) -> str:
        return t(args.lang, f"import.title.{journey}", of=of)

    notes = _bytes(args.lang, args.notes)
    told = _bytes(args.lang, args.companion) if args.companion else None
    if told is not None:
        try:
            companion.read(told)
        except Refused as refusal:
            _stop(args.lang, args.companion, refusal)
    try:
        name = "" if args.notes == "-" else Path(args.notes).stem
        return workshop.read(notes, told, lang=args.lang, name=name, title=title)
    except Refused as refusal:
        _stop(args.lang, args.notes, refusal)


def _bytes(lang: str, path: str) -> bytes:
    from charniere.domain.limits import UPLOAD_BYTES
    from charniere.i18n import t

    try:
        if path == "-":
            return sys.stdin.buffer.read(UPLOAD_BYTES + 1)
        with Path(path).open("rb") as file:
            return file.read(UPLOAD_BYTES + 1)
    except OSError as problem:
        raise _Stopped(t(lang, "import.fail.no_file", file=path)) from problem


def _write(args: argparse.Namespace, imported: "Imported") -> None:
    from charniere.domain import boardfile
    from charniere.i18n import t

    data = boardfile.write(imported.file)
    if args.output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        Path(args.output).write_bytes(data)
    except OSError as problem:
        raise _Stopped(t(args.lang, "import.fail.cannot_write", file=args.output)) from problem


def _stop(lang: str, file: str, refusal: "Refused") -> NoReturn:
    from charniere.i18n import t

    reason = str(refusal.detail.get("reason", refusal.code.value))
    detail = {key: value for key, value in refusal.detail.items() if key != "reason"}
    raise _Stopped(t(lang, f"import.fail.{reason}", file=file, **detail))


def _report(lang: str, imported: "Imported") -> list[str]:
    from charniere.i18n import t

    delimiter = {";": "semicolon", ",": "comma", "\t": "tab", "|": "pipe"}.get(imported.delimiter)
    shown = t(lang, f"import.delimiter.{delimiter}") if delimiter else imported.delimiter
    lines = [_sentence(lang, oddity) for oddity in imported.oddities]
    lines.append(t(lang, "import.report.read", encoding=imported.encoding.upper(), delimiter=shown))
    board = imported.file.board
    parked = sum(note.stage is None or note.channel is None for note in board.notes.values())
    counts = {
        "rows": imported.rows,
        "notes": len(board.notes),
        "links": len(board.links),
        "stages": len(board.stages),
        "channels": len(board.channels),
        "parked": parked,
        "odd": len(imported.oddities),
    }
    words = [t(lang, f"import.report.{what}", n=count) for what, count in counts.items()]
    if imported.refused:
        words.append(t(lang, "import.report.refused", n=imported.refused))
    else:
        words.append(t(lang, "import.report.none_lost"))
    return [*lines, ", ".join(words) + "."]


def _sentence(lang: str, oddity: "Oddity") -> str:
    """« Ligne 42, S041 : … », as the spreadsheet counts its rows."""
    from charniere.i18n import t
    from charniere.imports.layout import COLUMNS

    params = dict(oddity.params)
    if (column := params.get("column")) in COLUMNS[lang]:
        params["column"] = COLUMNS[lang][str(column)][0]
    if oddity.row and oddity.ref:
        place = t(lang, "import.report.row_ref", row=str(oddity.row), ref=oddity.ref)
    elif oddity.row:
        place = t(lang, "import.report.row", row=str(oddity.row))
    else:
        place = t(lang, f"import.report.{'companion' if oddity.code.startswith('companion_') else 'file'}")
    return t(lang, "import.report.line", place=place, said=t(lang, f"import.{oddity.code}", **params))
