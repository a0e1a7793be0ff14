"""`charniere schema`: the published JSON Schema of a file that Charnière writes."""

import argparse
import sys

SCHEMAS = ("spec", "board")


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    from charniere.i18n import t

    parser = subparsers.add_parser("schema", help=t("fr", "schema.help"), description=t("fr", "schema.help"))
    parser.add_argument("what", choices=SCHEMAS, help=t("fr", "spec.schema.what"))


def run(args: argparse.Namespace) -> int:
    sys.stdout.buffer.write(schema(args.what))
    sys.stdout.buffer.flush()
    return 0


def schema(what: str) -> bytes:
    """JSON Schema 2020-12 of `spec.json` or `board.json`; the same every time."""
    import msgspec

    from charniere.domain.boardfile import BoardFile
    from charniere.spec.model import Spec

    kind: type = Spec if what == "spec" else BoardFile
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(kind)}
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"
