"""Between the attributes of a line as JSON and the Structs of `lines`: what is proposed goes out, what people enter comes in."""

import re
from datetime import date
from functools import cache
from typing import Any, Final, get_type_hints

import msgspec
from msgspec.structs import fields

from charniere.domain import limits, text
from charniere.errors import Code, Refused
from charniere.spec.attributes import ATTRIBUTES, Attribute
from charniere.spec.draft.records import STRUCTS, Json, Section, Values
from charniere.spec.measures import measures
from charniere.spec.parts import Item
from charniere.spec.words import api_name

_API_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,79}")
_DAY: Final = re.compile(
    r"(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4})|(?P<y2>\d{4})-(?P<m2>\d{2})-(?P<d2>\d{2})"
)
_ENVELOPE: Final = frozenset(
    {"id", "code", "state", "reason", "sources", "questions", "to_confirm", "stages"}
)  # of every item: not content


def values_of(item: Item) -> Values:
    """The content of an item, without what is empty."""
    plain: Values = msgspec.json.decode(msgspec.json.encode(item))
    defaults = _defaults(type(item))
    return {
        name: value
        for name, value in plain.items()
        if name not in _ENVELOPE and (name not in defaults or value != defaults[name])
    }


def entered(section: Section, name: str, value: Json, lang: str) -> Json:
    """What somebody entered, as it is kept; None for what is empty. Raises Refused(bad_value | too_long)."""
    attribute = next((one for one in ATTRIBUTES[section] if one.name == name), None)
    if name != "label" and (attribute is None or attribute.widget == "cited"):
        raise Refused(Code.bad_value, field=name)
    _measured(name, value)
    value = _clean(value)
    if attribute is not None and attribute.widget == "measure":
        value = _measure(value, lang)
    if value is None or value == "":
        if name not in _defaults(STRUCTS[section]):
            raise Refused(Code.bad_value, field=name)
        return _empty(section, name)
    try:
        typed = msgspec.convert(value, _hints(STRUCTS[section])[name])
    except msgspec.ValidationError as problem:
        raise Refused(Code.bad_value, field=name) from problem
    _possible(name, typed, attribute)
    return msgspec.json.decode(msgspec.json.encode(typed))


def completed(section: Section, values: Values) -> Values:
    """The values with what the section cannot do without: technical names are made of the label."""
    given = dict(values)
    name = api_name(str(given.get("label", "")))
    made: Values = {"key": name, "api_name": name, "type": "text"}
    for one in fields(STRUCTS[section]):
        if one.required and one.name not in _ENVELOPE:
            given.setdefault(one.name, made.get(one.name, ""))
    return given


def item_of(section: Section, values: Values, **envelope: Any) -> Item:
    """The line as `spec.json` has it. Raises ValidationError for values that are not of the section."""
    said = {name: value for name, value in values.items() if value is not None}
    return msgspec.convert({**said, **envelope}, STRUCTS[section], strict=True)


def day_in(words: str) -> str | None:
    """The day (YYYY-MM-DD) that a date typed as 31/03/2027, 31.3.2027 or 2027-03-31 says; None for a month, or no such day."""
    found = _DAY.fullmatch(words.strip())
    if found is None:
        return None
    day, month, year = (
        (found["d"], found["m"], found["y"]) if found["d"] else (found["d2"], found["m2"], found["y2"])
    )
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _measure(value: Json, lang: str) -> Json:
    """A delay or a threshold is typed in words; what they say is read from them, as it is from the wall."""
    words = value.get("words", "") if isinstance(value, dict) else value
    if not isinstance(words, str) or not words.strip():
        return None
    read = measures(words, lang)
    return (
        {**msgspec.to_builtins(read[0].measure), "words": words.strip()} if read else {"words": words.strip()}
    )


def _measured(name: str, value: Json) -> None:
    """No text, no list over its limit, however deep."""
    if isinstance(value, str):
        if len(value) > limits.SHEET_TEXT:
            raise Refused(Code.too_long, limit=limits.SHEET_TEXT, length=len(value))
    elif isinstance(value, list | dict):
        if len(value) > limits.LINE_PARTS:
            raise Refused(Code.limit_reached, limit=limits.LINE_PARTS, of=name)
        for one in value.values() if isinstance(value, dict) else value:
            _measured(name, one)


def _clean(value: Json) -> Json:
    """Without control characters, however deep."""
    if isinstance(value, str):
        return text.plain(value)
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return {name: _clean(one) for name, one in value.items()} if isinstance(value, dict) else value


def _possible(name: str, value: Json, attribute: Attribute | None) -> None:
    """A figure between the bounds of its attribute; a technical name that a CRM can take."""
    if attribute is None:
        return
    low, high = attribute.bounds
    if isinstance(value, int) and not isinstance(value, bool) and not low <= value <= high:
        raise Refused(Code.bad_value, field=name, low=low, high=high)
    if name == "api_name" and not _API_NAME.fullmatch(value):
        raise Refused(Code.bad_value, field=name)


def _empty(section: Section, name: str) -> Json:
    """What says « nothing » for this attribute, in its own type."""
    default = _defaults(STRUCTS[section]).get(name)
    return default if default in ("", None, False, []) else None


@cache
def _hints(struct: type[Item]) -> dict[str, Any]:
    return get_type_hints(struct)


@cache
def _defaults(struct: type[Item]) -> Values:
    """Attribute -> the JSON of its default, for those that have one."""
    return {
        one.name: msgspec.json.decode(msgspec.json.encode(one.default))
        for one in fields(struct)
        if one.default is not msgspec.NODEFAULT
    }
