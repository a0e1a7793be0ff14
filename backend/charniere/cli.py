"""The command line: one module of `commands/` per command, imported only when it is asked for.

What a command does never lives here.
"""

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType

from charniere import __version__, commands


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (2 when it was asked for wrongly)."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    names = command_names()
    asked = words[0] if words and words[0] in names else None
    parser = _parser([names[asked]] if asked else list(names.values()))
    parsed = parser.parse_args(words)
    try:
        return int(importlib.import_module(names[parsed.command]).run(parsed) or 0)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # `charniere export ... | head`: the reader has left, nothing more is to be said.
        sys.stderr.close()
        return 1


def command_names() -> dict[str, str]:
    """Command to module. `import_.py` is the command `import`, `purge_bin.py` is `purge-bin`."""
    found = sorted(module.name for module in pkgutil.iter_modules(commands.__path__))
    return {
        name.rstrip("_").replace("_", "-"): f"{commands.__name__}.{name}"
        for name in found
        if not name.startswith("_")
    }


def _parser(modules: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="charniere")
    parser.add_argument("--version", action="version", version=f"charniere {__version__}")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="commande")
    for name in modules:
        module: ModuleType = importlib.import_module(name)
        module.register(subparsers)
    return parser
