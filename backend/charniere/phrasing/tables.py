"""Reads the word lists of `data/`: one entry a line, `#` starts a comment. Knows nothing of their meaning."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from .words import fold

DATA = Path(__file__).with_name("data")


@cache
def words(name: str) -> frozenset[str]:
    """The entries of a list of words separated by blanks, `_` standing for a space inside one."""
    return frozenset(w.replace("_", " ") for line in lines(name) for w in line.split())


@cache
def first_names() -> frozenset[str]:
    """First names, with and without their accents."""
    known = words("first_names.txt")
    return known | {fold(name) for name in known}


@cache
def rows(name: str) -> dict[str, tuple[str, ...]]:
    """The entries of a table whose columns are separated by tabs or two spaces, by first column."""
    cut = [
        tuple(cell.strip() for cell in line.replace("\t", "  ").split("  ") if cell.strip())
        for line in lines(name)
    ]
    return {cells[0]: cells[1:] for cells in cut if cells}


@cache
def sections(name: str) -> dict[str, frozenset[str]]:
    """A list of words under `[headings]`, by heading."""
    found: dict[str, set[str]] = {}
    heading = ""
    for line in lines(name):
        if line.startswith("["):
            heading = line.strip("[]")
        else:
            found.setdefault(heading, set()).update(w.replace("_", " ") for w in line.split())
    return {key: frozenset(value) for key, value in found.items()}


def lines(name: str) -> list[str]:
    text = (DATA / name).read_text(encoding="utf-8")
    return [line.strip() for raw in text.splitlines() if (line := raw.split("#", 1)[0]).strip()]
