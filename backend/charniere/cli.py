"""The command line: one module of `commands/` per command, imported only when that command is asked for.

What a command does never lives here. Its line in the list is the catalogues' `<name>.help` or `start.help.<name>`.
"""

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Iterable, Sequence

from charniere import __version__, arguments, commands, i18n


def main(typed: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (2 when it was asked for wrongly)."""
    words = list(sys.argv[1:] if typed is None else typed)
    names = command_names()
    if not words or words[0] not in names:
        listing(names).parse_args(words)  # which ends here: help, version, or what was wrong
        return 2
    module = importlib.import_module(names[words[0]])
    parser, subparsers = _parser()
    module.register(subparsers)
    try:
        return int(module.run(parser.parse_args(words)) or 0)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # `charniere export ... | head`: the reader has left, nothing more is to be said.
        sys.stderr.close()
        return 1


def listing(names: Iterable[str]) -> argparse.ArgumentParser:
    """All commands with a line each, without waking the modules that do them."""
    parser, subparsers = _parser()
    lines = i18n.catalogue("fr")
    for name in names:
        said = lines.get(f"{name}.help") or lines.get(f"start.help.{name}") or ""
        subparsers.add_parser(name, help=str(said).replace("%", "%%"))
    return parser


def command_names() -> dict[str, str]:
    """Command to module. `import_.py` is the command `import`, `purge_bin.py` is `purge-bin`."""
    found = sorted(module.name for module in pkgutil.iter_modules(commands.__path__))
    return {
        name.rstrip("_").replace("_", "-"): f"{commands.__name__}.{name}"
        for name in found
        if not name.startswith("_")
    }


def _parser() -> tuple[argparse.ArgumentParser, "argparse._SubParsersAction[argparse.ArgumentParser]"]:
    arguments.speak_french()
    parser = argparse.ArgumentParser(prog="charniere")
    shown = i18n.t("fr", "arguments.version")
    parser.add_argument("--version", action="version", version=f"charniere {__version__}", help=shown)
    return parser, parser.add_subparsers(dest="command", required=True, metavar="commande")
