"""The companion of a `notes.csv`: project, persona, stages and channels, written by hand in YAML.

Every scalar is read as the words that stand there. What is wrong is said and left out; what is unknown is kept and said.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

import yaml

from charniere.domain import limits
from charniere.errors import Code, Refused
from charniere.imports.companion_words import (
    CHANNEL,
    CLOSED,
    GAP,
    JOURNEYS,
    PERSONA,
    PROJECT,
    STAGE,
    TOP,
    YES,
    Words,
)
from charniere.imports.encoding import decode
from charniere.imports.layout import fold
from charniere.imports.report import Oddity, odd

_BYTES: Final = 1_000_000
_DEPTH: Final = 12
_LISTS: Final = frozenset({"objectives", "goals", "frustrations", "expectations", "kpis"})


class Companion(NamedTuple):
    """What the file says, by field names of the domain; closed lists already as codes, nothing else decided."""

    project: dict[str, str | tuple[str, ...]]
    workshop: dict[str, str]
    persona: dict[str, str | tuple[str, ...]]
    stages: list[dict[str, str | tuple[str, ...]]]
    channels: list[dict[str, str | tuple[str, ...]]]
    gaps: list[tuple[str, str]]
    title: str = ""
    lang: str = ""
    journey: str = ""
    teams: tuple[str, ...] | None = None
    locked: bool = False


def read(data: bytes) -> tuple[Companion, list[Oddity]]:
    """Raises Refused(unreadable) when it is not YAML at all; everything smaller is an oddity."""
    if len(data) > _BYTES:
        raise Refused(Code.too_large, limit=_BYTES)
    text, _, oddities = decode(data)
    top = _fields(_parse(text), TOP, "", oddities)
    project = _fields(top.get("project"), PROJECT, "projet", oddities, keep=True)
    persona = top.get("persona")
    if isinstance(persona, list):
        if len(persona) > 1:
            oddities.append(odd("companion_one_persona", n=len(persona)))
        persona = persona[0] if persona else None
    workshop = {
        key: _words(value)[: limits.SHEET_TEXT]
        for key, value in _pairs(project.pop("workshop", None), "atelier", oddities)
    }
    for key, value in project.pop("", {}).items():
        workshop.setdefault(key, _words(value)[: limits.SHEET_TEXT])
    return Companion(
        project=_values(project, "projet", oddities),
        workshop=workshop,
        persona=_values(_fields(persona, PERSONA, "persona", oddities), "persona", oddities),
        stages=list(_named(top.get("stages"), STAGE, "stages", limits.STAGES, oddities)),
        channels=list(_named(top.get("channels"), CHANNEL, "channels", limits.CHANNELS, oddities)),
        gaps=list(_gaps(top.get("gaps"), oddities)),
        title=_words(top.get("title")).strip(),
        lang=_words(top.get("lang")).strip().casefold(),
        journey=_journey(_words(top.get("journey")), oddities),
        teams=_list(top["teams"])[: limits.TEAMS] if top.get("teams") else None,
        locked=_words(top.get("locked")).strip().casefold() in YES,
    ), oddities


class _Words(yaml.BaseLoader):
    """Scalars as words; no alias, so that no file grows when read, and no depth that a person would write."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("alias")
        self.depth += 1
        if self.depth > _DEPTH:
            raise yaml.YAMLError("depth")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def compose_scalar_node(self, anchor: Any) -> yaml.ScalarNode:
        """YAML's own ways of saying nothing are nothing; the same words between quotes are words."""
        node = super().compose_scalar_node(anchor)
        if node.style is None and node.value in ("~", "null", "Null", "NULL"):
            node.value = ""
        return node


def _parse(text: str) -> object:
    try:
        return yaml.load(text, Loader=_Words)  # noqa: S506 - a BaseLoader makes nothing but words, lists and maps
    except (yaml.YAMLError, RecursionError, ValueError) as problem:
        mark = getattr(problem, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 0
        raise Refused(Code.unreadable, reason="companion_not_yaml", line=line) from problem


def _fields(
    value: object,
    names: Words,
    where: str,
    oddities: list[Oddity],
    *,
    keep: bool = False,
) -> dict[str, Any]:
    """The map's values by field; unknown keys are said, and with `keep` handed on under ""."""
    known = {fold(word): field for field, words in names.items() for word in words}
    fields: dict[str, Any] = {}
    for key, item in _pairs(value, where, oddities):
        field = known.get(fold(key))
        if field is not None and field not in fields:
            fields[field] = item
        elif _words(item).strip():
            oddities.append(
                odd(
                    "companion_unknown",
                    level="kept" if keep else "read",
                    key=key,
                    where=where or "—",
                    words=_words(item),
                )
            )
            if keep:
                fields.setdefault("", {})[key] = item
    return fields


def _pairs(value: object, where: str, oddities: list[Oddity]) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield _words(key), item
    elif value not in (None, "", []):
        oddities.append(odd("companion_not_a_map", where=where or "—", words=_words(value)))


def _values(
    fields: Mapping[str, Any], where: str, oddities: list[Oddity]
) -> dict[str, str | tuple[str, ...]]:
    """Words and lists of words, within their limits; closed lists as codes."""
    values: dict[str, str | tuple[str, ...]] = {}
    for field, item in fields.items():
        if field in _LISTS:
            values[field] = _list(item)[: limits.KPIS]
            continue
        words = _words(item).strip()
        if field in CLOSED:
            code = coded(CLOSED[field], words)
            if words and code is None:
                oddities.append(odd("companion_word", where=where, field=field, words=words))
            words = code or ""
        if len(words) > limits.SHEET_TEXT:
            oddities.append(odd("companion_too_long", where=where, field=field, limit=limits.SHEET_TEXT))
            words = words[: limits.SHEET_TEXT]
        if words:
            values[field] = words
    return values


def _named(
    value: object, names: Words, where: str, most: int, oddities: list[Oddity]
) -> Iterator[dict[str, str | tuple[str, ...]]]:
    """Stages or channels: maps with a name, or plain names."""
    items = value if isinstance(value, list) else [] if value in (None, "") else [value]
    seen: set[str] = set()
    for number, item in enumerate(items, 1):
        fields = item if isinstance(item, dict) else {"name": item}
        values = _values(_fields(fields, names, f"{where} {number}", oddities), f"{where} {number}", oddities)
        name = str(values.get("name", ""))
        if not name or len(name) > limits.NAME:
            oddities.append(odd("companion_no_name", where=f"{where} {number}", words=_words(item)))
        elif number > most:
            oddities.append(odd("companion_too_many", where=where, limit=most, words=name))
        else:
            if fold(name) in seen:
                oddities.append(odd("companion_name_twice", where=where, words=name))
            seen.add(fold(name))
            yield values


def _gaps(value: object, oddities: list[Oddity]) -> Iterator[tuple[str, str]]:
    for item in value if isinstance(value, list) else []:
        fields = _fields(item, GAP, "vides", oddities)
        yield _words(fields.get("stage")).strip(), _words(fields.get("channel")).strip()


def _journey(words: str, oddities: list[Oddity]) -> str:
    code = coded(JOURNEYS, words) or ""
    if words.strip() and not code:
        oddities.append(odd("companion_word", where="—", field="parcours", words=words))
    return code


def coded(table: Words, words: str) -> str | None:
    """The code that these words stand for in a closed list."""
    plain = fold(words)
    return next((code for code, known in table.items() if plain in map(fold, known)), None)


def _list(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(words for words in (_words(item).strip()[: limits.SHEET_TEXT] for item in items) if words)


def _words(value: object) -> str:
    """A scalar as its words; a list with commas; a map as « key : value »."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_words(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{_words(key)}: {_words(item)}" for key, item in value.items())
    return str(value)
