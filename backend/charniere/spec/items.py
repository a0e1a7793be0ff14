"""How an item is made: its id, its reason, its sources without doubles. Shared by every section, knows none of them."""

from __future__ import annotations

from collections.abc import Iterable

from charniere.spec.parts import Question, Reason, Source
from charniere.spec.wall import Told
from charniere.spec.words import api_name


def ident(section: str, rule: str, primary: str | Told, part: int | str = "") -> str:
    """section.rule.primary: a note's id, or the name of the thing. `part` tells apart what one note gives."""
    name = primary.name if isinstance(primary, Told) else api_name(primary)
    tail = f".{part}" if part != "" else ""
    return f"{section}.{rule}.{name}{tail}"


def because(rule: str, **params: str) -> Reason:
    """The rule that speaks, with what it read."""
    return Reason(rule=rule, params=params)


def ask(about: str, rule: str = "", **params: str) -> Question:
    """What has to be decided about one attribute."""
    return Question(about=about, rule=rule or about, params=params)


def sources(*groups: Told | Source | Iterable[Told | Source]) -> tuple[Source, ...]:
    """Notes and stages as sources, in the order given, each once."""
    out: dict[Source, None] = {}
    for group in groups:
        members = [group] if isinstance(group, Told | Source) else group
        for one in members:
            out.setdefault(one.source if isinstance(one, Told) else one)
    return tuple(out)
