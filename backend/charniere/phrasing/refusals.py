"""How often a proposal of each rule was refused on this installation: counts in a small file, never a text."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

FILE = "phrasing-refused.json"
RULES = frozenset(
    "tense ending elision spelling third_person infinitive passive imperative status nominal".split()
)


def counts(folder: Path) -> dict[str, int]:
    """Refusals by rule; empty where none was recorded or the file cannot be read."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return {rule: int(found[rule]) for rule in RULES & found.keys()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def record(folder: Path, rule: str) -> None:
    """One more refusal of a proposal of this rule. An unknown rule, or a disk that refuses, is let go: it is a count."""
    if rule not in RULES:
        return
    found = counts(folder)
    found[rule] = found.get(rule, 0) + 1
    new = folder / (FILE + ".new")
    with contextlib.suppress(OSError):
        new.write_text(json.dumps(found, sort_keys=True), encoding="utf-8")
        new.replace(folder / FILE)
